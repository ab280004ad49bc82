#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Rules that one request does not show: what is taken away counts at once, a profile names nobody, a
child is given only to people who may have it, accounts only within one's own authorities:
rules_test.py HEARTH [unittest arguments]."""
import re
import time

import rights_record as people
from http_server import SERVER, main
from rights_world import Rights, routes_of
from world_case import WithWorld


class Revoked(WithWorld):
    """The program keeps in memory who may see whom: never longer than it is so."""

    def setUp(self):
        self.child = self.world.children["own"]
        self.path = f"/children/{self.child}"
        self.worker = self.world.browser("worker")
        self.director = self.world.browser("director")
        for _ in range(3):  # it is known by then
            self.assertEqual(self.worker.get(self.path).status, 200)

    def gone(self):
        answer = self.worker.get(self.path)
        self.assertEqual(answer.status, 404)
        self.assertEqual(people.CANARY.findall(answer.everything), [])

    def give(self, act=""):
        answer = self.director.post(self.path + "/people", {
            "account": self.world.accounts["worker"], "act": act})
        self.assertEqual(answer.status, 303, answer.text)

    def guard(self, guard, *named):
        answer = self.director.post(self.path + "/restricted", [
            ("guard", guard), ("reason", "somebody in the team knows the family"),
            *[("named", str(self.world.accounts[one])) for one in named]])
        self.assertEqual(answer.status, 303, answer.text)

    def test_an_allocation_that_ends(self):
        self.give("end")
        self.gone()
        self.give()
        self.assertEqual(self.worker.get(self.path).status, 200)

    def test_a_record_that_is_restricted_and_opened_by_who_is_named(self):
        self.guard("restricted", "director", "mate")
        self.gone()
        self.guard("none")
        self.assertEqual(self.worker.get(self.path).status, 200)

    def test_glass_whose_time_is_over(self):
        glass = f"/children/{self.world.children['glass']}"
        for _ in range(3):
            self.assertEqual(self.worker.get(glass).status, 200)
        now = int(time.time())
        self.record.rows('update glass set "until" = ? where child = ? and account = ?', now,
                         self.world.children["glass"], self.world.accounts["worker"])
        self.assertEqual(self.worker.get(glass).status, 404)

    def test_glass_that_is_given_back(self):
        child = self.world.children["elsewhere"]
        mate = self.world.browser("mate")
        answer = mate.post("/break-glass", {"child": people.canary("elsewhere", "id"),
                                            "reason": "nobody else is at work tonight"})
        self.assertEqual(answer.status, 303)
        for _ in range(3):
            self.assertEqual(mate.get(f"/children/{child}").status, 200)
        self.assertEqual(mate.post("/break-glass/end", {"child": child}).status, 303)
        self.assertEqual(mate.get(f"/children/{child}").status, 404)

    def test_another_authority_or_role_of_the_account(self):
        account = self.world.accounts["worker"]
        self.record.rows("update account_authority set authority = ? where account = ?",
                         people.SOUTH, account)
        self.gone()
        self.record.rows("update account_authority set authority = ? where account = ?",
                         people.NORTH, account)
        self.assertEqual(self.worker.get(self.path).status, 200)
        self.record.rows("update account set role = 'finance' where account = ?", account)
        self.assertEqual(people.CANARY.findall(self.worker.get(self.path).everything.replace(
            people.canary("own", "provider"), "")), [])
        self.record.rows("update account set role = 'social_worker' where account = ?", account)

    def test_an_account_that_is_disabled(self):
        self.assertEqual(self.world.run("user", "disable", "worker")[0], 0)
        answer = self.worker.get(self.path)
        self.assertEqual((answer.status, answer["location"][:8]), (303, "/sign-in"))
        self.assertEqual(self.world.run("user", "enable", "worker")[0], 0)
        self.world.browsers.pop("worker")


class StepsBefore(WithWorld):
    """A password that somebody else made, and a code that is still to come, open nothing."""

    def opens_only(self, browser, step):
        for route in routes_of(SERVER):
            if route["permission"] == "public" or route["path"] in (step, "/sign-out"):
                continue
            path = re.sub(r"\{\w+[^}]*\}", "1", route["path"])
            answer = browser.get(path) if route["method"] == "GET" else browser.post(path)
            with self.subTest(f"{route['method']} {path}"):
                if route["method"] == "GET" and route["kind"] == "page":
                    self.assertEqual((answer.status, answer["location"].split("?")[0]),
                                     (303, step))
                self.assertIn(answer.status, (303, 401, 403))
                self.assertTrue(answer.status != 303 or answer["location"].startswith(step))
                self.assertEqual(people.CANARY.findall(answer.everything), [])

    def test_a_first_password_opens_nothing_but_the_page_to_change_it(self):
        self.record.rows("update account set password_state = 1 where login = 'director'")
        self.opens_only(self.world.browser("director"), "/account/password")

    def test_without_the_code_nothing_is_open(self):
        worker = self.world.browser("worker")
        self.record.rows("update session set stage = 0 where account = ?",
                         self.world.accounts["worker"])
        stages = {row[0] for row in self.record.rows("select distinct stage from session")}
        self.assertIn(0, stages)
        self.opens_only(worker, "/sign-in/code")


class Weighty(WithWorld):
    """What weighs much asks for the password again, and for a reason."""

    def test_the_password_again_after_a_while(self):
        root, spare = self.world.browser("root"), self.world.accounts["spare"]
        root.csrf()
        self.record.rows("update session set proved = proved - 40000 where account = ?",
                         self.world.accounts["root"])
        before = self.record.state()
        for path, fields in ((f"/accounts/{spare}/disable", {}), (f"/accounts/{spare}/reset", {}),
                             ("/accounts/add", {"login": "fresh", "shown": "Fresh",
                                                "role": "finance", "authority": people.NORTH})):
            answer = root.post(path, fields)
            with self.subTest(path):
                self.assertEqual(answer.status, 303)
                self.assertTrue(answer["location"].startswith("/sign-in/again"))
        self.assertEqual(self.record.state(), before)

    def test_a_reason_for_guarding_and_for_opening(self):
        director = self.world.browser("director")
        path = f"/children/{self.world.children['team']}/restricted"
        before = self.record.state()
        for reason in ("", "short", "         x"):
            answer = director.post(path, {"guard": "restricted", "reason": reason,
                                          "named": self.world.accounts["mate"]})
            self.assertEqual(answer.status, 422)
            answer = self.world.browser("worker").post("/break-glass", {
                "child": people.canary("elsewhere", "id"), "reason": reason})
            self.assertEqual(answer.status, 422)
        self.assertEqual(self.record.state(), before)


class Profiles(WithWorld):
    def test_a_profile_names_nobody_without_a_reason(self):
        browser, child = self.world.browser("worker"), self.world.children["own"]
        path = f"/children/{child}/profile"
        for answer in (browser.get(path), browser.post(path, {"why": "short"})):
            self.assertIn(answer.status, (200, 422))
            kinds = {kind for _, kind in people.CANARY.findall(answer.everything)}
            self.assertFalse(kinds & {"id", "profile"}, kinds)
            for form in people.born("own"):
                self.assertNotIn(form, answer.text)
        named = browser.post(path, {"why": "a home that knows the child asks"})
        self.assertIn(people.canary("own", "id"), named.text)
        self.world.settle()
        self.assertTrue(self.record.one("select count(*) from audit where act = 'child.named' and "
                                        "child = ? and account = ?", child,
                                        self.world.accounts["worker"]))

    def test_addresses_are_on_no_page(self):
        for login in ("worker", "director", "other"):
            browser = self.world.browser(login)
            for child, number in self.world.children.items():
                for page in ("", "/homes", "/profile", "/my-page", "/people"):
                    text = browser.get(f"/children/{number}{page}").everything
                    self.assertNotIn(people.postcode(child), text)
                    self.assertNotIn(people.postcode(child).replace(" ", ""), text)


class Lists(WithWorld):
    """Lists hold exactly those whom the person may see, also where they name nobody."""

    def listed(self, answer):
        numbers = set(map(int, re.findall(r'href="/children/(\d+)[/"]', answer.text)))
        return {self.world.by_number.get(number, number) for number in numbers}

    def test_every_person_has_their_children_and_no_others(self):
        rights = Rights()
        for login in people.ACCOUNTS:
            if login in ("expired", "disabled", "spare", "southspare"):
                continue
            browser = self.world.browser(login)
            for page, permission, whole in (("/children", "child.list", True),
                                            ("/children?care=now", "child.list", True),
                                            ("/due", "assessment.view", False), ("/", "", False)):
                answer = browser.get(page)
                may = {child for child in people.CHILDREN
                       if rights.may(login, permission or "child.view", child)}
                if page == "/" and login == "worker":
                    may.add("forced")  # whose record they opened, until it was sealed
                with self.subTest(f"{login} {page}"):
                    if not rights.holds(login, permission or "signed-in"):
                        self.assertEqual(answer.status, 403)
                    elif whole:
                        self.assertEqual(self.listed(answer), may)
                        self.assertIn(f"{len(may)} of {len(may)} ", answer.text + " 0 of 0 ")
                    self.assertLessEqual(self.listed(answer), may)

    def test_a_search_finds_nobody_whom_one_may_not_see(self):
        for login, child, finds in (("worker", "own", True), ("worker", "south", False),
                                    ("worker", "elsewhere", False), ("worker", "sealed", False),
                                    ("director", "sealed", False), ("director", "south", False),
                                    ("finance", "own", False)):
            browser = self.world.browser(login)
            for kind in ("id", "profile"):
                found = browser.post("/children/search", {"q": people.canary(child, kind)})
                self.assertEqual(found.status, 303)
                # sealed letters may be any, so also the two that a canary begins with
                self.assertRegex(found["location"], r"^/children\?q=[\w-]{40,}$")
                self.assertNotIn(f"zq{child}", found["location"].lower())
                self.assertEqual(self.listed(browser.get(found["location"])),
                                 {child} if finds else set(), (login, child, kind))

    def test_people_of_other_authorities_are_not_offered(self):
        for page in ("restricted", "people"):
            text = self.world.browser("director").get(
                f"/children/{self.world.children['own']}/{page}").text
            values = set(map(int, re.findall(r'value="(\d+)"', text)))
            self.assertTrue(values & {self.world.accounts["mate"]}, page)
            self.assertFalse(values & {self.world.accounts["south"],
                                       self.world.accounts["southdirector"]}, page)


class Given(WithWorld):
    """Who a child can be given to, and what accounts can be made."""

    def give(self, by, child, to):
        path = f"/children/{self.world.children[child]}/people"
        return self.world.browser(by).post(path, {"account": self.world.accounts[to]}).status

    def test_a_child_is_given_to_people_of_the_team_or_authority(self):
        self.assertEqual(self.give("manager", "own", "mate"), 303)
        self.assertEqual(self.give("manager", "own", "other"), 422)      # another team
        self.assertEqual(self.give("director", "own", "other"), 303)
        self.assertEqual(self.give("director", "own", "south"), 422)     # another authority
        self.assertEqual(self.give("director", "own", "analyst"), 422)   # sees no names
        self.assertEqual(self.give("director", "own", "disabled"), 422)
        page = self.world.browser("director").get(f"/children/{self.world.children['own']}/people")
        offered = set(map(int, re.findall(r'<option value="(\d+)"', page.text)))
        self.assertTrue(offered)
        self.assertFalse(offered & {self.world.accounts[one] for one in ("south", "analyst")})

    def add(self, by, *fields):
        return self.world.browser(by).post("/accounts/add", [
            ("login", "fresh"), ("shown", "Fresh"), *fields]).status

    def test_accounts_are_made_within_ones_own_authorities(self):
        for fields in ([("role", "director"), ("authority", people.SOUTH)],
                       [("role", "director"), ("authorities", people.SOUTH)],
                       [("role", "administrator"), ("every", "yes")],
                       [("role", "administrator"), ("every-authority", "yes")],
                       [("role", "administrator"), ("authority", people.NORTH),
                        ("authority", people.SOUTH)]):
            self.assertNotEqual(self.add("admin", *fields), 303, fields)
            self.assertIsNone(self.record.one("select account from account where login = 'fresh'"))
        # nor is one's own made wider
        own = self.world.accounts["admin"]
        answer = self.world.browser("admin").post(f"/accounts/{own}", [
            ("login", "admin"), ("shown", "admin"), ("role", "administrator"),
            ("authority", people.SOUTH), ("authorities", people.SOUTH), ("every", "yes")])
        self.assertNotEqual(answer.status, 500)
        scope = self.record.rows("select every_authority, authority from account join "
                                 "account_authority using (account) where account = ?", own)
        self.assertEqual(scope, [(0, people.NORTH)])

    def test_a_view_is_seen_by_its_team_alone(self):
        seen = {login: {child for child, kind in people.CANARY.findall(
            self.world.browser(login).get("/children").text) if kind == "view"}
            for login in ("worker", "mate", "manager", "other", "south", "director", "everywhere")}
        self.assertEqual(seen, {"worker": {"own", "team"}, "mate": {"own"}, "manager": {"own"},
                                "other": set(), "south": set(), "director": set(),
                                "everywhere": set()})


if __name__ == "__main__":
    main()

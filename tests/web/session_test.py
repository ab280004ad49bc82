#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Sessions, forgeries, guessing, slow clients, headers: session_test.py HEARTH [unittest arguments].
HEARTH_GUESSES=10000 times more guesses of known and unknown names."""
import os
import re
import statistics
import threading
import time

import rights_record as people
from http_server import ALWAYS, MAY, SERVER, main
from rights_world import PASSWORD, routes_of
from site_client import Browser
from world_case import WithWorld

WRONG = "not the password of anybody"
GUESSES = int(os.environ.get("HEARTH_GUESSES", "16"))


class Forgeries(WithWorld):
    """Every route that changes something × eight ways to have somebody else send it (S3)."""

    def who_may(self, route):
        return {"user.manage": "root", "audit.verify": "root", "restricted.manage": "director",
                "breakglass.review": "director", "allocation.manage": "director"}.get(route["permission"], "worker")

    def path_of(self, route):
        world = self.world
        one, child = self.record.one, world.children["own"]
        state = "draft" if not re.search("correct|withdraw", route["path"]) else "signed"
        assessment = one("select max(assessment) from care_assessment where child = ? and "
                         "state = ?", child, state)
        found = {"account": world.accounts["spare"], "child": child, "assessment": assessment,
                 "glass": one("select min(glass) from glass"),
                 "view": one("select min(saved_view) from saved_view"),
                 "goal": one("select max(goal) from care_goal where child = ?", child),
                 "contribution": one("select max(contribution) from care_contribution where "
                                     "assessment = ?", assessment)}
        return re.sub(r"\{(\w+)[^}]*\}", lambda name: str(found.get(name.group(1), 1)),
                      route["path"])

    def forgeries(self, route, path, login):
        world, own = self.world, self.world.browser(login)
        token, form = own.csrf(), ("Content-Type", "application/x-www-form-urlencoded")
        today = time.strftime("%Y-%m-%d", time.gmtime())
        fields = {"session": "others", "finding": "x", "guard": "none", "reason": "a long reason",
                  "new-password": "entirely-different-9-words", "role": "finance",
                  "written_on": today, "version": "2", "goal": "forged", "on": today,
                  "note": "forged", "account": str(world.accounts["mate"]), "name": "forged",
                  "why": "a long reason", "kind": "carer", "strengths": "forged",
                  "revision": str(self.record.one("select max(revision) from care_assessment"))}
        body = "&".join(f"{k}={v}" for k, v in fields.items()).replace(" ", "+")
        good = [("Origin", world.site.origin), ("Sec-Fetch-Site", "same-origin")]
        other = world.browser("other").csrf()
        old = Browser(world.site, {"session": self.record.session(world.accounts[login])}).csrf()
        api = route["kind"] == "api"

        def send(headers, with_token, method="POST"):
            headers = [*headers, ("Content-Type", "application/json") if api else form]
            if api and with_token:
                headers.append(("X-CSRF-Token", with_token))
            text = "{}" if api else body + (f"&csrf={with_token}" if with_token else "")
            return own.ask(method, path, headers, text if method != "GET" else None)

        def plain():
            return own.ask("POST", path, [*good, ("Content-Type", "text/plain")],
                           body + f"&csrf={token}")

        return {
            "no token": lambda: send(good, None),
            "another person's token": lambda: send(good, other),
            "a token of another session": lambda: send(good, old),
            "another origin": lambda: send([("Origin", "http://evil.example")], token),
            "from another site": lambda: send([("Sec-Fetch-Site", "cross-site"), good[0]], token),
            "as GET": lambda: send(good, token, "GET"),
            "as plain text": plain,
            "overridden": lambda: send([*good, ("X-HTTP-Method-Override", "POST")], token),
        }

    def test_forged_requests_change_nothing(self):
        tried = 0
        for route in routes_of(SERVER):
            if route["method"] == "GET":
                continue
            login = self.who_may(route)
            path = self.path_of(route)
            for name, forge in self.forgeries(route, path, login).items():
                before = self.record.state()
                sessions = self.record.one("select count(*) from session")
                answer = forge()
                tried += 1
                with self.subTest(f"{route['method']} {route['path']}: {name}"):
                    if name == "as GET":
                        self.assertIn(answer.status, (200, 303, 404, 405))
                    else:
                        self.assertIn(answer.status, (400, 403, 404, 413, 415))
                        self.assertNotIn("session", [line.split("=")[0] for line in
                                                     answer.all("set-cookie")])
                    if (name, route["path"]) != ("as GET", "/account/second-factor"):
                        self.assertEqual(self.record.state(), before)
                    self.assertEqual(self.record.one("select count(*) from session"), sessions)
        self.assertGreater(tried, 100)

    def test_what_somebody_wrote_comes_back_without_a_session_and_does_nothing(self):
        stranger, tried = Browser(self.site), 0
        token = stranger.csrf()  # good for a visitor, who has signed in nowhere
        stranger.cookies["session"] = "Q" * 42 + "A"
        for route in routes_of(SERVER):
            if route["method"] != "POST" or route["permission"] not in (
                    "assessment.write", "plan.write", "profile.write"):
                continue
            before = self.record.state()
            answer = stranger.post(self.path_of(route), {"strengths": "what a person wrote"}, token)
            tried += 1
            with self.subTest(route["path"]):
                self.assertEqual(answer.status, 403)
                self.assertIn("What you typed is not saved yet", answer.text)
                self.assertIn("what a person wrote", answer.text)
                self.assertEqual(self.record.state(), before)
        self.assertGreater(tried, 8)


class Sessions(WithWorld):
    """Where a session begins and ends (S4)."""

    def test_a_session_known_before_is_not_the_one_after(self):
        browser = Browser(self.site)
        browser.get("/sign-in")
        known = browser.cookies["session"] = "Q" * 42 + "A"
        before = dict(browser.cookies)
        self.signed_in("manager", browser)
        self.assertNotEqual(browser.cookies["session"], known)
        self.assertNotIn(browser.cookies["session"], before.values())
        self.assertFalse(self.is_in({"session": known}))
        self.assertFalse(self.is_in({"session": before["visitor"]}))

    def test_signing_out_ends_it(self):
        browser = self.signed_in("broker")
        cookies = dict(browser.cookies)
        self.assertTrue(self.is_in(cookies))
        self.assertEqual(browser.post("/sign-out").status, 303)
        self.assertNotIn("session", browser.cookies)
        self.assertFalse(self.is_in(cookies))

    def test_disabling_ends_it(self):
        cookies = dict(self.signed_in("finance").cookies)
        self.assertEqual(self.world.run("user", "disable", "finance")[0], 0)
        self.assertFalse(self.is_in(cookies))
        self.assertEqual(self.world.run("user", "enable", "finance")[0], 0)
        self.assertFalse(self.is_in(cookies))

    def test_another_role_ends_it(self):
        cookies = dict(self.signed_in("spare").cookies)
        root = self.signed_in("root")
        account = self.world.accounts["spare"]
        answer = root.post(f"/accounts/{account}", [
            ("login", "spare"), ("name", "spare"), ("shown", "spare"), ("role", "finance"),
            ("authorities", people.NORTH), ("authority", people.NORTH)])
        self.assertEqual(answer.status, 303, re.sub(r"(?s).*<main", "", answer.text)[:1500])
        self.assertEqual(self.record.one("select role from account where account = ?", account),
                         "finance")
        self.assertFalse(self.is_in(cookies))

    def test_another_password_ends_all_others(self):
        here, there = self.signed_in("analyst"), self.signed_in("analyst")
        old = dict(here.cookies)
        answer = here.post("/account/password", {
            "password": PASSWORD, "new-password": "seven-otters-under-9-bridges"})
        self.assertEqual(answer.status, 303, answer.text)
        self.assertFalse(self.is_in(there.cookies))
        self.assertFalse(self.is_in(old))
        self.assertTrue(self.is_in(here.cookies))
        self.assertEqual(Browser(self.site).sign_in("analyst", PASSWORD).status, 422)

    def test_it_ends_by_itself(self):
        account, now = self.world.accounts["mate"], int(time.time())
        browser = self.signed_in("mate")
        left = browser.get("/session").text
        idle = int(re.search(r'"left":\s*(\d+)', left).group(1))
        last = int(re.search(r'"last":\s*(\d+)', left).group(1))
        self.assertLessEqual(idle, 60 * 60)
        self.assertLessEqual(last, 24 * 3600)

        def lives(began, seen):
            return self.is_in({"session": self.record.session(account, began, seen)})
        self.assertTrue(lives(now - 60, now - idle + 60))
        self.assertFalse(lives(now - idle - 60, now - idle - 5))
        self.assertTrue(lives(now - last + 60, now))
        self.assertFalse(lives(now - last - 5, now))

    def test_it_survives_a_restart_and_is_one_of_few(self):
        cookies = dict(self.signed_in("commissioner").cookies)
        self.restart()
        self.assertTrue(self.is_in(cookies))
        time.sleep(1.1)  # sessions begin in seconds: this one is the oldest
        tokens = {cookies["session"]}
        for _ in range(12):
            tokens.add(self.signed_in("commissioner").cookies["session"])
        self.assertEqual(len(tokens), 13)
        self.assertLessEqual(sum(self.is_in({"session": one}) for one in tokens), 10)
        self.assertFalse(self.is_in(cookies))

    def test_cookies_are_for_the_server_alone(self):
        browser = Browser(self.site)
        browser.get("/sign-in")
        answer = browser.sign_in("director", PASSWORD)
        for line in answer.all("set-cookie"):
            flags = {part.strip().lower() for part in line.split(";")[1:]}
            self.assertTrue({"httponly", "path=/"} <= flags, line)
            self.assertTrue({"samesite=lax", "samesite=strict"} & flags, line)
            self.assertFalse([flag for flag in flags if flag.startswith("domain")], line)


class Guessing(WithWorld):
    """Who guesses is slowed; who is right gets in (S5)."""

    def setUp(self):
        self.restart()

    def wrong_rows(self):
        return self.record.one("select count(*) from audit where act = 'sign_in.wrong'")

    def test_ten_guesses_and_the_real_person_still_gets_in(self):
        known = self.signed_in("mate")
        device = {"device": known.cookies["device"]}
        before = self.wrong_rows()
        began = time.monotonic()
        answers = [Browser(self.site).sign_in("mate", f"{WRONG} {i}") for i in range(40)]
        self.assertLess(time.monotonic() - began, 60)
        self.assertLessEqual(self.wrong_rows() - before, 10)
        self.assertNotIn(303, [one.status for one in answers])
        # even the right password does not help who guesses, and shows nothing else
        guess = Browser(self.site).sign_in("mate", PASSWORD)
        self.assertNotEqual(guess.status, 303)
        self.assertEqual(Browser(self.site, device).sign_in("mate", PASSWORD).status, 303)
        # a device of somebody else is no help, nor one that was made up
        self.restart()
        stranger = self.signed_in("other").cookies["device"]
        for i in range(12):
            Browser(self.site).sign_in("mate", f"{WRONG} {i}")
        for device in (stranger, device["device"][:-3] + "AAA"):
            self.assertNotEqual(
                Browser(self.site, {"device": device}).sign_in("mate", PASSWORD).status, 303)

    def test_many_addresses_get_no_more_guesses(self):
        device = {"device": self.signed_in("finance").cookies["device"]}
        before = self.wrong_rows()
        for i in range(25):
            guesser = Browser(self.site, address=f"127.0.{1 + i // 250}.{2 + i % 250}")
            self.assertNotEqual(guesser.sign_in("finance", f"{WRONG} {i}").status, 303)
        self.assertLessEqual(self.wrong_rows() - before, 10)
        self.assertEqual(Browser(self.site, device).sign_in("finance", PASSWORD).status, 303)

    def test_one_password_on_many_names_is_slowed(self):
        before, began = self.wrong_rows(), time.monotonic()
        for i in range(45):
            Browser(self.site).sign_in(f"somebody.{i}", WRONG)
        took = time.monotonic() - began
        # twenty of an address, who may be a whole council, then one in a second, then fewer
        self.assertLessEqual(self.wrong_rows() - before, 21 + took)

    def flood(self, end, number):
        i = 0
        while time.monotonic() < end:
            i += 1
            Browser(self.site, address=f"127.0.{10 + number}.{1 + i % 250}").sign_in(
                f"nobody.{number}.{i}", WRONG)

    def p95(self, reader, seconds):
        times, end = [], time.monotonic() + seconds
        while time.monotonic() < end:
            began = time.monotonic()
            self.assertEqual(reader.get("/account").status, 200)
            times.append(time.monotonic() - began)
            time.sleep(0.01)
        return sorted(times)[int(len(times) * 0.95)]

    def test_other_pages_answer_while_somebody_guesses(self):
        reader = self.world.browser("worker")
        reader.get("/account")
        quiet = self.p95(reader, 1.5)
        end = time.monotonic() + 4
        threads = [threading.Thread(target=self.flood, args=(end, i)) for i in range(8)]
        for thread in threads:
            thread.start()
        attacked = self.p95(reader, 3.5)
        for thread in threads:
            thread.join()
        print(f"p95 of a page: {quiet * 1000:.1f} ms, while 8 guess {attacked * 1000:.1f} ms")
        self.assertLess(attacked, 0.5)

    def test_unknown_names_take_as_long_as_known_ones(self):
        known, unknown, texts = [], [], set()
        logins = [login for login in people.ACCOUNTS if login not in ("expired", "disabled")]
        for i in range(GUESSES):
            if i % 150 == 149:
                self.restart()  # or the throttle would answer
            for login, times in ((logins[i % len(logins)], known), (f"nobody.{i}", unknown)):
                browser = Browser(self.site, address=f"127.0.{20 + i // 120 % 200}.{2 + i % 120}")
                browser.get("/sign-in")
                began = time.perf_counter()
                answer = browser.sign_in(login, WRONG)
                times.append(time.perf_counter() - began)
                texts.add((answer.status, re.sub(r'value="[^"]*"', "", answer.text)))
        self.assertEqual(len(texts), 1)
        known, unknown = (sorted(times)[:int(len(times) * 0.9)] for times in (known, unknown))
        spread = statistics.variance(known) / len(known) + statistics.variance(unknown) / len(unknown)
        t = (statistics.mean(known) - statistics.mean(unknown)) / spread ** 0.5
        print(f"{GUESSES} known and unknown names: {statistics.mean(known) * 1000:.1f} and "
              f"{statistics.mean(unknown) * 1000:.1f} ms, t = {t:.2f}")
        self.assertLess(abs(t), 4.5)


class SlowClients(WithWorld):
    """Two hundred who send a byte now and then (S10)."""

    def test_they_do_not_slow_a_good_one(self):
        import socket
        slow = []
        try:
            for _ in range(200):
                one = socket.create_connection(("127.0.0.1", self.site.port), 5)
                one.sendall(b"GET /account HTTP/1.1\r\nHost: ")
                slow.append(one)
            times, end = [], time.monotonic() + 6
            while time.monotonic() < end:
                for one in slow[::20]:
                    try:
                        one.sendall(b"x")
                    except OSError:
                        pass
                began = time.monotonic()
                self.assertEqual(self.world.site.ask("GET", "/sign-in").status, 200)
                times.append(time.monotonic() - began)
                time.sleep(0.03)
            self.assertLess(sorted(times)[int(len(times) * 0.95)], 1)
        finally:
            for one in slow:
                one.close()


class Headers(WithWorld):
    """The same headers on everything (S13), and nothing that would be fetched from elsewhere."""

    def check(self, answer, personal=True):
        names = [name for name, _ in answer.headers]
        for name, value in ALWAYS.items():
            self.assertEqual(answer.all(name), [value], name)
        self.assertEqual(set(names) - MAY - set(ALWAYS), set())
        if personal:
            self.assertEqual(answer["cache-control"], "no-store")
        self.assertNotIn("hearth/", answer.everything.lower().split("\n\n")[0])

    def test_every_route_and_every_error_has_them(self):
        for route in routes_of(SERVER):
            path = re.sub(r"\{\w+[^}]*\}", "1", route["path"])
            for login in (None, "worker", "root", "director"):
                for method in ("GET", "HEAD", "POST", "PUT", "OPTIONS", "TRACE"):
                    with self.subTest(f"{method} {path} {login}"):
                        answer = self.world.browser(login).ask(method, path)
                        self.check(answer)
                        self.assertLess(answer.status, 500)

    def test_first_load_is_small_and_from_here_alone(self):
        for login, start in ((None, "/sign-in"), ("worker", "/"), ("root", "/accounts")):
            browser = self.world.browser(login)
            gzip = [("Accept-Encoding", "gzip")]
            page = browser.get(start, gzip)
            files = set(re.findall(r'(?:src|href)="(/assets/[^"]+)"', page.text))
            styles = [browser.get(one, gzip) for one in files if one.endswith(".css")]
            for style in styles:
                files |= {one for one in re.findall(r'url\(["\']?([^"\')]+)', style.text)
                          if not one.startswith("data:")}
            chart = {one for one in files if "report" in one}
            size = page.size + sum(browser.get(one, gzip).size for one in files - chart)
            self.assertLessEqual(size, 150 * 1024, start)
            self.assertLessEqual(sum(browser.get(one, gzip).size for one in chart), 250 * 1024)
            self.assertFalse(re.findall(r'(?:src|action|href)="(?:https?:)?//[^"]*"', page.text))
            print(f"first load of {start}: {size / 1024:.0f} KB")


if __name__ == "__main__":
    main()

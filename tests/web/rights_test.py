#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Who may do what: rights_test.py HEARTH [--quick] [--only=PATHS] [--declare] [--all]

Goes through every route of the program × method × person × child and compares what it is allowed
with tests/web/rights_expected.csv; looks for canaries in every answer and for their rows in the
audit log. --declare prints the declaration as the program has it, for a person to read, and says
where it differs from an independent reading of data/roles/. For mutants --quick asks by fewer methods
and --only takes the paths that a pattern fits. --all shows every failure.
"""
import collections
import csv
import os
import re
import sys
import time

import rights_record as people
from http_server import ALWAYS, MAY, SERVER
from rights_world import Rights, World, routes_of

HERE = os.path.dirname(os.path.abspath(__file__))
EXPECTED = os.path.join(HERE, "rights_expected.csv")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
PERSONS = [None, *[one for one in people.ACCOUNTS if one not in ("spare", "southspare")]]
OTHERS = {"account": ("spare", "southspare", "root", "absent")}

# forms that say nothing of who may send them while they are empty
BODIES = {"/account/sessions/end": {"session": "others"},
          "/restricted/{glass}/review": {"finding": "It was right to look."}}

# pages that keep an offer for the person themselves when they are looked at
MAY_CHANGE = {"/account/second-factor"}

# of these the signed assessment is asked for, of all others the draft
SIGNED = re.compile(r"/\{assessment\}/(correct|withdraw)$|compare")

# the kinds of text, and the permission without which nobody may meet one
KINDS = {"id": "child.identity", "profile": "child.identity", "plan": "child.identity",
         "assessment": "assessment.view", "assessor": "assessment.view", "provider": "child.view",
         "reason": "restricted.manage"}
# why something was done: also for whoever may see who saw the child, and for who reads the log
WHYS = {"reason", "glass", "why", "search"}
# addresses, in which nothing about anybody may stand: they go into histories and logs
ADDRESS = re.compile(r'(?im)^location: .*|(?:href|src|action|formaction)="(?!data:)[^"]*"')


class Matrix:
    def __init__(self, world, quick, only=""):
        self.world, self.quick, self.rights = world, quick, Rights()
        self.only = re.compile(only)
        self.routes = routes_of(world.hearth)
        self.failures, self.asked, self.checked = [], 0, 0
        self.canaries = collections.Counter()  # answers that held a child's canary, by kind
        # answers that held canaries of a child, by account, child and route: the log's rows
        self.shown, self.shown_rows, self.last = collections.Counter(), 0, {}
        world.settle()
        self.first_row = world.record.one("select coalesce(max(sequence), 0) from audit")
        self.kept = world.record.keep(os.path.join(world.folder, "kept.db"))
        self.state = world.record.state()
        self.absent = {}
        number = {name: value for name, value in world.record.rows(
            "select login, account from account")}
        self.others = {"account": {**{one: number[one] for one in OTHERS["account"][:3]},
                                   "absent": people.ABSENT}}
        self.parts = self._parts()

    def fail(self, *words):
        self.failures.append(" ".join(str(word) for word in words))

    # ---- what stands in a path ----------------------------------------------------------------

    def _parts(self):
        """For every child the numbers of what belongs to it; of those absent, and in paths."""
        one = self.world.record.one
        parts = {}
        for child, number in {**self.world.children, "absent": people.ABSENT}.items():
            of_state = "select max(assessment) from care_assessment where child = ? and state = ?"
            draft, signed = one(of_state, number, "draft"), one(of_state, number, "signed")
            parts[child] = {
                "child": number, "area": 1, "domain": 1,
                "assessment": draft or people.ABSENT, "signed": signed or people.ABSENT,
                "contribution": one("select max(contribution) from care_contribution "
                                    "where assessment = ?", draft) or people.ABSENT,
                "goal": one("select max(goal) from care_goal where child = ?", number) or
                people.ABSENT}
        return parts

    def objects(self, path):
        names = re.findall(r"\{(\w+)", path)
        if "child" in names:
            return self.parts
        if "account" in names:
            return {key: {"account": value} for key, value in self.others["account"].items()}
        if "glass" in names:
            rows = dict(self.world.record.rows("select child, glass from glass"))
            return {"north": {"glass": rows[self.world.children["glass"]]},
                    "absent": {"glass": people.ABSENT}}
        if "view" in names:
            view = self.world.record.one("select min(saved_view) from saved_view")
            return {"worker's": {"view": view}, "absent": {"view": people.ABSENT}}
        return {"": {}}

    def fill(self, path, parts):
        if path.startswith("/assets/"):
            page = self.world.browser(None).get("/sign-in")
            return re.search(r'"(/assets/[^"]+\.css)"', page.text).group(1)
        signed = SIGNED.search(path)
        for name in re.findall(r"\{(\w+)", path):
            if name == "assessment" and signed:
                path = path.replace("{assessment}", str(parts["signed"]))
                continue
            if name not in parts:
                raise SystemExit(f"rights_test.py does not know what stands for {{{name}}} in "
                                 f"{path}: say so in Matrix._parts")
            path = re.sub(r"\{" + name + r"[^}]*\}", str(parts[name]), path)
        return path

    # ---- asking -------------------------------------------------------------------------------

    def ask(self, route, method, login, path):
        browser = self.world.browser(login)
        if method == "POST" and route["kind"] in ("form", "upload", "api") and \
                route["method"] == "POST":
            if route["kind"] == "form":
                return browser.post(path, BODIES.get(route["path"], {}))
            token = [("X-CSRF-Token", browser.csrf() or ""), ("Origin", self.world.site.origin)]
            kind = "application/json" if route["kind"] == "api" else \
                "multipart/form-data; boundary=x"
            return browser.ask("POST", path, [*token, ("Content-Type", kind)],
                               "{}" if route["kind"] == "api" else "--x--\r\n")
        return browser.ask(method, path, [("Origin", self.world.site.origin)])

    @staticmethod
    def outcome(answer):
        if answer.status in (303, 302) and answer["location"].startswith("/sign-in") and \
                not answer["location"].startswith(("/sign-in/again", "/sign-in?out")):
            return "denied"
        return "denied" if answer.status in (401, 403, 404, 405) else "allowed"

    @staticmethod
    def same(answer, path):
        """An answer without what differs from one request to the next, nor what was asked for."""
        text = answer.everything.replace(path, "PATH")
        text = re.sub(r'(name="csrf"\s+value=")[^"]*', r"\1", text)
        text = re.sub(r"(?m)^(date|content-length): .*", "", text)
        text = re.sub(r"\b[0-9a-f]{16}\b", "ID", text)
        text = re.sub(r'data-(left|last)="\d+"|\d\d:\d\d', "", text)
        text = re.sub(r'(/children/|/accounts/|value=")\d+\b', r"\1N", text)
        return answer.status, text

    def denied_alike(self, route, method, login, name, answer, path):
        key = route["path"], method, login
        same = self.same(answer, path)
        if name == "absent":
            self.absent[key] = same
        elif answer.status != 405 and self.absent.get(key, same) != same:
            self.fail("denied does not look like absent:", method, route["path"], login, name)

    def look_for_canaries(self, answer, login, what, path):
        """Nothing of a child whom the person may not see; whom they saw is noted for the log."""
        text = answer.everything
        found = {(child, kind) for child, kind in people.CANARY.findall(text)}
        for child in people.CHILDREN:
            if any(form in text for form in (*people.born(child)[:1], *people.born(child)[1:3])):
                found.add((child, "id"))
            if people.postcode(child) in text and not self.rights.may(login, "child.address", child):
                self.fail("an address where it may not be:", *what, child)
        children = set()
        if found and any(people.CANARY.search(one) for one in ADDRESS.findall(text)):
            self.fail("an address says who it is:", *what)
        for child, kind in found:
            if child == "password":
                self.fail("a password was shown:", *what)
                continue
            self.canaries[kind] += 1
            if kind != "view" and (kind not in WHYS or what[1] != "/audit"):
                children.add(child)  # of /audit the log says that the log was read
            if not self.may_meet(login, kind, child):
                self.fail("a foreign canary:", *what, "shows", kind, "of", child)
        if what[0] == "HEAD":  # the handler ran as for the GET before it
            children = self.last.get((login, path), set())
        elif what[0] == "GET":
            self.last[login, path] = children
        for child in children:
            self.shown[self.world.accounts[login], self.world.children[child], what[1]] += 1

    def look_at_headers(self, answer, route, what):
        """The same on everything (S13), and nothing is kept that is anybody's."""
        given = dict(answer.headers)
        if any(given.get(name) != value for name, value in ALWAYS.items()) or \
                given.keys() - MAY - ALWAYS.keys():
            self.fail("other headers than everywhere:", *what)
        if route["kind"] != "asset" and given.get("cache-control") != "no-store":
            self.fail("it may be kept:", *what)

    def look_into_log(self):
        """As many rows for each person, child and route as there were answers (S15)."""
        self.world.settle()
        rows = collections.Counter()
        for account, child, route in self.world.record.rows(
                "select account, child, route from audit where sequence > ? and child <> 0 and "
                "act in ('child.view', 'child.list')", self.first_row):
            rows[account, child, route] += 1
        names = {number: login for login, number in self.world.accounts.items()}
        for (account, child, route), count in self.shown.items():
            found = rows[account, child, route]
            self.shown_rows += min(count, found)
            if found < count:
                self.fail(f"shown {count} times with {found} rows of the log:", route,
                          names[account], self.world.by_number[child])

    def may_meet(self, login, kind, child):
        if login is None:
            return False
        role, authorities, team = people.ACCOUNTS[login]
        if kind == "view":  # that the worker keeps: for the team, or for the worker alone
            return login == "worker" or (child == "own" and team == people.ACCOUNTS["worker"][2])
        if kind in WHYS and (login == "worker" and kind == "glass" or
                             self.rights.may(login, "child.identity", child)):
            return True
        if kind in WHYS and {(role, "audit.view"), (role, "breakglass.review")} & \
                self.rights.grants.keys():
            return authorities is None or people.CHILDREN[child][0] in authorities
        return kind in KINDS and self.rights.may(login, KINDS[kind], child)

    def settle(self, answer, method, what):
        """Puts the record back as it was; only what changes something may have changed it."""
        if method == "POST" and self.outcome(answer) == "allowed":
            if self.world.record.state() != self.state or "sign" in what[1]:
                self.world.record.restore(self.kept)
                self.world.browsers = {}

    def one(self, route, method, login, name, parts):
        path = self.fill(route["path"], parts)
        answer = self.ask(route, method, login, path)
        what = (method, route["path"], login or "anonymous", name)
        self.asked += 1
        if answer.status >= 500:
            self.fail("a fault of the program:", *what, answer.status)
        if method == "HEAD" and answer.body:
            self.fail("HEAD has a body:", *what)
        self.look_at_headers(answer, route, what)
        self.look_for_canaries(answer, login, what, path)
        outcome = self.outcome(answer)
        if outcome == "denied" and "{child}" in route["path"]:
            self.denied_alike(route, method, login, name, answer, path)
        self.settle(answer, method, what)
        return outcome

    # ---- the whole ----------------------------------------------------------------------------

    def lines(self, declared=None):
        """{(method, path, person): objects that are allowed}; `declared` is filled for others."""
        found = {}
        by_path = collections.defaultdict(dict)
        for route in self.routes:
            if self.only.search(route["path"]):
                by_path[route["path"]][route["method"]] = route
        for path, of_path in by_path.items():
            objects = self.objects(path)
            order = sorted(objects, key=lambda name: name != "absent")
            for method in METHODS:
                route = of_path.get("GET" if method == "HEAD" else method)
                if self.quick and (method == "HEAD" or not route):
                    continue
                self.world.browsers = {}
                for login in PERSONS:
                    # an undeclared method is refused before anybody asks about what
                    allowed = [name for name in (order if route else order[-1:])
                               if self.one(route or next(iter(of_path.values())), method, login,
                                           name, objects[name]) == "allowed"]
                    if route and method != "HEAD":
                        found[method, path, login or "anonymous"] = allowed
                    elif route and allowed != found["GET", path, login or "anonymous"]:
                        self.fail("HEAD is not as GET:", path, login)
                    elif not route and allowed:
                        self.fail("an undeclared method was taken:", method, path, login)
                if self.world.record.state() != self.state:
                    if path not in MAY_CHANGE:
                        self.fail("refused or only looked, and the record changed:", method, path)
                    self.world.record.restore(self.kept)
        return found

    def strangers(self):
        """Through a child one may see to what belongs to another (IDOR)."""
        own = self.parts["own"]
        for route in self.routes:
            names = re.findall(r"\{(\w+)", route["path"])
            for name in set(names) & {"assessment", "contribution", "goal"}:
                if "child" not in names:
                    continue
                for child in ("absent", "team", "elsewhere", "sealed", "south"):
                    parts = {**own, name: self.parts[child][name]}
                    if name == "assessment":
                        parts["signed"] = self.parts[child]["signed"]
                    self.absent.pop((route["path"], route["method"], "worker")
                                    if child == "absent" else None, None)
                    outcome = self.one(route, route["method"], "worker",
                                       "absent" if child == "absent" else f"own/{child}", parts)
                    if outcome != "denied":
                        self.fail("through one child to another:", route["method"], route["path"],
                                  child)

    def glass(self):
        """Breaking the glass opens what a reason may open, and tells nothing of what it may not."""
        refusals = collections.defaultdict(set)
        for login in ("worker", "manager", "south", "broker", "admin"):
            for child in [*people.CHILDREN, "absent"]:
                browser = self.world.browser(login)
                answer = browser.post("/break-glass", {
                    "child": people.canary(child, "id"), "reason": "somebody must look at once"})
                opened = answer.status == 303
                wanted = child in people.CHILDREN and self.glass_helps(login, child)
                self.asked += 1
                self.checked += 1
                if opened != wanted:
                    self.fail("glass:", login, child, "opened" if opened else "stayed closed",
                              answer.status, answer["location"])
                if not opened and child in ("sealed", "south", "absent"):
                    refusals[login].add((answer.status, self.same(answer, "/break-glass")[1]
                                         .replace(people.canary(child, "id"), "ID")))
            if len(refusals[login]) > 1 and login == "worker":
                self.fail("a refused glass tells what is there:", login)
            self.world.record.restore(self.kept)
            self.world.browsers = {}

    def glass_helps(self, login, child):
        return self.rights.may(login, "breakglass.use", child) and \
            not self.rights.may(login, "child.view", child) and \
            people.CHILDREN[child][2] != 2

    def predicted(self, method, path, login):
        """What data/roles/ say, read apart from src/people."""
        route = next(one for one in self.routes if (one["method"], one["path"]) == (method, path))
        login = None if login == "anonymous" else login
        holds = self.rights.holds(login, route["permission"])
        objects = self.objects(path)
        if not holds:
            return []
        if "view" in next(iter(objects.values())):
            return ["worker's"] if login == "worker" else []
        if "child" in next(iter(objects.values())):
            return [child for child in people.CHILDREN
                    if self.rights.may(login, route["permission"], child)]
        return [name for name in objects if name != "absent"]


def written(objects):
    return " ".join(objects) if objects != [""] else "yes"


def declare(matrix, found):
    """Writes the declaration, those who may the same in one line."""
    groups = collections.OrderedDict()
    permissions = {(route["method"], route["path"]): route["permission"] for route in matrix.routes}
    for (method, path, person), allowed in found.items():
        predicted = matrix.predicted(method, path, person)
        allowed = sorted(allowed, key=list(matrix.objects(path)).index)
        groups.setdefault((method, path, written(allowed)), []).append(person)
        if sorted(predicted) != sorted(allowed):
            print(f"by data/roles {person} may {method} {path}: {written(predicted)}, but may: "
                  f"{written(allowed)}", file=sys.stderr)
    print("method,path,permission,allowed,persons")
    for (method, path, allowed), persons in groups.items():
        print(f"{method},{path},{permissions[method, path]},{allowed},{' '.join(persons)}")


def compare(matrix, found):
    with open(EXPECTED, encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    declared = {(row["method"], row["path"], person): set((row["allowed"] or "").split())
                for row in rows for person in row["persons"].split()}
    for key, allowed in found.items():
        allowed = {one or "yes" for one in allowed}
        if key not in declared:
            matrix.fail("not declared in rights_expected.csv:", *key)
        elif declared[key] != allowed:
            matrix.fail("not as declared:", *key, "allowed", sorted(allowed - declared[key]),
                        "denied", sorted(declared[key] - allowed))
        matrix.checked += 1
    for key in declared.keys() - found.keys():
        if matrix.only.search(key[1]):
            matrix.fail("declared, but there is no such route:", *key)
    asked = {(row["method"], row["path"]): row["permission"] for row in rows}
    for route in matrix.routes:
        key = route["method"], route["path"]
        matrix.checked += 1
        if key in asked and asked[key] != route["permission"]:
            matrix.fail("another permission than declared:", *key, route["permission"])


def main():
    began = time.monotonic()
    world = World(SERVER)
    try:
        only = [one[7:] for one in sys.argv if one.startswith("--only=")]
        matrix = Matrix(world, "--quick" in sys.argv, only[0] if only else "")
        found = matrix.lines()
        if "--declare" in sys.argv:
            declare(matrix, found)
        else:
            compare(matrix, found)
        matrix.strangers()
        matrix.glass()
        matrix.look_into_log()
    finally:
        world.close()
    show = matrix.failures if "--all" in sys.argv else matrix.failures[:40]
    for line in show:
        print("FAILED", line, file=sys.stderr)
    print(f"{matrix.asked} requests, {sum(matrix.canaries.values())} canaries met by those who may "
          f"({dict(matrix.canaries)}); {sum(matrix.shown.values())} times a child was shown, "
          f"{matrix.shown_rows} rows of the log say so; {time.monotonic() - began:.0f} s",
          file=sys.stderr)
    bad = len(matrix.failures)
    if "--declare" not in sys.argv:
        print(f"{max(0, matrix.checked - bad)} passed, {bad} failed")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()

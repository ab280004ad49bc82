#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The log of who saw what: edited, cut, written anew, not to be written; and what else stays behind
when people have worked: log_test.py HEARTH [unittest arguments].
HEARTH_EDITS=10000 tampers with the log more often than in script/test."""
import hashlib
import os
import random
import re
import resource

import rights_record as people
from http_server import SERVER, main
from rights_world import routes_of
from site_client import Browser
from world_case import WithWorld

EDITS = int(os.environ.get("HEARTH_EDITS", "300"))


class Log(WithWorld):
    """What the log is worth when somebody gets at the database (S14)."""

    def test_every_edit_is_found(self):
        for login in ("worker", "other", "director", "south", "auditor"):
            for path in ("/", "/restricted", "/children/1/restricted"):
                self.world.browser(login).get(path)
        for i in range(30):
            self.world.run("user", "disable" if i % 2 == 0 else "enable", "spare")
        heads = os.path.join(self.world.folder, "heads")
        status, head, _ = self.world.run("audit", "heads")
        self.assertEqual(status, 0)
        with open(heads, "w") as file:
            file.write(head)
        self.assertEqual(self.world.run("audit", "verify", "--heads", heads)[0], 0)
        self.world.site.stop()
        connection = self.record.connect()
        rows = connection.execute("select * from audit order by sequence").fetchall()
        self.assertGreater(len(rows), 60)
        dice = random.Random(4)
        missed, kinds, whole_without_heads = [], {}, 0
        for i in range(EDITS):
            name, edited = self.edit(dice, rows)
            if edited == rows:
                continue
            self.put(connection, edited)
            kinds[name] = kinds.get(name, 0) + 1
            status, said, _ = self.world.run("audit", "verify", "--heads", heads)
            named = re.search(r"Entry (\d+):", said)
            if status == 0 or not named:
                missed.append((i, name))
            elif not self.is_first_bad(int(named.group(1)), name, rows, edited):
                missed.append((i, name, "it names entry", named.group(1)))
            if name in ("cut", "rewrite") and self.world.run("audit", "verify")[0] == 0:
                whole_without_heads += 1
        # taken out and chained again by somebody who knows how: the number is missed without a head
        at = len(rows) // 2
        self.put(connection, self.rewritten(rows[:at] + rows[at + 1:], at))
        status, said, _ = self.world.run("audit", "verify")
        self.assertNotEqual(status, 0)
        self.assertIn(f"Entry {at + 1}:", said)
        connection.close()
        print(f"edits of the log found: {sum(kinds.values()) - len(missed)} of "
              f"{sum(kinds.values())} {kinds}; {whole_without_heads} looked whole without the head")
        self.assertGreater(whole_without_heads, 0, "no edit was a clever one")
        self.assertEqual(missed, [])

    @staticmethod
    def put(connection, rows):
        connection.execute("begin")
        connection.execute("delete from audit")
        marks = ",".join("?" * len(rows[0]))
        connection.executemany(f"insert into audit values ({marks})", rows)
        connection.execute("commit")

    @staticmethod
    def is_first_bad(named, name, rows, edited):
        """A log written anew is whole in itself: all after the last head that agrees is in doubt."""
        first = next((i for i, (a, b) in enumerate(zip(rows, edited)) if a != b),
                     min(len(rows), len(edited))) + 1
        return named <= first if name == "rewrite" else named == first

    def edit(self, dice, rows):
        rows = list(rows)
        at = dice.randrange(len(rows))
        kind = dice.choice(("change", "change", "delete", "insert", "swap", "cut", "rewrite"))
        if kind == "change":
            row = list(rows[at])
            column = dice.randrange(1, len(row))
            old = row[column]
            if isinstance(old, int):
                row[column] = old + dice.choice((-1, 1, 1000))
            elif isinstance(old, bytes):
                bit = dice.randrange(len(old) * 8)
                row[column] = bytes(b ^ (1 << bit % 8 if i == bit // 8 else 0)
                                    for i, b in enumerate(old))
            else:
                row[column] = (old or "") + "x"
            rows[at] = tuple(row)
        elif kind == "delete":
            del rows[at]
        elif kind == "insert":
            rows = rows[:at] + [(rows[at][0], *dice.choice(rows)[1:])] + \
                [(row[0] + 1, *row[1:]) for row in rows[at:]]
        elif kind == "swap":
            other = dice.randrange(len(rows))
            rows[at], rows[other] = ((rows[at][0], *rows[other][1:]),
                                     (rows[other][0], *rows[at][1:]))
        elif kind == "cut":
            rows = rows[:at]
        else:
            rows = self.rewritten(rows, at)
        return kind, rows

    @staticmethod
    def rewritten(rows, at):
        """The log from a row on as somebody would write it who knows how it is chained."""
        rows = rows[:at] + [(*rows[at][:5], "nothing", *rows[at][6:])] + rows[at + 1:]
        before = rows[at - 1][11] if at else bytes(32)
        for i in range(at, len(rows)):
            row = rows[i]
            numbers = b"".join(int(row[n]).to_bytes(8, "little", signed=True)
                               for n in (0, 1, 2, 6))
            texts = b"".join(hashlib.blake2b(
                one if isinstance(one, bytes) else (one or "").encode(), digest_size=32).digest()
                for one in (row[3], row[4], row[5], row[7], row[8], row[9], row[10]))
            before = hashlib.blake2b(before + numbers + texts, digest_size=32).digest()
            rows[i] = (*row[:11], before)
        return rows


class NoLog(WithWorld):
    """When the log cannot be written nothing is shown and nothing is changed."""

    def pages(self):
        child = self.world.children["own"]
        own = self.record.one("select max(assessment) from care_assessment where child = ?", child)
        goal = self.record.one("select max(goal) from care_goal where child = ?", child)
        for route in routes_of(SERVER):
            if route["method"] == "GET" and ("{child}" in route["path"] or
                                             route["path"] in ("/children", "/due", "/audit")):
                path = route["path"].replace("{child}", str(child)).replace("{goal}", str(goal))
                yield re.sub(r"\{\w+\}", "1", path.replace("{assessment}", str(own)))

    def shown(self, answer):
        return [kind for child, kind in people.CANARY.findall(answer.everything)
                if child != "password"]

    def test_nothing_is_shown_and_nothing_changes(self):
        worker, director = self.world.browser("worker"), self.world.browser("director")
        pages = [(browser, path) for path in self.pages() for browser in (worker, director)]
        good = [pair for pair in pages if self.shown(pair[0].get(pair[1]))]
        self.assertGreater(len(good), 20)
        before, pid = self.record.state(), self.world.site.process.pid
        own = f"/children/{self.world.children['own']}"
        limits = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, limits[1]))  # as on a full disk
        try:
            for browser, path in good:
                with self.subTest(path):
                    answer = browser.get(path)
                    self.assertGreaterEqual(answer.status, 500)
                    self.assertEqual(self.shown(answer), [])
            for path, fields in ((own + "/about", {"matters": "x", "version": "2",
                                                   "written_on": "2026-01-01"}),
                                 (own + "/plan/new", {"goal": "x"}),
                                 (own + "/assessments/new", {"day": "2026-01-01"})):
                self.assertNotIn(worker.post(path, fields).status, (200, 303), path)
            answer = director.post(f"/children/{self.world.children['team']}/restricted", {
                "guard": "restricted", "reason": "a long reason",
                "named": self.world.accounts["mate"]})
            self.assertGreaterEqual(answer.status, 500)
        finally:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)
        self.assertEqual(self.record.state(), before)
        for browser, path in good:  # and as before without a restart
            with self.subTest(path):
                answer = browser.get(path)
                self.assertEqual(answer.status, 200)
                self.assertTrue(self.shown(answer) or path == "/audit")


class Traces(WithWorld):
    """What stays behind when people have worked (S18)."""

    def test_nothing_personal_is_left_where_it_should_not_be(self):
        world = self.world
        for login in ("worker", "director", "south", "root"):
            browser = self.signed_in(login)
            world.secrets |= set(browser.cookies.values())
            for route in routes_of(SERVER):
                if route["method"] == "GET":
                    path = re.sub(r"\{\w+[^}]*\}", "1", route["path"])
                    browser.get(path)
                    browser.get(path + "?search=" + people.canary("own", "id"))
        Browser(self.site).sign_in("worker", "zqpasswordqz is wrong")
        world.secrets.add("zqpasswordqz is wrong")
        private = [people.canary(child, kind) for child in people.CHILDREN
                   for kind in ("id", "profile", "assessment", "plan", "reason", "glass")]
        private += [form for child in people.CHILDREN
                    for form in (*people.born(child), people.postcode(child))]
        private += sorted(world.secrets)
        self.places = {"log": self.site.log(), **self.processes(), **self.temporary()}
        for place, text in self.places.items():
            for one in private:
                self.assertNotIn(one, text, f"in {place}")
        record = self.record_files()
        written = [people.canary(child, kind) for child in people.CHILDREN
                   for kind in ("profile", "assessment", "plan", "reason", "glass")]
        for one in [*written, *world.secrets]:
            self.assertNotIn(one.encode(), record, "in clear in the record")

    def test_ids_and_postcodes_are_not_in_clear_in_the_record(self):
        record = self.record_files()
        clear = [one for child in people.CHILDREN
                 for one in (people.canary(child, "id"), people.postcode(child),
                             people.canary(child, "search"), people.canary(child, "why"))
                 if one.encode() in record]
        self.assertEqual(clear, [])

    def record_files(self):
        """All there is of the record: the file, its journals, the daybook; not the key."""
        found = []
        for name in os.listdir(self.world.folder):
            path = os.path.join(self.world.folder, name)
            if name.startswith("record.db") and not name.endswith(".key") and os.path.isfile(path):
                with open(path, "rb") as file:
                    found.append(file.read())
        return b"".join(found)

    def processes(self):
        found = {}
        for process in filter(str.isdigit, os.listdir("/proc")):
            if int(process) == os.getpid():
                continue
            for name in ("cmdline", "environ"):
                try:
                    with open(f"/proc/{process}/{name}", "rb") as file:
                        found[f"/proc/{process}/{name}"] = file.read().decode("utf-8", "replace")
                except OSError:
                    pass
        return found

    def temporary(self):
        found = {}
        for name in os.listdir(os.path.join(self.world.folder, "tmp")):
            with open(os.path.join(self.world.folder, "tmp", name), "rb") as file:
                found["tmp/" + name] = file.read().decode("utf-8", "replace")
        return found


if __name__ == "__main__":
    main()

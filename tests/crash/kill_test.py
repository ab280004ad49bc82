#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The program is killed while people write by the pages and files are imported:
kill_test.py HEARTH [--kills N] [--server]. Short: 15 kills; $HEARTH_KILLS or --kills for more (1,000).
With --server the record is on a PostgreSQL server, which dies too every eighth time.

What was acknowledged must be there afterwards, no import half, the database and the chain of the log
whole, and the server back within 2 seconds (the middle one; the slowest is printed). The control counts
as acknowledged what was only sent, as if the server answered before it commits, and must see a loss, or
the harness proves nothing."""
import argparse
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time

from crash_world import (CrashWorld, WORKERS, PASSWORD, Browser, costs_file)

BACK_UP_SECONDS = 2.0


def faults_in(page):
    """What a page says is wrong."""
    text = re.sub(r"(?s)<(script|style).*?</\1>|<dialog.*|<[^>]+>", " ", page)
    return re.sub(r"\s+", " ", text)[:400]


class Refused(Exception):
    """A page that says nothing was changed."""


class Done(dict):
    """What was acknowledged: ("acked", child, kind) a number, "imports" and "undone" sets."""

    def acknowledged(self, child, kind):
        key = ("acked", child, kind)
        self[key] = self.get(key, 0) + 1
        self["all"] = self.get("all", 0) + 1

    def acknowledged_import(self, what, number):
        self.setdefault(what, set()).add(number)
        self["all"] = self.get("all", 0) + 1


class Worker(threading.Thread):
    """One social worker writes about one child until the server is gone; counts what was
    acknowledged and what was under way."""

    def __init__(self, world, number, acknowledged):
        super().__init__(daemon=True)
        self.world, self.number, self.done = world, number, acknowledged
        self.child = world.children[number]
        self.front = f"/children/{self.child}"
        self.day = time.strftime("%Y-%m-%d", time.gmtime())
        self.step, self.early = 0, False

    def send(self, kind, path, fields, more=None):
        """An acknowledged write is counted; one that was sent may be there or not."""
        self.done["sent", self.child, kind] = self.done.get(("acked", self.child, kind), 0) + 1
        if self.early:
            self.done.acknowledged(self.child, kind)
        answer = self.browser.post(self.front + path, fields)
        if answer.status >= 500 and self.world.may_refuse:
            raise Refused
        if answer.status != 303:
            raise AssertionError(f"{path}: {answer.status} {faults_in(answer.text)}")
        if not self.early:
            self.done.acknowledged(self.child, kind)
        return answer["location"]

    def about(self):
        rows = self.done.get(("acked", self.child, "care_profile"), 0)
        self.send("care_profile", "/about", {
            "known_as": "A", "participation": "PN1", "written_on": self.day, "version": rows,
            "matters": f"version {rows + 1}", "good_at": "drawing", "hopes": "", "liked": "",
            "written_with": "me"})

    def goal(self):
        self.send("care_goal", "/plan/new", {
            "goal": "To swim", "domain": "education", "state": "open", "helps": "a pool",
            "who": "all of us", "by_when": ""})

    def review(self):
        version = self.done.get(("acked", self.child, "care_review"), 0)
        self.send("care_review", "/reviews/write", {
            "on": self.day, "participation": "PN1", "view": "good",
            "notes": f"all were there, version {version + 1}", "version": version})

    def assess(self):
        """A draft, an area of it, and away with it: each is a change of its own."""
        where = self.send("care_assessment", "/assessments/new", {"day": self.day,
                                                                  "reason": "review"})
        number = int(where.split("/assessments/")[1].split("/")[0].split("?")[0])
        self.send("care_domain", f"/assessments/{number}/area/1", {
            "score": 4, "strengths": "kind", "view": "fine", "evidence": "seen"})
        self.discard(number)

    def discard(self, number):
        revision = self.world.record.one(
            "select revision from care_assessment where assessment = ?", number)
        self.send("discarded", f"/assessments/{number}/discard", {"revision": revision})

    def tidy(self):
        """A draft of an earlier life stands in the way of a new one."""
        for (number,) in self.world.record.rows(
                "select assessment from care_assessment where child = ? and state = 'draft'",
                self.child):
            self.discard(number)

    def look(self):
        answer = self.browser.get(self.front)
        if answer.status >= 500 and self.world.may_refuse:
            raise Refused
        if answer.status != 200:
            raise AssertionError(f"{self.front}: {answer.status}")
        self.done.acknowledged(self.child, "views")

    def run(self):
        self.browser = self.world.browser(self.number)
        steps = [self.about, self.goal, self.review, self.look, self.assess]
        random.Random(self.number + self.step).shuffle(steps)
        self.fault = None
        try:
            self.tidy()
            while True:
                for step in steps:
                    step()
        except (OSError, ValueError):
            pass
        except Refused:  # told, not lost: counted
            self.done["refused"] = self.done.get("refused", 0) + 1
        except Exception as error:  # what is no end of the connection is a fault of the server
            self.fault = error


class Importer(threading.Thread):
    """Imports files and takes every second import back, as separate programs that are killed too."""

    def __init__(self, world, acknowledged, number):
        super().__init__(daemon=True)
        self.world, self.done, self.number = world, acknowledged, number
        self.process, self.over, self.fault = None, False, None

    def command(self, *words):
        self.process = subprocess.Popen(
            [self.world.hearth, "--db", self.world.place, *words], stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)
        said, wrong = self.process.communicate()
        if self.process.returncode > 0 and b"another program" not in wrong:
            self.fault = wrong.decode()
        return said.decode() if self.process.returncode == 0 else ""

    def run(self):
        while not self.over:
            self.number += 1
            path = costs_file(self.world.folder, self.number)
            said = self.command("import", "--quiet", path)
            os.unlink(path)
            if not said:
                continue
            number = int(said.split()[1].rstrip(":"))
            self.done.acknowledged_import("imports", number)
            if number % 2 and not self.over:
                self.done.setdefault("undoing", set()).add(number)
                if self.command("import", "undo", str(number)):
                    self.done.acknowledged_import("undone", number)


COUNTS = {
    "care_profile": "select count(*) from care_profile where child = ?",
    "care_goal": "select count(*) from care_goal where child = ?",
    "care_review": "select count(*) from care_review where child = ?",
    "care_assessment": "select count(*) from care_assessment where child = ?",
    "care_domain": "select count(*) from care_domain d join care_assessment a using (assessment) "
                   "where a.child = ?",
    "discarded": "select count(*) from care_assessment where child = ? and state = 'discarded'",
    "views": "select count(*) from audit where child = ? and act = 'child.view'",
}


def counts_of(record, children):
    """How much of each kind is there, by child and kind."""
    question = "select " + ", ".join(f"({sql})" for sql in COUNTS.values())
    return {(child, kind): have for child in children
            for kind, have in zip(COUNTS, record.rows(question, *[child] * len(COUNTS))[0])}


def lost_imports(record, done):
    imports = dict(record.rows("select import, undone_at from import"))
    missing = [f"import {n} of those acknowledged" for n in done.get("imports", set())
               if n not in imports]
    return missing + [f"undo of {n}" for n in done.get("undone", set()) if imports.get(n) is None]


def lost(world, done):
    """What was acknowledged and is not there, or is there and nobody sent it."""
    missing = []
    for (child, kind), have in counts_of(world.record, world.children).items():
        acked = done.get(("acked", child, kind), 0)
        if have < acked:
            missing.append(f"child {child}: {have} of {acked} {kind}")
        if kind != "views" and have > max(acked, done.get(("sent", child, kind), 0)):
            missing.append(f"child {child}: {have} {kind}, {acked} were sent")
        # what was under way and got there counts from here on
        done["acked", child, kind] = have
    missing += lost_imports(world.record, done)
    undone = world.record.rows("select import from import where undone_at is not null")
    return missing + [f"import {n} was undone by nobody" for (n,) in undone
                      if n not in done.get("undoing", set())]


def try_signing_in(world):
    browser = Browser(world.site)
    answer = browser.sign_in("worker0", PASSWORD)
    if answer.status == 303:
        browser.post("/sign-out")  # nobody has any number of sessions
    browser.close()
    if answer.status == 303 or (answer.status >= 500 and world.may_refuse):
        return []
    return [f"signing in: {answer.status} {faults_in(answer.text)}"]


def one_life(world, done, wait, sign_in=False, early=False):
    """Write, kill. Faults of what ran."""
    threads = [Worker(world, number, done) for number in range(WORKERS)]
    for thread in threads:
        thread.early = early
    threads.append(Importer(world, done, done.setdefault("files", 0)))
    for thread in threads:
        thread.start()
    faults = try_signing_in(world) if sign_in else []
    time.sleep(wait)
    threads[-1].over = True
    world.site.process.send_signal(signal.SIGKILL)
    if threads[-1].process and threads[-1].process.poll() is None:
        threads[-1].process.send_signal(signal.SIGKILL)
    world.site.process.wait()
    for thread in threads:
        thread.join(20)
    done["files"] = threads[-1].number
    return faults + [str(thread.fault) for thread in threads if thread.fault]


def kills(world, count, seed, control=False):
    """What was acknowledged, what is wrong, and how long it took until the server answered again.
    The control ends when something was lost."""
    done, faults, back = Done(), [], []
    choices = random.Random(seed)
    for number in range(count + 1):
        back.append(world.serve())
        faults += lost(world, done)
        if control and faults:
            break
        if number < count:
            faults += one_life(world, done, choices.uniform(0.02, 0.5), number % 10 == 3, control)
            faults += world.faults()
    world.site.stop()
    if done.get("refused"):
        print(f"{done['refused']} requests were refused by a page (500 or 503)")
    return done.get("all", 0), faults, sorted(back)


def main():
    reader = argparse.ArgumentParser()
    reader.add_argument("hearth")
    reader.add_argument("--kills", type=int, default=int(os.environ.get("HEARTH_KILLS", "15")))
    reader.add_argument("--server", action="store_true", help="the record is on a PostgreSQL server")
    given = reader.parse_args()
    if given.server:
        from crash_server import ServerWorld as World  # needs a server: only when asked for
    else:
        World = CrashWorld
    passed, failed = 0, 0
    for name, count, control in ((f"{given.kills} kills", given.kills, False),
                                 ("control, acknowledged when it was sent", 20, True)):
        world = World(given.hearth)
        try:
            world.make()
            began = time.monotonic()
            acknowledged, faults, back = kills(world, count, 1 + control, control)
        finally:
            world.close()
        if control:
            good = any(" of " in fault for fault in faults)
            print(f"{name}: {len(faults)} losses were noticed among {acknowledged} acknowledged")
        else:
            # the slowest says more about what else the machine does
            good = not faults and back[len(back) // 2] < BACK_UP_SECONDS
            print(f"{name} in {time.monotonic() - began:.0f} s: {acknowledged} acknowledged, "
                  f"{len(faults)} lost or wrong, back after {back[len(back) // 2]:.2f} s, "
                  f"{back[-1]:.2f} s at most")
            for fault in faults[:10]:
                print("  " + fault)
        passed, failed = passed + good, failed + (not good)
    print(f"{passed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())

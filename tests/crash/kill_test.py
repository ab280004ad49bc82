#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The program is killed while people write by the pages and files are imported:
kill_test.py HEARTH [--kills N]. Short: 25 kills; $HEARTH_KILLS or --kills for more (1,000).

What was acknowledged must be there afterwards, no import half, the database and the chain of the
log whole, and the server back within 2 seconds. The control acknowledges before it commits (early.c)
and must lose something, or the harness proves nothing."""
import argparse
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time

from crash_world import (CrashWorld, WORKERS, PASSWORD, Browser, costs_file, faults_of, library)

BACK_UP_SECONDS = 2.0


def faults_in(page):
    """What a page says is wrong."""
    text = re.sub(r"(?s)<(script|style).*?</\1>|<dialog.*|<[^>]+>", " ", page)
    return re.sub(r"\s+", " ", text)[:400]


class Worker(threading.Thread):
    """One social worker writes about one child until the server is gone; counts what was
    acknowledged and what was under way."""

    def __init__(self, world, number, acknowledged):
        super().__init__(daemon=True)
        self.world, self.number, self.done = world, number, acknowledged
        self.child = world.children[number]
        self.front = f"/children/{self.child}"
        self.day = time.strftime("%Y-%m-%d", time.gmtime())
        self.step = 0

    def send(self, kind, path, fields, more=None):
        """An acknowledged write is counted; one that was sent may be there or not."""
        self.done["sent", self.child, kind] = self.done.get(("acked", self.child, kind), 0) + 1
        answer = self.browser.post(self.front + path, fields)
        if answer.status != 303:
            raise AssertionError(f"{path}: {answer.status} {faults_in(answer.text)}")
        key = ("acked", self.child, kind)
        self.done[key] = self.done.get(key, 0) + 1
        self.done["all"] = self.done.get("all", 0) + 1
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
        key = ("acked", self.child, "views")
        answer = self.browser.get(self.front)
        if answer.status != 200:
            raise AssertionError(f"{self.front}: {answer.status}")
        self.done[key] = self.done.get(key, 0) + 1
        self.done["all"] = self.done.get("all", 0) + 1

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
            self.done.setdefault("imports", set()).add(number)
            self.done["all"] = self.done.get("all", 0) + 1
            if number % 2 and not self.over:
                self.done.setdefault("undoing", set()).add(number)
                if self.command("import", "undo", str(number)):
                    self.done.setdefault("undone", set()).add(number)
                    self.done["all"] += 1


COUNTS = {
    "care_profile": "select count(*) from care_profile where child = ?",
    "care_goal": "select count(*) from care_goal where child = ?",
    "care_review": "select count(*) from care_review where child = ?",
    "care_assessment": "select count(*) from care_assessment where child = ?",
    "care_domain": "select count(*) from care_domain d join care_assessment a using (assessment) "
                   "where a.child = ?",
    "discarded": "select count(*) from care_assessment where child = ? and state = 'discarded'",
}


def lost(world, done):
    """What was acknowledged and is not there, or is there and nobody sent it."""
    missing = []
    for child in world.children:
        for kind, sql in COUNTS.items():
            acked = done.get(("acked", child, kind), 0)
            have = world.record.one(sql, child)
            if have < acked:
                missing.append(f"child {child}: {have} of {acked} {kind}")
            if have > max(acked, done.get(("sent", child, kind), 0)):
                missing.append(f"child {child}: {have} {kind}, {acked} were sent")
            # what was under way and got there counts from here on
            done["acked", child, kind] = max(have, acked) if have >= acked else have
        views = world.record.one("select count(*) from audit where child = ? and act = 'child.view'",
                                 child)
        acked = done.get(("acked", child, "views"), 0)
        if views < acked:
            missing.append(f"child {child}: {views} of {acked} views in the log")
        done["acked", child, "views"] = views
    imports = dict(world.record.rows("select import, undone_at from import"))
    missing += [f"import {n}" for n in done.get("imports", set()) if n not in imports]
    missing += [f"undo of {n}" for n in done.get("undone", set()) if imports.get(n) is None]
    missing += [f"import {n} was undone by nobody" for n, at in imports.items()
                if at is not None and n not in done.get("undoing", set())]
    return missing


def one_life(world, done, wait, sign_in=False):
    """Write, kill. Faults of what ran."""
    threads = [Worker(world, number, done) for number in range(WORKERS)]
    threads.append(Importer(world, done, done.setdefault("files", 0)))
    for thread in threads:
        thread.start()
    if sign_in:
        browser = Browser(world.site)
        if browser.sign_in("worker0", PASSWORD).status != 303:
            raise AssertionError("signing in failed")
        browser.close()
    time.sleep(wait)
    threads[-1].over = True
    world.site.process.send_signal(signal.SIGKILL)
    if threads[-1].process and threads[-1].process.poll() is None:
        threads[-1].process.send_signal(signal.SIGKILL)
    world.site.process.wait()
    for thread in threads:
        thread.join(20)
    done["files"] = threads[-1].number
    return [str(thread.fault) for thread in threads if thread.fault]


def kills(world, count, seed, environment=None):
    """What was acknowledged, what is wrong, and the longest until the server answered again. With an
    environment it is a control, which ends when something was lost."""
    done, faults, slowest = {}, [], 0.0
    choices = random.Random(seed)
    for number in range(count + 1):
        slowest = max(slowest, world.serve(environment))
        faults += lost(world, done)
        if environment and faults:
            break
        if number < count:
            faults += one_life(world, done, choices.uniform(0.02, 0.5), number % 10 == 3)
            faults += faults_of(world.place, world.hearth)
    world.site.stop()
    return done.get("all", 0), faults, slowest


def main():
    reader = argparse.ArgumentParser()
    reader.add_argument("hearth")
    reader.add_argument("--kills", type=int, default=int(os.environ.get("HEARTH_KILLS", "25")))
    given = reader.parse_args()
    world = CrashWorld(given.hearth)
    passed, failed = 0, 0
    try:
        world.make()
        began = time.monotonic()
        acknowledged, faults, slowest = kills(world, given.kills, 1)
        good = not faults and slowest < BACK_UP_SECONDS
        print(f"{given.kills} kills in {time.monotonic() - began:.0f} s: {acknowledged} "
              f"acknowledged, {len(faults)} lost or wrong, back after {slowest:.2f} s at most")
        for fault in faults[:10]:
            print("  " + fault)
        passed, failed = passed + good, failed + (not good)
    finally:
        world.close()
    world = CrashWorld(given.hearth)
    try:
        world.make()
        early = library("early", world.folder)
        acknowledged, faults, _ = kills(world, 20, 2, {"LD_PRELOAD": early})
        caught = [fault for fault in faults if " of " in fault]
        print(f"control, acknowledges before it commits: {len(caught)} losses were noticed among "
              f"{acknowledged} acknowledged")
        passed, failed = passed + bool(caught), failed + (not caught)
    finally:
        world.close()
    print(f"{passed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())

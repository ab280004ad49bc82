#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Files and memory that fail: faults_test.py HEARTH. Short: about 8 failures of each kind and deed;
HEARTH_FAULTS=all for every k-th call (many thousands), or a number of failures.

For each deed (import, undo, backup, restore, report, an account; and saving by the pages) the k-th file
call (EIO, ENOSPC, half a write) or allocation fails, once or from then on. The program must not die by a
signal; what it says it did must be there; what it says it did not must not; the record must be whole
and, without the fault, usable. Control: a program whose failure goes unnoticed (a fault that is told to
nobody) must be found out."""
import errno
import hashlib
import mmap
import os
import re
import shutil
import struct
import subprocess
import sys
import time

from crash_world import AUTHORITY, CrashWorld, costs_file, faults_of, library
from kill_test import faults_in
from site_client import MEMORY, Record, temporary_folder

FILE_CALLS, ALLOCATIONS, SHORT = 1, 2, -1
KINDS = [("a disk that fails", FILE_CALLS, errno.EIO), ("a full disk", FILE_CALLS, errno.ENOSPC),
         ("half a write", FILE_CALLS, SHORT), ("no memory", ALLOCATIONS, 0)]
STATUSES = {0, 1, 2, 3, 4, 5, 6}


class Control:
    """The page that faults.c maps: what, at, error, ever, count, failed."""

    def __init__(self, path):
        with open(path, "wb") as file:
            file.write(bytes(4096))
        self.file = open(path, "r+b")
        self.page, self.path = mmap.mmap(self.file.fileno(), 4096), path

    def set(self, what=0, at=0, error=0, ever=0):
        self.page[:48] = struct.pack("<6q", 0, at, error, ever, 0, 0)
        self.page[:8] = struct.pack("<q", what)

    def read(self):
        _, _, _, _, count, failed = struct.unpack("<6q", self.page[:48])
        self.page[:8] = struct.pack("<q", 0)
        return count, failed

    def close(self):
        self.page.close()
        self.file.close()


class Deed:
    """Something a person does with the program: its words, whether it happened, what is left."""

    def __init__(self, name, words, happened, changes=True, leaves=()):
        self.name, self.words, self.happened = name, words, happened
        self.changes, self.leaves = changes, leaves


class Bench:
    """A record, kept as it was, and the deeds that are tried on copies of it."""

    def __init__(self, hearth):
        self.hearth, self.folder = os.path.abspath(hearth), temporary_folder(MEMORY)
        self.kept, self.at = os.path.join(self.folder, "kept"), os.path.join(self.folder, "now")
        self.other = os.path.join(self.folder, "other")
        os.makedirs(self.kept)
        os.makedirs(self.other)
        self.place = os.path.join(self.at, "record.db")
        self.control = Control(os.path.join(self.other, "control"))
        self.environment = dict(os.environ, LD_PRELOAD=library("faults", self.other),
                                HEARTH_FAULT_CONTROL=self.control.path,
                                HEARTH_FAULT_FOLDER=os.path.realpath(self.at))
        world = CrashWorld(hearth, os.path.join(self.folder, "world"))
        os.makedirs(world.folder)
        world.make()
        world.must("import", "--quiet", costs_file(self.other, 1))
        for name in os.listdir(world.folder):
            if name.startswith("record.db"):
                shutil.copy(os.path.join(world.folder, name), self.kept)
        self.tokens, self.children = world.tokens, world.children
        self.backup = os.path.join(self.kept, "record.backup")
        world.must("backup", "--out", self.backup)
        self.report = self.html(world.place)
        world.close()
        self.file = costs_file(self.other, 2)

    @staticmethod
    def digest(path):
        """Of a report, whenever it was made."""
        with open(path, "rb") as file:
            return hashlib.sha256(re.sub(rb"\d\d:\d\d UTC", b"", file.read())).hexdigest()

    def html(self, place):
        path = os.path.join(self.other, "report.html")
        subprocess.run([self.hearth, "--db", place, "report", "--format", "html", "--output", path],
                       check=True, stderr=subprocess.DEVNULL)
        return self.digest(path)

    def fresh(self):
        shutil.rmtree(self.at, ignore_errors=True)
        shutil.copytree(self.kept, self.at)
        self.record = Record(self.place)

    def run(self, words):
        try:
            done = subprocess.run([self.hearth, "--db", self.place, *words],
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  env=self.environment, timeout=60)
        except subprocess.TimeoutExpired:
            return -99, "", "nothing for 60 s"
        return done.returncode, done.stdout.decode("utf-8", "replace"), \
            done.stderr.decode("utf-8", "replace")

    def there(self, name):
        return os.path.join(self.at, name)

    def verified(self, path):
        return os.path.exists(path) and subprocess.run(
            [self.hearth, "--db", self.place, "restore", "--verify", path],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0

    def reported(self):
        path = self.there("report.html")
        return os.path.exists(path) and self.digest(path) == self.report

    def restored(self):
        path = self.there("new.db")
        return os.path.exists(path) and Record(path).state() == self.state

    def deeds(self):
        self.fresh()
        self.state = self.record.state()
        one = self.record.one
        return [
            Deed("import", ["import", "--quiet", self.file],
                 lambda: one("select count(*) from import where import = 3") == 1),
            Deed("undo", ["import", "undo", "2"],
                 lambda: one("select count(*) from import where undone_at is not null") == 1),
            Deed("account", ["user", "add", "new", "--role", "director", "--authority", AUTHORITY],
                 lambda: one("select count(*) from account where login = 'new'") == 1),
            Deed("backup", ["backup", "--out", self.there("b.backup")],
                 lambda: self.verified(self.there("b.backup")), False, ["b.backup"]),
            Deed("restore", ["restore", self.there("record.backup"), "--to", self.there("new.db"),
                             "--key", self.there("record.db.key")], self.restored, False,
                 ["new.db"]),
            Deed("report", ["report", "--format", "html", "--output", self.there("report.html")],
                 self.reported, False, ["report.html"]),
        ]

    def close(self):
        self.control.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def faults_after(bench, deed, status, said, wrong, error):
    """What a failed deed did that it must not do."""
    faults = []
    if status not in STATUSES:
        return [f"ended by {status}: {wrong.strip()[-300:]}"]
    if status != 0 and not wrong.strip().startswith("hearth: "):
        faults.append(f"status {status} without a word: {wrong.strip()[:200]}")
    if status != 0 and error == errno.ENOSPC and not any(
            word in wrong for word in ("full", "No space", "may not be written")):
        faults.append(f"does not name the cause: {wrong.strip()[:200]}")
    happened = deed.happened()
    if status == 0 and not happened:
        faults.append("said it was done, and it was not: " + said.strip()[:100])
    if status != 0 and happened and "may have" not in wrong:
        faults.append(f"said it failed, and it was done: {wrong.strip()[:160]}")
    if status != 0 and not happened:
        faults += [f"left {name} half" for name in deed.leaves if os.path.exists(bench.there(name))]
        if bench.record.state() != bench.state:
            faults.append(f"something else changed: {wrong.strip()[:160]}")
    return faults + faults_of(bench.place)


def counts_of(bench, deed, what, error):
    """How many calls the deed makes when nothing fails."""
    bench.fresh()
    bench.control.set(what, 0, error)
    status, said, wrong = bench.run(deed.words)
    count, _ = bench.control.read()
    if status != 0 or not deed.happened():
        raise RuntimeError(f"{deed.name} does not work at all: {status} {said} {wrong}")
    return count


def sweep(bench, deed, kind, most):
    """Tries failures of that kind; how many, and what went wrong."""
    name, what, error = kind
    count = counts_of(bench, deed, what, error)
    step = max(1, -(-count * 2 // most)) if most else 1
    tried, bad = 0, []
    for ever in (0, 1):
        for at in range(1 + (ever * step) // 2, count + 1, step):
            bench.fresh()
            bench.control.set(what, at, error, ever)
            status, said, wrong = bench.run(deed.words)
            _, failed = bench.control.read()
            if not failed:
                continue
            tried += 1
            bad += [f"{deed.name}, {name} at call {at} of {count}{' and after' * ever}: {fault}"
                    for fault in faults_after(bench, deed, status, said, wrong, error)]
    return tried, bad


class Saving:
    """About me, saved by the pages of a server whose files and memory fail now and then."""

    def __init__(self, bench):
        self.bench = bench
        bench.fresh()
        bench.control.set()
        self.world = CrashWorld(bench.hearth, bench.at)
        self.world.tokens, self.version, self.restarts = bench.tokens, 0, 0
        self.start()

    def start(self):
        wanted = {name: self.bench.environment[name] for name in self.bench.environment
                  if name.startswith(("LD_", "HEARTH_FAULT"))}
        self.world.serve(wanted)
        self.restarts += 1

    def save(self):
        browser = self.world.browser(0)
        browser.token = self.token
        try:
            answer = browser.post(f"/children/{self.bench.children[0]}/about", {
                "known_as": "A", "participation": "PN1", "written_on": time.strftime("%Y-%m-%d"),
                "version": self.version, "matters": f"version {self.version}", "good_at": "",
                "hopes": "", "liked": "", "written_with": ""})
            return answer.status, answer.text
        except OSError as error:
            return 0, str(error)
        finally:
            browser.close()

    def have(self):
        return self.world.record.one("select count(*) from care_profile where child = ?",
                                     self.bench.children[0])

    def check(self, status, text, error):
        faults, have = [], self.have()
        if self.world.site.process.poll() is not None:
            faults.append(f"the server ended: {self.world.site.process.returncode}")
            self.start()
        if status == 303 and have != self.version + 1:
            faults.append("said saved, and it was not")
        if status not in (0, 303) and have != self.version and "may have" not in text:
            faults.append(f"said not saved ({status}), and it was: {faults_in(text)[:200]}")
        if status not in (0, 303) and status < 400:
            faults.append(f"an odd answer: {status}")
        if error == errno.ENOSPC and status >= 500 and "full" not in text:
            faults.append(f"a page that does not name the cause: {faults_in(text)[:300]}")
        self.version = have
        again, text = self.save()
        if again != 303 or self.have() != self.version + 1:
            faults.append(f"the next request failed: {again} {faults_in(text)[:300]}")
        self.version = self.have()
        return faults

    def token_of(self):
        browser = self.world.browser(0)
        self.token = browser.csrf()
        browser.close()

    def sweep(self, kind, most):
        name, what, error = kind
        control = self.bench.control
        self.token_of()
        control.set(what, 0, error)
        self.save()
        count, _ = control.read()
        self.version = self.have()
        step = max(1, -(-count * 2 // most)) if most else 1
        tried, bad = 0, []
        for ever in (0, 1):
            for at in range(1, count + 1, step):
                control.set(what, at, error, ever)
                status, text = self.save()
                _, failed = control.read()
                tried += failed > 0
                bad += [f"saving, {name} at call {at} of {count}{' and after' * ever}: {fault}"
                        for fault in self.check(status, text, error)]
        return tried, bad

    def close(self):
        self.bench.control.set()
        self.world.site.stop()


def unnoticed(bench):
    """The control: the record of a deed that was done is put back, as if the failure that kept it
    from the disk had been told to nobody. It must be found."""
    deed = bench.deeds()[0]
    bench.fresh()
    bench.control.set()
    status, said, wrong = bench.run(deed.words)
    bench.fresh()
    return any("said it was done" in fault for fault in
               faults_after(bench, deed, status, said, wrong, errno.EIO))


def main():
    hearth = sys.argv[1]
    asked = os.environ.get("HEARTH_FAULTS", "8")
    most = None if asked == "all" else int(asked)
    bench = Bench(hearth)
    total, bad = 0, []
    try:
        deeds = bench.deeds()
        for kind in KINDS:
            for deed in deeds:
                tried, wrong = sweep(bench, deed, kind, most)
                total, bad = total + tried, bad + wrong
                if most is None:
                    print(f"{deed.name}, {kind[0]}: {tried} failures, {len(wrong)} wrong",
                          flush=True)
        saving = Saving(bench)
        try:
            for kind in KINDS:
                tried, wrong = saving.sweep(kind, most)
                total, bad = total + tried, bad + wrong
                if most is None:
                    print(f"saving, {kind[0]}: {tried} failures, {len(wrong)} wrong", flush=True)
        finally:
            saving.close()
        bad += faults_of(bench.place, bench.hearth)
        found = unnoticed(bench)
    finally:
        bench.close()
    print(f"{total} failures of files and memory in {len(deeds) + 1} deeds: {len(bad)} wrong")
    for fault in bad[:60]:
        print("  " + fault)
    print(f"control, a failure that is told to nobody: {'found' if found else 'NOT found'}")
    failed = (len(bad) > 0) + (not found)
    print(f"{2 - failed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Backups while people write, restored elsewhere; backups that were tampered with; records of every
earlier form brought up by a program that is killed: drill_test.py HEARTH. Short: 3 backups, 18 kills;
$HEARTH_DRILLS and $HEARTH_UPGRADES for more (200 and 1,200).

Controls: a backup of which one row of the record was lost is told from the record; a record half way
between two forms is told from either."""
import glob
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

from crash_world import ROOT, WORKERS, CrashWorld, faults_of
from kill_test import Done, Importer, Worker, counts_of, lost_imports
from site_client import MEMORY, Record, temporary_folder

WAIT_MOST = 5.0  # seconds, on a machine that does other things besides


def sums(hearth, place, key, out):
    """The manifest of a backup of that record: table, rows, sum of the rows' hashes."""
    made = subprocess.run([hearth, "--db", place, "--key", key, "backup", "--out", out, "--format",
                           "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if made.returncode != 0:
        raise RuntimeError(made.stderr.decode())
    return {one["table"]: (one["rows"], one["sum"]) for one in json.loads(made.stdout)["tables"]}


class Drill:
    def __init__(self, hearth, count):
        self.world, self.count = CrashWorld(hearth), count
        self.hearth, self.faults, self.tampered, self.longest = self.world.hearth, [], 0, 0.0
        self.restored = 0

    def restore(self, backup, told, acknowledged):
        """Elsewhere, with a copy of the key; the same rows, nothing half, nothing missing."""
        folder = temporary_folder(MEMORY)
        place, key = os.path.join(folder, "there.db"), os.path.join(folder, "key")
        shutil.copy(self.world.place + ".key", key)
        done = subprocess.run([self.hearth, "restore", backup, "--to", place, "--key", key],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode != 0:
            self.faults.append("restore: " + done.stderr.decode())
        else:
            again = sums(self.hearth, place, key, os.path.join(folder, "again.backup"))
            self.faults += [f"{table}: other rows" for table in told if again[table] != told[table]]
            shutil.copy(key, place + ".key")
            self.faults += faults_of(place, self.hearth)
            record = Record(place)
            for (child, kind), have in counts_of(record, self.world.children).items():
                if kind != "views" and have < acknowledged.get(("acked", child, kind), 0):
                    self.faults.append(f"{kind} of child {child} is not in the backup")
            self.faults += lost_imports(record, acknowledged)
            self.restored += 1
            self.last = place, key, again
        shutil.rmtree(os.path.join(folder), ignore_errors=True)

    def tamper(self, backup, choices, times=12):
        with open(backup, "rb") as file:
            good = file.read()
        changed = backup + ".changed"
        for number in range(times):
            at = choices.randrange(len(good))
            bytes_ = good[:at] if number % 3 == 0 else \
                good[:at] + bytes([good[at] ^ (1 << choices.randrange(8))]) + good[at + 1:]
            with open(changed, "wb") as file:
                file.write(bytes_)
            done = subprocess.run([self.hearth, "--db", self.world.place, "restore", "--verify",
                                   changed], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            self.tampered += 1
            if done.returncode == 0 or not done.stderr.startswith(b"hearth: "):
                self.faults.append(f"a change at byte {at} was not noticed: {done.stderr}")
        os.unlink(changed)

    def run(self):
        world, choices = self.world, random.Random(5)
        world.make()
        done = Done({("acked", child, kind): have for (child, kind), have in
                     counts_of(world.record, world.children).items()})
        world.serve()
        workers = [Timed(world, number, done) for number in range(WORKERS)]
        importer = Importer(world, done, 0)
        for thread in [*workers, importer]:
            thread.start()
        for number in range(self.count):
            time.sleep(0.1)
            before = {key: set(value) if isinstance(value, set) else value
                      for key, value in list(done.items())}
            backup = os.path.join(world.folder, f"{number}.backup")
            told = sums(self.hearth, world.place, world.place + ".key", backup)
            self.restore(backup, told, before)
            self.tamper(backup, choices)
            os.unlink(backup)
        importer.over = True
        importer.join()
        world.site.stop()
        for thread in workers:
            thread.join(20)
            self.longest = max(self.longest, thread.longest)
        self.faults += [str(thread.fault) for thread in [*workers, importer] if thread.fault]
        if self.longest > WAIT_MOST:
            self.faults.append(f"somebody waited {self.longest:.1f} s")
        return done.get("all", 0)

    def control(self):
        """A record that lost a row has other sums."""
        world = self.world
        before = sums(self.hearth, world.place, world.place + ".key", world.folder + "/one.backup")
        world.record.rows("delete from care_review where entry = (select max(entry) from "
                          "care_review)")
        after = sums(self.hearth, world.place, world.place + ".key", world.folder + "/two.backup")
        return before["care_review"] != after["care_review"]


class Timed(Worker):
    longest = 0.0

    def send(self, *given):
        began = time.monotonic()
        try:
            return super().send(*given)
        finally:
            self.longest = max(self.longest, time.monotonic() - began)


def migrations():
    """What each form adds, as (number, SQL)."""
    found = {}
    for path in sorted(glob.glob(os.path.join(ROOT, "sql/migrations/*.sql"))):
        name = os.path.basename(path)
        if not name.endswith(".postgres.sql"):
            with open(path, encoding="utf-8") as file:
                found.setdefault(int(name[:4]), []).append(file.read())
    return [(number, "\n".join(found[number])) for number in sorted(found)]


def shape(place):
    connection = sqlite3.connect(place, timeout=20)
    try:
        form = connection.execute("pragma user_version").fetchone()[0]
        names = connection.execute("select type, name, sql from sqlite_master where name not like "
                                   "'sqlite_%' order by 1, 2").fetchall()
        columns = [(name, connection.execute(f'pragma table_info("{name}")').fetchall())
                   for kind, name, _ in names if kind == "table"]
        return form, repr([(kind, name) for kind, name, _ in names]) + repr(columns)
    finally:
        connection.close()


class Upgrades:
    """Records of every earlier form, as that form had them, with children in them."""

    def __init__(self, hearth, kills):
        self.hearth, self.kills, self.folder = hearth, kills, temporary_folder()
        self.steps, self.shapes, self.faults, self.tried = migrations(), {}, [], 0
        self.old = {}
        for upto in range(len(self.steps)):
            place = os.path.join(self.folder, f"form{self.steps[upto][0]}.db")
            connection = sqlite3.connect(place)
            for _, sql in self.steps[:upto + 1]:
                connection.executescript(sql)
            connection.close()
            form, self.shapes[self.steps[upto][0]] = shape(place)
            if "child_identity" in self.shapes[form] and "sealed_local_id" not in self.shapes[form]:
                self.fill(place)
                self.old[form] = place

    @staticmethod
    def fill(place, count=300):
        connection = sqlite3.connect(place)
        run = connection.executemany
        connection.execute(
            "insert into import values (1, 1700000000, 'a', null, null, 0, 1, ?, 1, ?, 1, 0)",
            (count, count))
        connection.execute("insert into import_file values (1, 0, 'children.csv', null, 'x', 9, "
                           "'children', 0, ?, ?, 0, 0, ?, 1)", (count, count, count))
        run("insert into child_identity (child, local_id) values (?, ?)",
            [(n, f"child {n}") for n in range(1, count + 1)])
        run("insert into personal (entry, date_of_birth) values (?, ?)",
            [(n, 15000 + n) for n in range(1, count + 1)])
        run("insert into children (entry, import, file, line, child, authority) "
            "values (?, 1, 0, ?, ?, 'Northmere (fictitious)')",
            [(n, n + 1, n) for n in range(1, count + 1)])
        connection.commit()
        connection.close()

    def open(self, place, after=None):
        """`hearth import list`, which brings the record up; killed after so many seconds."""
        process = subprocess.Popen([self.hearth, "--db", place, "import", "list"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if after is not None:
            time.sleep(after)
            process.send_signal(signal.SIGKILL)
        said, wrong = process.communicate()
        return process.returncode, wrong.decode()

    def between(self, place):
        """What is not as in one form or the other."""
        form, found = shape(place)
        return [] if self.shapes.get(form) == found else [f"form {form}, but not its tables"]

    def one(self, form, after):
        place = os.path.join(self.folder, "now.db")
        for name in glob.glob(place + "*"):
            os.unlink(name)
        shutil.copy(self.old[form], place)
        os.chmod(place, 0o600)
        self.open(place, after)
        self.faults += [f"from {form}, killed after {after * 1000:.1f} ms: {fault}"
                        for fault in self.between(place)]
        status, wrong = self.open(place)
        now, _ = shape(place)
        if status != 0 or now != self.steps[-1][0]:
            self.faults.append(f"from {form}: afterwards {now}, {wrong}")
        self.faults += [f"from {form}: {fault}" for fault in self.between(place)]
        connection = sqlite3.connect(place)
        have = connection.execute("select count(*) from children join child_identity using (child)")
        if have.fetchone()[0] != 300:
            self.faults.append(f"from {form}: children were lost")
        if connection.execute("pragma integrity_check").fetchone()[0] != "ok":
            self.faults.append(f"from {form}: damaged")
        connection.close()
        self.tried += 1

    def run(self):
        choices = random.Random(9)
        place = os.path.join(self.folder, "timed.db")
        for form in self.old:
            shutil.copy(self.old[form], place)
            os.chmod(place, 0o600)
            began = time.monotonic()
            self.open(place)
            took = time.monotonic() - began
            for name in glob.glob(place + "*"):
                os.unlink(name)
            for _ in range(max(1, self.kills // len(self.old))):
                self.one(form, choices.uniform(0.002, took))

    def newer(self):
        """A record of a newer program is refused in words."""
        place = os.path.join(self.folder, "newer.db")
        shutil.copy(self.old[max(self.old)], place)
        os.chmod(place, 0o600)
        connection = sqlite3.connect(place)
        connection.execute("pragma user_version = 999")
        connection.close()
        status, wrong = self.open(place)
        if status != 5 or not re.search(r"newer version", wrong):
            self.faults.append(f"a newer record: {status} {wrong}")

    def control(self):
        """Half of a step by hand."""
        place = os.path.join(self.folder, "half.db")
        shutil.copy(self.old[min(self.old)], place)
        connection = sqlite3.connect(place)
        connection.executescript(self.steps[1][1].split(";")[0] + ";")
        connection.close()
        return bool(self.between(place))


def main():
    hearth = os.path.abspath(sys.argv[1])
    passed = failed = 0
    drill = Drill(hearth, int(os.environ.get("HEARTH_DRILLS", "3")))
    try:
        acknowledged = drill.run()
        found = drill.control()
    finally:
        drill.world.close()
    print(f"{drill.count} backups among {acknowledged} acknowledged, longest wait of a person "
          f"{drill.longest:.2f} s; {drill.restored} restored with the same sums; {drill.tampered} "
          f"tampered with; {len(drill.faults)} wrong; control {'found' if found else 'NOT found'}")
    for fault in drill.faults[:10]:
        print("  " + fault)
    passed, failed = passed + (not drill.faults) + found, failed + bool(drill.faults) + (not found)
    upgrades = Upgrades(hearth, int(os.environ.get("HEARTH_UPGRADES", "18")))
    try:
        upgrades.run()
        upgrades.newer()
        found = upgrades.control()
    finally:
        shutil.rmtree(upgrades.folder, ignore_errors=True)
    print(f"{upgrades.tried} upgrades from forms {sorted(upgrades.old)} killed: "
          f"{len(upgrades.faults)} wrong; control {'found' if found else 'NOT found'}")
    for fault in upgrades.faults[:10]:
        print("  " + fault)
    passed += (not upgrades.faults) + found
    failed += bool(upgrades.faults) + (not found)
    print(f"{passed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What identifies children is nowhere in clear: the record, its journal and all that lies beside it
are searched for every id, date of birth, UPN and postcode of a demonstration population, and for wrong
values that became problems. Then what the commands do with the key, without it, and with another.

    tests/sealed/clear_test.py build/hearth [children]
"""
import csv
import datetime
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import unittest

HEARTH = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build/hearth"
CHILDREN = int(sys.argv.pop(1)) if len(sys.argv) > 1 else 400
IDS = ("child_id", "child")
BIRTHS = ("date_of_birth", "dob", "mc_dob")
POSTCODES = ("home_post", "pl_post", "home_postcode", "placement_postcode")
SHAPES = re.compile(rb"DEMO-\d{7}|\d{4}-\d\d-\d\d|\d\d/\d\d/\d{4}|[A-Z]\d{12}|"
                    rb"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}")
WRONG = {"children.csv": "child_id,date_of_birth\nWRONG-CHILD-1,31/02/2011\nWRONG-CHILD-1,2011-02-03\n",
         "costs.csv": "child_id,from,weekly_cost\nWRONG-CHILD-2,2022-01-01,10\n",
         "header.csv": "CHILD,SEX,DOB,UPN\nWRONG-CHILD-3,7,2012-13-14,W999999999999\n"}
WRONG_VALUES = (b"WRONG-CHILD", b"31/02/2011", b"2011-02-03", b"2012-13-14", b"W999999999999")


def run(*words, **options):
    return subprocess.run([HEARTH, *map(str, words)], capture_output=True, text=True, **options)


def good(*words, **options):
    done = run(*words, **options)
    assert done.returncode in (0, 3), (words, done.returncode, done.stderr)
    return done


def day_of(text):
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.datetime.strptime(text, form).date()
        except ValueError:
            pass
    return None


class Secrets:
    """What the files of a population say that nobody without the key may read."""

    def __init__(self, folder):
        self.ids, self.days, self.spelt = set(), set(), set()
        for path, _, files in os.walk(folder):
            for name in files:
                if name.lower().endswith(".csv"):
                    self.read(os.path.join(path, name))
        for day in self.days:
            self.spelt |= {day.strftime("%Y-%m-%d"), day.strftime("%d/%m/%Y")}
        self.spelt |= self.ids
        self.spelt = {text.encode() for text in self.spelt}

    def read(self, path):
        with open(path, encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                for column, value in row.items():
                    self.take((column or "").lower(), value)

    def take(self, column, value):
        if not value or isinstance(value, list):
            return
        if column in IDS:
            self.ids.add(value)
        elif column in BIRTHS and day_of(value):
            self.days.add(day_of(value))
        elif column in POSTCODES:
            self.spelt |= {value, value.replace(" ", "")}
        elif column == "upn":
            self.spelt.add(value)

    def found_in(self, data):
        return sorted(self.spelt & set(SHAPES.findall(data)))


def bytes_beside(place):
    """All files whose names begin as the record's, but not the key."""
    folder, name = os.path.split(place)
    taken = {}
    for one in os.listdir(folder):
        if one.startswith(name) and not one.endswith(".key"):
            try:
                with open(os.path.join(folder, one), "rb") as file:
                    taken[one] = file.read()
            except FileNotFoundError:
                pass
    return taken


class Clear(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        cls.folder = tempfile.mkdtemp(prefix="hearth-sealed-", dir=base)
        while re.search(r"20\d\d", cls.folder):
            os.rmdir(cls.folder)
            cls.folder = tempfile.mkdtemp(prefix="hearth-sealed-", dir=base)
        cls.files = os.path.join(cls.folder, "files")
        good("demo", "--children", CHILDREN, "--out", cls.files)
        cls.secrets = Secrets(cls.files)
        cls.place = os.path.join(cls.folder, "record.db")
        cls.key = cls.place + ".key"
        cls.first = good("--db", cls.place, "import", cls.files)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def hold_nothing(self, files, secrets):
        for name, data in files.items():
            self.assertEqual(secrets.found_in(data), [], name)

    def test_there_is_something_to_look_for(self):
        self.assertGreater(len(self.secrets.ids), CHILDREN)
        self.assertGreater(len(self.secrets.spelt), 5 * CHILDREN)
        # the search finds it where it is
        with open(os.path.join(self.files, "children.csv"), "rb") as file:
            self.assertGreater(len(self.secrets.found_in(file.read())), CHILDREN)

    def test_the_record_holds_none_of_it(self):
        self.hold_nothing(bytes_beside(self.place), self.secrets)

    def test_no_column_holds_days_of_birth(self):
        """A day is a short number, which cannot be searched for: columns all of whose values are
        days of birth are."""
        days = {(day - datetime.date(1970, 1, 1)).days for day in self.secrets.days}
        record = sqlite3.connect(self.place)
        looked = 0
        for (table,) in record.execute("select name from sqlite_master where type = 'table'").fetchall():
            for column in [row[1] for row in record.execute(f'pragma table_info("{table}")')]:
                values = {row[0] for row in record.execute(f'select distinct "{column}" from "{table}" '
                                                           f'where typeof("{column}") = "integer"')}
                looked += 1
                if len(values) > 20:
                    self.assertFalse(values <= days, f"{table}.{column}")
        record.close()
        self.assertGreater(looked, 100)

    def test_the_journal_holds_none_of_it(self):
        """Of an import that takes the first one's place, looked at all the time, then killed."""
        place = os.path.join(self.folder, "journal.db")
        files = os.path.join(self.folder, "second")
        good("demo", "--children", 8 * CHILDREN, "--seed", 2, "--out", files)
        secrets = Secrets(files)
        good("--db", place, "import", self.files)
        journals = 0
        with subprocess.Popen([HEARTH, "--db", place, "import", "--quiet", files],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            while process.poll() is None:
                taken = bytes_beside(place)
                if len(taken.get("journal.db-journal", b"")) > 512:
                    journals += 1
                    self.hold_nothing(taken, secrets)
                    self.hold_nothing(taken, self.secrets)
                    if journals == 3:
                        process.send_signal(signal.SIGKILL)
        self.assertGreater(journals, 0)
        self.hold_nothing(bytes_beside(place), secrets)
        good("--db", place, "report")
        self.hold_nothing(bytes_beside(place), self.secrets)

    def test_wrong_values_are_sealed_and_shown(self):
        place = os.path.join(self.folder, "wrong.db")
        files = os.path.join(self.folder, "wrong")
        os.mkdir(files)
        for name, text in WRONG.items():
            with open(os.path.join(files, name), "w", encoding="utf-8") as file:
                file.write(text)
        good("--db", place, "import", files)
        shown = good("--db", place, "import", "show", 1).stdout
        for data in bytes_beside(place).values():
            for value in WRONG_VALUES:
                self.assertNotIn(value, data)
        for value in ("WRONG-CHILD-2", "31/02/2011", "2012-13-14"):
            self.assertIn(value, shown)

    def test_the_key_is_made_once_and_said_once(self):
        self.assertIn(self.key, self.first.stderr)
        self.assertEqual(os.stat(self.key).st_mode & 0o777, 0o600)
        self.assertNotIn(self.key, good("--db", self.place, "import", "list").stderr)

    def commands(self):
        child = sorted(self.secrets.ids)[0]
        wrong = os.path.join(self.folder, "nothing")
        os.makedirs(wrong, exist_ok=True)
        return [("report",), ("child", child), ("import", "list"), ("import", "show", "1"),
                ("import", "undo", "1"), ("import", wrong), ("user", "list"), ("audit", "verify"),
                ("audit", "list"), ("audit", "heads"), ("serve", "--listen", "127.0.0.1:0"),
                ("user", "add", "somebody", "--role", "auditor", "--every-authority")]

    def refused(self, place, words, says, *options):
        done = run("--db", place, *options, *words, timeout=20)
        self.assertNotIn(done.returncode, (0, 3), words)
        self.assertIn(says, done.stderr, words)
        self.assertEqual(self.secrets.found_in((done.stdout + done.stderr).replace(
            " ".join(words), "").encode()), [], words)

    def test_without_the_key_nothing_is_shown(self):
        place = os.path.join(self.folder, "locked.db")
        other = os.path.join(self.folder, "other.key")
        shutil.copy(self.place, place)
        with open(other, "w", encoding="ascii") as file:
            file.write("hearth-key 1 " + "A" * 43 + "\n")
        os.chmod(other, 0o600)
        for words in self.commands():
            self.refused(place, words, "name its file with --key")
            self.refused(place, words, "not the key of this record", "--key", other)
            self.assertFalse(os.path.exists(place + ".key"))
        os.chmod(other, 0o644)
        self.refused(place, ("report",), "may be read by others", "--key", other)
        with open(place, "rb") as locked, open(self.place, "rb") as whole:
            self.assertEqual(locked.read(), whole.read())

    def test_with_the_key_elsewhere_all_works(self):
        place = os.path.join(self.folder, "apart.db")
        key = os.path.join(self.folder, "apart-key")
        shutil.copy(self.place, place)
        shutil.copy(self.key, key)
        for words in self.commands():
            if words[0] in ("serve", "import") and words[1] in ("--listen", "undo", "show"):
                continue
            done = run("--db", place, "--key", key, *words, timeout=20)
            self.assertNotIn("key", done.stderr, words)
        child = sorted(self.secrets.ids)[0]
        self.assertIn(child, good("--db", place, "--key", key, "child", child).stdout)
        out = os.path.join(self.folder, "tables")
        good("--db", place, "--key", key, "report", "--format", "csv", "--output", out)
        self.assertGreater(len(os.listdir(out)), 5)
        # a credential of systemd
        folder = os.path.join(self.folder, "credentials")
        os.mkdir(folder)
        shutil.copy(key, os.path.join(folder, "hearth.key"))
        environment = {**os.environ, "CREDENTIALS_DIRECTORY": folder}
        self.assertIn(child, good("--db", place, "child", child, env=environment).stdout)
        good("--db", place, "--key", key, "import", "undo", 1)

    def test_the_same_children_again_are_the_same(self):
        place = os.path.join(self.folder, "again.db")
        only = os.path.join(self.folder, "only-children")
        os.mkdir(only)
        with open(os.path.join(self.files, "children.csv"), encoding="utf-8") as file:
            rows = file.read()
        with open(os.path.join(only, "children.csv"), "w", encoding="utf-8") as file:
            file.write(rows + "\n")
        good("--db", place, "import", self.files)
        good("--db", place, "import", only)
        record = sqlite3.connect(place)
        count = "select count(*) from child_identity"
        self.assertEqual(record.execute(count).fetchone()[0], len(self.secrets.ids))
        record.close()


if __name__ == "__main__":
    result = unittest.main(exit=False, verbosity=0).result
    bad = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - bad} passed, {bad} failed")
    sys.exit(bad > 0)

# SPDX-License-Identifier: MIT
"""A small record to break: children, social workers who are each allocated to one of them, files to
import, and what must be true of a record whatever happened to the program that wrote it."""
import csv
import os
import shutil
import sqlite3
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "web"))

from site_client import Browser, Record, Site, temporary_folder  # noqa: E402

AUTHORITY = "Northmere (fictitious)"
PASSWORD = "quartz-lantern-9-meadow"
WORKERS = 4
DOMAINS = ("emotional_health managing_emotions attachments family_relationships education "
           "life_story identity expressing safe_decisions community self_care physical_health "
           "learning").split()
ROOT = os.path.dirname(os.path.dirname(HERE))


def library(name, folder):
    """Builds tests/crash/NAME.c as something to preload."""
    path = os.path.join(folder, name + ".so")
    if os.path.exists(path):
        return path
    subprocess.run(["cc", "-std=gnu17", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC",
                    "-o", path, os.path.join(HERE, name + ".c"), "-ldl", "-lpthread"], check=True)
    return path


def write_table(folder, name, columns, rows):
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, name + ".csv")
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
    return path


def write_files(folder, children=WORKERS):
    ids = [f"crash-{number:04}" for number in range(children)]
    year = int(time.strftime("%Y")) - 2
    write_table(folder, "children", ["child_id", "authority", "sex", "date_of_birth", "ethnicity"],
                [[one, AUTHORITY, "F", "2011-02-03", "WBRI"] for one in ids])
    write_table(folder, "episodes", ["child_id", "started", "placement_type", "placement_provider",
                                     "reason_started", "legal_status", "category_of_need"],
                [[one, f"{year}-03-01", "U6", "PR4", "S", "C2", "N1"] for one in ids])
    write_table(folder, "assessments", ["child_id", "assessed_on", "reason", "assessor", *DOMAINS],
                [[one, f"{year}-04-02", "review", "A B", *[(i + j) % 11 for j in range(13)]]
                 for i, one in enumerate(ids)])


def costs_file(folder, number, rows=40):
    """A file that nobody imported yet."""
    return write_table(folder, f"costs{number:06}",
                       ["child_id", "from", "weekly_cost", "element", "paid_by"],
                       [[f"crash-{i % WORKERS:04}", f"2024-{1 + i % 12:02}-{1 + i % 28:02}",
                         f"{number % 9000 + 100}.{i:02}", "accommodation", "social_care"]
                        for i in range(rows)])


class OnceBrowser(Browser):
    """Sends nothing twice: an answer that did not come is none."""

    def ask(self, method, path, headers=(), body=None, timeout=30):
        send, self.sent = self._send, False

        def once(*given):
            if self.sent:
                raise ConnectionError("there was no answer")
            self.sent = True
            return send(*given)

        self._send = once
        try:
            return super().ask(method, path, headers, body, timeout)
        finally:
            del self._send


class CrashWorld:
    may_refuse = False  # whether a page may say that something went wrong when nothing does

    def __init__(self, hearth, folder=None):
        self.hearth = os.path.abspath(hearth)
        self.folder = folder or temporary_folder()
        self.place = os.path.join(self.folder, "record.db")
        self.record, self.site, self.tokens = Record(self.place), None, {}

    def run(self, *words, env=None, timeout=120):
        done = subprocess.run([self.hearth, "--db", self.place, *words], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=timeout,
                              env=dict(os.environ, **(env or {})))
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def must(self, *words, env=None):
        status, said, wrong = self.run(*words, env=env)
        if status != 0:
            raise RuntimeError(f"{words}: {status} {said} {wrong}")
        return said

    def make(self):
        """Children, an administrator and the workers with one password, allocated and signed in."""
        files = os.path.join(self.folder, "files")
        write_files(files)
        self.must("import", "--quiet", files)
        self.must("user", "add", "root", "--role", "administrator", "--every-authority")
        for number in range(WORKERS):
            first = self.must("user", "add", f"worker{number}", "--role", "social_worker",
                              "--authority", AUTHORITY, "--team", "North one").split()[-1]
        self.serve()
        browser = Browser(self.site)
        browser.sign_in(f"worker{WORKERS - 1}", first)
        answer = browser.post("/account/password", {"new-password": PASSWORD})
        if answer.status != 303:
            raise RuntimeError(answer.text)
        browser.close()
        self.site.stop()
        rows = self.record.rows
        rows("update account set password = (select password from account where login = ?), "
             "password_state = 2", f"worker{WORKERS - 1}")
        self.accounts = dict(rows("select login, account from account"))
        self.children = [row[0] for row in rows("select child from children order by entry")]
        for number, child in enumerate(self.children):
            rows('insert into allocation (allocation, child, account, "from") values (?, ?, ?, ?)',
                 child, child, self.accounts[f"worker{number}"], int(time.time()) - 9000)
            self.tokens[number] = self.record.session(self.accounts[f"worker{number}"])
        return self

    def serve(self, environment=None):
        """Starts the server; how long it took until it answered, in seconds."""
        began = time.monotonic()
        before = dict(os.environ)
        os.environ.update(environment or {})
        try:
            self.site = Site(self.hearth, self.folder, self.place)
        finally:
            os.environ.clear()
            os.environ.update(before)
        return time.monotonic() - began

    def browser(self, number):
        return OnceBrowser(self.site, {"session": self.tokens[number]})

    def faults(self):
        return faults_of(self.place, self.hearth)

    def close(self):
        if self.site:
            self.site.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def faults_of(place, hearth=None):
    """What is wrong with a record: the database's own checks, imports that are half there, and with
    `hearth` the audit chain. The first to look takes back what a writer left."""
    faults = []
    if hearth:
        done = subprocess.run([hearth, "--db", place, "audit", "verify"], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=60)
        if done.returncode != 0:
            faults.append("audit: " + (done.stdout + done.stderr).decode().strip())
    connection = sqlite3.connect(place, timeout=20)
    try:
        faults += [f"integrity: {row[0]}" for row in connection.execute("pragma integrity_check")
                   if row[0] != "ok"]
        faults += [f"foreign key: {row}" for row in connection.execute("pragma foreign_key_check")]
        faults += half_imports(lambda sql: connection.execute(sql).fetchall(),
                               tables_of_imports(connection))
    except sqlite3.DatabaseError as error:
        faults.append(f"database: {error}")
    finally:
        connection.close()
    return faults


def tables_of_imports(connection):
    """Those whose rows an import brought."""
    tables = connection.execute("select name from sqlite_master where type = 'table'").fetchall()
    return [name for (name,) in tables if name not in ("import", "import_file", "import_problem") and
            {"import", "entry", "line"} <=
            {row[1] for row in connection.execute(f'pragma table_info("{name}")')}]


def half_imports(rows, tables):
    """Every import that is in has all its rows, one that is undone has none; `rows` asks the record."""
    have = {}
    for number, count in rows(" union all ".join(
            f'select import, count(*) from "{table}" group by import' for table in tables)):
        have[number] = have.get(number, 0) + count
    told = dict(rows("select import, sum(rows_stored) from import_file group by import"))
    undone = {row[0] for row in rows("select import from import where undone_at is not null")}
    entered = {row[0] for row in rows("select import from entered")}
    faults = []
    for number, count in told.items():
        expected = 0 if number in undone else count
        if number not in entered and have.get(number, 0) != expected:
            faults.append(f"import {number}: {have.get(number, 0)} rows of {expected}")
    strangers = set(have) - set(told) - entered
    return faults + [f"import {number}: rows without an import" for number in strangers]

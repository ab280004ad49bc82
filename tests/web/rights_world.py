# SPDX-License-Identifier: MIT
"""The application at work on the record of rights_record.py: for the tests of rights, sessions and
traces. Everything lives in one temporary folder and ends with `close`."""
import csv
import os
import shutil
import subprocess
import time

import rights_record as people
from rights_care import Writer
from site_client import MEMORY, Browser, Record, Site, temporary_folder

ROLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data", "roles")
PASSWORD = "quartz-lantern-9-meadow-zqpasswordqz"


def routes_of(hearth):
    said = subprocess.run([hearth, "serve", "--routes"], stdout=subprocess.PIPE, check=True)
    return list(csv.DictReader(said.stdout.decode().splitlines()))


class Rights:
    """data/roles/ as this test reads it."""

    def __init__(self):
        with open(os.path.join(ROLES, "grants.csv"), encoding="utf-8") as file:
            self.grants = {(row["role"], row["permission"]): row["scope"]
                           for row in csv.DictReader(file)}
        with open(os.path.join(ROLES, "permissions.csv"), encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.about_child = {row["permission"] for row in rows if row["about"] == "child"}
        self.glass = {row["permission"] for row in rows if row["through_glass"] == "yes"}

    def may(self, login, permission, child):
        return people.may(login, permission, child, self.grants, self.about_child, self.glass)

    def holds(self, login, permission):
        if permission == "public":
            return True
        if login in (None, "expired", "disabled"):
            return False
        return permission == "signed-in" or \
            (people.ACCOUNTS[login][0], permission) in self.grants


class World:
    def __init__(self, hearth, clock=None, words=None):
        self.hearth, self.folder = os.path.abspath(hearth), temporary_folder(MEMORY)
        self.words = words  # of (child, kind, field): what is written; None: a canary
        self.place = os.path.join(self.folder, "record.db")
        self.record, self.site = Record(self.place), None
        self.secrets, self.browsers = {PASSWORD}, {}
        self.commands = []
        try:
            self._make()
            self.site = Site(self.hearth, self.folder, self.place, clock=clock)
            self._own_password()
            self._fill()
        except BaseException:
            self.close()
            raise

    def run(self, *words):
        done = subprocess.run([self.hearth, "--db", self.place, *words], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=120)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def _make(self):
        files = os.path.join(self.folder, "files")
        people.write_files(files)
        status, _, said = self.run("import", "--quiet", files)
        if status != 0:
            raise RuntimeError("the files were not imported:\n" + said)
        shutil.rmtree(files)
        self.first = {}
        for login in ["root", *[one for one in people.ACCOUNTS if one != "root"]]:
            self.first[login] = people.add_user(self.hearth, self.place, login).split()[-1]
            self.secrets.add(self.first[login])
        self.accounts = dict(self.record.rows("select login, account from account"))
        numbers = self.record.rows("select child from children order by entry")
        self.children = {child: row[0] for child, row in zip(people.CHILDREN, numbers)}
        self.by_number = {number: child for child, number in self.children.items()}

    def _own_password(self):
        """One person chooses a password as people do; the others get the same."""
        browser = Browser(self.site)
        answer = browser.sign_in("worker", self.first["worker"])
        assert answer.status == 303, answer.text
        answer = browser.post("/account/password", {"new-password": PASSWORD})
        assert answer.status == 303, answer.text
        self.record.rows(
            "update account set password = (select password from account where login = 'worker'), "
            "password_state = 2")
        now = int(time.time())
        self.record.rows("update account set disabled_at = ? where login = 'disabled'", now)

    def _fill(self):
        """Writes about every child whatever the pages take, as their social worker."""
        now = int(time.time())
        for child, (authority, *_) in people.CHILDREN.items():
            login = {people.NORTH: "worker", people.SOUTH: "south"}.get(authority)
            if not login:
                continue
            number = self.children[child]
            self.record.rows('insert into allocation (allocation, child, account, "from") '
                             "values (?, ?, ?, ?)", number, number, self.accounts[login], now)
            Writer(self, login, child, self.words).write()
        for name, whose in (("own", "team"), ("team", "")):
            answer = self.browser("worker").post("/children/views", {
                "name": people.canary(name, "view"), "for": whose, "query": "sex=F"})
            assert answer.status == 303, answer.text
        self.record.rows("delete from allocation")
        people.relate(self)
        self.secrets |= {token for browser in self.browsers.values()
                         for token in browser.cookies.values()}
        self.browsers = {}

    def browser(self, login):
        """Signed in as that person, with a session made beside the server."""
        if login is None:
            return Browser(self.site)
        if login not in self.browsers:
            past = int(time.time()) - 40 * 86400 if login == "expired" else None
            token = self.record.session(self.accounts[login], past, past)
            self.secrets.add(token)
            self.browsers[login] = Browser(self.site, {"session": token})
        return self.browsers[login]

    def settle(self):
        """Everything that waits to enter the log is there afterwards; whoever is signed in stays."""
        self.site.stop()
        self.site = Site(self.hearth, self.folder, self.place)
        for browser in self.browsers.values():
            browser.close()
            browser.site = self.site

    def close(self):
        for browser in self.browsers.values():
            browser.close()
        if self.site:
            self.site.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

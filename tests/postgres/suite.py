#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A record on a PostgreSQL server: suite.py HEARTH BUILD [--filters N] [SECTION...]

unit      the unit tests of store, people and care on the server
cases     what a person types, on the server
figures   the demonstration's reports, the same to the last byte from a file and from the server
filters   the reports of random cohorts from both (--filters, 300; 10,000 for R12)
backup    a backup of a server's record, restored into both
copy      `hearth db copy` both ways, and what it refuses
places    passwords, certificates, databases that are not there
servers   several `hearth serve` of one record; one is killed, PostgreSQL is restarted under them
The last line is "N passed, N failed".
"""
import argparse
import concurrent.futures
import filecmp
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "web")]

from server import Server  # noqa: E402
from site_client import Browser, Site, temporary_folder  # noqa: E402

CASES = ("first-import", "undo", "filter", "odd-values", "output")
# all that ask a record anything, but what looks into its file or breaks it
UNIT = ["store/test_store_" + one for one in ("imports", "open", "undo", "postcode", "sealed")] + \
    ["people/test_people_" + one for one in ("account", "guarding", "session", "sign_in")] + \
    ["care/test_care_" + one for one in ("assessment", "words", "writers")]


class Suite:
    def __init__(self, options, server):
        self.hearth, self.build = os.path.abspath(options.hearth), options.build
        self.filters, self.server = options.filters, server
        self.folder = temporary_folder()
        self.passed = self.failed = 0
        os.environ["XDG_DATA_HOME"] = os.path.join(self.folder, "xdg")

    def check(self, what, good, *said):
        if good:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {what}", *said, sep="\n  ")
        return good

    def run(self, *words, env=None, timeout=300):
        done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env=dict(os.environ, **(env or {})), timeout=timeout, check=False)
        return done.returncode, (done.stdout.decode("utf-8", "replace"),
                                 done.stderr.decode("utf-8", "replace"))

    def say(self, place, *words, env=None):
        """`hearth` with that record: status, standard output, standard error."""
        status, (out, wrong) = self.run(self.hearth, "--db", place, *words, env=env)
        return status, out, wrong

    def refused(self, what, place, *words, said, env=None):
        """Ends badly, quickly, with words for a person and none that are secret."""
        start = time.monotonic()
        status, out, wrong = self.say(place, *words, env=env)
        self.check(what, status != 0 and re.search(said, wrong) and "hunter2" not in out + wrong and
                   time.monotonic() - start < 15, f"{status}: {wrong}")

    def path(self, name):
        return os.path.join(self.folder, name)

    # ---- the sections

    def unit(self):
        place = self.server.place("unit")
        tests = [os.path.join(self.build, "tests/unit", one) for one in UNIT]
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            ran = list(pool.map(lambda test: self.run(test, env={"HEARTH_TEST_SERVER": place}),
                                tests))
        for test, (status, said) in zip(tests, ran):
            lost = "".join(line + "\n" for line in "".join(said).splitlines() if " OK " not in line)
            self.check(os.path.basename(test) + " on the server", status in (0, 77), lost[-3000:])

    def cases(self):
        status, (out, wrong) = self.run(
            os.path.join(HERE, "../cases/run.py"), "--hearth",
            os.path.join(HERE, "hearth_on_server.py"),
            *[os.path.join(HERE, f"../cases/{case}.case") for case in CASES],
            env={"HEARTH_TEST_SERVER": self.server.place("cases"), "HEARTH_BINARY": self.hearth})
        self.check("cases on the server", status == 0, out, wrong)

    def demonstration(self):
        """The demonstration in a file and on the server, made once."""
        file, place = self.path("demo.db"), self.server.address("demo")
        if os.path.exists(file):
            return file, place
        self.server.place("demo")
        files = self.path("demo")
        self.check("the demonstration is made", self.run(self.hearth, "demo", "--out", files)[0] == 0)
        for record in (file, place):
            status, _, wrong = self.say(record, "import", "--quiet", files)
            self.check("the demonstration goes into " + record, status == 0, wrong)
        return file, place

    def figures(self):
        file, place = self.demonstration()
        day = ("--as-at", "2023-03-31")
        for number, words in enumerate((
                ("report", "--format", "json"), ("report", "--format", "json", *day),
                ("report", "--format", "json", "--where", "placement_group=residential", *day),
                ("report", "--format", "findings"), ("import", "list"), ("import", "show", "1"))):
            pair = [self.path(f"{side}-{number}") for side in ("file", "server")]
            for record, path in zip((file, place), pair):
                _, out, wrong = self.say(record, *words)
                with open(path, "w", encoding="utf-8") as said:
                    said.write(re.sub(r'"made_at":"[^"]*"|20\d\d-\d\d-\d\d \d\d:\d\d', "", out) +
                               wrong)
            self.check(" ".join(words) + " says the same of both",
                       filecmp.cmp(*pair, shallow=False) and os.path.getsize(pair[0]) > 100, *pair)
        for record in (file, place):
            self.say(record, "import", "undo", "1")
        reports = [self.say(record, "import", "list")[1] for record in (file, place)]
        self.check("undone alike", "taken back" in reports[0] or "undone" in reports[0],
                   *reports)
        for record in (file, place):
            self.say(record, "import", "--quiet", self.path("demo"))

    def random_filters(self):
        file, place = self.demonstration()
        status, (out, wrong) = self.run(
            os.path.join(self.build, "tests/postgres/same_filters"), file, place,
            str(self.filters), "20261125", timeout=3600)
        self.check(f"{self.filters} random filters", status == 0, out, wrong)
        print(out.strip())

    def copy(self):
        file, _ = self.demonstration()
        there, back, key = self.server.place("copied"), self.path("back.db"), file + ".key"

        def sums(*words):
            status, (out, wrong) = self.run(self.hearth, "db", "copy", *words)
            self.check("db copy " + " ".join(words[:2]), status == 0, wrong)
            return [line.split() for line in out.splitlines() if re.search(r" [0-9a-f]{32}$", line)]

        first, second = sums(file, there), sums(there, back, "--key", key)
        self.check("the sums of all tables are the same there and back",
                   first == second and len(first) > 40 and
                   sum(int(line[1]) for line in first) > 10000, first, second)
        reports = [self.say(record, "--key", key, "report", "--format", "json")[1]
                   for record in (file, there, back)]
        self.check("reports of the three", reports[0] == reports[1] == reports[2] and
                   len(reports[0]) > 10000)
        for record, words in ((there, "already"), (back, "already")):
            status, (_, wrong) = self.run(self.hearth, "db", "copy", file, record)
            self.check("a record is not written over", status != 0 and words in wrong, wrong)
        self.server.sql("update costs set weekly_cost = weekly_cost + 1 where entry = "
                        "(select min(entry) from costs)", "copied")
        third = sums(there, self.path("third.db"), "--key", key)
        changed = [a[0] for a, b in zip(first, third) if a != b]
        self.check("one penny changes the sum of its table", changed == ["costs"], changed)

    def backup(self):
        """A backup of a server's record, into another server's and into a file."""
        self.demonstration()
        key, kept = self.path("server.key"), self.path("one.backup")
        there, back = self.server.place("restored"), self.path("restored.db")
        place = self.server.place("backed")
        self.say(place, "--key", key, "import", "--quiet", self.path("demo"))
        for what, words in (("made", ("backup", "--out", kept)), ("checked", ("restore", "--verify", kept)),
                            ("restored to a server", ("restore", kept, "--to", there)),
                            ("restored to a file", ("restore", kept, "--to", back))):
            status, _, wrong = self.say(place, "--key", key, *words)
            self.check("a backup is " + what, status == 0, wrong)
        reports = [self.say(record, "--key", key, "report", "--format", "json")[1]
                   for record in (place, there, back)]
        self.check("reports of the three", len(set(reports)) == 1 and len(reports[0]) > 10000)
        status, _, wrong = self.say(place, "--key", key, "restore", kept, "--to", there)
        self.check("a backup is not restored over a record", status != 0, wrong)
        status, out, wrong = self.say(place, "--key", key, "doctor")
        self.check("the doctor of a server's record", status == 0, out, wrong)

    def places(self):
        folder, port = self.server.folder, self.server.port
        place = self.server.place("places")
        self.refused("a password in the address", f"postgresql://hearth:hunter2@/places?host={folder}",
                     "report", said="password file")
        self.refused("a password among the settings", place + "&password=hunter2", "report",
                     said="password file")
        self.refused("a database that is not there",
                     self.server.address("nowhere"), "report", said='"nowhere" does not exist')
        self.refused("a server that is not there", "postgresql://127.0.0.1:1/x", "report",
                     said="cannot be reached")
        self.refused("what is no address", "postgresql://%zz/", "report", said="address")
        self.refused("an empty record", place, "report", said="is empty")
        self.server.sql("create table cats (name text)", "places")
        self.refused("another program's database", place, "import", "list", said="another program")
        self.places_password(self.server.place("locked"), port)
        self.places_newer()

    def places_password(self, place, port):
        folder = self.server.folder
        self.server.sql("create role guest login password 'hunter2'; alter database locked owner to "
                        "guest")
        rules = os.path.join(self.server.data, "pg_hba.conf")
        with open(rules, encoding="ascii") as file:
            before = file.read()
        with open(rules, "w", encoding="ascii") as file:
            file.write("local all guest scram-sha-256\nhost all guest all scram-sha-256\n" + before)
        self.server.sql("select pg_reload_conf()")
        time.sleep(0.5)
        place = place.replace("hearth@", "guest@")
        self.refused("a password that is asked for", place, "import", "list", said="password",
                     env={"PGPASSFILE": "/nowhere"})
        words, wrong = self.path("pgpass"), self.path("wrong")
        for path, password in ((words, "hunter2"), (wrong, "other")):
            with open(path, "w", encoding="ascii") as file:
                file.write(f"*:*:locked:guest:{password}\n")
            os.chmod(path, 0o600)
        self.refused("a wrong password", place, "import", "list", said="password",
                     env={"PGPASSFILE": wrong})
        folder = self.path("credentials")
        os.mkdir(folder)
        shutil.copy(words, os.path.join(folder, "hearth.pgpass"))
        for what, env in (("PGPASSFILE", {"PGPASSFILE": words}),
                          ("a credential of systemd", {"CREDENTIALS_DIRECTORY": folder,
                                                       "PGPASSFILE": "/nowhere"})):
            status, _, said = self.say(place, "user", "list", env=env)
            self.check(f"a password from {what}", status == 0 or "is empty" in said, said)
        service = self.path("service")
        with open(service, "w", encoding="ascii") as file:
            file.write(f"[council]\nhost={self.server.folder}\nport={port}\nuser=guest\n"
                       "dbname=locked\n")
        status, _, said = self.say("postgresql:///?service=council", "user", "list",
                                   env={"PGSERVICEFILE": service, "PGPASSFILE": words})
        self.check("a service file", status == 0 or "is empty" in said, said)

    def places_newer(self):
        place = self.server.place("newer")
        self.say(place, "user", "add", "ann", "--role", "administrator", "--every-authority")
        status, out, wrong = self.say(place, "user", "list")
        self.check("a record without imports", status == 0, out, wrong)
        self.server.sql("comment on domain blob is 'Hearth record, form 999'", "newer")
        self.refused("a record of a newer program", place, "import", "list", said="newer version")

    def certificates(self):
        """A server elsewhere must show who it is: by name, from an authority that is known."""
        folder = self.path("tls")
        os.mkdir(folder)
        os.chmod(self.folder, 0o755)
        os.chmod(folder, 0o755)

        def made(*words):
            subprocess.run(["openssl", *words], check=True, cwd=folder, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)

        made("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Test CA",
             "-keyout", "ca.key", "-out", "ca.crt")
        made("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=db.hearth.test", "-addext",
             "subjectAltName=DNS:db.hearth.test", "-keyout", "server.key", "-out", "server.csr")
        with open(os.path.join(folder, "names"), "w", encoding="ascii") as file:
            file.write("subjectAltName=DNS:db.hearth.test\n")
        made("x509", "-req", "-in", "server.csr", "-CA", "ca.crt", "-CAkey", "ca.key",
             "-CAcreateserial", "-days", "2", "-extfile", "names", "-out", "server.crt")
        for name in ("server.key", "server.crt"):
            shutil.copy(os.path.join(folder, name), self.server.data)
            path = os.path.join(self.server.data, name)
            if os.geteuid() == 0:
                shutil.chown(path, "postgres", "postgres")
            os.chmod(path, 0o600)
        self.server.sql("alter system set ssl = on")
        self.server.restart()
        self.server.place("tls")
        authority = os.path.join(folder, "ca.crt")

        def address(name, more=""):
            return (f"postgresql://hearth@{name}:{self.server.port}/tls?hostaddr=127.0.0.1{more}")

        def answer(place):
            status, out, wrong = self.say(place, "user", "add", "ann", "--role", "administrator",
                                          "--every-authority")
            return status == 0 or "there is" in wrong or "taken" in wrong or "already" in wrong, out + wrong

        good, said = answer(address("db.hearth.test", f"&sslrootcert={authority}"))
        self.check("a server whose certificate is right", good, said)
        good, said = answer(address("other.hearth.test", f"&sslrootcert={authority}"))
        self.check("a certificate of another name is refused", not good and "does not match" in said,
                   said)
        good, said = answer(address("db.hearth.test"))
        self.check("a certificate of nobody known is refused", not good and
                   re.search("certificate", said), said)
        self.server.sql("alter system set ssl = off")
        self.server.restart()
        good, said = answer(address("db.hearth.test", f"&sslrootcert={authority}"))
        self.check("a server without TLS is refused", not good and "SSL" in said, said)
        good, said = answer(address("db.hearth.test", "&sslmode=disable"))
        self.check("what the address says in so many words stands", good, said)

    # ---- several servers

    def servers(self):
        place, files = self.server.place("served"), self.path("small")
        self.run(self.hearth, "demo", "--children", "60", "--out", files)
        self.say(place, "import", "--quiet", files)
        status, out, wrong = self.say(place, "user", "demo")
        if not self.check("people of the demonstration", status == 0, wrong):
            return
        password = re.search(r"^director\s+(\S+)", out, re.M).group(1)
        sites = []
        for name in ("one", "two"):
            os.makedirs(self.path(name))
            sites.append(Site(self.hearth, self.path(name), place,
                              options=("--demonstration",)))
        try:
            self.servers_share(place, sites, password)
            self.servers_killed(place, sites, password)
        finally:
            for site in sites:
                site.stop()

    def servers_share(self, place, sites, password):
        one, two = (Browser(site) for site in sites)
        one.sign_in("director", password)
        two.cookies = one.cookies
        page = two.get("/children")
        self.check("who signed in at one is signed in at the other", page.status == 200,
                   page.status)
        token, two.token = one.csrf(), one.csrf()
        self.check("there is a form token", token)
        answer = two.post("/break-glass", {"child": "nobody", "reason": "a reason of some length"})
        self.check("a form of one is taken by the other", answer.status in (200, 400, 404, 422) and
                   "form" not in answer.text[:200].lower().split("<title>")[-1][:40], answer.status)
        children = self.listed(page)
        self.check("the list says how many", children > 5, page.text[:500])
        more = self.path("more")
        os.makedirs(more, exist_ok=True)
        day = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 86400 * 30))
        with open(os.path.join(more, "children.csv"), "w", encoding="ascii") as file:
            file.write("child_id,authority,sex\n" + "".join(
                f"MORE-{i},{self.authority(place)},F\n" for i in range(7)))
        with open(os.path.join(more, "episodes.csv"), "w", encoding="ascii") as file:
            file.write("child_id,started,placement_type,placement_provider\n" + "".join(
                f"MORE-{i},{day},U6,PR4\n" for i in range(7)))
        status, _, wrong = self.say(place, "import", "--quiet", more)
        self.check("an import while both serve", status == 0, wrong)
        for name, browser in (("one", one), ("two", two)):
            start, now = time.monotonic(), 0
            while time.monotonic() < start + 5 and now != children + 7:
                time.sleep(0.02)
                now = self.listed(browser.get("/children"))
            self.check(f"{name} shows the children of an import made elsewhere",
                       now == children + 7, now, children)
            print(f"{name} showed an import made elsewhere after {time.monotonic() - start:.2f} s")
        one.post("/sign-out")
        self.check("who signed out at one is out at the other",
                   two.get("/children").status == 303)

    @staticmethod
    def listed(page):
        """How many children the list is of."""
        found = re.search(r"of (\d+) children and young people", page.text)
        return int(found.group(1)) if found else 0

    def authority(self, place):
        return self.server.sql("select authority from account_authority join account using (account) "
                               "where login = 'director'", re.search(r"@/(\w+)", place).group(1))[0]

    def servers_killed(self, place, sites, password):
        """People read at both while one is killed and PostgreSQL is restarted: every page that was
        shown is in the log, and the chain is whole."""
        shown, stop = [0, 0], threading.Event()

        def read(number):
            browser = Browser(sites[number])
            while not stop.is_set():
                try:
                    if "session" not in browser.cookies:
                        browser.sign_in("director", password)
                    shown[number] += browser.get("/children").status == 200
                except (OSError, ValueError, IndexError):
                    browser = Browser(sites[number])
                    time.sleep(0.05)

        before = self.rows_of_log(place)
        threads = [threading.Thread(target=read, args=(number,)) for number in (0, 1)]
        for thread in threads:
            thread.start()
        time.sleep(2)
        sites[0].process.kill()
        sites[0].process.wait()
        after_kill = shown[1]
        time.sleep(2)
        self.check("the other goes on when one is killed", shown[1] > after_kill, shown)
        self.server.restart()
        time.sleep(0.5)
        after_restart = shown[1]
        time.sleep(3)
        self.check("it goes on when PostgreSQL was stopped and started", shown[1] > after_restart,
                   shown, sites[1].log()[-2000:])
        self.server.restart(signal.SIGQUIT)
        after_crash = shown[1]
        time.sleep(4)
        self.check("and when PostgreSQL crashed", shown[1] > after_crash, shown,
                   sites[1].log()[-2000:])
        stop.set()
        for thread in threads:
            thread.join()
        status, out, wrong = self.say(place, "audit", "verify")
        self.check("the chain of the log is whole", status == 0, out, wrong)
        self.check("every page that was shown is in the log",
                   self.rows_of_log(place) - before >= sum(shown),
                   self.rows_of_log(place) - before, shown)

    def rows_of_log(self, place):
        return int(self.server.sql("select count(*) from audit",
                                   re.search(r"@/(\w+)", place).group(1))[0])

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("hearth")
    parser.add_argument("build")
    parser.add_argument("--filters", type=int, default=int(os.environ.get("HEARTH_FILTERS", 300)))
    parser.add_argument("sections", nargs="*")
    options = parser.parse_args()
    with Server(tcp=True, settings=("fsync = off",)) as server:
        suite = Suite(options, server)
        sections = {"unit": suite.unit, "cases": suite.cases, "figures": suite.figures,
                    "filters": suite.random_filters, "copy": suite.copy,
                    "backup": suite.backup, "places": suite.places,
                    "certificates": suite.certificates, "servers": suite.servers}
        try:
            for name, section in sections.items():
                if not options.sections or name in options.sections:
                    start = time.monotonic()
                    section()
                    print(f"{name}: {time.monotonic() - start:.1f} s", flush=True)
        finally:
            suite.close()
    print(f"{suite.passed} passed, {suite.failed} failed")
    return 1 if suite.failed else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Views on their way into the log, by the daybook beside the record: killed under load, while another
program writes, and changed by somebody: daybook_test.py HEARTH [unittest arguments].
HEARTH_KILLS=100 kills more often than in script/test."""
import glob
import os
import random
import sqlite3
import threading
import time

from http_server import SERVER, SLOW, main
from site_client import Browser, Site
from world_case import WithWorld

KILLS = int(os.environ.get("HEARTH_KILLS", "6"))
READERS = 12


class Reader(threading.Thread):
    """Looks at a child until the server is gone; counts what was asked and what was shown."""

    def __init__(self, site, cookies, path):
        super().__init__(daemon=True)
        self.browser, self.path, self.asked, self.shown = Browser(site, cookies), path, 0, 0

    def run(self):
        try:
            while True:
                self.asked += 1
                answer = self.browser._send("GET", self.path, [(
                    "Cookie", "session=" + self.browser.cookies["session"])], None, 30)
                if answer.status != 200:
                    return
                self.shown += 1
        except Exception:  # the server is gone: the last one was asked for and not shown
            return


class Daybook(WithWorld):
    def setUp(self):
        self.place = self.world.place
        self.path = f"/children/{self.world.children['own']}"
        self.account = self.world.accounts["director"]
        self.session = self.record.session(self.account)

    def views(self):
        return self.record.one("select count(*) from audit where act = 'child.view' and account = ?",
                               self.account)

    def verify(self):
        status, said, error = self.world.run("audit", "verify")
        self.assertEqual(status, 0, said + error)

    def files(self):
        return glob.glob(self.place + ".daybook-*")

    def test_a_kill_loses_no_view(self):
        dice, waited = random.Random(5), 0
        for _ in range(KILLS):
            before = self.views()
            site = self.world.site
            readers = [Reader(site, {"session": self.session}, self.path) for _ in range(READERS)]
            for reader in readers:
                reader.start()
            time.sleep(dice.uniform(0.3, 0.9) * SLOW)
            site.process.kill()
            site.process.wait()
            for reader in readers:
                reader.join(30)
            in_log = self.views() - before
            shown, asked = (sum(getattr(one, what) for one in readers) for what in ("shown", "asked"))
            waited += in_log < shown
            self.verify()  # takes over what waits
            after = self.views() - before
            self.assertGreaterEqual(after, shown)
            self.assertLessEqual(after, asked)
            self.restart()
        print(f"{KILLS} kills under load: no view that was shown is missing; "
              f"{waited} times some waited in the daybook")
        self.assertGreater(waited, 0, "no kill came between a view and the log")

    def test_somebody_who_writes_for_long_keeps_nobody_from_looking(self):
        browser, before = Browser(self.site, {"session": self.session}), self.views()
        browser.get(self.path)
        other = sqlite3.connect(self.place, isolation_level=None)
        other.execute("begin immediate")
        try:
            for _ in range(5):
                began = time.monotonic()
                self.assertEqual(browser.get(self.path).status, 200)
                self.assertLess(time.monotonic() - began, 2 * SLOW)
            self.assertEqual(self.views() - before, 1)
        finally:
            other.execute("rollback")
            other.close()
        end = time.monotonic() + 10 * SLOW
        while self.views() - before < 6 and time.monotonic() < end:
            time.sleep(0.05)
        self.assertEqual(self.views() - before, 6)
        self.verify()

    def test_nothing_is_left_when_it_stops(self):
        Browser(self.site, {"session": self.session}).get(self.path)
        self.assertEqual(len(self.files()), 2)
        for path in self.files():
            self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)
        before = self.views()
        self.world.site.stop()
        self.assertEqual(self.files(), [])
        self.assertEqual(self.views(), before)
        self.restart()

    def test_a_second_server_does_without(self):
        folder = os.path.join(self.world.folder, "second")
        os.makedirs(folder, exist_ok=True)
        second, before = Site(SERVER, folder, self.place), self.views()
        try:
            for site in (second, self.site, second):
                answer = Browser(site, {"session": self.session}).get(self.path)
                self.assertEqual(answer.status, 200)
        finally:
            second.stop()
        self.assertEqual(self.views() - before, 3)
        self.assertEqual(len(self.files()), 2)
        self.verify()

    def test_a_changed_daybook_shows_nothing_more(self):
        browser = Browser(self.site, {"session": self.session})
        browser.get(self.path)
        other = sqlite3.connect(self.place, isolation_level=None)
        other.execute("begin immediate")
        try:
            for _ in range(3):
                self.assertEqual(browser.get(self.path).status, 200)
            # the newest of the two, in the middle of the three views
            path = max(self.files(), key=os.path.getmtime)
            with open(path, "r+b") as file:
                book = file.read()
                at = book.rindex(b"child.view", 0, book.rindex(b"child.view"))
                file.seek(at)
                file.write(b"child.vxew")
        finally:
            other.execute("rollback")
            other.close()
        end = time.monotonic() + 10 * SLOW
        while (answer := browser.get(self.path)).status == 200 and time.monotonic() < end:
            time.sleep(0.1)
        self.assertEqual(answer.status, 503)
        self.assertNotIn("About me", answer.text)
        status, said, error = self.world.run("audit", "verify")
        self.assertNotEqual(status, 0)
        self.assertIn("daybook", said + error)
        self.world.site.stop()
        for path in self.files():  # looked into, and put away
            os.remove(path)
        self.restart()
        self.assertEqual(Browser(self.site, {"session": self.session}).get(self.path).status, 200)
        self.verify()


if __name__ == "__main__":
    main()

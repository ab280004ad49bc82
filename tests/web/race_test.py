#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Many at once: race_test.py HEARTH [unittest arguments]. Of two who save the same text one wins and
the other is told, every time; a server built with ThreadSanitizer (script/test race) finds no race.
HEARTH_SECONDS=600 HEARTH_CLIENTS=64 HEARTH_CONFLICTS=10000 asks for more."""
import os
import re
import threading
import time

from http_server import SERVER, main
from rights_world import routes_of
from site_client import Browser
from world_case import WithWorld

SECONDS = float(os.environ.get("HEARTH_SECONDS", "12"))
CLIENTS = int(os.environ.get("HEARTH_CLIENTS", "16"))
CONFLICTS = int(os.environ.get("HEARTH_CONFLICTS", "30"))


class Conflicts(WithWorld):
    """Two people save what they opened at the same time: one winner, one message, nothing lost."""

    def both(self, path, forms):
        """The answers of two browsers that send at the same moment."""
        start, answers = threading.Barrier(2), [None, None]
        child = f"/children/{self.world.children['own']}"

        def send(i, login):
            browser = Browser(self.site, dict(self.world.browser(login).cookies))
            browser.csrf()
            start.wait()
            answers[i] = browser.post(child + path, forms[i])
            browser.close()

        threads = [threading.Thread(target=send, args=pair)
                   for pair in enumerate(("worker", "manager"))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    def one_wins(self, answers, typed):
        self.assertEqual(sorted(answer.status for answer in answers), [303, 409])
        loser = next(i for i in (0, 1) if answers[i].status == 409)
        main_part = re.sub(r"(?s).*<main", "", answers[loser].text)
        # the summary says once who was first, and both texts are there
        self.assertEqual(main_part.count("after you opened it") +
                         main_part.count("while you were writing"), 1, main_part[:3000])
        for text in typed:
            self.assertIn(text, main_part)
        return loser

    def test_every_conflict_has_one_winner_and_one_message(self):
        child = self.world.children["own"]
        goal = self.record.one("select min(goal) from care_goal where child = ?", child)
        draft = self.record.one("select assessment from care_assessment where child = ? and "
                                "state = 'draft'", child)
        today = time.strftime("%Y-%m-%d", time.gmtime())
        won = [0, 0]
        for i in range(CONFLICTS):
            kind = i % 3
            typed = [f"typed by {who} the {i}th time" for who in ("one", "two")]
            if kind == 0:
                version = self.record.one("select max(version) from care_profile where child = ?",
                                          child)
                path, forms = "/about", [
                    {"matters": text, "written_on": today, "version": version} for text in typed]
                count = "select count(*) from care_profile"
            elif kind == 1:
                version = self.record.one("select max(version) from care_goal_version where "
                                          "goal = ?", goal)
                path, forms = f"/plan/{goal}/change", [
                    {"goal": text, "state": "open", "version": version} for text in typed]
                count = "select count(*) from care_goal_version"
            else:
                revision = self.record.one("select revision from care_domain where assessment = ? "
                                           "order by entry limit 1", draft)
                path, forms = f"/assessments/{draft}/area/1", [
                    {"score": "3", "evidence": text, "revision": revision} for text in typed]
                count = "select max(revision) from care_domain"
            before = self.record.one(count)
            with self.subTest(f"{i}: {path}"):
                loser = self.one_wins(self.both(path, forms), typed)
                won[1 - loser] += 1
                self.assertEqual(self.record.one(count), before + 1, "nothing is saved twice")
        print(f"{CONFLICTS} conflicts: {won[0]} won by the first, {won[1]} by the second")


class Races(WithWorld):
    """All kinds of requests at the same time, from people who sign in and out."""

    def paths(self):
        child, world = self.world.children["own"], self.world
        parts = {"child": child, "account": world.accounts["spare"], "area": 1, "contribution": 0,
                 "goal": self.record.one("select max(goal) from care_goal where child = ?", child),
                 "assessment": self.record.one("select max(assessment) from care_assessment where "
                                               "child = ?", child)}
        return [re.sub(r"\{(\w+)[^}]*\}", lambda name: str(parts.get(name.group(1), 1)),
                       route["path"]) for route in routes_of(SERVER) if route["method"] == "GET"]

    def work(self, login, number, paths, end, faults, counts):
        browser = Browser(self.site, dict(self.world.browser(login).cookies))
        today, own = time.strftime("%Y-%m-%d"), f"/children/{self.world.children['own']}"
        i = number * 7
        try:
            while time.monotonic() < end:
                i += 1
                if i % 11 == 0:
                    answer = browser.post(own + "/about", {
                        "matters": f"{number} {i}", "written_on": today, "version": i % 40})
                elif i % 13 == 0:
                    answer = browser.post(own + "/plan/new", {"goal": f"{number} {i}"})
                elif i % 17 == 0 and number == 0:
                    answer = self.world.browser("director").post(own + "/restricted", {
                        "guard": "none", "reason": "nothing to restrict"})
                elif i % 59 == 0:
                    answer = Browser(self.site).sign_in("south", "not the password")
                else:
                    answer = browser.get(paths[i % len(paths)])
                counts[number] += 1
                if answer.status >= 500:
                    faults.append((answer.status, paths[i % len(paths)], answer.text[-600:]))
        except Exception as fault:  # the server is gone
            faults.append(repr(fault))
        finally:
            browser.close()

    def test_nothing_races(self):
        paths, faults, counts = self.paths(), [], [0] * CLIENTS
        logins = ("worker", "manager", "director", "south", "broker", "root", "auditor", "analyst")
        for login in (*logins, "director"):
            self.world.browser(login).csrf()
        end = time.monotonic() + SECONDS
        threads = [threading.Thread(target=self.work, args=(
            logins[i % len(logins)], i, paths, end, faults, counts)) for i in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.world.site.stop()
        log = self.world.site.log()
        races = re.findall(r"(?s)WARNING: ThreadSanitizer: .*?={10}", log)
        with open(SERVER, "rb") as file:
            watched = "with" if b"__tsan_init" in file.read() else "without"
        print(f"{sum(counts)} requests of {CLIENTS} clients in {SECONDS:.0f} s {watched} "
              f"ThreadSanitizer; races: {len(races)}")
        self.assertEqual(faults[:3], [])
        self.assertEqual(races[:2], [])
        self.assertEqual(self.world.run("audit", "verify")[0], 0)


if __name__ == "__main__":
    main()

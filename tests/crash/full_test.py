#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The disk fills up while the server runs: full_test.py HEARTH. Short: 8 times; $HEARTH_FULL for more
(500). The record is on a tmpfs of a few MB, filled up but for a few pages.

What is saved is kept or refused by a page that names the cause (507); a child's page goes on as long as
its view can be noted in the log (the daybook has room ahead), pages that name nobody and reports in any case; imports and backups say the disk is full and leave nothing; and with room again
everything works without a restart. Says skipped where a tmpfs cannot be mounted."""
import json
import os
import random
import shutil
import subprocess
import sys
import time

from crash_world import CrashWorld, OnceBrowser, costs_file, faults_of
from kill_test import faults_in
from site_client import temporary_folder

SIZE_MB, AT_ONCE = 12, 40


def mounted(folder):
    return subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m,mode=0700", "tmpfs",
                           folder], stderr=subprocess.DEVNULL).returncode == 0


def try_as_nobody_special():
    """A user may mount in a name space of their own, where the system allows that."""
    if os.environ.get("HEARTH_IN_NAMESPACE") or not shutil.which("unshare"):
        return
    if subprocess.run(["unshare", "--user", "--map-root-user", "--mount", "true"],
                      stderr=subprocess.DEVNULL).returncode == 0:
        os.environ["HEARTH_IN_NAMESPACE"] = "1"
        os.execvp("unshare", ["unshare", "--user", "--map-root-user", "--mount", "--",
                              sys.executable, *sys.argv])


class Full:
    def __init__(self, hearth, folder, other):
        self.world, self.other = CrashWorld(hearth, folder), other
        self.filler, self.faults, self.refused, self.kept = os.path.join(folder, "filler"), [], 0, 0
        self.world.make()
        self.files, self.shown = 0, 0
        self.version = 0

    def fill(self, pages):
        """All of the disk but so many pages of 4 KB."""
        free = os.statvfs(self.world.folder).f_bavail - pages
        with open(self.filler, "wb") as file:
            for _ in range(max(0, free)):
                file.write(bytes(4096))

    def browser(self):
        return OnceBrowser(self.world.site, {"session": self.world.tokens[0]})

    def save(self, token):
        browser = self.browser()
        browser.token = token
        answer = browser.post(f"/children/{self.world.children[0]}/about", {
            "known_as": "A", "participation": "PN1", "written_on": time.strftime("%Y-%m-%d"),
            "version": self.version, "matters": f"{self.version} " + "words " * 300,
            "good_at": "", "hopes": "", "liked": "", "written_with": ""})
        browser.close()
        return answer

    def have(self):
        return self.world.record.one("select count(*) from care_profile where child = ?",
                                     self.world.children[0])

    def wrong(self, what):
        self.faults.append(what)

    def try_saving(self, token):
        answer, have = self.save(token), self.have()
        if answer.status == 303:
            self.kept += 1
            if have != self.version + 1:
                self.wrong("said saved, and it was not")
        else:
            self.refused += 1
            if answer.status not in (500, 507) or "full" not in answer.text:
                self.wrong(f"a page that does not name the cause: {answer.status} "
                           f"{faults_in(answer.text)}")
            if have != self.version and "may have" not in answer.text:
                self.wrong("said not saved, and it was")
        self.version = have

    def try_reading(self):
        browser = self.browser()
        for path in ("/health", "/account", "/account/password"):
            answer = browser.get(path)
            if answer.status != 200:
                self.wrong(f"{path} is not shown: {answer.status}")
        # what names children is noted in the log first: shown, or refused by its cause
        for path in ("/", f"/children/{self.world.children[0]}"):
            answer = browser.get(path)
            if answer.status != 200 and (answer.status != 507 or "full" not in answer.text):
                self.wrong(f"{path}: {answer.status} {faults_in(answer.text)}")
            self.shown += answer.status == 200
        browser.close()
        status, said, error = self.world.run("report", "--format", "json")
        if status != 0 or not json.loads(said):
            self.wrong(f"a report: {status} {error}")

    def try_commands(self):
        self.files += 1
        before = self.world.record.one("select count(*) from import")
        path = costs_file(self.other, self.files, 4000)
        status, _, error = self.world.run("import", "--quiet", path)
        after = self.world.record.one("select count(*) from import")
        if (status == 0) != (after == before + 1) or (status and "full" not in error):
            self.wrong(f"an import: {status} {error}")
        if status == 0:
            self.world.must("import", "undo", str(after))
        out = os.path.join(self.world.folder, "b.backup")
        status, _, error = self.world.run("backup", "--out", out)
        if (status == 0) != os.path.exists(out) or \
                (status and "full" not in error and "No space" not in error):
            self.wrong(f"a backup: {status} {error}")
        left = [name for name in os.listdir(self.world.folder) if name.endswith(".part")]
        if left:
            self.wrong(f"left behind: {left}")
        if os.path.exists(out):
            os.unlink(out)

    def once(self, pages, token):
        self.fill(pages)
        self.try_saving(token)
        self.try_reading()
        self.try_commands()
        os.unlink(self.filler)
        answer, self.version = self.save(token), self.version + 1
        if answer.status != 303 or self.have() != self.version:
            self.wrong(f"does not work again: {answer.status} {faults_in(answer.text)}")
            self.version = self.have()
        for path in ("/", f"/children/{self.world.children[0]}"):
            answer = self.browser().get(path)
            if answer.status != 200:
                self.wrong(f"{path} is not shown again: {answer.status}")

    def run(self, times):
        choices = random.Random(3)
        process = self.world.serve() and self.world.site.process
        token = self.browser().csrf()
        for _ in range(times):
            self.once(choices.choice([0, 0, 1, 2, 4, 8, 16, 32]), token)
        if process.poll() is not None:
            self.wrong("the server ended")
        self.world.site.stop()
        self.faults += faults_of(self.world.place, self.world.hearth)


def main():
    times = int(os.environ.get("HEARTH_FULL", "8"))
    folder, other = temporary_folder(), temporary_folder()
    if not mounted(folder):
        os.rmdir(folder)
        os.rmdir(other)
        try_as_nobody_special()
        print("skipped: a small disk (tmpfs) cannot be mounted here")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    tries = []
    try:
        # a new record now and then: what is kept grows, the disk does not
        for start in range(0, times, AT_ONCE):
            place = os.path.join(folder, str(start))
            os.mkdir(place)
            tries.append(Full(sys.argv[1], place, other))
            tries[-1].run(min(AT_ONCE, times - start))
            tries[-1].world.close()
    finally:
        for full in tries:
            if full.world.site:
                full.world.site.stop()
        subprocess.run(["umount", "-l", folder])
        os.rmdir(folder)
        shutil.rmtree(other)
    faults = [fault for full in tries for fault in full.faults]
    refused, kept, shown = (sum(getattr(full, what) for full in tries)
                            for what in ("refused", "kept", "shown"))
    # the control: a disk that was never full would have refused nothing
    good = not faults and refused > 0
    print(f"the disk was full {times} times: {refused} savings refused by a page that names the cause, "
          f"{kept} fitted, {shown} pages with children shown, {len(faults)} wrong")
    for fault in faults[:10]:
        print("  " + fault)
    print(f"{int(good)} passed, {int(not good)} failed")
    return not good


if __name__ == "__main__":
    sys.exit(main())

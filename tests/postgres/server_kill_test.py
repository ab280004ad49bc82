#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""As tests/crash/kill_test.py, with the record on a server: server_kill_test.py HEARTH [--kills N].
Short: 8 kills; $HEARTH_KILLS or --kills for more (1,000). After every fourth kill the PostgreSQL
server crashes, too (SIGQUIT), and is started again."""
import argparse
import csv
import io
import os
import re
import signal
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "web"), os.path.join(HERE, "..", "crash")]

import kill_test as crash  # noqa: E402
from crash_world import CrashWorld  # noqa: E402
from server import Server  # noqa: E402
from site_client import Record  # noqa: E402


def literal(value):
    if value is None:
        return "null"
    if isinstance(value, (bytes, bytearray)):
        return f"'\\x{value.hex()}'::bytea"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


class ServerRecord(Record):
    """The record on a server, as the tests ask for it."""

    def __init__(self, server, database):
        super().__init__(server.address(database))
        self.server, self.database = server, database

    def rows(self, sql, *values):
        parts = sql.split("?")
        words = "".join(part + literal(value) for part, value in zip(parts, values)) + parts[-1]
        done = subprocess.run([os.path.join(self.server.programs, "psql"), "-X", "-q", "-t", "--csv",
                               "-P", "null=\\N", "-v", "ON_ERROR_STOP=1", self.path, "-c", words],
                              capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr + words)
        return [tuple(None if cell == "\\N" else int(cell) if re.fullmatch(r"-?\d+", cell) else cell
                      for cell in row) for row in csv.reader(io.StringIO(done.stdout))]


class ServerWorld(CrashWorld):
    def __init__(self, hearth, server, database):
        super().__init__(hearth)
        self.place, self.server, self.served = server.place(database), server, 0
        self.record = ServerRecord(server, database)
        os.environ["XDG_DATA_HOME"] = self.folder

    def serve(self, environment=None):
        """Every fourth time on a PostgreSQL that crashed and came back."""
        self.served += 1
        if self.served % 4 == 0:
            self.server.restart(signal.SIGQUIT)
        return super().serve(environment)


def faults_in(world):
    """The chain of the log, and imports that are half there."""
    rows, faults = world.record.rows, []
    status, said, wrong = world.run("audit", "verify")
    if status:
        faults.append("audit: " + said + wrong)
    tables = [name for (name,) in rows(
        "select table_name from information_schema.columns where table_schema = 'public' and "
        "column_name in ('import', 'entry', 'line') group by 1 having count(*) = 3")
        if name not in ("import", "import_file", "import_problem")]
    have = {}
    for table in tables:
        for number, count in rows(f'select import, count(*) from "{table}" group by import'):
            have[number] = have.get(number, 0) + count
    told = dict(rows("select import, sum(rows_stored) from import_file group by import"))
    undone = {row[0] for row in rows("select import from import where undone_at is not null")}
    entered = {row[0] for row in rows("select import from entered")}
    for number, count in told.items():
        expected = 0 if number in undone else count
        if number not in entered and have.get(number, 0) != expected:
            faults.append(f"import {number}: {have.get(number, 0)} rows of {expected}")
    strangers = set(have) - set(told) - entered
    return faults + [f"import {number}: rows without an import" for number in strangers]


def main():
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("hearth")
    reader.add_argument("--kills", type=int, default=int(os.environ.get("HEARTH_KILLS", "8")))
    given = reader.parse_args()
    passed = failed = 0
    with Server() as server:
        world = ServerWorld(given.hearth, server, "killed")
        crash.faults_of = lambda place, hearth=None: faults_in(world)
        try:
            world.make()
            began = time.monotonic()
            acknowledged, faults, slowest = crash.kills(world, given.kills, 1)
            print(f"{given.kills} kills in {time.monotonic() - began:.0f} s: {acknowledged} "
                  f"acknowledged, {len(faults)} lost or wrong, back after {slowest:.2f} s at most")
            for fault in faults[:10]:
                print("  " + fault)
            good = not faults and acknowledged > given.kills
            passed, failed = passed + good, failed + (not good)
        finally:
            world.close()
        world = ServerWorld(given.hearth, server, "control")
        try:
            world.make()
            acknowledged, faults, _ = crash.kills(world, 20, 2, control=True)
            caught = [fault for fault in faults if " of " in fault]
            print(f"control, acknowledged when it was sent: {len(caught)} losses were noticed among "
                  f"{acknowledged} acknowledged")
            passed, failed = passed + bool(caught), failed + (not caught)
        finally:
            world.close()
    print(f"{passed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())

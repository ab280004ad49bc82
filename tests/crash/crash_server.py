# SPDX-License-Identifier: MIT
"""The small record of crash_world.py on a PostgreSQL server of the test's own."""
import os
import re
import signal
import subprocess
import sys

from crash_world import HERE, CrashWorld, Record, half_imports

sys.path.insert(0, os.path.join(HERE, "..", "postgres"))

from server import Server  # noqa: E402


def literal(value):
    if value is None:
        return "null"
    if isinstance(value, bytes):
        return "'\\x" + value.hex() + "'::bytea"
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


class ServerRecord(Record):
    """Asked by psql; what looks like a number is one."""

    def __init__(self, server, database):
        super().__init__(None)
        self.server, self.database = server, database

    def rows(self, sql, *values):
        parts = sql.split("?")
        text = parts[0] + "".join(literal(value) + part for value, part in zip(values, parts[1:]))
        return [tuple(self.cell(cell) for cell in line.split("|"))
                for line in self.server.sql(text, self.database)]

    @staticmethod
    def cell(text):
        return int(text) if re.fullmatch(r"-?\d+", text) else text or None


class ServerWorld(CrashWorld):
    may_refuse = True

    def __init__(self, hearth):
        super().__init__(hearth)
        self.server, self.lives = Server(), 0
        self.place = self.server.place("crash")
        self.record = ServerRecord(self.server, "crash")
        os.environ["XDG_DATA_HOME"] = self.folder  # where the key is

    def tables_of_imports(self):
        return [name for (name,) in self.record.rows(
            "select table_name from information_schema.columns where table_schema = 'public' and "
            "column_name in ('import', 'entry', 'line') group by 1 having count(*) = 3")]

    def faults(self):
        """Every eighth time the server dies, too, and takes back what was not committed."""
        self.lives += 1
        if self.lives % 8 == 0:
            self.server.restart(signal.SIGQUIT)
        done = subprocess.run([self.hearth, "--db", self.place, "audit", "verify"],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
        faults = half_imports(self.record.rows, self.tables_of_imports())
        if done.returncode != 0:
            faults.append("audit: " + (done.stdout + done.stderr).decode().strip())
        return faults

    def close(self):
        super().close()
        self.server.close()
        del os.environ["XDG_DATA_HOME"]

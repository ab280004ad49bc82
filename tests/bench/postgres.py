#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A record on a PostgreSQL server beside one in a file: script/bench postgres.
postgres.py HEARTH BUILD [CHILDREN]

import: from the files to the record, and `psql \\copy` of the very same rows into tables made by the
same migrations (bare: no checks, no reading of files of other forms, nothing sealed).
history: from the record to what figures are computed from, with either database.
Times are of the clock and of the processors (ours + the server's); the server is of the test's own,
with fsync on, its data where TMPDIR is.
"""
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "postgres"))

from server import Server  # noqa: E402


def of_server(server):
    """Processor seconds of the server's connections that have ended."""
    with open(f"/proc/{server.process.pid}/stat", encoding="ascii") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


def measure(server, words, **more):
    before, ours, start = of_server(server), resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(words, stdout=subprocess.PIPE, check=True, **more)
    clock = time.monotonic() - start
    time.sleep(0.5)
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = now.ru_utime + now.ru_stime - ours.ru_utime - ours.ru_stime
    return clock, used, of_server(server) - before, done.stdout.decode()


def show(what, measured):
    print(f"{what:34} {measured[0]:7.2f} s, processors {measured[1]:6.2f} s ours "
          f"+ {measured[2]:6.2f} s the server's", flush=True)


def bare_copy(server, folder):
    """The rows of the record into the same tables by psql."""
    tables = server.sql("select relname from pg_stat_user_tables where n_live_tup > 0 order by relid",
                        "record")
    server.sql("create schema if not exists bare", "record")
    names = ("import", "import_file", "framework")
    tables = [one for one in names if one in tables] + [one for one in tables if one not in names]
    script = os.path.join(folder, "load.sql")
    psql = [os.path.join(server.programs, "psql"), "-X", "-q", "-h", server.folder, "-p",
            str(server.port), "-U", "hearth", "-v", "ON_ERROR_STOP=1"]
    with open(script, "w", encoding="ascii") as file:
        file.write("begin;\n")
        for table in tables:
            path = os.path.join(folder, table + ".bin")
            subprocess.run([*psql, "record", "-c", f"\\copy {table} to '{path}' (format binary)"],
                           check=True)
            file.write(f"\\copy {table} from '{path}' (format binary)\n")
        file.write("commit;\n")
    return [*psql, "bare", "-f", script]


def main():
    hearth, build = map(os.path.abspath, sys.argv[1:3])
    children = sys.argv[3] if len(sys.argv) > 3 else "84000"
    folder = tempfile.mkdtemp(prefix="hearth-bench-pg-")
    os.environ["XDG_DATA_HOME"] = folder
    files, file = os.path.join(folder, "files"), os.path.join(folder, "record.db")
    history = os.path.join(build, "tests/bench/registry_hearth")
    subprocess.run([hearth, "demo", "--children", children, "--out", files], check=True,
                   stdout=subprocess.DEVNULL)
    try:
        with Server(settings=("shared_buffers = '512MB'", "max_wal_size = '4GB'")) as server:
            place, bare = server.place("record"), server.place("bare")
            empty = os.path.join(folder, "providers.csv")
            with open(empty, "w", encoding="ascii") as table:
                table.write("provider_id,name\np,q\n")
            for one in (place, bare):  # the tables, and nothing in them
                subprocess.run([hearth, "--db", one, "import", "-q", "--dry-run", empty],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
            server.sql("truncate vault", "bare")
            ours = measure(server, [hearth, "--db", place, "import", "-q", "--rows", "0", files])
            show("hearth import, server", ours)
            show("hearth import, file",
                 measure(server, [hearth, "--db", file, "import", "-q", "--rows", "0", files]))
            server.sql("analyze", "record")
            theirs = measure(server, bare_copy(server, folder))
            show("psql \\copy into bare tables", theirs)
            print(f"import: {ours[0] / theirs[0]:.2f} of psql by the clock, "
                  f"{sum(ours[1:3]) / sum(theirs[1:3]):.2f} by the processors (2 at most wanted)")
            for what, record in (("file", file), ("server", place)):
                for _ in range(3):
                    measured = measure(server, [history, record, "2023-03-31"])
                    said = re.search(r"record to history: (\d+) ms \((\d+)", measured[3])
                    print(f"record to history, {what}: {said.group(1)} ms "
                          f"({said.group(2)} children, the server's processors "
                          f"{measured[2]:.2f} s)", flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()

#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A PostgreSQL server of a test's own: in a folder of its own, on a socket (and, when asked for, a
free port of the loopback), gone when the test ends. initdb refuses root: root runs it as `postgres`.

    with Server(folder) as server:
        server.place("name")        the address of a new, empty database
As a program: server.py COMMAND...  runs a command with HEARTH_TEST_SERVER set to such an address.
"""
import glob
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

USER = "hearth"


def programs():
    """Where Debian keeps initdb and postgres, the newest; on the PATH elsewhere."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/postgres"),
                   key=lambda path: int(path.split("/")[4]))
    path = found[-1] if found else shutil.which("postgres")
    if not path:
        raise SystemExit("there is no PostgreSQL here: script/setup installs it")
    return os.path.dirname(os.path.realpath(path))


class Server:
    def __init__(self, tcp=False, settings=()):
        self.programs = programs()
        self.folder = tempfile.mkdtemp(prefix="hearth-postgres-",
                                       dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
        self.data = os.path.join(self.folder, "data")
        self.log = os.path.join(self.folder, "log")
        self.port = 5432
        if tcp:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self.port = probe.getsockname()[1]
        self.as_user = []
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
            self.as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        os.chmod(self.folder, 0o755)
        self.run("initdb", "--pgdata", self.data, "--username", USER, "--auth", "trust",
                 "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync")
        with open(os.path.join(self.data, "postgresql.conf"), "a", encoding="ascii") as file:
            file.write(f"port = {self.port}\nunix_socket_directories = '{self.folder}'\n"
                       f"listen_addresses = '{'127.0.0.1' if tcp else ''}'\n"
                       "log_min_messages = warning\nmax_connections = 120\n"
                       + "".join(setting + "\n" for setting in settings))
        self.process = None
        self.start()

    def run(self, program, *arguments):
        done = subprocess.run([*self.as_user, os.path.join(self.programs, program), *arguments],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd="/",
                              check=False)
        if done.returncode:
            raise SystemExit(f"{program}: {done.stdout.decode()}")

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [*self.as_user, os.path.join(self.programs, "postgres"), "-D", self.data],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd="/")
        for _ in range(300):
            if self.process.poll() is not None:
                break
            if subprocess.run([os.path.join(self.programs, "pg_isready"), "-q", "-h", self.folder,
                               "-p", str(self.port)], check=False).returncode == 0:
                return
            time.sleep(0.1)
        with open(self.log, encoding="utf-8") as log:
            raise SystemExit("the server did not start: " + log.read())

    def stop(self, how=signal.SIGINT):
        """SIGINT: as an administrator stops it, people connected or not; SIGQUIT: as a crash."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait()

    def restart(self, how=signal.SIGINT):
        self.stop(how)
        self.start()

    def sql(self, words, database="postgres"):
        """What psql says, a line a row."""
        done = subprocess.run([os.path.join(self.programs, "psql"), "-X", "-q", "-At", "-h",
                               self.folder, "-p", str(self.port), "-U", USER, "-d", database,
                               "-v", "ON_ERROR_STOP=1", "-c", words],
                              capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout.splitlines()

    def address(self, database):
        return f"postgresql://{USER}@/{database}?host={self.folder}&port={self.port}"

    def place(self, database):
        """The address of a new database. Its collation is not the one of bytes: a record must not
        lean on that."""
        self.sql(f'create database "{database}" template template0 locale_provider icu icu_locale "en-GB"')
        return self.address(database)

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def main():
    with Server(settings=("fsync = off",)) as server:
        environment = {**os.environ, "HEARTH_TEST_SERVER": server.place("test")}
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

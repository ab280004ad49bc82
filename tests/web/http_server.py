# SPDX-License-Identifier: MIT
"""Speaks HTTP to tests/unit/web/test_server.c byte by byte: for the tests beside this file.

Each is run as TEST.py SERVER [unittest arguments], starts the server on a free port of the loopback
and closes with "N passed, N failed". Nothing leaves the machine.
"""
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

SERVER = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else None
SLOW = float(os.environ.get("HEARTH_SLOW", "1"))  # of sanitizers: how much longer things may take

CONTENT_POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                  "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
                  "frame-ancestors 'none'")
ALWAYS = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "accelerometer=(), camera=(), display-capture=(), geolocation=(), "
                          "gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()",
}
# and no other header may be there, but these
MAY = {"date", "content-length", "content-type", "cache-control", "vary", "connection", "etag",
       "content-encoding", "location", "set-cookie", "allow", "content-disposition"}


class Server:
    """The test server on a free port, a socket path, or an inherited socket."""

    def __init__(self, *options, listen="127.0.0.1:0", **popen):
        self.log = tempfile.TemporaryFile()
        began = time.monotonic()
        self.process = subprocess.Popen([SERVER, listen, *options], stdout=subprocess.PIPE,
                                        stderr=self.log, **popen)
        self.address = self.process.stdout.readline().decode().strip()
        self.start_seconds = time.monotonic() - began
        if not self.address:
            said = self.lines()
            self.stop()
            raise RuntimeError("the test server did not start: " + said)
        self.path = self.address[5:] if self.address.startswith("unix:") else None
        self.port = None if self.path else int(self.address.rsplit(":", 1)[1])
        self.host = "localhost" if self.path else f"127.0.0.1:{self.port}"

    def connect(self, timeout=10):
        if self.path:
            connection = socket.socket(socket.AF_UNIX)
            connection.settimeout(timeout)
            connection.connect(self.path)
            return connection
        return socket.create_connection(("127.0.0.1", self.port), timeout)

    def lines(self):
        if not self.log.closed:
            self.log.seek(0)
            self.said = self.log.read().decode()
        return self.said

    def stop(self, wait=30):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(wait)
        self.process.stdout.close()
        self.lines()
        self.log.close()
        return status

    def rss(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)) * 1024

    def peak(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1)) * 1024


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def __getitem__(self, name):
        found = [value for key, value in self.headers if key == name]
        return found[0] if found else None

    def all(self, name):
        return [value for key, value in self.headers if key == name]


class Closed(Exception):
    pass


class Reader:
    """Reads answers from a connection one after the other."""

    def __init__(self, connection):
        self.connection, self.buffer = connection, b""

    def more(self):
        try:
            piece = self.connection.recv(65536)
        except ConnectionResetError:
            piece = b""
        if not piece:
            raise Closed()
        self.buffer += piece

    def answer(self, head=False):
        while b"\r\n\r\n" not in self.buffer:
            self.more()
        top, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        first, *lines = top.decode("latin-1").split("\r\n")
        status = int(first.split()[1])
        if status == 100:
            return self.answer(head)
        headers = [tuple(line.split(": ", 1)) for line in lines]
        headers = [(name.lower(), value) for name, value in headers]
        length = int(dict(headers).get("content-length", "0"))
        if head or status in (204, 304):
            length = 0
        while len(self.buffer) < length:
            self.more()
        body, self.buffer = self.buffer[:length], self.buffer[length:]
        return Answer(status, headers, body)

    def closed(self):
        """Whether nothing more comes but the end."""
        if self.buffer:
            return False
        try:
            self.more()
        except Closed:
            return True
        except socket.timeout:
            return False
        return False


def request(server, method="GET", path="/", headers=(), body=b"", host=None, version="HTTP/1.1"):
    lines = [f"{method} {path} {version}", f"Host: {host or server.host}"]
    lines += [f"{name}: {value}" for name, value in headers]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body


def ask(server, *arguments, **named):
    head = bool(arguments) and arguments[0] == "HEAD"
    with server.connect() as connection:
        connection.sendall(request(server, *arguments, **named))
        return Reader(connection).answer(head)


def answers(server, data, timeout=5, pieces=None):
    """All answers to these bytes until the connection is closed, and whether it was."""
    found = []
    with server.connect(timeout) as connection:
        for piece in pieces or [data]:
            connection.sendall(piece)
            if pieces:
                time.sleep(0.03)
        reader = Reader(connection)
        try:
            while True:
                found.append(reader.answer())
        except Closed:
            return found, True
        except socket.timeout:
            return found, False


class WithServer(unittest.TestCase):
    options = ()

    @classmethod
    def setUpClass(cls):
        cls.server = Server(*cls.options)

    @classmethod
    def tearDownClass(cls):
        assert cls.server.stop() == 0, cls.server.lines()

    def check_headers(self, answer, cache="no-store", secure=False):
        names = [name for name, _ in answer.headers]
        for name, value in ALWAYS.items():
            self.assertEqual(answer.all(name), [value], name)
        allowed = MAY | set(ALWAYS)
        if secure:
            allowed.add("strict-transport-security")
            self.assertTrue(answer["strict-transport-security"].startswith("max-age=63072000"))
        self.assertEqual(set(names) - allowed, set())
        self.assertEqual(answer["cache-control"], cache)
        self.assertRegex(answer["date"], r"^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$")
        for name in set(names) - {"set-cookie"}:
            self.assertEqual(names.count(name), 1, name)

    def changes(self):
        return json.loads(ask(self.server, path="/changes").body)["changes"]

    def token(self, session="alice"):
        return ask(self.server, path="/form",
                   headers=[("Cookie", f"session={session}")]).body.decode()


def main():
    """Runs the tests of the calling file."""
    result = unittest.main(exit=False, verbosity=1).result
    bad = len(result.failures) + len(result.errors)
    print(f"{max(0, result.testsRun - bad)} passed, {bad} failed")
    sys.exit(bool(bad))

#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The HTTP layer on the wire: http_test.py SERVER [unittest arguments]

Starts tests/unit/web/test_server.c on a free port of the loopback, speaks to it byte by byte, and
closes with "N passed, N failed". Nothing leaves the machine.
"""
import gzip
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

SERVER = None
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


class Answers(WithServer):
    def test_starts_within_a_second(self):
        self.assertLess(self.server.start_seconds, 1 * SLOW)

    def test_every_answer_has_the_headers(self):
        for method, path, status in [
                ("GET", "/", 200), ("HEAD", "/", 200), ("GET", "/large", 200), ("GET", "/nothing", 404),
                ("GET", "/fails", 500), ("GET", "/empty", 500), ("GET", "/conflict", 409),
                ("GET", "/api/conflict", 409), ("GET", "/private", 404), ("GET", "/form", 303),
                ("POST", "/", 405), ("OPTIONS", "/", 405), ("GET", "/health", 200),
                ("GET", "/download", 200), ("GET", "/cookies", 200), ("GET", "/echo/x/", 308),
                ("GET", "/%2e%2e", 400), ("GET", "/" + "a" * 5000, 414), ("GET", "/x?a=%", 404),
                ("GET", "/echo/x?a=%", 400), ("GET", "/echo/x?a=%ff", 400),
                ("GET", "/api/nothing", 404)]:
            with self.subTest(f"{method} {path[:40]}"):
                answer = ask(self.server, method, path)
                self.assertEqual(answer.status, status)
                self.check_headers(answer)
                if status != 303 and status != 308:
                    self.assertTrue(answer["content-type"])

    def test_head_is_get_without_the_body(self):
        for path in ["/", "/large", "/nothing", "/assets/0123456789abcdef/css/site.css"]:
            whole, head = ask(self.server, "GET", path), ask(self.server, "HEAD", path)
            self.assertEqual(head.body, b"")
            whole.headers = [pair for pair in whole.headers if pair[0] != "date"]
            head.headers = [pair for pair in head.headers if pair[0] != "date"]
            self.assertEqual(whole.headers, head.headers)

    def test_several_requests_of_a_connection_are_answered_in_order(self):
        with self.server.connect() as connection:
            reader = Reader(connection)
            connection.sendall(b"".join(
                request(self.server, path=f"/echo/{i}?q={i}") for i in range(20)))
            for i in range(20):
                self.assertEqual(reader.answer().body, f"name={i}\nq={i}".encode())
            connection.sendall(request(self.server, path="/echo/last"))
            self.assertEqual(reader.answer().body, b"name=last")

    def test_a_request_in_single_bytes_is_one(self):
        data = request(self.server, path="/echo/a?b=c")
        found, _ = answers(self.server, data, 1, [data[i:i + 7] for i in range(0, len(data), 7)])
        self.assertEqual([one.body for one in found], [b"name=a\nb=c"])

    def test_http_1_0_is_answered_and_closed(self):
        found, closed = answers(self.server, request(self.server, version="HTTP/1.0"))
        self.assertEqual([one.status for one in found], [200])
        self.assertTrue(closed)

    def test_paths_and_queries_are_decoded_once(self):
        for path, body in [("/echo/Zo%C3%AB?n=a+b%2B", b"name=Zo\xc3\xab\nn=a b+"),
                           ("/echo/%2541", b"name=%41"), ("/echo/a;b=c", b"name=a;b=c"),
                           ("/echo/x?a=1&a=2&&b", b"name=x\na=1\na=2\nb=")]:
            self.assertEqual(ask(self.server, path=path).body, body)

    def test_plain_text_wins_over_a_name(self):
        self.assertIn(b"<title>Test", ask(self.server, path="/echo/fixed").body)

    def test_a_trailing_slash_leads_to_the_page_without(self):
        answer = ask(self.server, path="/echo/x/?a=b")
        self.assertEqual((answer.status, answer["location"]), (308, "/echo/x?a=b"))

    def test_other_methods_are_refused_with_those_that_are_not(self):
        for method in ["OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "PUT", "X"]:
            answer = ask(self.server, method, "/form")
            self.assertEqual((answer.status, answer["allow"]), (405, "GET, HEAD, POST"), method)
        self.assertEqual(ask(self.server, "PUT", "/api/save")["allow"], "POST, DELETE")

    def test_errors_are_pages_for_people_and_problems_for_programs(self):
        page = ask(self.server, path="/conflict")
        self.assertEqual(page["content-type"], "text/html; charset=utf-8")
        self.assertIn(b"Somebody else changed this.", page.body)
        problem = ask(self.server, path="/api/conflict")
        self.assertEqual(problem["content-type"], "application/problem+json")
        said = json.loads(problem.body)
        self.assertEqual((said["status"], said["title"], said["detail"]),
                         (409, "Conflict", "Somebody else changed this."))

    def test_what_went_wrong_inside_stays_inside(self):
        answer = ask(self.server, path="/fails")
        self.assertEqual(answer.status, 500)
        self.assertNotIn(b"Jane", answer.body)
        self.assertNotIn(b"half an ans", answer.body)
        self.assertIsNone(answer["set-cookie"])

    def test_a_handler_cannot_split_the_answer(self):
        answer = ask(self.server, path="/split")
        self.assertEqual((answer.status, answer["set-cookie"]), (500, None))

    def test_a_download_has_a_safe_name(self):
        self.assertEqual(ask(self.server, path="/download")["content-disposition"],
                         "attachment; filename=\"_.__Zo____.csv\"; "
                         "filename*=UTF-8''..%2F%22Zo%C3%AB%0D%0A.csv")

    def test_cookies_of_plain_http(self):
        answer = ask(self.server, path="/cookies", headers=[("Cookie", "a=b; seen=before; c=d")])
        self.assertEqual(answer.body, b"before")
        self.assertEqual(answer.all("set-cookie"), [
            "seen=yes; Path=/; HttpOnly; SameSite=Lax; Max-Age=60",
            "strict=1; Path=/; HttpOnly; SameSite=Strict",
            "gone=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"])

    def test_a_cookie_that_came_twice_is_none(self):
        for headers in [[("Cookie", "seen=a; seen=b")], [("Cookie", "seen=a"), ("Cookie", "x=y")],
                        [("Cookie", "seen=a\"b")], [("Cookie", "xseen=a")]]:
            self.assertEqual(ask(self.server, path="/cookies", headers=headers).body, b"none")

    def test_long_answers_are_packed_when_asked_for(self):
        plain = ask(self.server, path="/large")
        self.assertIsNone(plain["content-encoding"])
        for accepts, packed in [("gzip", True), ("br, gzip;q=0.5", True), ("*", True),
                                ("gzip;q=0", False), ("br", False), ("identity", False),
                                ("*;q=0", False), ("gzip;q=0.000", False)]:
            answer = ask(self.server, path="/large", headers=[("Accept-Encoding", accepts)])
            self.assertEqual(answer["content-encoding"], "gzip" if packed else None, accepts)
            body = gzip.decompress(answer.body) if packed else answer.body
            self.assertEqual(body, plain.body)
            self.assertEqual(answer["vary"], "Accept-Encoding")
        short = ask(self.server, path="/", headers=[("Accept-Encoding", "gzip")])
        self.assertIsNone(short["content-encoding"])

    def test_assets_are_kept_for_ever_under_their_hash(self):
        page = ask(self.server, path="/").body.decode()
        path = re.search(r'href="([^"]+)"', page).group(1)
        for accepts in ([], [("Accept-Encoding", "gzip")]):
            asset = ask(self.server, path=path, headers=accepts)
            self.check_headers(asset, "public, max-age=31536000, immutable")
            self.assertEqual(asset["content-type"], "text/css; charset=utf-8")
            self.assertEqual(asset["content-encoding"], "gzip" if accepts else None)
            for known in [asset["etag"], "\"x\", W/" + asset["etag"], "*"]:
                same = ask(self.server, path=path, headers=accepts + [("If-None-Match", known)])
                self.assertEqual((same.status, same.body), (304, b""))
                self.assertEqual(same["etag"], asset["etag"])
                self.check_headers(same, "public, max-age=31536000, immutable")
            other = ask(self.server, path=path, headers=accepts + [("If-None-Match", '"x"')])
            self.assertEqual(other.status, 200)

    def test_nothing_but_assets_is_served_below_assets(self):
        for path in ["/assets/0123456789abcdef/site.js", "/assets/0000000000001111/sql/child.sql",
                     "/assets/0000000000001111/child.sql", "/assets/0123456789abcdef/css",
                     "/assets/0123456789ABCDEF/css/site.css", "/assets/x", "/assets",
                     "/assets/0123456789abcdef/built/css/site.css"]:
            answer = ask(self.server, path=path)
            self.assertEqual(answer.status, 404, path)
            self.check_headers(answer)


def traversals():
    """Ways to say "somewhere else", as scanners try them."""
    dots = ["..", "%2e%2e", "%2E.", ".%2e", "%252e%252e", "..;", "..%00", "%c0%ae%c0%ae",
            "%e0%80%ae%e0%80%ae", "%f0%80%80%ae%f0%80%80%ae", "....", "..%20", "%uff0e%uff0e",
            "\uff0e\uff0e".encode().decode("latin-1"), ".%00.", "..%0d", "..%09", "%%32%65%%32%65"]
    slashes = ["/", "\\", "%2f", "%2F", "%5c", "%252f", "%c0%af", "%e0%80%af", "//", "/./", "%00/"]
    ends = ["etc/passwd", "sql/child.sql", "etc/passwd%00.css"]
    for dot in dots:
        for slash in slashes:
            for end in ends:
                yield f"/assets/0123456789abcdef/{(dot + slash) * 3}{end}"
                yield f"/{dot}{slash}{end}"
    for whole in ["//etc/passwd", "/assets//etc/passwd", "/assets/0123456789abcdef//etc/passwd",
                  "/file:///etc/passwd", "file:///etc/passwd", "http://localhost/", "*", "etc",
                  "/assets/0123456789abcdef/css/site.css/", "/assets/0123456789abcdef/css/./site.css",
                  "/assets/0123456789abcdef/css//site.css",
                  "/assets/0123456789abcdef/css/../css/site.css", "/echo/%2fetc%2fpasswd",
                  "/echo/a%2fb", "/echo/a%5cb", "/echo/a%00b", "/echo/%0d%0aSet-Cookie:x",
                  "/echo/..", "/echo/.", "/echo/%2e", "/echo/\\..\\x", "/#/", "/a#b", "/a\"b", "/<x>",
                  "/echo/%", "/echo/%4", "/echo/%zz", "/echo/%C3", "/echo/%ed%a0%80", "/echo/%7f"]:
        yield whole


class Paths(WithServer):
    options = ("quiet=1",)

    def test_no_path_leads_elsewhere(self):
        tried = 0
        for path in traversals():
            with self.server.connect() as connection:
                connection.sendall(request(self.server, path=path))
                try:
                    answer = Reader(connection).answer()
                except Closed:
                    answer = None  # not even a request line
            tried += 1
            if answer is None:
                continue
            with self.subTest(path):
                self.assertIn(answer.status, (308, 400, 404))
                self.assertNotIn(b"root:", answer.body)
                self.assertNotIn(b"select", answer.body)
                self.check_headers(answer)
                if answer.status == 308:
                    self.assertRegex(answer["location"], "^/[^/]")
        self.assertGreater(tried, 1000)


# What two programs could read in two ways. None of them may reach a handler.
HOST = b"Host: localhost\r\n"
BODY = b"Content-Type: application/x-www-form-urlencoded\r\n"
SMUGGLED = b"GET /echo/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"
REFUSED = [
    ("two lengths that differ", 400,
     b"POST /form HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\na=b&cc"),
    ("two lengths that are the same", 400,
     b"POST /form HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\nContent-Length: 3\r\n\r\na=b"),
    ("a list of lengths", 400, b"POST /form HTTP/1.1\r\n" + HOST + b"Content-Length: 3, 3\r\n\r\na=b"),
    ("a signed length", 400, b"POST /form HTTP/1.1\r\n" + HOST + b"Content-Length: +3\r\n\r\na=b"),
    ("a negative length", 400, b"POST /form HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\n"),
    ("a hexadecimal length", 400, b"POST /form HTTP/1.1\r\n" + HOST + b"Content-Length: 0x3\r\n\r\na=b"),
    ("a length with a space in it", 400,
     b"POST /form HTTP/1.1\r\n" + HOST + b"Content-Length: 3 3\r\n\r\na=b"),
    ("an empty length", 400, b"POST /form HTTP/1.1\r\n" + HOST + b"Content-Length: \r\n\r\n"),
    ("an endless length", (400, 413),
     b"POST /form HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999999999999999999\r\n\r\n"),
    ("a length with a space before the colon", 400,
     b"POST /form HTTP/1.1\r\n" + HOST + b"Content-Length : 3\r\n\r\na=b"),
    ("length and chunks", 400, b"POST /form HTTP/1.1\r\n" + HOST +
     b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED),
    ("chunks and length", 400, b"POST /form HTTP/1.1\r\n" + HOST +
     b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n5c\r\n" + SMUGGLED + b"\r\n0\r\n\r\n"),
    ("chunks", 411, b"POST /form HTTP/1.1\r\n" + HOST +
     b"Transfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n" + SMUGGLED),
    ("chunks twice", 411, b"POST /form HTTP/1.1\r\n" + HOST +
     b"Transfer-Encoding: chunked\r\nTransfer-Encoding: cow\r\n\r\n0\r\n\r\n" + SMUGGLED),
    ("chunks with a tab", 411, b"POST /form HTTP/1.1\r\n" + HOST +
     b"Transfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n" + SMUGGLED),
    ("another encoding", 411, b"POST /form HTTP/1.1\r\n" + HOST +
     b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + SMUGGLED),
    ("identity", 411, b"POST /form HTTP/1.1\r\n" + HOST +
     b"Transfer-Encoding: identity\r\n\r\n" + SMUGGLED),
    ("an encoding with a space before the colon", 400, b"POST /form HTTP/1.1\r\n" + HOST +
     b"Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + SMUGGLED),
    ("an encoding after a folded line", 400, b"POST /form HTTP/1.1\r\n" + HOST +
     b"X: y\r\n Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + SMUGGLED),
    ("a folded encoding", 400, b"POST /form HTTP/1.1\r\n" + HOST +
     b"Transfer-Encoding:\r\n chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + SMUGGLED),
    ("an encoding behind a vertical tab", (400, 411), b"POST /form HTTP/1.1\r\n" + HOST +
     b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n" + SMUGGLED),
    ("chunks of HTTP/1.0", 400, b"POST /form HTTP/1.0\r\n" + HOST +
     b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED),
    ("no host", 400, b"GET / HTTP/1.1\r\n\r\n"),
    ("no host in HTTP/1.0", 400, b"GET / HTTP/1.0\r\n\r\n"),
    ("an empty host", 400, b"GET / HTTP/1.1\r\nHost:\r\n\r\n"),
    ("two hosts", 400, b"GET / HTTP/1.1\r\n" + HOST + b"Host: elsewhere\r\n\r\n"),
    ("the same host twice", 400, b"GET / HTTP/1.1\r\n" + HOST + HOST + b"\r\n"),
    ("a host with a path", 400, b"GET / HTTP/1.1\r\nHost: localhost/x\r\n\r\n"),
    ("a host with a name before it", 400, b"GET / HTTP/1.1\r\nHost: me@localhost\r\n\r\n"),
    ("another host", 421, b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"),
    ("a host that begins like ours", 421, b"GET / HTTP/1.1\r\nHost: localhost.evil.example\r\n\r\n"),
    ("a host that rebinds", 421, b"GET / HTTP/1.1\r\nHost: 127.0.0.1.evil.example:80\r\n\r\n"),
    ("a host with a port of letters", 421, b"GET / HTTP/1.1\r\nHost: localhost:x\r\n\r\n"),
    ("a folded line", 400, b"GET / HTTP/1.1\r\n" + HOST + b"X: a\r\n b\r\n\r\n"),
    ("a line folded with a tab", 400, b"GET / HTTP/1.1\r\n" + HOST + b"X: a\r\n\tb\r\n\r\n"),
    ("a fold without words", 400, b"GET / HTTP/1.1\r\n" + HOST + b"X: a\r\n \r\n\r\n"),
    ("a fold of the first line", 400, b"GET / HTTP/1.1\r\n X: a\r\n" + HOST + b"\r\n"),
    ("a request line that ends in LF", 400, b"GET / HTTP/1.1\n" + HOST + b"\r\n"),
    ("a header that ends in LF", 400, b"GET / HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n"),
    ("a last header that ends in LF", 400, b"GET / HTTP/1.1\r\nX: y\r\nHost: localhost\n\r\n" + SMUGGLED),
    ("all lines end in LF", 400, b"GET / HTTP/1.1\nHost: localhost\n\n" + SMUGGLED),
    ("an empty line of LF", 400, b"GET / HTTP/1.1\r\nHost: localhost\r\n\n" + SMUGGLED),
    ("a CR in a value", 400, b"GET / HTTP/1.1\r\n" + HOST + b"X: a\rb\r\n\r\n"),
    ("a zero in a value", 400, b"GET / HTTP/1.1\r\n" + HOST + b"X: a\0b\r\n\r\n"),
    ("a zero in a name", 400, b"GET / HTTP/1.1\r\n" + HOST + b"X\0Y: b\r\n\r\n"),
    ("a zero in the path", 400, b"GET /\0 HTTP/1.1\r\n" + HOST + b"\r\n"),
    ("a header without a colon", 400, b"GET / HTTP/1.1\r\n" + HOST + b"Broken\r\n\r\n"),
    ("a header without a name", 400, b"GET / HTTP/1.1\r\n" + HOST + b": x\r\n\r\n"),
    ("a header with a space in its name", 400, b"GET / HTTP/1.1\r\n" + HOST + b"X Y: b\r\n\r\n"),
    ("a header with a letter that is none", 400, b"GET / HTTP/1.1\r\n" + HOST + b"X\xff: b\r\n\r\n"),
    ("two spaces in the request line", 400, b"GET  / HTTP/1.1\r\n" + HOST + b"\r\n"),
    ("a space in the path", 400, b"GET /a b HTTP/1.1\r\n" + HOST + b"\r\n"),
    ("a tab in the path", 400, b"GET /a\tb HTTP/1.1\r\n" + HOST + b"\r\n"),
    ("another version", 400, b"GET / HTTP/1.7\r\n" + HOST + b"\r\n"),
    ("a method that is no word", 400, b"G@T / HTTP/1.1\r\n" + HOST + b"\r\n"),
    ("a whole address as target", 400, b"GET http://localhost/ HTTP/1.1\r\n" + HOST + b"\r\n"),
    ("an expectation", 417, b"GET / HTTP/1.1\r\n" + HOST + b"Expect: tea\r\n\r\n"),
    ("an overridden method", 400,
     b"POST /form HTTP/1.1\r\n" + HOST + b"X-HTTP-Method-Override: DELETE\r\n\r\n"),
    ("a long address", 414, b"GET /" + b"a" * 6000 + b" HTTP/1.1\r\n" + HOST + b"\r\n"),
    ("a long query", 414, b"GET /?" + b"a" * 6000 + b" HTTP/1.1\r\n" + HOST + b"\r\n"),
    ("a long header", 431, b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 9000 + b"\r\n\r\n"),
    ("long headers", 431, b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 7000 + b"\r\nY: " +
     b"a" * 7000 + b"\r\nZ: " + b"a" * 7000 + b"\r\n\r\n"),
    ("headers longer than memory", 431, b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 100000),
    ("many headers", 431, b"GET / HTTP/1.1\r\n" + HOST + b"X: y\r\n" * 70 + b"\r\n"),
    ("very many headers", 431, b"GET / HTTP/1.1\r\n" + HOST + b"X: y\r\n" * 3000 + b"\r\n"),
    ("a body where none is taken", 413,
     b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\n\r\nhello" + SMUGGLED),
]


class Guard(WithServer):
    def test_what_can_be_read_in_two_ways_is_refused(self):
        before = self.changes()
        for name, status, data in REFUSED:
            with self.subTest(name):
                found, closed = answers(self.server, data)
                self.assertEqual(len(found), 1, [one.status for one in found])
                self.assertIn(found[0].status, status if isinstance(status, tuple) else (status,))
                if found[0].status not in (417,):
                    self.check_headers(found[0])
                self.assertTrue(closed, "the connection stays open")
                self.assertNotIn(b"smuggled", found[0].body)
        self.assertEqual(self.changes(), before)

    def test_what_is_no_http_is_not_answered_as_if_it_were(self):
        for data in [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc", b"SSH-2.0-x\r\n", b"GET /\r\n\r\n",
                     b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET / HTTP/0.9\r\n\r\n",
                     b"GET /" + b"a" * 100000, b"\r\n\r\n\0\0\0\r\n\r\n", b"GET / HTTP/1.1 \r\n\r\n"]:
            found, _ = answers(self.server, data, 1)
            self.assertTrue(all(one.status >= 400 for one in found), data[:20])

    def test_good_requests_pass_the_same_guard(self):
        many = [(f"X-{i}", "y") for i in range(60)]
        for headers in [many, [("X", "a" * 8000)], [("X", "")], [("X", "  a  ")], [("X", "a\tb")],
                        [("X", "\xe9")], [("Expect", "100-continue")], [("Content-Length", "0")]]:
            self.assertEqual(ask(self.server, headers=headers).status, 200, headers[0][0])

    def test_forwarded_addresses_are_not_believed_on_tcp(self):
        body = ask(self.server, path="/client", headers=[
            ("X-Forwarded-For", "10.1.2.3"), ("X-Forwarded-Host", "evil.example"),
            ("X-Forwarded-Proto", "https"), ("X-Real-IP", "10.1.2.3"),
            ("Forwarded", "for=10.1.2.3")]).body.decode()
        self.assertEqual(body, f"127.0.0.1 http://{self.server.host}")


class Forms(WithServer):
    good_type = ("Content-Type", "application/x-www-form-urlencoded")

    def send(self, token=None, session="alice", path="/form", type_=None, origin=True, site=None,
             method="POST", extra=(), body=None, token_name="csrf"):
        headers = [("Cookie", f"session={session}"), type_ or self.good_type]
        if origin is True:
            headers.append(("Origin", "http://" + self.server.host))
        elif origin:
            headers.append(("Origin", origin))
        if site:
            headers.append(("Sec-Fetch-Site", site))
        headers += extra
        if body is None:
            body = f"note=hello&{token_name}={token}" if token is not None else "note=hello"
        return ask(self.server, method, path, headers, body.encode())

    def test_our_own_form_gets_through(self):
        before = self.changes()
        for named in [{"origin": True}, {"origin": True, "site": "same-origin"},
                      {"origin": None, "site": "same-origin"}]:
            answer = self.send(self.token(), **named)
            self.assertEqual((answer.status, answer["location"]), (303, "/form"), named)
        self.assertEqual(self.send(extra=[("X-CSRF-Token", self.token())]).status, 303)
        self.assertEqual(self.changes(), before + 4)

    def test_forgeries_are_refused(self):
        before, good, others = self.changes(), self.token(), self.token("bob")
        stale = "A" * 8 + good[8:]
        forgeries = {
            "no token": self.send(),
            "an empty token": self.send(""),
            "another user's token": self.send(others),
            "a token from before signing in": self.send(good, session="alice2"),
            "a token that was changed": self.send(good[:-1] + ("A" if good[-1] != "A" else "B")),
            "an old token": self.send(stale),
            "two tokens": self.send(body=f"note=x&csrf={good}&csrf={others}"),
            "no origin": self.send(good, origin=None),
            "another origin": self.send(good, origin="http://evil.example"),
            "an origin of another port": self.send(good, origin="http://127.0.0.1:1"),
            "an origin of another scheme": self.send(good, origin="https://" + self.server.host),
            "a null origin": self.send(good, origin="null"),
            "another site": self.send(good, site="cross-site"),
            "a neighbouring site": self.send(good, site="same-site"),
            "typed by hand": self.send(good, site="none"),
            "our origin from another site": self.send(good, origin=True, site="cross-site"),
            "two origins": self.send(good, extra=[("Origin", "http://evil.example")]),
            "an overridden method": self.send(good, extra=[("X-HTTP-Method-Override", "PUT")]),
        }
        for name, answer in forgeries.items():
            self.assertIn(answer.status, (400, 403), name)
            self.check_headers(answer)
        by_get = ask(self.server, "GET", f"/form?note=x&csrf={good}&_method=POST",
                     [("Cookie", "session=alice")])
        self.assertEqual(by_get.status, 200)
        for type_ in ["text/plain", "multipart/form-data; boundary=x", "application/json",
                      "application/x-www-form-urlencodedx"]:
            self.assertEqual(self.send(good, type_=("Content-Type", type_)).status, 415, type_)
        self.assertEqual(self.send(good, session="").status, 303)  # to the sign-in page
        self.assertEqual(self.changes(), before)

    def test_the_api_asks_for_the_token_in_a_header(self):
        before = self.changes()
        json_type = ("Content-Type", "application/json")
        token = [("X-CSRF-Token", self.token())]
        self.assertEqual(self.send(path="/api/save", type_=json_type, body="{}").status, 403)
        self.assertEqual(self.send(path="/api/save", type_=("Content-Type", "text/plain"), body="{}",
                                   extra=token).status, 415)
        self.assertEqual(self.send(path="/api/save", type_=json_type, body="{}", extra=token,
                                   origin="http://evil.example").status, 403)
        self.assertEqual(self.send(path="/api/save", type_=json_type, body="{}", method="DELETE",
                                   extra=token).status, 413)
        self.assertEqual(self.changes(), before)
        saved = self.send(path="/api/save", type_=json_type, body="{}", extra=token)
        self.assertEqual((saved.status, saved.body), (200, b'{"bytes":2}\n'))
        key = [("Authorization", "Bearer test"), json_type]
        self.assertEqual(ask(self.server, "POST", "/api/save", key, b"{}").status, 200)
        self.assertEqual(ask(self.server, "POST", "/api/save",
                             [("Authorization", "Bearer other"), json_type], b"{}").status, 303)

    def test_what_is_too_long_is_refused_before_it_is_read(self):
        good = self.token()
        head = request(self.server, "POST", "/form", [
            ("Cookie", "session=alice"), self.good_type, ("Content-Length", "5000"),
            ("Origin", "http://" + self.server.host), ("X-CSRF-Token", good)])
        found, closed = answers(self.server, head)
        self.assertEqual(([one.status for one in found], closed), ([413], True))
        expecting = head.replace(b"Origin:", b"Expect: 100-continue\r\nOrigin:")
        found, closed = answers(self.server, expecting)
        self.assertEqual(([one.status for one in found], closed), ([413], True))
        # a person's browser sends it all the same, and shall read the answer
        with self.server.connect() as connection:
            connection.sendall(head + b"a" * 5000)
            self.assertEqual(Reader(connection).answer().status, 413)

    def test_an_expected_body_is_asked_for(self):
        body = f"note=x&csrf={self.token()}".encode()
        with self.server.connect() as connection:
            connection.sendall(request(self.server, "POST", "/form", [
                ("Cookie", "session=alice"), self.good_type, ("Content-Length", str(len(body))),
                ("Expect", "100-continue"), ("Origin", "http://" + self.server.host)]))
            self.assertEqual(connection.recv(100), b"HTTP/1.1 100 Continue\r\n\r\n")
            connection.sendall(body)
            self.assertEqual(Reader(connection).answer().status, 303)

    def test_a_form_that_is_no_text_is_refused(self):
        good = self.token()
        for note in ["%", "%4", "%zz", "%00", "%ff", "%ed%a0%80", "%1b", "%7f"]:
            self.assertEqual(self.send(body=f"csrf={good}&note={note}").status, 400, note)
        self.assertEqual(self.send(body=f"csrf={good}&" + "a=b&" * 600).status, 413)
        self.assertEqual(self.send(good, body=f"csrf={good}").status, 400)


class Uploads(WithServer):
    boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW"

    def part(self, name, value, file_name=None, type_="text/csv"):
        top = f'--{self.boundary}\r\nContent-Disposition: form-data; name="{name}"'
        if file_name is not None:
            top += f'; filename="{file_name}"\r\nContent-Type: {type_}'
        return top.encode() + b"\r\n\r\n" + value + b"\r\n"

    def head(self, length, extra=()):
        return request(self.server, "POST", "/upload", [
            ("Cookie", "session=alice"), ("Origin", "http://" + self.server.host),
            ("Content-Type", f"multipart/form-data; boundary={self.boundary}"),
            ("Content-Length", str(length)), *extra])

    def send(self, *parts, end=True, extra=()):
        body = b"".join(parts) + (f"--{self.boundary}--\r\n".encode() if end else b"")
        with self.server.connect() as connection:
            connection.sendall(self.head(len(body), extra) + body)
            return Reader(connection).answer()

    def csrf(self):
        return self.part("csrf", self.token().encode())

    @staticmethod
    def sum(data):
        total = 0
        for byte in data:
            total = (total * 31 + byte) & 0xffffffffffffffff
        return total

    def test_files_arrive_as_they_were_sent(self):
        tricky = (b"\r\n--" + self.boundary[:-1].encode() + b"\r\n" + b"\r" * 5 + b"\n--\r\n\r\n-" +
                  bytes(range(256)) * 40)
        answer = self.send(self.csrf(), self.part("f", tricky, "a.csv"), self.part("f", b"", ""),
                           self.part("note", "Zo\u00eb".encode()))
        self.assertEqual(answer.body.decode(),
                         f"2 files, {len(tricky)} bytes, {self.sum(tricky):016x}\n")

    def test_no_file_is_taken_before_the_token(self):
        before = self.changes()
        file, bad = self.part("f", b"a,b", "a.csv"), self.part("csrf", b"x" * 64)
        for parts in [(file,), (file, self.csrf()), (bad, file), (self.part("note", b"x"),), (bad,)]:
            self.assertEqual(self.send(*parts).status, 403)
        self.assertEqual(self.changes(), before)
        self.assertEqual(self.send(file, extra=[("X-CSRF-Token", self.token())]).status, 200)

    def test_damaged_forms_are_refused(self):
        before, csrf = self.changes(), self.csrf()
        for name, parts, end in [
                ("no end", (csrf, self.part("f", b"a", "a.csv")), False),
                ("no name", (csrf, self.part("", b"a")), True),
                ("something before", (b"x", csrf), True),
                ("a broken head", (csrf, f"--{self.boundary}\r\nX\r\n\r\n".encode()), True),
                ("no head", (csrf, f"--{self.boundary}\r\n\r\nx\r\n".encode()), True),
                ("an encoding", (csrf, f"--{self.boundary}\r\nContent-Disposition: form-data; "
                                 "name=\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\nx\r\n"
                                 .encode()), True),
                ("two names", (csrf, f"--{self.boundary}\r\nContent-Disposition: form-data; "
                               "name=\"a\"; name=\"b\"\r\n\r\nx\r\n".encode()), True),
                ("a long head", (csrf, f"--{self.boundary}\r\nX: ".encode() + b"a" * 5000), True),
                ("a zero in a field", (csrf, self.part("a", b"\0")), True),
                ("what the page refuses", (csrf, self.part("f", b"a", "refuse.csv")), True)]:
            answer = self.send(*parts, end=end)
            self.assertEqual(answer.status, 400, name)
            self.check_headers(answer)
        self.assertEqual(self.send(csrf, *[self.part("a", b"b")] * 300).status, 413)
        self.assertEqual(self.send(csrf, self.part("a", b"b" * 300000)).status, 413)
        self.assertEqual(self.changes(), before)

    def test_48_megabytes_pass_in_little_memory(self):
        size = 48 * 1024 * 1024
        block = os.urandom(65536)
        server = Server("quiet=1")
        token = ask(server, path="/form", headers=[("Cookie", "session=alice")]).body
        top = self.part("csrf", token) + self.part("f", b"", "large.csv")[:-2]
        end = f"\r\n--{self.boundary}--\r\n".encode()
        before = server.rss()
        with server.connect(60) as connection:
            head = self.head(len(top) + size + len(end))
            connection.sendall(head.replace(self.server.host.encode(), server.host.encode()) + top)
            for _ in range(size // len(block)):
                connection.sendall(block)
            connection.sendall(end)
            answer = Reader(connection).answer()
        self.assertIn(f"1 files, {size} bytes", answer.body.decode())
        if SLOW == 1:
            grown = server.peak() - before
            print(f"48 MB upload: {grown / 1024 / 1024:.2f} MB of memory", file=sys.stderr)
            self.assertLess(grown, 8 * 1024 * 1024)
        server.stop()


class BehindTls(WithServer):
    options = ("origin=https://hearth.example",)

    def test_the_site_is_the_one_people_type(self):
        answer = ask(self.server, host="hearth.example")
        self.assertEqual(answer.status, 200)
        self.check_headers(answer, secure=True)
        for host in ["127.0.0.1", "localhost", "hearth.example.org", "hearth.example:1",
                     "xhearth.example"]:
            refused = ask(self.server, host=host)
            self.assertEqual(refused.status, 421, host)
            self.check_headers(refused, secure=True)

    def test_cookies_are_bound_to_the_host(self):
        answer = ask(self.server, path="/cookies", host="hearth.example",
                     headers=[("Cookie", "__Host-seen=a; seen=b")])
        self.assertEqual(answer.body, b"a")
        self.assertEqual(answer.all("set-cookie")[0],
                         "__Host-seen=yes; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60")

    def test_forms_come_from_its_origin(self):
        cookie = ("Cookie", "__Host-session=alice")
        token = ask(self.server, path="/form", host="hearth.example", headers=[cookie]).body
        for origin, status in [("https://hearth.example", 303), ("http://hearth.example", 403)]:
            answer = ask(self.server, "POST", "/form", [
                cookie, ("Origin", origin), ("Content-Type", "application/x-www-form-urlencoded")],
                b"note=x&csrf=" + token, host="hearth.example")
            self.assertEqual(answer.status, status)


class Sockets(unittest.TestCase):
    def test_a_unix_socket_and_the_proxy_behind_it(self):
        with tempfile.TemporaryDirectory() as folder:
            path = folder + "/hearth.sock"
            for options, expected in [(("origin=https://h.example", "proxy=1"), "10.1.2.3"),
                                      (("origin=https://h.example",), "")]:
                server = Server(*options, listen="unix:" + path)
                self.assertEqual(os.stat(path).st_mode & 0o777, 0o660)
                body = ask(server, path="/client", host="h.example", headers=[
                    ("X-Forwarded-For", "6.6.6.6, 10.1.2.3")]).body.decode()
                self.assertEqual(body, expected + " https://h.example")
                self.assertEqual(server.stop(), 0)
                self.assertFalse(os.path.exists(path))
            with socket.socket(socket.AF_UNIX) as stale:
                stale.bind(path)
            server = Server(listen="unix:" + path)  # nobody listens at the old one
            with self.assertRaises(RuntimeError):
                Server(listen="unix:" + path)
            server.stop()
            with open(path, "w") as file:
                file.write("not a socket")
            with self.assertRaises(RuntimeError):
                Server(listen="unix:" + path)

    def test_an_address_that_is_taken_is_said_so(self):
        server = Server()
        with self.assertRaisesRegex(RuntimeError, "something else listens"):
            Server(listen=f"127.0.0.1:{server.port}")
        server.stop()
        for listen in ["127.0.0.1", "127.0.0.1:99999", "nowhere:80", "unix:x", "[::1:80", ":80"]:
            with self.assertRaises(RuntimeError):
                Server(listen=listen)

    def test_a_socket_handed_over_outlives_the_server(self):
        with socket.create_server(("127.0.0.1", 0)) as listening:
            def hand_over():
                os.dup2(listening.fileno(), 3)
                os.set_inheritable(3, True)

            command = f'export LISTEN_PID=$$ LISTEN_FDS=1; exec "{SERVER}" inherited'
            for _ in range(2):
                process = subprocess.Popen(["/bin/sh", "-c", command], stdout=subprocess.PIPE,
                                           stderr=subprocess.DEVNULL, close_fds=False,
                                           preexec_fn=hand_over)
                port = listening.getsockname()[1]
                with socket.create_connection(("127.0.0.1", port), 10) as connection:
                    connection.sendall(f"GET /health HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"
                                       .encode())
                    self.assertEqual(Reader(connection).answer().body, b'{"status":"ok"}\n')
                process.terminate()
                self.assertEqual(process.wait(30), 0)
                process.stdout.close()


class Log(unittest.TestCase):
    def test_a_line_a_request_without_personal_data(self):
        server = Server()
        ask(server, path="/echo/Jane-Doe?name=Jane+Doe", headers=[
            ("Cookie", "session=canary"), ("User-Agent", "canary"), ("Referer", "http://canary/"),
            ("X-Forwarded-For", "canary")])
        ask(server, path="/Jane-Doe/canary")
        ask(server, path="/fails")
        ask(server, "HEAD", "/large")
        answers(server, b"GET /canary HTTP/1.1\r\nHost: canary.example\r\n\r\n")
        answers(server, b"GET /canary HTTP/1.1\r\nHost: localhost\r\nCanary\r\n\r\n")
        answers(server, b"CANARY / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        server.stop()
        lines = [json.loads(line) for line in server.lines().splitlines()]
        self.assertEqual([(line["method"], line["route"], line["status"]) for line in lines], [
            ("GET", "/echo/{name}", 200), ("GET", "", 404), ("GET", "/fails", 500),
            ("HEAD", "/large", 200), ("GET", "", 421), ("other", "", 400), ("other", "", 405)])
        for line in lines:
            extra = {"error"} if line["status"] == 500 else set()
            self.assertEqual(set(line), {"time", "method", "route", "status", "ms", "bytes",
                                         "request"} | extra)
            self.assertRegex(line["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        self.assertEqual(lines[2]["error"], "the disk of Jane Doe is full")
        self.assertEqual(lines[3]["bytes"], 0)
        self.assertNotIn("anary", server.lines())
        self.assertEqual(len({line["request"] for line in lines}), len(lines))


class Slow(unittest.TestCase):
    def timed(self, server, count=50):
        took = []
        for _ in range(count):
            began = time.monotonic()
            self.assertEqual(ask(server, path="/health").status, 200)
            took.append(time.monotonic() - began)
        return sorted(took)

    def test_200_slow_senders_do_not_slow_a_good_one(self):
        server = Server("quiet=1", "head=30")
        fast = self.timed(server)
        slow = []
        for i in range(250):  # more than there are places
            connection = server.connect()
            connection.sendall(b"GET / HTTP/1.1\r\nHost: loc" if i % 2 else b"G")
            slow.append(connection)
        took = self.timed(server)
        print(f"good client: {fast[25] * 1000:.2f} ms alone, {took[25] * 1000:.2f} ms (at most "
              f"{took[-1] * 1000:.1f} ms) beside 250 slow ones", file=sys.stderr)
        self.assertLess(took[47], 0.25 * SLOW)
        for connection in slow:
            try:
                connection.sendall(b"x")
            except OSError:
                pass
        self.assertLess(self.timed(server)[47], 0.25 * SLOW)
        for connection in slow:
            connection.close()
        server.stop()

    def test_200_slow_uploads_do_not_slow_a_good_one(self):
        server = Server("quiet=1", "connections=250")
        slow = []
        for _ in range(200):
            connection = server.connect()
            connection.sendall(request(server, "POST", "/form", [
                ("Cookie", "session=alice"), ("Origin", "http://" + server.host),
                ("Content-Type", "application/x-www-form-urlencoded"), ("Content-Length", "1000")]) +
                b"a")
            slow.append(connection)
        self.assertLess(self.timed(server)[47], 0.25 * SLOW)
        for connection in slow:
            connection.close()
        server.stop()

    def wait_closed(self, connection, seconds):
        connection.settimeout(seconds)
        began = time.monotonic()
        try:
            while connection.recv(65536):
                pass
        except ConnectionResetError:
            pass
        return time.monotonic() - began

    def test_who_brings_no_head_in_time_goes(self):
        server = Server("quiet=1", "head=1", "idle=2")
        with server.connect() as connection:
            connection.sendall(b"GET / HTTP/1.1\r\n")
            stop = threading.Event()

            def drip():
                while not stop.wait(0.2):
                    try:
                        connection.sendall(b"X: y\r\n")
                    except OSError:
                        return
            thread = threading.Thread(target=drip)
            thread.start()
            self.assertLess(self.wait_closed(connection, 5), 2.5)
            stop.set()
            thread.join()
        with server.connect() as connection:  # kept open, then idle
            connection.sendall(request(server))
            Reader(connection).answer()
            self.assertGreater(self.wait_closed(connection, 6), 1.5)
        server.stop()

    def test_who_sends_or_reads_too_slowly_goes(self):
        server = Server("quiet=1", "body=1")
        with server.connect() as connection:
            connection.sendall(request(server, "POST", "/form", [
                ("Cookie", "session=alice"), ("Origin", "http://" + server.host),
                ("Content-Type", "application/x-www-form-urlencoded"), ("Content-Length", "1000")]))
            self.assertLess(self.wait_closed(connection, 5), 3)
        with server.connect() as connection:  # asks for much, reads nothing
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            try:
                for _ in range(600):
                    connection.sendall(request(server, path="/large"))
            except (OSError, socket.timeout):
                pass
            time.sleep(2.5 + SLOW)
            connection.settimeout(5)
            read = 0
            try:
                while piece := connection.recv(65536):
                    read += len(piece)
            except ConnectionResetError:
                pass
            self.assertLess(read, 500 * 20000)
        self.assertEqual(ask(server).status, 200)
        server.stop()

    def test_an_address_may_have_so_many_connections(self):
        server = Server("quiet=1", "per-address=5")
        open_ones = [server.connect() for _ in range(5)]
        time.sleep(0.1)
        with server.connect() as sixth:
            sixth.sendall(request(server))
            self.assertLess(self.wait_closed(sixth, 3), 3)
        for connection in open_ones:
            connection.close()
        time.sleep(0.2)
        self.assertEqual(ask(server).status, 200)
        server.stop()


class Stopping(unittest.TestCase):
    def load(self, server, found, failed, path):
        """Asks again and again over one connection, as long as the server lets it."""
        while True:
            try:
                connection = server.connect()
            except OSError:
                return  # no longer listening: nothing was in flight
            with connection:
                reader = Reader(connection)
                while True:
                    try:
                        connection.sendall(request(server, path=path))
                        answer = reader.answer()
                    except (Closed, OSError) as problem:
                        failed.append(repr(problem))
                        return
                    found.append(answer.status)
                    if answer["connection"] == "close":
                        break

    def test_requests_in_flight_are_answered(self):
        total = 0
        for round_ in range(8):
            server = Server("quiet=1")
            found, failed = [], []
            paths = ["/slow?ms=50", "/large", "/health", "/slow?ms=300"]
            threads = [threading.Thread(target=self.load, args=(
                server, found, failed, paths[i % len(paths)])) for i in range(16)]
            for thread in threads:
                thread.start()
            time.sleep(0.3 + 0.03 * round_)
            began = time.monotonic()
            self.assertEqual(server.stop(), 0)
            took = time.monotonic() - began
            for thread in threads:
                thread.join()
            self.assertEqual(failed, [])
            self.assertEqual(set(found), {200})
            self.assertLess(took, 5)
            total += len(found)
        print(f"stopped 8 times under load: {total} answered, none lost", file=sys.stderr)

    def test_an_upload_in_flight_is_finished(self):
        server = Server("quiet=1")
        token = ask(server, path="/form", headers=[("Cookie", "session=alice")]).body
        body = b"note=" + b"x" * 2000 + b"&csrf=" + token
        with server.connect() as connection:
            connection.sendall(request(server, "POST", "/form", [
                ("Cookie", "session=alice"), ("Origin", "http://" + server.host),
                ("Content-Type", "application/x-www-form-urlencoded"),
                ("Content-Length", str(len(body)))]) + body[:100])
            time.sleep(0.1)
            server.process.send_signal(signal.SIGTERM)
            time.sleep(0.8)
            connection.sendall(body[100:])
            answer = Reader(connection).answer()
            self.assertEqual((answer.status, answer["connection"]), (303, "close"))
        self.assertEqual(server.stop(), 0)

    def test_one_that_never_ends_is_cut(self):
        server = Server("quiet=1", "stop=1")
        with server.connect() as connection:
            connection.sendall(request(server, path="/slow?ms=3000"))
            idle = server.connect()
            time.sleep(0.1)
            began = time.monotonic()
            self.assertEqual(server.stop(), 0)
            self.assertLess(time.monotonic() - began, 5 + SLOW)
            idle.close()

    def test_an_idle_server_stops_at_once(self):
        server = Server("quiet=1")
        ask(server)
        began = time.monotonic()
        self.assertEqual(server.stop(), 0)
        self.assertLess(time.monotonic() - began, 1)


if __name__ == "__main__":
    SERVER = os.path.abspath(sys.argv.pop(1))
    result = unittest.main(exit=False, verbosity=1).result
    bad = len(result.failures) + len(result.errors)
    print(f"{max(0, result.testsRun - bad)} passed, {bad} failed")
    sys.exit(bool(bad))

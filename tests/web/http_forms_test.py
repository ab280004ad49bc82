#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What changes something: forms, the API, uploads: http_forms_test.py SERVER"""
import os
import sys

from http_server import SLOW, Reader, Server, WithServer, answers, ask, main, request


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
        for size in (5000, 8000000):
            with self.server.connect() as connection:
                connection.sendall(head.replace(b"5000", str(size).encode()) + b"a" * size)
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


if __name__ == "__main__":
    main()

#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What the server answers, and what it refuses to read: http_test.py SERVER"""
import gzip
import json
import re

from http_server import SLOW, Closed, Reader, WithServer, answers, ask, main, request


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
                  "/file:///etc/passwd", "file:///etc/passwd", "http://localhost/", "*", "etc", "",
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
            good = request(self.server, path="/echo/first")
            for before in (b"", good):
                found, _ = answers(self.server, before + data, 1)
                bad = found[1:] if before else found
                self.assertTrue(all(one.status >= 400 for one in bad), data[:20])
                for one in bad:
                    self.check_headers(one)

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


if __name__ == "__main__":
    main()

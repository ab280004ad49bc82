#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Starting, sockets, the log, slow clients, stopping: http_life_test.py SERVER"""
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from http_server import SERVER, SLOW, Closed, Reader, Server, answers, ask, main, request


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
    @classmethod
    def setUpClass(cls):
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))

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
        for i in range(1000):  # five times as many as there are places
            connection = server.connect()
            connection.sendall(b"GET / HTTP/1.1\r\nHost: loc" if i % 2 else b"G")
            slow.append(connection)
        took = self.timed(server)
        print(f"good client: {fast[25] * 1000:.2f} ms alone, {took[25] * 1000:.2f} ms (at most "
              f"{took[-1] * 1000:.1f} ms) beside 1,000 slow ones", file=sys.stderr)
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

    def test_slow_uploads_give_way_when_all_places_are_taken(self):
        server = Server("quiet=1", "connections=20", "body=60")
        slow = []
        for _ in range(20):
            connection = server.connect()
            connection.sendall(request(server, "POST", "/form", [
                ("Cookie", "session=alice"), ("Origin", "http://" + server.host),
                ("Content-Type", "application/x-www-form-urlencoded"), ("Content-Length", "1000")]))
            slow.append(connection)
        time.sleep(2.5)
        self.assertLess(self.timed(server, 15)[-1], 0.5 * SLOW)
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
    main()

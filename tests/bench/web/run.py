#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A child's page by Hearth and by Express with better-sqlite3, side by side: run.py HEARTH

One core for the server, the other for wrk; 32 connections; the record on a disk; all children of the
record in turn, and one child over and over. Prints requests a second, the middle and 99th percentile
of milliseconds, processor time and bytes of a request, memory. Hearth's page is a row of the audit
log on disk before it is answered; Express is measured with such a log and without any.
"""
import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "web"))
from site_client import Browser, Record, Site, free_port, temporary_folder  # noqa: E402

SECONDS = os.environ.get("BENCH_SECONDS", "8")
CONNECTIONS = "32"
SLOW_CLIENTS = 200


def run(*command, **named):
    return subprocess.run(command, stdout=subprocess.PIPE, check=True, **named).stdout.decode()


def memory(process):
    with open(f"/proc/{process}/status") as status:
        return int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1)) / 1024


# on a machine with other work: both sides of every measurement before it (as root)
FIRST = ["chrt", "-r", "10"] if os.environ.get("BENCH_FIRST") else []


def pin(process):
    """All threads of a server onto the first core."""
    run("taskset", "-a", "-p", "-c", "0", str(process))
    if FIRST:
        run("chrt", "-a", "-r", "-p", "10", str(process))


def processor(process):
    """Seconds of the processor that it took so far."""
    with open(f"/proc/{process}/stat") as stat:
        times = stat.read().rsplit(")", 1)[1].split()[11:13]
    return sum(map(int, times)) / os.sysconf("SC_CLK_TCK")


def load(name, origin, paths, cookie, process):
    pin(process)
    command = [*FIRST, "taskset", "-c", "1", "wrk", "-t1", f"-c{CONNECTIONS}", "--latency", "-s",
               os.path.join(HERE, "turn.lua")]
    tail = [origin, "--", paths, "session=" + cookie]
    run(*command, "-d2s", *tail)
    before = processor(process)
    said = run(*command, f"-d{SECONDS}s", *tail)
    took = processor(process) - before
    a_second = float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1))
    count = int(re.search(r"(\d+) requests in", said).group(1))
    read, unit = re.search(r"([\d.]+)(KB|MB|GB) read", said).groups()
    size = float(read) * {"KB": 1, "MB": 1024, "GB": 1024 * 1024}[unit] / count

    def percentile(which):
        value, unit = re.search(which + r"%\s+([\d.]+)(us|ms|s)", said).groups()
        return float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    print(f"{name:34} {a_second:7.0f} requests/s   p50 {percentile('50'):7.2f} ms   "
          f"p99 {percentile('99'):7.2f} ms   {took / count * 1e6:5.0f} us of the processor   "
          f"{size:4.1f} KB   {memory(process):4.0f} MB"
          f"{'   refused: ' + bad.group(1) if bad else ''}", flush=True)
    return {"rate": a_second, "p99": percentile("99"), "took": took / count}


def turns(folder, name, paths):
    """A file of paths for wrk, in an order that is not the record's."""
    path = os.path.join(folder, name)
    with open(path, "w") as file:
        file.write("".join(one + "\n" for one in
                           sorted(paths, key=lambda one: hashlib.sha256(one.encode()).digest())))
    return path


def busiest_child(record):
    """The child of whom most is known: a page of the usual 20 KB."""
    return record.one("select child from assessments group by child order by count(*) desc, child")


class Slow(threading.Thread):
    """Clients that send a byte of a request each second, and come again when they are cut off."""

    def __init__(self, port, count):
        super().__init__(daemon=True)
        self.port, self.count, self.clients, self.over = port, count, [], threading.Event()

    def connect(self):
        client = socket.create_connection(("127.0.0.1", self.port))
        client.setblocking(False)
        client.send(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
        return client

    def run(self):
        while not self.over.wait(1):
            kept = []
            for client in self.clients:
                try:
                    client.send(b"a")
                    kept.append(client)
                except OSError:
                    client.close()
            self.clients = kept + [self.connect() for _ in range(self.count - len(kept))]
        for client in self.clients:
            client.close()


ASSESSED = "select distinct child from assessments"


def hearth(program, folder, demo):
    place = os.path.join(folder, "record.db")
    run(program, "--db", place, "import", "--quiet", "--rows", "0", demo)
    run(program, "--db", place, "user", "add", "bench", "--role", "director", "--authority",
        "nobody")
    record = Record(place)
    record.rows("update account set password_state = 2, every_authority = 1")
    account = record.one("select account from account where login = 'bench'")
    child = busiest_child(record)
    began = time.monotonic()
    site = Site(program, folder, place)
    try:
        print(f"{time.monotonic() - began:.2f} s from the start to the first answer")
        token = record.session(account)
        browser = Browser(site, {"session": token})
        page = browser.get(f"/children/{child}")
        assert page.status == 200, (page.status, page.text[:300])
        before = record.one("select count(*) from audit")
        process = site.process.pid
        every = turns(folder, "every", [f"/children/{one}" for one, in record.rows(ASSESSED)])
        one = turns(folder, "one", [f"/children/{child}"])
        measured = load("Hearth, logged", site.origin, every, token, process)
        again = load("the same, one child", site.origin, one, token, process)
        slow = Slow(site.port, SLOW_CLIENTS)
        slow.start()
        time.sleep(2.5)
        load(f"the same, {SLOW_CLIENTS} slow clients", site.origin, every, token, process)
        slow.over.set()
    finally:
        site.stop()
    print(f"{record.one('select count(*) from audit') - before} rows of the audit log")
    verdict = run(program, "--db", place, "audit", "verify")
    print(verdict.strip())
    return measured, again, page.body


def express(folder, demo, frame, mode):
    place = os.path.join(folder, "peer.db")
    if not os.path.exists(place):
        run(sys.executable, os.path.join(HERE, "peer_record.py"), demo, place)
        with open(os.path.join(folder, "frame.html"), "wb") as file:
            file.write(frame)
    port = free_port()
    words = ["node", os.path.join(HERE, "express.mjs"), place, str(port),
             os.path.join(folder, "frame.html"), *([mode] if mode else [])]
    process = subprocess.Popen(words, stdout=subprocess.PIPE,
                               env=dict(os.environ, NODE_ENV="production"))
    try:
        assert process.stdout.readline() == b"ready\n"
        record = Record(place)
        origin = f"http://127.0.0.1:{port}"
        every = turns(folder, "every", [f"/children/{one}" for one, in record.rows(ASSESSED)])
        one = turns(folder, "one", [f"/children/{busiest_child(record)}"])
        words = "logged" if mode else "not logged"
        measured = load(f"Express, {words}", origin, every, "peer-session-token", process.pid)
        load("the same, one child", origin, one, "peer-session-token", process.pid)
        return measured
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def flush_milliseconds(folder):
    """What making one small write last costs here: the floor of a logged view alone."""
    path = os.path.join(folder, "flush")
    with open(path, "wb") as file:
        began = time.perf_counter()
        for _ in range(200):
            file.write(b"x" * 512)
            file.flush()
            os.fdatasync(file.fileno())
        return (time.perf_counter() - began) * 5


def main():
    program = os.path.abspath(sys.argv[1])
    folder = temporary_folder(os.environ.get("TMPDIR", "/var/tmp"))
    demo = os.path.join(folder, "files")
    try:
        run(program, "demo", "--children", "400", "--out", demo)
        print(f"a write that lasts: {flush_milliseconds(folder):.2f} ms")
        ours, _, frame = hearth(program, folder, demo)
        if subprocess.run([os.path.join(HERE, "build_peer.sh")]).returncode == 77:
            return
        bare = express(folder, demo, frame, None)
        logged = express(folder, demo, frame, "logged")
        for words, peer in (("where both log", logged), ("where only Hearth does", bare)):
            print(f"Hearth / Express {words}: {ours['rate'] / peer['rate']:.2f} times the requests "
                  f"(at least 4 wanted); {peer['took'] / ours['took']:.2f} by the processor alone")
        print(f"p99 {ours['p99']:.2f} ms (under 5 wanted)")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()

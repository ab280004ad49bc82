#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A child's page by Hearth and by Express with better-sqlite3, side by side: run.py HEARTH

One core for the server, the other for wrk; 32 connections; the record on a disk. Prints requests a
second, the middle and 99th percentile of milliseconds, memory. Hearth's page is a row of the audit
log on disk before it is answered; Express is measured with such a log and without any.
"""
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "web"))
from site_client import Browser, Record, Site, free_port  # noqa: E402

SECONDS = os.environ.get("BENCH_SECONDS", "8")
CONNECTIONS = "32"


def run(*command, **named):
    return subprocess.run(command, stdout=subprocess.PIPE, check=True, **named).stdout.decode()


def memory(process):
    with open(f"/proc/{process}/status") as status:
        return int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1)) / 1024


def pin(process):
    """All threads of a server onto the first core."""
    run("taskset", "-a", "-p", "-c", "0", str(process))


def load(name, url, cookie, process):
    pin(process)
    command = ["taskset", "-c", "1", "wrk", "-t1", f"-c{CONNECTIONS}", "--latency",
               "-H", f"Cookie: session={cookie}", url]
    run(*command[:5], "-d2s", *command[5:])
    said = run(*command[:5], f"-d{SECONDS}s", *command[5:])
    a_second = float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1))

    def percentile(which):
        value, unit = re.search(which + r"%\s+([\d.]+)(us|ms|s)", said).groups()
        return float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    print(f"{name:34} {a_second:9.0f} requests/s   p50 {percentile('50'):7.2f} ms   "
          f"p99 {percentile('99'):7.2f} ms   {memory(process):5.0f} MB"
          f"{'   refused: ' + bad.group(1) if bad else ''}", flush=True)
    return a_second, percentile("99")


def busiest_child(record):
    """The child of whom most is known: a page of the usual 20 KB."""
    return record.one("select child from assessments group by child order by count(*) desc, child")


def hearth(program, folder, demo):
    place = os.path.join(folder, "record.db")
    run(program, "--db", place, "import", "--quiet", "--rows", "0", demo)
    run(program, "--db", place, "user", "add", "bench", "--role", "director", "--authority",
        "nobody")
    record = Record(place)
    record.rows("update account set password_state = 2, every_authority = 1")
    account = record.one("select account from account where login = 'bench'")
    child = busiest_child(record)
    site = Site(program, folder, place)
    try:
        token = record.session(account)
        routes = run(program, "serve", "--routes")
        path = f"/children/{child}"
        if ",/children/{child},child.view," not in "\n" + routes:
            print("skipped: no page of a child is served yet; the page about who may see the "
                  "record, which is logged in the same way, stands for it")
            path += "/restricted"
        browser = Browser(site, {"session": token})
        page = browser.get(path)
        assert page.status == 200, (page.status, page.text[:300])
        local = record.one("select local_id from child_identity where child = ?", child)
        print(f"{path}: {len(page.body) / 1024:.1f} KB")
        before = record.one("select count(*) from audit")
        measured = load("Hearth, logged", site.origin + path, token, site.process.pid)
        print(f"{record.one('select count(*) from audit') - before} rows of the audit log")
        return measured, page.body, child, local
    finally:
        site.stop()


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
        child = Record(place).one(
            "select child from assessments group by child order by count(*) desc, child")
        url = f"http://127.0.0.1:{port}/children/{child}"
        size = len(run("curl", "-sf", "-H", "Cookie: session=peer-session-token", url))
        print(f"the page of Express: {size / 1024:.1f} KB")
        return load(f"Express, {'logged' if mode else 'not logged'}", url, "peer-session-token",
                    process.pid)
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
    folder = tempfile.mkdtemp(prefix="hearth-bench-web-", dir=os.environ.get("TMPDIR", "/var/tmp"))
    while re.search(r"20\d\d", folder):
        os.rmdir(folder)
        folder = tempfile.mkdtemp(prefix="hearth-bench-web-", dir="/var/tmp")
    demo = os.path.join(folder, "files")
    try:
        run(program, "demo", "--children", "400", "--out", demo)
        print(f"a write that lasts: {flush_milliseconds(folder):.2f} ms")
        ours, frame, _, _ = hearth(program, folder, demo)
        if subprocess.run([os.path.join(HERE, "build_peer.sh")]).returncode == 77:
            return
        bare = express(folder, demo, frame, None)
        logged = express(folder, demo, frame, "logged")
        print(f"Hearth / Express: {ours[0] / logged[0]:.2f} where both log, {ours[0] / bare[0]:.2f} "
              f"where only Hearth does (at least 4 wanted); p99 {ours[1]:.2f} ms (under 5 wanted)")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()

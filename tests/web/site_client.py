# SPDX-License-Identifier: MIT
"""Hearth's application as its tests use it: the process, its record, sessions, forms.

Standard library only; everything is on the loopback and ended by who began it.
"""
import base64
import gzip
import hashlib
import html
import html.parser
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

DAY = 86400
FAKETIME = next((path for path in ("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
                                   "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1")
                 if os.path.exists(path)), None)


# tests write far more often than people do
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def temporary_folder(where=None):
    """A folder named after the test; its name spells no year, which import would read as a
    collection year."""
    test = os.path.splitext(os.path.basename(sys.argv[0]))[0]
    while True:
        folder = tempfile.mkdtemp(prefix=f"hearth-{test}-", dir=where)
        if not re.search(r"20\d\d", folder):
            return folder
        os.rmdir(folder)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Answer:
    def __init__(self, status, reason, headers, raw):
        self.status, self.reason, self.headers = status, reason, headers
        packed = self["content-encoding"] == "gzip"
        self.body = gzip.decompress(raw) if packed else raw
        self.size = len(raw)

    def __getitem__(self, name):
        found = self.all(name)
        return found[0] if found else None

    def all(self, name):
        return [value for key, value in self.headers if key == name]

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    @property
    def everything(self):
        """Status, headers and body, as somebody who listens in would have them."""
        head = "\n".join(f"{name}: {value}" for name, value in self.headers)
        return head + "\n\n" + html.unescape(self.text)


class Site:
    """`hearth serve` on a free port, with a folder for its record and its log."""

    def __init__(self, hearth, folder, record, data=None, clock=None, options=()):
        self.hearth, self.folder, self.record = hearth, folder, record
        self.log_path = os.path.join(folder, "serve.log")
        self.clock = os.path.join(folder, "clock") if clock is not None else None
        environment = dict(os.environ, TMPDIR=os.path.join(folder, "tmp"))
        os.makedirs(environment["TMPDIR"], exist_ok=True)
        if self.clock:
            self.shift(clock)
            environment.update(LD_PRELOAD=FAKETIME, FAKETIME_TIMESTAMP_FILE=self.clock,
                               FAKETIME_NO_CACHE="1", FAKETIME_DONT_FAKE_MONOTONIC="1")
        self.port = free_port()
        command = [hearth, "--db", record] + (["--data", data] if data else [])
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                [*command, "serve", "--listen", f"127.0.0.1:{self.port}", *options],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=environment)
        self.host = f"127.0.0.1:{self.port}"
        self.origin = "http://" + self.host
        self._wait()

    def _wait(self):
        end = time.monotonic() + 30
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError("the application did not start:\n" + self.log())
            try:
                if self.ask("GET", "/health").status == 200:
                    return
            except OSError:
                time.sleep(0.05)
        self.stop()
        raise RuntimeError("the application does not answer:\n" + self.log())

    def shift(self, seconds):
        """Sets the server's clock that many seconds ahead, from now on."""
        with open(self.clock + ".new", "w") as file:
            file.write(f"{'+' if seconds >= 0 else '-'}{abs(int(seconds))}")
        os.replace(self.clock + ".new", self.clock)

    def log(self):
        with open(self.log_path, encoding="utf-8", errors="replace") as file:
            return file.read()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    def ask(self, method, path, headers=(), body=None, timeout=30):
        browser = Browser(self)
        try:
            return browser.ask(method, path, headers, body, timeout)
        finally:
            browser.close()

    def memory(self, what="VmRSS"):
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(what + r":\s+(\d+)", status.read()).group(1)) * 1024


class Browser:
    """Keeps cookies and one connection; follows nothing by itself."""

    def __init__(self, site, cookies=None, address=None):
        self.site, self.cookies, self.connection = site, dict(cookies or {}), None
        self.address = address  # of the loopback, from which it asks
        self.token = None  # of forms of this session
        self.seen_headers = []

    def _send(self, method, path, headers, body, timeout):
        """By hand: the matrix of rights asks some ten thousand times."""
        if self.connection is None:
            self.connection = socket.create_connection(
                ("127.0.0.1", self.site.port), timeout, (self.address, 0) if self.address else None)
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.site.host}",
                 *[f"{name}: {value}" for name, value in headers]]
        if body is not None:
            lines.append(f"Content-Length: {len(body)}")
        self.connection.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + (body or b""))
        return self._answer(method == "HEAD")

    def _more(self):
        piece = self.connection.recv(262144)
        if not piece:
            raise ConnectionError("the connection was closed")
        return piece

    def _answer(self, head):
        got = self._more()
        while b"\r\n\r\n" not in got:
            got += self._more()
        top, _, rest = got.partition(b"\r\n\r\n")
        first, *lines = top.decode("latin-1").split("\r\n")
        _, status, reason = first.split(" ", 2)
        headers = [(name.lower(), value) for name, _, value in
                   (line.partition(": ") for line in lines)]
        given = dict(headers)
        length = 0 if head or status in ("204", "304") else int(given.get("content-length", 0))
        pieces, have = [rest], len(rest)
        while have < length:
            pieces.append(self._more())
            have += len(pieces[-1])
        if given.get("connection", "").lower() == "close":
            self.close()
        return Answer(int(status), reason, headers, b"".join(pieces))

    def ask(self, method, path, headers=(), body=None, timeout=30):
        headers = list(headers)
        names = {name.lower() for name, _ in headers}
        if self.cookies and "cookie" not in names:
            headers.append(("Cookie", "; ".join(f"{k}={v}" for k, v in self.cookies.items())))
        if body is not None and isinstance(body, str):
            body = body.encode()
        try:
            answer = self._send(method, path, headers, body, timeout)
        except (ConnectionError, ValueError):
            self.close()
            answer = self._send(method, path, headers, body, timeout)
        for line in answer.all("set-cookie"):
            name, _, value = line.split(";")[0].partition("=")
            if value:
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
        return answer

    def get(self, path, headers=()):
        return self.ask("GET", path, headers)

    def csrf(self):
        """A token of this session, from a page that anybody signed in has."""
        if not self.token:
            for path in ("/account", "/sign-in/code", "/account/password", "/sign-in"):
                page = self.get(path)
                found = re.search(r'name="csrf"\s+value="([^"]+)"', page.text)
                if page.status == 200 and found:
                    self.token = html.unescape(found.group(1))
                    break
        return self.token

    def post(self, path, fields=(), token=None, headers=None):
        fields = list(fields.items()) if isinstance(fields, dict) else list(fields)
        fields = [("csrf", token if token is not None else self.csrf() or "")] + \
                 [pair for pair in fields if pair[0] != "csrf"]
        if headers is None:
            headers = [("Origin", self.site.origin), ("Sec-Fetch-Site", "same-origin")]
        return self.ask("POST", path, [*headers, ("Content-Type",
                                                  "application/x-www-form-urlencoded")],
                        urllib.parse.urlencode(fields))

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def __del__(self):
        self.close()

    def sign_in(self, login, password, to=None):
        self.token = None
        page = self.get("/sign-in")
        token = re.search(r'name="csrf"\s+value="([^"]+)"', page.text)
        answer = self.post("/sign-in", {"login": login, "password": password},
                           token=html.unescape(token.group(1)) if token else "")
        self.token = None
        return answer


class Form:
    def __init__(self, action):
        self.action, self.method, self.fields, self.choices = action, "get", [], {}


class Page(html.parser.HTMLParser):
    """Links and forms of a page."""

    def __init__(self, text):
        super().__init__()
        self.links, self.forms, self.files = [], [], []
        self.select = None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        elif tag == "form":
            self.forms.append(Form(given.get("action") or ""))
            self.forms[-1].method = (given.get("method") or "get").lower()
        elif tag in ("link", "script", "img") and (given.get("href") or given.get("src")):
            self.files.append((tag, given.get("rel"), given.get("href") or given.get("src")))
        if not self.forms:
            return
        form, name = self.forms[-1], given.get("name")
        if tag == "input" and name:
            kind = given.get("type", "text")
            if kind in ("radio", "checkbox"):
                form.choices.setdefault(name, (kind, []))[1].append(given.get("value", "on"))
            else:
                form.fields.append((name, kind, given.get("value", "")))
        elif tag == "button" and name:
            form.fields.append((name, "button", given.get("value", "")))
        elif tag == "textarea" and name:
            form.fields.append((name, "textarea", ""))
        elif tag == "select" and name:
            self.select = name
            form.choices.setdefault(name, ("select", []))
        elif tag == "option" and self.select:
            form.choices[self.select][1].append(given.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None


class Record:
    """The record beside the server: what the tests look at, and facts that they set."""

    # what counts as the record's state: all but the log, sessions and when somebody signed in;
    # what is beside the record is the log's
    PASSING = {"audit", "daybook", "session", "sqlite_sequence", "sqlite_stat1", "vault"}

    def __init__(self, path):
        self.path = path

    def connect(self):
        connection = sqlite3.connect(self.path, timeout=20, isolation_level=None)
        connection.execute("pragma foreign_keys = off")
        connection.execute("pragma synchronous = off")
        return connection

    def rows(self, sql, *values):
        connection = self.connect()
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def one(self, sql, *values):
        rows = self.rows(sql, *values)
        return rows[0][0] if rows else None

    def tables(self):
        return [name for (name,) in self.rows(
            "select name from sqlite_master where type = 'table' order by name")
            if name not in self.PASSING]

    def state(self):
        """A digest of every row that counts."""
        digest = hashlib.sha256()
        connection = self.connect()
        for table in self.tables():
            columns = [row[1] for row in connection.execute(f'pragma table_info("{table}")')
                       if (table, row[1]) != ("account", "last_sign_in")]
            names = ", ".join(f'"{column}"' for column in columns)
            digest.update(table.encode())
            for row in connection.execute(f'select {names} from "{table}" order by {names}'):
                digest.update(repr(row).encode())
        connection.close()
        return digest.hexdigest()

    def keep(self, path):
        """A copy of the record, for `restore`."""
        source, copy = self.connect(), sqlite3.connect(path)
        source.backup(copy)
        source.close()
        copy.close()
        return path

    def restore(self, path):
        """Everything but the log as it was when kept."""
        connection = self.connect()
        connection.execute("attach ? as kept", (path,))
        connection.execute("begin immediate")
        for table in [*self.tables(), "session"]:
            connection.execute(f'delete from main."{table}"')
            connection.execute(f'insert into main."{table}" select * from kept."{table}"')
        connection.execute("commit")
        connection.close()

    def session(self, account, began=None, seen=None):
        """A session as signing in would make it; returns its token."""
        secret = os.urandom(32)
        now = int(time.time())
        digest = hashlib.blake2b(b"hearth session", key=secret, digest_size=32).digest()
        self.rows("insert into session (digest, account, stage, device, began, seen, proved) "
                  "values (?, ?, 1, 'Test', ?, ?, ?)", digest, account,
                  began if began is not None else now, seen if seen is not None else now, now)
        return base64.urlsafe_b64encode(secret).decode().rstrip("=")

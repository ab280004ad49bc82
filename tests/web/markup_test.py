#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Whatever people type is text: markup_test.py HEARTH [unittest arguments]. Every stored text holds
markup that would show itself if a page took it for its own; all pages are parsed, and opened in
Chromium with the content security policy off."""
import html.parser
import os
import re
import subprocess
import unittest
import zlib

import rights_record as people
from http_server import SERVER, main
from rights_world import World, routes_of
from site_client import Browser

HERE = os.path.dirname(os.path.abspath(__file__))
PAYLOADS = [
    "<zqx onclick=zq()>", '"><zqx>', "'><zqx>", "</textarea><zqx>", "</title><zqx>",
    "</script><zqx>", "</style><zqx>", "<!--<zqx>-->", '" zqx="1', "' zqx='1", " zqx=1 ", "`zqx=1`",
    "{{{zqx}}}", "{{#zqx}}", "javascript:zqx()", "<img src=x onerror=zqx=1>", "<svg/onload=zqx=1>",
    "<script>zqx=1</script>", "<iframe srcdoc='<script>parent.zqx=1</script>'>", "]]><zqx>",
    "<a href='javascript:zqx=1'>", "<base href='//zqx'>", "<meta http-equiv=refresh content=0>",
    "\u2028<zqx>", "&lt;zqx&gt;", "&#60;zqx&#62;", "%3Czqx%3E", "<\u200bzqx>", "\\\"><zqx>",
    "<form action='//zqx'>", "<math><mtext><zqx>", "<details open ontoggle=zqx=1>",
]
ACTIVE = {"base", "meta", "iframe", "object", "embed", "math", "zqx"}
PLAIN = people.canary


class Parsed(html.parser.HTMLParser):
    """Whose markup is whose: our pages have no element, attribute or address of these."""

    def __init__(self, text):
        super().__init__()
        self.found, self.texts = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        ours = tag == "meta" and dict(attributes).get("name") or dict(attributes).get("charset")
        if tag in ACTIVE and not ours:
            self.found.append(f"<{tag}>")
        for name, value in attributes:
            if name.startswith("on") or name == "zqx" or name == "srcdoc":
                self.found.append(f"<{tag} {name}>")
            if name in ("href", "src", "action", "formaction") and value and \
                    re.match(r"\s*(javascript|data:text/html|//)", value, re.I):
                self.found.append(f"<{tag} {name}={value[:30]}>")
            if name in ("value", "title", "aria-label", "content"):
                self.texts.append(value or "")

    def handle_data(self, data):
        self.texts.append(data)

    def handle_comment(self, data):
        if "zqx" in data:
            self.found.append("<!--")


def one_of(what):
    return PAYLOADS[zlib.crc32(what.encode()) % len(PAYLOADS)]


def evil(child, kind):
    """The canary of a text, with a payload that differs from text to text."""
    return PLAIN(child, kind) + one_of(child + kind)


class Markup(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        people.canary = evil
        cls.world = World(SERVER, words=lambda child, kind, field: PLAIN(child, kind) + " " + (
            "\n".join(PAYLOADS) if "name" not in field and field not in (
                "carer", "role", "who", "who again", "other who") and "written_with" not in field
            else one_of(field + child)))
        rows = cls.world.record.rows
        for i, (login, account) in enumerate(sorted(cls.world.accounts.items())):
            rows("update account set shown = ? where account = ?", login + PAYLOADS[i % 30], account)
        for team, in rows("select team from team"):
            rows("update team set name = name || ? where team = ?", PAYLOADS[team], team)
        rows("update session set device = '<zqx>'")
        cls.world.browsers = {}

    @classmethod
    def tearDownClass(cls):
        cls.world.close()
        people.canary = PLAIN

    def pages(self):
        one = self.world.record.one
        for child in ("own", "named", "glass"):
            number = self.world.children[child]
            for state in ("draft", "signed"):
                assessment = one("select max(assessment) from care_assessment where child = ? and "
                                 "state = ?", number, state)
                parts = {"child": number, "assessment": assessment, "area": 1,
                         "account": self.world.accounts["spare"],
                         "goal": one("select max(goal) from care_goal where child = ?", number),
                         "contribution": one("select max(contribution) from care_contribution "
                                             "where assessment = ?", assessment)}
                for route in routes_of(SERVER):
                    if route["method"] == "GET" and route["kind"] == "page":
                        yield re.sub(r"\{(\w+)[^}]*\}",
                                     lambda name: str(parts.get(name.group(1), 1)), route["path"])

    def visits(self):
        logins = ("worker", "director", "root", "auditor", "manager", "finance")
        return [(login, path) for path in dict.fromkeys(self.pages()) for login in logins]

    def test_what_looks_for_it_would_find_it(self):
        for page in ("<p><zqx onclick=zq()></p>", '<p title=""><zqx>">', "<p class='' zqx='1'>",
                     "<a href='javascript:zqx()'>", "<textarea></textarea><zqx></textarea>",
                     "<img src=x onerror=zqx=1>", "<svg/onload=zqx=1>", "<p><base href='//zqx'>"):
            self.assertTrue(Parsed(page).found, page)

    def test_no_page_takes_a_text_for_its_own(self):
        shown, pages, asked = set(), 0, [("?q=", "<zqx>"), ("?sort=", '"><zqx>')]
        for login, path in self.visits():
            browser = self.world.browser(login)
            answer = browser.get(path)
            if answer.status != 200:
                continue
            pages += 1
            parsed = Parsed(answer.text)
            with self.subTest(f"{path} {login}"):
                self.assertEqual(parsed.found, [])
            text = "\n".join(parsed.texts)
            shown |= {one for one in PAYLOADS if one in text}
            for query, value in asked:
                answer = browser.get(path + query + value.replace("<", "%3C").replace(" ", "+"))
                self.assertEqual(Parsed(answer.text).found, [], path)
        print(f"{pages} pages parsed; {len(shown)} of {len(PAYLOADS)} payloads are shown as text")
        self.assertEqual(set(PAYLOADS) - shown, set())
        self.assertGreater(pages, 150)

    def test_what_is_typed_and_refused_comes_back_as_text(self):
        browser = self.world.browser("worker")
        child = f"/children/{self.world.children['own']}"
        all_of = "\n".join(PAYLOADS)
        for path in ("/about", "/plan/new", "/reviews/write", "/assessments/new", "/profile"):
            text = "<zqx>\"'" if path == "/assessments/new" else all_of
            answer = browser.post(child + path, {
                name: text for name in ("matters", "goal", "view", "day", "on", "written_on",
                                          "why", "reason", "by_when", "helps", "participation")})
            self.assertIn(answer.status, (200, 400, 422), path)
            self.assertEqual(Parsed(answer.text).found, [], path)
        answer = Browser(self.world.site).sign_in('"><zqx>', "<zqx>")
        self.assertEqual(Parsed(answer.text).found, [])

    def test_nothing_runs_in_a_browser_without_the_policy(self):
        token = {login: self.world.browser(login).cookies["session"]
                 for login in ("worker", "director", "auditor", "root")}
        child = f"/children/{self.world.children['own']}"
        wanted = [(login, path) for login, path in self.visits()
                  if login in token and self.world.browser(login).get(path).status == 200 and
                  (login == "worker" and path.startswith(child) or "{" not in path and
                   not path.startswith("/children/"))]
        lines = "\n".join(f"{token[login]} {path}" for login, path in wanted)
        done = subprocess.run(["node", os.path.join(HERE, "markup.mjs"), self.world.site.origin],
                              input=lines.encode(), stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=300)
        said = done.stdout.decode()
        print(said.strip().split("\n")[-1])
        self.assertEqual(done.returncode, 0, said[-3000:])


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: MIT
"""Writes about every child whatever the pages take, each text with a canary of the child and of the
kind of text: about me, goals and how they go, reviews, a signed assessment, a draft with what the
team says, a reason for a profile that names the child, a search for them, a view of a team."""
import re
import time

import rights_record as people

PARTS = ("matters", "good_at", "hopes", "liked", "written_with")


class Writer:
    """As the social worker `login`, who is allocated to the child."""

    def __init__(self, world, login, child, words=None):
        self.world, self.child = world, child
        self.browser = world.browser(login)
        self.number = world.children[child]
        self.front = f"/children/{self.number}"
        self.today = time.strftime("%Y-%m-%d", time.gmtime())
        self.words = words or (lambda child, kind, field: f"{people.canary(child, kind)} {field}")

    def text(self, kind, field):
        return self.words(self.child, kind, field)

    def post(self, path, fields):
        answer = self.browser.post(self.front + path, fields)
        if answer.status != 303:
            faults = re.findall(r'(?s)error-message">(.*?)</p>', answer.text)
            raise AssertionError(f"{self.front + path}: {answer.status} {faults} "
                                 f"{answer.text[-3000:]}")
        return answer["location"]

    def write(self):
        self.about()
        self.plan()
        self.review()
        signed = self.assessment(full=True)
        self.post(f"/assessments/{signed}/sign", {"revision": self.revision(signed)})
        self.assessment(full=False)
        named = self.browser.post(self.front + "/profile", {
            "why": self.text("why", "because a home asks")})
        assert named.status == 200, named.text
        found = self.browser.post("/children/search", {"q": people.canary(self.child, "search")})
        assert found.status == 303, found.text
        self.browser.get(found["location"])

    def about(self):
        for version in range(2):
            self.post("/about", {
                "known_as": self.text("profile", f"name {version}"),
                "participation": "PN1", "written_on": self.today, "version": version,
                **{part: self.text("profile", f"{part} {version}") for part in PARTS}})

    def plan(self):
        text = self.text
        self.post("/plan/new", {
            "goal": text("plan", "goal"), "domain": people.DOMAINS[0], "state": "open",
            "helps": text("plan", "helps"), "who": text("plan", "who"), "by_when": ""})
        goal = self.world.record.one("select max(goal) from care_goal where child = ?", self.number)
        self.post(f"/plan/{goal}/change", {
            "goal": text("plan", "goal again"), "domain": people.DOMAINS[0], "state": "changed",
            "helps": text("plan", "helps again"), "who": text("plan", "who again"),
            "why": text("plan", "why"), "version": 1})
        self.post(f"/plan/{goal}/progress", {
            "course": "better", "on": self.today, "note": text("plan", "note")})
        self.post("/plan/new", {
            "goal": text("plan", "another goal"), "domain": people.DOMAINS[1], "state": "open",
            "helps": text("plan", "other helps"), "who": text("plan", "other who")})

    def review(self):
        self.post("/reviews/write", {
            "on": self.today, "participation": "PN1", "view": self.text("plan", "view"),
            "notes": self.text("plan", "notes")})

    def revision(self, assessment, column="revision"):
        return self.world.record.one(
            f"select {column} from care_assessment where assessment = ?", assessment)

    def area(self, assessment, index, score):
        self.post(f"/assessments/{assessment}/area/{index}", {
            "score": score, "strengths": self.text("assessment", f"strength {index}"),
            "view": self.text("assessment", f"view {index}"),
            "evidence": self.text("assessment", f"evidence {index}")})

    def assessment(self, full):
        day = time.gmtime(time.time() - (86400 if full else 0))
        where = self.post("/assessments/new", {"day": time.strftime("%Y-%m-%d", day),
                                               "reason": "review"})
        number = int(re.search(r"/assessments/(\d+)", where).group(1))
        for index in range(1, 14 if full else 2):
            self.area(number, index, 4)
        self.post(f"/assessments/{number}/team/0", {
            "kind": "carer", "name": self.text("assessment", "carer"),
            "role": self.text("assessment", "role"), "on": self.today,
            "comment": self.text("assessment", "on the whole"),
            "score-1": "3", "comment-1": self.text("assessment", "of the first")})
        return number

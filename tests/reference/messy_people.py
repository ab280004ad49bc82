# SPDX-License-Identifier: MIT
"""Synthetic children with untidy histories: who they are, episodes, assessments, cost lines."""

import datetime
from dataclasses import dataclass, field

from oracle.codes import DOMAINS

FIRST, LAST = datetime.date(2015, 6, 1), datetime.date(2025, 2, 28)
DAY = datetime.timedelta(days=1)
ETHNICITIES = ("WBRI WBRI WBRI WBRI WIRI WIRT WROM WOTH MWBC MWBA MWAS MOTH AIND APKN ABAN CHNE "
               "AOTH BCRB BAFR BOTH OOTH REFU NOBT").split()
NEEDS = "N1 N1 N1 N2 N3 N4 N5 N6 N7 N8".split()
LEGAL = "C1 C2 C2 C2 E1 V2 V2 L1 J1".split()
LEAP_DAYS = [datetime.date(year, 2, 29) for year in (2004, 2008, 2012, 2016, 2020)]
PLACES = (
    [("U6", "PR1")] * 8 + [("U4", "PR4")] * 6 + [("U4", "PR1")] * 3 + [("U1", "PR1")] * 2 +
    [("U3", ""), ("U2", "PR5"), ("U5", "PR2"), ("U6", "PR3"), ("U6", "PR0")] +
    [("K2", "PR4")] * 6 + [("K2", "PR1")] * 4 +
    [("R1", ""), ("S1", "PR5"), ("K2", "PR0"), ("R1", "PR2"), ("S1", "PR3")] +
    [("K1", "PR1"), ("R2", "PR3"), ("R3", ""), ("R5", "PR0")] +
    [("K3", "PR4")] * 2 + [("H5", "PR4"), ("P2", "PR1"), ("P2", ""), ("P3", "PR5")] +
    [("P1", "PR0")] * 2 + [("A3", "PR1"), ("A4", "PR5"), ("A5", "PR1"), ("A6", "PR2")] +
    [("Z1", ""), ("T4", ""), ("", ""), ("", "PR1")])


@dataclass
class Stay:
    """An episode as it truly was."""
    start: datetime.date
    end: datetime.date = None
    rne: str = "S"
    legal: str = "C2"
    need: str = "N1"
    place: str = "U6"
    provider: str = "PR1"
    urn: str = ""
    agency: str = ""
    distance: str = ""
    ceased: str = ""


@dataclass
class Person:
    id: str
    sex: str = ""              # "m", "f", "u" or ""
    born: datetime.date = None
    ethnicity: str = ""
    flags: dict = field(default_factory=dict)
    authority: str = ""
    stays: list = field(default_factory=list)
    assessments: list = field(default_factory=list)   # (date, {domain: text}, framework)
    costs: list = field(default_factory=list)         # (from, to, amount, element, paid_by)
    sdq: dict = field(default_factory=dict)           # collection year -> text


class PeopleMaker:
    def __init__(self, dice, contested):
        self.dice, self.contested = dice, contested
        # a population of few levels has many ties; one that is dense has small groups everywhere
        self.tied = dice.random() < 0.5
        self.odd = dice.choice((0.02, 0.06, 0.15))
        self.prefix = dice.choice(("", "", "C-", "É", "child/"))

    def chance(self, p):
        return self.dice.random() < p

    def strange(self):
        return self.chance(self.odd)

    def day(self, first, last):
        return first + DAY * self.dice.randint(0, max(0, (last - first).days))

    def person(self, number):
        dice = self.dice
        one = Person(f"{self.prefix}{1000 + 7 * number}")
        one.sex = dice.choice("mmmmfffff") if not self.strange() else dice.choice(("u", ""))
        one.born = self._born()
        one.ethnicity = "" if self.strange() else dice.choice(ETHNICITIES)
        for flag in ("disability", "ehcp", "excluded"):
            one.flags[flag] = "" if self.strange() else "01"[self.chance(0.25)]
        one.authority = dice.choice(("Ashby", "Brook & Vale", "Cörnel"))
        if self.chance(0.05):
            return one                          # a child with nothing
        self._history(one)
        self._assess(one)
        self._pay(one)
        for year in range(2019, 2026):
            if self.chance(0.6):
                one.sdq[year] = str(dice.randint(0, 40))
        return one

    def _born(self):
        if self.strange():
            return self.dice.choice((None, datetime.date(2025, 9, 1)))
        if self.strange():
            return self.dice.choice(LEAP_DAYS)
        return self.day(datetime.date(2002, 1, 1), datetime.date(2022, 6, 1))

    # ---- episodes -------------------------------------------------------------------------------

    def _history(self, one):
        start = self.day(FIRST, LAST - 60 * DAY)
        if one.born and one.born > start and self.chance(0.8):
            start = one.born                    # into care at birth, most of them
        for _ in range(self.dice.choice((1, 1, 1, 2, 3))):
            start = self._period(one, start)
            if start is None or start > LAST:
                break
        if self.chance(0.02):
            self.dice.shuffle(one.stays)
        for _ in range(3):
            if self.strange() and one.stays:
                self._disorder(one)

    def _home(self, stay):
        dice = self.dice
        for _ in range(20):
            stay.place, stay.provider = dice.choice(PLACES)
            # K3 only since 2023/24, H5 and P2 no longer then, unless that is the question
            if self.contested or not (stay.place in ("H5", "P2") and stay.start.year > 2022
                                      or stay.place == "K3" and stay.start.year < 2024):
                break
        stay.urn = "" if stay.provider in ("", "PR0") else f"SC{dice.randint(100, 140):06}"
        stay.agency = ""
        if self.chance(0.6) and stay.urn:
            stay.agency = dice.choice(("p1", "p2", "p3", "p4", "Hill House Ltd", "Brightside"))
        miles = dice.choice((1, 5, 20, 40)) * dice.random()
        stay.distance = "" if self.chance(0.3) else f"{miles:.1f}"
        if self.strange():
            stay.distance = dice.choice(("20", "20.0", "20.1", "0"))
            if self.contested:
                stay.distance = dice.choice(("999.9", "near", "-3", "1,200"))

    def _period(self, one, start):
        """Episodes from a start on, each beginning as the last ended; the day after, or None."""
        dice = self.dice
        stay = Stay(start, legal=dice.choice(LEGAL), need=dice.choice(NEEDS))
        self._home(stay)
        for _ in range(dice.choice((1, 1, 2, 2, 3, 4, 6))):
            one.stays.append(stay)
            if self.chance(0.35):
                return None                     # still open
            length = dice.choice((1, 7, 30, 90, 200, 365, 366, 730, 900, 1100))
            stay.end = stay.start + DAY * max(1, length + dice.randint(-6, 6))
            stay.ceased = "X1"
            stay = self._next(stay, one)
        last = one.stays[-1]
        last.end = last.end or last.start + DAY * 30
        last.ceased = dice.choice(("E4A", "E4B", "E8", "E12", "E5"))
        return last.end + DAY * dice.choice((1, 1, 2, 100, 400))

    def _next(self, before, one):
        rne = self.dice.choice("PPPLLTUBS" if self.strange() else "PPPLLTUB")
        after = Stay(before.end, None, rne, before.legal, before.need, before.place,
                     before.provider, before.urn, before.agency, before.distance)
        if rne in "LUBS":
            after.legal = self.dice.choice(LEGAL)
        if rne in "PTUBS":
            self._home(after)
        if len(one.stays) > 1 and before.place[:1] == "T":
            home = one.stays[-2]                # back from a temporary placement
            after.place, after.provider, after.urn = home.place, home.provider, home.urn
            after.rne = "P"
        elif self.chance(0.08):
            after.place, after.provider, after.urn, after.agency, after.rne = (
                self.dice.choice(("T0", "T1", "T2", "T3", "T4")), "", "", "", "P")
        if self.strange():
            after.rne = ""                      # blank: the same home, or another
        return after

    def _disorder(self, one):
        """Breaks one rule of a tidy history; every such row is one the definitions accept."""
        dice = self.dice
        stay = dice.choice(one.stays)
        what = dice.randint(0, 9)
        if what == 0 and stay.end:              # ends after the next starts: an overlap
            stay.end += DAY * dice.randint(1, 60)
        elif what == 1 and stay.end and stay.end - stay.start > 3 * DAY:
            stay.end -= DAY                     # a gap of a day
        elif what == 2:                         # a second episode that starts the same day
            twin = Stay(**{**stay.__dict__, "rne": dice.choice("PLB")})
            self._home(twin)
            one.stays.insert(one.stays.index(stay) + dice.randint(0, 1), twin)
        elif what == 3:                         # of zero length, before or after its neighbour
            brief = Stay(**{**stay.__dict__, "end": stay.start, "rne": dice.choice("PLTS")})
            one.stays.insert(one.stays.index(stay) + dice.randint(0, 1), brief)
        elif what == 4:
            stay.legal = dice.choice(("V3", "V4"))
        elif what == 5:
            stay.legal = ""
        elif what == 6:
            stay.rne = "S"
        elif what == 7:
            stay.place, stay.provider = dice.choice((("U4", "PR0"), ("", ""), ("R1", "PR0")))
        elif what == 8:
            stay.end = None                     # never ended, though another followed
        else:
            stay.rne = ""

    # ---- needs and costs ------------------------------------------------------------------------

    def _assess(self, one):
        dice = self.dice
        if not one.stays or self.chance(0.12):
            return
        on = min(stay.start for stay in one.stays) + DAY * dice.randint(0, 60)
        level = dice.choice((0, 1, 2, 3, 5, 8))
        for _ in range(dice.choice((1, 1, 2, 3, 4))):
            top = min(10, level + 3)
            scores = {d: str(dice.choice((0, 1, 7)) if self.tied else dice.randint(
                max(0, level - 3), top)) for d in DOMAINS}
            if self.chance(0.02):
                scores = {d: dice.choice(("0", "10")) for d in DOMAINS}
            if self.strange():                  # partial
                for domain in dice.sample(DOMAINS, dice.choice((1, 2, 13))):
                    scores[domain] = ""
            framework = "" if self.chance(0.3) else "valuing-care-13"
            if self.chance(self.odd / 4):
                framework = dice.choice(("valuing-care-99", "CANS"))
            one.assessments.append((on, scores, framework))
            if not self.strange():              # now and then two on one day
                on += DAY * dice.randint(20, 500)
            level = max(0, min(8, level + dice.choice((-1, 0, 0, 1))))
        if self.chance(0.1):
            dice.shuffle(one.assessments)

    def _amount(self):
        dice = self.dice
        if self.strange():
            return dice.choice(("0.00", "0", "5000.00", "4999.99", "5000.01", "2000", "500.00",
                                "10000", "0.01", "1.5", "31250.5"))
        if self.tied:
            return dice.choice(("450", "650.00", "1200", "1200.50", "4700", "5400.00"))
        return f"{dice.lognormvariate(6.8, 1.0):.2f}"

    def _pay(self, one):
        dice = self.dice
        if not one.stays or self.chance(0.1):
            return
        if self.chance(0.5):                    # a line a stay
            for stay in one.stays:
                one.costs.append((stay.start, stay.end, self._amount(), "accommodation",
                                  "social_care"))
        else:
            start = min(stay.start for stay in one.stays)
            end = None if self.chance(0.7) else start + DAY * dice.randint(1, 2500)
            one.costs.append((start, end, self._amount(), dice.choice((
                "accommodation", "care", "")), "social_care"))
        if self.chance(0.25):                   # several lines beside one another
            start, end = one.costs[-1][:2]
            for element in dice.sample(("education", "therapy", "transport", "other"), 2):
                one.costs.append((start, end, self._amount(), element,
                                  dice.choice(("health", "education", ""))))
        if self.strange():                      # a total beside the lines it may repeat
            start, end = one.costs[0][:2]
            one.costs.append((start, end, self._amount(), "total", "social_care"))
            if self.contested and self.chance(0.3):
                one.costs.append((start, end, self._amount(), "total", "health"))
        if self.chance(0.15):                   # an uplift entered ahead
            start = datetime.date(2024, 4, 1)
            one.costs.append((start, None, self._amount(), "care", "social_care"))
        if self.strange():                      # of zero length: never open
            start = one.costs[0][0]
            one.costs.append((start, start, self._amount(), "other", ""))


def make_people(dice, count, contested):
    maker = PeopleMaker(dice, contested)
    return [maker.person(number) for number in range(count)]

# SPDX-License-Identifier: MIT
"""Rows to one record a child: facts, episodes with their runs, assessments, cost lines."""

from dataclasses import dataclass, field

from . import codes
from .codes import DOMAINS, NOT_RECORDED


@dataclass
class Episode:
    start: int
    end: int            # None is open
    rne: str
    place: str
    provider_code: str
    urn: str
    provider: str
    distance: float
    order: tuple
    period: int = 0     # which period of care of the child
    run: int = 0        # which placement of the child

    def open_on(self, day):
        return self.start <= day and (self.end is None or self.end > day)

    def home(self):
        return self.place, self.provider_code, self.urn


@dataclass
class Placement:
    """A run of episodes as the definitions call it."""
    episodes: list

    @property
    def start(self):
        return self.episodes[0].start

    @property
    def end(self):
        return self.episodes[-1].end

    def temporary(self):
        # DECISION: a placement is temporary where every episode of it is.
        return all(episode.place in codes.TEMPORARY for episode in self.episodes)


@dataclass
class Child:
    id: str
    facts: dict = field(default_factory=dict)
    episodes: list = field(default_factory=list)     # looked-after only, by start and then row
    placements: list = field(default_factory=list)
    periods: list = field(default_factory=list)      # first day of each period of care
    assessments: list = field(default_factory=list)  # completed: (day, scores), earlier row first
    costs: list = field(default_factory=list)        # (from, to, pence)
    sdq: dict = field(default_factory=dict)          # collection year -> score


class Record:
    def __init__(self, taken):
        self.children = {}
        self._facts(taken)
        self._episodes(taken)
        self._assessments(taken)
        for row in taken.rows.get("costs", []):
            self.children[row["child_id"]].costs.append(
                (row["from"], row["to"], row["weekly_cost"]))
        self._sdq(taken)
        self._providers(taken)
        self.enquiries = taken.rows.get("carer_enquiries", [])
        # the default day of the figures: of rows that are in, not after the day of the import
        self.days = [row["started"] for row in taken.rows.get("episodes", [])]
        self.days += [row["DECOM"] for row in taken.rows.get("episodes_903", [])]
        self.days += [row["assessed_on"] for row in taken.rows.get("assessments", [])]

    def _facts(self, taken):
        # DECISION: a header row and a children.csv row of one child are two sources of one child:
        # within each table a later file's row replaces the whole row; between the two, the later
        # in order wins fact by fact, and a blank never wins.
        standing = {}
        for name, id_column in (("header", "CHILD"), ("children", "child_id")):
            for row in taken.rows.get(name, []):
                standing.setdefault(row[id_column], {})[name] = row
        for child_id, rows in sorted(standing.items()):
            child = Child(child_id)
            for row in sorted(rows.values(), key=lambda row: row.order):
                get = row.values.get
                found = {
                    "sex": codes.SEX_OF.get(get("sex") or get("SEX")),
                    "born": get("date_of_birth") or get("DOB"),
                    "ethnic_group": codes.ETHNIC_GROUP_OF.get(get("ethnicity") or get("ETHNIC")),
                    "disability": codes.FLAG_OF.get(get("disability")),
                    "ehcp": codes.FLAG_OF.get(get("ehcp")),
                    "excluded": codes.FLAG_OF.get(get("excluded")),
                    "authority": get("authority") or get("LA"),
                }
                child.facts.update({k: v for k, v in found.items() if v is not None})
            self.children[child_id] = child

    def _episodes(self, taken):
        latest = {}                       # (child, start) -> (unit, rows)
        rows = [(row, row["child_id"], row["started"]) for row in taken.rows.get("episodes", [])]
        rows += [(row, row["CHILD"], row["DECOM"]) for row in taken.rows.get("episodes_903", [])]
        rows.sort(key=lambda item: item[0].order)
        for row, child, start in rows:
            unit, kept = latest.get((child, start), (None, []))
            if unit != row.unit:
                kept = []                 # a later file's rows replace an earlier file's
            latest[child, start] = (row.unit, kept + [row])
        for (child, start), (_, kept) in latest.items():
            for row in kept:
                episode = _episode(row, start)
                legal = row.values.get("legal_status") or row.values.get("LS")
                if legal not in codes.SHORT_BREAKS:
                    self.children[child].episodes.append(episode)
        for child in self.children.values():
            child.episodes.sort(key=lambda episode: (episode.start, episode.order))
            _join(child)

    def _assessments(self, taken):
        for row in taken.rows.get("assessments", []):
            scores = tuple(row[domain] for domain in DOMAINS)
            if None not in scores:
                self.children[row["child_id"]].assessments.append((row["assessed_on"], scores))
        for child in self.children.values():
            child.assessments.sort(key=lambda item: item[0])     # stable: later row stays later

    def _sdq(self, taken):
        # DECISION: an SDQ score is of its return's collection year; of several in a year, the later
        # row that has one.
        for row in taken.rows.get("oc2", []):
            if row["SDQ_SCORE"] is not None:
                self.children[row["CHILD"]].sdq[row.unit[0]] = row["SDQ_SCORE"]

    def _providers(self, taken):
        # DECISION: the later row of a provider_id, or of a URN, is the one that counts.
        self._by_id, self._by_urn = {}, {}
        for row in taken.rows.get("providers", []):
            if row["name"]:
                self._by_id[row["provider_id"]] = row["name"]
        for row in taken.rows.get("homes", []):
            if row["urn"] and row["provider_id"] in self._by_id:
                self._by_urn[row["urn"]] = self._by_id[row["provider_id"]]
        for row in taken.rows.get("providers", []):
            if row["urn"] and row["name"]:
                self._by_urn[row["urn"]] = row["name"]

    def provider_of(self, episode):
        # DECISION: the name is that of the provider_id in the episode's `provider`, else that text
        # itself, else the name of the provider (or of the home's provider) with the episode's URN;
        # else PLACE_PROVIDER; else not recorded.
        if episode.provider:
            return self._by_id.get(episode.provider, episode.provider)
        return self._by_urn.get(episode.urn) or episode.provider_code or NOT_RECORDED


def _episode(row, start):
    get = row.values.get
    return Episode(
        start, get("ended") or get("DEC"), get("reason_started") or get("RNE") or "",
        get("placement_type") or get("PLACE") or "",
        get("placement_provider") or get("PLACE_PROVIDER") or "",
        get("urn") or get("URN") or "", get("provider") or "", get("distance_miles"), row.order)


def _join(child):
    """Numbers the child's periods of care and placements. Blank equals blank."""
    before = None
    for episode in child.episodes:
        follows = before is not None and before.end == episode.start
        if not (follows and episode.rne != "S"):
            child.periods.append(episode.start)
        # DECISION: "no RNE and the same PLACE, PLACE_PROVIDER and URN": two blanks are the same.
        if not (follows and (episode.rne in ("L", "T", "U") or (
                episode.rne == "" and episode.home() == before.home()))):
            child.placements.append(Placement([]))
        child.placements[-1].episodes.append(episode)
        episode.period = len(child.periods) - 1
        episode.run = len(child.placements) - 1
        before = episode

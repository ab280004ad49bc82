# SPDX-License-Identifier: MIT
"""The cohort of one day: who is looked after, in which groups, with which needs and cost."""

import re
from dataclasses import dataclass

from . import codes, days
from .codes import NOT_RECORDED

FILTERS = ("authority", "age_band", "sex_age_band", "sex", "ethnic_group", "placement_group",
           "placement_kind", "provider", "ehcp", "disability", "excluded", "time_band")


@dataclass
class Member:
    child: object
    episode: object
    age: int
    groups: dict           # grouping -> code, "not recorded" where unknown
    scores: tuple          # latest assessment, None where not assessed
    total: int
    severe: int            # domains in the severe band
    pence: int             # weekly cost, None where unknown

    def __getitem__(self, grouping):
        return self.groups[grouping]


def age_band(age):
    if age is None:
        return NOT_RECORDED
    return next(band for band, below in zip(codes.AGE_BANDS, (2, 5, 12, 17, 10 ** 6))
                if age < below)


def sex_age_band(age):
    if age is None:
        return NOT_RECORDED
    return codes.SEX_AGE_BANDS[(age >= 12) + (age >= 17)]


def time_band(years):
    return codes.TIME_BANDS[(years >= 1) + (years >= 3)]


def current_episode(child, day):
    return next((e for e in reversed(child.episodes) if e.open_on(day)), None)


def weekly_pence(child, day):
    open_lines = [pence for start, end, pence in child.costs
                  if start <= day and (end is None or end > day)]
    return sum(open_lines) if open_lines else None


def latest_scores(child, day):
    return next((scores for on, scores in reversed(child.assessments) if on <= day), None)


def member(record, child, day):
    episode = current_episode(child, day)
    if episode is None:
        return None
    born = child.facts.get("born")
    age = days.completed_years(born, day) if born is not None and born <= day else None
    group, kind = codes.placement(episode.place, episode.provider_code)
    years = days.completed_years(child.periods[episode.period], day)
    groups = {name: child.facts.get(name) or NOT_RECORDED
              for name in ("sex", "ethnic_group", "disability", "ehcp", "excluded", "authority")}
    groups.update(
        age_band=age_band(age), sex_age_band=sex_age_band(age), time_band=time_band(years),
        placement_group=group, placement_kind=kind, provider=record.provider_of(episode))
    scores = latest_scores(child, day)
    severe = None if scores is None else sum(score >= codes.SEVERE_FROM for score in scores)
    return Member(child, episode, age, groups, scores, None if scores is None else sum(scores),
                  severe, weekly_pence(child, day))


class Cohort:
    """Members who pass the filter in the order of their ids, and all of the day's members."""

    def __init__(self, record, day, wanted):
        self.record, self.day, self.wanted = record, day, wanted
        found = (member(record, child, day) for child in record.children.values())
        # DECISION: rows about single children are in the order of the ids' bytes.
        self.everyone = sorted((one for one in found if one is not None),
                               key=lambda one: one.child.id.encode())
        self.members = [one for one in self.everyone
                        if all(one[name] == value for name, value in wanted.items())]


def parse_filter(text):
    """`name=value name=value`; a value runs to the next name, so that it may hold spaces."""
    # DECISION: an unknown name is refused; `not recorded` is a value like any other.
    wanted = {}
    parts = re.split(r"(?:^|\s+)(?=[a-z_]+=)", text.strip())
    for part in filter(None, parts):
        name, _, value = part.partition("=")
        if name not in FILTERS:
            raise SystemExit(f"oracle: no filter is called {name}")
        wanted[name] = value.strip().strip("'\"") if value.strip()[:1] in "'\"" else value.strip()
    return wanted

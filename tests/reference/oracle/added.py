# SPDX-License-Identifier: MIT
"""The figures the report lacks: A1 adjusted, A2 change, A3 expected cost, A4 national dashboard."""

import math
from fractions import Fraction

from . import codes, days
from . import statistics as st
from .codes import DOMAINS, NOT_RECORDED
from .figures import STATED, assessed, column, figure, in_group, pounds, table
from .snapshot import Cohort

GROUPINGS = ("age_band", "time_band", "placement_group", "placement_kind", "disability",
             "ethnic_group", "ehcp", "excluded")


# ---- A1 -----------------------------------------------------------------------------------------

def adjusted_rows(members, grouping):
    # DECISION: the groupings of 13-19, 25 and 26 are those of GROUPINGS, once each (17 and 18 share
    # disability). One row for each stated group but the reference; a group nobody is in has n 0
    # and null. Where nobody can be used the reference is null (`no` for flags).
    groups = STATED[grouping]
    adjust = ["age_band", "sex", "placement_group"]
    if grouping == "placement_kind":
        members = in_group(members, "placement_group", "residential")
        groups = codes.RESIDENTIAL_KINDS
        adjust = ["age_band", "sex"]
    adjust = [name for name in adjust if name != grouping]
    used = [one for one in assessed(members)
            if all(one[name] != NOT_RECORDED for name in [grouping] + adjust)]
    occurring = [code for code in groups if in_group(used, grouping, code)]
    reference = "no" if groups == codes.FLAGS else (occurring[0] if occurring else None)
    # columns: 1, the groups that occur but the reference, the occurring levels of the others but
    # their first; which level is left out of the others changes no difference
    terms = [(grouping, code) for code in occurring if code != reference]
    for name in adjust:
        levels = [code for code in STATED[name] if in_group(used, name, code)]
        terms += [(name, code) for code in levels[1:]]
    rows = [[1] + [int(one[name] == code) for name, code in terms] for one in used]
    # DECISION: a flag whose `no` does not occur has nothing to stand against: null.
    fit = st.LeastSquares(rows, [one.total for one in used]) if rows else None
    for code in groups:
        if code == reference:
            continue
        n = len(in_group(used, grouping, code))
        difference = low = high = None
        if n and reference in occurring:
            place = 1 + terms.index((grouping, code))
            difference, (low, high) = fit.coefficient(place), fit.interval(place)
        yield grouping, code, reference, n, difference, low, high


def adjusted(cohort):
    members = cohort.members
    rows = [row for grouping in GROUPINGS for row in adjusted_rows(members, grouping)]
    # DECISION: missing group: a child with any of these groupings, or sex, not recorded.
    return figure("A1", "Which differences remain at equal age, sex and placement?",
                  len(assessed(members)), [
        table("adjusted", [column("grouping", "code"), column("group", "code"),
                           column("reference", "code"), column("n", "integer"),
                           column("difference"), column("low"), column("high")], rows)],
        members, "a", [name for name in GROUPINGS] + ["sex"])


# ---- A2 -----------------------------------------------------------------------------------------

def changes(one, day):
    """Change a year, total first and then each domain; None without two days."""
    seen = [(on, scores) for on, scores in one.child.assessments if on <= day]
    if not seen or seen[0][0] == seen[-1][0]:
        return None
    # DECISION: of several assessments on the first day too, the later row.
    first_day, (last_day, last) = seen[0][0], seen[-1]
    first = [scores for on, scores in seen if on == first_day][-1]
    years = (last_day - first_day) / 365.25
    return [(sum(last) - sum(first)) / years] + [(b - a) / years for a, b in zip(first, last)]


def change_rows(label, found):
    # DECISION: measures in the order `total`, then the domains.
    for place, measure in enumerate(("total",) + DOMAINS):
        values = [change[place] for change in found]
        yield (label, measure, len(values)) + st.float_interval(values)


def change(cohort):
    by_kind, by_provider = {}, {}
    for one in cohort.members:
        found = changes(one, cohort.day)
        # a kind nobody is in has rows; `not recorded` where it holds a child of the cohort
        by_kind.setdefault(one["placement_kind"], [])
        if found is not None:
            by_kind[one["placement_kind"]].append(found)
            by_provider.setdefault(one["provider"], []).append(found)
    kinds = list(codes.PLACEMENT_KINDS) + [NOT_RECORDED] * (NOT_RECORDED in by_kind)
    # DECISION: a provider is listed where at least one of its children has a change, by the bytes
    # of the name, `not recorded` last.
    providers = sorted(by_provider, key=lambda name: (name == NOT_RECORDED, name.encode()))
    measures = [column("measure", "code"), column("n", "integer"), column("change_per_year"),
                column("low"), column("high")]
    # DECISION: missing group: the placement kind, not the provider.
    return figure("A2", "How do needs change, and where?", len(assessed(cohort.members)), [
        table("by_kind", [column("placement_kind", "code")] + measures,
              [row for kind in kinds for row in change_rows(kind, by_kind.get(kind, []))]),
        table("by_provider", [column("provider", "text")] + measures,
              [row for name in providers for row in change_rows(name, by_provider[name])])],
        cohort.members, "a", ["placement_kind"])


# ---- A3 -----------------------------------------------------------------------------------------

def expected_cost(cohort):
    used = [one for one in cohort.members
            if one.scores is not None and one.pence and one.age is not None]
    logs = [math.log(one.pence / 100) for one in used]
    terms = ("intercept",) + DOMAINS + ("age",)
    n, square, coefficients, children, by_provider = len(used), None, [None] * len(terms), [], {}
    if used:
        fit = st.LeastSquares([[1, *one.scores, one.age] for one in used], logs)
        # DECISION: R squared is null where no cost varies; `fit.n` is the children in the fit.
        square = float(1 - fit.rss / fit.tss) if fit.tss else None
        coefficients = [fit.coefficient(place) for place in range(len(terms))]
        for one, fitted, log in zip(used, fit.fitted, logs):
            residual = float(Fraction(log) - fitted)
            children.append((one.child.id, pounds(one.pence), math.exp(fitted), residual))
            by_provider.setdefault(one["provider"], []).append(residual)
    providers = sorted(by_provider, key=lambda name: (name == NOT_RECORDED, name.encode()))
    found = figure("A3", "What cost does need explain?", len(assessed(cohort.members)), [
        table("fit", [column("n", "integer"), column("r_squared")], [(n, square)]),
        # DECISION: terms are called intercept, the domain keys, age.
        table("coefficients", [column("term", "code"), column("coefficient")],
              list(zip(terms, coefficients))),
        table("children", [column("child", "text"), column("weekly_cost"), column("expected"),
                           column("residual")], children),
        table("providers", [column("provider", "text"), column("n", "integer"),
                            column("mean_residual")],
              [(name, len(by_provider[name]),
                math.fsum(by_provider[name]) / len(by_provider[name])) for name in providers])],
        cohort.members, "ac")
    # DECISION: group counts those whose age is not recorded.
    found["missing"]["group"] = sum(one.age is None for one in cohort.members)
    return found


# ---- A4 -----------------------------------------------------------------------------------------

def placements_of_year(child, first, last):
    """How many placements were open on the first day or started in the year, as DfE counts."""
    count = 0
    for placement in child.placements:
        start, end = placement.start, placement.end
        if start > last or (start < first and end is not None and end <= first):
            continue
        if end is not None and end - start < 1:
            continue
        # DECISION: not counted where every episode of the placement (begun by then) is temporary
        # or A3/A5; those two codes say by themselves that the carer is the same. A return from a
        # temporary placement with RNE P is a placement that started in the year, as defined.
        places = {e.place for e in placement.episodes if e.start <= last}
        if places - codes.TEMPORARY - codes.ADOPTION_SAME_CARER:
            count += 1
    return count


def is_stable(one, day):
    episode = one.episode
    placement = one.child.placements[episode.run]
    start = placement.start
    if episode.place in codes.ADOPTION_PLACES and episode.run > 0:
        # DECISION: "the two together": the placement for adoption and the one it followed without
        # a gap in the same period of care.
        before = one.child.placements[episode.run - 1]
        if before.end == start and before.episodes[-1].period == placement.episodes[0].period:
            start = before.start
    return days.anniversary(start, 2) <= day


def dashboard(cohort):
    # DECISION: the members are those of the cohort of that 31 March, the filter applied to their
    # groups of that day. n is literal: assessed children of the cohort as at D.
    day = days.last_31_march(cohort.day)
    first = days.anniversary(day, -1) + 1
    then = Cohort(cohort.record, day, cohort.wanted).members
    rows = []

    def share(name, inside, base):
        rows.append((name, len(inside), len(base), st.ratio(len(inside), len(base), 100),
                     "percent"))

    share("placements_3plus",
          [one for one in then if placements_of_year(one.child, first, day) >= 3], then)
    settled = [one for one in then if one.age is not None and one.age < 16 and days.months_on(
        one.child.periods[one.episode.period], 30) <= day]
    share("stable_2_years", [one for one in settled if is_stable(one, day)], settled)
    known = [one for one in then if one.episode.distance is not None
             and one.episode.distance != 999.9]
    share("over_20_miles", [one for one in known if one.episode.distance > 20], known)
    # DECISION: by PLACE alone, whoever provides: fostering U1-U6, kinship U1-U3, secure and
    # children's homes K1 and K2; supported as the placement_group of that name (H5 K3 P2 P3).
    for name, places in (("foster_care", codes.FOSTER_PLACES), ("kinship", codes.KINSHIP_PLACES),
                         ("secure_and_childrens_homes", {"K1", "K2"}),
                         ("supported", codes.SUPPORTED_PLACES)):
        share(name, [one for one in then if one.episode.place in places], then)
    # DECISION: the score of the OC2 return of the year that ends on that 31 March. The mean's
    # numerator is the sum of scores, its unit points; the others' unit is percent.
    year = days.collection_year(day)
    scores = [one.child.sdq[year] for one in then if year in one.child.sdq]
    rows.append(("sdq_mean", sum(scores), len(scores), st.mean(scores), "points"))
    share("sdq_concern", [score for score in scores if score >= 17], scores)
    return figure("A4", "How does the council stand on the national dashboard?",
                  len(assessed(cohort.members)), [
        table("indicators", [column("indicator", "code"), column("numerator"),
                             column("denominator"), column("value"), column("unit", "text")],
              rows)])


def all_added(cohort):
    return [("A1", lambda: adjusted(cohort)), ("A2", lambda: change(cohort)),
            ("A3", lambda: expected_cost(cohort)), ("A4", lambda: dashboard(cohort))]

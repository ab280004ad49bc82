# SPDX-License-Identifier: MIT
"""The report's figures over one cohort: each function returns one figure of the JSON object."""

from . import codes
from . import statistics as st
from .codes import DOMAINS, NOT_RECORDED

STATED = {
    "age_band": codes.AGE_BANDS, "sex_age_band": codes.SEX_AGE_BANDS,
    "time_band": codes.TIME_BANDS, "sex": codes.SEXES, "ethnic_group": codes.ETHNIC_GROUPS,
    "placement_group": codes.PLACEMENT_GROUPS, "placement_kind": codes.PLACEMENT_KINDS,
    "disability": codes.FLAGS, "ehcp": codes.FLAGS, "excluded": codes.FLAGS,
    "cost_side": codes.COST_SIDES}
IN_HOUSE_FOSTERING, AGENCY = codes.FOSTERING_KINDS
IN_HOUSE_HOME, PRIVATE_HOME, _ = codes.RESIDENTIAL_KINDS


def assessed(members):
    return [one for one in members if one.scores is not None]


def costed(members):
    return [one for one in members if one.pence is not None]


def both(members):
    return [one for one in members if one.scores is not None and one.pence is not None]


def in_group(members, grouping, code):
    return [one for one in members if one[grouping] == code]


def table(name, columns, rows):
    return {"name": name, "columns": [{"name": n, "type": t, "unit": u} for n, t, u in columns],
            "rows": [list(row) for row in rows]}


def column(name, kind="number", unit=None):
    return name, kind, unit


def figure(id, question, n, tables, base=(), uses="", group_missing=None):
    """`missing` counts the children of the base, a reason the figure does not use being 0."""
    missing = {"assessment": 0, "cost": 0, "group": 0}
    if "a" in uses:
        missing["assessment"] = sum(one.scores is None for one in base)
    if "c" in uses:
        missing["cost"] = sum(one.pence is None for one in base)
    if group_missing:
        # DECISION: a child with any grouping of the figure not recorded counts once under group.
        missing["group"] = sum(any(one[g] == NOT_RECORDED for g in group_missing) for one in base)
    return {"id": id, "title": question, "question": question, "n": n, "missing": missing,
            "notes": [], "tables": tables}


def pounds(pence):
    return None if pence is None else st.ratio(pence, 100)


def mean_cost(members):
    return st.mean([one.pence for one in costed(members)], 100)


def mean_total(members):
    return st.mean([one.total for one in assessed(members)])


# ---- profiles: one grouping, the same measures --------------------------------------------------

PROFILE_MEASURES = [column("n", "integer", "children"), column("mean_total", unit="points")] + [
    column("mean_" + d, unit="points") for d in DOMAINS] + [
    column("n_costed", "integer", "children"), column("mean_weekly_cost", unit="pounds a week")]


def profile_row(members):
    with_scores, with_cost = assessed(members), costed(members)
    means = [st.mean([one.scores[d] for one in with_scores]) for d in range(len(DOMAINS))]
    return [len(with_scores), mean_total(members)] + means + [len(with_cost), mean_cost(members)]


def cells(members, *groupings):
    """(codes, members) for each stated combination, `not recorded` last and only where it holds."""
    outer, rest = groupings[0], groupings[1:]
    for code in STATED[outer] + (NOT_RECORDED,):
        inside = in_group(members, outer, code)
        inner = cells(inside, *rest) if rest else [((), inside)]
        for more, held in inner:
            # DECISION: this holds for each row by itself, in every table that lists groups.
            if held or NOT_RECORDED not in (code,) + more:
                yield (code,) + more, held


def profile_tables(members, *groupings):
    names = [column(g, "code") for g in groupings]
    held = list(cells(members, *groupings))
    return [
        table("profile", names + PROFILE_MEASURES,
              [list(code) + profile_row(inside) for code, inside in held]),
        # DECISION: intervals has the rows of profile, `not recorded` among them.
        table("intervals", names + [column("low", unit="points"), column("high", unit="points")],
              [list(code) + list(st.mean_interval([one.total for one in assessed(inside)]))
               for code, inside in held])]


def percent_against(one, other):
    """(mean one - mean other) / mean other of two lists of integers, in percent."""
    if not one or not other or sum(other) == 0:
        return None
    return st.ratio(sum(one) * len(other) - sum(other) * len(one), sum(other) * len(one), 100)


def flag_difference(members, flag):
    # DECISION: the 13 domains in their order, then `total`.
    yes, no = (assessed(in_group(members, flag, code)) for code in codes.FLAGS)
    rows = [(d, percent_against([one.scores[i] for one in yes], [one.scores[i] for one in no]))
            for i, d in enumerate(DOMAINS)]
    rows.append(("total", percent_against([one.total for one in yes], [one.total for one in no])))
    return table("difference", [column("domain", "code"), column("percent", unit="percent")], rows)


def grouped(id, question, members, grouping, extra=()):
    # DECISION: these figures print mean_weekly_cost, so they use cost and count who lacks it.
    return figure(id, question, len(assessed(members)),
                  profile_tables(members, grouping) + list(extra), members, "ac", [grouping])


# ---- figures 0 to 3a ----------------------------------------------------------------------------

def summary(cohort):
    all_, with_cost = cohort.members, costed(cohort.members)
    spend = sum(one.pence for one in with_cost) if with_cost else None
    row = [len(all_), len(assessed(all_)), len(with_cost), mean_cost(all_),
           st.median([one.pence for one in with_cost], 100),
           pounds(max((one.pence for one in with_cost), default=None)), pounds(spend),
           pounds(None if spend is None else spend * 52), mean_total(all_), codes.MAX_TOTAL]
    names = ("children assessed costed mean_weekly_cost median_weekly_cost max_weekly_cost "
             "weekly_spend annual_spend mean_total max_total_possible").split()
    return figure("0", "Who is looked after, with what needs, at what cost?", len(all_), [
        table("summary", [column(name) for name in names], [row]),
        table("by_group", [column("placement_group", "code"), column("n", "integer")],
              [code + (len(held),) for code, held in cells(all_, "placement_group")])],
        all_, "ac", ["placement_group"])


def points(members):
    # DECISION: a point is a child of the group with both a total and a cost.
    return table("points", [column("child", "text"), column("total"), column("weekly_cost"),
                            column("placement_kind", "code")],
                 [(one.child.id, one.total, pounds(one.pence), one["placement_kind"])
                  for one in both(members)])


def need_against_cost(cohort):
    used = both(cohort.members)
    totals, pence = [one.total for one in used], [one.pence for one in used]
    r = st.correlation(totals, pence)
    low, high = st.fisher(r, len(used))
    rho = st.correlation(st.doubled_ranks(totals), st.doubled_ranks(pence))
    return figure("2", "Does cost follow need?", len(used), [
        table("summary", [column("n", "integer")] + [column(c) for c in
                                                     ("r", "r_low", "r_high", "rho")],
              [(len(used), r, low, high, rho)]),
        points(cohort.members)], cohort.members, "ac")


def spend_concentration(cohort):
    pence = sorted((one.pence for one in costed(cohort.members)), reverse=True)
    n, spend = len(pence), sum(pence)
    shares = []
    for percent in (10, 5, 1):
        top = (n * percent + 99) // 100
        shares.append((percent, top, st.ratio(sum(pence[:top]), spend, 100)))
    # DECISION: with nobody costed there is no curve; where all costs are 0.00 the share of spend
    # is undefined but at the origin.
    lorenz, running = ([(0.0, 0.0)] if n else []), 0
    for count, cost in enumerate(reversed(pence), 1):
        running += cost
        lorenz.append((st.ratio(count, n, 100), st.ratio(running, spend, 100)))
    return figure("2a", "How concentrated is spend?", n, [
        table("shares", [column("top_percent"), column("n", "integer"), column("share")], shares),
        table("lorenz", [column("children_percent"), column("spend_percent")], lorenz)],
        cohort.members, "c")


def cost_bands(cohort):
    pence = [one.pence for one in costed(cohort.members)]
    n, rows = len(pence), []
    for lower in range(0, 10001, 500):
        upper = lower + 500 if lower < 10000 else None
        count = sum(lower * 100 <= p and (upper is None or p < upper * 100) for p in pence)
        rows.append((lower, upper, count, st.ratio(count, n, 100)))
    under = [st.ratio(sum(p < limit * 100 for p in pence), n, 100) for limit in (2000, 5000)]
    return figure("3", "What do placements cost?", n, [
        table("bands", [column("from"), column("to"), column("n", "integer"), column("percent")],
              rows),
        table("summary", [column("n", "integer"), column("under_2000_percent"),
                          column("under_5000_percent")], [[n] + under])], cohort.members, "c")


def cap_scenario(cohort, cap, national):
    pence = [one.pence for one in costed(cohort.members)]
    above = [p - cap * 100 for p in pence if p > cap * 100]
    saving = sum(above) if pence else None
    annual = None if saving is None else saving * 52
    nation = None if annual is None else st.ratio(annual * national,
                                                  100 * len(cohort.everyone))
    return figure("3a", "What would a cap save?", len(pence), [
        table("cap", [column("cap"), column("n", "integer"), column("weekly_saving"),
                      column("annual_saving"), column("national_annual_saving")],
              [(cap, len(above), pounds(saving), pounds(annual), nation)])], cohort.members, "c")


# ---- figures 4 to 9 -----------------------------------------------------------------------------

def kind_tables(members, kinds, one, other):
    rows = []
    for kind in kinds:
        inside = in_group(members, "placement_kind", kind)
        rows.append((kind, len(assessed(inside)), mean_total(inside), len(costed(inside)),
                     mean_cost(inside)))
    a, b = (in_group(members, "placement_kind", kind) for kind in (one, other))
    totals = st.difference([m.total for m in assessed(a)], [m.total for m in assessed(b)])
    costs = st.difference([m.pence for m in costed(a)], [m.pence for m in costed(b)], 100)
    return [
        table("kinds", [column("placement_kind", "code"), column("n", "integer"),
                        column("mean_total"), column("n_costed", "integer"),
                        column("mean_weekly_cost")], rows),
        table("difference", [column("measure", "code"), column("difference"), column("low"),
                             column("high")],
              [("mean_total",) + totals, ("mean_weekly_cost",) + costs]), points(members)]


def residential_kinds(cohort):
    base = in_group(cohort.members, "placement_group", "residential")
    return figure("4", "Do private homes meet higher needs?", len(assessed(base)),
                  kind_tables(base, codes.RESIDENTIAL_KINDS, IN_HOUSE_HOME, PRIVATE_HOME),
                  base, "ac")


def fostering_kinds(cohort, threshold):
    base = in_group(cohort.members, "placement_group", "fostering")
    with_scores = assessed(base)
    everyone = [one.total for one in
                assessed(in_group(cohort.everyone, "placement_group", "residential"))]
    if threshold is not None:
        shown, count = threshold, sum(one.total >= threshold for one in with_scores)
    elif everyone:
        # compared in whole numbers, so that a total equal to the mean counts
        shown = st.mean(everyone)
        count = sum(one.total * len(everyone) >= sum(everyone) for one in with_scores)
    else:
        # DECISION: no assessed child in residential: no threshold, so neither n nor percent.
        shown = count = None
    tables = kind_tables(base, codes.FOSTERING_KINDS, IN_HOUSE_FOSTERING, AGENCY)
    tables.append(table("high_need", [column("threshold"), column("n", "integer"),
                                      column("percent")],
                        [(shown, count, st.ratio(count, len(with_scores), 100))]))
    return figure("9", "Do agency carers meet higher needs?", len(with_scores), tables, base, "ac")


def cost_sides(cohort, cap):
    for one in cohort.members:
        one.groups["cost_side"] = NOT_RECORDED if one.pence is None else (
            codes.COST_SIDES[one.pence >= cap * 100])
    with_cost = costed(cohort.members)
    # DECISION: who lacks a cost is counted under cost, not also under group.
    return figure("5", "Do the needs of children above the cap differ?", len(both(with_cost)),
                  profile_tables(with_cost, "cost_side"), cohort.members, "ac")


def severe_needs(cohort):
    base = in_group(cohort.members, "placement_group", "residential")
    used = assessed(base)
    n = len(used)
    rows = []
    for severe in range(len(DOMAINS) + 1):
        count = sum(one.severe == severe for one in used)
        rows.append((severe, count, st.ratio(count, n, 100)))
    none, low = rows[0][1], sum(one.total <= codes.LOW_TOTAL for one in used)
    totals = [one.total for one in used]
    return figure("6", "How many children in residential care have severe needs?", n, [
        table("by_severe", [column("severe_domains"), column("n", "integer"), column("percent")],
              rows),
        table("summary", [column(c) for c in (
            "n", "none_severe_n", "none_severe_percent", "total_le_24_n", "total_le_24_percent",
            "min_total", "max_total")],
            [(n, none, st.ratio(none, n, 100), low, st.ratio(low, n, 100),
              min(totals, default=None), max(totals, default=None))])], base, "a")


def without_severe(cohort):
    # DECISION: the base of `missing` is all of residential; mean cost is of the children without a
    # severe need, and `difference` is in pounds, theirs less agency fostering's.
    base = in_group(cohort.members, "placement_group", "residential")
    used = [one for one in assessed(base) if one.severe == 0]
    agency = costed(in_group(cohort.everyone, "placement_kind", AGENCY))
    gap, _, _ = st.difference([one.pence for one in costed(used)],
                              [one.pence for one in agency], 100)
    return figure("7", "What do children in residential without a severe need need?", len(used), [
        table("profile", PROFILE_MEASURES, [profile_row(used)]),
        table("cost", [column("mean_weekly_cost"), column("ifa_mean_weekly_cost"),
                       column("difference")],
              [(mean_cost(used), mean_cost(agency), gap)])], base, "ac")


# ---- figures 10 to 26 ---------------------------------------------------------------------------

def pipeline(cohort):
    # DECISION: as at D: a row counts from `entered` on (none: never); `now` is not left by D; the
    # days are of those who left by D (left - entered); an outcome counts from the day left, or at
    # once where `left` is blank; every recorded outcome is listed, by stage, outcome and reason,
    # a blank reason (null) last. Rows are counted, an enquiry having one a stage. Rows without a
    # stage count nowhere. The filter is about children and leaves this figure alone.
    day, stages, outcomes = cohort.day, [], {}
    rows = [row for row in cohort.record.enquiries
            if row["stage"] and row["entered"] is not None and row["entered"] <= day]
    for stage in codes.STAGES:
        here = [row for row in rows if row["stage"] == stage]
        left = [row["left"] - row["entered"] for row in here
                if row["left"] is not None and row["left"] <= day]
        stages.append((stage, len(here), len(here) - len(left), st.median(left)))
    for row in rows:
        if row["outcome"] and (row["left"] is None or row["left"] <= day):
            key = row["stage"], row["outcome"], row["outcome_reason"] or None
            outcomes[key] = outcomes.get(key, 0) + 1
    listed = sorted(outcomes, key=lambda k: (
        codes.STAGES.index(k[0]), codes.OUTCOMES.index(k[1]), k[2] is None, (k[2] or "").encode()))
    return figure("10", "How do enquiries to foster fare?", len(assessed(cohort.members)), [
        table("stages", [column("stage", "code"), column("reached", "integer"),
                         column("now", "integer"), column("median_days")], stages),
        table("outcomes", [column("stage", "code"), column("outcome", "code"),
                           column("reason", "text"), column("n", "integer")],
              [key + (outcomes[key],) for key in listed])])


def prevalence(cohort):
    used = assessed(cohort.members)
    rows, intervals = [], []
    for i, domain in enumerate(DOMAINS):
        present = [one.scores[i] for one in used if one.scores[i] >= 1]
        rows.append((domain, len(present), st.ratio(len(present), len(used), 100),
                     st.mean(present)))
        intervals.append((domain,) + st.wilson(len(present), len(used)))
    return figure("11", "Which needs are common, and how severe?", len(used), [
        table("domains", [column("domain", "code"), column("n", "integer"), column("percent"),
                          column("mean_where_present")], rows),
        table("intervals", [column("domain", "code"), column("low"), column("high")], intervals)],
        cohort.members, "a")


def complexity(cohort):
    used = assessed(cohort.members)
    rows = []
    for i, domain in enumerate(DOMAINS):
        for band, low, high in codes.BANDS:
            count = sum(low <= one.scores[i] <= high for one in used)
            rows.append((domain, band, count, st.ratio(count, len(used), 100)))
    return figure("12", "How complex is each need?", len(used), [
        table("bands", [column("domain", "code"), column("band", "code"), column("n", "integer"),
                        column("percent")], rows)], cohort.members, "a")


def share_rows(members, outer, inner):
    """(outer code, inner code, n, percent within outer, low, high)"""
    for (a, b), held in cells(members, outer, inner):
        whole = len(in_group(members, outer, a))
        yield (a, b, len(held), st.ratio(len(held), whole, 100)) + st.wilson(len(held), whole)


def shares_tables(members, outer, inner, intervals):
    rows = list(share_rows(members, outer, inner))
    names = [column(outer, "code"), column(inner, "code")]
    found = [table("shares", names + [column("n", "integer"), column("percent")],
                   [row[:4] for row in rows])]
    if intervals:
        found.append(table("intervals", names + [column("low"), column("high")],
                           [row[:2] + row[4:] for row in rows]))
    return found


def residential_ratio(members):
    counts = {}
    for flag in codes.FLAGS:
        within = in_group(members, "disability", flag)
        counts[flag] = (len(in_group(within, "placement_group", "residential")), len(within))
    (a, n), (b, m) = counts["yes"], counts["no"]
    return st.ratio(a * m, b * n) if n and m else None


def disability_by_placement(cohort):
    members = cohort.members
    mild = [one for one in assessed(members) if one.severe == 0]
    # DECISION: `without_severe` needs assessments, so the figure counts who lacks one.
    return figure("18", "Are disabled children more often in residential care?", len(members),
                  shares_tables(members, "disability", "placement_group", True) + [
        table("ratio", [column("children", "code"), column("ratio")],
              [("all", residential_ratio(members)), ("without_severe", residential_ratio(mild))])],
        members, "a", ["disability", "placement_group"])


def ethnicity_shares(cohort, id, inner):
    return figure(id, f"How does ethnicity vary by {inner}?", len(cohort.members),
                  shares_tables(cohort.members, "ethnic_group", inner, False),
                  cohort.members, "", ["ethnic_group", inner])


def sex_within_age(cohort):
    members = cohort.members

    def totals(band, sex):
        return [one.total for one in assessed(members)
                if one["sex_age_band"] == band and one["sex"] == sex]

    # DECISION: difference and change compare stated groups only: no row for `not recorded`.
    bands = codes.SEX_AGE_BANDS
    difference = [(band, percent_against(totals(band, "male"), totals(band, "female")))
                  for band in bands]
    # DECISION: the older band against the younger: (mean `to` - mean `from`) / mean `from`.
    change = [(sex, one, other, percent_against(totals(other, sex), totals(one, sex)))
              for sex in codes.SEXES for one, other in zip(bands, bands[1:])]
    return figure("22-24", "How do needs differ by sex within age?", len(assessed(members)),
                  profile_tables(members, "sex_age_band", "sex") + [
        table("difference", [column("sex_age_band", "code"), column("percent")], difference),
        table("change", [column("sex", "code"), column("from", "code"), column("to", "code"),
                         column("percent")], change)],
        members, "ac", ["sex_age_band", "sex"])


def residential_profile(cohort):
    base = in_group(cohort.members, "placement_group", "residential")
    kinds = [(code, inside) for code, inside in cells(base, "placement_kind")
             if code[0] in codes.RESIDENTIAL_KINDS]
    names = [column("placement_kind", "code")]
    return figure("16", "How do needs differ among homes?", len(assessed(base)), [
        table("profile", names + PROFILE_MEASURES,
              [list(code) + profile_row(inside) for code, inside in kinds]),
        table("intervals", names + [column("low"), column("high")],
              [list(code) + list(st.mean_interval([one.total for one in assessed(inside)]))
               for code, inside in kinds])], base, "ac", ["placement_kind"])


def flagged(cohort, id, question, flag):
    return grouped(id, question, cohort.members, flag, [flag_difference(cohort.members, flag)])


def all_figures(cohort, options):
    """(id, maker) of the report's figures, in their order."""
    members = cohort.members
    return [
        ("0", lambda: summary(cohort)),
        ("2", lambda: need_against_cost(cohort)),
        ("2a", lambda: spend_concentration(cohort)),
        ("3", lambda: cost_bands(cohort)),
        ("3a", lambda: cap_scenario(cohort, options.cap, options.national)),
        ("4", lambda: residential_kinds(cohort)),
        ("5", lambda: cost_sides(cohort, options.cap)),
        ("6", lambda: severe_needs(cohort)),
        ("7", lambda: without_severe(cohort)),
        ("9", lambda: fostering_kinds(cohort, options.threshold)),
        ("10", lambda: pipeline(cohort)),
        ("11", lambda: prevalence(cohort)),
        ("12", lambda: complexity(cohort)),
        ("13", lambda: grouped("13", "How do needs vary with age?", members, "age_band")),
        ("14", lambda: grouped("14", "How do needs vary with time in care?", members,
                               "time_band")),
        ("15", lambda: grouped("15", "How do needs vary with placement?", members,
                               "placement_group")),
        ("16", lambda: residential_profile(cohort)),
        ("17", lambda: flagged(cohort, "17", "How do needs vary with disability?", "disability")),
        ("18", lambda: disability_by_placement(cohort)),
        ("19", lambda: grouped("19", "How do needs vary with ethnicity?", members,
                               "ethnic_group")),
        ("20", lambda: ethnicity_shares(cohort, "20", "age_band")),
        ("21", lambda: ethnicity_shares(cohort, "21", "sex")),
        ("22-24", lambda: sex_within_age(cohort)),
        ("25", lambda: flagged(cohort, "25", "How do needs vary with a plan?", "ehcp")),
        ("26", lambda: flagged(cohort, "26", "How do needs vary with exclusion?", "excluded")),
    ]

#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The workload in pandas: pandas_peer.py FOLDER DATE [REPORTS]; see ../README.md."""

import json
import resource
import sys
import time

import numpy as np
import pandas as pd

AGE_BANDS = ["0-1", "2-4", "5-11", "12-16", "17+"]
TIME_BANDS = ["under 1 year", "1-3", "3 and over"]
RESIDENTIAL = ["in-house children's home", "private children's home", "specialist residential"]


def load(folder):
    children = pd.read_csv(f"{folder}/children.csv", dtype={
        "sex": "category", "ethnic_group": "category"},
        parse_dates=["date_of_birth", "care_start"])
    assessments = pd.read_csv(f"{folder}/assessments.csv", parse_dates=["assessed_on"])
    placements = pd.read_csv(f"{folder}/placements.csv", dtype={"placement_kind": "category"},
                             parse_dates=["start", "end"])
    domains = list(assessments.columns[2:])
    assessments[domains] = assessments[domains].astype(np.int8)
    # positions in place of ids: what a key gives
    ids = pd.Index(children["child_id"])
    assessments["child"] = ids.get_indexer(assessments.pop("child_id"))
    placements["child"] = ids.get_indexer(placements.pop("child_id"))
    assessments = assessments.sort_values(["child", "assessed_on"], kind="stable",
                                          ignore_index=True)
    assessments["total"] = assessments[domains].sum(axis=1).astype(np.int16)
    return children, assessments, placements, domains


def years(dates, day):
    """Complete years; the anniversary of 29 February is 1 March in other years."""
    passed = (dates.dt.month < day.month) | ((dates.dt.month == day.month) &
                                             (dates.dt.day <= day.day))
    return day.year - dates.dt.year - np.where(passed, 0, 1)


def cohort_of(loaded, day):
    children, assessments, placements, domains = loaded
    here = placements[(placements["start"] <= day) &
                      (placements["end"].isna() | (placements["end"] > day))]
    known = assessments[assessments["assessed_on"] <= day]
    by_child = known.groupby("child", sort=False)
    last = known.drop_duplicates("child", keep="last").set_index("child")
    first = known.drop_duplicates("child", keep="first").set_index("child")["total"]
    count = by_child.size()
    cohort = here.set_index("child").join(last[domains + ["total"]], how="inner")
    cohort["first_total"] = first.reindex(cohort.index)
    cohort["assessments"] = count.reindex(cohort.index)
    cohort = cohort.join(children[["sex", "date_of_birth", "ethnic_group", "disability", "ehcp",
                                   "excluded", "care_start"]])
    return cohort


def group_rows(frame, keys, domains):
    measures = frame.groupby(keys, observed=True)[["weekly_cost", "total"] + domains]
    means, counts = measures.mean(), measures.size()
    return {name: [int(counts[name])] + means.loc[name].tolist() for name in counts.index
            if counts[name]}


def report(loaded, day):
    domains = loaded[3]
    cohort = cohort_of(loaded, day)
    cost, total = cohort["weekly_cost"], cohort["total"]
    n = len(cohort)
    ordered = np.sort(cost.to_numpy())[::-1]
    running, spend = np.cumsum(ordered), int(ordered.sum())

    def top(percent):
        k = (n * percent + 50) // 100
        return 100 * int(running[k - 1]) / spend if k else 0.0
    results = {
        "a": {"n": n, "r": float(np.corrcoef(total, cost)[0, 1]), "spend": spend,
              "mean_cost": spend / n},
        "b": {"top_10": top(10), "top_5": top(5), "top_1": top(1),
              "under_2000": 100 * float((cost < 2000).sum()) / n,
              "under_5000": 100 * float((cost < 5000).sum()) / n,
              "saving": int((cost[cost > 5000] - 5000).sum())}}
    steps = (cost // 500 * 500).value_counts().sort_index()
    results["c"] = [[int(low), int(count)] for low, count in steps.items()]
    age, time_in = years(cohort["date_of_birth"], day), years(cohort["care_start"], day)
    flags = {0: "no", 1: "yes"}
    keys = {
        "placement_kind": cohort["placement_kind"],
        "cost_side": np.where(cost >= 5000, "over", "under"),
        "age_band": np.array(AGE_BANDS)[np.digitize(age, [2, 5, 12, 17])],
        "time_band": np.array(TIME_BANDS)[np.digitize(time_in, [1, 3])],
        "disability": cohort["disability"].map(flags), "ethnic_group": cohort["ethnic_group"],
        "ehcp": cohort["ehcp"].map(flags), "excluded": cohort["excluded"].map(flags)}
    results["d"] = {}
    for name, key in keys.items():
        frame = cohort.assign(key_=key)
        results["d"][name] = group_rows(frame, "key_", domains)
    results["d"]["home"] = {kind: results["d"]["placement_kind"][kind]
                            for kind in RESIDENTIAL[:2] if kind in results["d"]["placement_kind"]}
    both = cohort["sex"].astype(str) + " " + keys["age_band"]
    results["d"]["sex_age_band"] = group_rows(cohort.assign(key_=both), "key_", domains)
    scores = cohort[domains]
    present = scores >= 1
    results["e"] = [[100 * float(present[d].sum()) / n,
                     float(scores[d].sum() / present[d].sum())] for d in domains]
    results["f"] = []
    for d in domains:
        counts = np.bincount(scores[d].to_numpy(), minlength=11)
        results["f"].append([int(counts[0]), int(counts[1:4].sum()), int(counts[4:7].sum()),
                             int(counts[7:].sum())])
    homes = cohort[cohort["placement_kind"].isin(RESIDENTIAL)]
    severe = np.bincount((homes[domains] >= 7).sum(axis=1), minlength=len(domains) + 1)
    results["g"] = {"severe": [int(v) for v in severe], "none": int(severe[0]),
                    "low_total": int((homes["total"] <= 24).sum())}
    again = cohort[cohort["assessments"] >= 2]
    change = (again["total"] - again["first_total"]).groupby(again["placement_kind"],
                                                             observed=True)
    means, counts = change.mean(), change.size()
    results["h"] = {kind: [int(counts[kind]), float(means[kind])] for kind in counts.index
                    if counts[kind]}
    return results


def main():
    folder, day = sys.argv[1], pd.Timestamp(sys.argv[2])
    reports = int(sys.argv[3]) if len(sys.argv) > 3 else 7
    start = time.perf_counter()
    loaded = load(folder)
    load_ms = 1000 * (time.perf_counter() - start)
    taken = []
    for _ in range(reports):
        start = time.perf_counter()
        results = report(loaded, day)
        taken.append(1000 * (time.perf_counter() - start))
    json.dump({"implementation": "pandas", "version": pd.__version__, "threads": 1,
               "children": len(loaded[0]), "load_ms": load_ms, "report_ms": taken,
               "median_ms": sorted(taken)[len(taken) // 2],
               "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
               "results": results}, sys.stdout)
    print()


if __name__ == "__main__":
    main()

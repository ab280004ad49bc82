#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The workload in SQLite's SQL: sqlite_peer.py FOLDER DATE [REPORTS]; see ../README.md."""

import csv
import json
import os
import re
import resource
import sqlite3
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
HOMES = ("in-house children's home", "private children's home")
GROUPS = {
    "placement_kind": "placement_kind", "cost_side": "cost_side", "age_band": "age_band",
    "time_band": "time_band", "disability": "disability", "ethnic_group": "ethnic_group",
    "ehcp": "ehcp", "excluded": "excluded", "sex_age_band": "sex || ' ' || age_band"}


def statements(day):
    def years(match):
        column = match[1]
        return (f"(cast(substr('{day}', 1, 4) as integer) - cast(substr({column}, 1, 4) as integer)"
                f" - (substr({column}, 6) > substr('{day}', 6)))")
    with open(os.path.join(HERE, "workload.sql"), encoding="utf-8") as file:
        parts = file.read().split("-- name: ")[1:]
    found = {}
    for part in parts:
        name, _, text = part.partition("\n")
        found[name.strip()] = re.sub(r"\{years:([^}]*)\}", years, text.replace("{day}", f"'{day}'"))
    return found


def load(folder):
    database = sqlite3.connect(":memory:")
    for name in ("children", "assessments", "placements"):
        with open(f"{folder}/{name}.csv", newline="", encoding="utf-8") as file:
            rows = csv.reader(file)
            header = next(rows)
            text = {"child_id", "sex", "date_of_birth", "ethnic_group", "care_start",
                    "assessed_on", "start", "end", "placement_kind"}
            columns = ", ".join(f'"{c}" {"text" if c in text else "integer"}' for c in header)
            extra = ", total integer" if name == "assessments" else ""
            database.execute(f"create table {name} ({columns}{extra})")
            places = ", ".join("?" for _ in header)
            names = ", ".join(f'"{c}"' for c in header)
            database.executemany(f"insert into {name} ({names}) values ({places})",
                                 ([v or None for v in row] for row in rows))
            if name == "assessments":
                domains = header[2:]
                database.execute("update assessments set total = " + " + ".join(domains))
    database.execute("create index a on assessments (child_id, assessed_on)")
    database.execute("create unique index c on children (child_id)")
    database.execute("create index p on placements (child_id)")
    database.execute("analyze")
    database.row_factory = sqlite3.Row
    return database, domains


def report(database, sql, domains):
    def rows(text):
        return database.execute(text).fetchall()
    rows("drop table if exists cohort")
    rows(sql["cohort"])
    s = rows(sql["a"])[0]
    n = s["n"]
    r = (n * s["stc"] - s["st"] * s["sc"]) / (
        (n * s["stt"] - s["st"] ** 2) * (n * s["scc"] - s["sc"] ** 2)) ** 0.5
    results = {"a": {"n": n, "r": r, "spend": s["sc"], "mean_cost": s["sc"] / n},
               "b": {f"top_{p}": 100 * rows(sql["top"].replace("{percent}", str(p)))[0][0] / s["sc"]
                     for p in (10, 5, 1)},
               "c": [list(row) for row in rows(sql["c"])], "d": {}}
    results["b"].update({key: s[key] for key in ("under_2000", "under_5000", "saving")})
    means = ", ".join(f"avg({d}) as {d}" for d in domains)
    for name, group in GROUPS.items():
        found = rows(sql["d"].replace("{group}", group).replace("{means}", means))
        results["d"][name] = {row[0]: list(row)[1:] for row in found}
    results["d"]["home"] = {kind: results["d"]["placement_kind"][kind] for kind in HOMES
                            if kind in results["d"]["placement_kind"]}
    results["e"], results["f"] = [], []
    for domain in domains:
        row = list(rows(sql["e"].replace("{domain}", domain))[0])
        results["e"].append(row[:2])
        results["f"].append(row[2:])
    severe = " + ".join(f"({d} >= 7)" for d in domains)
    results["g"] = {"severe": [0] * (len(domains) + 1), "none": 0, "low_total": 0}
    for row in rows(sql["g"].replace("{severe}", severe)):
        results["g"]["severe"][row["severe"]] = row["n"]
        results["g"]["low_total"] += row["low"]
    results["g"]["none"] = results["g"]["severe"][0]
    results["h"] = {row[0]: list(row)[1:] for row in rows(sql["h"])}
    return results


def main():
    folder, day = sys.argv[1], sys.argv[2]
    reports = int(sys.argv[3]) if len(sys.argv) > 3 else 7
    start = time.perf_counter()
    database, domains = load(folder)
    load_ms = 1000 * (time.perf_counter() - start)
    sql, taken = statements(day), []
    for _ in range(reports):
        start = time.perf_counter()
        results = report(database, sql, domains)
        taken.append(1000 * (time.perf_counter() - start))
    json.dump({"implementation": "SQLite", "version": sqlite3.sqlite_version, "threads": 1,
               "children": database.execute("select count(*) from children").fetchone()[0],
               "load_ms": load_ms, "report_ms": taken, "median_ms": sorted(taken)[len(taken) // 2],
               "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
               "results": results}, sys.stdout)
    print()


if __name__ == "__main__":
    main()

#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Compares two report objects cell by cell, or the problems of two imports. Exit 1 on a difference.

compare.py A.json B.json       figures by id, tables and columns by name and order, rows in order
compare.py --problems A B      the sets of (file's base name, line, column, severity)

Numbers are equal to 1e-9 relative (1e-9 near 0), whole numbers exactly; title, question, notes,
types and units are left out. Tables about single children have no stated order: they are compared
in the order of their `child`.
"""

import argparse
import csv
import json
import os
import sys

RELATIVE = 1e-9


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def equal(a, b, absolute):
    if isinstance(a, float) or isinstance(b, float):
        return is_number(a) and is_number(b) and abs(a - b) <= max(
            absolute, RELATIVE * max(abs(a), abs(b)))
    return type(a) is type(b) and a == b


class Comparison:
    def __init__(self, options):
        self.strict, self.no_child = options.strict_order, options.ignore_child
        self.ignored, self.absolute = options.ignore, options.absolute
        self.found = 0

    def say(self, where, a, b):
        self.found += 1
        print(f"{where}: {a!r} {b!r}")

    def value(self, where, a, b):
        if not equal(a, b, self.absolute):
            self.say(where, a, b)

    def reports(self, a, b):
        for name in ("as_at", "framework"):
            self.value(name, a.get(name), b.get(name))
        for name in ("filter", "cohort"):
            for key in sorted(set(a.get(name, {})) | set(b.get(name, {}))):
                self.value(f"{name}/{key}", a.get(name, {}).get(key), b.get(name, {}).get(key))
        ours, theirs = ({one["id"]: one for one in report["figures"]} for report in (a, b))
        for id in list(ours) + [id for id in theirs if id not in ours]:
            if id in self.ignored:
                continue
            if id not in ours or id not in theirs:
                self.say(id, "figure" if id in ours else None, "figure" if id in theirs else None)
            else:
                self.figures(id, ours[id], theirs[id])

    def figures(self, id, a, b):
        self.value(f"{id}/n", a.get("n"), b.get("n"))
        for reason in ("assessment", "cost", "group"):
            self.value(f"{id}/missing/{reason}", a.get("missing", {}).get(reason),
                       b.get("missing", {}).get(reason))
        ours, theirs = ({one["name"]: one for one in figure["tables"]} for figure in (a, b))
        if list(ours) != list(theirs):
            self.say(f"{id}/tables", list(ours), list(theirs))
        for name in ours:
            if name in theirs:
                self.tables(f"{id}/{name}", ours[name], theirs[name])

    def tables(self, where, a, b):
        names, others = ([one["name"] for one in table["columns"]] for table in (a, b))
        if names != others:
            self.say(f"{where}/columns", names, others)
            return
        ours, theirs = a["rows"], b["rows"]
        if "child" in names and not self.strict:
            place = names.index("child")
            if self.no_child:
                ours, theirs = ([row[:place] + row[place + 1:] for row in rows]
                                for rows in (ours, theirs))
                names = names[:place] + names[place + 1:]
                ours, theirs = (sorted(rows, key=lambda row: [str(v) for v in row])
                                for rows in (ours, theirs))
            else:
                ours, theirs = (sorted(rows, key=lambda row: str(row[place]))
                                for rows in (ours, theirs))
        if len(ours) != len(theirs):
            self.say(f"{where}/rows", len(ours), len(theirs))
        for number, (one, other) in enumerate(zip(ours, theirs)):
            key = " ".join(str(v) for v in one if isinstance(v, str)) or f"row {number + 1}"
            if len(one) != len(names) or len(other) != len(names):
                self.say(f"{where}/{key}", one, other)
                continue
            for name, x, y in zip(names, one, other):
                self.value(f"{where}/{key}/{name}", x, y)


def problems(path):
    with open(path, newline="", encoding="utf-8") as file:
        return {(os.path.basename(row["file"]), int(row["line"]), row["column"], row["severity"]):
                row for row in csv.DictReader(file)}


def compare_problems(first, second):
    ours, theirs = problems(first), problems(second)
    for key in sorted(set(ours) ^ set(theirs)):
        row = ours.get(key) or theirs[key]
        print("problem", *key, "only in", first if key in ours else second,
              f"({row['value']!r}: {row['problem']})")
    return len(set(ours) ^ set(theirs))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--problems", action="store_true", help="compare two problem files")
    parser.add_argument("--strict-order", action="store_true", help="children's rows in order too")
    parser.add_argument("--ignore-child", action="store_true", help="leave children's ids out")
    parser.add_argument("--ignore", action="append", default=[], metavar="FIGURE")
    parser.add_argument("--absolute", type=float, default=1e-9, metavar="NEAR_ZERO")
    parser.add_argument("first", metavar="A")
    parser.add_argument("second", metavar="B")
    options = parser.parse_args()
    if options.problems:
        return 1 if compare_problems(options.first, options.second) else 0
    reports = []
    for path in (options.first, options.second):
        with open(path, encoding="utf-8") as file:
            reports.append(json.load(file))
    comparison = Comparison(options)
    comparison.reports(*reports)
    return 1 if comparison.found else 0


if __name__ == "__main__":
    sys.exit(main())

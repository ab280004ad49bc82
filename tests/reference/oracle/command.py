# SPDX-License-Identifier: MIT
"""The command line: files in, the JSON object of the figures out."""

import argparse
import csv
import datetime
import json
import sys

from . import days
from .added import all_added
from .codes import FRAMEWORK
from .figures import all_figures, assessed, costed
from .record import Record
from .rows import Import
from .snapshot import Cohort, parse_filter
from .story import all_story


def report(record, day, wanted, options):
    cohort = Cohort(record, day, wanted)
    if options.child:
        figures = all_story(record.children[options.child], day)
    else:
        makers = all_figures(cohort, options) + all_added(cohort)
        figures = [make() for id, make in makers if not options.figure or id in options.figure]
    return {"as_at": days.iso(day), "framework": FRAMEWORK, "filter": wanted,
            "cohort": {"children": len(cohort.members), "assessed": len(assessed(cohort.members)),
                       "costed": len(costed(cohort.members))}, "figures": figures}


def write_problems(path, problems):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow("file line column value severity problem expected".split())
        for one in problems:
            writer.writerow([one.file, one.line, one.column, one.value, one.severity, one.problem,
                             one.expected])


def _options():
    parser = argparse.ArgumentParser(
        prog="oracle.py", description="The figures, computed by a second reading of their "
        "definitions, from CSV files.")
    parser.add_argument("--as-at", metavar="DATE", help="default: the latest start or assessment")
    parser.add_argument("--where", default="", metavar="FILTER")
    parser.add_argument("--figure", action="append", metavar="ID")
    parser.add_argument("--cap", type=int, default=5000, metavar="POUNDS")
    parser.add_argument("--national", type=int, default=83840, metavar="N")
    parser.add_argument("--threshold", type=int, metavar="TOTAL")
    parser.add_argument("--problems", metavar="FILE")
    parser.add_argument("--child", metavar="ID", help="figures 1 and 8 of a child")
    parser.add_argument("--quiet", action="store_true", help="print no figures")
    parser.add_argument("files", nargs="+", metavar="FILE_OR_FOLDER")
    return parser.parse_args()


def main():
    """Exit code 0, or 3 where a row or file was refused."""
    options = _options()
    taken = Import(options.files)
    if options.problems:
        write_problems(options.problems, taken.problems)
    record = Record(taken)
    today = datetime.date.today().toordinal()
    if options.as_at:
        day = days.parse(options.as_at)
        if day is None:
            sys.exit(f"oracle: {options.as_at} is not a day")
    else:
        # DECISION: with no row that has such a day, as at today.
        day = max((d for d in record.days if d <= today), default=today)
    if options.child and options.child not in record.children:
        sys.exit(f"oracle: no child is called {options.child}")
    if not options.quiet:
        json.dump(report(record, day, parse_filter(options.where), options), sys.stdout,
                  ensure_ascii=False, indent=1)
        print()
    # DECISION: a value read as blank is an error of its row, but the row went in: only refused rows
    # and files make the exit code 3; a repeated row does not.
    return 3 if taken.refused else 0

#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Writes a synthetic, messy population of children for differential tests.

The same seed and size give the same files. Without --contested only such mess is planted as the
definitions decide; with it, also what they leave open.
"""

import argparse
import datetime
import os
import random
import sys

from messy_people import make_people
from messy_tables import Writer, native_tables, return_tables


def make_folder(folder):
    """An empty folder; one that holds anything is refused, so that nobody's files are mixed in."""
    os.makedirs(folder, exist_ok=True)
    if os.listdir(folder):
        sys.exit(f"messy: {folder} is not empty")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--children", type=int, required=True, metavar="N")
    parser.add_argument("--out", required=True, metavar="FOLDER")
    parser.add_argument("--contested", action="store_true",
                        help="plant what the definitions leave open, too")
    options = parser.parse_args()
    dice = random.Random(f"{options.seed}/{options.children}")
    variant = ("native", "return", "mixed")[options.seed % 3]
    people = make_people(dice, options.children, options.contested)
    make_folder(options.out)
    writer = Writer(dice, options.out, options.contested)
    if variant in ("native", "mixed"):
        half = people if variant == "native" else people[::2]
        native_tables(writer, half, people, with_episodes=True)
    else:
        native_tables(writer, people, people, with_episodes=False)
    if variant in ("return", "mixed"):
        return_tables(writer, people if variant == "return" else people[1::2],
                      last=datetime.date(2025, 3, 31))


if __name__ == "__main__":
    main()

#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Results of the benchmark's implementations: do they agree, and how long did each take?

compare.py FIRST.json OTHER.json...   ratios are to the first; exit 1 where results differ by more
than 1e-9 relative. See README.md for the shape.
"""

import json
import sys

RELATIVE = 1e-9


def differences(where, a, b):
    if isinstance(a, dict) and isinstance(b, dict):
        for key in sorted(set(a) | set(b)):
            if key not in a or key not in b:
                yield f"{where}/{key}: only on one side"
            else:
                yield from differences(f"{where}/{key}", a[key], b[key])
    elif isinstance(a, list) and isinstance(b, list):
        if len(a) != len(b):
            yield f"{where}: {len(a)} and {len(b)} values"
        for place, (x, y) in enumerate(zip(a, b)):
            yield from differences(f"{where}/{place}", x, y)
    elif abs(a - b) > RELATIVE * max(abs(a), abs(b), 1e-3):
        yield f"{where}: {a!r} and {b!r}"


def main():
    runs = []
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as file:
            runs.append(json.load(file))
    first, agree = runs[0], True
    print(f"{'':24}{'load ms':>10}{'report ms':>12}{'ratio':>9}{'MB':>8}  threads  agrees")
    for run in runs:
        found = list(differences("", first["results"], run["results"]))
        agree = agree and not found
        name = f"{run['implementation']} {run['version']}"[:23]
        print(f"{name:24}{run['load_ms']:>10.1f}{run['median_ms']:>12.2f}"
              f"{run['median_ms'] / first['median_ms']:>9.1f}{run['memory_mb']:>8.0f}"
              f"{run['threads']:>9}  {'yes' if not found else 'NO'}")
        for line in found[:10]:
            print("   ", line)
    return 0 if agree else 1


if __name__ == "__main__":
    sys.exit(main())

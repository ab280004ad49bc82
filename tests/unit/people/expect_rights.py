#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes rights_expected.csv: what each role may do with a child in each situation, from data/roles/ and
the policy as people read it, without the program's code. Run it when data/roles/ changes, read what
changed in the file, and commit both.

    python3 tests/unit/people/expect_rights.py > tests/unit/people/rights_expected.csv
"""
import csv
import pathlib

ROLES = pathlib.Path(__file__).parents[3] / "data" / "roles"


def rows(name):
    return list(csv.DictReader(open(ROLES / name, newline="")))


# situation: (authority, tie, guard, named, glass); the person works for North only
SITUATIONS = {
    "own": ("North", "own", "", False, False),
    "team": ("North", "team", "", False, False),
    "untied": ("North", "", "", False, False),
    "untied_glass": ("North", "", "", False, True),
    "restricted_own": ("North", "own", "restricted", False, False),
    "restricted": ("North", "", "restricted", False, False),
    "restricted_named": ("North", "", "restricted", True, False),
    "restricted_glass": ("North", "", "restricted", False, True),
    "sealed_own": ("North", "own", "sealed", False, False),
    "sealed_named": ("North", "", "sealed", True, False),
    "sealed_glass": ("North", "own", "sealed", False, True),
    "address_own": ("North", "own", "address", False, False),
    "address_named": ("North", "", "address", True, False),
    "other_own": ("South", "own", "", True, True),
    "unknown_own": ("", "own", "", True, True),
    "all_own": ("", "own", "", False, False),  # the person works for every authority
}


def answer(situation, permission, about, through_glass, scope, may_break):
    authority, tie, guard, named, glass = SITUATIONS[situation]
    if not scope or about != "child":
        return "none"
    if situation != "all_own" and authority != "North":
        return "authority"
    # a guarded record is for named people; who says who is named need not be
    if guard == "sealed" and not named and permission != "restricted.manage":
        return "sealed"
    if guard == "address" and not named and permission == "child.address":
        return "address"
    opens = glass and through_glass and may_break
    if guard == "restricted" and not named and permission not in ("restricted.manage", "breakglass.use"):
        return "glass" if opens else "restricted"
    tied = named or tie == "own" or (tie == "team" and scope == "team") or scope.startswith("authorit")
    if tied:
        return "allowed"
    return "glass" if opens else "theirs"


def main():
    permissions, grants = rows("permissions.csv"), rows("grants.csv")
    scopes = {(g["role"], g["permission"]): g["scope"] for g in grants}
    print("role,permission,may," + ",".join(SITUATIONS))
    for role in rows("roles.csv"):
        for p in permissions:
            scope = scopes.get((role["role"], p["permission"]), "")
            may = p["permission"] in ("public", "signed-in") or bool(scope)
            cells = [answer(s, p["permission"], p["about"], p["through_glass"] == "yes", scope,
                            (role["role"], "breakglass.use") in scopes) for s in SITUATIONS]
            print(",".join([role["role"], p["permission"], "yes" if may else "no"] + cells))


if __name__ == "__main__":
    main()

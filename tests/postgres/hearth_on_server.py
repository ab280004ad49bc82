#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Stands in for `hearth` in tests/cases: a record in a file becomes one in a schema of its own on
the server of HEARTH_TEST_SERVER. HEARTH_BINARY is the program."""
import hashlib
import os
import re
import subprocess
import sys


def address(path):
    name = "case_" + hashlib.sha256(os.path.realpath(path).encode()).hexdigest()[:16]
    server = os.environ["HEARTH_TEST_SERVER"]
    subprocess.run(["psql", "-X", "-q", server, "-c", f"create schema if not exists {name}"],
                   check=True, stderr=subprocess.DEVNULL)
    return f"{server}&options=-csearch_path%3D{name}"


def main():
    words = sys.argv[1:]
    for i, word in enumerate(words):
        if i and words[i - 1] == "--db" and re.fullmatch(r"[\w./-]+\.db", word):
            words[i] = address(word)
    os.execv(os.environ["HEARTH_BINARY"], ["hearth", *words])


if __name__ == "__main__":
    main()

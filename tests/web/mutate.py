#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Takes single checks out of the program and shows that the tests of rights notice:

    tests/web/mutate.py          every check (half an hour)
    tests/web/mutate.py 2        two of them, others every day
    tests/web/mutate.py FILE     those of this file

Each mutant is a copy of the source with one replacement, built without optimisation in one folder
of its own, so that only what changed is compiled again.
"""
import os
import shutil
import subprocess
import sys
import tempfile
import time

from mutants import MUTANTS, TESTS

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, "..", ".."))


def copy_source(folder):
    names = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                           cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout.decode()
    for name in filter(None, names.split("\0")):
        source, to = os.path.join(ROOT, name), os.path.join(folder, name)
        if os.path.isfile(source):
            os.makedirs(os.path.dirname(to), exist_ok=True)
            shutil.copy2(source, to)


def build(folder, target="hearth"):
    done = subprocess.run(["ninja", "-C", os.path.join(folder, "build"), target],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode == 0, done.stdout.decode()[-1500:]


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def target(test):
    """What the test runs: the program, or a test of its own."""
    return "hearth" if isinstance(TESTS[test], list) else "tests/unit/" + TESTS[test]


def run(folder, test):
    program = os.path.join(folder, "build", target(test))
    command, environment = [program], dict(os.environ, HEARTH_ROOT=folder, HEARTH_EDITS="40")
    if isinstance(TESTS[test], list):
        command = [os.path.join(folder, "tests", "web", TESTS[test][0]), program, *TESTS[test][1:]]
    try:
        return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              env=environment, timeout=600)
    except subprocess.TimeoutExpired:  # a test that never ends has failed
        return subprocess.CompletedProcess(command, 1, b"it does not end")


def try_mutant(folder, mutant):
    """None when it was found, else what went wrong."""
    name, old, new, test = mutant
    path = os.path.join(folder, name)
    with open(path, encoding="utf-8") as file:
        whole = file.read()
    if whole.count(old) != 1:
        return f"the source has changed: {old!r} is there {whole.count(old)} times"
    write(path, whole.replace(old, new))
    try:
        done, said = build(folder, target(test))
        if not done:
            return "it does not compile: " + said
        return None if run(folder, test).returncode != 0 else f"no test of '{test}' noticed"
    finally:
        write(path, whole)


def whole_passes(folder, tests):
    """Without a mutant every test that is to notice one must pass: else it would notice anything."""
    for test in tests:
        done, said = build(folder, target(test))
        ran = run(folder, test) if done else None
        if not done or ran.returncode != 0:
            print(f"FAILED   without a mutant: {test}", said if not done else
                  ran.stdout.decode()[-3000:])
            return False
    return True


def main():
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    count = int(wanted) if wanted.isdigit() else len(MUTANTS)
    first = int(time.time() // 86400) * count
    chosen = [MUTANTS[(first + i) % len(MUTANTS)] for i in range(min(count, len(MUTANTS)))]
    if not wanted.isdigit():
        chosen = [mutant for mutant in MUTANTS if wanted in mutant[0]]
    folder = tempfile.mkdtemp(prefix="hearth-mutants-")
    good = bad = 0
    try:
        copy_source(folder)
        subprocess.run(["meson", "setup", os.path.join(folder, "build"), folder,
                        "-Doptimization=0", "-Dwerror=false",
                        f"-Dassets={ROOT}/build/assets"], stdout=subprocess.DEVNULL, check=True)
        done, said = build(folder)
        if not done:
            raise SystemExit(said)
        if not whole_passes(folder, sorted({mutant[3] for mutant in chosen})):
            bad += 1
            chosen = []
        for mutant in chosen:
            began = time.monotonic()
            wrong = try_mutant(folder, mutant)
            what = f"{mutant[0]}: {' '.join(mutant[1].split())[:90]}"
            if wrong is None:
                good += 1
                print(f"noticed  {what} ({time.monotonic() - began:.0f} s)", flush=True)
            else:
                bad += 1
                print("FAILED  ", what, wrong, flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{good} passed, {bad} failed")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()

#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Runs what a person would type and compares what the program says.

run.py --hearth BINARY FILE...      FILE is a .case, or a .md whose ```console blocks are run

A case is text:   lines before the first mark say what it shows
  === name.csv    the lines below, up to the next mark, are written to that file
  $ command       is run by bash in an empty folder of the case's own, `hearth` being the binary
  output          what it must print, standard error after standard output; `...` stands for any
                  text in a line, a line of `...` alone for any lines
  [3]             its exit status, where it is not 0
In a .md the commands run in one folder, after the other; a block that shows no output is only
required to end well. The last line is "N passed, N failed".
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile


class Step:
    def __init__(self, command, line):
        self.command, self.line, self.output, self.status = command, line, [], 0


def read_case(text):
    """(files, steps) of a .case"""
    files, steps, target = {}, [], None
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("=== "):
            target = files.setdefault(line[4:].strip(), [])
        elif line.startswith("$ "):
            steps.append(Step(line[2:], number))
            target = steps[-1].output
        elif steps and target is steps[-1].output and re.fullmatch(r"\[\d+\]", line):
            steps[-1].status = int(line[1:-1])
        elif target is not None:
            target.append(line)
    return files, steps


def read_markdown(text):
    steps, inside = [], False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("```"):
            inside = line.strip() == "```console"
        elif inside and line.startswith("$ "):
            steps.append(Step(line[2:], number))
        elif inside and steps and re.fullmatch(r"\[\d+\]", line):
            steps[-1].status = int(line[1:-1])
        elif inside and steps:
            steps[-1].output.append(line)
    return {}, steps


def line_matches(expected, found):
    parts = [re.escape(part) for part in expected.split("...")]
    return re.fullmatch(".*".join(parts), found) is not None


def matches(expected, found):
    if not expected:
        return not found
    if expected[0].strip() == "...":
        return any(matches(expected[1:], found[start:]) for start in range(len(found) + 1))
    return bool(found) and line_matches(expected[0], found[0]) and matches(expected[1:], found[1:])


def trimmed(lines):
    lines = [line.rstrip() for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def run_step(step, folder, environment, only_status):
    done = subprocess.run(["bash", "-c", step.command], cwd=folder, env=environment,
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=False)
    found = (done.stdout + done.stderr).decode("utf-8", errors="replace").splitlines()
    expected = trimmed(step.output)
    faults = []
    if done.returncode != step.status:
        faults.append(f"ended with {done.returncode}, expected {step.status}")
    if not (only_status and not expected) and not matches(expected, trimmed(found)):
        faults.append("printed something else")
    return faults, expected, trimmed(found)


def run_file(path, binary):
    """True when every step of the file went as written."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    markdown = path.endswith(".md")
    files, steps = read_markdown(text) if markdown else read_case(text)
    folder = tempfile.mkdtemp(prefix="hearth-case-")
    tools = os.path.join(folder, ".bin")
    os.mkdir(tools)
    os.symlink(os.path.abspath(binary), os.path.join(tools, "hearth"))
    environment = {**os.environ, "PATH": tools + ":" + os.environ["PATH"], "HOME": folder,
                   "XDG_DATA_HOME": os.path.join(folder, ".data"), "NO_COLOR": "1",
                   "HEARTH_SOURCE": os.path.dirname(os.path.dirname(os.path.dirname(
                       os.path.abspath(__file__))))}
    environment.pop("HEARTH_DB", None)
    for name, lines in files.items():
        os.makedirs(os.path.dirname(os.path.join(folder, name)) or folder, exist_ok=True)
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write("".join(line + "\n" for line in lines))
    good = True
    for step in steps:
        faults, expected, found = run_step(step, folder, environment, markdown)
        if faults:
            good = False
            print(f"FAILED {path}:{step.line}: $ {step.command}")
            print("".join(f"  {fault}\n" for fault in faults), end="")
            print("".join(f"  - {line}\n" for line in expected), end="")
            print("".join(f"  + {line}\n" for line in found[:60]), end="")
            break
    shutil.rmtree(folder, ignore_errors=True)
    return good


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hearth", required=True)
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    results = [run_file(path, options.hearth) for path in options.files]
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())

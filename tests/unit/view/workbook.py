#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Opens the workbook in LibreOffice and compares every value with the JSON of the same report.

workbook.py SAMPLE_REPORT_PROGRAM: exit 0 when all are equal, 77 where there is no LibreOffice.
"""

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile

# comma, double quotes, UTF-8, from line 1; values as they are, not as shown; every sheet to a file
EXPORT = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"


def expected(value, kind):
    if value is None:
        return ""
    return value if kind in ("code", "text", "date") else float(value)


def found(text, kind):
    return float(text) if kind in ("integer", "number") and text else text


def compare(figure, table, path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    names = [column["name"] for column in table["columns"]]
    assert rows[0] == names, (figure, table["name"], rows[0])
    assert len(rows) - 1 == len(table["rows"]), (figure, table["name"], len(rows))
    for line, (row, wanted) in enumerate(zip(rows[1:], table["rows"]), 2):
        for cell, value, column in zip(row, wanted, table["columns"]):
            want, have = expected(value, column["type"]), found(cell, column["type"])
            # a spreadsheet keeps 15 digits when it writes text
            same = have == want if isinstance(want, str) or isinstance(have, str) else (
                abs(have - want) <= 1e-13 * max(abs(have), abs(want)))
            assert same, (figure, table["name"], line, column["name"], cell, value)
    return len(rows) - 1


def cover_says(folder):
    with open(os.path.join(folder, "report-Cover.csv"), encoding="utf-8") as file:
        cover = file.read()
    for words in ("not for publication", "As at", "Looked after", "Bands of a score"):
        assert words in cover, words


def nothing_is_a_formula(book):
    with zipfile.ZipFile(book) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                text = archive.read(name).decode()
                assert "<f>" not in text and "<mergeCell" not in text, name


def main():
    program = sys.argv[1]
    if not shutil.which("soffice"):
        print("skipped: LibreOffice is not installed")
        return 77
    with tempfile.TemporaryDirectory(prefix="hearth-xlsx-") as folder:
        book, data = os.path.join(folder, "report.xlsx"), os.path.join(folder, "report.json")
        for form, path in (("xlsx", book), ("json", data)):
            subprocess.run([program, form, path, "300"], check=True)
        nothing_is_a_formula(book)
        subprocess.run(["soffice", "-env:UserInstallation=file://" + folder + "/profile",
                        "--headless", "--convert-to", EXPORT, "--outdir", folder, book],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        cover_says(folder)
        with open(data, encoding="utf-8") as file:
            report = json.load(file)
        rows = tables = 0
        for figure in report["figures"]:
            for table in figure["tables"]:
                sheet = (figure["id"][:8] + " " + table["name"])[:31]
                rows += compare(figure["id"], table, os.path.join(folder, f"report-{sheet}.csv"))
                tables += 1
        print(f"{tables} tables, {rows} rows are the same")
    return 0


if __name__ == "__main__":
    sys.exit(main())

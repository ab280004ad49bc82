# SPDX-License-Identifier: MIT
"""Files to rows: encoding, CSV, each value's check, the problems ("Rows that are not clean")."""

import csv
import io
import os
import re
from dataclasses import dataclass, field

from . import days
from .codes import FRAMEWORK, MAX_SCORE, SETS
from .tables import Table, recognise

ERROR, WARNING = "error", "warning"
BLANK_FAULT = frozenset("id date! amount!".split())
_AMOUNT = re.compile(r"(\d+)(?:\.(\d{1,2}))?", re.ASCII)
_WHOLE = re.compile(r"\d+", re.ASCII)
_DISTANCE = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_PARTIAL_DATE = re.compile(r"(?:\d{2}|zz)/(?:\d{2}|zz)/(?:\d{4}|zzzz)", re.ASCII | re.IGNORECASE)
_YEAR = re.compile(r"20\d{2}", re.ASCII)
_YEAR_IN_PATH = re.compile(r"(?<!\d)(20\d{2})(?!\d)", re.ASCII)


@dataclass
class Problem:
    file: str
    line: int
    column: str
    value: str
    severity: str
    problem: str
    expected: str


@dataclass
class Row:
    """An accepted row: `order` sorts rows, earlier first; `unit` is its file or return."""
    values: dict
    line: int
    source: "Source"
    unit: tuple = ()
    order: tuple = ()

    def __getitem__(self, column):
        return self.values.get(column)


@dataclass
class Source:
    path: str
    index: int
    table: Table
    names: dict               # column -> its name in this file
    records: list             # (line, fields by column, key of equality)
    year: int = None          # collection year of the file, if known
    # (Row, refused or not, None for a repeat; child) in line order
    checked: list = field(default_factory=list)


def _score(text, top):
    # DECISION: a score is digits only; leading zeros do no harm; "5.0" and "+5" are not whole.
    return int(text) if _WHOLE.fullmatch(text) and int(text) <= top else None


def _amount(text):
    # DECISION: "12." and ".50" are not amounts: digits, then at most a point and one or two digits.
    match = _AMOUNT.fullmatch(text)
    return int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0")) if match else None


def _distance(text):
    # DECISION: 999.9 is the DfE's "not computable": no fault and no known distance.
    return float(text) if _DISTANCE.fullmatch(text) else None


# kind -> (reader, refuses the row, what is expected)
READERS = {
    "id": (lambda text: text, True, "the child's id"),
    "date": (days.parse, True, "yyyy-mm-dd or dd/mm/yyyy"),
    "date!": (days.parse, True, "yyyy-mm-dd or dd/mm/yyyy"),
    # DECISION: every DOB column and MC_DOB (the birth date of a mother's child) is a birth date.
    "birth": (days.parse, False, "yyyy-mm-dd or dd/mm/yyyy"),
    "amount": (_amount, True, "pounds with at most two decimals"),
    "amount!": (_amount, True, "pounds with at most two decimals"),
    "score": (lambda text: _score(text, MAX_SCORE), True, "a whole number from 0 to 10"),
    # DECISION: an SDQ score is a score: a wrong one refuses its OC2 row.
    "sdq": (lambda text: _score(text, 40), True, "a whole number from 0 to 40"),
    # DECISION: a framework's name is taken as written, lower case.
    "framework": (lambda text: text if text == FRAMEWORK else None, True, FRAMEWORK),
    "partial_date": (lambda text: text if _PARTIAL_DATE.fullmatch(text) or days.parse(text)
                     else None, True, "dd/mm/yyyy, zz for an unknown part"),
    # DECISION: a distance is not an amount of money: a wrong one is reported and read as blank.
    "distance": (_distance, False, "miles"),
    "year": (lambda text: int(text) if _YEAR.fullmatch(text) else None, False, "a year"),
    # DECISION: URN, UPN, postcodes and names are text and are not checked; no id but a blank one
    # is wrong.
    "text": (lambda text: text, False, ""),
}
# DECISION: "codes are upper case" says which spelling is right, as the rest of that sentence does:
# u4 is a wrong code, reported and read as blank. The native lists (element, stage ...) are lower
# case as data.md spells them, and `Total` is wrong there. children.csv's sex has the 903's codes.


def _decode(data):
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _records(text):
    """(physical line on which it begins, fields) of each record that is not an empty line."""
    reader = csv.reader(io.StringIO(text, newline=""))
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        # DECISION: a line with nothing but white space is empty; one of commas alone is a record.
        if not fields or (len(fields) == 1 and not fields[0].strip()):
            continue
        yield line, [value.strip() for value in fields]


def _files(arguments):
    """CSV files, a folder's own in the order of their paths."""
    for argument in arguments:
        if not os.path.isdir(argument):
            yield argument, argument
            continue
        found = []
        for folder, _, names in os.walk(argument):
            for name in names:
                if name.lower().endswith(".csv"):
                    path = os.path.join(folder, name)
                    found.append((os.path.relpath(path, argument).encode(), path))
        base = os.path.basename(os.path.abspath(argument))
        for relative, path in sorted(found):
            yield path, os.path.join(base, relative.decode(errors="replace"))


def _path_year(shown):
    # DECISION: the last year 2000 to 2099 that stands alone among digits, in the path below (and
    # with the name of) the folder that was given; a folder named 2021 is the return of 2021.
    found = _YEAR_IN_PATH.findall(shown)
    return int(found[-1]) if found else None


class Import:
    """All files of one command: `rows[table]` in order from earlier to later, and `problems`."""

    def __init__(self, arguments):
        self.problems = []
        self.rows = {}
        self.refused = 0               # rows and files that did not go in
        sources = self._read(arguments)
        self._infer_years(sources)
        for source in sources:
            self._check(source)
        named = {child for source in sources if source.table.name in ("children", "header")
                 for row, refused, child in source.checked if refused is False}
        for source in sources:
            self._accept(source, named)
        for rows in self.rows.values():
            rows.sort(key=lambda row: row.order)
        self._warn_totals()
        self.problems.sort(key=lambda problem: (problem.file, problem.line))

    def _report(self, source_path, line, column, value, severity, problem, expected=""):
        self.problems.append(Problem(source_path, line, column, value, severity, problem, expected))

    def _read(self, arguments):
        sources = []
        for index, (path, shown) in enumerate(_files(arguments)):
            with open(path, "rb") as file:
                records = list(_records(_decode(file.read())))
            table, columns = recognise(records[0][1]) if records else (None, None)
            if table is None:
                # DECISION: a file that is no table (an empty one too) is one error at line 1.
                self._report(path, 1, "", "", ERROR, "not a table that is known", "a header row")
                self.refused += 1
                continue
            header = records[0][1]
            for name, column in zip(header, columns):
                if column is None:
                    # DECISION: a warning, whose column is the name that is not known.
                    self._report(path, 1, name, name, WARNING, "unknown column")
            names = {column: name for name, column in zip(header, columns) if column}
            kept = []
            for line, fields in records[1:]:
                if len(fields) != len(header):
                    # DECISION: one problem and no other: which field is which cannot be known.
                    self._report(path, line, "", str(len(fields)), ERROR, "wrong number of fields",
                                 str(len(header)))
                    self.refused += 1
                    continue
                by_column = {c: v for c, v in zip(columns, fields) if c}
                kept.append((line, by_column, tuple(fields)))
            year = _path_year(shown) if table.is_903 else None
            sources.append(Source(path, index, table, names, kept, year))
        return sources

    @staticmethod
    def _infer_years(sources):
        # DECISION: without a YEAR column or a year in the path, a return is of the collection year
        # of the greatest DECOM in its folder (a return holds no episode that starts later; DEC may
        # lie a day past its end); without episodes, of the greatest start, review or match date.
        folders = {}
        for source in sources:
            if source.table.is_903 and source.year is None:
                folders.setdefault(os.path.dirname(source.path), []).append(source)
        for group in folders.values():
            for wanted in (("DECOM",), ("REVIEW", "MIS_START", "SW_DECOM", "DATE_INT",
                                        "DATE_PLACED", "DOLO_START")):
                found = [date for source in group for _, values, _ in source.records
                         for column in wanted
                         for date in [days.parse(values.get(column, ""))] if date]
                if found:
                    for source in group:
                        source.year = days.collection_year(max(found))
                    break

    def _check(self, source):
        """Checks every value of every row; which children are named is not known yet."""
        table, seen, first = source.table, set(), set()
        child_name = source.names.get(table.child, table.child)
        for line, texts, key in source.records:
            values, refused = {}, False
            year = source.year
            if texts.get("YEAR") and _YEAR.fullmatch(texts["YEAR"]):
                year = int(texts["YEAR"])
            for column, text in texts.items():
                value, bad = self._value(source, line, column, text, year)
                values[column] = value
                refused = refused or bad
            if table.span:
                start, end = (values.get(column) for column in table.span)
                if start is not None and end is not None and end < start:
                    # DECISION: an end before its start is a wrong date, at the end's column.
                    self._report(source.path, line, source.names[table.span[1]],
                                 texts[table.span[1]], ERROR, "ends before it starts",
                                 "a day not before the start")
                    refused = True
            child = values.get(table.child) if table.child else None
            if key in seen:
                # DECISION: equal after trimming, in all columns of the file, unknown ones too. A
                # warning about the row; other faults of such a row are reported as well.
                self._report(source.path, line, "", "", WARNING, "equal to an earlier row")
                source.checked.append((Row(values, line, source), None, child))
                continue
            seen.add(key)
            # DECISION: a pooled file of several YEARs is one file for equal rows, and as many
            # returns as it has years where one return's row replaces another's.
            # DECISION: in one import native files come after 903 returns; a return whose year
            # is not known comes first.
            unit = ((year or 0) if table.is_903 else 9999, source.index)
            row = Row(values, line, source, unit, unit + (line,))
            if table.name in ("children", "header") and not refused:
                if (unit, child) in first:
                    # DECISION: the second, different row is refused: an error at the id.
                    self._report(source.path, line, child_name, child, ERROR,
                                 "an earlier row of this child stands", "one row a child")
                    refused = True
                first.add((unit, child))
            source.checked.append((row, refused, child))

    def _value(self, source, line, column, text, year):
        """(value or None where blank, whether the row is refused)."""
        kind = source.table.columns[column]
        name = source.names[column]
        if text == "":
            if kind in BLANK_FAULT:
                self._report(source.path, line, name, text, ERROR, "blank", READERS[kind][2])
                return None, True
            return None, False
        if kind.startswith("code "):
            span = SETS[kind[5:]].get(text)
            if span is None:
                self._report(source.path, line, name, text, ERROR, "not a known code",
                             " ".join(SETS[kind[5:]]))
                return None, False
            # DECISION: the year of a code is the collection year of its 903 return; native tables
            # have none and give no such warning. The code is used all the same.
            if year is not None and source.table.is_903 and (
                    (span[0] and year < span[0]) or (span[1] and year > span[1])):
                self._report(source.path, line, name, text, WARNING,
                             f"not a code of {year}", f"{span[0] or ''}-{span[1] or ''}")
            return text, False
        reader, refuses, expected = READERS[kind]
        value = reader(text)
        if value is None:
            self._report(source.path, line, name, text, ERROR, "wrong value", expected)
            return None, refuses
        return value, False

    def _accept(self, source, named):
        name = source.names.get(source.table.child, source.table.child)
        for row, refused, child in source.checked:
            if source.table.child and child is not None and child not in named:
                # DECISION: only children.csv and header rows name a child, of any file of this
                # command whatever the order; a blank id is not also an unknown one.
                self._report(source.path, row.line, name, child, ERROR, "a child nobody names",
                             "a child of children.csv or a header")
                refused = True
            if refused is False:
                self.rows.setdefault(source.table.name, []).append(row)
            self.refused += refused is True

    def _warn_totals(self):
        # DECISION: a `total` line that shares a day with another line of its child (another total
        # too) is a warning of the import, at its `element`.
        lines = {}
        for row in self.rows.get("costs", []):
            lines.setdefault(row["child_id"], []).append(row)
        for rows in lines.values():
            for row in rows:
                if row["element"] == "total" and any(
                        other is not row and _share_a_day(row, other) for other in rows):
                    self._report(row.source.path, row.line, row.source.names["element"], "total",
                                 WARNING, "a total beside other lines; both are added")


def _share_a_day(one, other):
    latest = max(one["from"], other["from"])
    ends = [row["to"] for row in (one, other) if row["to"] is not None]
    return not ends or latest < min(ends)

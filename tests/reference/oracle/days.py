# SPDX-License-Identifier: MIT
"""Dates as day ordinals, completed years, collection years."""

import datetime
import re

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_BRITISH = re.compile(r"(\d{2})/(\d{2})/(\d{4})", re.ASCII)


def parse(text):
    """The ordinal of yyyy-mm-dd or dd/mm/yyyy, or None where it is neither or no such day."""
    # DECISION: both forms need their leading zeros; any day of the years 1 to 9999 is a date; a
    # time after the date is a wrong date.
    match = _ISO.fullmatch(text)
    if match:
        year, month, day = map(int, match.groups())
    else:
        match = _BRITISH.fullmatch(text)
        if not match:
            return None
        day, month, year = map(int, match.groups())
    try:
        return datetime.date(year, month, day).toordinal()
    except ValueError:
        return None


def of(year, month, day):
    return datetime.date(year, month, day).toordinal()


def iso(ordinal):
    return None if ordinal is None else datetime.date.fromordinal(ordinal).isoformat()


def anniversary(ordinal, years):
    """The day that many years on; 29 February falls on 1 March in other years."""
    date = datetime.date.fromordinal(ordinal)
    try:
        return date.replace(year=date.year + years).toordinal()
    except ValueError:
        return of(date.year + years, 3, 1)


def completed_years(start, end):
    """Completed years from start to end; start <= end."""
    years = datetime.date.fromordinal(end).year - datetime.date.fromordinal(start).year
    return years - 1 if years and anniversary(start, years) > end else years


def months_on(ordinal, months):
    """The same day of the month that many months on."""
    # DECISION: a day which that month lacks falls on the 1st of the next, as 29 February does.
    date = datetime.date.fromordinal(ordinal)
    count = date.year * 12 + date.month - 1 + months
    try:
        return of(count // 12, count % 12 + 1, date.day)
    except ValueError:
        return of((count + 1) // 12, (count + 1) % 12 + 1, 1)


def collection_year(ordinal):
    """1 April 2024 to 31 March 2025 is 2025."""
    date = datetime.date.fromordinal(ordinal)
    return date.year + (1 if date.month >= 4 else 0)


def last_31_march(ordinal):
    year = datetime.date.fromordinal(ordinal).year
    day = of(year, 3, 31)
    return day if day <= ordinal else of(year - 1, 3, 31)

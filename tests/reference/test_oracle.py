#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The reference on cases small enough to work out by hand.

Run in this folder: /usr/bin/python3 -m unittest
"""

import argparse
import contextlib
import io
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import unittest

import numpy

import compare
from oracle import codes, days
from oracle import statistics as st
from oracle.command import report
from oracle.record import Record
from oracle.rows import Import
from oracle.snapshot import current_episode, parse_filter

OPTIONS = argparse.Namespace(figure=None, cap=5000, national=83840, threshold=None, child=None)
SCORES = "assessed_on,child_id,framework," + ",".join(codes.DOMAINS)


def scores(child, on, *values):
    """An assessment line: the given scores, then zeros."""
    given = [str(value) for value in values] + ["0"] * (13 - len(values))
    return ",".join([on, child, ""] + given)


class Folder(unittest.TestCase):
    """Writes files, imports them and looks figures up."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="oracle-")
        self.addCleanup(self.folder.cleanup)
        self.root = os.path.join(self.folder.name, "in")

    def put(self, name, text, encoding="utf-8"):
        path = os.path.join(self.root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(text.encode(encoding))

    def take(self):
        self.taken = Import([self.root])
        self.record = Record(self.taken)
        return self.record

    def faults(self):
        return [(os.path.relpath(p.file, self.root), p.line, p.column, p.severity)
                for p in Import([self.root]).problems]

    def figures(self, as_at, where="", **options):
        chosen = argparse.Namespace(**{**vars(OPTIONS), **options})
        made = report(self.take(), days.parse(as_at), parse_filter(where), chosen)
        json.dumps(made)
        self.made = made
        return {one["id"]: one for one in made["figures"]}

    def rows(self, figures, id, name):
        found = next(t for t in figures[id]["tables"] if t["name"] == name)
        return [dict(zip([c["name"] for c in found["columns"]], row)) for row in found["rows"]]


class Days(unittest.TestCase):
    def test_both_forms_and_no_others(self):
        self.assertEqual(days.parse("2020-02-29"), days.parse("29/02/2020"))
        for text in ("2021-02-29", "31/04/2020", "1/4/2020", "20200401", "2020-4-1", "", "n/k"):
            self.assertIsNone(days.parse(text), text)

    def test_29_february_falls_on_1_march(self):
        born = days.parse("2004-02-29")
        for on, age in (("2016-02-28", 11), ("2016-02-29", 12), ("2017-02-28", 12),
                        ("2017-03-01", 13)):
            self.assertEqual(days.completed_years(born, days.parse(on)), age, on)

    def test_collection_years(self):
        self.assertEqual(days.collection_year(days.parse("2024-03-31")), 2024)
        self.assertEqual(days.collection_year(days.parse("2024-04-01")), 2025)
        self.assertEqual(days.iso(days.last_31_march(days.parse("2024-03-30"))), "2023-03-31")
        self.assertEqual(days.iso(days.last_31_march(days.parse("2024-03-31"))), "2024-03-31")


def finite_sum(x, terms):
    """Sum of (2k choose k) x^k, k below terms."""
    term, total = 1.0, 0.0
    for k in range(terms):
        total += term
        term *= x * (2 * k + 1) * (2 * k + 2) / (k + 1) ** 2
    return total


class Statistics(unittest.TestCase):
    def test_quantiles_of_t(self):
        # closed forms for 1 and 2 degrees
        self.assertAlmostEqual(st.quantile_t(1) / math.tan(math.pi * 0.475), 1, delta=1e-13)
        self.assertAlmostEqual(st.quantile_t(2) / math.sqrt(2 * 0.95 ** 2 / (1 - 0.95 ** 2)), 1,
                               delta=1e-13)
        for freedom in (4, 10, 100, 998, 1000, 5000):
            # P(t) for an even number of degrees is a finite sum
            sine = st.quantile_t(freedom) / math.sqrt(freedom + st.quantile_t(freedom) ** 2)
            inside = finite_sum((1 - sine * sine) / 4, freedom // 2)
            self.assertAlmostEqual(0.5 + sine / 2 * inside, 0.975, delta=1e-14)
        self.assertAlmostEqual(st.quantile_t(1e9), st.Z, delta=1e-8)

    def test_wilson(self):
        # 1 of 10, as printed in texts: 1.79% to 40.42%
        low, high = st.wilson(1, 10)
        self.assertAlmostEqual(low, 1.787621, places=5)
        self.assertAlmostEqual(high, 40.415, places=3)
        self.assertEqual(st.wilson(0, 0), (None, None))
        self.assertAlmostEqual(st.wilson(0, 7)[0], 0, places=12)

    def test_correlation_and_ranks(self):
        self.assertEqual(st.correlation([1, 2, 3], [2, 4, 6]), 1.0)
        self.assertIsNone(st.correlation([1, 1], [2, 3]))
        self.assertEqual(st.fisher(1.0, 9), (None, None))
        self.assertEqual(st.fisher(0.5, 3), (None, None))
        low, high = st.fisher(0.5, 28)
        self.assertAlmostEqual(low, math.tanh(math.atanh(0.5) - st.Z / 5), places=14)
        self.assertEqual(st.doubled_ranks([30, 10, 10, 20]), [8, 3, 3, 6])

    def test_welch(self):
        # by hand: means 2 and 5, variances 1 and 4, n 3 and 3: se^2 = 5/3, df = 2.9411...
        middle, low, high = st.difference([1, 2, 3], [3, 5, 7])
        freedom = (5 / 3) ** 2 / ((1 / 3) ** 2 / 2 + (4 / 3) ** 2 / 2)
        self.assertEqual(middle, -3)
        self.assertAlmostEqual(high - middle, st.quantile_t(freedom) * math.sqrt(5 / 3), places=12)
        self.assertEqual(st.difference([1], [2, 3]), (-1.5, None, None))
        self.assertEqual(st.difference([], [2, 3]), (None, None, None))

    def test_least_squares_against_numpy(self):
        dice = random.Random(5)
        rows = [[1] + [dice.randint(0, 10) for _ in range(4)] for _ in range(60)]
        ys = [dice.random() * 9 for _ in rows]
        fit = st.LeastSquares(rows, ys)
        theirs, rss, _, _ = numpy.linalg.lstsq(numpy.array(rows), numpy.array(ys), rcond=None)
        errors = numpy.sqrt(numpy.diag(numpy.linalg.inv(
            numpy.array(rows).T @ numpy.array(rows))) * rss[0] / 55)
        for place in range(5):
            self.assertAlmostEqual(fit.coefficient(place), theirs[place], places=10)
            low, high = fit.interval(place)
            self.assertAlmostEqual((high - low) / 2, st.quantile_t(55) * errors[place], places=9)

    def test_least_squares_of_dependent_columns(self):
        # the last two columns are one another; the second can still be told
        fit = st.LeastSquares([[1, 0, 1, 1], [1, 1, 0, 0], [1, 1, 1, 1], [1, 0, 0, 0],
                               [1, 1, 1, 1]], [1, 2, 4, 0, 4])
        self.assertEqual(fit.rank, 3)
        self.assertIsNotNone(fit.coefficient(1))
        self.assertIsNone(fit.coefficient(2))
        self.assertIsNone(fit.coefficient(3))


class Rows(Folder):
    def test_faults_are_told_at_the_line_a_record_begins(self):
        self.put("children.csv", "child_id,sex,date_of_birth,ethnicity,disability,note\r\n"
                 "1,M,2010-01-01,WBRI,1,\"two\r\nlines\"\r\n"
                 "2,x,31/02/2010,wbri,Y,\r\n"          # line 4
                 "\r\n"
                 "2,M,,WBRI,0,\r\n"                     # 6: an earlier row stands
                 " 1 ,M,2010-01-01,WBRI,1,\"two\r\nlines\"\r\n"     # 7: equal to line 2
                 ",M,,,,\r\n"                           # 9
                 "3,M,,,\r\n")                          # 10: a field short
        self.assertEqual(self.faults(), [
            ("children.csv", 1, "note", "warning"),
            ("children.csv", 4, "sex", "error"), ("children.csv", 4, "date_of_birth", "error"),
            ("children.csv", 4, "ethnicity", "error"), ("children.csv", 4, "disability", "error"),
            ("children.csv", 6, "child_id", "error"), ("children.csv", 7, "", "warning"),
            ("children.csv", 9, "child_id", "error"), ("children.csv", 10, "", "error")])
        self.assertEqual(self.take().children["2"].facts, {})
        self.assertEqual(self.taken.refused, 3)

    def test_wrong_values_refuse_and_wrong_codes_are_read_as_blank(self):
        self.put("children.csv", "child_id,sex\n1,M\n")
        self.put("costs.csv", "child_id,from,to,weekly_cost,element,paid_by\n"
                 "1,2020-01-01,,£5,care,\n1,2020-01-01,,5.123,care,\n1,,,5,care,\n"
                 "1,2020-01-01,,,care,\n1,2020-01-01,,0.5,Care,\n2,2020-01-01,,7,care,\n"
                 "1,2020-02-01,2020-01-01,7,care,\n1,2020-02-01,2020-02-01,7,care,\n"
                 "3,x,y,z,q,q\n")
        self.assertEqual(self.faults(), [
            ("costs.csv", 2, "weekly_cost", "error"), ("costs.csv", 3, "weekly_cost", "error"),
            ("costs.csv", 4, "from", "error"), ("costs.csv", 5, "weekly_cost", "error"),
            ("costs.csv", 6, "element", "error"), ("costs.csv", 7, "child_id", "error"),
            ("costs.csv", 8, "to", "error"), ("costs.csv", 10, "from", "error"),
            ("costs.csv", 10, "to", "error"), ("costs.csv", 10, "weekly_cost", "error"),
            ("costs.csv", 10, "element", "error"), ("costs.csv", 10, "paid_by", "error"),
            ("costs.csv", 10, "child_id", "error")])
        self.assertEqual([row[2] for row in self.take().children["1"].costs], [50, 700])

    def test_total_beside_other_lines(self):
        self.put("children.csv", "child_id,sex\n1,M\n")
        self.put("costs.csv", "child_id,from,to,weekly_cost,element,paid_by\n"
                 "1,2020-01-01,2020-06-01,5,total,\n1,2020-06-01,,5,care,\n"
                 "1,2020-07-01,,9,total,\n")
        self.assertEqual(self.faults(), [("costs.csv", 4, "element", "warning")])

    def test_encodings(self):
        for encoding in ("utf-8", "utf-8-sig", "cp1252"):
            self.put("children.csv", "child_id,sex\né1,M\n", encoding)
            self.assertEqual(list(self.take().children), ["é1"])

    def test_codes_outside_their_years(self):
        self.put("2025/Header.CSV", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1,1,,,,,\n2,M,,,,,\n")
        self.put("2024/header.csv", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1,1,,,,,\n2,M,,,,,\n")
        self.assertEqual(self.faults(), [("2024/header.csv", 3, "SEX", "warning"),
                                         ("2025/Header.CSV", 2, "SEX", "warning")])
        self.assertEqual(self.take().children["1"].facts, {"sex": "male"})


HEAD = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
EPISODE = ("CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,"
           "PL_POST,URN")


class Returns(Folder):
    def one(self, day):
        episode = current_episode(self.take().children["1"], days.parse(day))
        return episode and (episode.place, days.iso(episode.end))

    def test_a_later_return_replaces_by_child_and_start(self):
        self.put("b/h.csv", HEAD + "\n1,1,,,,,\n")
        # the order of paths is not that of years; the second return ends the episode
        self.put("a/e2022.csv", EPISODE + "\n1,01/05/2020,S,C2,N1,K2,PR4,01/06/2021,E8,,,,\n")
        self.put("b/e2021.csv", EPISODE + "\n1,01/05/2020,S,C2,N1,U6,PR1,,,,,,\n")
        self.assertEqual(self.one("2021-05-31"), ("K2", "2021-06-01"))
        self.assertIsNone(self.one("2021-06-01"))

    def test_the_year_column_orders_a_pooled_file(self):
        self.put("header.csv", HEAD + "\n1,1,,,,,\n")
        self.put("episodes.csv", EPISODE + ",LA,YEAR\n"
                 "1,2020-05-01,S,C2,N1,K2,PR4,2021-06-01,E8,,,,,X,2022\n"
                 "1,2020-05-01,S,C2,N1,U6,PR1,,,,,,,X,2021\n")
        self.assertEqual(self.one("2021-05-31"), ("K2", "2021-06-01"))

    def test_the_content_orders_folders_without_a_year(self):
        self.put("z/header.csv", HEAD + "\n1,1,,WBRI,,,\n2,1,,,,,\n")
        self.put("z/episodes.csv", EPISODE + "\n1,01/05/2020,S,C2,N1,U6,PR1,,,,,,\n")
        self.put("a/header.csv", HEAD + "\n1,2,,,,,\n2,1,,,,,\n")
        self.put("a/episodes.csv", EPISODE + "\n1,01/05/2020,S,C2,N1,K2,PR4,,,,,,\n"
                 "2,01/05/2021,S,C2,N1,K2,PR4,,,,,,\n")
        self.assertEqual(self.one("2021-05-31"), ("K2", None))
        self.assertEqual(self.record.children["1"].facts, {"sex": "female"})


class Runs(Folder):
    def child(self, *lines):
        self.put("children.csv", "child_id,sex\n1,M\n")
        self.put("episodes.csv", "child_id,started,ended,reason_started,legal_status,"
                 "placement_type,placement_provider,urn\n" + "\n".join("1," + x for x in lines))
        return self.take().children["1"]

    def test_placements_and_periods(self):
        child = self.child(
            "2020-01-01,2020-02-01,S,C2,U6,PR1,",
            "2020-02-01,2020-03-01,L,C2,U6,PR1,",     # same placement
            "2020-03-01,2020-04-01,,C2,U6,PR1,",      # no RNE, same home: same placement
            "2020-04-01,2020-05-01,,C2,U6,PR4,",      # no RNE, another provider
            "2020-05-01,2020-06-01,P,C2,U6,PR4,",     # a move
            "2020-06-02,2020-07-01,L,C2,U6,PR4,",     # a gap of a day
            "2020-07-01,2020-08-01,S,C2,U6,PR4,",     # S in the middle
            "2020-08-01,2020-09-01,L,V3,U6,PR4,",     # takes no part
            "2020-09-01,,T,C2,U6,PR4,")               # so this follows a gap
        self.assertEqual([e.run for e in child.episodes], [0, 0, 0, 1, 2, 3, 4, 5])
        self.assertEqual([e.period for e in child.episodes], [0, 0, 0, 0, 0, 1, 2, 3])

    def test_current_episode(self):
        child = self.child(
            "2020-01-01,,S,,U6,PR1,", "2020-02-01,2020-02-01,P,,U1,PR1,",
            "2020-02-01,,P,,U2,PR1,", "2020-02-01,,P,,U3,PR1,")
        self.assertEqual(current_episode(child, days.parse("2020-01-31")).place, "U6")
        self.assertEqual(current_episode(child, days.parse("2020-03-01")).place, "U3")
        # the one of no length is just before U2 (its row is earlier): U2 follows it; U3 does not
        self.assertEqual([e.period for e in child.episodes], [0, 1, 1, 2])


class Cohorts(Folder):
    def setUp(self):
        super().setUp()
        self.put("children.csv", "child_id,sex,date_of_birth,ethnicity,disability,ehcp,excluded\n"
                 "a,M,2010-01-01,WBRI,1,1,0\nb,F,2010-01-01,BCRB,0,0,0\nc,M,2005-01-01,REFU,1,,1\n"
                 "d,F,,,0,0,\ne,1,2019-01-01,OOTH,0,0,0\n")
        self.put("episodes.csv", "child_id,started,ended,placement_type,placement_provider,"
                 "reason_started\n"
                 "a,2019-03-31,,K2,PR4,S\nb,2021-04-01,,K2,PR1,S\n"
                 "c,2020-03-31,2022-03-31,R1,,S\nc,2022-03-31,,U6,PR4,P\n"
                 "d,2022-03-31,,U6,PR0,S\ne,2022-03-30,2022-03-31,U6,PR1,S\n")
        self.put("assessments.csv", SCORES + "\n" + "\n".join((
            scores("a", "2020-03-31", 4, 4), scores("a", "2022-03-31", 10, 8, 6, 3),
            scores("a", "2022-04-01", 1), scores("b", "2022-01-01", 1, 1, 1),
            scores("c", "2021-01-01", 7), scores("c", "2021-01-01", 0, 6),
            scores("d", "2021-01-01", "", 6))))
        self.put("costs.csv", "child_id,from,to,weekly_cost,element,paid_by\n"
                 "a,2020-01-01,,6000,care,\na,2020-01-01,,500.50,education,\n"
                 "b,2020-01-01,2022-03-31,1,care,\nb,2022-03-31,,3000,care,\n"
                 "c,2022-01-01,,0.00,care,\n")

    def test_summary(self):
        got = self.figures("2022-03-31")
        row = self.rows(got, "0", "summary")[0]
        self.assertEqual(
            [row[k] for k in ("children", "assessed", "costed", "mean_weekly_cost",
                              "median_weekly_cost", "max_weekly_cost", "weekly_spend",
                              "annual_spend", "mean_total", "max_total_possible")],
            [4, 3, 3, 9500.5 / 3, 3000, 6500.5, 9500.5, 9500.5 * 52, 12, 130])
        self.assertEqual([(r["placement_group"], r["n"]) for r in self.rows(got, "0", "by_group")],
                         [("fostering", 1), ("residential", 2), ("supported", 0), ("family", 0),
                          ("other", 0), ("not recorded", 1)])
        self.assertEqual(got["0"]["missing"], {"assessment": 1, "cost": 1, "group": 1})
        self.assertEqual(self.made["cohort"], {"children": 4, "assessed": 3, "costed": 3})

    def test_spend_and_cap(self):
        got = self.figures("2022-03-31")
        self.assertEqual([(r["n"], r["share"]) for r in self.rows(got, "2a", "shares")],
                         [(1, 100 * 6500.5 / 9500.5)] * 3)
        self.assertEqual([r["spend_percent"] for r in self.rows(got, "2a", "lorenz")],
                         [0, 0, 100 * 3000 / 9500.5, 100])
        cap = self.rows(got, "3a", "cap")[0]
        self.assertEqual((cap["n"], cap["weekly_saving"], cap["annual_saving"]),
                         (1, 1500.5, 1500.5 * 52))
        self.assertAlmostEqual(cap["national_annual_saving"], 1500.5 * 52 * 83840 / 4, places=4)
        got = self.figures("2022-03-31", "sex=male")
        self.assertAlmostEqual(self.rows(got, "3a", "cap")[0]["national_annual_saving"],
                               1500.5 * 52 * 83840 / 4, places=4)

    def test_residential(self):
        got = self.figures("2022-03-31")
        kinds = self.rows(got, "4", "kinds")
        self.assertEqual([(k["n"], k["mean_total"], k["mean_weekly_cost"]) for k in kinds],
                         [(1, 3, 3000), (1, 27, 6500.5), (0, None, None)])
        self.assertEqual([(d["difference"], d["low"]) for d in self.rows(got, "4", "difference")],
                         [(-24, None), (-3500.5, None)])
        six = self.rows(got, "6", "summary")[0]
        self.assertEqual((six["n"], six["none_severe_n"], six["total_le_24_percent"],
                          six["min_total"], six["max_total"]), (2, 1, 50, 3, 27))
        self.assertEqual(self.rows(got, "6", "by_severe")[2]["n"], 1)
        self.assertEqual(self.rows(got, "7", "cost")[0],
                         {"mean_weekly_cost": 3000, "ifa_mean_weekly_cost": 0, "difference": 3000})
        self.assertEqual(self.rows(got, "9", "high_need")[0],
                         {"threshold": 15, "n": 0, "percent": 0})
        self.assertEqual(got["9"]["n"], 1)

    def test_groups(self):
        got = self.figures("2022-03-31")
        ages = self.rows(got, "13", "profile")
        self.assertEqual([(a["age_band"], a["n"], a["mean_total"]) for a in ages],
                         [("0-1", 0, None), ("2-4", 0, None), ("5-11", 0, None), ("12-16", 2, 15),
                          ("17+", 1, 6), ("not recorded", 0, None)])
        times = self.rows(got, "14", "profile")
        self.assertEqual([t["n"] for t in times], [1, 1, 1])
        percent = self.rows(got, "17", "difference")
        self.assertEqual(percent[-1], {"domain": "total", "percent": 450.0})
        self.assertEqual(percent[0]["percent"], 100 * (5 - 1) / 1)
        self.assertIsNone(percent[5]["percent"])
        shares = self.rows(got, "18", "shares")
        self.assertEqual([(s["disability"], s["placement_group"], s["n"], s["percent"])
                          for s in shares if s["n"]],
                         [("yes", "fostering", 1, 50), ("yes", "residential", 1, 50),
                          ("no", "residential", 1, 50), ("no", "not recorded", 1, 50)])
        self.assertEqual([r["ratio"] for r in self.rows(got, "18", "ratio")], [1, 0])
        self.assertEqual([(r["sex_age_band"], r["percent"]) for r in
                          self.rows(got, "22-24", "difference")],
                         [("<=11", None), ("12-16", 800), ("17+", None)])
        self.assertEqual(self.rows(got, "22-24", "change")[1]["percent"], 100 * (6 - 27) / 27)

    def test_severity_and_change(self):
        got = self.figures("2022-03-31")
        self.assertEqual(self.rows(got, "11", "domains")[0]["mean_where_present"], 5.5)
        self.assertEqual([r["n"] for r in self.rows(got, "12", "bands")[:4]], [1, 1, 0, 1])
        kinds = {(r["placement_kind"], r["measure"]): r for r in self.rows(got, "A2", "by_kind")}
        self.assertAlmostEqual(kinds["private children's home", "total"]["change_per_year"],
                               (27 - 8) / (730 / 365.25), places=12)
        self.assertEqual(kinds["independent fostering agency", "total"]["n"], 0)

    def test_filters(self):
        got = self.figures("2022-03-31", "placement_kind=private children's home sex=male")
        self.assertEqual(self.made["filter"], {"placement_kind": "private children's home",
                                               "sex": "male"})
        self.assertEqual(got["0"]["n"], 1)
        self.assertEqual(self.rows(got, "7", "cost")[0]["ifa_mean_weekly_cost"], 0)

    def test_story(self):
        got = self.figures("2022-04-30", child="c")
        self.assertEqual([r["total"] for r in self.rows(got, "1", "assessments")], [7, 6])
        self.assertEqual(self.rows(got, "8", "moves"), [
            {"on": "2022-03-31", "from_kind": "private children's home",
             "to_kind": "independent fostering agency", "cost_before": 0, "cost_after": 0}])
        got = self.figures("2022-04-30", child="b")
        self.assertEqual([(r["from"], r["weekly_cost"]) for r in self.rows(got, "1", "costs")],
                         [("2020-01-01", 1), ("2022-03-31", 3000)])

    def test_nobody(self):
        got = self.figures("2010-03-31")
        self.assertEqual(got["0"]["n"], 0)
        self.assertEqual(self.rows(got, "2a", "lorenz"), [])
        self.assertIsNone(self.rows(got, "3a", "cap")[0]["weekly_saving"])


class Dashboard(Folder):
    def test_placements_of_a_year(self):
        self.put("children.csv", "child_id,sex,date_of_birth\n" + "".join(
            f"{c},M,2010-01-01\n" for c in "abc"))
        start = "child_id,started,ended,placement_type,placement_provider,reason_started\n"
        self.put("episodes.csv", start + "\n".join((
            # a: open on 1 April, two more: three, the temporary one left out
            "a,2020-01-01,2021-05-01,U6,PR1,S", "a,2021-05-01,2021-05-06,T4,,P",
            "a,2021-05-06,2021-06-01,U6,PR1,P", "a,2021-06-01,,K2,PR4,P",
            # b: the first ended on 1 April and was not open; two and a day of no length
            "b,2018-01-01,2021-04-01,U6,PR1,S", "b,2021-04-01,2021-06-01,U6,PR4,P",
            "b,2021-06-01,2021-06-01,U6,PR5,P", "b,2021-06-01,,A3,PR4,P",
            # c: the same home since 2019
            "c,2019-09-30,2020-09-30,U1,PR1,S", "c,2020-09-30,,U1,PR1,L")))
        rows = {r["indicator"]: (r["numerator"], r["denominator"], r["value"]) for r in
                self.rows(self.figures("2022-07-01"), "A4", "indicators")}
        self.assertEqual(rows["placements_3plus"], (1, 3, 100 / 3))
        # b: adopted by the carers of 2021-04-01: together not yet two years; a has not been in
        # care for two and a half years
        self.assertEqual(rows["stable_2_years"], (1, 2, 50))
        self.assertEqual(rows["secure_and_childrens_homes"][0], 1)
        self.assertEqual(rows["over_20_miles"], (0, 0, None))


class Messy(Folder):
    """Populations nobody worked out: the figures agree with one another, whatever the mess."""

    def population(self, seed, size):
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "messy.py")
        self.root = os.path.join(self.folder.name, f"in-{seed}-{size}")
        subprocess.run([sys.executable, script, "--seed", str(seed), "--children", str(size),
                        "--out", self.root, "--contested"], check=True)

    def test_figures_agree_with_one_another(self):
        for seed, size in ((1, 0), (2, 1), (3, 3), (4, 60), (5, 60), (6, 120), (7, 60)):
            self.population(seed, size)
            for day, where in (("2023-03-31", ""), ("2024-02-29", "sex=female")):
                with self.subTest(seed=seed, size=size, day=day, where=where):
                    self.agree(self.figures(day, where))

    def agree(self, got):
        json.dumps(self.made, allow_nan=False)
        children, assessed, costed = (self.made["cohort"][k] for k in (
            "children", "assessed", "costed"))
        for id in ("13", "14", "15", "17", "19", "22-24", "25", "26"):
            rows = self.rows(got, id, "profile")
            self.assertEqual(sum(row["n"] for row in rows), assessed, id)
            self.assertEqual(sum(row["n_costed"] for row in rows), costed, id)
        for id in ("18", "20", "21"):
            self.assertEqual(sum(row["n"] for row in self.rows(got, id, "shares")), children, id)
        self.assertEqual(sum(row["n"] for row in self.rows(got, "3", "bands")), costed)
        self.assertEqual(sum(row["n"] for row in self.rows(got, "12", "bands")), 13 * assessed)
        self.assertEqual(len(self.rows(got, "2a", "lorenz")), costed + 1 if costed else 0)
        for one in got.values():
            for table in one["tables"]:
                for row in table["rows"]:
                    self.assertEqual(len(row), len(table["columns"]), table["name"])


class Compare(unittest.TestCase):
    def differences(self, a, b):
        options = argparse.Namespace(strict_order=False, ignore_child=False, ignore=[],
                                     absolute=1e-9)
        comparison = compare.Comparison(options)
        with contextlib.redirect_stdout(io.StringIO()) as said:
            comparison.reports(a, b)
        return said.getvalue().splitlines()

    @staticmethod
    def report(n, rows):
        return {"as_at": "x", "framework": "y", "filter": {}, "cohort": {}, "figures": [
            {"id": "4", "n": n, "missing": {}, "tables": [
                {"name": "t", "columns": [{"name": "kind"}, {"name": "v"}], "rows": rows}]}]}

    def test_differences(self):
        one = self.report(2, [["k", 1.0], ["l", None]])
        self.assertEqual(self.differences(one, self.report(2, [["k", 1 + 1e-10], ["l", None]])), [])
        self.assertEqual(self.differences(one, self.report(3, [["k", 1.1], ["l", 0]])),
                         ["4/n: 2 3", "4/t/k/v: 1.0 1.1", "4/t/l/v: None 0"])
        self.assertEqual(self.differences(one, self.report(2, [["k", 1]])), ["4/t/rows: 2 1"])


if __name__ == "__main__":
    unittest.main()

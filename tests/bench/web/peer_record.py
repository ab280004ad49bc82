#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Makes the peer's record: peer_record.py DEMONSTRATION.csv-FOLDER PEER.db

The same children, needs, homes, costs and reviews as Hearth's record of that folder has, one table
each with the index that a page of one child wants, and one person signed in.
"""
import csv
import glob
import hashlib
import os
import sqlite3
import sys

SCHEMA = """
create table children (child integer primary key, local_id text unique, authority text, sex text,
  date_of_birth text, ethnicity text, about text);
create table assessments (child integer, assessed_on text, reason text, assessor text, scores text);
create index assessments_child on assessments (child, assessed_on);
create table episodes (child integer, started text, ended text, type text, provider text,
  legal_status text, reason text);
create index episodes_child on episodes (child, started);
create table costs (child integer, "from" text, "to" text, weekly_cost text, element text,
  paid_by text);
create index costs_child on costs (child, "from");
create table reviews (child integer, held_on text, participation text);
create index reviews_child on reviews (child, held_on);
create table session (digest blob primary key, account integer, seen integer);
create table account (account integer primary key, login text, shown text, role text);
create table allocation (child integer, account integer, primary key (child, account));
create table audit (sequence integer primary key, at integer, account integer, child integer,
  act text, fields text, hash blob);
"""
TOKEN = "peer-session-token"


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def main():
    folder, place = sys.argv[1:3]
    record = sqlite3.connect(place)
    record.executescript("pragma journal_mode = wal;" + SCHEMA)
    numbers = {}
    for row in rows(f"{folder}/children.csv"):
        numbers[row["child_id"]] = number = len(numbers) + 1
        record.execute("insert into children values (?,?,?,?,?,?,?)", (
            number, row["child_id"], row["authority"], row["sex"], row["date_of_birth"],
            row["ethnicity"], "I like drawing and football. What helps me is knowing beforehand."))
    for row in rows(f"{folder}/assessments.csv"):
        scores = [row[name] for name in list(row)[4:17]]
        record.execute("insert into assessments values (?,?,?,?,?)", (
            numbers[row["child_id"]], row["assessed_on"], row["reason"], row["assessor"],
            ",".join(scores)))
    for row in rows(f"{folder}/costs.csv"):
        record.execute("insert into costs values (?,?,?,?,?,?)", (
            numbers[row["child_id"]], row["from"], row["to"], row["weekly_cost"], row["element"],
            row["paid_by"]))
    episodes, reviews = set(), set()
    for path in sorted(glob.glob(os.path.join(folder, "*", "*", "*.csv"))):
        if path.endswith("/episodes.csv"):
            for row in rows(path):
                if row["CHILD"] in numbers:
                    episodes.add((numbers[row["CHILD"]], row["DECOM"], row["DEC"], row["PLACE"],
                                  row["PLACE_PROVIDER"], row["LS"], row["RNE"]))
        elif path.endswith("/reviews.csv"):
            for row in rows(path):
                if row["CHILD"] in numbers:
                    reviews.add((numbers[row["CHILD"]], row["REVIEW"], row["REVIEW_CODE"]))
    record.executemany("insert into episodes values (?,?,?,?,?,?,?)", sorted(episodes))
    record.executemany("insert into reviews values (?,?,?)", sorted(reviews))
    record.execute("insert into account values (1, 'peer', 'A social worker', 'social_worker')")
    record.execute("insert into session values (?, 1, 0)",
                   (hashlib.sha256(TOKEN.encode()).digest(),))
    record.execute("insert into allocation select child, 1 from children")
    record.commit()
    record.execute("analyze")
    record.close()


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: MIT
"""Figures 1 and 8: one child over time."""

from . import codes, days
from .codes import DOMAINS
from .figures import column, figure, pounds, table
from .snapshot import weekly_pence


def assessment_rows(child, day):
    # DECISION: every completed assessment is a row, several of one day too, earlier rows first.
    for on, scores in child.assessments:
        if on <= day:
            counts = [sum(low <= score <= high for score in scores)
                      for _, low, high in codes.BANDS]
            yield [days.iso(on), *scores, sum(scores), *counts]


def stays(child, day):
    """(placement, its last episode begun by the day) of placements begun by the day."""
    for placement in child.placements:
        begun = [e for e in placement.episodes if e.start <= day]
        if begun:
            yield placement, begun[-1]


def placement_rows(child, day):
    # DECISION: type, group and kind are those of the placement's last episode begun by D; an end
    # after D is not known on D: null. Zero-length placements are listed.
    for placement, episode in stays(child, day):
        end = placement.end if placement.end is not None and placement.end <= day else None
        group, kind = codes.placement(episode.place, episode.provider_code)
        yield (days.iso(placement.start), days.iso(end), episode.place or None, group, kind,
               "yes" if placement.temporary() else "no")


def cost_rows(child, day):
    turns = {on for start, end, _ in child.costs for on in (start, end)
             if on is not None and on <= day}
    before = None
    for on in sorted(turns):
        now = weekly_pence(child, on)
        if now != before:
            yield days.iso(on), pounds(now)
        before = now


def move_rows(child, day):
    # DECISION: a move is the start of a placement that is not temporary after another such in the
    # same period of care; temporary ones between are passed over, and a return from one to the
    # same PLACE, PLACE_PROVIDER and URN is no move. cost_before is of the day before.
    before, between = None, False
    for placement, episode in stays(child, day):
        if placement.end == placement.start:
            continue
        if placement.temporary():
            between = True
            continue
        first = placement.episodes[0]
        if before is not None and before.period == first.period and not (
                between and before.home() == first.home()):
            yield (days.iso(placement.start),
                   codes.placement(before.place, before.provider_code)[1],
                   codes.placement(first.place, first.provider_code)[1],
                   pounds(weekly_pence(child, placement.start - 1)),
                   pounds(weekly_pence(child, placement.start)))
        before, between = episode, False


def all_story(child, day):
    tables = [
        table("assessments", [column("assessed_on", "date")] + [
            column(d, "integer") for d in DOMAINS] + [column("total", "integer")] + [
            column(band, "integer") for band, _, _ in codes.BANDS],
            assessment_rows(child, day)),
        table("placements", [column("from", "date"), column("to", "date"),
                             column("placement_type", "code"), column("placement_group", "code"),
                             column("placement_kind", "code"), column("temporary", "code")],
              placement_rows(child, day)),
        table("costs", [column("from", "date"), column("weekly_cost")], cost_rows(child, day))]
    moves = table("moves", [column("on", "date"), column("from_kind", "code"),
                            column("to_kind", "code"), column("cost_before"),
                            column("cost_after")], move_rows(child, day))
    n = len(tables[0]["rows"])
    return [figure("1", "How have one child's needs changed?", n, tables),
            figure("8", "What is this child's story?", n, tables + [moves])]

# SPDX-License-Identifier: MIT
"""The tables that come in: their columns, what each value must be, how a header is recognised."""

from dataclasses import dataclass

from .codes import DOMAINS


@dataclass(frozen=True)
class Table:
    name: str
    columns: dict          # column -> kind, see rows.READERS
    keys: tuple            # a header without these is not this table
    child: str = ""        # the column that says which child; "" is a table about no child
    span: tuple = ()       # (start, end) columns, where the table has them
    is_903: bool = False


def _native(name, keys, columns, child="child_id", span=()):
    return Table(name, columns, keys, child, span)


def _return(name, keys, columns, span=()):
    kinds = {"CHILD": "id"}
    kinds.update(columns)
    # DECISION: a 903 table may carry LA and YEAR beside its own columns (pooled files do); YEAR is
    # the collection year of its row, LA the child's authority.
    kinds.update({"LA": "text", "YEAR": "year"})
    return Table(name, kinds, ("CHILD",) + keys, "CHILD", span, True)


_SCORES = {domain: "score" for domain in DOMAINS}
_TEXT = "text"

TABLES = (
    _native("assessments", ("child_id", "assessed_on"), {
        "child_id": "id", "assessed_on": "date!", "reason": "code assessment_reason",
        "assessor": _TEXT, **_SCORES, "framework": "framework"}),
    _native("costs", ("child_id", "from", "weekly_cost"), {
        "child_id": "id", "from": "date!", "to": "date", "weekly_cost": "amount!",
        "element": "code element", "paid_by": "code paid_by"}, span=("from", "to")),
    _native("children", ("child_id",), {
        "child_id": "id", "authority": _TEXT, "sex": "code sex", "date_of_birth": "birth",
        "ethnicity": "code ethnicity", "disability": "code flag", "ehcp": "code flag",
        "excluded": "code flag", "uasc": "code flag"}),
    _native("episodes", ("child_id", "started"), {
        "child_id": "id", "started": "date!", "ended": "date", "placement_type": "code place",
        "placement_provider": "code place_provider",
        "reason_started": "code reason_new_episode",
        "reason_ended": "code reason_episode_ceased", "legal_status": "code legal_status",
        "category_of_need": "code category_of_need", "urn": _TEXT, "provider": _TEXT,
        "reason_place_change": "code reason_place_change", "home_postcode": _TEXT,
        "placement_postcode": _TEXT, "distance_miles": "distance"}, span=("started", "ended")),
    _native("homes", ("home_id",), {
        "home_id": _TEXT, "provider_id": _TEXT, "kind": _TEXT, "name": _TEXT, "urn": _TEXT,
        "capacity": _TEXT, "vacancies": _TEXT, "available_from": "date", "min_age": _TEXT,
        "max_age": _TEXT, "sexes": _TEXT, "sibling_places": _TEXT, "solo": "code flag",
        "easting": _TEXT, "northing": _TEXT, "weekly_price": "amount", "accessible": "code flag",
        "languages": _TEXT, "faiths": _TEXT, "pets": _TEXT, "ofsted_grade": _TEXT, **_SCORES},
        child=""),
    _native("providers", ("provider_id",), {
        "provider_id": _TEXT, "name": _TEXT, "sector": _TEXT, "urn": _TEXT,
        "company_number": _TEXT}, child=""),
    _native("carer_enquiries", ("enquiry_id", "stage"), {
        "enquiry_id": _TEXT, "stage": "code stage", "entered": "date", "left": "date",
        "outcome": "code outcome", "outcome_reason": _TEXT, "huddle_on": "date",
        "huddle_note": _TEXT}, child="", span=("entered", "left")),
    _native("authority_outcomes", ("authority", "period", "measure"), {
        "authority": _TEXT, "period": _TEXT, "measure": _TEXT, "value": _TEXT,
        "higher_is_better": _TEXT}, child=""),
    _return("header", ("SEX", "DOB"), {
        "SEX": "code sex", "DOB": "birth", "ETHNIC": "code ethnicity", "UPN": _TEXT,
        "MOTHER": "code flag", "MC_DOB": "birth"}),
    _return("episodes_903", ("DECOM",), {
        "DECOM": "date!", "RNE": "code reason_new_episode", "LS": "code legal_status",
        "CIN": "code category_of_need", "PLACE": "code place",
        "PLACE_PROVIDER": "code place_provider", "DEC": "date",
        "REC": "code reason_episode_ceased", "REASON_PLACE_CHANGE": "code reason_place_change",
        "HOME_POST": _TEXT, "PL_POST": _TEXT, "URN": _TEXT}, span=("DECOM", "DEC")),
    _return("reviews", ("REVIEW",), {
        "DOB": "birth", "REVIEW": "date", "REVIEW_CODE": "code review_code"}),
    _return("uasc", ("DUC",), {"SEX": "code sex", "DOB": "birth", "DUC": "date"}),
    _return("oc2", ("SDQ_SCORE",), {
        "DOB": "birth", "SDQ_SCORE": "sdq", "SDQ_REASON": "code sdq_reason",
        **{flag: "code flag" for flag in (
            "CONVICTED", "HEALTH_CHECK", "IMMUNISATIONS", "TEETH_CHECK", "HEALTH_ASSESSMENT",
            "SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED")}}),
    _return("oc3", ("IN_TOUCH",), {
        "DOB": "birth", "IN_TOUCH": "code oc3_in_touch", "ACTIV": "code oc3_activity",
        "ACCOM": "code oc3_accommodation"}),
    _return("ad1", ("DATE_INT",), {
        "DOB": "birth", "DATE_INT": "date", "DATE_MATCH": "date", "FOSTER_CARE": "code flag",
        "NB_ADOPTR": "code ad1_number", "SEX_ADOPTR": "code ad1_sex",
        "LS_ADOPTR": "code ad1_legal"}),
    _return("placed_adoption", ("DATE_PLACED",), {
        "DOB": "birth", "DATE_PLACED": "date", "DATE_PLACED_CEASED": "date",
        "REASON_PLACED_CEASED": "code placed_ceased"},
        span=("DATE_PLACED", "DATE_PLACED_CEASED")),
    _return("previous_permanence", ("PREV_PERM",), {
        "DOB": "birth", "PREV_PERM": "code prev_perm", "LA_PERM": _TEXT,
        "DATE_PERM": "partial_date"}),
    _return("missing", ("MIS_START",), {
        "DOB": "birth", "MISSING": "code missing", "MIS_START": "date", "MIS_END": "date"},
        span=("MIS_START", "MIS_END")),
    _return("sw_episodes", ("SW_DECOM",), {
        "DOB": "birth", "SW_ID": _TEXT, "SW_DECOM": "date", "SW_DEC": "date",
        "SW_REASON": "code sw_reason"}, span=("SW_DECOM", "SW_DEC")),
    _return("dolo", ("DOLO_START",), {
        "DOB": "birth", "DOLO_START": "date", "DOLO_END": "date"},
        span=("DOLO_START", "DOLO_END")),
)


def recognise(header):
    """(table, column of each field or None) for a header row; (None, None) where it is no table."""
    # DECISION: column names are compared without regard to letter case. A file is the table whose
    # key columns it has and with which it shares most columns; other columns may be absent.
    folded = [name.strip().casefold() for name in header]
    best, best_columns, best_rank = None, None, (0, 0)
    for table in TABLES:
        names = {column.casefold(): column for column in table.columns}
        if not all(key.casefold() in folded for key in table.keys):
            continue
        columns, seen = [], set()
        for name in folded:
            column = names.get(name)
            # DECISION: a column named twice counts the first time; the second is unknown.
            columns.append(column if column not in seen else None)
            seen.add(column)
        shared = len(seen - {None})
        rank = (shared, -len(table.columns))
        if rank > best_rank:
            best, best_columns, best_rank = table, columns, rank
    # DECISION: an id alone names no table: two columns in common are needed.
    return (best, best_columns) if best_rank[0] >= 2 else (None, None)

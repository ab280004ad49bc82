# SPDX-License-Identifier: MIT
"""Code sets, tables and groupings as the definitions state them."""

DOMAINS = (
    "emotional_health", "managing_emotions", "attachments", "family_relationships", "education",
    "life_story", "identity", "expressing", "safe_decisions", "community", "self_care",
    "physical_health", "learning")
FRAMEWORK = "valuing-care-13"
MAX_SCORE = 10
MAX_TOTAL = MAX_SCORE * len(DOMAINS)
LOW_TOTAL = 24
SEVERE_FROM = 7
BANDS = (("none", 0, 0), ("minor", 1, 3), ("moderate", 4, 6), ("severe", 7, 10))
NOT_RECORDED = "not recorded"

AGE_BANDS = ("0-1", "2-4", "5-11", "12-16", "17+")
SEX_AGE_BANDS = ("<=11", "12-16", "17+")
TIME_BANDS = ("under 1 year", "1-3", "3 and over")
SEXES = ("male", "female")
FLAGS = ("yes", "no")
COST_SIDES = ("under", "over")
ETHNIC_GROUPS = ("White", "Mixed", "Asian", "Black", "Other")
PLACEMENT_GROUPS = ("fostering", "residential", "supported", "family", "other")
FOSTERING_KINDS = ("in-house fostering", "independent fostering agency")
RESIDENTIAL_KINDS = ("in-house children's home", "private children's home",
                     "specialist residential")
PLACEMENT_KINDS = FOSTERING_KINDS + RESIDENTIAL_KINDS + (
    "semi-independent and independent", "with parents or for adoption", "other")
STAGES = ("enquiry", "initial_visit", "stage_1", "stage_2", "panel", "approved")
OUTCOMES = ("continued", "withdrew", "ended_by_service", "approved")

TEMPORARY = frozenset("T0 T1 T2 T3 T4".split())
FOSTER_PLACES = frozenset("U1 U2 U3 U4 U5 U6".split())
KINSHIP_PLACES = frozenset("U1 U2 U3".split())
HOME_PLACES = frozenset("K2 R1 S1".split())
SPECIALIST_PLACES = frozenset("K1 R2 R3 R5".split())
SUPPORTED_PLACES = frozenset("H5 K3 P2 P3".split())
FAMILY_PLACES = frozenset("P1 A3 A4 A5 A6".split())
ADOPTION_PLACES = frozenset("A3 A4 A5 A6".split())
ADOPTION_SAME_CARER = frozenset("A3 A5".split())
OTHER_PLACES = frozenset("Z1 Z11 Z12 Z13 Z14 T0 T1 T2 T3 T4".split())
SHORT_BREAKS = frozenset("V3 V4".split())

PUBLIC = frozenset("PR1 PR2 PR3".split())
INDEPENDENT = frozenset("PR4 PR5".split())


def placement(place, provider):
    """(placement_group, placement_kind) of a PLACE and PLACE_PROVIDER; "" is blank."""
    if place in FOSTER_PLACES:
        if provider in PUBLIC or provider == "":
            return "fostering", "in-house fostering"
        if provider in INDEPENDENT:
            return "fostering", "independent fostering agency"
    elif place in HOME_PLACES:
        if provider in PUBLIC:
            return "residential", "in-house children's home"
        if provider in INDEPENDENT or provider == "":
            return "residential", "private children's home"
    elif place in SPECIALIST_PLACES:
        return "residential", "specialist residential"
    elif place in SUPPORTED_PLACES:
        return "supported", "semi-independent and independent"
    elif place in FAMILY_PLACES:
        return "family", "with parents or for adoption"
    elif place in OTHER_PLACES:
        return "other", "other"
    return NOT_RECORDED, NOT_RECORDED


def _any_year(words):
    return {word: (None, None) for word in words.split()}


def _with(codes, **years):
    codes.update({code.lstrip("_"): span for code, span in years.items()})
    return codes


# Set name -> code -> (first collection year, last collection year); None is no limit.
SETS = {
    "place": _with(
        _any_year("A3 A4 A5 A6 K1 K2 P1 P3 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 U1 U2 U3 U4 U5 U6"),
        H5=(None, 2024), K3=(2024, None), P2=(None, 2024), Z1=(None, 2025), Z11=(2026, None),
        Z12=(2026, None), Z13=(2026, None), Z14=(2026, None)),
    "place_provider": _any_year("PR0 PR1 PR2 PR3 PR4 PR5"),
    "legal_status": _any_year("C1 C2 D1 E1 V2 V3 V4 L1 L2 L3 J1 J2 J3"),
    "category_of_need": _any_year("N1 N2 N3 N4 N5 N6 N7 N8"),
    "ethnicity": _any_year(
        "WBRI WIRI WIRT WROM WOTH MWBC MWBA MWAS MOTH AIND APKN ABAN CHNE AOTH BCRB BAFR BOTH "
        "OOTH REFU NOBT"),
    "reason_episode_ceased": _with(
        _any_year("X1 E11 E12 E2 E3 E4A E4B E13 E41 E5 E6 E7 E9 E14 E15 E16 E17 E8"),
        E43=(None, 2018), E44=(None, 2018), E45=(2019, None), E46=(2019, None),
        E47=(2019, None), E48=(2019, None)),
    "reason_new_episode": _any_year("S L P T B U"),
    "reason_place_change": _with(
        _any_year("CARPL CLOSE ALLEG STAND APPRR CREQB CREQO CHILD LAREQ PLACE OTHER"),
        CUSTOD=(2019, None)),
    "sex": _with({}, _1=(None, 2024), _2=(None, 2024), M=(2025, None), F=(2025, None),
                 U=(2025, None)),
    "flag": _any_year("0 1"),
    "review_code": _any_year("PN0 PN1 PN2 PN3 PN4 PN5 PN6 PN7"),
    "sdq_reason": _any_year("SDQ1 SDQ2 SDQ3 SDQ4 SDQ5"),
    "oc3_in_touch": _any_year("YES NO DIED REFU NREQ RHOM"),
    "oc3_activity": _with(_any_year("F1 P1 F2 P2 G4 G5 G6 0"), F3=(None, 2021), P3=(None, 2021),
                          F4=(2022, None), P4=(2022, None), F5=(2022, None), P5=(2022, None)),
    "oc3_accommodation": _any_year(
        " ".join(letter + digit for letter in "BCDEGHKRSTUVWXYZ" for digit in "12") + " 0"),
    "ad1_number": _any_year("1 2"),
    "ad1_sex": _any_year("M1 F1 MM FF MF"),
    "ad1_legal": _any_year("L0 L11 L12 L2 L3 L4"),
    "prev_perm": _any_year("P1 P2 P3 P4 Z1"),
    "placed_ceased": _any_year("RD1 RD2 RD3 RD4"),
    "missing": _any_year("M A"),
    "sw_reason": _any_year(
        "MANAGE FCONTA LEFTRL ORGRST TSPROC ABSENC CHCHAN PCCHAN SWDIED OTHERS"),
    "assessment_reason": _any_year("entry review placement_change disruption exit other"),
    "element": _any_year("accommodation care education therapy transport other total"),
    "paid_by": _any_year("social_care education health"),
    "stage": _any_year(" ".join(STAGES)),
    "outcome": _any_year(" ".join(OUTCOMES)),
}

SEX_OF = {"1": "male", "M": "male", "2": "female", "F": "female", "U": NOT_RECORDED}
FLAG_OF = {"1": "yes", "0": "no"}
ETHNIC_GROUP_OF = {}
for _group, _codes in (("White", "WBRI WIRI WIRT WROM WOTH"), ("Mixed", "MWBC MWBA MWAS MOTH"),
                       ("Asian", "AIND APKN ABAN CHNE AOTH"), ("Black", "BCRB BAFR BOTH"),
                       ("Other", "OOTH"), (NOT_RECORDED, "REFU NOBT")):
    for _code in _codes.split():
        ETHNIC_GROUP_OF[_code] = _group

# SPDX-License-Identifier: MIT
"""The files of a messy population: native tables and 903 returns, with faults planted in them."""

import datetime
import os

from messy_people import DAY
from oracle.codes import DOMAINS, OUTCOMES, STAGES

NOTES = ("seen at school", "spoke of her gran, and the dog", "said \"not yet\"",
         "line one\nline two", "café on Fridays", "", "")
WRONG = {
    "date": ("31/02/2020", "2020-13-01", "n/k", "1/4/2020", "20200401", "2021-02-29", "00/00/0000"),
    "amount": ("£500", "1,200.00", "-5", "12.345", "abc", "1e3", "+4"),
    "score": ("11", "-1", "x", "4.5", "99"),
    "code": ("ZZ", "99", "?"),
    "flag": ("Y", "2", "yes", "true", "-"),
    "id": ("",),
}


class Writer:
    """Writes tables with the population's rate of faults; each file has its own habits."""

    def __init__(self, dice, folder, contested):
        self.dice, self.folder, self.contested = dice, folder, contested
        self.rate = dice.choice((0.0, 0.004, 0.02, 0.02))     # faults a cell
        self.ghosts = 0

    def chance(self, p):
        return self.dice.random() < p

    def spoil(self, kind, text):
        dice = self.dice
        if kind.startswith("code") and text.isalnum() and text.lower() != text and self.chance(0.5):
            return text.lower()
        if kind in ("id!", "date!", "amount!") and self.chance(0.3):
            return dice.choice(("", "  "))
        return dice.choice(WRONG.get(kind.rstrip("!"), WRONG["code"]))

    def write(self, path, columns, rows, one_a_child=False):
        """columns: [(name, kind)]; a kind is a key of WRONG with ! where a blank is a fault, or
        text; rows: dicts of str or date."""
        dice = self.dice
        iso = dice.choice((True, True, False, None))    # None mixes the forms
        encoding = dice.choice(("utf-8", "utf-8", "utf-8-sig", "cp1252"))
        newline = dice.choice(("\n", "\r\n"))
        columns = list(columns)
        if self.chance(0.25):
            dice.shuffle(columns)
        if self.chance(0.2):
            columns.insert(dice.randint(1, len(columns)), ("our_notes", "note"))
        names = [name for name, _ in columns]
        lines = [self._line(names)]
        for row in rows:
            fields, clean = [], True
            for name, kind in columns:
                if kind == "note":
                    fields.append(dice.choice(NOTES).replace("\n", newline))
                    continue
                text = self._text(row.get(name, ""), iso)
                if kind != "text" and self.chance(self.rate):
                    text, clean = self.spoil(kind, text), False
                elif text and self.chance(0.01):
                    text, clean = f" {text}  ", False
                fields.append(text)
            self._add(lines, fields, columns, clean, one_a_child)
        data = newline.join(lines) + (newline if self.chance(0.9) else "")
        path = os.path.join(self.folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data.encode(encoding))

    def _add(self, lines, fields, columns, clean, one_a_child):
        dice = self.dice
        if self.chance(self.rate):
            bad = fields[:-1] if self.chance(0.5) else fields + [""]
            lines.append(self._line(bad))
        lines.append(self._line(fields))
        if (clean or self.contested) and self.chance(self.rate):
            lines.append(lines[-1])                     # the same row again
        elif clean and one_a_child and self.chance(self.rate * 2):
            place = next(i for i, (name, _) in enumerate(columns) if name in (
                "ethnicity", "ETHNIC"))
            other = fields[:]
            other[place] = "OOTH" if fields[place] != "OOTH" else "WBRI"
            lines.append(self._line(other))             # the same child, told differently
        if self.chance(self.rate):
            lines.append("   " if self.contested and self.chance(0.3) else "")
        if self.chance(self.rate / 4) and not self._of_commas(lines):
            lines.append("," * (len(columns) - 1))
        if self.chance(self.rate / 2) and columns and not one_a_child:
            place = next((i for i, (_, kind) in enumerate(columns) if kind == "id!"), None)
            if place is not None:
                self.ghosts += 1
                stranger = fields[:]
                stranger[place] = f"nobody{self.ghosts}"
                lines.append(self._line(stranger))

    def _of_commas(self, lines):
        return not self.contested and any(line and not line.strip(",") for line in lines)

    @staticmethod
    def _line(fields):
        return ",".join('"' + f.replace('"', '""') + '"' if set(f) & set('",\r\n') else f
                        for f in fields)

    def _text(self, value, iso):
        if value is None:
            return ""
        if isinstance(value, datetime.date):
            use_iso = self.chance(0.5) if iso is None else iso
            return value.isoformat() if use_iso else value.strftime("%d/%m/%Y")
        return value


def _reversed_now_and_then(writer, row, start, end):
    if row[end] and writer.chance(writer.rate):
        row[start], row[end] = row[end], row[start]
        if row[start] == row[end]:
            row[end] -= DAY
    return row


# ---- native -------------------------------------------------------------------------------------

def native_tables(writer, here, everyone, with_episodes):
    """children, episodes (of those here), and of everyone assessments, costs and the rest."""
    sex = writer.dice.choice(({"m": "M", "f": "F", "u": "U", "": ""},
                              {"m": "1", "f": "2", "u": "", "": ""}))
    rows, ours = [], {one.id for one in here}
    for one in everyone:
        row = {"child_id": one.id, "authority": one.authority, **one.flags,
               "uasc": writer.dice.choice(("0", "0", "1", ""))}
        if one.id in ours and with_episodes:
            row.update(sex=sex[one.sex], date_of_birth=one.born, ethnicity=one.ethnicity)
        rows.append(row)
    if not with_episodes and not writer.contested:
        # what the 903 lacks alone; the 903 header is the only one to say the rest
        columns = "authority disability ehcp excluded uasc".split()
    else:
        columns = ("authority sex date_of_birth ethnicity disability ehcp excluded uasc").split()
    kinds = {"authority": "text", "sex": "code", "date_of_birth": "date", "ethnicity": "code"}
    if writer.contested:
        for row, one in zip(rows, everyone):
            if writer.chance(0.1):
                row.update(sex=writer.dice.choice(("M", "F")), ethnicity="MOTH")
    writer.write("children.csv", [("child_id", "id!")] + [
        (name, kinds.get(name, "flag")) for name in columns], rows, "ethnicity" in columns)
    if with_episodes:
        _native_episodes(writer, here)
    _assessments(writer, everyone)
    _costs(writer, everyone)
    _providers(writer, len(everyone))
    _enquiries(writer, len(everyone))


def _native_episodes(writer, people):
    names = ("started date!|ended date|placement_type code|placement_provider code|"
             "reason_started code|reason_ended code|legal_status code|category_of_need code|"
             "urn text|provider text|reason_place_change code|home_postcode text|"
             "placement_postcode text|distance_miles text")
    columns = [("child_id", "id!")] + [tuple(n.split()) for n in names.split("|")]
    rows = [_reversed_now_and_then(writer, {
        "child_id": one.id, "started": stay.start, "ended": stay.end,
        "placement_type": stay.place, "placement_provider": stay.provider,
        "reason_started": stay.rne, "reason_ended": stay.ceased, "legal_status": stay.legal,
        "category_of_need": stay.need, "urn": stay.urn, "provider": stay.agency,
        "distance_miles": stay.distance}, "started", "ended")
        for one in people for stay in one.stays]
    if writer.chance(0.5):
        writer.dice.shuffle(rows)
    if writer.chance(0.3) and len(rows) > 10:
        # two files: the second repeats some episodes as they were corrected
        again = [dict(row) for row in rows if writer.chance(0.2)]
        for row in again:
            row["placement_type"], row["placement_provider"] = "K2", "PR4"
        writer.write("episodes_a.csv", columns, rows)
        writer.write("episodes_b.csv", columns, again)
    else:
        writer.write("episodes.csv", columns, rows)


def _assessments(writer, people):
    dice = writer.dice
    columns = [("child_id", "id!"), ("assessed_on", "date!"), ("reason", "code"),
               ("assessor", "text")] + [(d, "score") for d in DOMAINS] + [("framework", "text")]
    rows = [{"child_id": one.id, "assessed_on": on, "framework": framework,
             "reason": dice.choice(("entry", "review", "placement_change", "")),
             "assessor": dice.choice(("A. Worker", "Zoë, B.", "", "C. \"Kit\" Dale")), **scores}
            for one in people for on, scores, framework in one.assessments]
    if writer.chance(0.4):
        dice.shuffle(rows)
    writer.write("assessments.csv", columns, rows)


def _costs(writer, people):
    columns = [("child_id", "id!"), ("from", "date!"), ("to", "date"), ("weekly_cost", "amount!"),
               ("element", "code"), ("paid_by", "code")]
    rows, seen = [], set()
    for one in people:
        for line in one.costs:
            if (one.id,) + line in seen:
                continue                       # an equal line would count once
            seen.add((one.id,) + line)
            start, end, amount, element, payer = line
            rows.append(_reversed_now_and_then(writer, {
                "child_id": one.id, "from": start, "to": end, "weekly_cost": amount,
                "element": element, "paid_by": payer}, "from", "to"))
    writer.write("costs.csv", columns, rows)


def _providers(writer, count):
    rate, writer.rate = writer.rate, 0.0
    writer.write("providers.csv", [(n, "text") for n in (
        "provider_id name sector urn company_number").split()], [
        {"provider_id": f"p{i}", "name": f"{name} Care", "sector": "private",
         "urn": f"SC{100 + i:06}", "company_number": f"0{i}"}
        for i, name in enumerate(("Alder", "Birch", "Cedar"), 1)] if count else [])
    writer.write("homes.csv", [(n, "text") for n in (
        "home_id provider_id kind name urn capacity vacancies weekly_price").split()] + [
        (d, "score") for d in DOMAINS], [
        {"home_id": f"h{i}", "provider_id": f"p{i % 3 + 1}", "kind": "children's home",
         "name": f"Home {i}", "urn": f"SC{110 + i:06}", "capacity": "4", "vacancies": "1",
         "weekly_price": "4200.00", **{d: str(i % 11) for d in DOMAINS}}
        for i in range(min(count, 12))])
    writer.rate = rate


def _enquiries(writer, count):
    dice, rows = writer.dice, []
    for number in range(count // 3):
        on = datetime.date(2020, 1, 1) + DAY * dice.randint(0, 1900)
        for stage in STAGES:
            left = on + DAY * dice.choice((0, 1, 3, 14, 14, 30, 61))
            row = {"enquiry_id": f"e{number}", "stage": stage, "entered": on, "left": left,
                   "outcome": "continued", "huddle_note": dice.choice(NOTES)}
            if stage == "approved":
                row.update(outcome="approved", left=dice.choice((None, left)))
            elif dice.random() < 0.3:
                row.update(outcome=dice.choice(OUTCOMES[1:3]), outcome_reason=dice.choice((
                    "", "moved away", "Été", "no spare room", "no spare room")))
            elif dice.random() < 0.1:
                row.update(left=None, outcome="")
            rows.append(_reversed_now_and_then(writer, row, "entered", "left"))
            if row["outcome"] != "continued" or row["left"] is None:
                break
            on = left
    if writer.chance(0.5):
        dice.shuffle(rows)
    writer.write("carer_enquiries.csv", [
        ("enquiry_id", "text"), ("stage", "text"), ("entered", "date"), ("left", "date"),
        ("outcome", "code"), ("outcome_reason", "text"), ("huddle_on", "date"),
        ("huddle_note", "text")], rows)


# ---- 903 returns --------------------------------------------------------------------------------

HEADER = ("SEX code|DOB date|ETHNIC code|UPN text|MOTHER flag|MC_DOB date")
EPISODES = ("DECOM date!|RNE code|LS code|CIN code|PLACE code|PLACE_PROVIDER code|DEC date|"
            "REC code|REASON_PLACE_CHANGE code|HOME_POST text|PL_POST text|URN text")
OC2 = ("DOB date|SDQ_SCORE score|SDQ_REASON code|CONVICTED flag|HEALTH_CHECK flag|"
       "IMMUNISATIONS flag|TEETH_CHECK flag|HEALTH_ASSESSMENT flag|SUBSTANCE_MISUSE flag|"
       "INTERVENTION_RECEIVED flag|INTERVENTION_OFFERED flag")
REVIEWS = "DOB date|REVIEW date|REVIEW_CODE code"
UASC = "SEX code|DOB date|DUC date"


def _columns(text, pooled):
    found = [("CHILD", "id!")] + [tuple(part.split()) for part in text.split("|")]
    return found + ([("LA", "text"), ("YEAR", "text")] if pooled else [])


def return_tables(writer, people, last):
    """Returns of several years: a folder a year, a file name with the year, or one pooled file."""
    dice = writer.dice
    shape = dice.choice(("folders", "folders", "names", "pooled", "inferred"))
    if shape == "inferred" and len(people) < 150 and not writer.contested:
        shape = "names"                         # too few to tell a year by what starts in it
    years = list(range(dice.choice((2019, 2021, 2023)), last.year + 1))
    tables = {}
    for year in years:
        for name, rows in _one_return(writer, people, year, year == years[0]).items():
            if shape == "pooled":
                tables.setdefault((name, None), []).extend(rows)
            else:
                tables[name, year] = rows
    texts = {"header": HEADER, "episodes": EPISODES, "oc2": OC2, "reviews": REVIEWS, "uasc": UASC}
    for (name, year), rows in tables.items():
        path = {
            "folders": f"{year}/{name}.csv", "names": f"SSDA903_{year}_{name.upper()}.csv",
            "pooled": f"{name}.csv",
            # folders in the order z, y, x: only what is inside tells the years
            "inferred": f"return_{chr(ord('z') - years.index(year)) if year else ''}/{name}.csv",
        }[shape]
        if shape == "pooled" and writer.chance(0.5):
            dice.shuffle(rows)
        writer.write(path, _columns(texts[name], shape == "pooled"), rows, name == "header")


def _one_return(writer, people, year, first):
    dice = writer.dice
    start, end = datetime.date(year - 1, 4, 1), datetime.date(year, 3, 31)
    tables = {name: [] for name in ("header", "episodes", "oc2", "reviews", "uasc")}
    sexes = {"m": "1", "f": "2"} if year < 2025 else {"m": "M", "f": "F", "u": "U"}
    for one in people:
        stays = [s for s in one.stays if s.start <= end and (
            first or s.end is None or s.end >= start)]
        if not stays and not (first and dice.random() < 0.2):
            continue
        about = {"CHILD": one.id, "LA": one.authority, "YEAR": str(year), "DOB": one.born}
        sex = sexes.get(one.sex, "")
        tables["header"].append({**about, "SEX": sex, "ETHNIC": one.ethnicity, "UPN": "UN1",
                                 "MOTHER": "0" if sex == "2" else ""})
        for stay in stays:
            ended = stay.end if stay.end and stay.end <= end else None
            place = stay.place
            if writer.chance(0.01):
                place = "U6"                    # corrected, in this year's return only
            tables["episodes"].append(_reversed_now_and_then(writer, {
                **about, "DECOM": stay.start, "RNE": stay.rne, "LS": stay.legal,
                "CIN": stay.need, "PLACE": place, "PLACE_PROVIDER": stay.provider,
                "DEC": ended, "REC": stay.ceased if ended else "", "URN": stay.urn,
                "REASON_PLACE_CHANGE": "CARPL" if ended and stay.ceased == "X1" else ""},
                "DECOM", "DEC"))
        score = one.sdq.get(year, "")
        tables["oc2"].append({**about, "SDQ_SCORE": score, "SDQ_REASON": "" if score else "SDQ4",
                              "CONVICTED": "0", "TEETH_CHECK": "1", "IMMUNISATIONS": "1"})
        tables["reviews"].append({**about, "REVIEW": min(end, stays[0].start + 20 * DAY)
                                  if stays else None, "REVIEW_CODE": "PN1"})
        if writer.chance(0.05):
            tables["uasc"].append({**about, "SEX": sex, "DUC": None})
    return tables

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes workbooks and XML files that must be refused, and the list of what is said of each.

Usage: make_hostile.py FOLDER. Writes the files and FOLDER/expected.csv (file,problem); an empty
problem means that the file is odd but good. Nothing here is real data.
"""

import csv
import io
import os
import struct
import sys
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'


def parts(sheet=ROW, strings="", sheets=None, relation=None, workbook_start=""):
    """The parts of a small workbook, by name."""
    if sheets is None:
        sheets = '<sheet name="One" sheetId="1" r:id="rId1"/>'
    if relation is None:
        relation = 'Target="worksheets/sheet1.xml"'
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships><Relationship Id="r" Type="{RELATIONS}/officeDocument" '
                       'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{workbook_start}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
                           f'<sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels":
            f'<Relationships><Relationship Id="rId1" Type="{RELATIONS}/worksheet" {relation}/>'
            f'<Relationship Id="rId2" Type="{RELATIONS}/sharedStrings" '
            'Target="sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml": strings or f'<sst xmlns="{MAIN}"/>',
        "xl/worksheets/sheet1.xml": sheet if sheet.startswith("<!") else
            f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>',
    }


class Unseekable(io.RawIOBase):
    """A pipe, as far as zipfile can tell: sizes then follow the data."""

    def __init__(self):
        super().__init__()
        self.bytes = bytearray()

    def writable(self):
        return True

    def write(self, data):
        self.bytes += data
        return len(data)


def archive(content, method=zipfile.ZIP_DEFLATED, extra=(), target=None, zip64=False):
    out = target or io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, data in list(content.items()) + list(extra):
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            with package.open(info, "w", force_zip64=zip64) as part:
                part.write(data.encode() if isinstance(data, str) else data)
    return bytes(out.bytes) if target else out.getvalue()


def patched(data, name, offset_local, offset_central, value):
    """Sets bytes of the local header and of the directory's entry of the part `name`."""
    data = bytearray(data)
    name = name.encode()
    local, central = -1, -1
    at = data.find(b"PK\x03\x04")
    while at >= 0:
        if data[at + 30:at + 30 + len(name)] == name:
            local = at
        at = data.find(b"PK\x03\x04", at + 4)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        if data[at + 46:at + 46 + len(name)] == name:
            central = at
        at = data.find(b"PK\x01\x02", at + 4)
    if offset_local is not None:
        data[local + offset_local:local + offset_local + len(value)] = value
    data[central + offset_central:central + offset_central + len(value)] = value
    return bytes(data)


def overlapping(size, copies):
    """Many entries of a directory that all point at the same packed bytes."""
    content = bytes(i * i % 251 for i in range(size))
    single = archive({"x": content}, zipfile.ZIP_STORED)
    start = single.find(b"PK\x01\x02")
    end = single.find(b"PK\x05\x06")
    directory = bytearray()
    for number in range(copies):
        entry = bytearray(single[start:end])
        name = b"%03d" % number
        struct.pack_into("<H", entry, 28, len(name))
        directory += entry[:46] + name
    return single[:start] + bytes(directory) + struct.pack(
        "<4sHHHHIIH", b"PK\x05\x06", 0, 0, copies, copies, len(directory), start, 0)


LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + i)} '{('&' + chr(97 + i) + ';') * 10}'>" for i in range(9)) + "]>"
SHEET = "xl/worksheets/sheet1.xml"


def damaged_archives():
    good = archive(parts())
    stored = archive(parts(), zipfile.ZIP_STORED)
    yield "empty.xlsx", b"", "xlsx_damaged"
    yield "text.xlsx", b"child_id,sex\n1,M\n", "xlsx_damaged"
    yield "truncated.xlsx", good[:len(good) // 2], "xlsx_damaged"
    yield "no_directory.xlsx", good[:good.find(b"PK\x01\x02")], "xlsx_damaged"
    yield "wrong_checksum.xlsx", stored.replace(b"<v>1</v>", b"<v>2</v>"), "xlsx_damaged"
    yield "wrong_deflate.xlsx", patched(good, SHEET, None, 20, struct.pack("<I", 9)), "xlsx_damaged"
    yield "smaller_than_it_is.xlsx", patched(
        good, SHEET, 22, 24, struct.pack("<I", 10)), "xlsx_damaged"
    yield "bzip2.xlsx", archive(parts(), zipfile.ZIP_BZIP2), "xlsx_damaged"
    yield "password.xlsx", patched(good, SHEET, 6, 8, b"\x01\x00"), "xlsx_encrypted"
    yield "password_of_excel.xlsx", (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) +
        "EncryptedPackage".encode("utf-16-le")), "xlsx_encrypted"
    yield "excel_97.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "file_old_workbook"


def hostile_archives():
    yield "bomb.xlsx", archive(parts(sheet=ROW + " " * 30_000_000)), "xlsx_bomb"
    yield "bomb_beside.xlsx", archive(parts(), extra=[("xl/media/x", bytes(5_000_000))]), "xlsx_bomb"
    yield "claims_600_mb.xlsx", patched(
        archive(parts()), SHEET, 22, 24, struct.pack("<I", 600 << 20)), "xlsx_large"
    yield "overlapping.xlsx", overlapping(1_000_000, 900), "xlsx_large"
    yield "many_parts.xlsx", archive(parts(), extra=[(f"x{i}", "") for i in range(1000)]), "xlsx_entries"
    for number, name in enumerate((
            "../../../etc/cron.d/x", "/etc/passwd", "C:/x", "xl/..\\..\\x")):
        yield f"name_{number}.xlsx", archive(parts(), extra=[(name, "x")]), "xlsx_names"
    yield "name_of_a_terminal.xlsx", archive(parts(), extra=[("xl/é\x1b[2J", "x")]), "xlsx_damaged"
    many = "".join(f'<sheet name="S{i}" sheetId="{i}" r:id="rId1"/>' for i in range(1001))
    yield "same_sheet_1001_times.xlsx", archive(parts(sheets=many)), "xlsx_entries"


def hostile_sheets():
    laughs = LAUGHS + f'<sst xmlns="{MAIN}"><si><t>&j;</t></si></sst>'
    yield "entities.xlsx", archive(parts(strings=laughs)), "xml_doctype"
    yield "external_entity.xlsx", archive(parts(
        workbook_start="<!DOCTYPE x SYSTEM 'file:///etc/passwd'>")), "xml_doctype"
    yield "external_sheet.xlsx", archive(parts(
        relation='Target="http://example.invalid/x.xml" TargetMode="External"')), "xlsx_damaged"
    yield "missing_sheet.xlsx", archive(parts(relation='Target="nowhere.xml"')), "xlsx_damaged"
    yield "outside_sheet.xlsx", archive(parts(
        relation='Target="../../../../etc/passwd"')), "xlsx_damaged"
    yield "no_sheets.xlsx", archive(parts(sheets="")), "xlsx_other"
    yield "document.xlsx", archive({"word/document.xml": "<x/>"}), "xlsx_other"
    yield "opendocument.xlsx", archive({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": "<x/>"}), "xlsx_other"
    yield "shared_text_out_of_range.xlsx", archive(parts(
        '<row r="1"><c r="A1" t="s"><v>4294967296</v></c></row>')), "xlsx_damaged"
    yield "deep.xlsx", archive(parts("<row>" * 100)), "xlsx_damaged"
    yield "not_utf8.xlsx", archive({**parts(), SHEET: b"<x>\xff</x>"}), "xlsx_damaged"
    yield "row_too_far.xlsx", archive(parts(ROW.replace('r="1"', 'r="9999999"'))), "xlsx_rows"
    yield "column_too_far.xlsx", archive(parts(ROW.replace("A1", "XFD1"))), "xlsx_columns"
    yield "long_text.xlsx", archive(parts(
        '<row><c t="str"><v>%s</v></c></row>' % ("lorem ipsum " * 9 + "\n").join(
            str(i * i) for i in range(12_000)))), "xlsx_large"
    # one text of 30,000 characters in 40,000 cells: 1.2 GB for whoever reads them
    text = "".join(str(i * i) for i in range(5000))[:30_000]
    cells = '<c t="s"><v>0</v></c>' * 400
    yield "one_text_everywhere.xlsx", archive(parts(
        "".join(f'<row r="{i}">{cells}</row>' for i in range(1, 101)),
        f'<sst xmlns="{MAIN}"><si><t>{text}</t></si></sst>')), "xlsx_large"


def odd_but_good():
    yield "stored.xlsx", archive(parts(), zipfile.ZIP_STORED), ""
    yield "zip64.xlsx", archive(parts(), zip64=True), ""
    yield "streamed.xlsx", archive(parts(), target=Unseekable()), ""
    yield "upper_case_names.xlsx", archive(
        {name.upper() if name.startswith("xl") else name: data
         for name, data in parts().items()}), ""


def child(inside):
    return f"<EXPSSDA903><CHILD><HEADER>{inside}</HEADER></CHILD></EXPSSDA903>".encode()


def hostile_xml():
    good = child("<CHILDID>1</CHILDID>")
    yield "good.xml", good, ""
    yield "utf16.xml", good.decode().encode("utf-16"), ""
    yield "entities.xml", LAUGHS.encode() + child("<CHILDID>&j;</CHILDID>"), "xml_doctype"
    yield "one_long_entity.xml", (
        b"<!DOCTYPE x [<!ENTITY a '" + b"x" * 50_000 + b"'>]>" +
        child("<CHILDID>" + "&a;" * 5000 + "</CHILDID>")), "xml_doctype"
    yield "external_entity.xml", (
        b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" +
        child("<CHILDID>&a;</CHILDID>")), "xml_doctype"
    yield "external_subset.xml", (
        b"<!DOCTYPE x SYSTEM 'http://example.invalid/x.dtd'>" + good), "xml_doctype"
    yield "parameter_entity.xml", (
        b"<!DOCTYPE x [<!ENTITY % a SYSTEM 'file:///dev/zero'>%a;]>" + good), "xml_doctype"
    yield "undeclared_entity.xml", child("<CHILDID>&a;</CHILDID>"), "xml_damaged"
    yield "deep.xml", b"<A>" * 100_000, "xml_deep"
    yield "long_value.xml", child("<CHILDID>" + "x" * 5000 + "</CHILDID>"), "xml_long"
    yield "long_tag.xml", child('<CHILDID a="' + "x" * 3_000_000 + '"/>'), "xml_long"
    yield "many_values.xml", child("<CHILDID>1</CHILDID>" * 201), "xml_large"
    yield "many_groups.xml", child(
        "<AREVIEW><REVIEW>1</REVIEW><REVIEW_CODE>2</REVIEW_CODE></AREVIEW>" * 50_001), "xml_large"
    yield "many_columns.xml", child("".join(f"<X{i}>1</X{i}>" for i in range(40))), "xml_columns"
    yield "unknown_encoding.xml", b"<?xml version='1.0' encoding='utf-7'?>" + good, "xml_damaged"
    yield "truncated.xml", good[:-20], "xml_damaged"
    yield "nul.xml", good.replace(b">1<", b">\0<"), "xml_damaged"
    yield "after_the_end.xml", good + b"<A/>", "xml_damaged"
    yield "page.xml", b"<html><body><p>Please sign in</p></body></html>", "xml_other"
    yield "empty.xml", b"", "xml_damaged"


def main(folder):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "expected.csv"), "w", newline="") as expected:
        rows = csv.writer(expected, lineterminator="\n")
        rows.writerow(("file", "problem"))
        for kind in (damaged_archives, hostile_archives, hostile_sheets, odd_but_good, hostile_xml):
            for name, data, problem in kind():
                with open(os.path.join(folder, name), "wb") as file:
                    file.write(data)
                rows.writerow((name, problem))


if __name__ == "__main__":
    main(sys.argv[1])

"""Files that are meant to hurt, or are simply not what their name says; made when asked for, each with its reason."""

import io
import json
import struct
import zipfile
from collections.abc import Callable

from sessions.readers import Reason

CLASSIC = b"Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"
LINE = b"Ana,a@x.example,03/04/2026 09:00:00 AM,03/04/2026 10:00:00 AM,60,Yes\n"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
CELL = '<c r="A1" t="inlineStr"><is><t>Name</t></is></c>'
HEADS = f'<row r="1">{CELL}<c r="B1" t="inlineStr"><is><t>Present</t></is></c></row>'


def parts(rows: str = HEADS, **more: str) -> dict[str, str | bytes]:
    """The parts of the smallest workbook, with these rows."""
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        "_rels/.rels": f"<Relationships xmlns='{package}'><Relationship Id='r1' Type='{RELATIONS}/officeDocument' "
        "Target='xl/workbook.xml'/></Relationships>",
        "xl/workbook.xml": f"<workbook xmlns='{MAIN}' xmlns:r='{RELATIONS}'><sheets><sheet name='S' sheetId='1' r:id='r1'/>"
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships xmlns='{package}'>"
        f"<Relationship Id='r1' Type='{RELATIONS}/worksheet' Target='worksheets/sheet1.xml'/>"
        f"<Relationship Id='r2' Type='{RELATIONS}/sharedStrings' Target='sharedStrings.xml'/>"
        f"<Relationship Id='r3' Type='{RELATIONS}/styles' Target='styles.xml'/></Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet xmlns='{MAIN}'><dimension ref='A1:XFD1048576'/><sheetData>{rows}"
        "</sheetData></worksheet>",
    }
    return found | {name.replace("__", "/").replace("_xml", ".xml"): text for name, text in more.items()}


def packed(contents: dict[str, str | bytes]) -> bytes:
    """A zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in contents.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def workbook(rows: str = HEADS, **more: str) -> bytes:
    """A workbook with these rows of its sheet, and these parts (`xl__styles_xml`)."""
    return packed(parts(rows, **more))


def archive(*names: str, content: bytes = b"x") -> bytes:
    """An archive with these parts."""
    return packed(dict.fromkeys(names, content))


def sheet(text: str) -> bytes:
    """A workbook with this markup instead of its sheet."""
    return packed({**parts(), "xl/worksheets/sheet1.xml": text})


def encrypted() -> bytes:
    """A workbook whose parts say that they are encrypted."""
    content = bytearray(workbook())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(mark, at + 1)
    return bytes(content)


def with_lying_directory() -> bytes:
    """A workbook whose end says that its directory has 60,000 entries."""
    content = bytearray(workbook())
    end = content.rfind(b"PK\x05\x06")
    content[end + 8 : end + 12] = struct.pack("<HH", 60_000, 60_000)
    return bytes(content)


def doubled_part() -> bytes:
    """A workbook with two sheets of one name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as opened:
        for name, text in parts().items():
            opened.writestr(name, text)
        opened.writestr("XL/workbook.xml", "<workbook/>")
    return buffer.getvalue()


def damaged_within() -> bytes:
    """A workbook with a byte of a compressed part changed."""
    content = bytearray(workbook(HEADS * 50))
    at = content.find(b"xl/worksheets/sheet1.xml") + 60
    content[at : at + 20] = bytes(20)
    return bytes(content)


def wide_row(columns: int) -> str:
    """One row of so many cells that do not say where they are."""
    return "<row>" + "".join(f"<c><v>{n * 40_503 % 65_537}</v></c>" for n in range(columns)) + "</row>"


def laughs() -> str:
    """A billion laughs."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    rows = "<sheetData><row><c><v>&a9;</v></c></row></sheetData>"
    return f"<!DOCTYPE x [{entities}]><worksheet xmlns='{MAIN}'>{rows}</worksheet>"


ODS = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}
TABLE = "<table><tr><td>Name</td></tr></table>"
EBCDIC = CLASSIC.decode().encode("cp500") + LINE.decode().encode("cp500") * 5

Made = Callable[[], bytes]
HOSTILE: dict[str, tuple[Made, Reason]] = {
    # Nothing, too much, or something else.
    "nothing": (lambda: b"", Reason.EMPTY),
    "blanks": (lambda: b" \r\n\t" * 1000, Reason.EMPTY),
    "only a byte order mark": (lambda: b"\xef\xbb\xbf", Reason.EMPTY),
    "only delimiters": (lambda: b";;;;\n" * 100, Reason.EMPTY),
    "17 MB": (lambda: LINE * 250_000, Reason.TOO_BIG),
    "23 MB in UTF-16": (lambda: b"\xff\xfe" + LINE * 330_000, Reason.TOO_BIG),
    "an emoji and 15 MB": (lambda: "😀".encode() + b"x" * 15_000_000, Reason.TOO_BIG),
    "an emoji and 10 MB": (lambda: "😀".encode() + LINE * 155_000, Reason.UNKNOWN_LAYOUT),
    "a line of 50 MB": (lambda: b"x" * 50_000_000, Reason.TOO_BIG),
    "PDF": (lambda: b"%PDF-1.7\n%\xe2\xe3", Reason.PDF),
    "PNG": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), Reason.IMAGE),
    "JPEG": (lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF", Reason.IMAGE),
    "HEIC": (lambda: b"\x00\x00\x00\x18ftypheic" + bytes(50), Reason.IMAGE),
    "gzip": (lambda: b"\x1f\x8b\x08" + bytes(50), Reason.ARCHIVE),
    "rar": (lambda: b"Rar!\x1a\x07\x00", Reason.ARCHIVE),
    "zip of CSV files": (lambda: archive("a.csv", "b.csv"), Reason.ARCHIVE),
    "program": (lambda: b"\x7fELF\x02\x01" + bytes(100), Reason.NOT_TEXT),
    "database": (lambda: b"SQLite format 3\x00" + bytes(100), Reason.NOT_TEXT),
    "random bytes": (lambda: bytes(range(1, 256)) * 50, Reason.NOT_TEXT),
    "rich text": (lambda: rb"{\rtf1\ansi Name}", Reason.DOCUMENT),
    "old workbook": (lambda: OLE, Reason.OLD_WORKBOOK),
    "workbook behind a password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), Reason.PROTECTED),
    "old text document": (lambda: OLE + "WordDocument".encode("utf-16-le"), Reason.DOCUMENT),
    "text document": (lambda: archive("[Content_Types].xml", "word/document.xml"), Reason.DOCUMENT),
    "slides": (lambda: archive("[Content_Types].xml", "ppt/presentation.xml"), Reason.DOCUMENT),
    "OpenDocument": (lambda: packed(ODS), Reason.OPEN_DOCUMENT),
    "Numbers": (lambda: archive("Index/Document.iwa", "Metadata/Properties.plist"), Reason.NUMBERS),
    "binary workbook": (lambda: archive("[Content_Types].xml", "xl/workbook.bin"), Reason.BINARY_WORKBOOK),
    "web page called .xls": (lambda: b"<html><body>" + TABLE.encode(), Reason.WEB_PAGE),
    "web page in UTF-16": (lambda: ("<!DOCTYPE html><html>" + TABLE).encode("utf-16"), Reason.WEB_PAGE),
    "a table's markup": (lambda: TABLE.encode(), Reason.WEB_PAGE),
    "XML workbook of 2003": (lambda: b"<?xml version='1.0'?><Workbook xmlns='urn:x'/>", Reason.MARKUP),
    "XML with entities": (lambda: b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>", Reason.MARKUP),
    # Text.
    "NULs": (lambda: CLASSIC + LINE.replace(b"Ana", b"A\0na"), Reason.NUL),
    "NULs in UTF-16": (lambda: (CLASSIC + LINE).decode().replace("Ana", "A\0").encode("utf-16"), Reason.NUL),
    "UTF-16 of an odd length": (lambda: (CLASSIC + LINE).decode().encode("utf-16")[:-1], Reason.CUT_OFF),
    "UTF-16 with lone surrogates": (lambda: b"\xff\xfe" + b"\x00\xd8a\x00" * 20, Reason.ENCODING),
    "UTF-7": (lambda: b"+/v8-" + CLASSIC + LINE, Reason.ENCODING),
    "EBCDIC": (lambda: EBCDIC, Reason.ENCODING),
    "escape sequences": (lambda: b"\x1b[2J\x1b[1m\x07" * 100, Reason.NOT_TEXT),
    "a cell of 200 kB": (lambda: CLASSIC + b"x" * 200_000, Reason.LONG_CELL),
    "a line of 15 MB": (lambda: b"x" * 15_000_000, Reason.LONG_CELL),
    "10^6 columns": (lambda: b"," * 1_000_000 + b"x", Reason.TOO_WIDE),
    "10^7 columns": (lambda: b"a;" * 7_000_000, Reason.TOO_WIDE),
    "10^6 quoted columns": (lambda: b'"a","' * 1_000_000, Reason.TOO_WIDE),
    "an unclosed quote": (lambda: CLASSIC + LINE + b'"Ana,a@x.example,03/04/2026 09:00:00 AM\n', Reason.BROKEN),
    "an unclosed quote over 5 MB": (lambda: b'"' + LINE * 70_000, Reason.LONG_CELL),
    "quotes everywhere": (lambda: b'"' * 1_000_001, Reason.LONG_CELL),
    "201,000 lines": (lambda: b"a,b\n" * 201_000, Reason.TOO_MANY_LINES),
    "10^7 cells": (lambda: (b"a," * 250 + b"a\n") * 30_000, Reason.TOO_MANY_LINES),
    "a list of heads": (lambda: CLASSIC, Reason.NO_LINES),
    "heads over and over": (lambda: CLASSIC * 20_000, Reason.NO_LINES),
    "prose": (lambda: b"Dear all,\nplease find attached the list.\n" * 10, Reason.UNKNOWN_LAYOUT),
    "a script": (lambda: b"=cmd|' /C calc'!A0\n=HYPERLINK(\"http://x.example\")\n", Reason.UNKNOWN_LAYOUT),
    # Workbooks.
    "cut off": (lambda: workbook(HEADS * 100)[:-400], Reason.CUT_OFF),
    "only the beginning of an archive": (lambda: b"PK\x03\x04" + bytes(200), Reason.CUT_OFF),
    "a directory that lies": (with_lying_directory, Reason.UNPACKS_TOO_BIG),
    "5,000 parts": (lambda: archive(*(f"xl/{n}.xml" for n in range(5000))), Reason.UNPACKS_TOO_BIG),
    "two parts of one name": (doubled_part, Reason.DAMAGED),
    "a damaged part": (damaged_within, Reason.DAMAGED),
    "encrypted parts": (encrypted, Reason.PROTECTED),
    "macros": (lambda: workbook(xl__vbaProject__bin="x").replace(b"vbaProject/bin", b"vbaProject.bin"), Reason.MACROS),
    "macro sheets": (lambda: workbook(xl__macrosheets__sheet1_xml="<x/>"), Reason.MACROS),
    "links to other files": (lambda: workbook(xl__externalLinks__externalLink1_xml="<x/>"), Reason.EXTERNAL_LINKS),
    "70 MB of blanks": (lambda: sheet(" " * 70_000_000), Reason.UNPACKS_TOO_BIG),
    "a part packed 1,000 times": (lambda: workbook(xl__media_xml="0" * 9_000_000), Reason.UNPACKS_TOO_BIG),
    "no workbook part": (lambda: archive("[Content_Types].xml", "xl/sharedStrings.xml"), Reason.DAMAGED),
    "no sheet part": (lambda: packed({k: v for k, v in parts().items() if "sheet1" not in k}), Reason.DAMAGED),
    "an empty sheet": (lambda: workbook(""), Reason.EMPTY),
    "a cell at XFD1048576": (
        lambda: workbook(HEADS + "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"), Reason.FAR_CELL
    ),
    "a cell at A1048576": (lambda: workbook(HEADS + "<row r='1048576'><c r='A1048576'><v>1</v></c></row>"), Reason.FAR_CELL),
    "a cell at XFD1": (lambda: workbook(f"<row r='1'>{CELL}<c r='XFD1'><v>1</v></c></row>"), Reason.FAR_CELL),
    "a cell beyond all columns": (lambda: workbook("<row><c r='ZZZZZZ1'><v>1</v></c></row>"), Reason.FAR_CELL),
    "cells that say nonsense": (lambda: workbook("<row><c r='../1'><v>1</v></c></row>"), Reason.DAMAGED),
    "10^6 columns in a workbook": (lambda: workbook(wide_row(70_000)), Reason.TOO_WIDE),
    "a shared text that is not there": (lambda: workbook("<row><c t='s'><v>99</v></c></row>"), Reason.DAMAGED),
    "a cell of 100 kB in a workbook": (
        lambda: workbook(f"<row><c t='inlineStr'><is><t>{'ab' * 50_000}</t></is></c></row>"), Reason.LONG_CELL
    ),
    "a NUL in a workbook": (
        lambda: workbook("<row><c t='inlineStr'><is><t>A_x0000_B</t></is></c></row>"), Reason.NUL
    ),
    "XML cut off": (lambda: sheet(f"<worksheet xmlns='{MAIN}'><sheetData><row>"), Reason.DAMAGED),
    "XML a million deep": (lambda: sheet("<a>" * 300_000), Reason.DAMAGED),
    "a DTD in a sheet": (lambda: sheet(f"<!DOCTYPE x SYSTEM 'http://x.example/'><worksheet xmlns='{MAIN}'/>"), Reason.DTD),
    "a billion laughs": (lambda: sheet(laughs()), Reason.DTD),
    "a DTD in the shared texts": (lambda: workbook(xl__sharedStrings_xml="<!DOCTYPE sst><sst/>"), Reason.DTD),
    "a DTD in the styles": (lambda: workbook(xl__styles_xml="<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"), Reason.DTD),
    "2 million empty cells": (lambda: sheet(many("<c></c>", 2_000_000)), Reason.UNPACKS_TOO_BIG),
    "500,000 formatted cells": (lambda: sheet(many("<c/>", 500_000)), Reason.UNPACKS_TOO_BIG),
    "300,000 empty rows": (lambda: sheet(many("<row></row>", 300_000)), Reason.EMPTY),
    "200 sheets": (lambda: packed({**parts(), "xl/workbook.xml": many_sheets()}), Reason.TOO_MANY_SHEETS),
    # JSON.
    "JSON nested 10^6 deep": (lambda: b"[" * 1_000_000, Reason.TOO_MANY_LINES),
    "JSON nested 100 deep": (lambda: b'{"a":' * 100 + b"1" + b"}" * 100, Reason.TOO_DEEP),
    "JSON with NaN": (lambda: b'{"users": NaN}', Reason.ODD_NUMBER),
    "JSON with Infinity": (lambda: b'{"users": -Infinity}', Reason.ODD_NUMBER),
    "JSON with 1e999": (lambda: b'{"endedOn": 1e999}', Reason.ODD_NUMBER),
    "JSON with a million digits": (lambda: b'{"endedOn": ' + b"9" * 1_000_000 + b"}", Reason.ODD_NUMBER),
    "JSON that says a thing twice": (lambda: b'{"users": {}, "users": {"a": 1}}', Reason.SAID_TWICE),
    "JSON cut off": (lambda: json.dumps({"users": {"a": 1}}).encode()[:-2], Reason.DAMAGED),
    "JSON of a million values": (lambda: b"[[" + b"{}," * 1_000_000 + b"{}]]", Reason.TOO_MANY_LINES),
    "JSON of something else": (lambda: b'{"menu": ["soup", "rice"]}', Reason.UNKNOWN_LAYOUT),
}  # fmt: skip


def many(markup: str, times: int) -> str:
    """A sheet with this markup over and over, with noise between so that it is not refused for its packing alone."""
    noise = "".join(f"<!--{n * 2_654_435_761 % 2**32:x}{n * 40_503 % 2**32:x}-->" for n in range(20_000))
    return f"<worksheet xmlns='{MAIN}'><sheetData>{noise}{markup * times}</sheetData></worksheet>"


def many_sheets() -> str:
    """A workbook part that lists 200 sheets."""
    listed = "".join(f"<sheet name='S{n}' sheetId='{n}' r:id='r1'/>" for n in range(200))
    return f"<workbook xmlns='{MAIN}' xmlns:r='{RELATIONS}'><sheets>{listed}</sheets></workbook>"

"""A certificate as a PDF or a picture: typeset by typst from our own template, in the language and script of its owner.

The same certificate gives the same bytes again on the same machine: the template gets nothing but the snapshot, and
the file's own date is the moment of issue. The files are PDF/A-2a and PDF/UA-1, so a letter that no font has is an
error and never an empty box.
"""

import datetime as dt
import functools
import json
import os
import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import segno
from django.conf import settings
from django.utils.translation import gettext

from registrations.later import later

if TYPE_CHECKING:
    import typst

_typst = later("typst")

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "certificates" / "certificate.typ"
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
BREAK = "\u200b"  # a space without width
# Ideographs, kana and Hangul are left alone: lines may be broken anywhere between them.
ENDLESS, PART = re.compile(r"[^\s\u2e80-\ua4cf\uac00-\ud7af]{61,}"), re.compile(r"(?:\S\W*){1,30}")
_DARK = re.compile(rb"\x01+")
_local = threading.local()


class CannotRender(Exception):
    """The PDF cannot be made; the message says which letters no font has, or is typst's own."""

    def __init__(self, message: str, letters: str = "") -> None:
        super().__init__(message)
        self.letters = letters


@dataclass(frozen=True, slots=True)
class Signature:
    """Somebody who signs: `picture` is an SVG that holds the signature, or None for an empty line."""

    name: str
    title: str
    picture: str | None
    alt: str


@dataclass(frozen=True, slots=True)
class Look:
    """What a programme's own design changes: paper ("a4" or "letter"), colours (#rrggbb), logo (an SVG), signatures."""

    paper: str
    main_colour: str
    second_colour: str
    logo: str | None
    logo_alt: str
    signatories: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Every word that a certificate shows, translated, and the few switches of its layout."""

    language: str
    region: str | None
    has_letter_spacing: bool
    document_title: str
    heading: str
    certifies: str
    name: str
    completed: str
    programme: str
    dates: str
    attendance: str
    issuer_label: str
    issuers: list[str]
    date_label: str
    date: str
    serial_label: str
    serial: str
    code_label: str
    code: str
    verify: str
    verify_address: str
    verify_url: str
    qr_alt: str
    specimen: str
    specimen_word: str
    latin_name: str = ""
    design: Look | None = None

    def with_name(self, name: str) -> "Sheet":
        """The same for somebody else."""
        return replace(self, name=name, document_title=name)


def render(sheet: Sheet, *, issued_at: dt.datetime) -> bytes:
    """The PDF. Raises `CannotRender`, for example where no installed font has a letter of the name, or there is none."""
    if not sheet.name.strip():
        raise CannotRender(gettext("There is no name to print."))
    made = _compile(sheet, format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=int(issued_at.timestamp()))
    if not isinstance(made, bytes):
        raise CannotRender("the certificate has more than one page")
    return made


def draw(sheet: Sheet, *, pixels_per_inch: int = 72) -> bytes:
    """The page as a PNG. Unlike a PDF it shows a box for a letter that no font has.

    Raises `CannotRender` where the words do not fit on one page.
    """
    made = _compile(sheet, format="png", ppi=pixels_per_inch)
    if not isinstance(made, bytes):
        raise CannotRender(gettext("the words do not fit on one page"))
    return made


def _compile(sheet: Sheet, **options: Any) -> bytes | list[bytes] | None:
    try:
        return _compiler().compile(sys_inputs={"data": json.dumps(_data(sheet), ensure_ascii=False)}, **options)
    except _typst().TypstError as error:
        missing = _MISSING.search(error.message)
        raise CannotRender(_reason(error.message), missing[1] if missing else "") from error


def _data(sheet: Sheet) -> dict[str, Any]:
    """What the template reads: the sheet, and beside each text that may shrink its longest piece."""
    data: dict[str, Any] = {
        **asdict(sheet),
        "name_shown": with_breaks(sheet.name),
        "latin_shown": with_breaks(sheet.latin_name),
        "heading_longest": longest_piece([sheet.heading]),
        "certifies_longest": longest_piece([sheet.certifies]),
        "name_longest": longest_piece([with_breaks(sheet.name)]),
        "latin_longest": longest_piece([with_breaks(sheet.latin_name)]),
        "completed_longest": longest_piece([sheet.completed]),
        "programme_longest": longest_piece([sheet.programme]),
        "attendance_longest": longest_piece([sheet.attendance]),
        "issuers_longest": longest_piece(sheet.issuers),
        "ideograph_fonts": ideograph_fonts("" if sheet.language == "zh" else sheet.name + sheet.programme),
        "qr": qr_picture(sheet.verify_url),
    }
    for person in data["design"]["signatories"] if data["design"] else ():
        person["name_longest"] = longest_piece([person["name"]])
        person["title_longest"] = longest_piece([person["title"]])
    return data


def _reason(message: str) -> str:
    missing = _MISSING.search(message)
    return gettext("no font has “%(letters)s”") % {"letters": missing[1]} if missing else message


def qr_picture(address: str) -> str:
    """A QR code as SVG: one path, a stroke per run of dark modules.

    The mask is fixed: trying all eight takes five times as long and reads no better.
    """
    matrix = segno.make_qr(address, error="m", mask=2).matrix
    strokes = (
        f"M{column} {row}.5h{length}" for row, line in enumerate(matrix) for column, length in _dark_runs(bytes(line))
    )
    side = len(matrix)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path stroke="#1d2733" d="{"".join(strokes)}"/></svg>'
    )


def _dark_runs(line: bytes) -> Iterator[tuple[int, int]]:
    """Where each run of ones begins in a line of zeros and ones, and its length."""
    return ((run.start(), run.end() - run.start()) for run in _DARK.finditer(line))


def with_breaks(name: str) -> str:
    """A name whose endless words may be broken, invisibly, every so many letters: else they would shrink to a hairline."""
    return ENDLESS.sub(lambda word: BREAK.join(re.findall(PART, word[0])), name)


def longest_piece(texts: Sequence[str]) -> str:
    """The longest run of letters within which no line can be broken; ideographs break anywhere."""
    broken = (
        "".join(" " if unicodedata.east_asian_width(letter) in "WF" else letter for letter in text.replace(BREAK, " "))
        for text in texts
    )
    return max((piece for text in broken for piece in text.split()), key=len, default="")


def ideograph_fonts(text: str) -> list[str]:
    """The fonts to try for ideographs: where there is kana or Hangul, those that draw them as Japan or Korea does first."""
    names = [unicodedata.name(letter, "").partition(" ")[0] for letter in text]
    regions = [
        region for script, region in (("HIRAGANA", "JP"), ("KATAKANA", "JP"), ("HANGUL", "KR")) if script in names
    ]
    return [f"Noto {style} CJK {region}" for region in dict.fromkeys([*regions, "SC"]) for style in ("Serif", "Sans")]


@functools.cache
def fonts(process: int) -> "typst.Fonts":
    """The fonts of this machine, read once per process (its id)."""
    found: typst.Fonts = _typst().Fonts()
    return found


def _compiler() -> "typst.Compiler":
    """This thread's compiler, made on first use.

    Two threads cannot share one, and a process forked from one that has compiled would hang: so it is never made at
    import, and a forked process makes its own.
    """
    if getattr(_local, "process", None) != os.getpid():
        _local.compiler = _typst().Compiler(
            TEMPLATE, root=TEMPLATE.parent, font_paths=fonts(os.getpid()), ignore_system_fonts=True
        )
        _local.process = os.getpid()
    compiler: typst.Compiler = _local.compiler
    return compiler

"""Numbers of a workbook as text: whether 46099.376 is a date, a time, a duration or a number is said by its format."""

import datetime as dt
import zipfile
from enum import Enum

from registrations.later import later
from sessions.readers.markup import Counter, elements

# Built-in formats of East Asian workbooks, which their style sheets do not spell out (ECMA-376, part 1, 18.8.30).
EAST_ASIAN_DATES, EAST_ASIAN_TIMES = {27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58}, {32, 33, 34, 35, 55, 56}
DAY = 86_400
EPOCH, EPOCH_1904 = dt.datetime.fromisoformat("1899-12-30"), dt.datetime.fromisoformat("1904-01-01")
LAST_DAY = 2_958_465  # 9999-12-31

numbers = later("openpyxl.styles.numbers")


class Kind(Enum):
    """What a format makes of a number."""

    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    DURATION = "duration"


def kinds_of_styles(archive: zipfile.ZipFile, name: str, counter: Counter) -> list[Kind]:
    """What each style of the workbook makes of a number, by the style's place."""
    codes, kinds, in_cells = dict(numbers().BUILTIN_FORMATS), [], False
    for tag, attributes in elements(archive, name, counter):
        if tag == "numFmt":
            codes[number_in(attributes.get("numFmtId"))] = attributes.get("formatCode", "")[:255]
        elif tag in ("cellXfs", "cellStyles", "cellStyleXfs", "dxfs"):
            in_cells = tag == "cellXfs"
        elif tag == "xf" and in_cells:
            kinds.append(kind_of(number_in(attributes.get("numFmtId")), codes))
    return kinds


def number_in(text: str | None) -> int:
    """A small whole number of the markup; 0 where there is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def kind_of(number: int, codes: dict[int, str]) -> Kind:
    """What a format makes of a number."""
    if number in EAST_ASIAN_DATES:
        return Kind.DATE
    if number in EAST_ASIAN_TIMES:
        return Kind.TIME
    code = codes.get(number, "General")
    if numbers().is_timedelta_format(code):
        return Kind.DURATION
    found = numbers().is_datetime(code)
    return Kind(found) if found else Kind.NUMBER


def text_of_number(raw: str, kind: Kind, epoch: dt.datetime) -> str:
    """A number as text: `2026-03-18`, `09:01:11`, `2026-03-18 09:01:11`, `0:30:00`, `42`, `4.5`."""
    try:
        value = float(raw)
    except ValueError:
        return raw
    if kind is Kind.NUMBER or not 0 <= value <= LAST_DAY:
        return plain_number(raw, value)
    seconds = round(value * DAY)
    if kind is Kind.DURATION:
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    clock = f"{seconds // 3600 % 24:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if seconds < DAY and kind is not Kind.DATE:
        return clock
    try:
        day = f"{epoch + dt.timedelta(days=seconds // DAY):%Y-%m-%d}"
    except OverflowError:
        return plain_number(raw, value)
    return day if kind is Kind.DATE and not seconds % DAY else f"{day} {clock}"


def plain_number(raw: str, value: float) -> str:
    """Without a needless fraction, and without the noise of binary fractions."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return raw if abs(value) >= 1e15 or len(raw) < 15 else f"{value:.12g}"

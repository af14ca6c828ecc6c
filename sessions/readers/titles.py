"""Dates and hours in running text: the lines above a table, heads of columns, titles of sheets."""

import datetime as dt
import re

from sessions.readers.moments import MONTHS, NUMERIC, SPACES, Order, clock_of, date_of, without_accents

_MARK = r"[./\-]"
FULL = re.compile(
    rf"""(?<![\d.:/])(?:\d{{4}}{_MARK}\d{{1,2}}{_MARK}\d{{1,2}}|\d{{1,2}}({_MARK})\d{{1,2}}\1(?:\d{{4}}|\d{{2}})
    |\d{{4}}\s?[年년]\s?\d{{1,2}}\s?[月월]\s?\d{{1,2}}\s?[日일]?
    |\d{{1,2}}(?:er|st|nd|rd|th|º|ª|\.)?[\s\-]*(?:de\s+|of\s+)?[^\W\d_]{{3,12}}\.?,?[\s\-]*(?:del?\s+)?\d{{4}}
    |[^\W\d_]{{3,12}}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}})(?![\d:])""",
    re.VERBOSE | re.IGNORECASE,
)
SHORT = re.compile(r"(?<![\d.:/h])(\d{1,2})([./\-])(\d{1,2})(?!\.?\d|[:/h])")
NAMED_DAY = re.compile(r"(?<!\d)(\d{1,2})(?:er|st|nd|rd|th|\.)?[\s\-]*(?:de\s+|of\s+)?([^\W\d_]{3,12})", re.IGNORECASE)
NAMED_MONTH = re.compile(r"([^\W\d_]{3,12})\.?[\s\-]+(\d{1,2})(?!\d|:|h)", re.IGNORECASE)
HOURS = re.compile(
    r"(?<![\d.,])\d{1,2}\s?(?:[:：]\s?\d{2}(?::\d{2})?|[hH](?:eures?|rs?)?\b(?:\s?\d{2})?|[hH]\d{2}|\.\d{2}|(?=[ap]\.?\s?m\b))"
    r"(?:\s?[ap]\.?\s?m\b\.?)?(?!\d)",
    re.IGNORECASE,
)


def date_texts(text: str) -> list[str]:
    """The dates that a text names in full, as they stand there."""
    return [match[0] for match in FULL.finditer(text.translate(SPACES)) if is_date(match[0])]


def is_date(text: str) -> bool:
    """Whether a text names a day, in either order."""
    return any(date_of(text, order) for order in Order)


def date_in(text: str, order: Order, year: int | None = None) -> dt.date | None:
    """The first day that a text names; one without a year, as heads and sheets have, is in `year`."""
    for found in date_texts(text):
        if day := date_of(found, order):
            return day
    short = short_date(text)
    return date_of(f"{short}{year}", order) or named_day(text, year) if year and short else named_day(text, year)


def short_date(text: str) -> str:
    """The day and month of a text without year, `12/05/`, for a year to be put behind; "" where there is none."""
    match = SHORT.search(text)
    return f"{match[1]}{match[2]}{match[3]}{match[2]}" if match else ""


def named_day(text: str, year: int | None) -> dt.date | None:
    """`12 mai`, `May 12`, in `year`."""
    plain = without_accents(text.translate(SPACES))
    pairs = [(match[1], match[2]) for match in NAMED_DAY.finditer(plain)]
    pairs += [(match[2], match[1]) for match in NAMED_MONTH.finditer(plain)]
    for day, month in pairs:
        if month in MONTHS and year:
            try:
                return dt.date(year, MONTHS[month], int(day))
            except ValueError:
                continue
    return None


def hours_in(text: str) -> list[dt.time]:
    """The times of day that a text names, its dates aside: `de 9h00 à 17h00`, `9:00 - 12:30`, `9 am to 5 pm`."""
    plain = FULL.sub(" ", text.translate(SPACES))
    found = [clock_of(re.sub(r"\s?h(?:eures?|rs?)\b", "h", match[0], flags=re.I)) for match in HOURS.finditer(plain)]
    return [clock for clock in found if clock]


def orders_of(texts: list[str], year: int | None) -> list[str]:
    """All dates of these texts as full ones, to settle in which order they are written."""
    full = [found for text in texts for found in date_texts(text) if NUMERIC.fullmatch(found)]
    short = [f"{short_date(text)}{year}" for text in texts if year and not date_texts(text) and short_date(text)]
    return [*full, *short]

"""Numbers as people type them: with a comma or a point, in groups of three, in the digits of their script."""

import re
import unicodedata
from decimal import Decimal

from surveys.statistics.kinds import plain

_COMMA_LANGUAGES = frozenset({"fr", "ru", "es"})
_SIGNS = str.maketrans({"−": "-", "–": "-", "،": ",", "’": "'"})
_WHOLE = re.compile(r"([+-]?)([0-9]{1,30})")
_POINTED = re.compile(r"([+-]?)([0-9]{0,30})([.,٫])([0-9]{0,30})")
_GROUPED = re.compile(r"([+-]?)([0-9]{1,3}(?:([ '٬.,])[0-9]{3})(?:\3[0-9]{3}){0,9})(?:([.,٫])([0-9]{0,30}))?")


class Ambiguous(ValueError):
    """A number that can be read in two ways, such as "1,234"."""


def plain_number(text: str, language: str, *, is_whole: bool = False) -> str | None:
    """The number as "-1234.5", without zeros that say nothing; None for what is none.

    A comma and a point both stand before decimals. Where one of them is followed by exactly three digits it might part
    thousands: then the language decides if it writes decimals so, and a whole number is meant where one is asked for
    (`is_whole`, which makes None of a number with decimals). Raises Ambiguous for what is left.
    """
    cleaned = _cleaned(text)
    pointed, grouped = _POINTED.fullmatch(cleaned), _GROUPED.fullmatch(cleaned)
    if pointed and not (pointed[2] or pointed[4]):
        return None
    if pointed and grouped and not _is_before_decimals(pointed, language):
        if not is_whole:
            raise Ambiguous(text)
        pointed = None
    number = _number(_WHOLE.fullmatch(cleaned), pointed, grouped)
    if number is None or (is_whole and number != number.to_integral_value()):
        return None
    return plain(number)


def _cleaned(text: str) -> str:
    """Without marks of direction, with the digits 0 to 9 and one kind of space."""
    kept = (char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    digits = (str(unicodedata.decimal(char)) if char.isdecimal() else char for char in kept)
    return "".join(digits).translate(_SIGNS).strip()


def _is_before_decimals(pointed: re.Match[str], language: str) -> bool:
    usual = "," if language in _COMMA_LANGUAGES else "."
    return pointed[3] in {usual, "٫"} or pointed[2].startswith("0")


def _number(
    whole: re.Match[str] | None, pointed: re.Match[str] | None, grouped: re.Match[str] | None
) -> Decimal | None:
    if whole:
        return Decimal(whole[1] + whole[2])
    if pointed:
        return Decimal(f"{pointed[1]}{pointed[2] or 0}.{pointed[4] or 0}")
    if grouped and grouped[3] != grouped[4]:
        return Decimal(f"{grouped[1]}{grouped[2].replace(grouped[3], '')}.{grouped[5] or 0}")
    return None

"""Numbers as reports print them: "4,874,930", "51 percent", "7.0%", "٩١٪", "more than 200"."""

import re
from fractions import Fraction

from surveys.feasibility import Printing

MOST_DIGITS = 12
MOST_DECIMALS = 6

MORE_THAN = re.compile(r"\b(more than|over|above)\b", re.IGNORECASE)
ABOUT = re.compile(
    r"\b(at least|close to|about|around|approximately|nearly|almost|up to|fewer than|less than)\b|[~≈]", re.I
)
NUMBER = re.compile(r"[-−]?(?:\d|[.,](?=\d))[\d.,'’ \u00a0\u2009\u202f]*")
GROUPED = re.compile(r"\d{1,3}(?:([.,'’ \u00a0\u2009\u202f])\d{3})(?:\1\d{3})*(?!\d)")


def is_more_than(text: str) -> bool:
    """Whether the words say that there are more."""
    return bool(MORE_THAN.search(text))


def is_about(text: str) -> bool:
    """Whether the words say that the number is approximate."""
    return bool(ABOUT.search(text))


def read_number(text: str, *, is_whole: bool) -> Printing | None:
    """The first number in a text, with the decimals printed; None where there is none or one of too many digits.

    Where a whole number is expected, groups of three digits are thousands in "1,352" and "1.352", too.
    """
    found = NUMBER.search("".join(_western(character) for character in text))
    if not found:
        return None
    number = found[0].rstrip(".,'’ \u00a0\u2009\u202f")
    sign = -1 if number[0] in "-−" else 1
    number = number.lstrip("-−")
    whole, _point, decimals = _split_number(number, is_whole=is_whole)
    if not ((whole or "0").isdecimal() and (decimals.isdecimal() or not decimals)):
        return None
    if len(whole) > MOST_DIGITS or len(decimals) > MOST_DECIMALS:
        return None
    return Printing(sign * Fraction(int((whole or "0") + decimals), 10 ** len(decimals)), len(decimals))


def _split_number(number: str, *, is_whole: bool) -> tuple[str, str, str]:
    """Whole part without separators, the point, the decimals."""
    grouped = GROUPED.match(number)
    is_point = grouped is not None and len(grouped[0]) == len(number) and number.count(grouped[1]) == 1
    if grouped and (is_whole or not (is_point and grouped[1] in ".,")):
        rest = number[grouped.end() :]
        if not rest or (rest[0] in ".," and rest[0] != grouped[1]):
            return re.sub(r"\D", "", grouped[0]), rest[:1], rest[1:]
    place = max(number.rfind("."), number.rfind(","))
    return (number, "", "") if place < 0 else (number[:place], number[place], number[place + 1 :])


def _western(character: str) -> str:
    if character.isdecimal():
        return str(int(character))
    return {"٫": ".", "٬": ",", "٪": "%"}.get(character, character)

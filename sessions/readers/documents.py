"""JSON files: as deep, as long and with such numbers as an honest report has, and nothing said twice."""

import json
import re
from typing import NoReturn

from sessions.readers.encodings import decoded
from sessions.readers.limits import MAX_DEPTH, MAX_VALUES
from sessions.readers.report import ReadError, Reason

BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]')
DIGITS = 18  # of a whole number; moments in milliseconds have 13


def is_document(content: bytes) -> bool:
    """Whether a file begins as JSON does."""
    return bool(re.match(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*[\"}]|\[\s*[\[{\]])", content[:1000]))


def document_of(content: bytes) -> object:
    """The content of a JSON file. Raises `ReadError` where it is damaged or larger or deeper than a report."""
    text = decoded(content)
    if sum(map(text.count, ",[{")) > MAX_VALUES:
        raise ReadError(Reason.TOO_MANY_LINES, most=MAX_VALUES)
    refuse_depth(text)
    try:
        return json.loads(
            text, object_pairs_hook=only_once, parse_int=whole, parse_float=fraction, parse_constant=odd_number
        )
    except (ValueError, RecursionError):
        raise ReadError(Reason.DAMAGED) from None


def refuse_depth(text: str) -> None:
    """Refuse brackets within brackets beyond the limit, before anything is built of them."""
    depth = 0
    for match in BRACKETS.finditer(text):
        sign = match[0]
        if sign in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise ReadError(Reason.TOO_DEEP)
        elif sign in "]}":
            depth -= 1


def only_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object. Of two values for one name nobody can tell which is meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ReadError(Reason.SAID_TWICE)
    return found


def whole(digits: str) -> int:
    """A number without fraction."""
    if len(digits) > DIGITS:
        raise ReadError(Reason.ODD_NUMBER)
    return int(digits)


def fraction(digits: str) -> float:
    """A number with one, that is not endless."""
    value = float(digits)
    if len(digits) > 40 or abs(value) > 1e18:
        raise ReadError(Reason.ODD_NUMBER)
    return value


def odd_number(_name: str) -> NoReturn:
    """`NaN` and `Infinity` are no JSON."""
    raise ReadError(Reason.ODD_NUMBER)

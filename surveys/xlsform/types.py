"""The types of rows in the survey sheet, in all the ways XLSForm has written them."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from surveys.statistics import DATE, DECIMAL, INTEGER, NOTE, RANK, RATING, SELECT_MULTIPLE, SELECT_ONE, TEXT

SIMPLE: Mapping[str, str] = {
    "text": TEXT,
    "string": TEXT,
    "integer": INTEGER,
    "int": INTEGER,
    "decimal": DECIMAL,
    "date": DATE,
    "note": NOTE,
    "range": RATING,
}
SELECTS: Mapping[str, str] = {
    "select_one": SELECT_ONE,
    "select one": SELECT_ONE,
    "select one from": SELECT_ONE,
    "select1": SELECT_ONE,
    "add select one prompt using": SELECT_ONE,
    "select_multiple": SELECT_MULTIPLE,
    "select multiple": SELECT_MULTIPLE,
    "select all that apply from": SELECT_MULTIPLE,
    "add select multiple prompt using": SELECT_MULTIPLE,
    "rank": RANK,
}
NOT_ASKED = frozenset(
    {
        "start",
        "end",
        "today",
        "audit",
        "uuid",
        "imei",
        "deviceid",
        "device_id",
        "subscriberid",
        "simserial",
        "sim_serial",
    }
    | {"phonenumber", "phone_number", "username", "email", "start-geopoint", "background-audio"}
)
"""What a device notes down by itself. Baraza keeps the moments and languages of responses on its own."""

SELECT = re.compile(
    rf"(?P<select>{'|'.join(sorted(SELECTS, key=len, reverse=True))})\s+(?P<list>\S+)"
    r"(?P<other>\s+(?:or_other|or other|or specify other))?",
    re.I,
)


class RowType(NamedTuple):
    """What a type says: the kind of question ("" for none that is known), the list of options, and "or other"."""

    kind: str
    list_name: str = ""
    has_other: bool = False


def row_type(text: str) -> RowType:
    """What a type says."""
    plain = " ".join(text.split())
    if plain.lower() in SIMPLE:
        return RowType(SIMPLE[plain.lower()])
    found = SELECT.fullmatch(plain)
    if found:
        return RowType(SELECTS[found["select"].lower()], found["list"], bool(found["other"]))
    return RowType("")


def bracket_of(text: str) -> tuple[str, str]:
    """("begin", "group"), ("end", "repeat") and the like; ("", "") for what opens and closes nothing."""
    found = re.fullmatch(r"(begin|end)[\s_]+(group|repeat|loop|lgroup)\b.*", " ".join(text.split()).lower())
    return (found[1], found[2]) if found else ("", "")

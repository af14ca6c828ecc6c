"""Unicode's marks by which words of one direction stay together inside those of another (UAX 9). Plain Python."""

import unicodedata

FIRST_STRONG, POP, LEFT_TO_RIGHT = "\u2068", "\u2069", "\u200e"
FROM_THE_RIGHT = frozenset({"R", "AL"})
FROM_THE_LEFT = frozenset({"L"})


def isolated_in(text: str, *, is_rtl: bool) -> str:
    """A text for a sentence of this direction: between isolates where it has letters of the other one."""
    others = FROM_THE_LEFT if is_rtl else FROM_THE_RIGHT
    is_other = any(unicodedata.bidirectional(character) in others for character in text)
    return f"{FIRST_STRONG}{text}{POP}" if is_other else text

"""Words of one direction inside sentences of another: kept together and in order by marks that nobody sees.

On pages an element does it (`bdi`). Plain text (mail, titles, attributes, charts) has Unicode's isolates and marks instead
(UAX 9), put only where a reader's program would else turn something around.
"""

import unicodedata

from django.utils.translation import get_language_bidi

FIRST_STRONG, POP, LEFT_TO_RIGHT = "\u2068", "\u2069", "\u200e"
_FROM_THE_RIGHT = frozenset({"R", "AL"})
_FROM_THE_LEFT = frozenset({"L"})


def isolated(text: str) -> str:
    """A name, a title or an address for a sentence in the language in use: apart, where it has other letters."""
    others = _FROM_THE_LEFT if get_language_bidi() else _FROM_THE_RIGHT
    if not any(unicodedata.bidirectional(character) in others for character in text):
        return text
    return f"{FIRST_STRONG}{text}{POP}"


def left_to_right(text: str) -> str:
    """A number with its sign or unit, or a range of times: read as in every other language, in Arabic sentences too.

    So does CLDR: its Arabic percent sign stands between two marks.
    """
    return f"{LEFT_TO_RIGHT}{text}{LEFT_TO_RIGHT}" if get_language_bidi() else text

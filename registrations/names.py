"""What people type into one line: tidied, and refused where it could do harm in a mail or on a screen."""

import re
import unicodedata

from django.utils.translation import gettext as _

from registrations.errors import Refused

# Marks that nobody sees or types on purpose; joiners (U+200C, U+200D) stay, since several scripts need them.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff"))
_UNWANTED_CATEGORIES = {"Cc", "Cs", "Zl", "Zp"}
_DIRECTION_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LINK = re.compile(r"://|\bwww\.|\bhttps?:|\bmailto:|\S@\S+\.\S", re.IGNORECASE)


def tidy_line(text: str) -> str:
    """One line of text in Unicode's composed form, without blanks around it or twice within it.

    Raises Refused for line breaks, control characters and characters that turn the direction of other text around.
    """
    text = unicodedata.normalize("NFC", text.translate(_INVISIBLE)).strip()
    if any(_is_unwanted(character) for character in text):
        raise Refused(_("Write this on one line, without control characters."))
    return " ".join(text.split())


def tidy_name(text: str) -> str:
    """A person's name, tidied. Raises Refused for what could pass for a link or for code."""
    name = tidy_line(text)
    if _LINK.search(name):
        raise Refused(_("A name cannot contain a web or e-mail address. Write the name only."))
    if "<" in name or ">" in name:
        raise Refused(_("A name cannot contain the characters < and >. Write the name only."))
    return name


def _is_unwanted(character: str) -> bool:
    if character == "\t":
        return False
    return character in _DIRECTION_OVERRIDES or unicodedata.category(character) in _UNWANTED_CATEGORIES

"""What people type into one line: tidied, and refused where it could do harm in a mail or on a screen."""

import re
import unicodedata

from django.utils.translation import gettext as _

from registrations.errors import Refused

# Characters that nobody sees or types on purpose: marks of direction, blanks of no width, fillers, tags.
_INVISIBLE = dict.fromkeys(
    [
        *map(ord, "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2800\u3164\ufeff\uffa0"),
        *range(0x2060, 0x2066),
        *range(0x206A, 0x2070),
        *range(0xFFF9, 0xFFFC),
        *range(0x1D173, 0x1D17B),
        *range(0xE0000, 0xE0080),
    ]
)
# Joiners that shape the letters beside them, as Persian, Sinhala and others need.
_JOINERS = re.compile("[\u200c\u200d]+")
_VIRAMA = 9  # the combining class of the signs that end a syllable: an old spelling of Malayalam ends in a joiner
_MARKS_AT_MOST = 4  # on one letter; no spelling needs more
_UNWANTED_CATEGORIES = {"Cc", "Cs", "Zl", "Zp"}
_DIRECTION_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LINK = re.compile(r"://|\bwww\.|\bhttps?:|\bmailto:|\S@\S+\.\S", re.IGNORECASE)
# What programs make a link of by themselves: words or numbers joined by full stops.
_BARE_LINK = re.compile(r"\w[.．][^\W\d_]{2,}|[a-z0-9][。｡][a-z]{2,}|\d+(?:\.\d+){3}", re.IGNORECASE)


def tidy_line(text: str) -> str:
    """One line of text in Unicode's composed form, without blanks around it or twice within it.

    Raises Refused for line breaks, control characters, characters that turn the direction of other text around, and
    heaps of marks that cover the lines beside them.
    """
    text = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    while (shaped := unicodedata.normalize("NFC", _JOINERS.sub(_joiner, text))) != text:
        text = shaped
    text = text.strip()
    if any(_is_unwanted(character) for character in text):
        raise Refused(_("Write this on one line, without control characters."))
    if _has_heap_of_marks(text):
        raise Refused(_("Too many marks stand on one letter."))
    return " ".join(text.split())


def tidy_name(text: str) -> str:
    """A person's name, tidied. Raises Refused for what could pass for a link or for code, and where no letter is."""
    name = tidy_line(text)
    if name and not any(_kind(character) == "L" for character in name):
        raise Refused(_("A name needs at least one letter. Who has only one name leaves the other field empty."))
    if _LINK.search(name):
        raise Refused(_("A name cannot contain a web or e-mail address. Write the name only."))
    if "<" in name or ">" in name:
        raise Refused(_("A name cannot contain the characters < and >. Write the name only."))
    return name


def tidy_words(text: str) -> str:
    """What somebody writes to be read by strangers: one tidy line.

    Raises Refused for what could pass for a link or for code, "example.com" included.
    """
    words = tidy_line(text)
    if _LINK.search(words) or _BARE_LINK.search(words):
        raise Refused(_("Write no web or e-mail addresses here, and leave a blank after each full stop."))
    if "<" in words or ">" in words:
        raise Refused(_("Write this without the characters < and >."))
    return words


def _is_unwanted(character: str) -> bool:
    if character == "\t":
        return False
    return character in _DIRECTION_OVERRIDES or unicodedata.category(character) in _UNWANTED_CATEGORIES


def _kind(character: str) -> str:
    """The first letter of its category: L for letters, M for marks."""
    return unicodedata.category(character)[0] if character else ""


def _joiner(found: re.Match[str]) -> str:
    """One joiner where it has letters to shape, nothing elsewhere."""
    text = found.string
    before, after = text[: found.start()][-1:], text[found.end() :][:1]
    is_kept = _kind(before) in {"L", "M"} and (_kind(after) in {"L", "M"} or unicodedata.combining(before) == _VIRAMA)
    return found[0][0] if is_kept else ""


def _has_heap_of_marks(text: str) -> bool:
    run = 0
    for character in text:
        run = run + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if run > _MARKS_AT_MOST:
            return True
    return False

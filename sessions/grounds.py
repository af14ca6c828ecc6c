"""What speaks for a likeness, as codes; the weightiest first."""

from collections.abc import Iterable

from sessions.likeness import Fit, Likeness, Tie
from sessions.matches import Because
from sessions.names import PLAIN, Name, name_of, ordered
from sessions.shown import Reading

HYPHENS = frozenset("-‐‑–")
APOSTROPHES = frozenset("'’‘ʼ`´")


def how_exact(reading: Reading, name: Name, texts: Iterable[str]) -> Because:
    """What has to be set aside for a shown name to be a registered one, which `texts` writes out."""
    written = [text for text in texts if reading.name.is_written_as(name_of(text))]
    if (name.has_marks and not reading.name.has_marks) or all(map(is_decorated, written)) > is_decorated(reading.text):
        return Because.NAME_WITHOUT_DIACRITICS
    words = ordered(reading.text)
    in_order = [text for text in written if "".join(ordered(text)) == "".join(words)]
    if not in_order:
        return Because.NAME_SWAPPED_IN_NICKNAME if reading.is_inside else Because.NAME_SWAPPED
    if not any(ordered(text) == words and punctuation(text) == punctuation(reading.text) for text in in_order):
        return Because.NAME_PUNCTUATION
    return Because.ORIGINAL_NAME_EXACT if reading.is_inside else Because.NAME_EXACT


def is_decorated(text: str) -> bool:
    """Whether a name has letters such as ł and ı, whose decoration is no accent that could be taken off."""
    return any(ord(sign) in PLAIN for sign in text.casefold())


def punctuation(text: str) -> tuple[int, int]:
    """How many hyphens and apostrophes a name has."""
    return sum(sign in HYPHENS for sign in text), sum(sign in APOSTROPHES for sign in text)


def grounds(likeness: Likeness, reading: Reading, *, is_device: bool) -> tuple[Because, ...]:
    """Why a shown name may be this person's."""
    form, ties = likeness.form, likeness.ties
    is_other_script = not reading.scripts <= form.scripts | {"DIGIT"}
    is_partial = likeness.fit is Fit.PART or Tie.SHORT in ties
    lacks_marks = form.name.has_marks and not reading.name.has_marks and not is_other_script
    found = [
        (is_device, Because.DEVICE_NAME),
        (is_other_script, Because.OTHER_SCRIPT),
        (Tie.NICKNAME in ties, Because.NICKNAME_AND_FAMILY_NAME if Tie.EQUAL in ties else Because.NICKNAME),
        (Tie.TYPO in ties, Because.NAME_TYPO),
        (bool(ties & {Tie.SPELLING, Tie.SOUND}) and not is_other_script, Because.TRANSLITERATION_VARIANT),
        (Tie.INITIAL in ties, Because.NAME_INITIALS),
        (is_partial and not lacks_marks, Because.NAME_PARTIAL),
        (is_partial and lacks_marks, Because.NAME_WITHOUT_DIACRITICS_PARTIAL),
        (likeness.fit is Fit.MORE, Because.NAME_WITH_MORE),
        (likeness.fit is Fit.SIMILAR, Because.SIMILAR_NAME_OTHER_PERSON),
    ]
    return tuple(code for holds, code in found if holds) or (of_equal_words(reading.name, form.name),)


def of_equal_words(shown: Name, registered: Name) -> Because:
    """What speaks for a name whose words are all there."""
    if shown.is_same_as(registered):
        return Because.NAME_EXACT
    if shown.is_written_as(registered):
        return Because.NAME_OTHER_DIACRITICS
    return Because.NAME_PARTIAL if len(shown.words) < len(registered.words) else Because.TRANSLITERATION_VARIANT

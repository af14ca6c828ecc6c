"""What speaks for a likeness, as codes; the weightiest first."""

from collections.abc import Iterable

from sessions.likeness import Fit, Likeness, Tie
from sessions.matches import Because
from sessions.names import Name, ordered
from sessions.shown import Reading

HYPHENS = frozenset("-‐‑–")
APOSTROPHES = frozenset("'’‘ʼ`´")


def how_exact(reading: Reading, name: Name, texts: Iterable[str]) -> Because:
    """What has to be set aside for a shown name to be a registered one, which `texts` writes out."""
    written = [text for text in texts if reading.name.is_written_as(Reading(text, False).name)]
    if any(marks for _letter, marks in name.letters) and not reading.name.has_marks:
        return Because.NAME_WITHOUT_DIACRITICS
    in_order = [text for text in written if "".join(ordered(text)) == "".join(ordered(reading.text))]
    if not in_order:
        return Because.NAME_SWAPPED_IN_NICKNAME if reading.is_inside else Because.NAME_SWAPPED
    if punctuation(reading.text) not in map(punctuation, in_order):
        return Because.NAME_PUNCTUATION
    return Because.ORIGINAL_NAME_EXACT if reading.is_inside else Because.NAME_EXACT


def punctuation(text: str) -> tuple[int, int]:
    """How many hyphens and apostrophes a name has."""
    return sum(sign in HYPHENS for sign in text), sum(sign in APOSTROPHES for sign in text)


def grounds(likeness: Likeness, reading: Reading, *, is_device: bool) -> tuple[Because, ...]:
    """Why a shown name may be this person's."""
    form, ties = likeness.form, likeness.ties
    is_other_script = not form.scripts & reading.scripts
    is_nickname, is_partial = Tie.NICKNAME in ties, likeness.fit is Fit.PART or Tie.SHORT in ties
    lacks_marks = form.name.has_marks and not reading.name.has_marks and not is_other_script
    found = [
        (is_device, Because.DEVICE_NAME),
        (is_other_script, Because.OTHER_SCRIPT),
        (is_nickname, Because.NICKNAME_AND_FAMILY_NAME if Tie.EQUAL in ties else Because.NICKNAME),
        (Tie.TYPO in ties, Because.NAME_TYPO),
        (bool(ties & {Tie.SPELLING, Tie.SOUND}) and not is_other_script, Because.TRANSLITERATION_VARIANT),
        (Tie.INITIAL in ties, Because.NAME_INITIALS),
        (is_partial and not lacks_marks, Because.NAME_PARTIAL),
        (is_partial and lacks_marks, Because.NAME_WITHOUT_DIACRITICS_PARTIAL),
        (likeness.fit is Fit.MORE, Because.NAME_WITH_MORE),
        (likeness.fit is Fit.SIMILAR, Because.SIMILAR_NAME_OTHER_PERSON),
    ]
    codes = tuple(code for holds, code in found if holds)
    return codes or (
        Because.NAME_EXACT if likeness.form.name.is_same_as(reading.name) else Because.NAME_OTHER_DIACRITICS,
    )

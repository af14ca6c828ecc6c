"""One answer as it is stored: what fits its question, and a sentence about what does not."""

import re
from collections.abc import Callable, Mapping, Sequence
from unicodedata import normalize

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.errors import Refused
from surveys.models import Question
from surveys.numerals import Ambiguous, plain_number
from surveys.statistics.kinds import canonical

LONGEST_TEXT = 5_000
MOST_STEPS_SHOWN = 11
"""On a longer scale the number is typed."""

RawAnswer = str | Sequence[str]

_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")


def encode_answer(question: Question, raw: RawAnswer, *, language: str = "") -> str:
    """One answer as it is stored: a value, several parted by spaces, a plain number, an ISO day or a text; "" for none.

    Several values stand in the order of the options, those of a ranking from the first place to the last. Numbers are
    read as people of `language` write them, without one as they are stored. Raises Refused, with a sentence that stands
    well beside the question, for what does not fit. Whether an answer is required or accepted by the question's own
    condition is not looked at: that depends on the other answers.
    """
    given = [raw] if isinstance(raw, str) else list(raw)
    if question.kind in Question.CLOSED:
        values = [value for text in given for value in text.split()]
        if question.kind == Question.Kind.RANK:
            return _ranking(question, values)
        return _values(question, _numbers(values, language) if question.kind == Question.Kind.RATING else values)
    text = "\n".join(given).replace("\r\n", "\n").strip()
    if "\0" in text:
        raise Refused(_("This contains a character that cannot be stored."))
    return _TYPED[question.kind](text, language) if text else ""


def too_long_text(length: int) -> str:
    """The sentence that says by how much a text is too long."""
    excess = length - LONGEST_TEXT
    return ngettext(
        "This text is %(excess)s character too long; there is room for %(limit)s.",
        "This text is %(excess)s characters too long; there is room for %(limit)s.",
        excess,
    ) % {"excess": excess, "limit": LONGEST_TEXT}


def _values(question: Question, given: Sequence[str]) -> str:
    options = question.options
    if question.kind == Question.Kind.RATING and len(options) > MOST_STEPS_SHOWN:
        _refuse_off_scale(given, list(options))
    _refuse_unknown(given, options)
    if len(set(given)) > 1:
        if question.kind != Question.Kind.SELECT_MULTIPLE:
            raise Refused(_("Please choose one option only."))
        _refuse_beside_exclusive(question, given)
    return " ".join(value for value in options if value in given)


def _numbers(given: Sequence[str], language: str) -> list[str]:
    """Steps of a scale, that may be typed, as they are stored; what is no number stays for the refusal."""
    return [(_read_number(text, language, is_whole=False) if language else None) or text for text in given]


def _refuse_off_scale(given: Sequence[str], steps: Sequence[str]) -> None:
    unknown = [value for value in given if value not in steps]
    if unknown:
        raise Refused(
            _("“%(value)s” is not on the scale: it goes from %(lowest)s over %(second)s to %(highest)s.")
            % {"value": unknown[0][:60], "lowest": steps[0], "second": steps[1], "highest": steps[-1]}
        )


def _refuse_unknown(given: Sequence[str], options: Mapping[str, str]) -> None:
    unknown = [value for value in given if value not in options]
    if unknown:
        raise Refused(_("“%(value)s” is not one of the options.") % {"value": unknown[0][:60]})


def _refuse_beside_exclusive(question: Question, given: Sequence[str]) -> None:
    for choice in question.choices.all():
        if choice.is_exclusive and choice.value in given:
            raise Refused(
                _("“%(option)s” goes with no other answer. Leave that one or the others.")
                % {"option": choice.text("label")}
            )


def _ranking(question: Question, given: Sequence[str]) -> str:
    """The options in the order of their places, from values in that order or from "value=place" in any order."""
    options = question.options
    if any("=" in text for text in given):
        given = _placed(given, len(options))
    _refuse_unknown(given, options)
    if given and sorted(given) != sorted(options):
        raise Refused(_("Give each option a place of its own, or leave all places empty."))
    return " ".join(given)


def _placed(given: Sequence[str], number: int) -> list[str]:
    """Values by place, out of "value=place"; a place is a number from 1 on, or nothing."""
    places: dict[str, str] = {}
    for value, _equals, place in (text.partition("=") for text in given):
        if not place:
            continue
        if place in places:
            raise Refused(_("Place %(place)s is given twice. Each place goes to one option.") % {"place": place[:3]})
        places[place] = value
    in_order = [places.pop(str(place), "") for place in range(1, number + 1)]
    if places or ("" in in_order and any(in_order)):
        raise Refused(
            ngettext(
                "Give each option a place of its own, with %(number)s place in all, or leave all places empty.",
                "Give each option a place of its own, from 1 to %(number)s, or leave all places empty.",
                number,
            )
            % {"number": number}
        )
    return in_order if any(in_order) else []


def _text(text: str, language: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise Refused(too_long_text(len(text)))
    return text


def _integer(text: str, language: str) -> str:
    number = canonical(Question.Kind.INTEGER, _read_number(text, language, is_whole=True) or "")
    if number is None:
        raise Refused(_("Please give a whole number in digits, such as 12."))
    return number


def _decimal(text: str, language: str) -> str:
    number = canonical(Question.Kind.DECIMAL, _read_number(text, language, is_whole=False) or "")
    if number is None:
        raise Refused(_("Please give a number in digits, such as 12.5."))
    return number


def _read_number(text: str, language: str, *, is_whole: bool) -> str | None:
    if not language:
        return text
    try:
        return plain_number(text, language, is_whole=is_whole)
    except Ambiguous as reason:
        raise Refused(
            _("“%(number)s” can be read in two ways. Write thousands without a comma or point.")
            % {"number": str(reason)[:60]}
        ) from reason


def _day(text: str, language: str) -> str:
    found = _DAY.fullmatch(normalize("NFKC", text))
    day = canonical(Question.Kind.DATE, "{:04}-{:02}-{:02}".format(*map(int, found.groups()))) if found else None
    if day is None:
        raise Refused(_("Please give a day of the calendar as year-month-day, such as 2026-03-18."))
    return day


def _nothing(text: str, language: str) -> str:
    raise Refused(_("A note takes no answer."))


_TYPED: Mapping[str, Callable[[str, str], str]] = {
    Question.Kind.TEXT: _text,
    Question.Kind.INTEGER: _integer,
    Question.Kind.DECIMAL: _decimal,
    Question.Kind.DATE: _day,
    Question.Kind.NOTE: _nothing,
}

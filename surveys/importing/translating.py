"""From a cell as some program wrote it to an answer as XLSForm has it: labels become values, joined answers are parted.

Whether the answer fits the question is not decided here but by the rule that decides it for everybody
(`surveys.actions.encode_answer`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from registrations.spreadsheet import guarded
from sessions.readers.text import unguarded
from surveys.importing.asked import NO, YES, Asked, plain
from surveys.statistics import DATE, RATING, TEXT

NOT_SHOWN = "\\N"
"""What stands in a column of any kind where the question was not shown; PostgreSQL's COPY writes nothing so, too."""
NOT_SHOWN_WORDS = frozenset({"n/a"})  # what Kobo and LimeSurvey write; a text may mean it
TICKED = frozenset(map(plain, (*YES, "x", "✓", "✔", "☑", "checked", "selected", "ticked")))
LEFT = frozenset(map(plain, (*NO, "unchecked", "not selected", "0.0"))) | {""}
SEPARATORS = (";", ", ", ",", "\n", " | ", "|", "، ", "，", "、")
_NUMBER_AND_LABEL = re.compile(r"(?P<number>\d{1,4})\s*[-–—.:)=]\s*(?P<label>\S.*)")
_WORDS = re.compile(r"[\s/+&;,|]+")
_WHOLE = re.compile(r"(-?\d{1,15})\.0+")
_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]00:00:00(?:\.0+)?")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in the terms of the form: None was not shown. ``written`` was written beside the option "other"."""

    values: str | tuple[str, ...] | None
    written: str = ""


class Translator:
    """Translates the cells of one question."""

    def __init__(self, question: Asked) -> None:
        self.question = question
        self.by_word = question.values_by_word()
        self.longest_first = sorted(self.by_word, key=len, reverse=True)

    def answer(self, cell: str) -> Answer:
        """The answer in one cell. Empty: seen and not answered."""
        text = (without_guard(cell) if cell[:1] in ("'", "=") else cell).strip()
        if text == NOT_SHOWN:
            return Answer(None)
        if self.question.kind == TEXT or not text:
            return Answer(text)
        if text.casefold() in NOT_SHOWN_WORDS and plain(text) not in self.by_word:
            return Answer(None)
        if not self.question.is_closed:
            return Answer(self._number_or_day(text))
        return self._several(text) if self.question.takes_several else self._one(text)

    def ticks(self, values: Sequence[str], cells: Sequence[str]) -> Answer:
        """The answer in columns of ticks, one a value; what stands in that of "other" instead of a tick was written."""
        texts = [cell.strip() for cell in cells]
        if all(text == NOT_SHOWN or text.casefold() in NOT_SHOWN_WORDS for text in texts):
            return Answer(None)
        given, written = [], ""
        for value, text in zip(values, texts, strict=True):
            word = plain(text)
            if word in LEFT or text == NOT_SHOWN or word in NOT_SHOWN_WORDS:
                continue
            if word in TICKED or self.by_word.get(word) == value:
                given.append(value)
            elif value == self.question.other:
                given.append(value)
                written = text
            else:
                given.append(text)  # no tick that is known: it will be refused with its value
        return Answer(tuple(given), written)

    def _one(self, text: str) -> Answer:
        word = plain(text)
        value = self.by_word.get(word) or self._number(text)
        if value:
            return Answer(value)
        return Answer(self.question.other, text) if self.question.other else Answer(text)

    def _number(self, text: str) -> str:
        """`5.0`, `5 - Excellent` where 5 has this label or none."""
        whole = _WHOLE.fullmatch(text)
        if whole and whole[1] in self.question.options:
            return whole[1]
        both = _NUMBER_AND_LABEL.fullmatch(text)
        if both is None or self.question.kind != RATING or both["number"] not in self.question.options:
            return ""
        labels = {plain(label) for label in self.question.options[both["number"]]} - {both["number"]}
        return both["number"] if not labels or plain(both["label"]) in labels else ""

    def _several(self, text: str) -> Answer:
        text = text.rstrip("; ")  # Microsoft ends every answer so
        tokens = text.split()
        if all(token in self.question.options for token in tokens):
            return Answer(tuple(tokens))
        whole = self.by_word.get(plain(text))
        if whole:
            return Answer((whole,))
        for separator in SEPARATORS:
            found = self._parted(text, separator)
            if found is not None:
                return found
        if self.question.other and not any(plain(word) in self.by_word for word in _WORDS.split(text)):
            return Answer((self.question.other,), text)
        return Answer(tuple(_pieces(text)))

    def _parted(self, text: str, separator: str) -> Answer | None:
        """Labels joined by a separator that may stand within them, too: the longest that fits is taken at each place.

        One piece may be none of them where the question has an option "other". None where that does not work out.
        """
        if separator not in text:
            return None
        pieces = [piece.strip() for piece in text.split(separator)]
        given: list[str] = []
        strange: list[str] = []
        at = 0
        while at < len(pieces):
            for end in range(len(pieces), at, -1):
                value = self.by_word.get(plain(separator.join(pieces[at:end])))
                if value:
                    given.append(value)
                    at = end
                    break
            else:
                strange += [pieces[at]] if pieces[at] else []
                at += 1
        if not given or (strange and not self.question.other):
            return None
        written = separator.join(strange)
        return Answer((*given, self.question.other) if written else tuple(given), written)

    def _number_or_day(self, text: str) -> str:
        """Numbers and days as they are; a workbook writes `2026-03-18 00:00:00` for a day."""
        midnight = _MIDNIGHT.fullmatch(text) if self.question.kind == DATE else None
        return midnight[1] if midnight else text


def without_guard(cell: str) -> str:
    """A cell without what an export of ours, or a spreadsheet, puts in front of it so that it stays a text."""
    if cell.startswith("'"):
        return cell[1:] if guarded(cell[1:]) == cell else cell
    return unguarded(cell)


def _pieces(text: str) -> list[str]:
    """An answer of several values that is in no way understood, parted by what is most probably meant."""
    for separator in SEPARATORS:
        if separator in text:
            return [piece.strip() for piece in text.split(separator) if piece.strip()]
    return text.split()

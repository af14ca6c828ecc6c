"""What a reader of a form has to say about it."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a form cannot be taken as it is. What is merely not supported can be left out; what is wrong cannot."""

    place: str
    sentence: str
    is_unsupported: bool = False

    def __str__(self) -> str:
        return _("%(place)s: %(sentence)s") % {"place": self.place, "sentence": self.sentence}


@dataclass
class Findings:
    """Problems, and notes on what is left out without harm."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def wrong(self, place: str, sentence: str) -> None:
        """Something that has to be mended in the file."""
        self.problems.append(Problem(place, sentence))

    def unsupported(self, place: str, sentence: str) -> None:
        """Something that Baraza does not do."""
        self.problems.append(Problem(place, sentence, is_unsupported=True))

    def note(self, place: str, sentence: str) -> None:
        """Something that is left out, and changes no question."""
        self.notes.append(_("%(place)s: %(sentence)s") % {"place": place, "sentence": sentence})


def row_place(sheet: str, number: int) -> str:
    """How a row is named."""
    return _("%(sheet)s sheet, row %(number)s") % {"sheet": sheet, "number": number}


def sheet_place(sheet: str) -> str:
    """How a sheet is named."""
    return _("%(sheet)s sheet") % {"sheet": sheet}

"""What changed between two editions, in words."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from reports.changes import Changes, changes
from reports.figures import Figure, Results
from reports.naming import Named, names, printed
from surveys.statistics import percent, rounded
from surveys.wording import number_text


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """One figure: its page, its name, what it was, what it is, and by how much that differs ("" where it has no measure)."""

    id: str
    name: str
    before: str
    after: str
    difference: str


@dataclass(frozen=True, slots=True)
class ToldChapter:
    """The changes of one chapter."""

    title: str
    lines: tuple[ChangedLine, ...]


@dataclass(frozen=True, slots=True)
class ToldChanges:
    """All changes, by chapter, and how many figures stayed as they were."""

    chapters: tuple[ToldChapter, ...]
    changes: Changes

    @property
    def total(self) -> int:
        """How many figures are not as they were."""
        return self.changes.total


def told_changes(before: Results, after: Results) -> ToldChanges:
    """Compare two editions and say what changed."""
    found, old, new = changes(before, after), names(before), names(after)
    lines: dict[str, list[ChangedLine]] = {}
    for first, last in found.changed:
        named = new[last.id]
        line = ChangedLine(
            last.id, named.name, _text(old[first.id], before), _text(named, after), _difference(first, last, named)
        )
        lines.setdefault(named.chapter, []).append(line)
    for figure in found.added:
        named = new[figure.id]
        lines.setdefault(named.chapter, []).append(
            ChangedLine(figure.id, named.name, "", _text(named, after), _("new"))
        )
    for figure in found.removed:
        named = old[figure.id]
        lines.setdefault(named.chapter, []).append(ChangedLine("", named.name, _text(named, before), "", _("gone")))
    return ToldChanges(tuple(ToldChapter(title, tuple(each)) for title, each in lines.items()), found)


def _text(named: Named, results: Results) -> str:
    return printed(named.figure, is_mean=named.is_mean, k=0 if named.option else results.smallest_cell)


def _difference(before: Figure, after: Figure, named: Named) -> str:
    """By how much: points of a share or a mean, or people."""
    if before.value is None or after.value is None:
        return ""
    step = after.value - before.value
    if named.is_mean:
        return _signed(rounded(abs(step), 2), step)
    if after.denominator is None or before.denominator is None:
        return _signed(abs(step).numerator, step)
    return _("%(points)s points") % {"points": _signed(percent(abs(step), 1), step)}


def _signed(size: object, step: Fraction) -> str:
    sign = "+" if step > 0 else "−" if step < 0 else "±"
    return f"{sign}{number_text(size)}"  # type: ignore[arg-type]

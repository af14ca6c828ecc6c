"""What the panels of all kinds of questions are put together from."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.exhibits import Exhibit
from surveys.results import QuestionResult
from surveys.statistics import RATING, QuestionStatistics
from surveys.wording import number_text


@dataclass(frozen=True, slots=True)
class Key:
    """A number that stands out, and what it is."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one kind of question contributes to its panel."""

    exhibits: tuple[Exhibit, ...]
    keys: tuple[Key, ...] = ()


def exhibit_id(question: QuestionResult, what: str = "question") -> str:
    """The name of a question's exhibit, such as "question-overall"."""
    return f"{what}-{question.name}"


def option_label(question: QuestionResult, value: str) -> str:
    """An option as a table names it: levels of a rating with their number."""
    label = question.labels[value]
    if question.kind != RATING or label == value:
        return label
    return _("%(number)s – %(label)s") % {"number": value, "label": label}


def base_text(statistics: QuestionStatistics, *, sees_people: bool = True) -> str:
    """How many answered, and for those who see people what became of the others; "n = 440 · 7 left it out"."""
    parts = [_("n = %(n)s") % {"n": number_text(statistics.n)}]
    if not sees_people:
        return parts[0]
    if statistics.declined:
        parts.append(
            ngettext("%(count)s left it out", "%(count)s left it out", statistics.declined)
            % {"count": number_text(statistics.declined)}
        )
    if statistics.not_shown:
        parts.append(
            ngettext("%(count)s was not asked", "%(count)s were not asked", statistics.not_shown)
            % {"count": number_text(statistics.not_shown)}
        )
    if statistics.outside:
        parts.append(
            ngettext(
                "%(count)s gave a value that is not offered",
                "%(count)s gave values that are not offered",
                statistics.outside,
            )
            % {"count": number_text(statistics.outside)}
        )
    return " · ".join(parts)

"""Results by group as plain JSON values, with None for every figure that may not be told."""

from collections.abc import Iterable
from typing import Any

from surveys.disclosure import LEAST, ProtectedOptions
from surveys.facts import Selection
from surveys.protection import EVERYTHING, Protection
from surveys.results import QuestionResult, SurveyReading, SurveyResults

STATUSES = ("n", "declined", "not_shown", "outside")
NAMES = ("name", "type", "value", "label")

Fields = dict[str, Any]


def groups_as_dict(reading: SurveyReading, variable: str, where: Selection, *, sees_people: bool) -> dict[str, Fields]:
    """The results of each group that a variable tells apart within a selection, largest first.

    Who may not see people gets None for the figures of groups under five, of cells under five, and of those from which
    these would follow: `surveys.disclosure` decides, as for the pages of staff.
    """
    name = reading.variable(variable).name
    protection = Protection(reading, where, sees_people=sees_people)
    groups = protection.groups(name, protection.where)
    hidden = protection.hidden_values(name)
    reasons = set() if sees_people else _small_reasons(groups.values())
    first = next(iter(groups.values()), None)
    judged = {each.name: protection.of_groups(each, name) for each in (first.questions if first else ())}
    return {
        value: {
            "base": _base(group, reasons, is_hidden=value in hidden),
            "questions": [
                _question(each, None if value in hidden else judged[each.name].get(value, EVERYTHING))
                for each in group.questions
            ],
        }
        for value, group in groups.items()
    }


def selection_as_dict(reading: SurveyReading, where: Selection) -> Fields:
    """The results of a selection as far as staff who see no people may be told them, as on the dashboard."""
    results = reading.results(where)
    protection = Protection(reading, where, sees_people=False)
    return {
        **results.as_dict(),
        "base": _base(results, _small_reasons([results]), is_hidden=False),
        "questions": [_question(each, protection.of(each)) for each in results.questions],
    }


def _small_reasons(groups: Iterable[SurveyResults]) -> set[str]:
    """Reasons for which fewer than five were left out of a group; no group tells them, nor all its responses."""
    return {reason for group in groups for reason, count in group.base.excluded if 0 < count < LEAST}


def _base(group: SurveyResults, reasons: set[str], *, is_hidden: bool) -> Fields:
    told: Fields = group.as_dict()["base"]
    if is_hidden:
        return {**told, "responses": None, "n": None, "excluded": dict.fromkeys(told["excluded"])}
    excluded = {reason: None if reason in reasons else count for reason, count in told["excluded"].items()}
    return {**told, "responses": None if reasons else told["responses"], "excluded": excluded}


def _question(question: QuestionResult, judged: ProtectedOptions | None) -> Fields:
    """A question's figures as far as they may be told; nothing of a hidden group, for which there is no judgement."""
    told = question.as_dict()
    options = told["options"]
    if judged is None or not judged.shows_n:
        return {**_nothing(told), "options": [_nothing(option) for option in options]}
    if not judged.shows_rest:
        kept = {*NAMES, *STATUSES, *(["mean"] if judged.shows_mean else [])}
        told = {key: figure if key in kept else None for key, figure in told.items()}
    return {
        **told,
        "options": [_nothing(option) if option["value"] in judged.hidden else option for option in options],
    }


def _nothing(fields: Fields) -> Fields:
    return {key: figure if key in NAMES else None for key, figure in fields.items()}

"""What we compute for the links of printed figures: surveys that the user organises, read once each."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from registrations.models import User
from surveys.figures_file import FiguresFile, Link
from surveys.models import Survey
from surveys.printed_figures import Computed, Verdict, judge
from surveys.results import survey_results

MOST_SURVEYS = 20
"""How many surveys one check reads; figures of further ones are not compared."""


def verdicts_for(file: FiguresFile, *, by: User | None) -> list[Verdict]:
    """A verdict on each figure, beside the results of surveys that `by` organises; of all surveys where it is None.

    Only organisers compare: whether a number is right would tell an analyst of cells that are too small to be shown.
    """
    surveys = Survey.objects.all() if by is None else Survey.objects.organised_by(by)
    names = sorted({figure.link.survey for figure in file.figures if figure.link})[:MOST_SURVEYS]
    found = surveys.filter(form_id__in=names).select_related("programme")
    results = {survey.form_id: survey_results(survey).as_dict() for survey in found}
    return judge(file.figures, lambda link: computed_for(link, results))


def computed_for(link: Link, results: Mapping[str, Mapping[str, Any]]) -> Computed | None:
    """What the results of surveys (`SurveyResults.as_dict`, by form id) say of a link; None where they say nothing."""
    survey = results.get(link.survey)
    if survey is None:
        return None
    if not link.question:
        return Computed(count=survey["base"]["n"], n=survey["base"]["responses"])
    question = _named(survey["questions"], "name", link.question)
    if question is None or question["n"] is None:
        return None
    if not link.option:
        return Computed(count=question["n"], n=question["n"], mean=_mean(question))
    option = _named(question["options"], "value", link.option)
    if option is None or option["count"] is None:
        return None
    return Computed(count=option["count"], n=question["n"])


def _named(rows: Iterable[Mapping[str, Any]], key: str, name: str) -> Mapping[str, Any] | None:
    return next((row for row in rows if row[key] == name), None)


def _mean(question: Mapping[str, Any]) -> Fraction | None:
    """The exact mean of a rating from its counts; of any other question the mean as it is printed."""
    if question["mean"] is None:
        return None
    counts = {option["value"]: option["count"] for option in question["options"]}
    if all(value.isdecimal() and count is not None for value, count in counts.items()):
        n = sum(counts.values())
        if n and n == question["n"]:
            return Fraction(sum(int(value) * count for value, count in counts.items()), n)
    return Fraction(question["mean"])

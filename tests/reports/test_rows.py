"""The way from a figure to its rows leads to as many as it counts."""

import pytest

from registrations.models import Registration
from reports.results import compute_results
from reports.rows import rows_of
from surveys.models import Response
from tests.certificates_factories import CompletionRuleFactory
from tests.reports_factories import cohort

pytestmark = pytest.mark.django_db

NO_PEOPLE = {"countries", "sessions", "speakers"}


def is_without_rows(figure):
    return figure.id in NO_PEOPLE or figure.id.endswith((".countries", ".cities", ".rate"))


@pytest.mark.parametrize("has_rule", [True, False])
def test_every_figure_has_as_many_rows_as_it_counts(has_rule):
    programme, _people = cohort(70)
    if has_rule:
        CompletionRuleFactory(programme=programme)
    results = compute_results(programme)
    questions = [question for survey in results.surveys for question in survey.questions]
    means = {question.mean.id: question.mean for question in questions if question.mean}
    figures = [figure for figure in results.figures() if not is_without_rows(figure)]
    expected = {each.id: means[each.id].denominator if each.id in means else each.numerator for each in figures}

    assert {key: rows_of(programme, key).count() for key in expected} == expected
    assert len(expected) > 40


def test_figures_of_no_people_have_no_rows():
    programme, _people = cohort(20)

    for figure in compute_results(programme).figures():
        if is_without_rows(figure):
            assert rows_of(programme, figure.id) is None


def test_rows_are_of_the_programme_alone():
    programme, _people = cohort(20)
    cohort(20, seed=2)

    assert set(rows_of(programme, "registrations").values_list("programme", flat=True)) == {programme.pk}
    assert rows_of(programme, "survey.nowhere.valid") is None
    assert rows_of(programme, "registrations").model is Registration
    (survey,) = compute_results(programme).surveys
    assert rows_of(programme, survey.valid.id).model is Response

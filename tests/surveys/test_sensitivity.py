from fractions import Fraction

import pytest

from surveys.base import DUPLICATE, INCOMPLETE, SECTOR, TEST, UNFINISHED
from surveys.results import SurveyReading
from surveys.sensitivity import sensitivity
from tests.surveys_factories import BaseDefinitionFactory, QuestionFactory, ResponseFactory, SurveyFactory

pytestmark = pytest.mark.django_db


def test_each_condition_is_toggled_on_its_own():
    survey = SurveyFactory()
    QuestionFactory(survey=survey, name="overall", counts_for_validity=True)
    BaseDefinitionFactory(survey=survey, sectors=["ngo"])
    for answer, about in [
        ("5", {"sector": "ngo"}),
        ("1", {"sector": "ngo", "is_duplicate": True}),
        ("3", {"sector": "academia"}),
        ("", {"sector": "ngo"}),
        ("2", {"sector": "academia", "is_test": True}),
    ]:
        ResponseFactory(survey=survey, answers={"overall": answer}, **about)

    variants = sensitivity(SurveyReading.of(survey))

    assert [(variant.reason, variant.is_in_force, variant.results.n) for variant in variants] == [
        (TEST, True, 3),
        (DUPLICATE, False, 2),
        (UNFINISHED, False, 3),
        (SECTOR, True, 4),
        (INCOMPLETE, False, 2),
        ("", True, 5),
    ]
    moved = {
        variant.reason: variant.largest and (variant.largest.before, variant.largest.after) for variant in variants
    }
    assert moved[DUPLICATE] == (Fraction(3), Fraction(5))
    assert moved[UNFINISHED] is None
    assert moved[""] == (Fraction(3), Fraction(11, 4))

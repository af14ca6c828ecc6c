from fractions import Fraction

import pytest

from surveys.cohorts import compared, gains
from surveys.gain import Gain
from surveys.models import BankQuestion
from surveys.results import SurveyReading
from tests.registrations_factories import NOW, RegistrationFactory
from tests.surveys_factories import BaseDefinitionFactory, QuestionFactory, ResponseFactory, SurveyFactory

pytestmark = pytest.mark.django_db


def bank(key, kind="rating"):
    return BankQuestion.objects.create(key=key, kind=kind, label=key.title(), created_at=NOW)


def test_gain_is_of_matched_pairs():
    gain = Gain.of({1: "2", 2: "3", 3: "5", 4: "1"}, {1: "4", 2: "3", 3: "4", 9: "5"})

    assert (gain.n, gain.only_before, gain.only_after) == (3, 1, 1)
    assert (gain.mean_before, gain.mean_after, gain.mean_gain) == (Fraction(10, 3), Fraction(11, 3), Fraction(1, 3))
    assert (gain.improved, gain.unchanged, gain.declined) == (1, 1, 1)
    assert gain.distribution == ((-1, 1), (0, 1), (2, 1))
    assert (Gain.of({}, {1: "2"}).mean_gain, Gain.of({}, {1: "2"}).only_after) == (None, 1)


def test_gains_add_up():
    one, other = Gain.of({1: "2", 2: "10"}, {1: "4"}), Gain.of({3: "2"}, {3: "4", 4: "1"})

    assert one + other == Gain.of({1: "2", 2: "10", 3: "2"}, {1: "4", 3: "4", 4: "1"})


def test_pairs_are_people_who_answered_both_validly():
    skill = bank("skill")
    before = SurveyFactory(kind="pre_training")
    after = SurveyFactory(programme=before.programme)
    QuestionFactory(survey=before, name="skill_now", bank_question=skill)
    QuestionFactory(survey=after, name="skill", bank_question=skill)
    QuestionFactory(survey=after, name="overall", bank_question=bank("overall"))
    BaseDefinitionFactory(survey=after, sectors=["ngo"])
    people = RegistrationFactory.create_batch(4, programme=before.programme, sector="ngo")
    stranger = RegistrationFactory(programme=before.programme, sector="academia")
    for person, first, second in [
        (people[0], "2", "5"),
        (people[1], "3", "3"),
        (people[2], "4", ""),
        (people[3], None, "5"),
        (stranger, "1", "5"),
    ]:
        if first is not None:
            ResponseFactory(survey=before, registration=person, answers={"skill_now": first})
        ResponseFactory(survey=after, registration=person, answers={"skill": second})
    ResponseFactory(survey=after, registration=None, answers={"skill": "5"}, language="en", sector="ngo", **NOBODY)

    [found] = gains(SurveyReading.of(before), SurveyReading.of(after))

    assert (found.key, found.before.name, found.after.name) == ("skill", "skill_now", "skill")
    assert (found.gain.n, found.gain.mean_gain) == (2, Fraction(3, 2))
    assert (found.gain.only_before, found.gain.only_after) == (2, 1)
    assert gains(SurveyReading.of(before), SurveyReading.of(after), {"gender": "nobody"})[0].gain.n == 0


NOBODY = {"gender": "", "country": "", "city": ""}


def test_programmes_are_compared_where_they_asked_the_same():
    overall, topic = bank("overall"), bank("topic", "select_one")
    first, second, third = (SurveyFactory() for _ in range(3))
    for survey, answers in ((first, "55"), (second, "31")):
        QuestionFactory(survey=survey, name="how", bank_question=overall)
        for answer in answers:
            ResponseFactory(survey=survey, answers={"how": answer})
    QuestionFactory(survey=third, name="how", bank_question=overall, parameters={"start": "0", "end": "10"})
    QuestionFactory(survey=first, name="topic", kind="select_one", options=["a"], bank_question=topic)
    QuestionFactory(survey=second, name="topic", kind="select_one", options=["a", "b"], bank_question=topic)
    QuestionFactory(survey=first, name="same_name")
    QuestionFactory(survey=second, name="same_name")

    [row] = compared([SurveyReading.of(survey) for survey in (first, second, third)])

    assert (row.key, row.results[2]) == ("overall", None)
    assert [each.statistics.mean for each in row.results[:2]] == [5, 2]
    assert (row.together.n, row.together.mean) == (4, Fraction(7, 2))


def test_two_surveys_without_the_same_question_have_nothing_to_compare(django_assert_num_queries):
    before, after = (SurveyReading.of(SurveyFactory()) for _ in range(2))

    with django_assert_num_queries(0):
        assert gains(before, after) == ()
    assert compared([before, after]) == ()

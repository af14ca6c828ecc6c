from collections import Counter
from fractions import Fraction

import pytest

from certificates.actions import set_rule
from certificates.completion import Rule
from reports.figures import Results
from reports.results import compute_results
from tests.certificates_factories import CertificateFactory, CompletionRuleFactory
from tests.registrations_factories import NOW, ProgrammeFactory, RegistrationFactory
from tests.reports_factories import SPAN, cohort
from tests.sessions_factories import AudienceFigureFactory, TrainingSessionFactory

pytestmark = pytest.mark.django_db

QUERIES = 23
REGIONS = {
    "KE": "africa",
    "TZ": "africa",
    "UG": "africa",
    "IN": "asia",
    "CN": "asia",
    "FJ": "oceania",
    "BR": "americas",
    "MX": "americas",
    "FR": "europe",
}


def rule_for(programme):
    set_rule(programme, Rule.simple(min(2, programme.sessions.count()), 75, is_survey_required=True), by=None, now=NOW)


def shares(results, prefix):
    """numerator and denominator by the last part of the id."""
    return {
        figure.id.rpartition(".")[2]: (figure.numerator, figure.denominator)
        for figure in results.figures()
        if figure.id.rpartition(".")[0] == prefix and figure.denominator is not None
    }


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_people_are_counted_as_by_hand(seed):
    programme, people = cohort(80, seed=seed)
    seated = [person for person in people if person.counts]
    n = len(seated)

    results = compute_results(programme)

    assert (results.registrations.numerator, results.registrations.denominator) == (n, None)
    assert results.countries.numerator == len({person.country for person in seated})
    genders = Counter(person.gender for person in seated)
    assert shares(results, "registrations.gender") == {
        key: (genders[key], n) for key in ["female", "male", "another", "undisclosed"]
    }
    sectors = Counter(person.sector for person in seated)
    assert shares(results, "registrations.sector") == {
        key: (sectors[key], n) for key in ["government", "private", "academia", "un_igo", "ngo", "other"]
    }
    countries = Counter(person.country for person in seated)
    assert shares(results, "registrations.country") == {key: (count, n) for key, count in countries.items()}
    regions = Counter(REGIONS[person.country] for person in seated)
    assert shares(results, "registrations.region") == {key: (count, n) for key, count in regions.items()}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_attendance_and_completion_are_counted_as_by_hand(seed):
    programme, people = cohort(80, seed=seed)
    rule_for(programme)
    seated = [person for person in people if person.counts]
    present = {
        person.pk: [number for number, seconds in person.seconds.items() if seconds >= SPAN * 0.75] for person in seated
    }
    complete = [person for person in seated if len(present[person.pk]) >= 2 and person.answers is not None]

    results = compute_results(programme)

    by_session = Counter(number for numbers in present.values() for number in numbers)
    assert {session.number: session.present.numerator for session in results.agenda} == dict(by_session)
    assert results.attended.numerator == sum(bool(numbers) for numbers in present.values())
    assert results.completed.numerator == len(complete)
    assert results.attended.denominator == results.completed.denominator == len(seated)
    assert results.threshold == 75


def test_attendance_without_a_rule_counts_any_time():
    programme, people = cohort(40)

    results = compute_results(programme)

    seated = [person for person in people if person.counts]
    by_session = Counter(number for person in seated for number in person.seconds)
    assert {session.number: session.present.numerator for session in results.agenda} == dict(by_session)
    assert (results.threshold, results.rule, results.completed) == (0, None, None)


def test_sessions_without_attendance_have_no_figure():
    programme = ProgrammeFactory()
    TrainingSessionFactory(programme=programme)
    RegistrationFactory(programme=programme)

    results = compute_results(programme)

    assert [session.present for session in results.agenda] == [None]
    assert results.attended is None


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_survey_is_counted_as_by_hand(seed):
    programme, people = cohort(80, seed=seed)
    answered = [person for person in people if person.answers is not None]
    in_sector = [person for person in answered if person.sector in {"government", "private", "ngo"}]
    valid = [person for person in in_sector if person.answers["rating"]]

    (survey,) = compute_results(programme).surveys

    assert survey.responses.numerator == len(answered)
    assert (survey.valid.numerator, survey.valid.denominator) == (len(valid), len(answered))
    assert {cell.keys[0]: cell.figure.numerator for cell in survey.excluded} == {
        "sector": len(answered) - len(in_sector),
        "incomplete": len(in_sector) - len(valid),
    }
    rating, applies, useful, wish = survey.questions
    ratings = [int(person.answers["rating"]) for person in valid]
    assert (rating.mean.numerator, rating.mean.denominator) == (sum(ratings), len(ratings))
    assert rating.mean.value == Fraction(sum(ratings), len(ratings))
    yes_no = [person.answers["applies"] for person in valid if person.answers["applies"]]
    assert [(o.value, o.figure.numerator, o.figure.denominator) for o in applies.options] == [
        ("yes", yes_no.count("yes"), len(yes_no)),
        ("no", yes_no.count("no"), len(yes_no)),
    ]
    ticked = [person.answers["useful"].split() for person in valid if person.answers["useful"]]
    assert [(o.value, o.figure.numerator, o.figure.denominator) for o in useful.options] == [
        (value, sum(value in ticks for ticks in ticked), len(ticked)) for value in ["practice", "theory", "cases"]
    ]
    assert wish.answered.numerator == sum(bool(person.answers["wish"]) for person in valid)


def test_respondents_are_counted_over_all_responses():
    programme, people = cohort(60)
    answered = [person for person in people if person.answers is not None]

    (survey,) = compute_results(programme).surveys

    females = sum(person.gender == "female" for person in answered)
    first = survey.gender.cells[0]
    assert (first.keys, first.figure.numerator, first.figure.denominator) == (("female",), females, len(answered))
    assert survey.countries.numerator == len({person.country for person in answered})


def test_certificates_that_stand_are_counted_of_those_who_have_a_seat():
    programme = ProgrammeFactory()
    people = RegistrationFactory.create_batch(3, programme=programme)
    rule = CompletionRuleFactory(programme=programme)
    CertificateFactory(registration=people[0], rule=rule)
    CertificateFactory(registration=people[1], rule=rule, revoked_at=NOW, revoked_because="Wrong person")

    figure = compute_results(programme).certificates

    assert (figure.numerator, figure.denominator) == (1, 3)


def test_audience_adds_up_by_session_and_by_channel():
    programme = ProgrammeFactory()
    first, second = [TrainingSessionFactory(programme=programme, number=number) for number in (1, 2)]
    AudienceFigureFactory(session=first, channel="Tube", count=700)
    AudienceFigureFactory(session=second, channel="Tube", count=200)
    AudienceFigureFactory(session=second, channel="Radio", count=1000)
    AudienceFigureFactory(session=second, channel="Library", kind="slide_downloads", count=9)

    views, downloads = compute_results(programme).audience

    assert (views.kind, views.total.numerator) == ("live_views", 1900)
    assert [(cell.keys, cell.figure.numerator) for cell in views.by_session] == [(("1",), 700), (("2",), 1200)]
    assert [(cell.keys, cell.figure.numerator) for cell in views.by_channel] == [(("Radio",), 1000), (("Tube",), 900)]
    assert (downloads.kind, downloads.total.numerator) == ("slide_downloads", 9)


def test_every_figure_has_an_id_of_its_own_and_a_base():
    programme, _people = cohort(60)
    rule_for(programme)

    figures = list(compute_results(programme).figures())

    assert len({figure.id for figure in figures}) == len(figures)
    assert all(figure.base for figure in figures)


def test_document_is_read_back_as_it_was_written():
    programme, _people = cohort(60)
    rule_for(programme)
    results = compute_results(programme)

    assert Results.from_dict(results.as_dict()) == results
    assert compute_results(programme).as_json() == results.as_json()


def test_document_of_another_format_is_refused():
    with pytest.raises(ValueError, match="not baraza-results/1: something/9"):
        Results.from_dict({"format": "something/9"})


def test_figure_is_found_by_its_id():
    programme, people = cohort(20)
    results = compute_results(programme)

    assert results.figure("registrations").numerator == sum(person.counts for person in people)
    with pytest.raises(KeyError):
        results.figure("nothing")


@pytest.mark.parametrize("size", [1, 3])
def test_number_of_queries_does_not_depend_on_the_number_of_rows(size, django_assert_num_queries):
    programme, _people = cohort(size, sessions=size)
    rule_for(programme)

    with django_assert_num_queries(QUERIES):
        compute_results(programme)

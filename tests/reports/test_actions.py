import datetime as dt
import hashlib
import json

import pytest

from registrations.models import Registration
from reports.actions import publish_results, take_back
from reports.errors import Refused
from reports.figures import Results, canonical
from reports.models import ResultsReport
from tests.registrations_factories import ProgrammeFactory, RegistrationFactory, UserFactory
from tests.reports_factories import cohort
from tests.sessions_factories import AFTERWARDS

pytestmark = pytest.mark.django_db


def test_publishing_freezes_the_figures_as_the_first_edition():
    programme, _people = cohort(60)
    organiser = UserFactory()

    report = publish_results(programme, by=organiser, now=AFTERWARDS)

    assert (report.edition, report.published_by, report.published_at) == (1, organiser, AFTERWARDS)
    report.refresh_from_db()
    assert hashlib.sha256(canonical(report.figures).encode()).hexdigest() == report.sha256
    assert Results.from_dict(report.figures).as_dict() == report.figures


def test_publishing_twice_without_a_change_is_publishing_once():
    programme, _people = cohort(60)

    first = publish_results(programme, by=None, now=AFTERWARDS)
    second = publish_results(programme, by=None, now=AFTERWARDS)

    assert first == second
    assert ResultsReport.objects.count() == 1


def test_frozen_figures_do_not_follow_the_rows():
    programme, _people = cohort(60)
    first = publish_results(programme, by=None, now=AFTERWARDS)
    before = json.dumps(first.figures, sort_keys=True)

    Registration.objects.filter(programme=programme).update(gender="female")
    second = publish_results(programme, by=None, now=AFTERWARDS)

    first.refresh_from_db()
    assert json.dumps(first.figures, sort_keys=True) == before
    assert (second.edition, second.sha256 != first.sha256) == (2, True)


def test_frozen_figures_tell_of_no_country_with_fewer_than_ten_people():
    programme, _people = cohort(120)

    report = publish_results(programme, by=None, now=AFTERWARDS)

    results = Results.from_dict(report.figures)
    counts = [cell.figure.numerator for region in results.regions for cell in region.countries]
    assert all(count >= 10 for count in counts)
    assert results.smallest_cell == 10


def test_a_survey_of_fewer_than_ten_valid_responses_is_not_told():
    programme, people = cohort(12)

    report = publish_results(programme, by=None, now=AFTERWARDS)

    (survey,) = Results.from_dict(report.figures).surveys
    assert survey.responses.numerator == sum(person.answers is not None for person in people)
    assert (survey.is_withheld, survey.questions, survey.valid.numerator, survey.excluded) == (True, (), None, ())


def test_nothing_is_published_where_there_is_nothing_to_tell():
    programme = ProgrammeFactory()
    RegistrationFactory(programme=programme, waiting=True)

    with pytest.raises(Refused, match="There is nothing to publish yet"):
        publish_results(programme, by=None, now=AFTERWARDS)


def test_results_of_a_programme_that_is_not_public_are_refused():
    programme = ProgrammeFactory(published_at=None)
    RegistrationFactory(programme=programme)

    with pytest.raises(Refused, match="Publish the programme first"):
        publish_results(programme, by=None, now=AFTERWARDS)


def test_an_edition_is_taken_back_once_and_publishing_again_makes_the_next():
    programme, _people = cohort(30)
    organiser = UserFactory()
    first = publish_results(programme, by=None, now=AFTERWARDS)

    taken = take_back(first, by=organiser, now=AFTERWARDS)
    take_back(first, by=None, now=AFTERWARDS)

    taken.refresh_from_db()
    assert (taken.withdrawn_at, taken.withdrawn_by) == (AFTERWARDS, organiser)
    assert ResultsReport.objects.on_show(programme.slug) is None
    assert not ResultsReport.objects.is_on_show(programme)
    assert publish_results(programme, by=None, now=AFTERWARDS).edition == 2


def test_only_the_latest_edition_is_taken_back():
    programme, _people = cohort(30)
    first = publish_results(programme, by=None, now=AFTERWARDS)
    Registration.objects.filter(programme=programme).update(gender="female")
    second = publish_results(programme, by=None, now=AFTERWARDS)

    with pytest.raises(Refused, match="Only the latest edition"):
        take_back(first, by=None, now=AFTERWARDS)

    assert ResultsReport.objects.on_show(programme.slug) == second
    assert ResultsReport.objects.is_on_show(programme)


def test_results_are_refused_until_the_last_day_is_over():
    programme, _people = cohort(20)
    midnight = dt.datetime(2026, 3, 25, tzinfo=programme.zone)
    with pytest.raises(Refused) as refused:
        publish_results(programme, by=None, now=midnight - dt.timedelta(seconds=1))
    assert str(refused.value) == "Results can be published once the programme’s last day is over."
    assert publish_results(programme, by=None, now=midnight).edition == 1

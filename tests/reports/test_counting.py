"""Figures of a report in a large programme: kept, shown with their age, and counted anew by whoever publishes."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations.kept import PATIENCE
from registrations.models import KeptFigures, Programme
from reports.counting import count, counted_at_hand
from reports.models import ReportDraft, ResultsReport
from reports.tasks import count_results, publish_where_asked
from tests.certificates_factories import CompletionRuleFactory
from tests.registrations_factories import RegistrationFactory, large
from tests.reports_factories import cohort
from tests.sessions_factories import AudienceFigureFactory

pytestmark = [pytest.mark.django_db]

FIRST_TIME = "Some are being counted for the first time."
REFUSED, ASKED = "The results were not published.", "Publishing was asked for: "
LATE = "no worker has done it yet. Tell whoever runs this site."
PAGES = ("results", "change")  # the preview, while it is counted at first, too, and the workspace
KEPT = "This programme is large, so its figures are counted in the background. These were counted"


@pytest.fixture
def programme():
    found, _people = cohort(15)
    CompletionRuleFactory(programme=found)
    AudienceFigureFactory(session=found.sessions.first())
    return large(found)


def address(programme, page):
    return reverse(f"admin:reports_workspace_{page}", args=[programme.pk])


def test_what_is_kept_comes_back_exactly(programme):
    assert counted_at_hand(programme, now=timezone.now()) is None
    count_results(programme.pk)
    there = Programme.objects.get(pk=programme.pk)
    assert counted_at_hand(there, now=timezone.now()) == count(programme)


@pytest.mark.parametrize(("page", "queries"), [("dashboard", 8), ("results", 8), ("compose", 9), ("method", 10)])
def test_a_large_programme_is_never_counted_for_a_page(
    page, queries, programme, organiser_client, django_assert_num_queries
):
    client = organiser_client(programme)
    first = client.get(address(programme, page))
    assert (first.status_code, FIRST_TIME in first.text, KEPT in first.text) == (200, True, False)
    assert ('http-equiv="refresh"' in first.text) == (page != "method")  # where somebody may be typing

    count_results(programme.pk)
    with django_assert_num_queries(queries):
        second = client.get(address(programme, page))
    assert (second.status_code, FIRST_TIME in second.text, KEPT in second.text) == (200, False, True)

    RegistrationFactory.create_batch(3, programme=programme)
    with django_assert_num_queries(queries):
        client.get(address(programme, page))


def test_the_dashboard_shows_what_was_counted(programme, organiser_client):
    client = organiser_client(programme)
    client.get(address(programme, "dashboard"))
    count_results(programme.pk)
    before = count(programme)
    RegistrationFactory(programme=programme)

    page = client.get(address(programme, "dashboard"))

    rows = {row[0].text: row[1].text for row in page.context["page"].by_id["funnel"].rows}
    assert rows["Registered"] == str(before.registered)
    assert rows["Have a seat"] == str(before.results.registrations.numerator)


def test_figures_of_a_large_programme_are_published_as_they_are_when_a_worker_counts_them(programme, organiser_client):
    count_results(programme.pk)
    client = organiser_client(programme)
    seated = count(programme).results.registrations.numerator

    for _twice in range(2):
        page = client.post(address(programme, "publish_results"), follow=True)
        assert "The figures are counted and published in the background." in page.text
    assert not ResultsReport.objects.exists()
    preview = client.get(address(programme, "results"))
    assert ("published in the background" in preview.text, "Publish the results" in preview.text) == (True, False)

    RegistrationFactory(programme=programme)
    for _twice in range(2):
        publish_where_asked()
    report = ResultsReport.objects.get()
    assert report.figures["registrations"]["numerator"] == seated + 1
    assert report.published_by.pk == int(client.session["_auth_user_id"])
    assert "is public and shows these figures" in client.get(address(programme, "results")).text


def test_what_must_not_be_published_is_asked_for_no_more_and_says_why(programme, organiser_client):
    client = organiser_client(programme)
    client.post(address(programme, "publish_results"))
    said = ReportDraft.objects.get().words
    ReportDraft.objects.update(words={})

    for _twice in range(2):
        publish_where_asked()

    assert not ResultsReport.objects.exists()
    assert list(ReportDraft.objects.asked()) == []
    page = client.get(address(programme, "results")).text
    assert ("before you publish" in page, REFUSED in page, ASKED in page, LATE in page) == (True, True, True, False)
    assert REFUSED in client.get(address(programme, "change")).text
    again = client.post(address(programme, "publish_results"))
    assert again["Location"] == address(programme, "method")

    ReportDraft.objects.update(words=said)  # what was missing is there: nothing hinders any more
    assert REFUSED not in client.get(address(programme, "results")).text
    client.post(address(programme, "publish_results"))
    assert ReportDraft.objects.asked().get().publication_refused_for == ""


@pytest.mark.parametrize(
    ("hinder", "sentence"),
    [
        ({"published_at": None}, "Publish the programme first: its results stand on its page."),
        ({"end_date": dt.date(2999, 1, 1)}, "Results can be published once the programme’s last day is over."),
    ],
)
def test_a_refusal_is_told_until_its_reason_is_gone(hinder, sentence, programme, organiser_client):
    client = organiser_client(programme)
    client.post(address(programme, "publish_results"))
    before = Programme.objects.filter(pk=programme.pk).values(*hinder).get()
    Programme.objects.filter(pk=programme.pk).update(**hinder)
    publish_where_asked()

    told = [f"<strong>{REFUSED}</strong> {sentence}" in client.get(address(programme, page)).text for page in PAGES]
    assert told == [True, True]
    Programme.objects.filter(pk=programme.pk).update(**before)
    assert [REFUSED in client.get(address(programme, page)).text for page in PAGES] == [False, False]


def test_a_wish_says_who_had_it_and_that_no_worker_answers(programme, organiser_client):
    client = organiser_client(programme)
    client.get(address(programme, "results"))
    client.post(address(programme, "publish_results"))

    for page in PAGES:
        at_once = client.get(address(programme, page)).text
        assert (ASKED in at_once, LATE in at_once, 'http-equiv="refresh"' in at_once) == (True, False, True)
        assert f"<bdi>{ReportDraft.objects.get().publication_asked_by}</bdi>" in at_once
    ReportDraft.objects.update(publication_asked_at=timezone.now() - PATIENCE - dt.timedelta(seconds=1))
    assert [LATE in client.get(address(programme, page)).text for page in PAGES] == [True, True]


def test_a_programme_that_cannot_be_counted_waits_and_hinders_no_other(programme, organiser_client, caplog):
    organiser_client(programme).post(address(programme, "publish_results"))
    KeptFigures.objects.all().delete()
    other, _people = cohort(12)
    ReportDraft.objects.filter(programme=other).update(publication_asked_at=timezone.now())
    programme.registrations.update(country="XX")  # no country of this code

    publish_where_asked()

    assert ResultsReport.objects.get().programme == other
    waiting = ReportDraft.objects.filter(publication_asked_at__isnull=False)
    assert [draft.programme for draft in waiting] == [programme]
    assert "could not be published" in caplog.text

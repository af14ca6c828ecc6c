"""The check before issuing: looked for or kept, asked of a worker, and made again by the run that it leads to."""

import datetime as dt

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certificates import actions
from certificates.actions import checked, issue
from certificates.actions.checked import Shown
from certificates.actions.designs import DesignProblem
from certificates.actions.issue import LEASE
from certificates.actions.preflight import UNPRINTABLE, Warned, look
from certificates.admin.preflight_words import worded
from certificates.models import Certificate, CertificateDesign, IssueRun
from certificates.tasks import check_issuing
from registrations.models import KeptFigures, Programme, Registration
from tests.certificates_factories import a_graduate, a_programme
from tests.registrations_factories import large
from tests.sessions_factories import AFTERWARDS, TrainingSessionFactory

pytestmark = pytest.mark.django_db
REFRESH, FORM = 'http-equiv="refresh"', 'value="Issue 3 certificates"'
LOUD, LI = "Names that look doubtful", "<bdi>li na</bdi></a></th><td>all in small letters"


@pytest.fixture(autouse=True)
def _quiet_bell(monkeypatch):
    monkeypatch.setattr("certificates.admin.run.ring", lambda task, *ids: None)


@pytest.fixture
def programme():
    """Three who are due: one without a doubt, and two with the same name, one of them in capitals."""
    made = a_programme(people=0)
    for name in ("Li Na", "Amina Odhiambo", "AMINA ODHIAMBO"):
        a_graduate(made, printed_name=name)
    return made


def count(programme):
    """As a worker does, however young the figures are."""
    KeptFigures.objects.update(counted_at=None)
    check_issuing(programme.pk)


def anew(programme):
    """The programme as a page reads it."""
    return Programme.objects.get(pk=programme.pk)


def address_of(programme, name="preflight"):
    return reverse(f"admin:certificates_{name}", args=[programme.pk])


def asked(programme):
    """A run, by somebody who was shown what there is to be shown now."""
    found = look(programme, now=AFTERWARDS)
    return actions.request_issue(programme, by=None, now=AFTERWARDS, shown=Shown(found.due, found.doubted()))


def carried_on(run):
    run = actions.carry_on(IssueRun.objects.select_related("programme").get(pk=run.pk), now=AFTERWARDS)
    return run.halt, run.is_running, run.accepted, Certificate.objects.count()


def test_what_is_kept_is_what_is_found(programme):
    live = checked.check_at_hand(programme, now=AFTERWARDS)
    both = checked.shown_at_hand(programme, live.mark, now=AFTERWARDS)
    large(programme)
    assert checked.check_at_hand(anew(programme), now=AFTERWARDS) is None
    assert checked.shown_at_hand(anew(programme), live.mark, now=AFTERWARDS) is None
    count(programme)
    assert checked.check_at_hand(anew(programme), now=AFTERWARDS) == live
    assert checked.shown_at_hand(anew(programme), live.mark, now=AFTERWARDS) == both
    assert checked.shown_at_hand(anew(programme), "", now=AFTERWARDS) == (live, None)
    _first, lower, upper = (person.pk for person in Registration.objects.order_by("pk"))
    assert both == (live, Shown(3, {"doubtful/capitals": [upper], "double": [lower, upper]}))


def test_what_is_kept_holds_nobodys_name(programme):
    count(large(programme))
    assert not any("odhiambo" in str(row.figures).lower() for row in KeptFigures.objects.all())


def test_the_page_of_a_large_programme_says_how_old_the_check_is(programme, organiser_client):
    client, address = organiser_client(programme), address_of(programme)

    def told():
        text = " ".join(client.get(address).content.decode().split())
        return [each in text for each in ("being counted", "were counted", REFRESH, LOUD, FORM)]

    assert told() == [False, False, False, True, True]
    large(programme)
    assert told() == [True, False, True, False, False]
    count(programme)
    assert told() == [False, True, False, True, True]
    KeptFigures.objects.update(counted_at=F("counted_at") - dt.timedelta(hours=2))
    assert told() == [False, True, True, True, False]


def test_a_new_design_is_looked_at_anew(programme):
    count(large(programme))
    CertificateDesign.objects.create(programme=programme, version=1, created_at=AFTERWARDS)
    assert checked.check_at_hand(anew(programme), now=AFTERWARDS) is None


def test_the_page_of_a_large_programme_never_looks_at_everybody(programme, organiser_client):
    client, address = organiser_client(programme), address_of(programme)
    count(large(programme))
    client.get(address)
    with CaptureQueriesContext(connection) as made:
        client.get(address)
    with CaptureQueriesContext(connection) as posted:
        client.post(address_of(programme, "issue"), {"accepted": "something else"})
    assert (len(made), len(posted)) == (17, 9)


def test_what_is_kept_is_worded_when_it_is_shown():
    (shown,) = worded([checked.Listed(Warned(UNPRINTABLE, {1: ["x", "y"]}), 21)])
    assert shown.people == [(1, "", "no font has “x y”; without a PDF until the name is changed")]
    assert shown.more == 20
    problem = "In Arabic this cannot be printed: the words do not fit on one page."
    assert str(DesignProblem("ar", "", "the words do not fit on one page")) == problem


def test_a_run_of_a_large_programme_is_asked_for_by_what_was_shown(programme, organiser_client):
    client, address = organiser_client(programme), address_of(programme, "issue")
    large(programme)
    assert client.post(address)["Location"] == address_of(programme)
    count(programme)
    client.post(address, {"accepted": checked.check_at_hand(anew(programme), now=AFTERWARDS).mark})
    run = IssueRun.objects.get()
    page = reverse("admin:certificates_issuerun_change", args=[run.pk])
    assert "The check is made again before anything is issued." in client.get(page).content.decode()
    assert (run.total, carried_on(run)) == (3, ("", False, None, 3))
    assert "The check is made again" not in client.get(page).content.decode()


def test_doubts_that_were_accepted_or_are_gone_hinder_nothing(programme):
    run = asked(programme)
    Registration.objects.filter(printed_name="AMINA ODHIAMBO").update(printed_name="Zhang Wei")
    assert carried_on(run) == ("", False, None, 3)


def test_a_doubt_that_was_not_shown_lets_nothing_be_issued_and_the_page_says_so(programme, organiser_client):
    count(large(programme))
    run = asked(programme)
    Registration.objects.filter(printed_name="Li Na").update(printed_name="li na")
    assert carried_on(run) == ("doubt", False, None, 0)
    client = organiser_client(programme)
    text = client.get(reverse("admin:certificates_issuerun_change", args=[run.pk])).content.decode()
    assert "it found doubts that were not shown before." in text
    assert f'<a href="{address_of(programme)}">' in text
    assert carried_on(run) == ("doubt", False, None, 0)
    assert LI in client.get(address_of(programme)).content.decode()
    assert carried_on(asked(programme)) == ("", False, None, 3)


def test_somebody_new_with_a_doubt_lets_nothing_be_issued(programme):
    run = asked(programme)
    a_graduate(programme, printed_name="li wei")
    assert carried_on(run) == ("doubt", False, None, 0)


def test_a_problem_since_the_check_lets_nothing_be_issued(programme):
    run = asked(programme)
    TrainingSessionFactory(programme=programme, starts_at=dt.datetime(2050, 1, 1, tzinfo=dt.UTC))
    assert carried_on(run) == ("problem", False, None, 0)


def test_a_run_that_was_not_asked_for_on_the_page_makes_no_check(programme):
    assert carried_on(actions.request_issue(programme, by=None, now=AFTERWARDS)) == ("", False, None, 3)


def test_a_worker_killed_in_the_check_leaves_it_to_the_next(programme, monkeypatch):
    run = asked(programme)

    class Killed(BaseException):
        pass

    def killed(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as context:
        context.setattr(issue, "halt_of", killed)
        with pytest.raises(Killed):
            carried_on(run)
    assert IssueRun.objects.get().is_to_be_checked
    IssueRun.objects.update(claimed_at=F("claimed_at") - LEASE)
    assert carried_on(run) == ("", False, None, 3)


def test_a_run_cancelled_before_its_check_issues_nothing(programme, administrator):
    run = actions.cancel(asked(programme), by=administrator, now=AFTERWARDS)
    assert (run.is_to_be_checked, carried_on(run)) == (False, ("", False, None, 0))

"""The check-in's pages: typed on the own page, scanned by a browser that is known or not, shown on the screen."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations.models import Mail
from sessions import codes
from sessions.models import CheckIn, CheckInDesk
from tests.check_in_factories import CheckInDeskFactory, CheckInFactory
from tests.registrations_factories import RegistrationFactory
from tests.sessions_factories import TrainingSessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return CheckInDeskFactory()


@pytest.fixture
def person(desk):
    return RegistrationFactory(programme=desk.session.programme, printed_name="Wanjirũ Mwangi")


@pytest.fixture(autouse=True)
def clock(monkeypatch, desk):
    """`clock(minutes)`: the moment that views read, counted from the session's start, where it stands at first."""

    def turn(minutes):
        now = desk.session.starts_at + dt.timedelta(minutes=minutes)
        monkeypatch.setattr(timezone, "now", lambda: now)
        return now

    turn(0)
    return turn


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def own(name, person, desk):
    return reverse(f"training_sessions:{name}", args=[person.link_token, desk.session.pk])


def scan(desk, code=None):
    return reverse(
        "training_sessions:scan", args=[desk.session.pk, code or codes.long_code(desk.secret, timezone.now())]
    )


def ticket_in(response):
    return re.search(r'name="ticket" value="([^"]+)"', response.content.decode()).group(1)


# Typed ------------------------------------------------------------------------------------------------------------


def test_code_typed_on_the_own_page_checks_in(client, desk, person):
    code = codes.grouped(codes.short_code(desk.secret, timezone.now()))
    response = client.post(own("check_in", person, desk), {"code": code}, follow=True)
    assert response.redirect_chain == [(own("check_in", person, desk), 302)]
    assert "You are checked in." in text_of(response)
    assert CheckIn.objects.get().way == CheckIn.Way.TYPED


def test_wrong_code_is_answered_on_the_form(client, desk, person):
    response = client.post(own("check_in", person, desk), {"code": "000 00"})
    assert (response.status_code, "This is not the code that is shown now" in text_of(response)) == (422, True)
    assert CheckIn.objects.count() == 0


def test_guessing_is_stopped_for_the_person_and_nobody_else(client, desk, person):
    address, right = own("check_in", person, desk), codes.short_code(desk.secret, timezone.now())
    guesses = [client.post(address, {"code": "x"}).status_code for _guess in range(10)]
    stopped = client.post(address, {"code": right})
    other = client.post(
        own("check_in", RegistrationFactory(programme=person.programme), desk), {"code": right}
    ).status_code
    assert (set(guesses), stopped.status_code, other) == ({422}, 429, 302)
    assert "ask the organisers to enter you by hand" in text_of(stopped)


def test_page_says_when_the_check_in_is_not_open_and_when_it_is_over(client, desk, person, clock):
    pages = {}
    for minutes in (-20, 0, 120):
        clock(minutes)
        pages[minutes] = text_of(client.get(own("check_in", person, desk)))
    assert "is not open. Load this page again" in pages[-20]
    assert "They change every 30 seconds" in pages[0]
    assert "This session is over." in pages[120]


def test_sessions_of_other_programmes_are_not_found(client, person):
    other = CheckInDeskFactory()
    assert client.get(own("check_in", person, other)).status_code == 404


# Scanned ----------------------------------------------------------------------------------------------------------


def test_scan_in_a_browser_that_opened_the_own_page_takes_one_button(client, desk, person):
    client.get(reverse("personal_page", args=[person.link_token]))
    page = client.get(scan(desk))
    assert "Check in as Wanjirũ Mwangi" in text_of(page)
    done = client.post(
        reverse("training_sessions:scan_as_me", args=[desk.session.pk]), {"ticket": ticket_in(page)}, follow=True
    )
    assert "You are checked in." in text_of(done)
    assert (CheckIn.objects.get().way, person.link_token in done.content.decode()) == (CheckIn.Way.SCANNED, False)
    assert "Check in as" not in text_of(client.get(scan(desk)))


def test_cookie_goes_to_the_check_in_only_and_opens_nothing(client, desk, person):
    cookie = client.get(reverse("personal_page", args=[person.link_token])).cookies[f"own_page_{person.programme_id}"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (
        "/check-in/",
        True,
        "Lax",
        "",
    )
    assert (person.link_token in cookie.value, person.email in cookie.value) == (False, False)
    assert person.link_token not in client.get(scan(desk)).content.decode()


def test_revoked_link_and_another_programme_are_not_recognised(client, desk, person):
    client.get(reverse("personal_page", args=[person.link_token]))
    type(person).objects.filter(pk=person.pk).update(link_token="another")
    assert "This browser does not know you yet" in text_of(client.get(scan(desk)))


def test_scan_in_another_browser_asks_for_the_address_and_answers_everybody_alike(client, desk, person):
    page = client.get(scan(desk))
    address = reverse("training_sessions:scan_by_mail", args=[desk.session.pk])
    answers = [
        client.post(address, {"ticket": ticket_in(page), "email": email}, follow=True)
        for email in (person.email.upper(), "nobody@example.org")
    ]
    assert [(answer.redirect_chain, text_of(answer)) for answer in answers] == [
        ([(reverse("training_sessions:scan_sent", args=[desk.session.pk]), 302)], text_of(answers[0]))
    ] * 2
    assert list(Mail.objects.values_list("to", flat=True)) == [person.email]

    own_page = client.get(own("check_in", person, desk))
    assert "Yes, check me in" in text_of(own_page)
    confirmed = client.post(own("confirm_check_in", person, desk), follow=True)
    assert "You are checked in." in text_of(confirmed)


def test_address_that_is_none_is_said_on_the_form(client, desk):
    page = client.get(scan(desk))
    address = reverse("training_sessions:scan_by_mail", args=[desk.session.pk])
    response = client.post(address, {"ticket": ticket_in(page), "email": "nobody"})
    assert (response.status_code, "It looks like name@example.org" in text_of(response)) == (422, True)
    assert ticket_in(response) == ticket_in(page)


@pytest.mark.parametrize("minutes", [-16, 1.1, 120])
def test_code_that_is_too_old_or_too_early_is_gone(client, desk, clock, minutes):
    address = scan(desk)
    clock(minutes)
    response = client.get(address)
    assert (response.status_code, "Codes change every 30 seconds" in text_of(response)) == (410, True)


def test_closed_check_in_and_unknown_session_are_answered_alike(client, desk):
    address = scan(desk)
    unknown = client.get(reverse("training_sessions:scan", args=[desk.session.pk + 99, "a" * 20]))
    CheckInDesk.objects.update(closed_at=timezone.now())
    closed = client.get(address)
    assert (closed.status_code, text_of(closed)) == (unknown.status_code, text_of(unknown)) == (410, text_of(closed))


@pytest.mark.parametrize("minutes", [11, None])
def test_old_or_invented_ticket_checks_nobody_in(client, desk, person, clock, minutes):
    client.get(reverse("personal_page", args=[person.link_token]))
    ticket = ticket_in(client.get(scan(desk))) if minutes else "invented"
    clock(minutes or 0)
    response = client.post(reverse("training_sessions:scan_as_me", args=[desk.session.pk]), {"ticket": ticket})
    assert (response.status_code, CheckIn.objects.count()) == (410, 0)


def test_ticket_of_one_session_is_worth_nothing_in_another(client, desk, person):
    other = CheckInDeskFactory(session=TrainingSessionFactory(programme=person.programme))
    client.get(reverse("personal_page", args=[person.link_token]))
    ticket = ticket_in(client.get(scan(desk)))
    response = client.post(reverse("training_sessions:scan_as_me", args=[other.session.pk]), {"ticket": ticket})
    assert (response.status_code, CheckIn.objects.count()) == (410, 0)


# On the own page --------------------------------------------------------------------------------------------------


def test_own_page_shows_the_form_while_the_check_in_is_open_and_what_came_of_it(client, desk, person, clock):
    def page():
        return text_of(client.get(reverse("personal_page", args=[person.link_token])))

    clock(-16)
    before = page()
    clock(0)
    open_now = page()
    CheckInFactory(session=desk.session, registration=person)
    done = page()
    assert ["Check in to session 1" in each for each in (before, open_now, done)] == [False, True, True]
    assert ["The six digits on the organisers’ screen" in each for each in (open_now, done)] == [True, False]


# The screen -------------------------------------------------------------------------------------------------------


def screen(name, session):
    return reverse(f"admin:training_sessions_{name}", args=[session.pk])


def test_screen_shows_the_code_its_drawing_and_how_many_came_but_nobody(organiser_client, desk, person):
    CheckInFactory(session=desk.session, registration=person)
    CheckInFactory(session=desk.session, confirmed_at=None, way="mailed")
    response = organiser_client(person.programme).get(screen("check_in", desk.session))
    html = response.content.decode()
    assert codes.grouped(codes.short_code(desk.secret, timezone.now())) in text_of(response)
    assert "1 person has checked in" in text_of(response)
    assert '<noscript><meta http-equiv="refresh" content="30"></noscript>' in html
    assert ('<svg viewBox="0 0' in html, "style=" in html, person.printed_name in html) == (True, False, False)


def test_screen_asks_before_it_opens_and_closes(organiser_client, person, desk):
    session = TrainingSessionFactory(programme=person.programme, starts_at=desk.session.starts_at)
    client = organiser_client(person.programme)
    asked = text_of(client.get(screen("check_in", session)))
    opened = text_of(client.post(screen("check_in_open", session), follow=True))
    closed = text_of(client.post(screen("check_in_close", session), follow=True))
    assert ["Open the check-in" in asked, "A new code comes" in opened, "The check-in is not open." in closed] == [
        True,
        True,
        True,
    ]


def test_screen_waits_for_the_window_and_ends_with_the_session(organiser_client, desk, clock):
    client = organiser_client(desk.session.programme)
    clock(-60)
    ahead = client.get(screen("check_in", desk.session))
    clock(120)
    over = client.get(screen("check_in", desk.session))
    refused = client.post(screen("check_in_open", desk.session), follow=True)
    assert ("The check-in opens at:" in text_of(ahead), "http-equiv" in ahead.content.decode()) == (True, True)
    assert ("the check-in is closed" in text_of(over), "http-equiv" in over.content.decode()) == (True, False)
    assert "nobody can check in any more" in text_of(refused)


def test_screen_is_for_the_organisers_of_the_programme(client, organiser_client, analyst_client, desk):
    others = [analyst_client(desk.session.programme), organiser_client(TrainingSessionFactory().programme)]
    for name in ("check_in", "check_in_open", "check_in_close"):
        act = "get" if name == "check_in" else "post"
        found = [getattr(one, act)(screen(name, desk.session)).status_code for one in [*others, client]]
        assert found == [404, 404, 302]
    assert CheckInDesk.objects.get().closed_at is None

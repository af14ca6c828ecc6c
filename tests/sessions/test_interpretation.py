"""The languages of a session: offered, joined in, and which one a person mostly uses."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from sessions.actions import note_language
from sessions.interpretation import language_followed, languages_followed, most_common, uses, with_own_first
from sessions.models import LanguageChoice
from tests.registrations_factories import RegistrationFactory
from tests.sessions_factories import SessionLanguageFactory, TrainingSessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return TrainingSessionFactory(join_link="https://meet.example.org/floor")


def join(client, person, session, language="fr"):
    return client.get(reverse("training_sessions:join", args=[person.link_token, session.pk, language]))


def at(monkeypatch, moment):
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_joining_leads_to_the_link_of_the_language_and_notes_it(client, session, monkeypatch):
    SessionLanguageFactory(session=session)
    SessionLanguageFactory(session=session, language="en", is_floor=True, link="")
    person = RegistrationFactory(programme=session.programme)
    at(monkeypatch, session.starts_at)
    assert [join(client, person, session, code)["Location"] for code in ("fr", "en")] == [
        "https://meet.example.org/fr",
        "https://meet.example.org/floor",
    ]
    assert list(LanguageChoice.objects.values_list("registration", "language")) == [(person.pk, "en")]


def test_who_tries_the_link_a_day_before_has_not_chosen(client, session, monkeypatch):
    SessionLanguageFactory(session=session)
    at(monkeypatch, session.starts_at - dt.timedelta(days=1))
    assert join(client, RegistrationFactory(programme=session.programme), session).status_code == 302
    assert not LanguageChoice.objects.exists()


def test_without_a_seat_or_a_link_the_way_leads_back(client, session, monkeypatch):
    at(monkeypatch, session.starts_at)
    SessionLanguageFactory(session=session)
    waiting = RegistrationFactory(programme=session.programme, waiting=True)
    assert join(client, waiting, session)["Location"] == reverse("personal_page", args=[waiting.link_token])
    bare = SessionLanguageFactory(session__programme=session.programme, link="")
    seated = RegistrationFactory(programme=session.programme)
    assert join(client, seated, bare.session)["Location"] == reverse("personal_page", args=[seated.link_token])
    assert not LanguageChoice.objects.exists()


def test_a_session_of_another_programme_is_not_found(client, session):
    other = SessionLanguageFactory()
    assert join(client, RegistrationFactory(programme=session.programme), other.session).status_code == 404


def test_ones_own_language_comes_first(session):
    rows = [
        SessionLanguageFactory(session=session, language=code, is_floor=code == "en") for code in ("ar", "en", "fr")
    ]
    person = RegistrationFactory(programme=session.programme, language="fr")
    assert [row.language for row in with_own_first(rows, person)] == ["fr", "en", "ar"]


@pytest.mark.parametrize(
    "languages, expected", [([], ""), (["fr"], "fr"), (["fr", "en"], "en"), (["en", "fr", "fr", "en", "en"], "en")]
)
def test_most_common(languages, expected):
    assert most_common(languages) == expected


def test_the_language_followed_is_the_one_chosen_else_what_is_spoken(session, django_assert_num_queries):
    second, third = TrainingSessionFactory.create_batch(2, programme=session.programme)
    for each, codes in ((session, ("en",)), (second, ("en",)), (third, ("en", "es"))):
        SessionLanguageFactory(session=each)
        for code in codes:
            SessionLanguageFactory(session=each, language=code, is_floor=True)
    chose, there, left, absent = RegistrationFactory.create_batch(4, programme=session.programme)
    note_language(chose, session, "fr", now=session.starts_at)
    note_language(left, second, "fr", now=second.starts_at)
    everywhere = {session.pk, second.pk, third.pk}
    present = {chose.pk: {session.pk, second.pk}, there.pk: everywhere, left.pk: everywhere}
    by_session = {
        None: {chose.pk: "en", there.pk: "en", left.pk: "fr"},
        session.pk: {chose.pk: "fr", there.pk: "en", left.pk: "en"},
        third.pk: {},
    }
    for key, expected in by_session.items():
        with django_assert_num_queries(2):
            assert languages_followed(session.programme, present, session=key) == expected
        for person in (chose, there, left, absent):
            with django_assert_num_queries(1):
                found = language_followed(person, present.get(person.pk, ()), session=key)
            assert found == expected.get(person.pk, "")
    assert {key: dict(counts) for key, counts in uses(session.programme).items()} == {
        session.pk: {"fr": 1},
        second.pk: {"fr": 1},
    }


def test_the_personal_page_offers_the_languages_while_a_session_can_be_joined(client, session, monkeypatch):
    SessionLanguageFactory(session=session)
    person = RegistrationFactory(programme=session.programme)
    at(monkeypatch, session.starts_at)
    text = client.get(reverse("personal_page", args=[person.link_token])).content.decode()
    assert text.count(reverse("training_sessions:join", args=[person.link_token, session.pk, "fr"])) == 2
    assert "meet.example.org" not in text

"""The public list and the programme's page."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.urls import reverse

from registrations.models import Programme
from tests.registrations_factories import NOW, PartnerFactory, ProgrammeFactory
from tests.sessions_factories import AppearanceFactory, TrainingSessionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


def page_of(client, programme, **headers):
    return client.get(reverse("programme_page", args=[programme.slug]), headers=headers)


def text_of(response):
    """The page's words, without tags and with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def links_of(response):
    return set(re.findall(r'href="([^"]+)"', response.content.decode()))


def test_programme_page_asks_people_to_register_while_it_is_open(client):
    programme = ProgrammeFactory(capacity=1200)
    response = page_of(client, programme)
    assert reverse("registrations:register", args=[programme.slug]) in links_of(response)
    assert "Registration is open" in text_of(response)
    assert "9 March 2026, 15:00 Nairobi 12:00 UTC" in text_of(response)
    assert "1,200 of 1,200" in text_of(response)


def test_programme_page_offers_the_waiting_list_when_all_seats_are_taken(client):
    programme = ProgrammeFactory(capacity=10, seats_taken=10)
    response = page_of(client, programme)
    assert "Join the waiting list" in text_of(response)
    assert "10 of 10" not in text_of(response)


@pytest.mark.parametrize(
    "opens, closes, expected",
    [(1, 2, "Registration is not open yet"), (-2, 0, "Registration has closed")],
)
def test_programme_page_says_when_one_cannot_register(client, opens, closes, expected):
    day = dt.timedelta(days=1)
    programme = ProgrammeFactory(registration_opens_at=NOW + opens * day, registration_closes_at=NOW + closes * day)
    response = page_of(client, programme)
    assert expected in text_of(response)
    assert reverse("registrations:register", args=[programme.slug]) not in links_of(response)


def test_programme_page_shows_sessions_on_the_clocks_of_programme_and_reader(client):
    programme = ProgrammeFactory()
    session = TrainingSessionFactory(programme=programme)
    AppearanceFactory(session=session, speaker__name="Ada", talk="On engines")
    client.cookies[settings.READER_ZONE_COOKIE] = "Asia/Kathmandu"
    text = text_of(page_of(client, programme))
    assert "09:00 – 11:00 Nairobi UTC+3 11:45 – 13:45 Kathmandu UTC+5:45" in text.replace("–", " – ").replace("  ", " ")
    assert "Speaker Ada Director Institute On engines" in text


def test_programme_page_escapes_what_organisers_write(client):
    hostile = "<script>alert(1)</script>"
    programme = ProgrammeFactory(title=hostile, summary=hostile, background=hostile, objectives=hostile)
    PartnerFactory(programme=programme, name=hostile, description=hostile)
    assert "<script>alert" not in page_of(client, programme).content.decode()


def test_programme_page_labels_synthetic_people(client):
    assert "Synthetic people" in text_of(page_of(client, ProgrammeFactory(synthetic_seed=1)))
    assert "Synthetic people" not in text_of(page_of(client, ProgrammeFactory()))


def test_programme_page_before_publication_is_for_its_team_only(client, organiser_client, analyst_client):
    programme, other = ProgrammeFactory(published_at=None), ProgrammeFactory()
    found = [
        page_of(visitor, programme).status_code
        for visitor in (client, organiser_client(programme), analyst_client(programme), organiser_client(other))
    ]
    assert found == [404, 200, 200, 404]


def test_programme_page_stays_under_eight_queries(client, django_assert_max_num_queries):
    programme = ProgrammeFactory()
    for _number in range(3):
        AppearanceFactory.create_batch(3, session=TrainingSessionFactory(programme=programme))
        PartnerFactory(programme=programme)
    with django_assert_max_num_queries(7):
        page_of(client, programme)


def test_programme_page_is_kept_for_visitors_but_not_for_the_team(client, organiser_client, django_assert_num_queries):
    programme = ProgrammeFactory()
    page_of(client, programme)
    with django_assert_num_queries(0):
        page_of(client, programme)
    Programme.objects.filter(pk=programme.pk).update(title="Renamed")
    assert "Renamed" not in text_of(page_of(client, programme))
    assert "Renamed" in text_of(page_of(organiser_client(programme), programme))


def test_programme_page_is_kept_per_language(client):
    programme = ProgrammeFactory()
    first = page_of(client, programme, **{"accept-language": "en"}).content.decode()
    second = page_of(client, programme, **{"accept-language": "ar"}).content.decode()
    assert ('<html lang="en" dir="ltr">' in first, '<html lang="ar" dir="rtl">' in second) == (True, True)


def test_programme_page_sets_no_cookie(client):
    assert list(page_of(client, ProgrammeFactory()).cookies) == []


def test_programme_list_shows_what_is_published(client):
    ProgrammeFactory(title="Seen")
    ProgrammeFactory(title="Hidden", published_at=None)
    text = text_of(client.get(reverse("home")))
    assert ("Seen" in text, "Hidden" in text, "1 programme" in text) == (True, False, True)


def test_programme_list_is_filtered_and_can_be_shown_whole_again(client):
    ProgrammeFactory(title="Trade")
    ProgrammeFactory(title="Water")
    response = client.get(reverse("programme_list"), {"q": "water"})
    assert ("Trade" in text_of(response), "Water" in text_of(response)) == (False, True)
    assert reverse("programme_list") in links_of(response)


def test_programme_list_says_what_to_do_when_nothing_is_found(client):
    assert "No programme is announced at the moment" in text_of(client.get(reverse("programme_list")))
    assert "No programme fits" in text_of(client.get(reverse("programme_list"), {"q": "x"}))


def test_programme_list_comes_in_pages_that_keep_the_filter(client):
    ProgrammeFactory.create_batch(13, title="Trade")
    first = client.get(reverse("programme_list"), {"q": "trade"})
    assert "?q=trade&amp;page=2" in links_of(first)
    second = client.get(reverse("programme_list"), {"q": "trade", "page": "2"})
    assert "Page 2 of 2" in text_of(second)
    assert second.content.decode().count("<h3>") == 1


def test_programme_list_takes_two_queries_whatever_its_length(client, django_assert_num_queries):
    ProgrammeFactory.create_batch(3)
    with django_assert_num_queries(2):
        client.get(reverse("programme_list"))


def test_programme_list_answers_bad_input_with_a_sentence(client):
    ProgrammeFactory()
    response = client.get(reverse("programme_list"), {"q": "x" * 10_000, "language": "tlh", "page": "many"})
    assert response.status_code == 200
    assert "Ensure this value has at most 100 characters" in text_of(response)


def test_choose_zone_offers_every_zone_and_returns_only_to_this_site(client):
    response = client.get(reverse("reports:choose_zone"), {"next": "https://evil.example/"})
    assert '<option value="Africa/Nairobi">Nairobi</option>' in response.content.decode()
    assert 'name="next" value="/"' in response.content.decode()

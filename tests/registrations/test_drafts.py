"""What was typed into the form to register is not lost: not by a fault, a dropped line, an old page, a double press."""

import base64
import json
import threading

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from registrations import drafts
from registrations.models import Mail, Registration
from tests.registrations.test_views import filled
from tests.registrations_factories import NOW, PrivacyTextFactory, ProgrammeFactory

TYPED = {name: text for name, text in filled().items() if text and name not in drafts.NEVER_KEPT}


@pytest.fixture
def address(db, at_now):
    """Where a programme's form is."""
    PrivacyTextFactory()
    return reverse("registrations:register", args=[ProgrammeFactory(slug="open").slug])


def values(response):
    """What the fields of the form on a page have, read as a browser reads them."""
    page = response.content.decode()
    return {name: f'value="{TYPED[name]}"' in page for name in ("given_name", "city", "organisation", "email")}


ALL_THERE = dict.fromkeys(("given_name", "city", "organisation", "email"), True)


def cookie(client):
    """The cookie of the draft: what it has, for how long, and where it is sent."""
    found = client.cookies[drafts.COOKIE]
    return drafts._unpacked(found.value), found["max-age"], found["path"], found["samesite"]


def test_what_is_to_be_kept_comes_back_on_the_next_day_and_nothing_is_stored_here(client, address):
    kept = client.post(address, {**filled(), "keep": "1"})
    back = client.get(address)

    assert (kept.status_code, values(kept), values(back)) == (200, ALL_THERE, ALL_THERE)
    assert cookie(client) == (TYPED, 7 * 24 * 3600, address, "Lax")
    assert ["Here is what you typed before" in page.content.decode() for page in (kept, back)] == [True, True]
    assert "checked" not in back.content.decode().partition('name="consent"')[2].partition(">")[0]
    assert back["Cache-Control"] == "private"
    assert (Registration.objects.count(), Mail.objects.count()) == (0, 0)


def test_a_form_with_a_fault_is_kept_until_it_is_sent(client, address):
    client.post(address, filled(sector="", consent=""))
    assert cookie(client)[0] == {name: text for name, text in TYPED.items() if name != "sector"}

    client.post(address, filled())
    assert (client.cookies[drafts.COOKIE].value, Registration.objects.count()) == ("", 1)


def test_an_emptied_form_is_empty(client, address):
    client.post(address, {**filled(), "keep": "1"})
    assert client.post(address, {**filled(), "forget": "1"}).url == address
    assert values(client.get(address)) == dict.fromkeys(ALL_THERE, False)


def test_a_form_whose_page_is_too_old_comes_back_with_what_was_typed(address):
    client = Client(enforce_csrf_checks=True)
    refused = client.post(address, filled(organisation="<b>County</b>"))
    page = refused.content.decode()

    assert (refused.status_code, Registration.objects.count()) == (403, 0)
    assert ("Please send the form once more" in page, "&lt;b&gt;County&lt;/b&gt;" in page) == (True, True)
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    assert client.post(address, {**filled(), "csrfmiddlewaretoken": token}).status_code == 302
    assert Registration.objects.count() == 1


def test_other_forms_of_old_pages_are_refused_in_words(address):
    refused = Client(enforce_csrf_checks=True).post(address.replace("register", "link"), {"email": "a@example.org"})
    assert (refused.status_code, "Please send the form again" in refused.content.decode()) == (403, True)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "%%%",
        "AAAA",
        "e30",
        base64.urlsafe_b64encode(b'["given_name"]').decode(),
        base64.urlsafe_b64encode(b'{"given_name": 7, "consent": "on", "unknown": "x"}').decode(),
        base64.urlsafe_b64encode(b"[" * 2800).decode(),
        "x" * 5000,
    ],
)
def test_a_cookie_that_is_no_draft_is_an_empty_form(client, address, value):
    client.cookies[drafts.COOKIE] = value
    page = client.get(address)
    assert (page.status_code, "Here is what you typed before" in page.content.decode()) == (200, False)


def test_a_cookie_of_somebody_elses_making_is_shown_as_text(client, address):
    made = json.dumps({"city": "<script>\ud800\0x", "country": "XX", "gender": ["a"]})
    client.cookies[drafts.COOKIE] = base64.urlsafe_b64encode(made.encode()).decode()
    assert 'value="&lt;script&gt;x"' in client.get(address).content.decode()


@given(st.dictionaries(st.sampled_from(sorted(TYPED)), st.text(st.characters(codec="utf-8"), min_size=1)))
def test_what_is_packed_is_unpacked(typed):
    assert drafts._unpacked(drafts._packed(typed)) == typed


def test_what_is_too_long_for_a_cookie_is_not_kept():
    response = HttpResponse()
    drafts.keep(response, RequestFactory().get("/"), {"city": "x" * 4000})
    assert response.cookies == {}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_form_sent_by_twenty_presses_at_once_is_one_registration(at_now, settings):
    # Each thread would have a connection to Redis of its own, which nobody closes.
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    PrivacyTextFactory()
    address = reverse("registrations:register", args=[ProgrammeFactory().slug])
    answers, together = [], threading.Barrier(20)

    def press():
        together.wait()
        answer = Client().post(address, filled())
        answers.append((answer.status_code, answer.url.rpartition("register/")[2]))
        connection.close()

    presses = [threading.Thread(target=press) for _ in range(20)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()
    assert answers == [(302, "sent/")] * 20
    assert (Registration.objects.count(), Mail.objects.count()) == (1, 1)
    assert Registration.objects.get().registered_at == NOW

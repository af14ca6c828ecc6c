import datetime as dt

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse

from registrations.mail import send_due
from registrations.models import Mail, Registration
from tests.registrations_factories import NOW, PrivacyTextFactory, ProgrammeFactory, RegistrationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture(autouse=True)
def privacy_text(db):
    return PrivacyTextFactory()


def filled(**changes):
    return {
        "given_name": "Amina",
        "family_name": "Otieno",
        "printed_name": "",
        "gender": "female",
        "country": "KE",
        "city": "Kisumu",
        "organisation": "County",
        "position": "Planner",
        "sector": "government",
        "sector_other": "",
        "email": "amina@example.org",
        "language": "en",
        "privacy_version": "1",
        "consent": "on",
        **changes,
    }


def address(name, programme):
    return reverse(f"registrations:{name}", args=[programme.slug])


def personal(name, registration):
    return reverse(f"registrations:{name}", args=[registration.link_token])


def an_ended_programme():
    last_day = NOW.date() - dt.timedelta(days=2)
    return ProgrammeFactory(start_date=last_day, end_date=last_day)


def sentences(response):
    return [error for errors in response.context["form"].errors.values() for error in errors]


# Registering


@pytest.mark.parametrize("name", ["register", "send_link"])
def test_nobody_joins_people_who_were_made_up(client, name):
    programme = ProgrammeFactory(synthetic_seed=7)
    person = RegistrationFactory(programme=programme)
    looked = client.get(address(name, programme))
    posted = client.post(address(name, programme), filled(email=person.email))

    assert (looked.status_code, posted.status_code) == (200, 409)
    for response in (looked, posted):
        page = response.content.decode()
        assert ("Nobody can register here" in page, 'class="synthetic"' in page) == (True, True)
        assert 'name="email"' not in page
    assert (Registration.objects.count(), Mail.objects.count()) == (1, 0)


def test_register_leads_to_the_page_that_says_look_into_your_mail(client):
    programme = ProgrammeFactory()
    response = client.post(address("register", programme), filled())

    assert (response.status_code, response.url) == (302, address("registration_sent", programme))
    assert client.get(response.url).status_code == 200
    person = Registration.objects.get()
    assert (person.printed_name, person.country.code, person.city, person.language) == (
        "Amina Otieno",
        "KE",
        "Kisumu",
        "en",
    )
    assert list(Mail.objects.values_list("kind", "to")) == [("confirm", "amina@example.org")]


def test_a_double_submit_is_one_registration_and_one_mail(client):
    programme = ProgrammeFactory()
    answers = [client.post(address("register", programme), filled()) for _ in range(2)]

    assert [(answer.status_code, answer.url) for answer in answers] == [
        (302, address("registration_sent", programme))
    ] * 2
    assert (Registration.objects.count(), Mail.objects.count()) == (1, 1)


def test_registering_someone_who_is_registered_looks_the_same_from_outside(client):
    registration = RegistrationFactory()
    known = client.post(address("register", registration.programme), filled(email=registration.email))
    unknown = client.post(address("register", registration.programme), filled(email="new@example.org"))

    assert (known.status_code, known.url, known.content) == (unknown.status_code, unknown.url, unknown.content)


@pytest.mark.parametrize(
    "changes, expected",
    [
        ({"given_name": "", "family_name": ""}, ["Give at least one of given name and family name."]),
        ({"given_name": "x" * 101}, ["This is too long: at most 100 characters fit, and there are 101."]),
        (
            {"given_name": "<script>alert(1)</script>"},
            ["A name cannot contain the characters < and >. Write the name only."],
        ),
        ({"family_name": "www.evil.example"}, ["A name cannot contain a web or e-mail address. Write the name only."]),
        ({"given_name": "A\nBcc: b@c.org"}, ["Write this on one line, without control characters."]),
        ({"given_name": "A\x00"}, ["Null characters are not allowed."]),
        ({"email": "nobody"}, ["This is not an e-mail address we can write to. It looks like name@example.org."]),
        (
            {"email": "a@b.org\nBcc: x@y.org"},
            ["This is not an e-mail address we can write to. It looks like name@example.org."],
        ),
        ({"gender": "none"}, ["Select a valid choice. none is not one of the available choices."]),
        ({"country": "XX"}, ["Select a valid choice. XX is not one of the available choices."]),
        ({"country": ""}, ["This field is required."]),
        ({"sector": "other"}, ["Say which sector it is."]),
        ({"language": "de"}, ["Select a valid choice. de is not one of the available choices."]),
        ({"consent": ""}, ["Without your agreement we cannot register you."]),
        ({"privacy_version": ""}, ["The privacy text has changed. Please read it and agree again."]),
        (
            {"given_name": "x" * 100, "family_name": "y" * 100},
            ["Your names together are too long to print. Write a shorter form here."],
        ),
    ],
)
def test_what_cannot_be_taken_gets_one_clear_sentence_and_nothing_is_lost(client, changes, expected):
    programme = ProgrammeFactory()
    response = client.post(address("register", programme), filled(**changes))

    assert (response.status_code, sentences(response)) == (200, expected)
    assert response.context["form"]["organisation"].value() == "County"
    assert 'value="County"' in response.content.decode()
    assert '<option value="KE" selected>' in response.content.decode() or "country" in changes
    assert (Registration.objects.count(), Mail.objects.count()) == (0, 0)


def test_markup_in_other_fields_is_shown_as_text(client):
    response = client.post(address("register", ProgrammeFactory()), filled(city="<script>x</script>", email=""))

    assert "<script>x" not in response.content.decode()
    assert "&lt;script&gt;x" in response.content.decode()


def test_registration_after_closing_says_so_and_keeps_what_was_typed(client):
    programme = ProgrammeFactory(registration_closes_at=NOW)
    response = client.post(address("register", programme), filled())

    assert (response.status_code, sentences(response)) == (200, ["Registration for this programme is closed."])
    assert 'value="County"' in response.content.decode()
    assert Registration.objects.count() == 0


@pytest.mark.parametrize(
    "state, words, has_form",
    [
        ({}, "Registration closes on:", True),
        ({"registration_opens_at": NOW + dt.timedelta(days=1)}, "It opens on:", False),
        ({"registration_closes_at": NOW}, "It closed on:", False),
        ({"capacity": 1, "seats_taken": 1}, "The only seat is taken.", True),
        ({"capacity": 7, "seats_taken": 7}, "All 7 seats are taken.", True),
    ],
)
def test_the_register_page_says_how_things_stand(client, state, words, has_form):
    page = client.get(address("register", ProgrammeFactory(**state))).content.decode()

    assert (words in page, 'name="given_name"' in page) == (True, has_form)


def test_times_stand_in_the_programmes_and_the_readers_zone(client):
    client.cookies["reader_zone"] = "Asia/Tokyo"
    page = client.get(address("register", ProgrammeFactory())).content.decode()

    assert "9 March 2026, 15:00" in page
    assert ">21:00</time> <bdi>Tokyo</bdi>" in page


def test_the_form_helps_the_browser_and_never_cuts_what_is_typed(client):
    page = client.get(address("register", ProgrammeFactory())).content.decode()

    assert page.count('dir="auto"') >= 3
    assert 'autocomplete="given-name"' in page
    assert 'inputmode="email"' in page
    assert "maxlength" not in page.replace('maxlength="254"', "")


def test_an_unpublished_programme_is_not_there(client):
    programme = ProgrammeFactory(published_at=None)
    names = ["register", "registration_sent", "send_link", "link_sent"]

    assert [client.get(address(name, programme)).status_code for name in names] == [404] * 4


def test_a_newer_privacy_text_has_to_be_agreed_anew(client):
    programme = ProgrammeFactory()
    PrivacyTextFactory(version=2)
    first = client.post(address("register", programme), filled())
    assert sentences(first) == ["The privacy text has changed. Please read it and agree again."]
    assert 'name="privacy_version" value="2"' in first.content.decode()

    client.post(address("register", programme), filled(privacy_version="2"))
    assert Registration.objects.get().privacy_text.version == 2


def test_the_register_page_costs_two_queries(client, django_assert_num_queries):
    programme = ProgrammeFactory()

    with django_assert_num_queries(2):
        client.get(address("register", programme))


def test_a_classroom_registers_and_a_flood_does_not(client, settings):
    settings.REGISTRATIONS_PER_CLIENT_AND_HOUR = 3
    programme = ProgrammeFactory()
    statuses = [
        client.post(address("register", programme), filled(email=f"p{n}@example.org")).status_code for n in range(4)
    ]

    assert (statuses, Registration.objects.count()) == ([302, 302, 302, 429], 3)


def test_without_cookies_a_sentence_says_what_to_do():
    response = Client(enforce_csrf_checks=True).post(address("register", ProgrammeFactory()), filled())

    assert response.status_code == 403
    assert "cookies" in response.content.decode()


# Links


def test_asking_for_the_link_looks_the_same_for_everybody(client):
    registration = RegistrationFactory()
    known = client.post(address("send_link", registration.programme), {"email": registration.email.upper()})
    unknown = client.post(address("send_link", registration.programme), {"email": "nobody@example.org"})

    assert (known.status_code, known.url, known.content) == (unknown.status_code, unknown.url, unknown.content)
    assert list(Mail.objects.values_list("to", flat=True)) == [registration.email]


def test_asking_for_links_is_limited_per_client(client):
    programme = ProgrammeFactory()
    statuses = [
        client.post(address("send_link", programme), {"email": f"p{n}@example.org"}).status_code for n in range(61)
    ]

    assert statuses == [302] * 60 + [429]


def test_the_mailed_link_leads_to_the_page_whose_button_confirms(client, settings):
    programme = ProgrammeFactory()
    client.post(address("register", programme), filled())
    send_due(now=NOW)
    registration = Registration.objects.get()
    link = f"{settings.SITE_URL}/my/{registration.link_token}/"
    assert link in outbox.outbox[0].body.splitlines()

    response = client.post(personal("confirm", registration))
    registration.refresh_from_db()
    assert (response.status_code, response.url) == (302, f"/my/{registration.link_token}/")
    assert registration.status == "seated"


def test_opening_the_confirm_address_confirms_nothing(client):
    registration = RegistrationFactory(pending=True)

    assert client.get(personal("confirm", registration)).status_code == 405
    registration.refresh_from_db()
    assert registration.status == "pending"


@pytest.mark.parametrize("name", ["confirm", "withdraw", "details"])
def test_a_tampered_link_is_not_found(client, name):
    registration = RegistrationFactory()
    registration.link_token = registration.link_token[:-1] + "!"

    assert client.post(personal(name, registration)).status_code == 404


def test_confirming_after_a_withdrawal_is_refused_with_a_sentence(client):
    response = client.post(personal("confirm", RegistrationFactory(withdrawn=True)))

    assert response.status_code == 409
    assert "You withdrew from this programme." in response.content.decode()


def test_personal_pages_are_private(client):
    response = client.get(personal("details", RegistrationFactory()))

    assert {name: response[name] for name in ("Referrer-Policy", "X-Robots-Tag")} == {
        "Referrer-Policy": "same-origin",
        "X-Robots-Tag": "noindex, nofollow",
    }
    assert "no-store" in response["Cache-Control"]


def test_withdrawing_asks_first(client):
    registration = RegistrationFactory()
    asked = client.get(personal("withdraw", registration))
    registration.refresh_from_db()
    assert (asked.status_code, registration.status) == (200, "seated")

    done = [client.post(personal("withdraw", registration)) for _ in range(2)]
    registration.refresh_from_db()
    assert ([answer.status_code for answer in done], registration.status) == ([302, 302], "withdrawn")
    assert client.get(personal("withdraw", registration)).status_code == 302


def test_after_the_last_day_it_is_too_late_to_withdraw(client):
    registration = RegistrationFactory(programme=an_ended_programme())
    answers = [client.get(personal("withdraw", registration)), client.post(personal("withdraw", registration))]
    registration.refresh_from_db()

    assert ([answer.status_code for answer in answers], registration.status) == ([409, 409], "seated")
    assert "This programme is over; it is too late to withdraw." in answers[0].content.decode()


def test_a_withdrawn_person_is_led_back_after_the_last_day(client):
    registration = RegistrationFactory(programme=an_ended_programme(), withdrawn=True)

    assert client.post(personal("withdraw", registration)).url == reverse(
        "personal_page", args=[registration.link_token]
    )


def test_details_can_be_corrected_but_not_the_address(client):
    registration = RegistrationFactory()
    old = registration.email
    page = client.get(personal("details", registration)).content.decode()
    assert '<option value="KE" selected>' in page

    response = client.post(personal("details", registration), filled(city="Mombasa", country="TZ"))
    registration.refresh_from_db()
    assert (response.status_code, registration.city, registration.country.code, registration.email) == (
        302,
        "Mombasa",
        "TZ",
        old,
    )


def test_details_after_a_withdrawal_are_refused_with_a_sentence(client):
    response = client.post(personal("details", RegistrationFactory(withdrawn=True)), filled())

    assert sentences(response) == ["You withdrew from this programme. To take part after all, register again."]


def test_details_that_cannot_be_taken_say_why(client):
    response = client.post(personal("details", RegistrationFactory()), filled(given_name="http://x.y"))

    assert sentences(response) == ["A name cannot contain a web or e-mail address. Write the name only."]


# Privacy, language, zone


def test_each_version_of_the_privacy_text_has_its_page(client):
    assert client.get(reverse("registrations:privacy", args=[1])).status_code == 200
    assert client.get(reverse("registrations:privacy", args=[99])).status_code == 404


@pytest.mark.parametrize(
    "name, query, cookie, value, target",
    [
        ("set_language", {"code": "fr", "next": "/programmes/"}, "django_language", "fr", "/programmes/"),
        ("set_language", {"code": "xx", "next": "/programmes/"}, "django_language", None, "/programmes/"),
        ("set_language", {"code": "fr", "next": "https://evil.example/"}, "django_language", "fr", "/"),
        ("set_language", {"code": "fr", "next": "//evil.example/"}, "django_language", "fr", "/"),
        ("set_zone", {"zone": "Africa/Nairobi", "next": "/verify/"}, "reader_zone", "Africa/Nairobi", "/verify/"),
        ("set_zone", {"zone": "Mars/Olympus"}, "reader_zone", None, "/"),
        ("set_language", {"code": "fr", "next": "foo"}, "django_language", "fr", "/"),
        ("set_language", {"code": "fr", "next": "personal_page"}, "django_language", "fr", "/"),
        (
            "set_language",
            {"code": "fr", "next": "/verify/?q=\r\nX: y"},
            "django_language",
            "fr",
            "/verify/?q=%0D%0AX:%20y",
        ),
        ("set_language", {"code": "fr", "next": "/\\evil.example"}, "django_language", "fr", "/"),
        ("set_language", {"code": "fr", "next": "//[evil"}, "django_language", "fr", "/"),
        ("set_language", {"code": "fr", "next": "//testserver/verify/"}, "django_language", "fr", "/"),
        ("set_zone", {"zone": "foo", "next": "bar"}, "reader_zone", None, "/"),
        ("set_zone", {"zone": "UTC", "next": "javascript:alert(1)"}, "reader_zone", "UTC", "/"),
    ],
)
def test_choices_are_kept_in_careful_cookies(client, name, query, cookie, value, target):
    response = client.get(reverse(f"registrations:{name}"), query)

    assert (response.status_code, response.url) == (302, target)
    assert (cookie in response.cookies) == (value is not None)
    if value:
        morsel = response.cookies[cookie]
        assert (morsel.value, morsel["httponly"], morsel["samesite"], morsel["secure"]) == (value, True, "Lax", "")


def test_cookies_are_secure_on_a_secure_site(client, settings):
    settings.IS_SECURE_SITE = True
    response = client.get(reverse("registrations:set_language"), {"code": "ar"})

    assert response.cookies["django_language"]["secure"] is True


def test_the_form_speaks_the_readers_language(client):
    client.cookies["django_language"] = "fr"
    page = client.get(address("register", ProgrammeFactory())).content.decode()

    assert '<option value="DE">Allemagne</option>' in page
    assert '<option value="fr" selected>Français</option>' in page


def test_privacy_text_is_read_in_the_readers_language_or_in_the_original(client, settings):
    PrivacyTextFactory(version=2, body="In English.", translations={"ar": {"body": "بالعربية"}})
    pages = {}
    for language in ("ar", "fr"):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        pages[language] = client.get(reverse("registrations:privacy", args=[2])).content.decode()

    assert "<div><p>بالعربية</p></div>" in pages["ar"]
    assert '<div lang="en" dir="ltr"><p>In English.</p></div>' in pages["fr"]

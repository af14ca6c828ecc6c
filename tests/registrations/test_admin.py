import csv
import io
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from registrations.models import Mail, Partner, PrivacyText, Programme, Registration, TeamMember, User
from tests.registrations_factories import (
    NOW,
    MailFactory,
    PartnerFactory,
    PrivacyTextFactory,
    ProgrammeFactory,
    RegistrationFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

PEOPLE = reverse("admin:registrations_registration_changelist")
MAILS = reverse("admin:registrations_mail_changelist")
PROGRAMMES = reverse("admin:registrations_programme_changelist")


def change(row):
    return reverse(f"admin:registrations_{row._meta.model_name}_change", args=[row.pk])


def listed(response):
    return set(response.context["cl"].result_list)


def act(client, url, action, *rows, **extra):
    return client.post(url, {"action": action, "_selected_action": [row.pk for row in rows], **extra}, follow=True)


def messages(response):
    return [str(message) for message in response.context["messages"]]


def programme_data(programme=None, **changes):
    data = {
        "title": "A programme",
        "slug": "a-programme",
        "start_date": "2026-03-10",
        "end_date": "2026-03-24",
        "time_zone": "Africa/Nairobi",
        "language": "en",
        "teaching_languages": ["en", "fr"],
        "registration_opens_at_0": "2026-02-10",
        "registration_opens_at_1": "12:00:00",
        "registration_closes_at_0": "2026-03-09",
        "registration_closes_at_1": "23:59:00",
        "capacity": "",
        "published_at_0": "",
        "published_at_1": "",
    }
    for prefix in ("partners", "team"):
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    return {**data, **changes}


# Who sees what


def test_the_page_for_signing_in_opens(client):
    response = client.get(reverse("admin:login"))

    assert (response.status_code, "Baraza: back office" in response.content.decode()) == (200, True)


def test_organisers_see_their_own_people_only(organiser_client):
    own, other = RegistrationFactory(), RegistrationFactory()
    client = organiser_client(own.programme)

    assert listed(client.get(PEOPLE)) == {own}
    assert client.get(change(own)).status_code == 200
    assert client.get(change(other)).status_code == 302
    assert client.get(change(other.programme)).status_code == 302
    assert other.programme.title not in client.get(PEOPLE).content.decode()


def test_analysts_see_no_person(analyst_client):
    registration = RegistrationFactory()
    mail = MailFactory(registration=registration)
    client = analyst_client(registration.programme)
    urls = [PEOPLE, MAILS, PROGRAMMES, change(registration), change(mail), change(registration.programme)]

    assert [client.get(url).status_code for url in urls] == [403] * 6


def test_organisers_see_no_staff_and_no_privacy_texts(organiser_client):
    client = organiser_client(ProgrammeFactory())
    names = ["user", "privacytext"]

    assert [client.get(reverse(f"admin:registrations_{name}_changelist")).status_code for name in names] == [403, 403]


def test_administrators_open_every_page(administrator_client):
    PrivacyTextFactory()
    registration = RegistrationFactory()
    rows = [
        registration,
        registration.programme,
        MailFactory(registration=registration),
        UserFactory(),
        PrivacyText.objects.get(),
    ]
    lists = [reverse(f"admin:registrations_{row._meta.model_name}_changelist") for row in rows]
    adds = [reverse(f"admin:registrations_{name}_add") for name in ("programme", "user", "privacytext")]

    urls = [reverse("admin:index"), *lists, *adds, *map(change, rows)]
    assert {url: administrator_client.get(url).status_code for url in urls} == dict.fromkeys(urls, 200)


def test_the_personal_link_is_never_shown(administrator_client):
    registration = RegistrationFactory()
    MailFactory(registration=registration)
    pages = [administrator_client.get(url).content.decode() for url in (PEOPLE, change(registration), MAILS)]

    assert [registration.link_token in page for page in pages] == [False, False, False]


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_of_people_costs_the_same_for_one_and_three(administrator_client, people, django_assert_num_queries):
    programme = ProgrammeFactory()
    for _ in range(people):
        RegistrationFactory(programme=programme)

    with django_assert_num_queries(8):
        administrator_client.get(PEOPLE)


# Programmes


def test_an_organiser_who_adds_a_programme_becomes_its_organiser(organiser_client):
    client = organiser_client(ProgrammeFactory())
    response = client.post(reverse("admin:registrations_programme_add"), programme_data())
    programme = Programme.objects.get(slug="a-programme")

    assert response.status_code == 302
    assert programme.teaching_languages == ["en", "fr"]
    assert [(member.role, member.programme) for member in TeamMember.objects.filter(programme=programme)] == [
        ("organiser", programme)
    ]


def test_moments_are_in_the_programmes_own_zone(administrator_client):
    administrator_client.cookies["reader_zone"] = "America/Lima"
    administrator_client.post(reverse("admin:registrations_programme_add"), programme_data())
    programme = Programme.objects.get()
    page = administrator_client.get(change(programme)).content.decode()

    assert programme.registration_closes_at.isoformat() == "2026-03-09T20:59:00+00:00"
    assert 'value="23:59:00"' in page


def test_saving_a_programme_does_not_touch_seats_taken_meanwhile(administrator_client):
    programme = ProgrammeFactory(slug="a-programme", published_at=None, capacity=5)
    Programme.objects.update(seats_taken=3)
    administrator_client.post(change(programme), programme_data(capacity="4"))

    assert list(Programme.objects.values_list("title", "capacity", "seats_taken")) == [("A programme", 4, 3)]


def test_capacity_cannot_fall_below_the_seats_taken(administrator_client):
    programme = ProgrammeFactory(slug="a-programme", published_at=None, capacity=5, seats_taken=3)
    response = administrator_client.post(change(programme), programme_data(capacity="2"))

    assert response.context["adminform"].form.errors == {
        "capacity": ["3 seats are taken already. Choose at least that many."]
    }


def test_a_programme_cannot_end_before_it_starts(administrator_client):
    response = administrator_client.post(
        reverse("admin:registrations_programme_add"), programme_data(end_date="2026-03-01")
    )

    assert response.context["adminform"].form.errors == {"__all__": ["The last day cannot be before the first day."]}


def test_organisers_change_partners_but_not_the_team(organiser_client):
    programme = ProgrammeFactory(slug="a-programme", published_at=None)
    partner = PartnerFactory(programme=programme)
    client = organiser_client(programme)
    assert 'name="team-TOTAL_FORMS"' not in client.get(change(programme)).content.decode()

    partners = {
        "partners-TOTAL_FORMS": "1",
        "partners-INITIAL_FORMS": "1",
        "partners-0-id": partner.pk,
        "partners-0-programme": programme.pk,
        "partners-0-position": "1",
        "partners-0-name": "Renamed",
    }
    intruder = UserFactory()
    team = {"team-TOTAL_FORMS": "1", "team-0-user": intruder.pk, "team-0-role": "organiser"}
    client.post(change(programme), programme_data(**partners, **team))

    assert list(Partner.objects.values_list("name", flat=True)) == ["Renamed"]
    assert TeamMember.objects.filter(user=intruder).exists() is False


def test_a_refused_form_of_a_public_programme_keeps_what_was_typed(administrator_client):
    programme = ProgrammeFactory()
    response = administrator_client.post(change(programme), programme_data(title="Typed", end_date="2026-03-01"))
    page = response.content.decode()

    assert response.context["adminform"].form.errors == {"__all__": ["The last day cannot be before the first day."]}
    assert ('value="Typed"' in page, 'name="slug"' in page, programme.slug in page) == (True, False, True)


def test_a_refused_form_that_publishes_keeps_the_address_that_was_typed(administrator_client):
    programme = ProgrammeFactory(published_at=None)
    moment = {"published_at_0": "2026-03-01", "published_at_1": "12:00:00"}
    typed = programme_data(slug="typed-address", end_date="2026-03-01", **moment)
    page = administrator_client.post(change(programme), typed).content.decode()

    assert ('name="slug" value="typed-address"' in page, 'value="2026-03-01"' in page) == (True, True)


@pytest.mark.parametrize("name", ["title", "contact_name"])
def test_one_line_is_one_line(administrator_client, name):
    url = reverse("admin:registrations_programme_add")
    response = administrator_client.post(url, programme_data(**{name: "One\r\nBcc: two"}))

    assert response.context["adminform"].form.errors == {name: ["Write this on one line, without control characters."]}


def test_lines_are_tidied_and_addresses_checked(administrator_client):
    url = reverse("admin:registrations_programme_add")
    refused = administrator_client.post(url, programme_data(slug="not a slug", contact_email="nobody"))
    assert set(refused.context["adminform"].form.errors) == {"slug", "contact_email"}

    administrator_client.post(url, programme_data(title=" A \u200b  title ", contact_name=""))
    assert list(Programme.objects.values_list("title", "contact_name")) == [("A title", "")]


def test_a_partners_name_is_one_line(organiser_client):
    programme = ProgrammeFactory(slug="a-programme", published_at=None)
    partners = {"partners-TOTAL_FORMS": "1", "partners-0-position": "1", "partners-0-name": "A\nB"}
    response = organiser_client(programme).post(change(programme), programme_data(**partners))

    assert (response.status_code, Partner.objects.count()) == (200, 0)


def test_the_address_of_a_published_programme_stays(administrator_client):
    programme = ProgrammeFactory()
    administrator_client.post(change(programme), programme_data(slug="another"))

    assert Programme.objects.get().slug == programme.slug


# People


@pytest.mark.parametrize("status", ["pending", "seated", "waiting", "withdrawn"])
def test_people_are_filtered_by_status(administrator_client, status):
    programme = ProgrammeFactory()
    traits = {
        "pending": {"pending": True},
        "seated": {},
        "waiting": {"waiting": True},
        "withdrawn": {"withdrawn": True},
    }
    people = {name: RegistrationFactory(programme=programme, **trait) for name, trait in traits.items()}

    assert listed(administrator_client.get(PEOPLE, {"status": status})) == {people[status]}


def test_people_are_filtered_by_country_sector_and_gender_and_found_by_name(administrator_client):
    programme = ProgrammeFactory()
    one = RegistrationFactory(programme=programme, country="FR", sector="ngo", gender="male", organisation="Mairie")
    RegistrationFactory(programme=programme)
    queries = [{"country": "FR"}, {"sector__exact": "ngo"}, {"gender__exact": "male"}, {"q": "mairie"}]

    assert [listed(administrator_client.get(PEOPLE, query)) for query in queries] == [{one}] * 4


def test_an_organiser_corrects_details_under_the_same_rules(organiser_client):
    registration = RegistrationFactory()
    client = organiser_client(registration.programme)
    data = {
        "given_name": " Zoë ",
        "family_name": "",
        "printed_name": "Zoë",
        "gender": "female",
        "country": "NL",
        "sector": "ngo",
        "language": "en",
    }
    refused = client.post(change(registration), {**data, "given_name": "http://x.y"})
    assert refused.context["adminform"].form.errors == {
        "__all__": ["A name cannot contain a web or e-mail address. Write the name only."]
    }
    client.post(change(registration), data)
    registration.refresh_from_db()

    assert (registration.given_name, registration.country.code, registration.status) == ("Zoë", "NL", "seated")


def test_withdrawing_by_staff_asks_first_and_frees_the_seats(organiser_client):
    programme = ProgrammeFactory(capacity=1)
    seated = RegistrationFactory(programme=programme)
    waiting = RegistrationFactory(programme=programme, waiting=True)
    client = organiser_client(programme)

    asked = act(client, PEOPLE, "withdraw", seated)
    assert "Withdraw these registrations?" in asked.content.decode()
    seated.refresh_from_db()
    assert seated.status == "seated"

    act(client, PEOPLE, "withdraw", seated, sure="yes")
    seated.refresh_from_db()
    waiting.refresh_from_db()
    assert (seated.status, waiting.status) == ("withdrawn", "seated")


def test_an_action_cannot_reach_people_of_other_programmes(organiser_client):
    own, other = RegistrationFactory(), RegistrationFactory()
    act(organiser_client(own.programme), PEOPLE, "withdraw", other, sure="yes")
    other.refresh_from_db()

    assert other.status == "seated"


def test_links_are_sent_again_and_revoked(organiser_client):
    registration = RegistrationFactory()
    client = organiser_client(registration.programme)
    old = registration.link_token

    assert messages(act(client, PEOPLE, "send_link_again", registration)) == ["1 link is on its way."]
    act(client, PEOPLE, "revoke_link", registration)
    registration.refresh_from_db()
    assert (Mail.objects.get().kind, registration.link_token == old) == ("link", False)


def test_the_export_has_every_person_and_guards_formulas(organiser_client):
    registration = RegistrationFactory(organisation="=1+1", city="+41 22", family_name="Ünlü")
    response = act(organiser_client(registration.programme), PEOPLE, "export_csv", registration)
    content = b"".join(response.streaming_content)
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))

    assert content.startswith(b"\xef\xbb\xbf")
    assert [(row["organisation"], row["city"], row["family_name"], row["status"]) for row in rows] == [
        ("'=1+1", "'+41 22", "Ünlü", "seated")
    ]
    assert "link_token" not in rows[0]


# Mail


def test_a_person_sends_a_doubtful_mail_again(organiser_client):
    mail = MailFactory(claimed_at=NOW, doubtful_at=NOW)
    sent = MailFactory(registration=mail.registration, sent_at=NOW)
    client = organiser_client(mail.programme)
    response = act(client, MAILS, "send_again", mail, sent)
    mail.refresh_from_db()

    assert messages(response) == ["1 mail is in the queue again; others had not failed."]
    assert mail.status == "queued"


def test_mails_are_filtered_by_state(administrator_client):
    registration = RegistrationFactory()
    moments = {
        "queued": {},
        "sending": {"claimed_at": NOW},
        "sent": {"claimed_at": NOW, "sent_at": NOW},
        "doubtful": {"claimed_at": NOW, "doubtful_at": NOW},
        "failed": {"claimed_at": NOW, "failed_at": NOW},
        "held": {"held_at": NOW},
    }
    mails = {name: MailFactory(registration=registration, **state) for name, state in moments.items()}
    found = {name: listed(administrator_client.get(f"{MAILS}?{urlencode({'status': name})}")) for name in mails}

    assert found == {name: {mail} for name, mail in mails.items()}
    assert {name: mail.status for name, mail in mails.items()} == {name: name for name in mails}


def test_mail_is_for_reading(administrator_client):
    mail = MailFactory()
    response = administrator_client.post(change(mail), {"subject": "Other"})
    mail.refresh_from_db()

    assert (response.status_code, mail.subject) == (403, "A subject")


# Privacy texts, staff


def test_a_privacy_text_somebody_agreed_to_is_not_changed_but_read_in_more_languages(administrator_client):
    text = RegistrationFactory(privacy_text__version=2).privacy_text
    posted = {"version": 7, "body": "Other", "published_at_0": "2030-01-01", "published_at_1": "00:00"}
    administrator_client.post(change(text), {**posted, "body_fr": "En français."})
    administrator_client.post(change(text), {**posted, "body_fr": "Autre chose.", "body_ar": "بالعربية"})
    before = (text.version, text.body, text.published_at)
    text.refresh_from_db()

    assert (text.version, text.body, text.published_at) == before
    assert text.translations == {"fr": {"body": "En français."}, "ar": {"body": "بالعربية"}}


def test_a_privacy_text_nobody_agreed_to_is_changed(administrator_client):
    text = PrivacyTextFactory(version=3)
    posted = {"version": 3, "body": "Better.", "published_at_0": "2026-01-01", "published_at_1": "00:00"}
    administrator_client.post(change(text), posted)
    text.refresh_from_db()

    assert (text.body, text.translations) == ("Better.", {})


def test_a_new_privacy_text_starts_as_the_next_version(administrator_client):
    PrivacyTextFactory()
    page = administrator_client.get(reverse("admin:registrations_privacytext_add"))

    assert page.context["adminform"].form.initial["version"] == 2


def test_an_administrator_adds_a_member_of_staff(administrator_client):
    data = {
        "username": "new",
        "email": "new@example.org",
        "usable_password": "true",
        "password1": "correct horse battery",
        "password2": "correct horse battery",
        "is_staff": "on",
    }
    administrator_client.post(reverse("admin:registrations_user_add"), data)
    user = User.objects.get(username="new")

    assert (user.is_staff, user.is_administrator, Registration.objects.count()) == (True, False, 0)

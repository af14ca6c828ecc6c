"""One's own data: seen, downloaded, and the consent to it."""

import csv
import io
import json

import pytest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone

from registrations.models import Consent, Mail
from registrations.spreadsheet import unguarded
from reports.own_data import CSV_HEADER, MOST_SHOWN
from tests.certificates_factories import CertificateFactory
from tests.registrations_factories import NOW, MailFactory, PrivacyTextFactory, RegistrationFactory
from tests.sessions_factories import AFTERWARDS, AttendanceFactory, AttendanceRowFactory, TrainingSessionFactory
from tests.surveys_factories import DraftFactory, ResponseFactory, SurveyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def go(client, monkeypatch):
    """`go(registration, name, at=moment, **posted)`: a page of the person's own, looked at or sent to."""

    def ask(registration, name="own_data", at=NOW, **posted):
        monkeypatch.setattr(timezone, "now", lambda: at)
        address = reverse(f"reports:{name}", args=[registration.link_token])
        return client.post(address, posted) if posted else client.get(address)

    return ask


def stored(go, registration):
    return json.loads(go(registration, "own_data_json").content)


def full_person(number=1):
    """Somebody of whom there are rows of many kinds, `number` of each."""
    registration = RegistrationFactory()
    for _each in range(number):
        MailFactory(registration=registration, subject="A subject")
        session = TrainingSessionFactory(programme=registration.programme)
        AttendanceFactory(session=session, registration=registration)
        survey = SurveyFactory(programme=registration.programme)
        ResponseFactory(survey=survey, registration=registration, answers={"why": "=1+1", "score": "4"})
        DraftFactory(survey=survey, registration=registration)
    return registration


def test_download_tells_everything_of_the_person_and_nothing_of_another(go):
    registration = RegistrationFactory(email="own@example.org", given_name="Amina", family_name="Otieno")
    other = RegistrationFactory(programme=registration.programme)
    for each in (registration, other):
        session = TrainingSessionFactory(programme=registration.programme)
        AttendanceFactory(session=session, registration=each, seconds=each.pk)
        AttendanceRowFactory(
            attendance_import__session=session, registration=each, name=each.printed_name, email=each.email
        )
        CertificateFactory(registration=each, printed_name=each.printed_name)
    found = stored(go, registration)
    assert [each["email"] for each in found["registration"]] == ["own@example.org"]
    assert [each["seconds"] for each in found["attendance"]] == [registration.pk]
    assert [each["identity__name"] for each in found["attendance_lines"]] == ["Amina Otieno"]
    assert [each["printed_name"] for each in found["certificates"]] == ["Amina Otieno"]
    assert other.email not in json.dumps(found)


def test_download_as_json_and_as_table_say_the_same_and_their_sizes_stand_beside_them(go):
    registration = full_person()
    page = go(registration).content.decode()
    for name in ("own_data_json", "own_data_csv"):
        assert f"(<bdi>{filesizeformat(len(go(registration, name).content))}</bdi>)" in page
    table = go(registration, "own_data_csv").content.decode("utf-8-sig")
    header, *lines = csv.reader(io.StringIO(table))
    found = stored(go, registration)
    expected = {
        (part, str(number), name): "" if value is None else str(value)
        for part, items in found.items()
        if isinstance(items, list)
        for number, item in enumerate(items, start=1)
        for name, value in item.items()
    }
    assert tuple(header) == CSV_HEADER
    assert {tuple(line[:3]): unguarded(line[3]) for line in lines} == expected
    assert ["answers", "1", "answers.why", "'=1+1"] in lines


@pytest.mark.parametrize("number", [1, 3])
def test_page_needs_as_many_queries_for_three_rows_as_for_one(go, number, django_assert_num_queries):
    registration = full_person(number)
    with django_assert_num_queries(34):
        assert go(registration).status_code == 200


def test_page_shows_the_latest_rows_and_the_download_has_all(go):
    registration = RegistrationFactory()
    MailFactory.create_batch(MOST_SHOWN + 1, registration=registration)
    assert "1 more is in the download." in go(registration).content.decode()
    assert len(stored(go, registration)["mails"]) == MOST_SHOWN + 1


def test_page_escapes_what_people_wrote(go):
    page = go(RegistrationFactory(organisation="<script>alert(1)</script>")).content.decode()
    assert "<script>alert" not in page


def test_pages_are_never_cached_and_an_unknown_link_leads_nowhere(go, client):
    response = go(RegistrationFactory(), "own_data_json")
    assert "no-store" in response["Cache-Control"]
    assert client.get(reverse("reports:own_data", args=["nobody"])).status_code == 404


def test_consent_is_asked_about_before_it_is_withdrawn(go):
    PrivacyTextFactory()
    registration = RegistrationFactory()
    assert "Do you want to withdraw your consent?" in go(registration, "own_consent").content.decode()
    registration.refresh_from_db()
    assert registration.has_consent


def test_withdrawn_consent_gives_the_seat_back_and_can_be_given_again(go):
    text = PrivacyTextFactory(version=2)
    registration = RegistrationFactory()
    go(registration, "own_consent", consent="withdraw")
    registration.refresh_from_db()
    assert (registration.consent_withdrawn_at, registration.withdrawn_at, registration.seated_at) == (NOW, NOW, None)
    assert "You withdrew your consent on" in go(registration).content.decode()
    first = registration.privacy_text
    unsure = go(registration, "own_consent", consent="give")
    assert "Tick the box" in unsure.content.decode()
    go(registration, "own_consent", at=AFTERWARDS, consent="give", agreed_to="2")
    registration.refresh_from_db()
    assert (registration.consent_withdrawn_at, registration.consented_at, registration.privacy_text) == (
        None,
        AFTERWARDS,
        text,
    )
    assert list(Consent.objects.values_list("privacy_text", "withdrawn_at")) == [(first.pk, NOW)]
    assert Mail.objects.get(held_at=None).kind == "consent_withdrawn"


def test_agreeing_to_another_version_than_the_one_in_force_is_asked_again(go):
    PrivacyTextFactory(version=2)
    registration = RegistrationFactory(consent_withdrawn_at=NOW)
    go(registration, "own_consent", consent="give", agreed_to="1" * 5000)
    registration.refresh_from_db()
    assert not registration.has_consent


def test_personal_page_leads_to_the_data_also_after_a_withdrawal(client):
    for registration in (RegistrationFactory(), RegistrationFactory(withdrawn=True)):
        address = reverse("reports:own_data", args=[registration.link_token])
        page = client.get(reverse("personal_page", args=[registration.link_token])).content.decode()
        assert page.count(f'href="{address}"') == 1

"""Erasing a person: nothing of who it was is left in any table, and every figure stays as it was."""

import json

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils import timezone

from certificates.models import Certificate, CertificateFile, Confirmation, NameConfirmation, NameRequest, Override
from registrations.erased import ERASED
from registrations.models import (
    AddressChange,
    Block,
    Bounce,
    Contact,
    Mail,
    Partnership,
    Profile,
    ProfileReport,
    Programme,
    Registration,
)
from registrations.people.contacts import agree, ask
from registrations.people.partnerships import record
from registrations.people.profiles import ProfileDetails, opt_in
from registrations.people.safety import block, report
from reports.erasure import erase_person, relations
from reports.results import compute_results
from sessions.models import (
    Attendance,
    AttendanceIdentity,
    AttendanceImport,
    CheckIn,
    CorrectionRequest,
    HandEntry,
    LanguageChoice,
)
from surveys.models import AnsweredMark, Draft, Invitation, Response
from surveys.results import survey_results
from tests.certificates_factories import CertificateFactory
from tests.registrations_factories import (
    NOW,
    MailFactory,
    ProgrammeFactory,
    RegistrationFactory,
    TeamMemberFactory,
    UserFactory,
    member,
)
from tests.sessions_factories import (
    AFTERWARDS,
    AttendanceFactory,
    AttendanceIdentityFactory,
    AttendanceImportFactory,
    AttendanceRowFactory,
    TrainingSessionFactory,
)
from tests.surveys_factories import DraftFactory, QuestionFactory, ResponseFactory, SurveyFactory

pytestmark = pytest.mark.django_db

WHO = {"given_name": "Zuleikha", "family_name": "Mbarushimana", "email": "zuleikha@personal.example"}
WORDS = ("zuleikha", "mbarushimana", "+254 700 123 456", "kisumu", "lakeside works", "head of docks")
MAY_STAY = {Certificate: {"printed_name", "latin_name"}, CertificateFile: {"content"}, Response: {"city"}}


def full_person(**more):
    """Somebody with a row in every table that leads to a registration, full of names."""
    name = "Zuleikha Mbarushimana"
    person = RegistrationFactory(**WHO, city="Kisumu", organisation="Lakeside Works", position="Head of docks", **more)
    programme, staff = person.programme, UserFactory()
    mail = MailFactory(registration=person, body=f"Hello {name}")
    Bounce.objects.create(mail=mail, noted_at=NOW, way="report", is_hard=True, reason="other", words=f"No {name}")
    AddressChange.objects.create(registration=person, new_address=f"new-{person.email}", asked_at=NOW)
    session = TrainingSessionFactory(programme=programme)
    content = f"{name},{person.email}\n".encode()
    upload = AttendanceImportFactory(session=session, applied=True, content=content, file_name=f"{name}.csv")
    AttendanceImportFactory(session=session, refused_at=NOW, content=b"Refused: " + content)
    AttendanceRowFactory(
        attendance_import=upload, registration=person, name=name, email=person.email, meeting=f"{name}’s meeting"
    )
    AttendanceIdentityFactory(programme=programme, name=name.upper(), email="")
    AttendanceIdentityFactory(programme=programme, name="Z", email=person.email.upper())
    AttendanceFactory(session=session, registration=person, note=f"{name} rang from +254 700 123 456")
    HandEntry.objects.create(registration=person, session=session, minutes=90, note=name, entered_at=NOW)
    CheckIn.objects.create(registration=person, session=session, way="typed", came_at=NOW, confirmed_at=NOW)
    LanguageChoice.objects.create(registration=person, session=session, language="fr", chosen_at=NOW)
    request = {"registration": person, "session": session, "sentence": f"I am {name}", "asked_at": NOW}
    CorrectionRequest.objects.create(**request)
    CorrectionRequest.objects.create(**request, answered_at=NOW, answer=f"Dear {name}, no.")
    survey = SurveyFactory(programme=programme)
    QuestionFactory(survey=survey, name="score")
    QuestionFactory(survey=survey, name="why", kind="text")
    QuestionFactory(survey=survey, name="else", kind="text")
    ResponseFactory(survey=survey, registration=person, answers={"score": "4", "why": f"{name} says", "else": ""})
    Invitation.objects.create(survey=survey, registration=person, invited_at=NOW)
    DraftFactory(survey=SurveyFactory(programme=programme), registration=person, answers={"why": name})
    CertificateFactory(registration=person, printed_name=name)
    NameConfirmation.objects.create(registration=person, printed_name=name, latin_name=name, confirmed_at=NOW)
    NameRequest.objects.create(
        registration=person, printed_name=name, asked_at=NOW, answered_at=NOW, refused_because=f"Not {name}"
    )
    NameRequest.objects.create(registration=person, printed_name=name, asked_at=NOW)
    Confirmation.objects.create(registration=person, given_at=NOW, note=f"{name} is fine")
    Override.objects.create(registration=person, given_at=NOW, reason=f"{name} was ill")
    Programme.objects.filter(pk=programme.pk).update(directory_opened_at=NOW)
    others = [member(programme), member(programme)]
    details = {"languages": ("en",), "about": f"I am {name}", "offered_words": ("Kisumu docks",)}
    profile = opt_in(person, ProfileDetails(**details, contact="+254 700 123 456"), now=NOW)
    agreed = agree(ask(person, others[0], sentence=f"{name} here", now=NOW), by=others[0].registration, now=NOW)
    ask(others[1].registration, profile, sentence=f"Dear {name}", now=NOW)
    for subject in (f"With {name}", f"More with {name}"):
        record(agreed, by=person, subject=subject, month=NOW.date(), now=NOW)
    Partnership.objects.filter(subject__startswith="With").update(confirmed_at=NOW)
    report(person, others[1], text=f"{name} complains", now=NOW)
    report(others[1].registration, profile, text=f"{name} is rude", now=NOW)
    ask(person, member(programme), sentence="Hello", now=NOW)
    block(others[1].registration, person, now=NOW)
    for model, row in ((Registration, person), (HandEntry, HandEntry.objects.get())):
        LogEntry.objects.create(
            user=staff,
            content_type=ContentType.objects.get_for_model(model),
            object_id=str(row.pk),
            object_repr=str(row),
            action_flag=2,
            change_message=f"Changed {name}",
        )
    return person


def findings():
    """Every column of every table that holds one of the person's words, but those that may."""
    found = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.name in MAY_STAY.get(model, ()):
                continue
            for value in model._base_manager.values_list(field.attname, flat=True):
                if any(word in _text(value, field) for word in WORDS):
                    found.add(f"{model.__name__}.{field.name}")
    return sorted(found)


def _text(value, field):
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).decode(errors="replace").lower()
    if isinstance(field, models.JSONField):
        return json.dumps(value, ensure_ascii=False).lower()
    return str(value).lower()


def test_nothing_of_who_it_was_is_left_in_any_table():
    person = full_person()
    assert len(findings()) > 20
    erase_person(person, now=AFTERWARDS)
    assert findings() == []


def test_every_table_that_leads_to_a_person_was_thought_of():
    known = {
        "Acceptance", "AddressChange", "AnsweredMark", "Attendance", "AttendanceEvent", "AttendanceIdentity", "Block",
        "Certificate", "CheckIn", "Confirmation", "Consent", "Contact", "CorrectionRequest", "Draft", "HandEntry",
        "Invitation", "LanguageChoice", "Mail", "NameConfirmation", "NameRequest", "Override", "Partnership", "Profile",
        "ProfileReport", "Response",
    }  # fmt: skip
    assert {relation.related_model.__name__ for relation in relations()} == known


def test_of_the_directory_only_what_is_counted_stays():
    person = full_person()
    erase_person(person, now=AFTERWARDS)
    assert (Profile.objects.filter(registration=person).exists(), Block.objects.exists()) == (False, False)
    assert list(Contact.objects.values_list("sentence", flat=True)) == [ERASED] * 3
    assert (Contact.objects.open().count(), ProfileReport.objects.open().count()) == (0, 0)
    assert (Partnership.objects.count(), Partnership.objects.confirmed().count()) == (1, 1)
    assert set(ProfileReport.objects.values_list("text", "evidence")) == {(ERASED, "")}


def test_figures_stay_as_they_were():
    person = full_person()
    survey = Response.objects.get().survey
    other = RegistrationFactory(programme=person.programme)
    ResponseFactory(survey=survey, registration=other, answers={"score": "2", "why": "So."})
    before = (compute_results(person.programme), survey_results(survey))
    erase_person(person, now=AFTERWARDS)
    assert before[1].question("why").statistics.n == 2
    assert (compute_results(person.programme), survey_results(survey)) == before


def test_what_is_counted_stays_and_what_says_who_it_was_goes():
    person = full_person()
    token, seated = person.link_token, person.seated_at
    erase_person(person, now=AFTERWARDS)
    kept = (person.gender, str(person.country), person.sector, person.language, person.seated_at)
    gone = (person.city, person.organisation, person.position, person.family_name)
    assert (kept, gone) == (("female", "KE", "government", "en", seated), ("", "", "", ""))
    assert (str(person), person.erased_at, person.erased_by, person.link_token == token) == (
        ERASED,
        AFTERWARDS,
        None,
        False,
    )
    response = Response.objects.get()
    assert (response.registration, response.answers) == (None, {"score": "4", "why": ERASED, "else": ""})
    assert (Draft.objects.count(), AnsweredMark.objects.count(), Mail.objects.count()) == (0, 1, 0)
    assert Certificate.objects.get().printed_name == "Zuleikha Mbarushimana"


def test_file_loses_its_content_and_keeps_its_hash():
    person = full_person()
    before = dict(AttendanceImport.objects.values_list("pk", "sha256"))
    erase_person(person, now=AFTERWARDS)
    files = AttendanceImport.objects.all()
    assert dict(files.values_list("pk", "sha256")) == before
    assert [(bytes(each.content), each.content_dropped_at) for each in files] == [(b"", AFTERWARDS)] * 2


def test_file_without_the_person_and_one_that_waits_to_be_read_are_kept():
    person = full_person()
    session = TrainingSessionFactory(programme=person.programme)
    kept = [AttendanceImportFactory(session=session), AttendanceImportFactory(session=session, applied=True)]
    erase_person(person, now=AFTERWARDS)
    files = AttendanceImport.objects.filter(pk__in=[each.pk for each in kept])
    assert set(files.values_list("content_dropped_at", flat=True)) == {None}


def test_somebody_else_of_the_same_name_is_left_alone():
    person = full_person()
    other = RegistrationFactory(programme=person.programme, printed_name=person.printed_name, email="other@example.org")
    own = AttendanceIdentityFactory(
        programme=person.programme, name=person.printed_name, email=other.email, registration=other, decision="auto"
    )
    unknown = AttendanceIdentityFactory(programme=person.programme, name=person.printed_name, email="a@example.org")
    erase_person(person, now=AFTERWARDS)
    names = AttendanceIdentity.objects.filter(pk__in=[own.pk, unknown.pk]).values_list("name", flat=True)
    assert list(names) == ["Zuleikha Mbarushimana"] * 2
    assert Registration.objects.get(pk=other.pk).printed_name == "Zuleikha Mbarushimana"


def test_erasing_twice_is_erasing_once():
    person = full_person()
    erase_person(person, now=AFTERWARDS)
    address = person.email
    erase_person(person, by=UserFactory(), now=timezone.now())
    assert (person.email, person.erased_at, person.erased_by) == (address, AFTERWARDS, None)
    assert Attendance.objects.get().seconds == 7200


def test_erasing_before_the_first_day_gives_the_seat_to_who_waits():
    programme = ProgrammeFactory(capacity=1)
    person = RegistrationFactory(programme=programme)
    waiting = RegistrationFactory(programme=programme, waiting=True)
    erase_person(person, now=NOW)
    waiting.refresh_from_db()
    assert (person.seated_at, person.withdrawn_at, waiting.is_seated) == (None, NOW, True)


def test_somebody_erased_who_waited_does_not_move_up():
    waiting = RegistrationFactory(waiting=True)
    erase_person(waiting, now=AFTERWARDS)
    assert (waiting.is_waiting, waiting.withdrawn_at) == (False, AFTERWARDS)


@pytest.fixture
def at_afterwards(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: AFTERWARDS)


@pytest.mark.usefixtures("at_afterwards")
def test_page_asks_for_a_tick_and_then_erases(client):
    person = full_person()
    address = reverse("reports:erase_own_data", args=[person.link_token])
    assert "Download the certificate (PDF)" in client.get(address).content.decode()
    assert "Tick the box" in client.post(address).content.decode()
    response = client.post(address, {"sure": "yes"}, follow=True)
    assert (response.redirect_chain[-1][0], response.status_code) == (reverse("reports:data_erased"), 200)
    assert client.get(address).status_code == 404
    assert findings() == []


@pytest.mark.usefixtures("at_afterwards")
def test_certificate_is_verified_after_its_owner_was_erased(client):
    person = full_person()
    erase_person(person, now=AFTERWARDS)
    page = client.get(reverse("certificates:verify", args=[Certificate.objects.get().code]))
    assert "Zuleikha Mbarushimana" in page.content.decode()


@pytest.mark.usefixtures("at_afterwards")
def test_organiser_erases_on_somebodys_behalf_and_is_recorded(client):
    person = full_person()
    organiser = TeamMemberFactory(programme=person.programme).user
    client.force_login(organiser)
    address = reverse("erase_on_behalf", args=[person.pk])
    change = reverse("admin:registrations_registration_change", args=[person.pk])
    assert f'href="{address}"' in client.get(change).content.decode()
    assert "Tick the box first." in client.post(address).content.decode()
    page = client.post(address, {"sure": "yes"}, follow=True)
    person.refresh_from_db()
    assert (page.status_code, person.erased_by, findings()) == (200, organiser, [])


def test_analysts_and_organisers_of_other_programmes_may_not_erase(client):
    person = RegistrationFactory()
    analyst = TeamMemberFactory(programme=person.programme, role="analyst").user
    for user in (analyst, TeamMemberFactory().user):
        client.force_login(user)
        assert client.post(reverse("erase_on_behalf", args=[person.pk]), {"sure": "yes"}).status_code == 404
    person.refresh_from_db()
    assert not person.is_erased

"""Retention: what is over its time goes by itself, attendance logs first, and no figure changes."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations.erased import ERASED, NOBODY
from registrations.models import Mail, Registration, Retention, RetentionRecord
from registrations.retaining import set_retention
from registrations.retention import Kind, due_date
from reports.results import compute_results
from reports.retention import carry_out
from sessions.actions import approve_import, recount_presence, request_undo, upload_report
from sessions.errors import Refused
from sessions.models import Attendance, AttendanceIdentity, AttendanceImport, AttendanceRow
from surveys.models import Draft, Response
from surveys.results import survey_results
from tests.registrations_factories import NOW, MailFactory, RegistrationFactory, TeamMemberFactory
from tests.reports.test_erasure import findings, full_person
from tests.sessions_factories import AFTERWARDS, AttendanceFactory, AttendanceImportFactory, TrainingSessionFactory
from tests.surveys_factories import ResponseFactory

KEEP = {"log_days": None, "mail_days": None, "text_days": None, "person_days": None}
LONG_AFTER = AFTERWARDS + dt.timedelta(days=400)
DAY = dt.timedelta(days=1)


def kept(programme, *, set_at=NOW, **days):
    return set_retention(Retention(programme=programme, **{**KEEP, **days}), now=set_at)


def still():
    """A clock that stands: a busy machine must not end the work early."""
    return LONG_AFTER


def recorded(programme):
    return {row.what: row.count for row in RetentionRecord.objects.filter(programme=programme)}


@pytest.mark.parametrize(
    ("days", "set_on", "expected"),
    [
        (None, None, None),
        (30, None, dt.date(2026, 4, 30)),
        (30, dt.date(2026, 4, 22), dt.date(2026, 4, 30)),
        (30, dt.date(2026, 5, 1), dt.date(2026, 5, 8)),
    ],
)
def test_due_date_is_so_many_days_after_the_end_and_never_without_notice(days, set_on, expected):
    assert due_date(dt.date(2026, 3, 31), days, set_on) == expected


def test_due_date_at_the_end_of_the_calendar():
    assert due_date(dt.date(9999, 12, 1), 300, None) == dt.date.max


@pytest.mark.django_db
def test_nothing_goes_before_somebody_said_so_or_before_its_day():
    mail = MailFactory(sent_at=NOW)
    programme = mail.registration.programme
    AttendanceImportFactory(session=TrainingSessionFactory(programme=programme), applied=True)
    assert (carry_out(now=LONG_AFTER, clock=still), Retention.of(programme).days(Kind.LOGS)) == (0, None)
    retention = kept(programme, log_days=100, mail_days=100)
    midnight = dt.datetime.combine(retention.due_date(Kind.LOGS), dt.time(), programme.zone)
    assert carry_out(now=midnight - dt.timedelta(seconds=1), clock=still) == 0
    assert (carry_out(now=midnight, clock=still), recorded(programme)) == (2, {"files": 1, "mails": 1})


@pytest.mark.django_db
def test_attendance_logs_go_and_minutes_certificates_and_figures_stay():
    person = full_person()
    programme, survey = person.programme, Response.objects.get().survey
    waiting = AttendanceImportFactory(session=programme.sessions.first(), previewed=True)
    before = (compute_results(programme), survey_results(survey), list(Attendance.objects.values()))
    rows = AttendanceRow.objects.count()
    kept(programme, log_days=100)
    assert carry_out(now=LONG_AFTER, clock=still) > 0
    assert (compute_results(programme), survey_results(survey), list(Attendance.objects.values())) == before
    assert (AttendanceRow.objects.count(), rows) == (0, 1)
    assert {bytes(each.content) for each in AttendanceImport.objects.all()} == {b""}
    assert set(AttendanceImport.objects.values_list("file_name", flat=True)) == {ERASED}
    assert {each.name.split()[0] for each in AttendanceIdentity.objects.all()} == {ERASED}
    assert recorded(programme) == {"files": 3, "lines": 1, "names": 3}
    waiting.refresh_from_db()
    assert waiting.undone_at == LONG_AFTER
    assert not [place for place in findings() if place.startswith(("AttendanceI", "AttendanceR"))]
    assert carry_out(now=LONG_AFTER + DAY, clock=still) == 0


@pytest.mark.django_db
def test_minutes_stay_when_a_session_is_counted_again_and_files_are_neither_added_nor_undone():
    person = full_person()
    session, upload = person.programme.sessions.get(), AttendanceImport.objects.get(applied_at__isnull=False)
    kept(person.programme, log_days=100)
    carry_out(now=LONG_AFTER, clock=still)
    session.refresh_from_db()
    upload.refresh_from_db()
    recount_presence(session, now=LONG_AFTER)
    assert Attendance.objects.get().seconds == 7200
    with pytest.raises(Refused, match="enter what is missing by hand"):
        request_undo(upload, now=LONG_AFTER)
    with pytest.raises(Refused, match="enter what is missing by hand"):
        upload_report(session, file_name="a.csv", content=b"x", time_zone="UTC", now=LONG_AFTER)


@pytest.mark.django_db
def test_logs_wait_while_a_file_is_being_counted():
    session = TrainingSessionFactory()
    kept(session.programme, log_days=100)
    upload = AttendanceImportFactory(session=session, previewed=True)
    approve_import(upload, now=AFTERWARDS)
    assert carry_out(now=LONG_AFTER, clock=still) == 0
    session.programme.refresh_from_db()
    assert session.programme.logs_deleted_at is None


@pytest.mark.django_db
def test_mails_lose_their_texts_and_are_never_sent_again():
    mail = MailFactory(sent_at=NOW)
    programme = mail.registration.programme
    failed = MailFactory(registration=mail.registration, failed_at=NOW, error="550 no such user")
    queued = MailFactory(registration=mail.registration)
    kept(programme, mail_days=100)
    carry_out(now=LONG_AFTER, clock=still)
    rows = {row.pk: (row.to, row.subject, row.body, row.error, row.status.value) for row in Mail.objects.all()}
    assert (rows[mail.pk], rows[failed.pk]) == (
        (NOBODY, ERASED, "", "", "sent"),
        (NOBODY, ERASED, "", "", "held"),
    )
    assert (rows[queued.pk][0], recorded(programme)) == (queued.to, {"mails": 2})
    assert {row.key for row in Mail.objects.all()} == {mail.key, failed.key, queued.key}


@pytest.mark.django_db
def test_texts_go_from_responses_and_drafts_and_every_figure_stays():
    person = full_person()
    survey = Response.objects.get().survey
    other = RegistrationFactory(programme=person.programme)
    ResponseFactory(survey=survey, registration=other, answers={"score": "2", "why": "So.", "else": ""})
    Draft.objects.update(survey=survey)
    before = (compute_results(person.programme), survey_results(survey))
    kept(person.programme, text_days=100)
    carry_out(now=LONG_AFTER, clock=still)
    assert [row.answers for row in Response.objects.order_by("pk")] == [
        {"score": "4", "why": ERASED, "else": ""},
        {"score": "2", "why": ERASED, "else": ""},
    ]
    assert (Draft.objects.get().answers, Response.objects.filter(registration=person).count()) == ({"why": ERASED}, 1)
    assert (compute_results(person.programme), survey_results(survey)) == before
    assert (recorded(person.programme), carry_out(now=LONG_AFTER, clock=still)) == ({"responses": 2, "drafts": 1}, 0)


@pytest.mark.django_db
def test_people_go_last_and_every_figure_stays():
    person = full_person()
    other = RegistrationFactory(programme=person.programme)
    AttendanceFactory(session=person.programme.sessions.get(), registration=other)
    survey = Response.objects.get().survey
    before = (compute_results(person.programme), survey_results(survey))
    kept(person.programme, log_days=100, person_days=200)
    carry_out(now=LONG_AFTER, clock=still)
    assert (findings(), Registration.objects.filter(erased_at__isnull=True).count()) == ([], 0)
    assert (compute_results(person.programme), survey_results(survey)) == before
    everybody = Registration.objects.for_programme(person.programme).count()
    assert recorded(person.programme) == {"files": 2, "lines": 1, "names": 3, "people": everybody}


@pytest.mark.django_db
def test_carrying_out_stops_when_its_time_is_over_and_goes_on_the_next_time():
    person = full_person()
    kept(person.programme, log_days=100)
    ticks = iter(LONG_AFTER + dt.timedelta(seconds=seconds) for seconds in (0, 19, 21, 22))
    carry_out(now=LONG_AFTER, clock=lambda: next(ticks))
    assert (recorded(person.programme), AttendanceRow.objects.count()) == ({"files": 2}, 1)
    carry_out(now=LONG_AFTER + DAY, clock=still)
    assert AttendanceRow.objects.count() == 0


@pytest.mark.django_db
def test_setting_the_same_again_changes_nothing_and_a_change_gives_notice_anew():
    programme = TrainingSessionFactory().programme
    kept(programme, log_days=100)
    again = kept(programme, log_days=100, set_at=LONG_AFTER)
    assert again.set_at == NOW
    changed = kept(programme, log_days=10, set_at=LONG_AFTER)
    assert changed.due_date(Kind.LOGS) == LONG_AFTER.date() + dt.timedelta(days=7)


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "people"), [(None, 10), (20, 10)])
def test_logs_cannot_be_kept_longer_than_people(client, afterwards, days, people):
    member = TeamMemberFactory()
    client.force_login(member.user)
    address = reverse("admin:reports_workspace_retention", args=[member.programme.pk])
    page = client.post(address, {"log_days": days or "", "person_days": people, "save": "1"})
    assert (page.status_code, "go first" in page.content.decode(), Retention.objects.count()) == (422, True, 0)


@pytest.mark.django_db
def test_page_suggests_shows_and_saves(client, afterwards):
    person = full_person()
    organiser = TeamMemberFactory(programme=person.programme).user
    client.force_login(organiser)
    address = reverse("admin:reports_workspace_retention", args=[person.programme.pk])
    assert "Nothing is set yet, so everything is kept." in client.get(address).content.decode()
    typed = {"log_days": "30", "mail_days": "", "text_days": "", "person_days": ""}
    looked = client.post(address, {**typed, "look": "1"}).content.decode()
    assert ("This is not saved yet." in looked, Retention.objects.count()) == (True, 0)
    client.post(address, {**typed, "save": "1"})
    retention = Retention.objects.get()
    assert (retention.log_days, retention.mail_days, retention.set_by) == (30, None, organiser)
    opened = client.get(address).context["form"].opened
    client.post(address, {**typed, "log_days": "20", "opened": opened, "save": "1"})
    overtaken = client.post(address, {**typed, "log_days": "40", "opened": opened, "save": "1"})
    assert ("“20”" in overtaken.content.decode(), Retention.objects.get().log_days) == (True, 20)
    carry_out(now=LONG_AFTER, clock=still)
    assert "What went already" in client.get(address).content.decode()
    for wrong in ("0", "-1", "9" * 4400, "3651", "x"):
        assert client.post(address, {**typed, "log_days": wrong, "save": "1"}).status_code == 422


@pytest.mark.django_db
def test_page_is_for_organisers_of_the_programme_only(client):
    programme = TeamMemberFactory().programme
    for member in (TeamMemberFactory(), TeamMemberFactory(programme=programme, role="analyst")):
        client.force_login(member.user)
        assert client.get(reverse("admin:reports_workspace_retention", args=[programme.pk])).status_code == 404


@pytest.mark.django_db
def test_own_data_says_until_when_each_kind_is_kept(client, monkeypatch):
    person = full_person()
    monkeypatch.setattr(timezone, "now", lambda: AFTERWARDS)
    address = reverse("reports:own_data", args=[person.link_token])
    assert "Kept until you have it erased." in client.get(address).content.decode()
    retention = kept(person.programme, log_days=30, text_days=60, person_days=90)
    page = client.get(address).content.decode()
    due = {kind: retention.due_date(kind) for kind in Kind if retention.days(kind)}
    days = {kind: f"{day.day} {day:%B} {day.year}" for kind, day in due.items()}
    assert f"Kept until {days[Kind.LOGS]}." in page
    assert f"What you wrote in your own words is kept until {days[Kind.TEXTS]}." in page
    assert f"Kept with your name until {days[Kind.PEOPLE]}." in page
    assert "Your certificate is kept for good" in page

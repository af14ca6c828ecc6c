"""A programme with 100,000 registrations and what comes of them, filled by PostgreSQL itself from one row of each kind.

`bench.organisers` runs it by `manage.py shell` on the database of the 2022 programme. Arguments come in the environment:
`BENCH_CROWD`, how many people (100,000). It prints the login of an organiser as cookies, one JSON object.
"""

import datetime as dt
import json
import os
from collections.abc import Mapping
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from bench.stage import SLUG
from certificates.actions import draft_rule
from certificates.completion import Rule
from certificates.models import Certificate, CertificateFile, CompletionRule, Override
from registrations.models import Mail, PrivacyText, Programme, Registration, TeamMember, User
from sessions.models import (
    Attendance,
    AttendanceEvent,
    AttendanceIdentity,
    AttendanceImport,
    AttendanceRow,
    CheckIn,
    CorrectionRequest,
    TrainingSession,
)
from surveys.models import AnsweredMark, Response, Survey
from surveys.sealing import seal_due

GIVEN = (
    "Ana Aïssatou María Olena Wei Mohammed Fatima Jean Grace"
    " Ivan Priya Chen Omar Lucía Kofi Amina Sergei Noor Linh Tomás"
)
FAMILY = (
    "Souza Diallo García Shevchenko Zhang El-Sayed Hassan Dupont Mwangi Petrov Sharma Li Haddad Fernández Mensah"
    " Bello Ivanov Khan Nguyen Silva Okafor Tanaka Kim Rossi Novak Ahmed Torres Sato Kamau Moyo"
)
COUNTRIES = (
    "KE NG GH ZA EG MA TN SN ET UG BR AR CO PE MX CL FR ES IT DE RU UA CN IN PK BD LK NP VN TH PH ID MY JO LB SA"
)
SECTORS = "government private academia un_igo ngo"


def run() -> None:
    """Fill, then say where to look."""
    with transaction.atomic():
        user = _fill(int(os.environ.get("BENCH_CROWD", "100000")))
    seal_due(now=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(json.dumps(_login(user)))


def _fill(people: int) -> User:
    programme = Programme.objects.get(slug=SLUG)
    user = User.objects.create_user("organiser", "organiser@example.org", is_staff=True)
    TeamMember.objects.create(programme=programme, user=user, role=TeamMember.Role.ORGANISER)
    _people(programme, people)
    _present(programme)
    _in_files(programme, people)
    _mailed()
    _certified(programme)
    _due(programme)
    _answered(programme)
    return user


def multiply(row: Model, rows: str, **columns: str) -> None:
    """Insert a row like this one for each row of a FROM clause; columns named are SQL expressions over it."""
    fields = [field for field in row._meta.concrete_fields if field.column != "id" and not field.generated]
    values = [columns.get(field.attname, "%s") for field in fields]
    given = [
        field.get_db_prep_save(getattr(row, field.attname), connection)
        for field in fields
        if field.attname not in columns
    ]
    into = ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {row._meta.db_table} ({into}) SELECT {', '.join(values)} FROM {rows}",  # noqa: S608 -- our own words
            given,
        )


def _one_of(words: str, by: str) -> str:
    listed = words.split()
    return f"(ARRAY[{', '.join(repr(word) for word in listed)}])[1 + ({by}) %% {len(listed)}]"


def _people(programme: Programme, people: int) -> None:
    """85 in 100 have a seat, 7 have not confirmed, 3 wait, 5 withdrew."""
    text, now = PrivacyText.objects.current(), timezone.now()
    assert text is not None
    row = Registration(
        programme=programme, privacy_text=text, gender="female", language="en", city="Nairobi", position="Officer"
    )
    given, family = _one_of(GIVEN, "n * 7"), _one_of(FAMILY, "n * 11 + n / 20")
    sent = f"TIMESTAMPTZ '{now.isoformat()}' - n %% 90 * interval '1 day' - n %% 1440 * interval '1 minute'"
    multiply(
        row,
        f"generate_series(1, {people}) n",
        email="'person' || n || '@example.org'",
        given_name=given,
        family_name=family,
        printed_name=f"{given} || ' ' || {family}",
        gender=_one_of("female male female male another undisclosed", "n"),
        country=_one_of(COUNTRIES, "n * 13 + n / 3"),
        organisation="'Ministry of Trade ' || n %% 977",
        sector=_one_of(SECTORS, "n / 2"),
        link_token="md5('link' || n)",
        consented_at=sent,
        registered_at=sent,
        confirmed_at=f"CASE WHEN n %% 100 >= 7 THEN {sent} + interval '1 minute' END",
        seated_at=f"CASE WHEN n %% 100 >= 15 THEN {sent} + interval '1 minute' END",
        withdrawn_at=f"CASE WHEN n %% 100 BETWEEN 10 AND 14 THEN {sent} + interval '9 minutes' END",
    )
    Programme.objects.filter(pk=programme.pk).update(seats_taken=Registration.objects.seated().count())


def _present(programme: Programme) -> None:
    """Whoever has a seat is in three of five sessions by a file, in some by check-in or by hand; some ask for more."""
    session, person, now = TrainingSession.objects.first(), Registration.objects.first(), timezone.now()
    assert session is not None
    assert person is not None
    here = (
        "registrations_registration r JOIN training_sessions_trainingsession s ON s.programme_id = r.programme_id"
        f" WHERE r.programme_id = {programme.pk} AND r.seated_at IS NOT NULL"
    )
    both = {"registration_id": "r.id", "session_id": "s.id"}
    one = Attendance(session=session, registration=person, source="file", seconds=0, recorded_at=now)
    multiply(one, f"{here} AND (r.id + s.id) %% 5 < 3", seconds="(r.id * 37) %% 10800", **both)
    one.source = "hand"
    multiply(one, f"{here} AND (r.id * 3 + s.id) %% 50 = 0", seconds="7200", **both)
    came = CheckIn(session=session, registration=person, way="typed", came_at=now, confirmed_at=now)
    multiply(came, f"{here} AND (r.id + s.id) %% 10 = 0", **both)
    wish = CorrectionRequest(
        session=session, registration=person, sentence="I was there from the beginning.", asked_at=now
    )
    multiply(wish, f"{here} AND (r.id * 7 + s.id) %% 1000 = 0", **both)


def _in_files(programme: Programme, people: int) -> None:
    """A file for each session with a line for everybody it counted, and names that wait for a decision; one to apply."""
    now = timezone.now()
    for number, session in enumerate(TrainingSession.objects.for_programme(programme), 1):
        AttendanceImport.objects.create(
            programme=programme, session=session, file_name=f"session-{number}.csv", content=b"Name,Email",
            sha256=f"{number:064}", time_zone="UTC", platform="zoom", uploaded_at=now, read_at=now,
            approved_at=now if number < 5 else None, applied_at=now if number < 5 else None,
        )  # fmt: skip
    person = Registration.objects.first()
    known = AttendanceIdentity(programme=programme, registration=person, decision="auto", because="same_address")
    multiply(
        known,
        "registrations_registration r WHERE r.seated_at IS NOT NULL",
        name="r.printed_name",
        email="r.email",
        registration_id="r.id",
    )
    first = person.pk if person else 0
    unknown = AttendanceIdentity(programme=programme, because="similar_name")
    multiply(
        unknown,
        f"generate_series(1, {people // 20}) n",
        name="'Guest ' || n",
        decision="CASE WHEN n %% 3 = 0 THEN 'confirm' ELSE 'none' END",
        suggestions="CASE WHEN n %% 3 = 0 THEN"
        f" jsonb_build_array(jsonb_build_array({first} + n, '[]'::jsonb)) ELSE '[]' END",
    )
    file, identity = AttendanceImport.objects.first(), AttendanceIdentity.objects.first()
    assert file is not None
    assert identity is not None
    row = AttendanceRow(attendance_import=file, identity=identity, position=0, line=0)
    multiply(
        row,
        "training_sessions_attendanceidentity i, training_sessions_attendanceimport f"
        " JOIN training_sessions_trainingsession s ON s.id = f.session_id"
        " WHERE i.registration_id IS NULL OR (i.registration_id + s.id) %% 5 < 3",
        attendance_import_id="f.id",
        identity_id="i.id",
        session_id="f.session_id",
        position="i.id",
        line="i.id",
        joined_at="s.starts_at",
        left_at="s.starts_at + (i.id %% 180) * interval '1 minute'",
    )
    event = AttendanceEvent(programme=programme, kind="decided", at=now)
    multiply(
        event, f"generate_series(1, {people // 20}) n", at=f"TIMESTAMPTZ '{now.isoformat()}' - n * interval '1 minute'"
    )


def _mailed() -> None:
    """Two mails to everybody; one in a hundred failed, one in a thousand is in doubt, the last ones wait."""
    now = timezone.now()
    mail = Mail(kind="confirm", language="en", subject="Confirm your registration", body="A letter.\n" * 60, due_at=now)
    queued = "r.registered_at + k * interval '1 hour'"
    multiply(
        mail,
        "registrations_registration r, generate_series(1, 2) k",
        uuid="gen_random_uuid()",
        key="'crowd' || k || '-' || r.id",
        kind="CASE k WHEN 1 THEN 'confirm' ELSE 'registered' END",
        programme_id="r.programme_id",
        registration_id="r.id",
        to="r.email",
        queued_at=queued,
        attempts="1",
        claimed_at=f"CASE WHEN r.id %% 500 <> 3 THEN {queued} END",
        sent_at=f"CASE WHEN r.id %% 100 <> 1 AND r.id %% 1000 <> 2 AND r.id %% 500 <> 3 THEN {queued} END",
        failed_at=f"CASE WHEN r.id %% 100 = 1 THEN {queued} END",
        doubtful_at=f"CASE WHEN r.id %% 1000 = 2 THEN {queued} END",
    )


def _certified(programme: Programme) -> None:
    """Four in ten of those with a seat."""
    now, person = timezone.now(), Registration.objects.first()
    rule = CompletionRule.objects.in_force(programme)
    assert rule is not None
    assert person is not None
    paper = Certificate(
        registration=person, rule=rule, issued_at=now, language="en", programme_title=programme.title, issuer="Institute",
        start_date=programme.start_date, end_date=programme.end_date, issue_date=now.date(), sessions_attended=4,
        sessions_total=5, minutes_attended=600,
    )  # fmt: skip
    multiply(
        paper,
        "registrations_registration r WHERE r.seated_at IS NOT NULL AND r.id %% 10 < 4",
        registration_id="r.id",
        serial="'XB22-' || lpad(r.id::text, 6, '0')",
        code="substr(md5('code' || r.id), 1, 24)",
        printed_name="r.printed_name",
        issued_at=f"TIMESTAMPTZ '{now.isoformat()}' - r.id %% 30 * interval '1 day'",
        revoked_at=f"CASE WHEN r.id %% 200 = 1 THEN TIMESTAMPTZ '{now.isoformat()}' END",
        revoked_because="CASE WHEN r.id %% 200 = 1 THEN 'A wrong name.' ELSE '' END",
    )
    file = CertificateFile(certificate=Certificate(pk=1), content=b"%PDF", rendered_at=now)
    multiply(file, "certificates_certificate c", certificate_id="c.id", sha256="md5(c.code) || md5(c.serial)")


def _due(programme: Programme) -> None:
    """One in twenty by exception, since the rule asks for more than the crowd has; and the draft of a milder rule."""
    now, person = timezone.now(), Registration.objects.first()
    assert person is not None
    exception = Override(registration=person, given_at=now, reason="The connection broke.")
    rows = "registrations_registration r WHERE r.seated_at IS NOT NULL AND r.id %% 20 = 7"
    multiply(exception, rows, registration_id="r.id")
    draft_rule(programme, Rule.simple(1, 75, is_survey_required=False), by=None, now=now)


def _answered(programme: Programme) -> None:
    """Three in ten of those with a seat; one in twenty of them leaves out what a valid response has."""
    survey, person = Survey.objects.for_programme(programme).first(), Registration.objects.first()
    assert survey is not None
    assert person is not None
    here = "registrations_registration r WHERE r.seated_at IS NOT NULL AND r.id %% 10 < 3"
    answers = ", ".join(f"'{name}', {value}" for name, value in _answers().items())
    at = survey.opens_at + dt.timedelta(hours=3)
    response = Response(survey=survey, registration=person, language="en", submitted_at=at)
    multiply(
        response,
        here,
        registration_id="r.id",
        answers=f"jsonb_build_object({answers})",
        gender="r.gender",
        sector="r.sector",
        country="r.country",
        seconds="60 + r.id %% 900",
        submitted_at=f"TIMESTAMPTZ '{at.isoformat()}' + r.id %% 20 * interval '1 day'",
    )
    multiply(AnsweredMark(survey=survey, registration=person), here, registration_id="r.id")


def _answers() -> Mapping[str, str]:
    """An answer to each question of the reference survey, as SQL expressions over a registration r."""
    ratings = ("rating_overall", "rating_materials", "rating_platform", "rating_duration", "rating_translation")
    return {
        "greater_understanding": _one_of("yes yes yes yes no", "r.id / 10"),
        "will_apply": f"CASE WHEN r.id %% 20 = 1 THEN '' ELSE {_one_of('yes yes maybe no', 'r.id / 7')} END",
        **{name: _one_of("5 4 5 4 3 5 4 2 4 1 5", f"r.id / {by}") for by, name in enumerate(ratings, 3)},
        "useful": "'practical' || CASE WHEN r.id / 10 %% 3 = 0 THEN ' case_studies exchange' ELSE '' END",
        "priorities": "CASE WHEN r.id / 10 %% 5 < 3 THEN 'ecommerce trade' ELSE '' END",
        "suggestions": "CASE WHEN r.id %% 3 = 0 THEN 'More time for questions ' || r.id ELSE '' END",
    }


def _login(user: User) -> Mapping[str, str]:
    """A signed-in session, as cookies."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return {settings.SESSION_COOKIE_NAME: store.session_key or ""}

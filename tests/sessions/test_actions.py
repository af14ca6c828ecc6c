import datetime as dt
import json
import time
from pathlib import Path

import pytest
from django.db import connection

from sessions.actions import (
    apply_import,
    assign_row,
    clear_by_hand,
    record_by_hand,
    recount_presence,
    release_row,
    remove_import,
    upload_report,
)
from sessions.errors import Refused
from sessions.models import Attendance, AttendanceImport, AttendanceRow, HandEntry, TrainingSession
from sessions.presence import Presence
from sessions.readers.zoom_writer import ReportLine, write_meeting_report
from tests.registrations_factories import ProgrammeFactory, RegistrationFactory, UserFactory
from tests.sessions_factories import (
    AFTERWARDS,
    AttendanceFactory,
    AttendanceImportFactory,
    AttendanceRowFactory,
    TrainingSessionFactory,
)

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parent / "samples"
LATER = AFTERWARDS + dt.timedelta(hours=1)


def stay(session, name, email="", begins=0, ends=7200, is_guest=True):
    """A line whose person came `begins` and left `ends` seconds after the session's start."""
    start = session.starts_at.astimezone(session.programme.zone).replace(tzinfo=None)
    return ReportLine(
        name, email, start + dt.timedelta(seconds=begins), start + dt.timedelta(seconds=ends), is_guest=is_guest
    )


def upload(session, *lines, **changes):
    content = changes.pop("content", None) or write_meeting_report(lines)
    given = {"file_name": "report.csv", "time_zone": session.programme.time_zone, "now": AFTERWARDS, **changes}
    return upload_report(session, content=content, **given)


def refusal(call, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return str(refused.value)


def seconds(session):
    return dict(Attendance.objects.filter(session=session, source="file").values_list("registration_id", "seconds"))


def test_apply_import_turns_a_report_into_presence():
    session = TrainingSessionFactory()
    aster = RegistrationFactory(programme=session.programme, email="aster@example.org")
    bob = RegistrationFactory(programme=session.programme, given_name="Robert", family_name="Kamau")
    lines = [
        stay(session, "Desk", "desk@example.org", -600, 7300, is_guest=False),
        stay(session, "iPad", "ASTER@example.org", -600, 600),
        stay(session, "Aster", "aster@example.org", 300, 900),
        stay(session, "Bob (Robert Kamau)", "", 6000, 9000),
        stay(session, "A stranger", "", 0, 100),
    ]
    done = apply_import(upload(session, *lines), now=LATER)
    assert (done.applied_at, done.rows_done, done.rows_total) == (LATER, 5, 5)
    assert seconds(session) == {aster.pk: 900, bob.pk: 1200}
    rows = list(done.rows.values_list("line", "registration", "match", "excluded_because"))
    assert rows == [
        (2, None, "", "host"),
        (3, aster.pk, "email", ""),
        (4, aster.pk, "email", ""),
        (5, bob.pk, "name", ""),
        (6, None, "", ""),
    ]


def test_apply_import_of_the_sample_counts_what_the_sample_expects():
    programme = ProgrammeFactory(time_zone="Africa/Addis_Ababa")
    starts = dt.datetime(2026, 3, 18, 8, tzinfo=programme.zone)
    session = TrainingSessionFactory(programme=programme, starts_at=starts, ends_at=starts + dt.timedelta(hours=4))
    name = "zoom_meeting_classic.csv"
    people = json.loads((SAMPLES / f"{name}.expected.json").read_text())["sessions"][0]["people"]
    expected = {
        RegistrationFactory(programme=programme, email=person["email"]).pk: person["seconds"]
        for person in people
        if person["email"] and person["role"] != "host"
    }
    apply_import(upload(session, content=(SAMPLES / name).read_bytes()), now=LATER)
    assert seconds(session) == expected


def test_apply_import_counts_a_registered_host_as_a_participant():
    session = TrainingSessionFactory()
    host = RegistrationFactory(programme=session.programme, email="desk@example.org")
    apply_import(upload(session, stay(session, "Desk", "desk@example.org", is_guest=False)), now=LATER)
    assert seconds(session) == {host.pk: 7200}


def test_apply_import_does_not_count_the_waiting_room():
    session = TrainingSessionFactory()
    RegistrationFactory(programme=session.programme, email="ana@example.org")
    head = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room\n"
    line = "Ana,ana@example.org,03/18/2026 09:00:00 AM,03/18/2026 11:00:00 AM,120,Yes,Yes\n"
    done = apply_import(upload(session, content=(head + line).encode()), now=LATER)
    assert list(done.rows.values_list("registration", "excluded_because")) == [(None, "waiting_room")]
    assert seconds(session) == {}


def test_apply_import_looks_among_those_who_have_not_withdrawn_of_this_programme():
    session = TrainingSessionFactory()
    RegistrationFactory(programme=session.programme, email="gone@example.org", withdrawn=True)
    RegistrationFactory(email="elsewhere@example.org")
    waiting = RegistrationFactory(programme=session.programme, email="waiting@example.org", waiting=True)
    lines = [stay(session, name, f"{name}@example.org") for name in ("gone", "elsewhere", "waiting")]
    apply_import(upload(session, *lines), now=LATER)
    assert seconds(session) == {waiting.pk: 7200}


def test_apply_import_twice_changes_nothing():
    session = TrainingSessionFactory()
    RegistrationFactory(programme=session.programme, email="ana@example.org")
    done = apply_import(upload(session, stay(session, "Ana", "ana@example.org")), now=LATER)
    before = list(AttendanceRow.objects.values()), list(Attendance.objects.values())
    again = apply_import(done, now=LATER + dt.timedelta(days=1))
    assert again.applied_at == LATER
    assert (list(AttendanceRow.objects.values()), list(Attendance.objects.values())) == before


def test_apply_import_unites_the_files_of_a_session():
    session = TrainingSessionFactory()
    ana = RegistrationFactory(programme=session.programme, email="ana@example.org")
    apply_import(upload(session, stay(session, "Ana", "ana@example.org", 0, 3000)), now=LATER)
    apply_import(upload(session, stay(session, "Ana", "ana@example.org", 2000, 5000)), now=LATER)
    assert seconds(session) == {ana.pk: 5000}


def test_apply_import_reads_the_clock_of_the_file():
    session = TrainingSessionFactory()
    ana = RegistrationFactory(programme=session.programme, email="ana@example.org")
    utc = [
        ReportLine("Ana", "ana@example.org", *[at.replace(tzinfo=None) for at in (session.starts_at, session.ends_at)])
    ]
    apply_import(upload(session, *utc, time_zone="UTC"), now=LATER)
    assert seconds(session) == {ana.pk: 7200}


# Statements in which 500 lines are inserted: SQLite takes 999 values in one, 11 a line.
ROWS_INSERTS = 1 if connection.vendor == "postgresql" else 6


class Killed(Exception):
    """The worker is gone."""


def killed_at_insert(number):
    """A database that fails at the n-th insert of lines."""
    inserts = 0

    def execute(run, sql, params, many, context):
        nonlocal inserts
        is_insert = sql.startswith('INSERT INTO "training_sessions_attendancerow"')
        inserts += is_insert
        if is_insert and inserts == number:
            raise Killed
        return run(sql, params, many, context)

    return connection.execute_wrapper(execute)


def test_apply_import_continues_where_a_killed_worker_stopped():
    session = TrainingSessionFactory()
    ana = RegistrationFactory(programme=session.programme, email="ana@example.org")
    lines = [stay(session, "Ana", "ana@example.org", begins, begins + 1) for begins in range(1200)]
    waiting = upload(session, *lines)
    with killed_at_insert(ROWS_INSERTS + 1), pytest.raises(Killed):
        apply_import(waiting, now=LATER)
    waiting.refresh_from_db()
    assert (waiting.applied_at, waiting.rows_done, waiting.rows.count()) == (None, 500, 500)
    assert seconds(session) == {}
    apply_import(waiting, now=LATER + dt.timedelta(seconds=60))
    waiting.refresh_from_db()
    assert waiting.rows_done == 500  # the claim of the killed worker holds until its lease ends
    apply_import(waiting, now=LATER + dt.timedelta(seconds=121))
    waiting.refresh_from_db()
    assert (waiting.rows_done, waiting.rows.count()) == (1200, 1200)
    assert seconds(session) == {ana.pk: 1200}


def test_apply_import_stops_where_another_worker_took_over():
    session = TrainingSessionFactory()
    waiting = upload(session, *[stay(session, f"Guest {number}") for number in range(600)])
    taken = []

    def take_over(run, sql, params, many, context):
        if sql.startswith('INSERT INTO "training_sessions_attendancerow"') and not taken:
            taken.append(True)
            AttendanceImport.objects.filter(pk=waiting.pk).update(claimed_at=LATER + dt.timedelta(minutes=3))
        return run(sql, params, many, context)

    with connection.execute_wrapper(take_over):
        apply_import(waiting, now=LATER)
    waiting.refresh_from_db()
    assert (waiting.applied_at, waiting.rows_done) == (None, 500)
    apply_import(waiting, now=LATER + dt.timedelta(minutes=6))
    assert waiting.rows.count() == 600


def test_due_imports_are_new_ones_and_those_left_behind():
    session = TrainingSessionFactory()
    new = AttendanceImportFactory(session=session)
    left_behind = AttendanceImportFactory(session=session, claimed_at=AFTERWARDS - dt.timedelta(seconds=121))
    AttendanceImportFactory(session=session, claimed_at=AFTERWARDS - dt.timedelta(seconds=119))
    AttendanceImportFactory(session=session, applied_at=AFTERWARDS)
    AttendanceImportFactory(session=session, refused_at=AFTERWARDS)
    assert set(AttendanceImport.objects.due(AFTERWARDS)) == {new, left_behind}


def test_apply_import_refuses_what_it_cannot_read_and_says_why():
    broken = AttendanceImportFactory(content=b"hello")
    apply_import(broken, now=LATER)
    broken.refresh_from_db()
    assert (broken.refused_at, broken.refusal, broken.applied_at) == (LATER, "unknown_layout", None)
    assert broken.why_refused.startswith("This is not a meeting report")


@pytest.mark.parametrize("count", [1, 3])
def test_apply_import_takes_the_same_number_of_queries_for_more_people(count, django_assert_num_queries):
    session = TrainingSessionFactory()
    for number in range(count):
        RegistrationFactory(programme=session.programme, email=f"p{number}@example.org")
    waiting = upload(session, *[stay(session, "x", f"p{number}@example.org") for number in range(count)])
    with django_assert_num_queries(21):
        apply_import(waiting, now=LATER)


def test_upload_report_refuses_the_same_file_for_the_same_session_again():
    session = TrainingSessionFactory()
    line = stay(session, "Ana")
    apply_import(upload(session, line), now=LATER)
    assert refusal(upload, session, line, now=LATER) == (
        "This file was imported for this session already, on April 2, 2026, 3 p.m., as “report.csv”. Nothing was changed."
    )
    assert AttendanceImport.objects.count() == 1


def test_upload_report_refuses_a_report_of_another_session():
    session = TrainingSessionFactory(number=1)
    next_day = TrainingSessionFactory(programme=session.programme, number=2)
    assert refusal(upload, session, stay(next_day, "Ana")) == (
        "This is the report of another meeting: it runs from 03/19/2026 9 a.m. to 03/19/2026 11 a.m., the session from "
        "03/18/2026 9 a.m. to 03/18/2026 11 a.m. (Africa/Nairobi). Is it the right file, and the right time zone?"
    )
    assert AttendanceImport.objects.count() == 0


def test_upload_report_refuses_what_cannot_be_read():
    session = TrainingSessionFactory()
    assert refusal(upload, session, content=b" ") == "The file is empty. Export the report again."
    assert refusal(upload, session, content=b'Name (Original Name),"Join').startswith(
        "The file cannot be read from line 1"
    )
    assert refusal(upload, session, content=b"PK\x03\x04").startswith("This is a spreadsheet workbook")
    assert AttendanceImport.objects.count() == 0


def test_upload_report_refuses_an_unknown_zone():
    session = TrainingSessionFactory()
    assert refusal(upload, session, stay(session, "Ana"), time_zone="Mars/Base") == (
        "“Mars/Base” is not a time zone. Choose one such as Africa/Nairobi."
    )


def test_record_by_hand_prevails_over_the_file_and_clearing_brings_the_file_back():
    attendance = AttendanceFactory(seconds=7200)
    person, session, user = attendance.registration, attendance.session, UserFactory()
    record_by_hand(person, session, minutes=0, note="Left at once", by=user, now=AFTERWARDS)
    record_by_hand(person, session, minutes=90, note="", by=user, now=LATER)
    presences = Attendance.objects.presences(session.programme)
    assert presences == {person.pk: {session.pk: Presence(5400, "hand")}}
    clear_by_hand(person, session, by=user, now=LATER)
    assert Attendance.objects.presences(session.programme) == {person.pk: {session.pk: Presence(7200, "file")}}
    history = HandEntry.objects.values_list("minutes", "note", "entered_by", "entered_at")
    assert list(history) == [
        (None, "", user.pk, LATER),
        (90, "", user.pk, LATER),
        (0, "Left at once", user.pk, AFTERWARDS),
    ]


def test_record_by_hand_of_no_minutes_marks_a_person_absent():
    attendance = AttendanceFactory(seconds=7200)
    record_by_hand(attendance.registration, attendance.session, minutes=0, now=AFTERWARDS)
    presences = Attendance.objects.presences(attendance.session.programme, attendance.registration)
    assert presences == {attendance.registration_id: {attendance.session_id: Presence(0, "hand")}}


def test_record_by_hand_survives_a_later_import():
    session = TrainingSessionFactory()
    ana = RegistrationFactory(programme=session.programme, email="ana@example.org")
    record_by_hand(ana, session, minutes=30, now=AFTERWARDS)
    apply_import(upload(session, stay(session, "Ana", "ana@example.org")), now=LATER)
    assert Attendance.objects.presences(session.programme) == {ana.pk: {session.pk: Presence(1800, "hand")}}


@pytest.mark.parametrize("minutes", [-1, 121])
def test_record_by_hand_refuses_more_than_the_session(minutes):
    session = TrainingSessionFactory()
    person = RegistrationFactory(programme=session.programme)
    assert refusal(record_by_hand, person, session, minutes=minutes, now=AFTERWARDS) == (
        "Give between 0 and 120 minutes: the session is no longer than that."
    )
    assert HandEntry.objects.count() == 0


def test_record_by_hand_refuses_a_person_of_another_programme():
    assert refusal(record_by_hand, RegistrationFactory(), TrainingSessionFactory(), minutes=1, now=AFTERWARDS) == (
        "This person is not registered for the programme of this session."
    )


def test_clear_by_hand_without_an_entry_leaves_no_trace():
    attendance = AttendanceFactory()
    clear_by_hand(attendance.registration, attendance.session, now=AFTERWARDS)
    assert (Attendance.objects.count(), HandEntry.objects.count()) == (1, 0)


def test_assign_row_takes_every_line_of_the_same_identity_along():
    session = TrainingSessionFactory()
    ana = RegistrationFactory(programme=session.programme)
    user = UserFactory()
    lines = [stay(session, "iPhone", "", 0, 100), stay(session, "iPhone", "", 200, 300), stay(session, "iPad")]
    done = apply_import(upload(session, *lines), now=AFTERWARDS)
    assert assign_row(done.rows.first(), ana, by=user, now=LATER) == 2
    assert seconds(session) == {ana.pk: 200}
    assigned = AttendanceRow.objects.filter(match="hand").values_list("assigned_by", "assigned_at")
    assert list(assigned) == [(user.pk, LATER)] * 2
    assert release_row(done.rows.first(), by=user, now=LATER) == 2
    assert seconds(session) == {}
    assert AttendanceRow.objects.of_session(session).unmatched().count() == 3


def test_assign_row_makes_a_host_a_participant():
    session = TrainingSessionFactory()
    ana = RegistrationFactory(programme=session.programme)
    done = apply_import(upload(session, stay(session, "Desk", is_guest=False)), now=AFTERWARDS)
    assign_row(done.rows.get(), ana, now=LATER)
    assert seconds(session) == {ana.pk: 7200}


def test_assign_row_refuses_what_belongs_to_somebody_or_to_nobody():
    session = TrainingSessionFactory()
    ana, bo = RegistrationFactory.create_batch(2, programme=session.programme)
    applied = AttendanceImportFactory(session=session, applied_at=AFTERWARDS)
    taken = AttendanceRowFactory(attendance_import=applied, registration=ana, match="email")
    waiting = AttendanceRowFactory(attendance_import=applied, excluded_because="waiting_room")
    sentence = "This line belongs to somebody already, or counts for nobody."
    assert refusal(assign_row, taken, bo, now=AFTERWARDS) == sentence
    assert refusal(assign_row, waiting, bo, now=AFTERWARDS) == sentence


def test_assign_row_refuses_a_person_of_another_programme_and_a_running_import():
    row = AttendanceRowFactory(attendance_import__applied_at=AFTERWARDS)
    assert refusal(assign_row, row, RegistrationFactory(), now=AFTERWARDS) == (
        "This person is not registered for the programme of this session."
    )
    running = AttendanceRowFactory()
    person = RegistrationFactory(programme=running.attendance_import.session.programme)
    assert (
        refusal(assign_row, running, person, now=AFTERWARDS) == "This import is still running. Wait until it is done."
    )


def test_remove_import_takes_back_what_only_it_said():
    session = TrainingSessionFactory()
    ana, bo = [RegistrationFactory(programme=session.programme, email=f"{name}@example.org") for name in ("ana", "bo")]
    line = stay(session, "Ana", "ana@example.org", 0, 100)
    apply_import(upload(session, line), now=AFTERWARDS)
    second = [stay(session, "Ana", "ana@example.org", 50, 200), stay(session, "Bo", "bo@example.org")]
    removed = apply_import(upload(session, *second), now=AFTERWARDS)
    record_by_hand(bo, session, minutes=5, now=AFTERWARDS)
    remove_import(removed, now=LATER)
    assert seconds(session) == {ana.pk: 100}
    assert Attendance.objects.presences(session.programme)[bo.pk] == {session.pk: Presence(300, "hand")}
    assert upload(session, *second).file_name == "report.csv"  # the way is free for the same file


def test_recount_presence_follows_a_change_of_the_times_of_the_session():
    session = TrainingSessionFactory()
    ana = RegistrationFactory(programme=session.programme, email="ana@example.org")
    apply_import(upload(session, stay(session, "Ana", "ana@example.org", 0, 7200)), now=AFTERWARDS)
    TrainingSession.objects.filter(pk=session.pk).update(ends_at=session.starts_at + dt.timedelta(hours=1))
    recount_presence(session, now=LATER)
    assert seconds(session) == {ana.pk: 3600}


@pytest.mark.parametrize("count", [1, 3])
def test_presences_takes_one_query(count, django_assert_num_queries):
    session = TrainingSessionFactory()
    people = [AttendanceFactory(session=session, seconds=60).registration for _number in range(count)]
    with django_assert_num_queries(1):
        presences = Attendance.objects.presences(session.programme)
    assert presences == {person.pk: {session.pk: Presence(60, "file")} for person in people}


def test_presences_of_one_person_leave_out_others_and_other_programmes():
    mine, _other, _elsewhere = AttendanceFactory(), AttendanceFactory(), AttendanceFactory()
    session = mine.session
    AttendanceFactory(session=session)
    assert Attendance.objects.presences(session.programme, mine.registration) == {
        mine.registration_id: {session.pk: Presence(7200, "file")}
    }
    assert Attendance.objects.presences(session.programme, RegistrationFactory()) == {}


def test_apply_import_of_1100_people_is_quick():
    session = TrainingSessionFactory()
    programme = session.programme
    model = RegistrationFactory(programme=programme)
    people = type(model).objects.bulk_create(
        RegistrationFactory.build(
            programme=programme, privacy_text=model.privacy_text, given_name=f"Ana{number}", family_name="Sánchez"
        )
        for number in range(1100)
    )
    lines = [stay(session, person.printed_name, person.email if n % 2 else "") for n, person in enumerate(people)]
    waiting = upload(session, *lines)
    started = time.process_time()
    apply_import(waiting, now=LATER)
    assert time.process_time() - started < 2
    assert len(seconds(session)) == 1100


def test_nothing_is_recorded_before_the_session_begins():
    session = TrainingSessionFactory()
    person = RegistrationFactory(programme=session.programme, email="ana@example.org")
    before, line = session.starts_at - dt.timedelta(seconds=1), stay(session, "Ana", "ana@example.org")
    sentence = "This session has not begun: its attendance can be recorded once it has."
    assert refusal(record_by_hand, person, session, minutes=5, now=before) == sentence
    assert refusal(upload, session, line, now=before) == sentence
    assert (AttendanceImport.objects.count(), Attendance.objects.count()) == (0, 0)
    record_by_hand(person, session, minutes=5, now=session.starts_at)
    assert Attendance.objects.get().seconds == 300

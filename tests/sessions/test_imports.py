import datetime as dt
import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from sessions.actions import (
    answer_questions,
    apply_import,
    approve_import,
    carry_on,
    decide,
    read_import,
    record_by_hand,
    undo_import,
)
from sessions.models import (
    Attendance,
    AttendanceEvent,
    AttendanceIdentity,
    AttendanceImport,
    AttendanceRow,
    ColumnMapping,
)
from sessions.presence import Presence
from sessions.readers.limits import MAX_BYTES
from sessions.readers.mapping import Mapping
from sessions.readers.zoom_writer import ReportLine
from tests.registrations_factories import ProgrammeFactory, RegistrationFactory, UserFactory
from tests.sessions.steps import LATER, applied, clock, previewed, refusal, seconds, stay, upload
from tests.sessions_factories import AFTERWARDS, AttendanceImportFactory, TrainingSessionFactory

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parent / "samples"


def test_a_report_turns_into_presence():
    session = TrainingSessionFactory()
    aster = RegistrationFactory(programme=session.programme, email="aster@example.org")
    bob = RegistrationFactory(programme=session.programme, given_name="Robert", family_name="Kamau")
    lines = [
        stay(session, "Desk", "desk@example.org", -1000, 9000, is_guest=False),
        stay(session, "iPad", "ASTER@example.org", -900, 600),
        stay(session, "Aster", "aster@example.org", 300, 900),
        stay(session, "Bob (Robert Kamau)", "", 6000, 9000),
        stay(session, "A stranger", "", 0, 100),
    ]
    read = previewed(session, *lines)
    assert (read.state, read.rows_done, read.rows_total, seconds(session)) == ("previewed", 5, 5, {})
    done = apply_import(read, now=LATER)
    assert (done.state, done.applied_at, done.people_done, done.people_total) == ("applied", LATER, 2, 2)
    assert seconds(session) == {aster.pk: 1500, bob.pk: 1800}  # ten minutes of margin on either side
    rows = list(done.rows.values_list("line", "identity__registration", "identity__decision", "role"))
    assert rows == [
        (2, None, "none", "host"),
        (3, aster.pk, "auto", "attendee"),
        (4, aster.pk, "auto", "attendee"),
        (5, bob.pk, "auto", "attendee"),
        (6, None, "none", "attendee"),
    ]


def test_the_sample_counts_what_the_sample_expects():
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
    applied(session, content=(SAMPLES / name).read_bytes())
    assert seconds(session) == expected


def test_a_registered_host_counts_as_a_participant():
    session = TrainingSessionFactory()
    host = RegistrationFactory(programme=session.programme, email="desk@example.org")
    applied(session, stay(session, "Desk", "desk@example.org", is_guest=False))
    assert seconds(session) == {host.pk: 7200}


def test_the_waiting_room_does_not_count():
    session = TrainingSessionFactory()
    RegistrationFactory(programme=session.programme, email="ana@example.org")
    head = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room\n"
    line = "Ana,ana@example.org,03/18/2026 09:00:00 AM,03/18/2026 11:00:00 AM,120,Yes,{}\n"
    both = head + line.format("Yes") + line.format("No").replace("11:", "09:30:").replace("30:00:", "30:")
    done = applied(session, content=both.encode())
    assert list(done.rows.values_list("excluded_because", flat=True)) == ["in_waiting_room", ""]
    assert list(seconds(session).values()) == [1800]


def test_people_are_looked_for_among_those_who_have_not_withdrawn_of_this_programme():
    session = TrainingSessionFactory()
    RegistrationFactory(programme=session.programme, email="gone@example.org", withdrawn=True)
    RegistrationFactory(email="elsewhere@example.org")
    waiting = RegistrationFactory(programme=session.programme, email="waiting@example.org", waiting=True)
    applied(session, *[stay(session, name, f"{name}@example.org") for name in ("gone", "elsewhere", "waiting")])
    assert seconds(session) == {waiting.pk: 7200}


def test_lines_of_somebody_who_withdrew_are_never_a_namesakes():
    session = TrainingSessionFactory()
    names = {"given_name": "Aissatou", "family_name": "Diallo"}
    RegistrationFactory(programme=session.programme, email="gone@example.org", withdrawn=True, **names)
    stayed = RegistrationFactory(programme=session.programme, email="here@example.org", **names)
    applied(
        session, *[stay(session, "Aissatou Diallo", email) for email in ("", "gone@example.org", "gnoe@example.org")]
    )
    found = AttendanceIdentity.objects.order_by("email").values_list("email", "decision", "registration", "suggestions")
    assert [(email, decision, person, [key for key, _why in keys]) for email, decision, person, keys in found] == [
        ("", "none", None, [stayed.pk]),
        ("gnoe@example.org", "none", None, [stayed.pk]),
        ("gone@example.org", "none", None, []),
    ]
    assert seconds(session) == {}


def test_every_step_twice_changes_nothing():
    session = TrainingSessionFactory()
    RegistrationFactory(programme=session.programme, email="ana@example.org")
    done = applied(session, stay(session, "Ana", "ana@example.org"))

    def everything():
        tables = AttendanceImport, AttendanceIdentity, AttendanceRow, Attendance, AttendanceEvent
        return [list(table.objects.order_by("pk").values()) for table in tables]

    before = everything()
    for step in (read_import, apply_import, carry_on):
        assert step(done, now=LATER + dt.timedelta(days=1)).applied_at == LATER
    assert everything() == before


def test_the_files_of_a_session_are_united():
    session = TrainingSessionFactory()
    ana = RegistrationFactory(programme=session.programme, email="ana@example.org")
    applied(session, stay(session, "Ana", "ana@example.org", 0, 3000))
    applied(session, stay(session, "Ana", "ana@example.org", 2000, 5000))
    assert seconds(session) == {ana.pk: 5000}


def test_one_file_is_parted_among_the_sessions_of_a_programme():
    first = TrainingSessionFactory()
    programme = first.programme
    second, third = [TrainingSessionFactory(programme=programme) for _number in range(2)]
    ana, bo = [RegistrationFactory(programme=programme, email=f"{name}@example.org") for name in ("ana", "bo")]
    lines = [
        stay(first, "Ana", "ana@example.org", 0, 600),
        stay(second, "Ana", "ana@example.org", 0, 1200),
        stay(second, "Bo", "bo@example.org", 0, 60),
        stay(first, "Bo", "bo@example.org", 36_000, 39_600),
    ]
    done = applied(programme, *lines)
    assert [seconds(session) for session in (first, second, third)] == [{ana.pk: 600}, {ana.pk: 1200, bo.pk: 60}, {}]
    assert list(done.rows.values_list("session", flat=True)) == [first.pk, second.pk, second.pk, None]
    assert AttendanceEvent.objects.get(kind="read").details == {
        "rows": 4, "people": 2, "unknown": 0, "in_no_session": 1
    }  # fmt: skip


def test_a_line_that_reaches_into_two_sessions_counts_in_both():
    morning = TrainingSessionFactory()
    afternoon = TrainingSessionFactory(programme=morning.programme, starts_at=morning.ends_at)
    ana = RegistrationFactory(programme=morning.programme, email="ana@example.org")
    done = applied(morning.programme, stay(morning, "Ana", "ana@example.org", 0, 14_400))
    assert [seconds(morning), seconds(afternoon)] == [{ana.pk: 7200}, {ana.pk: 7200}]
    assert list(done.rows.values_list("position", "line")) == [(0, 2), (1, 2)]


def test_a_file_for_one_session_leaves_what_is_outside_of_it_in_no_session():
    session = TrainingSessionFactory()
    other = TrainingSessionFactory(programme=session.programme)
    RegistrationFactory(programme=session.programme, email="ana@example.org")
    lines = [stay(each, "Ana", "ana@example.org") for each in (session, other)]
    done = applied(session, *lines)
    assert list(done.rows.values_list("session", flat=True)) == [session.pk, None]
    assert seconds(other) == {}


def test_the_clock_of_the_file_is_that_of_its_zone():
    session = TrainingSessionFactory()
    ana = RegistrationFactory(programme=session.programme, email="ana@example.org")
    moments = [at.replace(tzinfo=None) for at in (session.starts_at, session.ends_at)]
    applied(session, ReportLine("Ana", "ana@example.org", *moments), time_zone="UTC")
    assert seconds(session) == {ana.pk: 7200}


def test_a_file_in_another_zone_asks_and_is_read_again_with_the_answer():
    session = TrainingSessionFactory()
    ana = RegistrationFactory(programme=session.programme, email="ana@example.org")
    asking = previewed(session, stay(session, "Ana", "ana@example.org"), time_zone="America/Lima")
    assert (asking.state, asking.asks, asking.rows.count()) == ("asks", "zone", 0)
    assert refusal(approve_import, asking, now=LATER).startswith("This file cannot be applied now")
    answer_questions(asking, time_zone="Africa/Nairobi", now=LATER)
    assert apply_import(read_import(asking, now=LATER), now=LATER).state == "applied"
    assert seconds(session) == {ana.pk: 7200}
    assert refusal(answer_questions, asking, time_zone="UTC", now=LATER).startswith("This file asks nothing now")


def test_a_file_of_another_meeting_is_refused_and_may_be_sent_again():
    session = TrainingSessionFactory()
    elsewhere = TrainingSessionFactory(starts_at=session.starts_at + dt.timedelta(days=9))
    refused = previewed(session, stay(elsewhere, "Ana"))
    assert (refused.state, refused.why_refused) == (
        "refused",
        "This is the report of another meeting: it runs from 2026-03-27 09:00 to 2026-03-27 11:00, and no session does. "
        "Is it the right file?",
    )
    assert previewed(session, stay(elsewhere, "Ana")).pk != refused.pk


DATES = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"


def both_ways(programme):
    """Sessions on 3 April and on 4 March: 03/04/2026 is a day of either."""
    days = [dt.datetime(2026, month, day, 6, tzinfo=dt.UTC) for month, day in ((3, 4), (4, 3))]
    return [TrainingSessionFactory(programme=programme, starts_at=starts) for starts in days]


def test_dates_that_can_be_read_both_ways_are_settled_by_the_day_of_the_session_or_asked():
    programme = ProgrammeFactory()
    march, april = both_ways(programme)
    ana = RegistrationFactory(programme=programme, email="ana@example.org")
    line = "Ana,ana@example.org,03/04/2026 09:00:00,03/04/2026 10:00:00,60,Yes\n"
    later = AFTERWARDS + dt.timedelta(days=9)
    applied(april, content=(DATES + line).encode(), now=later)
    assert [seconds(march), seconds(april)] == [{}, {ana.pk: 3600}]
    asking = previewed(programme, content=(DATES + line).encode(), now=later)
    assert asking.asks == "date_order"
    apply_import(read_import(answer_questions(asking, order="MDY", now=LATER), now=LATER), now=LATER)
    assert seconds(march) == {ana.pk: 3600}


LIST = "Spalte A;Spalte B;Spalte C\n{};09:00;10:00\nBo Tran;09:00;11:00\n"


def test_a_list_that_no_reader_knows_asks_for_its_columns_and_remembers_them():
    first = TrainingSessionFactory()
    second = TrainingSessionFactory(programme=first.programme)
    ana = RegistrationFactory(programme=first.programme, given_name="Ana", family_name="Kovač")
    asking = previewed(first, content=LIST.format("Ana Kovač").encode())
    assert (asking.asks, asking.rows.count(), asking.mapping["name"]) == ("mapping", 0, 0)
    wrong = replace(Mapping.from_json(asking.mapping), name=7, joined=(), left=(), marks=())
    asking = read_import(answer_questions(asking, mapping=wrong, now=LATER), now=LATER)
    assert (asking.state, asking.asks, asking.refusal) == ("asks", "mapping", "no_lines")
    right = replace(wrong, head=1, name=0, joined=(1,), left=(2,))
    user = UserFactory()
    read = read_import(answer_questions(asking, mapping=right, by=user, now=LATER), now=LATER)
    assert (read.state, read.platform, apply_import(read, now=LATER).state) == ("previewed", "generic", "applied")
    assert seconds(first) == {ana.pk: 3600}
    applied(second, content=LIST.format("ANA KOVAČ").encode())
    assert seconds(second) == {ana.pk: 3600}
    assert [known.said_by for known in ColumnMapping.objects.all()] == [user]
    elsewhere = previewed(TrainingSessionFactory(), content=LIST.format("Ana Kovač").encode())
    assert (elsewhere.asks, Mapping.from_json(elsewhere.mapping)) == (
        "mapping",
        right,
    )  # a guess there, to be confirmed


def test_an_answer_may_be_given_differently_until_the_file_is_applied():
    session = TrainingSessionFactory()
    ana = RegistrationFactory(programme=session.programme, email="ana@example.org")
    read = previewed(session, stay(session, "Ana", "ana@example.org", 0, 3000))
    again = read_import(answer_questions(read, time_zone="Africa/Kigali", now=LATER), now=LATER)
    assert (again.state, again.rows.count()) == ("previewed", 1)
    apply_import(again, now=LATER)
    assert seconds(session) == {ana.pk: 3000}  # an hour later, and still within the session


def test_due_imports_are_new_ones_approved_ones_undone_ones_and_those_left_behind():
    session = TrainingSessionFactory()
    made = AttendanceImportFactory
    due = [
        made(session=session),
        made(session=session, claimed_at=AFTERWARDS - dt.timedelta(seconds=121)),
        made(session=session, read_at=AFTERWARDS, approved_at=AFTERWARDS),
        made(session=session, applied=True, undone_at=AFTERWARDS),
    ]
    made(session=session, claimed_at=AFTERWARDS - dt.timedelta(seconds=119))
    made(session=session, previewed=True)
    made(session=session, asks="zone")
    made(session=session, applied=True)
    made(session=session, refused_at=AFTERWARDS)
    made(session=session, previewed=True, undone_at=AFTERWARDS)
    made(session=session, applied=True, undone_at=AFTERWARDS, taken_back_at=AFTERWARDS)
    assert set(AttendanceImport.objects.due(AFTERWARDS)) == set(due)


def test_what_cannot_be_read_is_refused_with_the_reason():
    broken = AttendanceImportFactory(content=b"\x89PNG")
    read_import(broken, now=LATER)
    broken.refresh_from_db()
    assert (broken.state, broken.refused_at, broken.applied_at) == ("refused", LATER, None)
    assert broken.why_refused


@pytest.mark.parametrize("count", [1, 3])
def test_reading_and_applying_take_the_same_number_of_queries_for_more_people(count, django_assert_num_queries):
    session = TrainingSessionFactory()
    for number in range(count):
        RegistrationFactory(programme=session.programme, email=f"p{number}@example.org")
    waiting = upload(session, *[stay(session, "x", f"p{number}@example.org") for number in range(count)])
    with django_assert_num_queries(28):
        read_import(waiting, now=LATER)
    with django_assert_num_queries(27):
        apply_import(waiting, now=LATER)


def test_the_same_file_for_the_same_session_again_changes_nothing_and_says_so():
    session = TrainingSessionFactory()
    line = stay(session, "Ana")
    applied(session, line)
    assert refusal(upload, session, line, now=LATER) == (
        "This file was imported for this session already, on 2 April 2026, 15:00, as “report.csv”. Nothing was changed."
    )
    assert AttendanceImport.objects.count() == 1
    applied(session.programme, line)
    assert refusal(upload, session.programme, line, now=LATER) == (
        "This file was imported for this programme already, on 2 April 2026, 15:00, as “report.csv”. "
        "Nothing was changed."
    )


def test_upload_refuses_at_once_what_is_empty_too_big_or_of_no_zone():
    session = TrainingSessionFactory()
    assert refusal(upload, session, content=b" ") == "The file is empty. Export the report again."
    assert refusal(upload, session, content=b"x" * (MAX_BYTES + 1)).startswith("The file is larger than 21 MB")
    assert refusal(upload, session, stay(session, "Ana"), time_zone="Mars/Base") == (
        "“Mars/Base” is not a time zone. Choose one such as Africa/Nairobi."
    )
    assert AttendanceImport.objects.count() == 0


def test_undo_takes_back_what_only_the_file_said_and_keeps_what_people_said():
    session = TrainingSessionFactory()
    ana, bo, cy = [
        RegistrationFactory(programme=session.programme, email=f"{name}@example.org") for name in ("ana", "bo", "cy")
    ]
    applied(session, stay(session, "Ana", "ana@example.org", 0, 100))
    second = [
        stay(session, "Ana", "ana@example.org", 50, 200),
        stay(session, "Bo", "bo@example.org"),
        stay(session, "A stranger"),
    ]
    undone = applied(session, *second)
    record_by_hand(bo, session, minutes=5, now=AFTERWARDS)
    stranger = AttendanceIdentity.objects.get(name="A stranger")
    decide(stranger, cy, now=AFTERWARDS)
    assert seconds(session) == {ana.pk: 200, bo.pk: 7200, cy.pk: 7200}
    user = UserFactory()
    undone = undo_import(undone, by=user, now=LATER)
    assert (undone.state, undone.undone_at, undone.undone_by, undone.rows.count()) == ("undone", LATER, user, 3)
    assert seconds(session) == {ana.pk: 100}
    assert Attendance.objects.presences(session.programme)[bo.pk] == {session.pk: Presence(300, "hand")}
    again = applied(session, *second)  # the way is free for the same file, and decisions hold
    assert (again.pk != undone.pk, seconds(session)) == (True, {ana.pk: 200, bo.pk: 7200, cy.pk: 7200})


def test_undo_while_it_is_applied_stops_the_worker():
    session = TrainingSessionFactory()
    RegistrationFactory(programme=session.programme, email="ana@example.org")
    waiting = previewed(session, stay(session, "Ana", "ana@example.org"))
    approve_import(waiting, now=LATER)
    AttendanceImport.objects.filter(pk=waiting.pk).update(claimed_at=clock(0)())
    assert undo_import(waiting, now=LATER, clock=clock(1)).state == "undone"
    assert seconds(session) == {}


def test_undo_of_a_file_that_was_not_applied_puts_it_away():
    session = TrainingSessionFactory()
    assert undo_import(previewed(session, stay(session, "Ana")), now=LATER).state == "undone"
    assert refusal(approve_import, AttendanceImport.objects.get(), now=LATER).startswith("This file cannot be applied")


def test_every_deed_is_kept_with_who_and_when():
    session, user = TrainingSessionFactory(), UserFactory()
    RegistrationFactory(programme=session.programme, email="ana@example.org")
    done = previewed(session, stay(session, "Ana", "ana@example.org"), by=user)
    undo_import(apply_import(done, by=user, now=LATER), by=user, now=LATER)
    events = AttendanceEvent.objects.for_session(session).order_by("pk").values_list("kind", "by", "at")
    assert list(events) == [
        ("uploaded", user.pk, AFTERWARDS),
        ("read", None, LATER),
        ("approved", user.pk, LATER),
        ("applied", None, LATER),
        ("undone", user.pk, LATER),
    ]


def test_reading_and_applying_1100_people_is_quick():
    session = TrainingSessionFactory()
    programme = session.programme
    model = RegistrationFactory(programme=programme)
    people = type(model).objects.bulk_create(
        RegistrationFactory.build(
            programme=programme, privacy_text=model.privacy_text, given_name=f"Ana{number}", family_name="Sánchez"
        )
        for number in range(1100)
    )
    lines = [stay(session, person.printed_name, person.email) for person in people]
    waiting = upload(session, *lines)
    started = time.process_time()
    apply_import(read_import(waiting, now=LATER), now=LATER)
    assert time.process_time() - started < 3
    assert len(seconds(session)) == 1100

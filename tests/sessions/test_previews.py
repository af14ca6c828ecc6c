import json

import pytest
from django.core.management import call_command

from sessions.actions import apply_import, check_in_presence, record_by_hand, undo_import
from sessions.foreseen import Difference
from sessions.models import (
    Attendance,
    AttendanceEvent,
    AttendanceIdentity,
    AttendanceImport,
    AttendanceRow,
)
from sessions.previews import differences
from sessions.readers.zoom_writer import write_meeting_report
from tests.registrations_factories import ProgrammeFactory, RegistrationFactory
from tests.sessions.steps import LATER, applied, previewed, seconds, stay
from tests.sessions_factories import AFTERWARDS, TrainingSessionFactory

pytestmark = pytest.mark.django_db

TABLES = Attendance, AttendanceEvent, AttendanceIdentity, AttendanceImport, AttendanceRow


def by_session_and_person(found):
    return {(each.session, each.registration): (each.before, each.after, each.kept_because) for each in found}


@pytest.fixture
def session():
    return TrainingSessionFactory(programme__slug="course")


@pytest.fixture
def people(session):
    return [
        RegistrationFactory(programme=session.programme, email=f"{name}@example.org")
        for name in ("ana", "bo", "cy", "di", "ed")
    ]


def test_differences_say_what_applying_and_what_undoing_would_change(session, people):
    ana, bo, cy, di, _ed = people
    applied(session, *[stay(session, "x", person.email, 0, 600) for person in (ana, di)])
    record_by_hand(bo, session, minutes=5, now=AFTERWARDS)
    check_in_presence(cy, session, seconds=7200, now=AFTERWARDS)
    read = previewed(
        session,
        stay(session, "x", ana.email, 300, 900),
        *[stay(session, "x", person.email, 0, 60) for person in (bo, cy, di)],
    )
    expected = {
        (session.pk, ana.pk): (600, 900, ""),
        (session.pk, bo.pk): (300, 300, "hand"),
        (session.pk, cy.pk): (7200, 7200, "check_in"),
    }
    assert by_session_and_person(differences(read)) == expected
    done = apply_import(read, now=LATER)
    assert seconds(session) == {ana.pk: 900, bo.pk: 60, cy.pk: 60, di.pk: 600}
    assert differences(done)[0] == Difference(ana.pk, session.pk, 900, 600)
    undo_import(done, now=LATER)
    assert by_session_and_person(differences(done)) == expected


def test_differences_of_a_new_person_begin_with_nothing(session, people):
    read = previewed(session, stay(session, "x", people[0].email, 0, 60))
    assert differences(read) == [Difference(people[0].pk, session.pk, None, 60)]


@pytest.mark.parametrize("count", [1, 3])
def test_differences_take_the_same_number_of_queries_for_more_people(count, session, people, django_assert_num_queries):
    read = previewed(session, *[stay(session, "x", person.email) for person in people[:count]])
    with django_assert_num_queries(5):
        assert len(differences(read)) == count


@pytest.fixture
def report(session, people, tmp_path):
    path = tmp_path / "report.csv"
    RegistrationFactory(programme=session.programme, given_name="Robert", family_name="Kamau")
    lines = [
        stay(session, "x", people[0].email, 0, 60),
        stay(session, "Bob Kamau"),
        stay(session, "A stranger"),
        stay(session, "x", people[1].email, 40_000, 41_000),
    ]
    path.write_bytes(write_meeting_report(lines))
    return path


def run(*arguments, capsys):
    """The exit code and what is printed."""
    capsys.readouterr()
    try:
        call_command("import_attendance", *map(str, arguments))
        code = 0
    except SystemExit as ended:
        code = ended.code
    return code, capsys.readouterr().out


def everything():
    return [list(table.objects.order_by("pk").values()) for table in TABLES]


def test_import_attendance_first_says_what_it_would_do_then_does_it_then_says_that_it_is_done(
    session, people, report, capsys, afterwards
):
    before = everything()
    code, printed = run("course", 1, report, "--dry-run", "--json", capsys=capsys)
    expected = {
        "programme": "course",
        "session": 1,
        "file": "report.csv",
        "dry_run": True,
        "import": None,
        "state": "would_apply",
        "message": "",
        "asks": "",
        "platform": "zoom",
        "variant": "classic",
        "notes": [],
        "lines": 4,
        "sessions": [{"number": 1, "lines": 3}],
        "in_no_session": 1,
        "left_out": 0,
        "hosts": 0,
        "people": 1,
        "to_review": 1,
        "unknown": 1,
        "differences": [{"email": "ana@example.org", "session": 1, "before": None, "after": 60, "kept_because": ""}],
    }
    assert (code, json.loads(printed), everything()) == (0, expected, before)

    code, printed = run("course", 1, report, "--json", capsys=capsys)
    done = AttendanceImport.objects.get()
    assert (code, json.loads(printed)) == (0, {**expected, "dry_run": False, "import": done.pk, "state": "applied"})
    assert (done.state, seconds(session)) == ("applied", {people[0].pk: 60})

    after = everything()
    code, printed = run("course", 1, report, "--json", capsys=capsys)
    again = json.loads(printed)
    assert (code, again["state"], again["differences"], everything()) == (0, "unchanged", [], after)
    assert again["message"].startswith("This file was imported for this session already")


def test_import_attendance_for_all_sessions_lets_the_times_say_which(session, people, report, capsys, afterwards):
    code, printed = run("course", "all", report, capsys=capsys)
    assert code == 0
    assert printed.splitlines() == [
        "4 lines, 1 people (zoom, classic)",
        "To be decided: 1 likely, 1 unknown. In no session: 1. Left out: 0.",
        "1  ana@example.org: nothing → 1 min",
        "Applied.",
    ]
    assert AttendanceImport.objects.get().session is None


def test_import_attendance_that_asks_or_is_refused_says_so_and_exits_1(session, report, tmp_path, capsys, afterwards):
    code, printed = run("course", 1, report, "--time-zone", "America/Lima", "--dry-run", capsys=capsys)
    assert (code, AttendanceImport.objects.count()) == (1, 0)
    assert printed.startswith("By this time zone nobody was there during a session")
    picture = tmp_path / "report.png"
    picture.write_bytes(b"\x89PNG")
    code, printed = run("course", 1, picture, "--json", capsys=capsys)
    assert (code, json.loads(printed)["state"], AttendanceImport.objects.count()) == (1, "refused", 0)
    code, printed = run("course", 1, report, "--time-zone", "America/Lima", "--json", capsys=capsys)
    facts = json.loads(printed)
    assert (code, facts["state"], facts["asks"]) == (1, "asks", "zone")
    assert AttendanceImport.objects.get(pk=facts["import"]).asks == "zone"


def test_import_attendance_knows_no_programme_or_session_by_a_wrong_name(session, report):
    ProgrammeFactory(slug="other")
    for arguments in (("nowhere", 1), ("other", 1), ("course", 7), ("course", "first")):
        with pytest.raises(Exception, match=r"no programme|no session"):
            call_command("import_attendance", *map(str, arguments), str(report))

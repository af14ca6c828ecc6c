"""What a file would change: kept while it holds, worked out again when it does not, and never applied unseen."""

import datetime as dt

import pytest
from django.db import connection
from django.urls import reverse

from sessions.actions import (
    answer_questions,
    apply_import,
    approve_import,
    ask_what_it_changes,
    check_in_presence,
    decide,
    foreseeing,
    match_again,
    record_by_hand,
    recount_presence,
    undecide,
    undo_import,
    work_out_changes,
)
from sessions.imported import kept_page, preview_of
from sessions.models import AttendanceIdentity, AttendanceImport, ImportPreview, PreviewPage
from sessions.models.imports import LEASE
from sessions.previews import differences
from sessions.tasks import carry_on_imports
from tests.registrations_factories import RegistrationFactory
from tests.sessions.pages import messages_of
from tests.sessions.steps import LATER, applied, clock, previewed, refusal, stay
from tests.sessions.test_import_resumption import Killed, killed_at
from tests.sessions_factories import AFTERWARDS, TrainingSessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(db):
    return TrainingSessionFactory()


@pytest.fixture
def people(session):
    return [RegistrationFactory(programme=session.programme, email=f"{name}@example.org") for name in ("ana", "bo")]


@pytest.fixture
def waiting(session, people):
    """A file with two people and a stranger that was read, and what it would change."""
    found = previewed(session, *[stay(session, "x", each.email, 0, 600) for each in people], stay(session, "Zaphod Q"))
    work_out_changes(found)
    return found


def other_file(session, people):
    return applied(session, stay(session, "y", people[0].email, 0, 300))


def stranger():
    return AttendanceIdentity.objects.get(name="Zaphod Q")


def move(session):
    session.ends_at -= dt.timedelta(hours=1, minutes=55)
    session.save()
    recount_presence(session, now=LATER)


def register_late(session):
    RegistrationFactory(programme=session.programme, given_name="Zaphod", family_name="Q", printed_name="Zaphod Q")
    match_again(session.programme, now=LATER)


DEEDS = {
    "another file is applied": lambda _found, session, people: other_file(session, people),
    "a name is decided": lambda _found, _session, people: decide(stranger(), people[0], now=LATER),
    "a name is nobody's": lambda _found, _session, _people: decide(stranger(), None, now=LATER),
    "names are matched again": lambda _found, session, _people: register_late(session),
    "the session is moved": lambda _found, session, _people: move(session),
    "the file is read again": lambda found, _session, _people: read_again(found),
}


def read_again(found):
    answer_questions(found, time_zone="Africa/Addis_Ababa", now=LATER)
    carry_on_imports()


@pytest.mark.parametrize("deed", DEEDS)
def test_a_preview_holds_until_something_makes_it_wrong(deed, session, people, waiting):
    before = preview_of(waiting)
    assert (kept_page(before, 1), before.changes) == (differences(waiting), 2)
    DEEDS[deed](waiting, session, people)
    waiting.refresh_from_db()
    now = preview_of(waiting)
    assert now is None or now.version != before.version
    assert refusal(approve_import, waiting, shown=before.version, now=LATER).startswith("Something was changed")
    ask_what_it_changes(waiting, now=LATER)
    work_out_changes(waiting)
    now = preview_of(waiting)
    assert kept_page(now, 1) == differences(waiting)
    assert approve_import(waiting, shown=now.version, now=LATER).approved_at == LATER
    assert (ImportPreview.objects.count(), PreviewPage.objects.count()) == (0, 0)


def test_files_of_other_sessions_leave_a_preview_as_it_is(session, people, waiting):
    before = preview_of(waiting).version
    other = TrainingSessionFactory(programme=session.programme)
    work_out_changes(previewed(other, *[stay(other, name, "", 0, 600) for name in ("Somebody", "Else")]))
    applied(other, stay(other, "y", people[0].email, 0, 600))
    assert approve_import(waiting, shown=before, now=LATER).approved_at == LATER


def test_a_preview_of_undoing_notices_decisions_that_are_taken_back(session, people, waiting):
    decide(stranger(), people[1], now=LATER)
    done = apply_import(waiting, now=LATER)
    ask_what_it_changes(done, now=LATER)
    work_out_changes(done)
    assert kept_page(preview_of(done), 1) == differences(done)
    undecide(stranger(), now=LATER)
    assert preview_of(done) is None
    undo_import(done, now=LATER)
    assert ImportPreview.objects.count() == 0


def test_what_people_and_check_ins_say_is_shown_as_it_is_now(session, people, waiting):
    record_by_hand(people[0], session, minutes=5, now=AFTERWARDS)
    check_in_presence(people[1], session, seconds=7200, now=AFTERWARDS)
    kept = kept_page(preview_of(waiting), 1)
    assert [(each.registration, each.kept_because) for each in kept] == [
        (people[0].pk, "hand"),
        (people[1].pk, "check_in"),
    ]
    assert kept == differences(waiting)


def test_a_worker_that_is_killed_is_followed_by_another_that_begins_anew(session, people, monkeypatch):
    monkeypatch.setattr(foreseeing, "AT_ONCE", 1)
    monkeypatch.setattr(foreseeing, "ON_A_PAGE", 1)
    found = previewed(session, *[stay(session, "x", each.email, 0, 600) for each in people])
    with killed_at('INSERT INTO "training_sessions_previewpage"', 1), pytest.raises(Killed):
        work_out_changes(found, clock=clock(0))
    left = ImportPreview.objects.get()
    assert (left.version, left.people_done, left.people_total) == ("", 2, 2)
    work_out_changes(found, clock=clock(60))
    assert preview_of(found) is None  # the killed worker's claim holds so long
    work_out_changes(found, clock=clock(LEASE.seconds + 1))
    kept = [each for (page,) in PreviewPage.objects.values_list("changes") for each in page]
    assert kept == [[session.pk, each.pk, None, 600] for each in people]
    work_out_changes(found, clock=clock(LEASE.seconds + 2))  # nobody asked
    assert PreviewPage.objects.count() == 2


def test_what_changes_while_it_is_worked_out_is_not_kept(session, people):
    found = previewed(session, stay(session, "x", people[0].email, 0, 600))

    def meanwhile(run, sql, params, many, context):
        answer = run(sql, params, many, context)
        is_counted = sql.startswith('UPDATE "training_sessions_importpreview" SET "people_done"')
        if is_counted and not AttendanceImport.objects.counting().exists():
            other_file(session, people)
        return answer

    with connection.execute_wrapper(meanwhile):
        work_out_changes(found)
    assert preview_of(found) is None
    carry_on_imports()  # it is still asked for
    assert kept_page(preview_of(found), 1) == differences(found)


def test_the_page_says_that_it_is_worked_out_again_and_applying_unseen_is_refused(
    session, people, waiting, organiser_client
):
    client = organiser_client(session.programme)
    page, apply = [reverse(f"admin:training_sessions_{name}", args=[waiting.pk]) for name in ("file", "file_apply")]
    seen = client.get(page).context["preview"].version
    other_file(session, people)
    for sent in ({"version": seen}, {}):
        response = client.post(apply, sent, follow=True)
        assert messages_of(response)[-1].startswith("Something was changed after you looked")
        assert "is being worked out again" in response.text
        assert "Apply: let it count" not in response.text
    carry_on_imports()
    response = client.get(page)
    assert [(each.before, each.after) for each in response.context["changes"]] == [(5, 10), (None, 10)]
    client.post(apply, {"version": response.context["preview"].version})
    client.post(apply, {"version": response.context["preview"].version})  # clicked twice
    waiting.refresh_from_db()
    assert waiting.is_counting

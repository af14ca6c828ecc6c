"""Workers that are killed in the middle of an import of responses, and workers that meet."""

import pytest
from django.db import connection

from surveys.actions import (
    apply_responses,
    approve_import,
    batches,
    carry_on_import,
    request_undo,
    respond,
    undo_responses,
)
from surveys.importing import table as tables
from surveys.models import Response, ResponseImport
from tests.registrations_factories import NOW, RegistrationFactory
from tests.surveys.import_steps import LATER, answers, applied, clock, make_survey, read, table

pytestmark = pytest.mark.django_db
ROWS = [(str(number % 5 + 1), f"text {number}") for number in range(25)]
WANTED = [{"quality": quality, "comment": text} for quality, text in ROWS]


class Killed(Exception):
    """The worker is gone."""


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    monkeypatch.setattr(tables, "BLOCK", 10)
    monkeypatch.setattr(batches, "CHUNK_OF_UNDO", 10)


def killed_at(start, number):
    """A database that fails at the n-th statement that begins so."""
    seen = 0

    def execute(run, sql, params, many, context):
        nonlocal seen
        seen += sql.startswith(start)
        if sql.startswith(start) and seen == number:
            raise Killed
        return run(sql, params, many, context)

    return connection.execute_wrapper(execute)


def content():
    return table(("quality", "comment"), *ROWS)


PROGRESS = 'UPDATE "surveys_responseimport" SET "rows_done"'


def test_writing_goes_on_where_a_killed_worker_stopped():
    survey = make_survey()
    batch = approve_import(read(survey, content()), now=LATER)
    with killed_at(PROGRESS, 2), pytest.raises(Killed):
        carry_on_import(batch, now=LATER, clock=clock(0))
    batch.refresh_from_db()
    first = 9  # the head is in the first block of ten lines
    assert (batch.state, batch.rows_done, batch.imported, len(answers(survey))) == ("applying", first, first, first)
    assert carry_on_import(batch, now=LATER, clock=clock(60)).rows_done == first  # the claim holds so long
    done = carry_on_import(batch, now=LATER, clock=clock(121))
    assert (done.state, done.imported, answers(survey)) == ("applied", 25, WANTED)


def test_writing_stops_where_another_worker_took_over():
    survey = make_survey()
    batch = approve_import(read(survey, content()), now=LATER)
    taken = []

    def take_over(run, sql, params, many, context):
        if sql.startswith(PROGRESS) and len(answers(survey)) == 9 and not taken:
            taken.append(True)
            ResponseImport.objects.filter(pk=batch.pk).update(claimed_at=clock(180)())
        return run(sql, params, many, context)

    with connection.execute_wrapper(take_over):
        carry_on_import(batch, now=LATER, clock=clock(0))
    assert len(answers(survey)) == 9
    carry_on_import(batch, now=LATER, clock=clock(400))
    assert answers(survey) == WANTED


def test_undoing_goes_on_where_a_killed_worker_stopped():
    survey = make_survey()
    other = applied(survey, table(("quality",), ("5",)))
    batch = applied(survey, content())
    request_undo(batch, now=LATER)
    with killed_at('DELETE FROM "surveys_response"', 2), pytest.raises(Killed):
        carry_on_import(batch, now=LATER, clock=clock(0))
    assert (batch.responses.count(), other.responses.count()) == (15, 1)
    done = carry_on_import(batch, now=LATER, clock=clock(121))
    assert (done.state, answers(survey)) == ("undone", [{"quality": "5"}])


def test_import_undone_while_it_is_written_leaves_nothing():
    survey = make_survey()
    batch = approve_import(read(survey, content()), now=LATER)
    with killed_at(PROGRESS, 2), pytest.raises(Killed):
        carry_on_import(batch, now=LATER, clock=clock(0))
    undone = undo_responses(batch, now=LATER, clock=clock(1))
    assert (undone.state, Response.objects.count()) == ("undone", 0)
    assert carry_on_import(batch, now=LATER, clock=clock(300)).state == "undone"


def test_person_who_answers_between_preview_and_import_is_left_out():
    survey = make_survey()
    person = RegistrationFactory(programme=survey.programme, email="ana@example.org")
    batch = read(survey, table(("email", "quality"), ("ana@example.org", "5"), ("", "4")))
    respond(survey, person, {"quality": "1"}, language="en", now=NOW)
    done = apply_responses(batch, now=LATER)
    assert (done.imported, done.left_out) == (1, 1)
    assert Response.objects.get(registration=person).answers["quality"] == "1"

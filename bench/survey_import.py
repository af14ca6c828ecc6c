"""A million responses to twelve questions, imported from a CSV file, beside what COPY alone takes for the same rows.

`bench.measures` runs it as a program of its own, by `manage.py shell`, on a PostgreSQL database that is migrated; it prints
one JSON object with seconds. Three floors, each in the same run and on the same server:

* ``text``: COPY of the file as it is into a bare table of texts, which checks nothing and is no response yet;
* ``bare``: COPY of the ready-made rows into a bare table with the columns of responses, without keys or indexes;
* ``table``: the same into a table with the indexes and constraints of responses, too.
"""

import csv
import datetime as dt
import io
import json
import os
import random
import resource
import time
from collections.abc import Iterable

from django.db import connection

from registrations.models import Programme
from surveys.actions import undo_responses
from surveys.actions.at_once import import_at_once
from surveys.actions.imports import look
from surveys.models import Choice, Question, Response, ResponseImport, Survey

SEED, PIECE = 20260318, 1 << 17
NOW = dt.datetime(2026, 3, 20, tzinfo=dt.UTC)
KINDS = {
    "usefulness": "rating", "relevance": "rating", "quality": "rating", "pace": "rating", "recommend": "yes_no",
    "role": "select_one", "level": "select_one", "topics": "select_multiple", "formats": "select_multiple",
    "years": "integer", "comment": "text", "next_steps": "text",
}  # fmt: skip
OPTIONS = {
    "role": ("teacher", "nurse", "officer", "student", "engineer"),
    "level": ("local", "regional", "national", "other"),
    "topics": ("energy", "water", "health", "trade", "gender", "climate"),
    "formats": ("video", "text", "live", "exercise"),
}


def run() -> None:
    """Make the survey and the file, measure, print. BENCH_RESPONSES says how many rows; a million without it."""
    rows = int(os.environ.get("BENCH_RESPONSES", "1000000"))
    survey, content = _survey(), _file(rows)
    found: dict[str, object] = {"rows": rows, "megabytes": round(len(content) / 2**20, 1)}
    _measured(survey, content, NOW - dt.timedelta(days=1))  # once to warm up; its rows stay as the ready-made ones
    ready = _ready_made()
    found["text"] = min(_copied_as_text(content) for _round in range(2))
    found["bare"] = min(_copied_as_rows(ready, "") for _round in range(2))
    found["table"] = min(_copied_as_rows(ready, " INCLUDING ALL") for _round in range(2))
    del ready
    _emptied(survey)
    found |= _measured(survey, content, NOW)
    began = time.perf_counter()
    look(Survey.objects.with_questions().select_related("programme").get(pk=survey.pk), content, now=NOW)
    found["look"] = time.perf_counter() - began
    found["responses"] = Response.objects.filter(survey=survey).count()
    batch = ResponseImport.objects.get(undone_at__isnull=True)
    began = time.perf_counter()
    undo_responses(batch, now=NOW)
    found["undo"] = time.perf_counter() - began
    found["left"] = Response.objects.filter(survey=survey).count()
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(found))


def _measured(survey: Survey, content: bytes, now: dt.datetime) -> dict[str, object]:
    """The way of the command."""
    fetched = Survey.objects.with_questions().select_related("programme").get(pk=survey.pk)
    began = time.perf_counter()
    import_at_once(fetched, file_name="big.csv", content=content, now=now)
    passed = time.perf_counter() - began
    return {"import": passed}


def _emptied(survey: Survey) -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE surveys_response CASCADE")
    ResponseImport.objects.filter(survey=survey).update(undone_at=NOW, taken_back_at=NOW)


def _ready_made() -> bytes:
    """The rows of the responses as COPY writes them."""
    made = io.BytesIO()
    with connection.cursor() as cursor, cursor.copy("COPY surveys_response TO STDOUT") as copy:
        for piece in copy:
            made.write(piece)
    return made.getvalue()


def _copied_as_text(content: bytes) -> float:
    columns = ", ".join(f"{name} text" for name in KINDS)
    return _copied(f"CREATE TABLE bare ({columns})", "COPY bare FROM STDIN (FORMAT csv, HEADER)", content)


def _copied_as_rows(ready: bytes, including: str) -> float:
    return _copied(f"CREATE TABLE bare (LIKE surveys_response{including})", "COPY bare FROM STDIN", ready)


def _copied(create: str, statement: str, content: bytes) -> float:
    """Seconds that a COPY into a new table takes."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare")
        cursor.execute(create)
        began = time.perf_counter()
        with cursor.copy(statement) as copy:
            for start in range(0, len(content), PIECE):
                copy.write(content[start : start + PIECE])
        passed = time.perf_counter() - began
        cursor.execute("DROP TABLE bare")
    return passed


def _survey() -> Survey:
    programme = Programme.objects.create(
        slug="import",
        title="Import",
        time_zone="UTC",
        start_date=NOW.date(),
        end_date=NOW.date(),
        registration_opens_at=NOW - dt.timedelta(days=9),
        registration_closes_at=NOW,
    )
    survey = Survey.objects.create(
        programme=programme, form_id="million", title="Million", opens_at=NOW - dt.timedelta(days=1), closes_at=NOW
    )
    for position, (name, kind) in enumerate(KINDS.items()):
        question = Question.objects.create(survey=survey, name=name, kind=kind, label=name, position=position)
        Choice.objects.bulk_create(
            Choice(question=question, value=value, label=value.title(), position=at)
            for at, value in enumerate(OPTIONS.get(name, ()))
        )
    return survey


def _file(rows: int) -> bytes:
    """The same file at every run: one answer in ten is missing, one comment in five is there."""
    chance, made = random.Random(SEED), io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(KINDS)
    writer.writerows(_row(chance, number) for number in range(rows))
    return made.getvalue().encode()


def _row(chance: random.Random, number: int) -> Iterable[str]:
    return ["" if chance.random() < 0.1 else _cell(chance, name, kind, number) for name, kind in KINDS.items()]


def _cell(chance: random.Random, name: str, kind: str, number: int) -> str:
    if kind == "rating":
        return str(chance.randint(1, 5))
    if kind == "yes_no":
        return chance.choice(("yes", "no"))
    if kind == "integer":
        return str(chance.randrange(40))
    if kind == "select_one":
        return chance.choice(OPTIONS[name])
    if kind == "select_multiple":
        return " ".join(value for value in OPTIONS[name] if chance.random() < 0.4)
    return f"Part {number} was good, more of “it” please" if chance.random() < 0.2 else ""

"""The ledger under load: 100,000 connections of 20,000 people are read, applied and undone.

`bench.measures` runs it as a program of its own, by `manage.py shell`, on a database that is migrated; it prints one JSON
object: seconds, queries and the peak of memory in megabytes after each step.
"""

import datetime as dt
import json
import random
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

from registrations.models import PrivacyText, Programme, Registration
from sessions.actions import apply_import, read_import, undo_import, upload_report
from sessions.models import Attendance, TrainingSession
from sessions.previews import differences
from sessions.readers.zoom_writer import ReportLine, write_meeting_report

PEOPLE, CONNECTIONS = 20_000, 100_000
STARTS = dt.datetime(2026, 3, 18, 6, tzinfo=dt.UTC)
NOW = STARTS + dt.timedelta(days=2)


def run() -> None:
    """Make the people and the file, go through the steps, print what they took."""
    session = _session()
    emails = _people(session.programme)
    content = _report(emails)
    found: dict[str, object] = {"megabytes": round(len(content) / 2**20, 1), "before_mb": _peak()}
    with _step("upload", found):
        upload = upload_report(session, file_name="big.csv", content=content, time_zone="UTC", now=NOW)
    with _step("read", found):
        upload = read_import(upload, now=NOW)
    with _step("preview", found):
        found["differences"] = len(differences(upload))
    with _step("apply", found):
        upload = apply_import(upload, now=NOW)
    found["counted"] = Attendance.objects.filter(session=session).count()
    with _step("undo", found):
        upload = undo_import(upload, now=NOW)
    found["left"] = Attendance.objects.filter(session=session).count()
    found |= {"state": upload.state, "rows": upload.rows_done}
    print(json.dumps(found))


def _session() -> TrainingSession:
    programme = Programme.objects.create(
        slug="ledger",
        title="Ledger",
        time_zone="UTC",
        start_date=STARTS.date(),
        end_date=STARTS.date(),
        registration_opens_at=STARTS - dt.timedelta(days=9),
        registration_closes_at=STARTS,
    )
    return TrainingSession.objects.create(
        programme=programme, number=1, theme="Load", starts_at=STARTS, ends_at=STARTS + dt.timedelta(hours=2)
    )


def _people(programme: Programme) -> list[str]:
    text, emails = PrivacyText.objects.current(), [f"person{number}@example.org" for number in range(PEOPLE)]
    Registration.objects.bulk_create(
        (
            Registration(
                programme=programme,
                email=email,
                given_name=f"Given{number % 900}",
                family_name=f"Family{number // 900}",
                printed_name=f"Given{number % 900} Family{number // 900}",
                gender="female",
                country="KE",
                sector="private",
                privacy_text=text,
                consented_at=NOW,
                registered_at=NOW,
                confirmed_at=NOW,
                seated_at=NOW,
            )
            for number, email in enumerate(emails)
        ),
        batch_size=500,
    )
    return emails


def _report(emails: list[str]) -> bytes:
    """Five connections of each, in the order of joining; most with the address, some by name only."""
    chance = random.Random(1)
    lines = []
    for number in range(CONNECTIONS):
        person = number % PEOPLE
        joined = STARTS.replace(tzinfo=None) + dt.timedelta(seconds=chance.randint(-600, 6600))
        left = joined + dt.timedelta(seconds=chance.randint(30, 3000))
        name, email = f"Given{person % 900} Family{person // 900}", emails[person] if person % 5 else ""
        lines.append(ReportLine(name, email, joined, left))
    return write_meeting_report(sorted(lines, key=lambda line: line.joined))


@contextmanager
def _step(name: str, found: dict[str, object]) -> Iterator[None]:
    asked, began = 0, time.monotonic()

    def count(execute: Callable[..., object], *arguments: object) -> object:
        nonlocal asked
        asked += 1
        return execute(*arguments)

    with connection.execute_wrapper(count):
        yield
    found[name] = {"seconds": round(time.monotonic() - began, 2), "queries": asked, "peak_mb": _peak()}


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

"""`manage.py read_attendance FILE [--date YYYY-MM-DD] [--json]`: what a report says, without touching the database."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sessions.people import Person, people_of
from sessions.readers import Connection, Meeting, ReadError, Report, read
from sessions.readers.limits import MAX_BYTES
from sessions.refusals import sentence_of


class Command(BaseCommand):
    """Reads a report of any platform and says who was there, for how long, and which rows do not count."""

    help = "Print the people of an attendance report with their seconds of presence. Reads the file and nothing else."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Which file, the session's day, which form."""
        parser.add_argument("file", metavar="FILE", type=Path, help="the report, as the platform wrote it")
        parser.add_argument(
            "--date",
            metavar="YYYY-MM-DD",
            type=dt.date.fromisoformat,
            help="the session's day: decides between 03/04 and 04/03, and dates times that have none",
        )
        parser.add_argument("--json", action="store_true", help="print JSON only")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what the file says; exit 1 with one sentence where it cannot be read."""
        file: Path = options["file"]
        try:
            report = read(content_of(file), file.name, near=options["date"])
        except ReadError as error:
            raise CommandError(sentence_of(error)) from None
        if options["json"]:
            self.stdout.write(json.dumps(report_facts(report), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(table_lines(report)))


def content_of(file: Path) -> bytes:
    """The bytes of a file, one more at most than a report may have. Raises `CommandError` where there is none."""
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{file} cannot be opened: {error.strerror}.") from None


def report_facts(report: Report) -> dict[str, object]:
    """A report as plain JSON."""
    return {
        "platform": report.platform,
        "variant": report.variant,
        "sessions": [meeting_facts(meeting) for meeting in report.meetings],
    }


def meeting_facts(meeting: Meeting) -> dict[str, object]:
    """One meeting: its people, those who registered and were absent, the rows that are no attendance."""
    return {
        "title": meeting.title or None,
        "people": [person_facts(person) for person in people_of(meeting)],
        "absent": [{"email": absence.email or None, "name": absence.name} for absence in meeting.absent],
        "excluded_rows": [excluded_facts(found) for found in meeting.connections if found.excluded_because],
    }


def person_facts(person: Person) -> dict[str, object]:
    """One person; `seconds` is null where the file says only that they were there."""
    return {
        "key": person.key,
        "email": person.email or None,
        "names": list(person.names),
        "seconds": person.seconds,
        "first_join": written(person.first_join),
        "last_leave": written(person.last_leave),
        "role": person.role.value,
    }


def excluded_facts(found: Connection) -> dict[str, object]:
    """A row that does not count, and why."""
    span = [f"{written(found.joined) or ''}-{written(found.left) or ''}"] if found.joined or found.left else []
    return {"row": " ".join([found.name or found.email, *span]), "reason": found.excluded_because}


def written(moment: dt.datetime | None) -> str | None:
    """ISO 8601: without an offset where the file states no zone, with Z where it is UTC."""
    return moment.isoformat().replace("+00:00", "Z") if moment else None


def table_lines(report: Report) -> list[str]:
    """The same for people's eyes: one line per person."""
    lines = [f"{report.platform}: {report.variant}"]
    if report.order:
        lines += [f"Days and months could be told apart by nothing and are read as {report.order}; --date decides."]
    for meeting in report.meetings:
        people = people_of(meeting)
        excluded = [found for found in meeting.connections if found.excluded_because]
        lines += ["", meeting.title or "(no title)", *map(person_line, people)]
        lines += [f"  absent: {absence.email or absence.name}" for absence in meeting.absent]
        lines += [f"  does not count ({found.excluded_because}): {found.name or found.email}" for found in excluded]
        lines += [f"  {len(people)} people, {len(meeting.absent)} absent, {len(excluded)} rows that do not count"]
    return lines


def person_line(person: Person) -> str:
    """Minutes, from, until, role, key."""
    minutes = "    ?" if person.seconds is None else f"{person.seconds / 60:5.1f}"
    joined, left = (
        moment.strftime("%Y-%m-%d %H:%M") if moment else "-" for moment in (person.first_join, person.last_leave)
    )
    return f"  {minutes} min  {joined:16}  {left:16}  {person.role.value:9}  {person.key}"

"""`manage.py match_attendance FILE --roster ROSTER.csv`: whom the lines of a report belong to. Touches no database."""

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sessions.management.commands.read_attendance import content_of
from sessions.matching import Because, Candidate, Decision, Match, Roster
from sessions.people import hosts_of, identities_of
from sessions.readers import ReadError, Report, read
from sessions.reasons import in_words
from sessions.refusals import sentence_of

COLUMNS = ("email", "given_name", "family_name")  # a roster may have more, such as country


class Command(BaseCommand):
    """Matches every identity of a report with a list of registered people, as an import would."""

    help = "Print whom the names and addresses of an attendance report belong to. Reads two files and nothing else."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Which report, who is registered, the session's day, which form."""
        parser.add_argument("file", metavar="FILE", type=Path, help="the report, as the platform wrote it")
        parser.add_argument(
            "--roster",
            metavar="ROSTER.csv",
            type=Path,
            required=True,
            help="who is registered: CSV in UTF-8 with the columns email, given_name, family_name, country",
        )
        parser.add_argument(
            "--date",
            metavar="YYYY-MM-DD",
            type=dt.date.fromisoformat,
            help="the session's day: decides between 03/04 and 04/03",
        )
        parser.add_argument("--json", action="store_true", help="print JSON only")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one entry per distinct identity; exit 1 with one sentence where a file cannot be read."""
        file: Path = options["file"]
        people = people_of(options["roster"])
        try:
            report = read(content_of(file), file.name, near=options["date"])
        except ReadError as error:
            raise CommandError(sentence_of(error)) from None
        facts = match_facts(report, people)
        if options["json"]:
            self.stdout.write(json.dumps({"matches": facts}, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(map(line_of, facts)))


def match_facts(report: Report, people: list[Candidate]) -> list[dict[str, str | None]]:
    """Every distinct name and address of a report, in its order, with the registered address that it belongs to."""
    identities, hosts = identities_of(report), hosts_of(report)
    matches = Roster(people).match_all(identities)
    facts = []
    for identity in identities:
        match = matches[identity]
        is_host = identity in hosts and match.because == Because.NOT_IN_ROSTER
        facts.append(
            {
                "name": identity.name,
                "email": identity.email or None,
                "decision": match.decision.value,
                "registration": registration_of(match, people),
                "because": (Because.HOST_NOT_REGISTERED if is_host else match.because).value,
            }
        )
    return facts


def registration_of(match: Match, people: list[Candidate]) -> str | None:
    """The registered address of whoever is matched, or is the likeliest where a person has to confirm."""
    key = match.suggestions[0].key if match.decision is Decision.CONFIRM else match.key
    return None if key is None else people[key].email


def line_of(fact: dict[str, str | None]) -> str:
    """The same for people's eyes."""
    who = f"{fact['name']} <{fact['email']}>" if fact["email"] else f"{fact['name']}"
    return f"{fact['decision']:8}{who} -> {fact['registration'] or '-'}  ({in_words(str(fact['because']))})"


def people_of(file: Path) -> list[Candidate]:
    """The people of a roster, each with its place in the file as key. Raises `CommandError` with what is wrong."""
    try:
        lines = content_of(file).decode("utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError:
        raise CommandError(f"{file.name} is not in UTF-8. Save it as “CSV UTF-8” and try again.") from None
    head = lines[0] if lines else ""
    if not lines or any("\0" in line for line in lines):
        raise CommandError(f"{file.name} is not a CSV file: it is empty or holds characters that no text has.")
    rows = csv.DictReader(io.StringIO("".join(lines), newline=""), delimiter=delimiter_of(head), strict=True)
    try:
        missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
        if missing:
            raise CommandError(
                f"{file.name} lacks the columns {', '.join(missing)}. Its first line must name the columns "
                "email, given_name, family_name, country."
            )
        return [candidate_of(key, row, f"{file.name}, line {rows.line_num}") for key, row in enumerate(rows)]
    except csv.Error as error:
        raise CommandError(f"{file.name} cannot be read as CSV after line {rows.line_num}: {error}.") from None


def delimiter_of(head: str) -> str:
    """What parts the columns: whichever of comma, semicolon and tab the first line has most."""
    return max(",;\t", key=head.count)


def candidate_of(key: int, row: dict[str, str | None], place: str) -> Candidate:
    """One registered person."""
    email, given, family = ((row[column] or "").strip() for column in COLUMNS)
    if "@" not in email:
        raise CommandError(f"{place}: “{email}” is no e-mail address. Every registered person needs one.")
    return Candidate(key, email.lower(), (f"{given} {family}".strip(),))

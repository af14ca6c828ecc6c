"""`manage.py import_attendance PROGRAMME_SLUG SESSION_NUMBER FILE [--dry-run] [--json]`: the upload page's action.

With --json one object is printed, whatever happens; its keys stay:

programme, file, dry_run   as given
session                    the number, or null for all
state                      applied, would_apply, unchanged (the file is in already), asks, refused
message                    a sentence about the state, "" where all is said
import                     the import's id, null in a dry run
asks                       mapping, date_order, zone or ""
platform, variant, notes   what wrote the file, and codes of what to know about it
lines, in_no_session, left_out, hosts      lines of the file; a line that reaches into two sessions is two
sessions                   [{"number", "lines"}]
people                     registrations that the file is about
to_review, unknown         identities that wait for a person: with a likely candidate, without
differences                [{"email", "session", "before", "after", "kept_because"}]: what counts, in seconds or null;
                           kept_because: the entry (hand, correction, check_in) that prevails over the file, or ""

The exit code is 0 for applied, would_apply and unchanged, else 1.
"""

import json
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations.models import Programme, Registration
from sessions import actions
from sessions.actions.imports import check_upload
from sessions.actions.parsing import FileFacts
from sessions.errors import AlreadyImported, Refused
from sessions.foreseen import Difference
from sessions.management.commands.read_attendance import content_of
from sessions.models import AttendanceImport, TrainingSession
from sessions.previews import Trial, try_file
from sessions.questions import question_of, refusal_of
from sessions.readers import Order

ALL = ("0", "all")
WORKER_AT_IT = 0.5  # seconds between two looks at an import that a worker has taken
State = AttendanceImport.State


class Command(BaseCommand):
    """Imports a file of attendance from the command line, or says what that would change."""

    help = "Import an attendance file for a session, or for all sessions of a programme (SESSION_NUMBER 0 or all)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, which file, and what it leaves open."""
        parser.add_argument("programme", metavar="PROGRAMME_SLUG")
        parser.add_argument("session", metavar="SESSION_NUMBER", help="0 or all: the file's times say which")
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--time-zone", help="whose clock the file shows; without it the programme's")
        parser.add_argument(
            "--date-order", choices=[order.value for order in Order], help="of dates such as 03/04/2026"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object; its keys are in the source")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import the file and print what that changed."""
        file = _file(options)
        facts: dict[str, Any] = {
            "programme": options["programme"],
            "session": file.session.number if file.session else None,
            "file": file.file_name,
            "dry_run": options["dry_run"],
            "import": None,
        }
        trial = Trial()
        try:
            check_upload(file, now=timezone.now())
            trial = try_file(file)
            facts |= _outcome(trial) if options["dry_run"] or trial.refusal else _imported(file)
        except AlreadyImported as known:
            facts |= {"state": "unchanged", "message": str(known)}
        except Refused as refusal:
            facts |= {"state": "refused", "message": str(refusal)}
        facts |= _figures(trial, file.programme)
        self.stdout.write(json.dumps(facts, ensure_ascii=False, indent=1) if options["json"] else _in_words(facts))
        if facts["state"] in ("asks", "refused"):
            raise SystemExit(1)


def _file(options: dict[str, Any]) -> FileFacts:
    programme = Programme.objects.filter(slug=options["programme"]).first()
    if programme is None:
        raise CommandError(_("There is no programme “%(slug)s”.") % {"slug": options["programme"]})
    session = None
    if options["session"] not in ALL:
        number = int(options["session"]) if options["session"].isdecimal() else -1
        session = TrainingSession.objects.for_programme(programme).filter(number=number).first()
        if session is None:
            raise CommandError(_("The programme has no session “%(number)s”.") % {"number": options["session"]})
        session.programme = programme
    return FileFacts(
        programme=programme,
        session=session,
        file_name=options["file"].name,
        content=content_of(options["file"]),
        time_zone=options["time_zone"] or programme.time_zone,
        order=Order(options["date_order"]) if options["date_order"] else None,
    )


def _outcome(trial: Trial) -> dict[str, Any]:
    if trial.refusal:
        return {"state": "refused", "message": refusal_of(trial.refusal, trial.refusal_details or {})}
    if trial.asks:
        return {"state": "asks", "message": question_of(trial.asks)}
    return {"state": "would_apply", "message": ""}


def _imported(file: FileFacts) -> dict[str, Any]:
    """Take the file in, read it, apply it; a question that it leaves open waits on the page."""
    upload = actions.upload_report(
        file.session or file.programme,
        file_name=file.file_name,
        content=file.content,
        time_zone=file.time_zone,
        order=file.order,
        now=timezone.now(),
    )
    _finish(upload)
    if upload.state == State.PREVIEWED:
        actions.approve_import(upload, now=timezone.now())
        _finish(upload)
    found: dict[str, Any] = {"import": upload.pk, "state": upload.state.value, "message": ""}
    if upload.state == State.ASKS:
        found["message"] = question_of(upload.asks)
    elif upload.state == State.REFUSED:
        found["message"] = upload.why_refused
    return found


def _finish(upload: AttendanceImport) -> None:
    """Do the step that is due, or wait for the worker that was faster."""
    actions.carry_on(upload, now=timezone.now())
    while upload.is_running:
        time.sleep(WORKER_AT_IT)
        actions.carry_on(upload, now=timezone.now())


def _figures(trial: Trial, programme: Programme) -> dict[str, Any]:
    numbers = dict(TrainingSession.objects.for_programme(programme).values_list("pk", "number"))
    return {
        "asks": trial.asks,
        "platform": trial.platform,
        "variant": trial.variant,
        "notes": list(trial.notes),
        "lines": trial.lines,
        "sessions": [
            {"number": number, "lines": trial.by_session[pk]}
            for pk, number in numbers.items()
            if trial.by_session and pk in trial.by_session
        ],
        "in_no_session": trial.in_no_session,
        "left_out": trial.left_out,
        "hosts": trial.hosts,
        "people": trial.people,
        "to_review": trial.to_review,
        "unknown": trial.unknown,
        "differences": _differences(trial.differences, programme, numbers),
    }


def _differences(
    differences: tuple[Difference, ...], programme: Programme, numbers: dict[int, int]
) -> list[dict[str, Any]]:
    emails = dict(Registration.objects.for_programme(programme).order_by().values_list("pk", "email"))
    found = [
        {
            "email": emails[each.registration],
            "session": numbers[each.session],
            "before": each.before,
            "after": each.after,
            "kept_because": each.kept_because,
        }
        for each in differences
    ]
    return sorted(found, key=lambda each: (each["session"], each["email"]))


def _in_words(facts: dict[str, Any]) -> str:
    """For a person at a terminal."""
    lines = [facts["message"]] if facts["message"] else []
    if facts["lines"]:
        lines += _summary(facts)
    for each in facts["differences"]:
        before, after = _minutes(each["before"]), _minutes(each["after"])
        kept = f" ({each['kept_because']})" if each["kept_because"] else ""
        lines.append(f"{each['session']}  {each['email']}: {before} → {after}{kept}")
    if facts["state"] == "applied":
        lines.append(_("Applied."))
    elif facts["state"] == "would_apply":
        lines.append(_("Nothing was written: this was a dry run."))
    return "\n".join(lines)


def _summary(facts: dict[str, Any]) -> list[str]:
    counted = ngettext("%(count)s line, %(people)s people", "%(count)s lines, %(people)s people", facts["lines"])
    waiting = _(
        "To be decided: %(review)s likely, %(unknown)s unknown. In no session: %(nowhere)s. Left out: %(left)s."
    )
    return [
        counted % {"count": facts["lines"], "people": facts["people"]} + f" ({facts['platform']}, {facts['variant']})",
        waiting
        % {
            "review": facts["to_review"],
            "unknown": facts["unknown"],
            "nowhere": facts["in_no_session"],
            "left": facts["left_out"],
        },
    ]


def _minutes(seconds: int | None) -> str:
    return _("nothing") if seconds is None else f"{seconds // 60} min"

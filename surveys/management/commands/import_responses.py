"""`manage.py import_responses SURVEY FILE [--dry-run] [--json]`: the upload page's action.

Columns are named like the questions; several answers are parted by a space; an empty cell was seen and not answered. A
question without a column was not shown, nor where a cell says \\N. Exports of KoboToolbox, LimeSurvey, Google Forms and
Microsoft Forms are recognised by their heads. Beside questions a file may have the columns submitted_at, started_at,
email, link, language, gender, sector, country, city, is_finished, is_test and _uuid. See docs/decisions/0021.

With --json one object is printed, whatever happens; its keys stay:

survey, file, dry_run      as given
state                      applied, would_apply, unchanged (the file is in already), refused
message                    a sentence about the state, "" where all is said
import                     the import's id, null in a dry run
platform                   plain, kobo, limesurvey, google, microsoft
columns                    {head: use}: a special column, question:NAME, option:NAME:VALUE, "" where it is left out
rows, imported, linked     rows of the file, those that become responses, those of a participant of the programme
left_out                   {duplicate: n, answered: n, blank: n}: rows that become no response
problems, problem_count    sentences about cells that cannot be taken, the first 50 of them; how many there are
missing                    questions without a column
questions                  [{"name", "answered", "declined", "not_shown", "values": {value: n}}]

The exit code is 0 for applied, would_apply and unchanged, else 1.
"""

import json
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sessions.readers import Order
from surveys import actions
from surveys.actions.at_once import import_at_once
from surveys.actions.imports import AlreadyImported, Look, look, refuse_upload, with_columns_left_out
from surveys.errors import Refused
from surveys.import_words import file_sentence, left_out_sentence, problem_sentence
from surveys.importing.table import MAX_BYTES
from surveys.models import ResponseImport, Survey

WORKER_AT_IT = 0.5  # seconds between two looks at an import that a worker has taken


class Command(BaseCommand):
    """Imports responses from the command line, or says what that would give."""

    help = "Import responses to a survey from a CSV file or a workbook whose columns are named like the questions."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, which file, and what it leaves open."""
        parser.add_argument("survey", metavar="SURVEY", help="the survey's form id")
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
        parser.add_argument("--leave-out", action="append", default=[], metavar="COLUMN", help="a column to leave out")
        parser.add_argument(
            "--accept-outside", action="store_true", help="take values that a question does not offer; counted apart"
        )
        parser.add_argument(
            "--date-order", choices=[order.value for order in Order], default="", help="of dates such as 03/04/2026"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object; its keys are in the source")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import the file and print what came of it."""
        survey = Survey.objects.with_questions().select_related("programme").filter(form_id=options["survey"]).first()
        if survey is None:
            raise CommandError(_("There is no survey “%(form_id)s”.") % {"form_id": options["survey"]})
        facts: dict[str, Any] = {
            "survey": survey.form_id,
            "file": options["file"].name,
            "dry_run": options["dry_run"],
            "import": None,
            "message": "",
        }
        try:
            facts |= _outcome(survey, content_of(options["file"]), options)
        except AlreadyImported as known:
            facts |= {"state": "unchanged", "message": str(known)}
        except Refused as refusal:
            facts |= {"state": "refused", "message": str(refusal)}
        self.stdout.write(json.dumps(facts, ensure_ascii=False, indent=1) if options["json"] else _in_words(facts))
        if facts["state"] == "refused":
            raise SystemExit(1)


def content_of(file: Path) -> bytes:
    """The bytes of a file, one more at most than may be imported. Raises `CommandError` where there is none."""
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{file} cannot be opened: {error.strerror}.") from None


def _outcome(survey: Survey, content: bytes, options: dict[str, Any]) -> dict[str, Any]:
    refuse_upload(survey, content)
    mapping = with_columns_left_out(survey, content, options["leave_out"], order=options["date_order"])
    known = {"mapping": mapping, "accepts_outside": options["accept_outside"], "now": timezone.now()}
    named = {"file_name": options["file"].name, "content": content}
    batch: ResponseImport | None = None
    if connection.vendor == "postgresql" and not options["dry_run"]:
        seen, batch = import_at_once(survey, **named, **known)
    else:
        seen = look(survey, content, **known)
    facts = _facts(seen, survey)
    if not seen.findings.is_clean:
        return facts | {"state": "refused", "message": _why_not(seen)}
    if options["dry_run"]:
        return facts | {"state": "would_apply"}
    if batch is None:
        kept = {"accepts_outside": options["accept_outside"], "now": known["now"]}
        batch = actions.take_in(survey, **named, seen=seen, **kept)
        _finish(batch)
    return facts | {"state": "applied", "import": batch.pk, "imported": batch.imported}


def _finish(batch: ResponseImport) -> None:
    """Write what is due, or wait for the worker that was faster."""
    actions.apply_responses(batch, now=timezone.now())
    while batch.is_running:
        time.sleep(WORKER_AT_IT)
        actions.carry_on_import(batch, now=timezone.now())


def _why_not(seen: Look) -> str:
    found = seen.findings
    if found.refusal:
        return file_sentence(found, seen.heads)
    if found.asks_order:
        return _("The dates can be read in two ways. Say --date-order DMY or --date-order MDY. Nothing was imported.")
    if found.problem_count:
        return ngettext(
            "%(count)s cell cannot be taken as an answer. Correct it in the file. Nothing was imported.",
            "%(count)s cells cannot be taken as answers. Correct them in the file. Nothing was imported.",
            found.problem_count,
        ) % {"count": found.problem_count}
    return _("No row of this file becomes a response. Nothing was imported.")


def _facts(seen: Look, survey: Survey) -> dict[str, Any]:
    found = seen.findings
    asked = [question.name for question in survey.questions.all()]
    return {
        "platform": seen.platform,
        "columns": dict(zip(seen.heads, seen.mapping.uses, strict=False)),
        "rows": found.rows,
        "imported": found.imported,
        "linked": found.linked,
        "strangers": found.strangers,
        "left_out": dict(found.left_out),
        "problems": [problem_sentence(problem, survey) for problem in found.problems],
        "problem_count": found.problem_count,
        "missing": list(found.missing),
        "questions": [
            {
                "name": each.name,
                "answered": each.answered,
                "declined": each.declined,
                "not_shown": each.not_shown,
                "values": dict(each.values),
            }
            for each in sorted(found.questions, key=lambda counted: asked.index(counted.name))
        ],
    }


def _in_words(facts: dict[str, Any]) -> str:
    """For a person at a terminal."""
    lines = [facts["message"]] if facts["message"] else []
    lines += facts.get("problems", [])
    if facts.get("rows"):
        lines += _summary(facts)
    if facts["state"] == "applied":
        lines.append(_("Applied."))
    elif facts["state"] == "would_apply":
        lines.append(_("Nothing was written: this was a dry run."))
    return "\n".join(lines)


def _summary(facts: dict[str, Any]) -> list[str]:
    counted = _("%(rows)s rows, %(imported)s responses, %(linked)s of participants who are known.") % facts
    lines = [counted, *(left_out_sentence(why, count) for why, count in facts["left_out"].items() if count)]
    if facts["strangers"]:
        lines.append(
            _("%(strangers)s addresses belong to nobody who takes part; their responses are not linked.") % facts
        )
    if facts["missing"]:
        lines.append(_("Not in the file, so counted as not shown: %(names)s.") % {"names": ", ".join(facts["missing"])})
    for each in facts["questions"]:
        lines.append(
            _("%(name)s: %(answered)s answered, %(declined)s left out, %(not_shown)s not shown") % each
            + "".join(f", {value}={count}" for value, count in each["values"].items())
        )
    return lines

"""`manage.py load_survey PROGRAMME_SLUG FORM.xlsx [--skip-unsupported]`: an XLSForm as a survey or its new version."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from registrations.models import Programme
from surveys.actions.forms import adopt_form
from surveys.errors import Refused
from surveys.xlsform import read_form


class Command(BaseCommand):
    """The action of the page for loading a form."""

    help = "Load an XLSForm workbook as a survey of a programme, or as a new version of the survey with its form id."

    def add_arguments(self, parser: CommandParser) -> None:
        """The programme, the file, and whether what is not supported is left out."""
        parser.add_argument("programme", help="the programme's slug")
        parser.add_argument("form", type=Path, help="an XLSForm workbook (.xlsx)")
        parser.add_argument(
            "--skip-unsupported", action="store_true", help="leave out what Baraza does not support, row by row"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the form; what was left out is told on the error stream."""
        programme = Programme.objects.filter(slug=options["programme"]).first()
        if programme is None:
            raise CommandError(f"There is no programme “{options['programme']}”.")
        try:
            reading = read_form(_content(options["form"]), zone=programme.zone)
            form = reading.usable(skip_unsupported=options["skip_unsupported"])
            survey = adopt_form(programme, form, by=None, now=timezone.now())
        except Refused as reason:
            raise CommandError(str(reason)) from None
        for line in (*map(str, reading.problems), *reading.notes):
            self.stderr.write(line)
        self.stdout.write(
            f"{survey.form_id}: {survey.questions.count()} questions, opens {survey.opens_at:%Y-%m-%d %H:%M %Z}"
        )


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from None

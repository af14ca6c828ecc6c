"""`manage.py export_survey SURVEY --output F.xlsx`: a survey as an XLSForm; SURVEY is its form id."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from surveys.actions.forms import export_form
from surveys.errors import Refused
from surveys.models import Survey


class Command(BaseCommand):
    """The action behind the link for downloading a form."""

    help = "Write a survey as an XLSForm workbook, as ODK and Kobo read it."

    def add_arguments(self, parser: CommandParser) -> None:
        """The survey and the file."""
        parser.add_argument("survey", help="the form id")
        parser.add_argument("--output", type=Path, required=True, help="where the workbook goes (.xlsx)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file."""
        survey = Survey.objects.select_related("session").filter(form_id=options["survey"]).first()
        if survey is None:
            raise CommandError(f"There is no survey “{options['survey']}”.")
        try:
            options["output"].write_bytes(export_form(survey))
        except Refused as reason:
            raise CommandError(str(reason)) from None
        except OSError as error:
            raise CommandError(f"{options['output']} cannot be written: {error.strerror}.") from None
        self.stdout.write(f"{options['output']}: {survey.questions.count()} questions")

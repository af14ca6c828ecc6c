"""`manage.py render_certificate --name "..." --language ar --out F.pdf`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from certificates.models import Certificate
from certificates.rendering import CannotRender, render
from certificates.wording import sheet_of


class Command(BaseCommand):
    """Draw a specimen: no database row, no number that leads anywhere."""

    help = "Draw a specimen certificate for a name, without a database row."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose name, in which language, into which file."""
        parser.add_argument("--name", required=True, help="the name, in any script")
        parser.add_argument("--language", default="en", choices=[code for code, _name in settings.LANGUAGES])
        parser.add_argument("--out", required=True, type=Path, help="the PDF file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file; exit 1 with a sentence where there is no name, or no font has a letter of it."""
        certificate = _specimen(" ".join(options["name"].split()), options["language"])
        try:
            content = render(sheet_of(certificate), issued_at=certificate.issued_at)
        except CannotRender as error:
            raise CommandError(f"This name cannot be printed: {error}") from error
        try:
            options["out"].write_bytes(content)
        except OSError as error:
            raise CommandError(f"{options['out']} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{options['out']}: {len(content)} bytes")


def _specimen(name: str, language: str) -> Certificate:
    now = timezone.now()
    with translation.override(language):
        title = _("A training programme")
    return Certificate(
        serial="BZ-SPECIMEN-00000",
        code="specimen",
        issued_at=now,
        language=language,
        printed_name=name,
        programme_title=title,
        start_date=now.date(),
        end_date=now.date(),
        issue_date=now.date(),
        sessions_attended=5,
        sessions_total=5,
        minutes_attended=600,
        issuer="Baraza",
        is_synthetic=True,
    )

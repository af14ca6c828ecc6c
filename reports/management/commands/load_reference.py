"""`manage.py load_reference SLUG`: a reference programme without people."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from reports.errors import Refused
from reports.reference import load_reference, reference_slugs


class Command(BaseCommand):
    """Loads one of the two published programmes: agenda, speakers, partners, survey. No people."""

    help = "Load a reference programme (agenda, speakers, partners, survey; no people) into the database."

    def add_arguments(self, parser: CommandParser) -> None:
        """One slug."""
        parser.add_argument("slug", metavar="SLUG", help=f"one of: {', '.join(reference_slugs())}")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, or say that it is there already."""
        try:
            programme, is_new = load_reference(options["slug"], now=timezone.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{'Loaded' if is_new else 'Present already, left as it is'}: {programme.slug}")

"""`manage.py read_bounces`: read the mailbox for bounces once, as the sweep does every five minutes."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registrations.reading_reports import read_bounces


class Command(BaseCommand):
    """Tells how many letters were what; safe to run at any time."""

    help = "Read the mailbox for bounces (BOUNCE_MAILBOX) once and say what was found."

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, or say that no mailbox is named."""
        if not settings.BOUNCE_MAILBOX:
            raise CommandError("No mailbox is named: set BOUNCE_MAILBOX (see .env.example).")
        found = read_bounces(now=timezone.now())
        self.stdout.write(
            f"Mail that came back: {found.bounce}; known already: {found.known}; "
            f"about mail unknown to us, left there: {found.unknown}; something else, left there: {found.other}"
        )

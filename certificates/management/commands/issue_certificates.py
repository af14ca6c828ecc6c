"""`manage.py issue_certificates SLUG [--dry-run] [--json]`."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from certificates import actions
from certificates.actions import preflight
from certificates.errors import Refused
from registrations.models import Programme


class Command(BaseCommand):
    """Issue certificates to all who are due, here and now, without a worker."""

    help = "Issue certificates to everybody of a programme who is due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which programme, and whether really."""
        parser.add_argument("slug", help="the programme's address")
        parser.add_argument("--dry-run", action="store_true", help="only say who is due and what looks wrong")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was done; exit 1 with a sentence where nothing can be."""
        programme = Programme.objects.filter(slug=options["slug"]).first()
        if programme is None:
            raise CommandError(f"There is no programme {options['slug']!r}.")
        result = self._preview(programme) if options["dry_run"] else self._issue(programme)
        if options["json"]:
            self.stdout.write(json.dumps(result))
        else:
            self.stdout.write("\n".join(f"{key.replace('_', ' ')}: {value}" for key, value in result.items()))

    def _preview(self, programme: Programme) -> dict[str, object]:
        now = timezone.now()
        found = preflight.look(programme, now=now)
        return asdict(actions.preview(programme)) | {
            "problems": list(preflight.problems(programme, found.design, now=now)),
            "warnings": {warned.code: len(warned.notes) for warned in found.warnings},
        }

    def _issue(self, programme: Programme) -> dict[str, object]:
        now = timezone.now()
        try:
            run = actions.request_issue(programme, by=None, now=now)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        run = actions.carry_on(run, now=now)
        if run.is_running:
            raise CommandError("Another worker is issuing this programme's certificates.")
        return {"done": run.done, "total": run.total, "refusal": run.refusal}

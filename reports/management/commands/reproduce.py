"""`manage.py reproduce`: every published figure beside the one that our statistics compute."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from registrations.models import Programme
from reports.cohort.claim import Progress, silent
from reports.cohort.walk import is_walked, walk
from reports.errors import Refused
from reports.management.progress import ProgressLine
from reports.reference import published_figures, reference_slugs
from reports.reproduction import ProgrammeReproduction, Verdict, reproduce
from reports.results import compute_results

DEFAULT_SEED = 2022


class Command(BaseCommand):
    """Makes the synthetic cohorts where they are missing, computes every published figure from rows, and judges it."""

    help = (
        "Compare every published figure with what Baraza computes from a synthetic cohort that went through its doors. "
        "A cohort that is there is used as it is, so that a changed row changes the figures; another seed makes it anew."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which programme, which seed, which form."""
        parser.add_argument("--programme", metavar="SLUG", choices=reference_slugs(), help="only this programme")
        parser.add_argument("--seed", type=int, help=f"any whole number; {DEFAULT_SEED} where none is given")
        parser.add_argument("--json", action="store_true", help="print JSON only")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the table; the exit code is 0 only if nothing is not reproduced."""
        progress = silent if options["json"] else ProgressLine(self.stderr)
        try:
            done = [
                self._reproduce(published, options["seed"], progress)
                for published in published_figures()
                if options["programme"] in (None, published["programme"])
            ]
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["json"]:
            self.stdout.write(json.dumps({"programmes": [one.as_dict() for one in done]}, ensure_ascii=False, indent=1))
        else:
            self._print(done)
        if not all(one.is_complete for one in done):
            raise CommandError("Some figures are not reproduced.")

    def _reproduce(self, published: dict[str, Any], seed: int | None, progress: Progress) -> ProgrammeReproduction:
        slug = published["programme"]
        programme = Programme.objects.filter(slug=slug).first()
        if programme is None or not is_walked(programme, seed):
            programme = walk(slug, DEFAULT_SEED if seed is None else seed, now=timezone.now(), progress=progress)
        return reproduce(published, compute_results(programme))

    def _print(self, done: list[ProgrammeReproduction]) -> None:
        for one in done:
            self.stdout.write(f"\n{one.slug} (people: synthetic)")
            self.stdout.write(f"  {'figure':<28}{'printed':<22}{'computed':<12}{'from':<18}verdict")
            for line in one.lines:
                parts = "" if line.denominator is None else f"{line.numerator} / {line.denominator}"
                style = self.style.ERROR if line.verdict == Verdict.NOT_REPRODUCED else self.style.SUCCESS
                text = f"  {line.id:<28}{line.printed:<22}{line.computed or '-':<12}{parts:<18}"
                self.stdout.write(text + style(line.verdict.value))
        lines = [line for one in done for line in one.lines]
        counts = ", ".join(f"{sum(line.verdict == verdict for line in lines)} {verdict.value}" for verdict in Verdict)
        self.stdout.write(f"\n{len(lines)} published figures: {counts}")

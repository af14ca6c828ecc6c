"""`manage.py check_figures FILE`: a verdict on every printed figure of a report, as on the page in the back office."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from surveys.comparing_figures import verdicts_for
from surveys.figures_file import LONGEST, read_figures
from surveys.printed_figures import Verdict
from surveys.verdict_words import OUTCOMES, problem_text, verdict_text

BYTES_PER_CHARACTER = 4


class Command(BaseCommand):
    """Reads a file of figures and says of each whether it agrees, is possible, differs or cannot be."""

    help = "Check the printed figures of a report (YAML or CSV) against themselves and against our surveys."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which file, which survey, which form."""
        parser.add_argument("file", metavar="FILE", type=Path, help="YAML as in reference/figures.yaml, or CSV")
        parser.add_argument("--survey", metavar="FORM_ID", default="", help="meant where a question names no survey")
        parser.add_argument("--json", action="store_true", help="print JSON only")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for each figure. Exit 1 with a sentence where nothing can be read."""
        file = read_figures(_text_of(options["file"]), survey=options["survey"])
        problems = [problem_text(problem) for problem in file.problems]
        if not file.figures:
            raise CommandError("\n".join(problems))
        verdicts = verdicts_for(file, by=None)
        if options["json"]:
            facts = {"figures": [_facts(verdict) for verdict in verdicts], "problems": problems}
            self.stdout.write(json.dumps(facts, ensure_ascii=False, indent=1))
            return
        for problem in problems:
            self.stderr.write(problem)
        for verdict in verdicts:
            self.stdout.write(f"{OUTCOMES[verdict.outcome]}: {verdict.figure.id} {_told(verdict)}")
        counts = Counter(verdict.outcome for verdict in verdicts)
        self.stdout.write(", ".join(f"{label}: {counts[outcome]}" for outcome, label in OUTCOMES.items()))


def _told(verdict: Verdict) -> str:
    return f"“{verdict.figure.printed}”. {verdict_text(verdict)}"


def _facts(verdict: Verdict) -> dict[str, object]:
    return {
        "id": verdict.figure.id,
        "document": verdict.figure.document,
        "line": verdict.figure.line,
        "printed": verdict.figure.printed,
        "outcome": verdict.outcome,
        "reason": verdict.reason,
        "numbers": {name: str(number) for name, number in verdict.numbers.items()},
    }


def _text_of(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return opened.read(LONGEST * BYTES_PER_CHARACTER + 1).decode("utf-8-sig")
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise CommandError(f"{file} is no text in UTF-8.") from None

"""`manage.py verify_certificate CODE_OR_FILE [--json]`."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.management.base import BaseCommand, CommandError

from certificates import validation
from certificates.errors import KeyProblem
from certificates.models import Certificate
from certificates.validation import Finding

LARGEST_FILE = 50 * 1024 * 1024
UNKNOWN = "No certificate of ours matches."


class Command(BaseCommand):
    """Say what is known about a certificate, found by its code, its address, its serial number or a file."""

    help = "Verify a certificate by its code, the address of its page, its serial number, its PDF or its badge."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to look for."""
        parser.add_argument("code_or_file", help="a code, an address, a serial number, or a PDF, JSON, PNG or SVG file")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the facts; exit 1 with the reason where nothing of ours was given, or not unchanged."""
        given = str(options["code_or_file"])
        try:
            finding = _of_file(Path(given)) if _is_file(given) else _of_code(given)
        except KeyProblem as problem:
            raise CommandError(str(problem)) from problem
        facts = _facts(finding)
        if options["json"]:
            self.stdout.write(json.dumps(facts, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(f"{key.replace('_', ' ')}: {value}" for key, value in facts.items()))
        if finding is None or finding.certificate is None or finding.reason:
            raise CommandError(f"{UNKNOWN} {finding.reason if finding else ''}".strip())


def _is_file(given: str) -> bool:
    try:
        return Path(given).is_file()
    except (OSError, ValueError):  # too long for a name
        return False


def _of_file(path: Path) -> Finding:
    if path.stat().st_size > LARGEST_FILE:
        raise CommandError("The file is larger than 50 MB; no certificate of ours is.")
    return validation.examine(path.read_bytes())


def _of_code(given: str) -> Finding | None:
    """By a code, an address or a serial number: what our records have, its stored PDF judged as if handed in."""
    path = urlsplit(given).path if "/" in given else given
    code = unquote(path).rstrip("/").rpartition("/")[2].strip()
    found = Certificate.objects.filter(code=code).first() or Certificate.objects.filter(serial=code).first()
    return validation.stored(found) if found else None


def _facts(finding: Finding | None) -> dict[str, object]:
    """`signature`: valid, invalid, none or unknown signer; null with `file_matches` where there is no file to judge."""
    certificate = finding.certificate if finding else None
    return {
        "state": certificate.state.value if certificate else "unknown",
        "serial": certificate.serial if certificate else None,
        "name": certificate.printed_name if certificate else None,
        "programme": certificate.programme_title if certificate else None,
        "issued_at": certificate.issued_at.isoformat() if certificate else None,
        "signature": finding.seal.value if finding and finding.seal else None,
        "file_matches": finding.file_matches if finding else None,
    }

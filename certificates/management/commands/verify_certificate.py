"""`manage.py verify_certificate CODE_OR_FILE [--json]`."""

import hashlib
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from certificates.models import Certificate


class Command(BaseCommand):
    """Say what is known about a certificate, found by its code, its serial number or its file."""

    help = "Verify a certificate by its verification code, its serial number or its PDF file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to look for."""
        parser.add_argument("code_or_file", help="a verification code, a serial number or a PDF file")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the facts; exit 1 where nothing of ours was given."""
        given = str(options["code_or_file"])
        facts = _by_file(Path(given)) if Path(given).is_file() else _by_code(given)
        if options["json"]:
            self.stdout.write(json.dumps(facts, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(f"{key.replace('_', ' ')}: {value}" for key, value in facts.items()))
        if facts["state"] == "unknown":
            raise CommandError("No certificate of ours matches.")


def _by_code(code: str) -> dict[str, object]:
    found = Certificate.objects.filter(code=code).first() or Certificate.objects.filter(serial=code).first()
    return _facts(found, file_matches=None)


def _by_file(path: Path) -> dict[str, object]:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    found = Certificate.objects.filter(file__sha256=digest).first()
    return _facts(found, file_matches=found is not None)


def _facts(certificate: Certificate | None, *, file_matches: bool | None) -> dict[str, object]:
    """`file_matches` is null where no file was given; `signature` is null: files are not signed yet."""
    return {
        "state": certificate.state.value if certificate else "unknown",
        "serial": certificate.serial if certificate else None,
        "name": certificate.printed_name if certificate else None,
        "programme": certificate.programme_title if certificate else None,
        "issued_at": certificate.issued_at.isoformat() if certificate else None,
        "signature": None,
        "file_matches": file_matches,
    }

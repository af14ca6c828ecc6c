"""`manage.py make_keys`: make the keys that sign, add newer ones, mark one as compromised."""

import datetime as dt
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date

from certificates import keymaking, keys
from certificates.errors import KeyProblem, Refused

KINDS = ("pdf", "credential")


class Command(BaseCommand):
    """Make a key for PDFs and one for credentials; where there are some already, newer ones, which sign from now on."""

    help = "Make the keys that sign certificates (P-256 with its certificate) and credentials (Ed25519)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to make, or what to say of a key."""
        parser.add_argument("--only", choices=KINDS, help="make a key of this kind alone")
        parser.add_argument("--missing", action="store_true", help="make only what there is none of yet")
        parser.add_argument("--programme", default="", help="the slug of the programme whose PDFs alone the key signs")
        parser.add_argument("--key", type=Path, help="a P-256 key of your own (PEM, unencrypted), with --certificate")
        parser.add_argument("--certificate", type=Path, help="its certificate, then those that vouch for it (PEM)")
        parser.add_argument("--compromised", metavar="ID", help="mark this key, such as pdf-1, and make a new one")
        parser.add_argument("--since", help="the day from which it is not to be trusted (default: today), 2026-03-31")
        parser.add_argument("--list", action="store_true", help="say which keys there are and what they are good for")
        parser.add_argument("--print", action="store_true", help="print all keys as BARAZA_KEYS takes them: a secret")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the names of the keys made; refuse where the keys come from the environment."""
        try:
            if options["list"]:
                self._list()
            elif options["print"]:
                self.stdout.write(json.dumps(keys.read_tree(Path(settings.KEYS_DIR))))
            elif settings.KEYS:
                raise Refused("The keys come from BARAZA_KEYS. Unset it, make keys in a folder, and --print them.")
            else:
                self._make(Path(settings.KEYS_DIR), options)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal

    def _make(self, folder: Path, options: dict[str, Any]) -> None:
        kinds = [options["only"]] if options["only"] else list(KINDS)
        if options["compromised"]:
            kinds = [self._compromise(folder, options["compromised"], options["since"])]
        elif options["programme"] or options["key"]:
            kinds = ["pdf"]
        for kind in kinds:
            if options["missing"] and any(folder.glob(f"{kind}-[0-9]*")):
                continue
            made = _files(kind, options)
            found = keys.read_ring({f"{kind}-1": made})
            problem = found.all[0].problem
            if problem:
                raise Refused(problem)
            self.stdout.write(f"{folder / keymaking.add_key(folder, kind, made)}: signs from now on")

    def _compromise(self, folder: Path, name: str, since: str | None) -> str:
        """Mark a key; the kind to make anew."""
        kind = name.partition("-")[0]
        try:
            day = parse_date(since) if since else None
        except ValueError as error:
            raise Refused("--since must be a day such as 2026-03-31.") from error
        if since and day is None:
            raise Refused("--since must be a day such as 2026-03-31.")
        at = dt.datetime.combine(day, dt.time(), dt.UTC) if day else timezone.now()
        try:
            if kind not in KINDS:
                raise FileNotFoundError
            keymaking.mark_compromised(folder, name, at=at)
        except FileNotFoundError:
            raise Refused(f"There is no key {name}; --list names them.") from None
        self.stdout.write(f"{name}: not to be trusted since {at:%Y-%m-%d %H:%M} UTC; its private part is deleted")
        return kind

    def _list(self) -> None:
        ring, now = keys.ring(), timezone.now()
        for key in ring.all:
            try:
                keys.refuse_unless_usable(key, now=now)
                state = "can sign"
            except KeyProblem as problem:
                state = str(problem)
            self.stdout.write(f"{key.id}: {state}{f' (for {key.about.programme})' if key.about.programme else ''}")


def _files(kind: str, options: dict[str, Any]) -> dict[str, str]:
    """A new key, or the one given, as the files of its folder."""
    now = timezone.now()
    if kind == "credential":
        return keymaking.credential_key(now=now)
    if bool(options["key"]) != bool(options["certificate"]):
        raise Refused("Give --key and --certificate together.")
    if not options["key"]:
        return keymaking.pdf_key(site=settings.SITE_URL, now=now, programme=options["programme"])
    try:
        return {
            "key.pem": options["key"].read_text(),
            "certificate.pem": options["certificate"].read_text(),
            "about.json": keymaking.about(now=now, programme=options["programme"]),
        }
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{options['key']} or {options['certificate']} cannot be read.") from error

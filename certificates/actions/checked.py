"""What the check before issuing found, as its page shows it: looked for while a programme is small, kept where it is large.

Nothing is decided by what is kept: it says what somebody was shown. The run that is asked for makes the check again.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from certificates.actions.designs import DesignProblem
from certificates.actions.preflight import Preflight, Sample, Warned, look
from certificates.models import Accepted, CertificateDesign, CompletionRule
from registrations import kept
from registrations.models import Programme

FOUND, DOUBTED = "issue check", "issue doubts"
TASK = "certificates.tasks.check_issuing"
SHOWN = 20  # people of one kind of doubt; the rest are counted
MANY = 100_000  # designs of one version of the rule


@dataclass(frozen=True, slots=True)
class Listed:
    """One kind of doubt: the first people it is about, and how many they are in all."""

    warned: Warned
    total: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody was shown who asks for a run: how many are due, and the doubts that were accepted."""

    due: int
    accepted: Accepted


@dataclass(frozen=True, slots=True)
class Check:
    """What the page says. `mark` names all doubts there were; "" where there were none."""

    due: int
    confirmed: int
    design: DesignProblem | None
    doubts: tuple[Listed, ...]
    samples: tuple[Sample, ...]
    mark: str


def check_at_hand(programme: Programme, *, now: dt.datetime) -> Check | None:
    """What was found; `None` while a large programme is looked at for the first time, or with a new rule or design."""
    (found,) = _at_hand(programme, [FOUND], now)
    return _read(found) if found else None


def shown_at_hand(programme: Programme, mark: str, *, now: dt.datetime) -> tuple[Check, Shown | None] | None:
    """What was found, and what somebody accepts who gives the `mark` of it; without that where there are other doubts."""
    found, doubted = _at_hand(programme, [FOUND, DOUBTED], now)
    if not found or doubted is None:
        return None
    check = _read(found)
    return check, Shown(check.due, doubted) if check.mark in ("", mark) else None


def count_again(programme: Programme, *, now: dt.datetime) -> None:
    """Look at everybody, and keep what was found; nothing where somebody has just done so."""
    if not kept.is_young(programme, FOUND, now=now, version=_version(programme)):
        keep(programme, look(programme, now=now), now=now)


@transaction.atomic
def keep(programme: Programme, found: Preflight, *, now: dt.datetime) -> None:
    """Have pages of a large programme show this from now on."""
    if kept.is_large(programme):
        kept.keep(programme, _figures(found), now=now, version=_version(programme))


def _at_hand(programme: Programme, kinds: Sequence[str], now: dt.datetime) -> list[kept.Figures | None]:
    if not kept.is_large(programme):
        found = _figures(look(programme, now=now))
        return [found[kind] for kind in kinds]
    version = _version(programme)
    kept.look_up([programme], {kept.named(kind, version): TASK for kind in kinds}, now=now)
    return [kept.at_hand(programme, kind, version=version) for kind in kinds]


def _version(programme: Programme) -> int:
    """Of what decides who is due, and of what is printed. Two queries."""
    rule, design = CompletionRule.objects.in_force(programme), CertificateDesign.objects.in_force(programme)
    return (rule.version if rule else 0) * MANY + (design.version if design else 0)


def _figures(found: Preflight) -> dict[str, kept.Figures]:
    doubted = found.doubted()
    return {
        FOUND: {
            "due": found.due,
            "confirmed": found.confirmed,
            "design": asdict(found.design) if found.design else None,
            "doubts": [_listed(warned) for warned in found.warnings],
            "samples": [[sample.code, sample.pk] for sample in found.samples],
            "mark": _mark(doubted),
        },
        DOUBTED: doubted,
    }


def _listed(warned: Warned) -> Mapping[str, Any]:
    first = list(warned.notes.items())[:SHOWN]
    return {"code": warned.code, "first": [[pk, list(about)] for pk, about in first], "total": len(warned.notes)}


def _mark(doubted: Accepted) -> str:
    if not doubted:
        return ""
    return hashlib.sha256(json.dumps(doubted, sort_keys=True).encode()).hexdigest()[:32]


def _read(figures: kept.Figures) -> Check:
    design = figures["design"]
    doubts = (Listed(Warned(each["code"], dict(each["first"])), each["total"]) for each in figures["doubts"])
    return Check(
        due=figures["due"],
        confirmed=figures["confirmed"],
        design=DesignProblem(**design) if design else None,
        doubts=tuple(doubts),
        samples=tuple(Sample(*sample) for sample in figures["samples"]),
        mark=figures["mark"],
    )

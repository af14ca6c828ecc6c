"""Composing the next report: an organiser's changes to its blocks and to the words on its method."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from registrations.models import Programme, User
from reports.composition import Composition
from reports.errors import Refused
from reports.method import Words
from reports.models import ReportDraft


def draft_of(programme: Programme) -> ReportDraft:
    """What is drafted; an empty draft where nobody has written one."""
    return ReportDraft.objects.filter(programme=programme.pk).first() or ReportDraft(programme=programme)


def compose(
    programme: Programme, composition: Composition, *, version: int, by: User | None, now: dt.datetime
) -> ReportDraft:
    """Keep the blocks. `version` is the draft's that was looked at; raises `Refused` where it has changed since."""
    return _keep(programme, {"blocks": composition.as_dict()}, version=version, by=by, now=now)


def compose_itself(programme: Programme, *, version: int, by: User | None, now: dt.datetime) -> ReportDraft:
    """Let the report put itself together again. Raises `Refused` as `compose` does."""
    return _keep(programme, {"blocks": None}, version=version, by=by, now=now)


def say(
    programme: Programme, words: Mapping[str, str], *, language: str, version: int, by: User | None, now: dt.datetime
) -> ReportDraft:
    """Keep what is said of the method in one language. Raises `Refused` as `compose` does."""
    entered: Words = draft_of(programme).words
    fields = {*entered, *words}
    kept = {field: _with(entered.get(field, {}), language, words.get(field)) for field in sorted(fields)}
    return _keep(programme, {"words": kept}, version=version, by=by, now=now)


def _with(texts: Mapping[str, str], language: str, text: str | None) -> dict[str, str]:
    """The texts with that of one language replaced; None leaves it as it is, "" takes it out."""
    changed = dict(texts) if text is None else {**texts, language: text}
    return {code: each for code, each in changed.items() if each}


@transaction.atomic
def _keep(
    programme: Programme, values: dict[str, Any], *, version: int, by: User | None, now: dt.datetime
) -> ReportDraft:
    ReportDraft.objects.get_or_create(programme=Programme.objects.get(pk=programme.pk))
    changed = ReportDraft.objects.filter(programme=programme.pk, version=version).update(
        **values, version=F("version") + 1, updated_at=now, updated_by=by
    )
    if not changed:
        raise Refused(_("Somebody has changed this report just now. Look at it again, then make your change."))
    return ReportDraft.objects.get(programme=programme.pk)

"""Files of responses: taken in, their columns said, approved, undone. What takes long is done by `batches`."""

import datetime as dt
import hashlib
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from registrations.models import User
from registrations.zones import is_zone
from sessions.readers import ReadError
from surveys import imported
from surveys.actions.sifting import Told, looked_at
from surveys.errors import Refused
from surveys.importing.findings import Findings
from surveys.importing.mapping import IGNORED, OPTION, QUESTION, SPECIAL, ColumnMapping, shape_of
from surveys.importing.shapes import proposed
from surveys.importing.table import MAX_BYTES, Table, opened
from surveys.models import ResponseImport, ResponseMapping, Survey


class AlreadyImported(Refused):
    """The same file is in already; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Look:
    """A file as it was looked at, with the mapping that was used or that waits to be completed."""

    platform: str
    shape: str
    heads: tuple[str, ...]
    mapping: ColumnMapping
    findings: Findings


def upload_responses(
    survey: Survey, *, file_name: str, content: bytes, by: User | None = None, now: dt.datetime
) -> ResponseImport:
    """Keep a file, to be read in the background by `carry_on_import`. Nothing counts yet.

    Raises Refused for an empty or too large file, `AlreadyImported` for one that is in already.
    """
    refuse_upload(survey, content)
    batch = ResponseImport(
        survey=survey,
        file_name=file_name.replace("\0", "")[-255:],
        content=zlib.compress(content, 1),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=by,
        uploaded_at=now,
    )
    try:
        with transaction.atomic():
            batch.save(force_insert=True)
    except IntegrityError:  # sent twice at the same moment
        refuse_upload(survey, content)
        raise
    return batch


def refuse_upload(survey: Survey, content: bytes) -> None:
    """Raise Refused for what can be told without reading the file; `AlreadyImported` where it is in already."""
    if not content.strip():
        raise Refused(_("The file is empty. Export the responses again."))
    if len(content) > MAX_BYTES:
        raise Refused(_("The file is larger than %(megabytes)s MB. Split it.") % {"megabytes": MAX_BYTES // 1024**2})
    same = ResponseImport.objects.of_survey(survey).filter(
        sha256=hashlib.sha256(content).hexdigest(), undone_at__isnull=True
    )
    known = same.first()
    if known is not None:
        uploaded = date_format(localtime(known.uploaded_at, survey.programme.zone), "DATETIME_FORMAT")
        raise AlreadyImported(
            _("This file is here already: it came on %(moment)s, as “%(file)s”. Nothing was changed.")
            % {"moment": uploaded, "file": known.file_name}
        )


def look(
    survey: Survey,
    content: bytes,
    *,
    mapping: ColumnMapping | None = None,
    accepts_outside: bool = False,
    now: dt.datetime,
    told: Told | None = None,
) -> Look:
    """What a file would give; nothing is written. Without a mapping, the one of its shape is taken.

    A file that cannot be read, or has columns that nobody has decided on, has findings that say so.
    """
    return look_with(
        survey,
        content,
        mapping,
        lambda table, found: looked_at(survey, table, found, outside=accepts_outside, now=now, told=told),
    )


def look_with(
    survey: Survey, content: bytes, mapping: ColumnMapping | None, work: Callable[[Table, ColumnMapping], Findings]
) -> Look:
    """Open a file, complete its mapping, and do some work with both; where that cannot be, findings that say why."""
    try:
        table = opened(content)
        found = mapping if mapping and len(mapping.uses) == len(table.heads) else mapping_for(survey, table)
        platform = proposed(table.heads, imported.asked_in(survey)).platform
        findings = _refusal(found) or work(table, found)
    except ReadError as error:
        refused = Findings(refusal=error.reason, refusal_details=error.details)
        return Look("", "", (), mapping or ColumnMapping(()), refused)
    return Look(platform, shape_of(table.heads), table.heads, found, findings)


def _refusal(mapping: ColumnMapping) -> Findings | None:
    if mapping.undecided:
        return Findings(refusal="undecided", refusal_details={"places": mapping.undecided})
    if mapping.twice():
        return Findings(refusal="twice", refusal_details={"uses": mapping.twice()})
    if not mapping.questions() and not mapping.ticks():
        return Findings(refusal="no_question")
    return None


def mapping_for(survey: Survey, table: Table) -> ColumnMapping:
    """What was said of a file of this shape before, else what its heads say."""
    asked = imported.asked_in(survey)
    by_heads = proposed(table.heads, asked).mapping
    said = ResponseMapping.objects.filter(survey=survey, shape=shape_of(table.heads)).first()
    if said is None:
        return by_heads
    return ColumnMapping.from_json(said.mapping).fitted(by_heads, known_uses(survey))


def known_uses(survey: Survey) -> list[str]:
    """Every use that a column can have in this survey."""
    uses = [IGNORED, *SPECIAL]
    for asked in imported.asked_in(survey):
        uses.append(QUESTION + asked.name)
        uses += [f"{OPTION}{asked.name}:{value}" for value in asked.options if asked.takes_several]
    return uses


@transaction.atomic
def say_columns(
    batch: ResponseImport,
    *,
    mapping: ColumnMapping,
    accepts_outside: bool,
    by: User | None = None,
    now: dt.datetime,
) -> ResponseImport:
    """Say which column is what; the file is read again. It is remembered for the survey's next file of this shape."""
    if not set(mapping.uses) <= set(known_uses(batch.survey)):
        raise Refused(_("Say for each column what it holds, or that it is left out."))
    if mapping.time_zone and not is_zone(mapping.time_zone):
        raise Refused(
            _("“%(name)s” is not a time zone. Choose one such as Africa/Nairobi.") % {"name": mapping.time_zone}
        )
    restart: dict[str, Any] = {
        "read_at": None,
        "can_be_applied": False,
        "findings": {},
        "rows_done": 0,
        "claimed_at": None,
    }
    changeable = ResponseImport.objects.filter(
        pk=batch.pk, read_at__isnull=False, approved_at__isnull=True, undone_at__isnull=True
    )
    if not changeable.update(**restart, mapping=mapping.as_json(), accepts_outside=accepts_outside):
        raise Refused(_("This file is being read, was applied, or was put away. Nothing was changed."))
    batch.refresh_from_db()
    if batch.shape:
        ResponseMapping.objects.update_or_create(
            survey_id=batch.survey_id,
            shape=batch.shape,
            defaults={"mapping": mapping.as_json(), "said_by": by, "said_at": now},
        )
    return batch


def approve_import(batch: ResponseImport, *, by: User | None = None, now: dt.datetime) -> ResponseImport:
    """Say that a file shall count, once it was read without problems; `carry_on_import` then writes its responses."""
    waiting = ResponseImport.objects.filter(
        pk=batch.pk, read_at__isnull=False, can_be_applied=True, undone_at__isnull=True, approved_at__isnull=True
    )
    changed = waiting.update(approved_at=now, approved_by=by, claimed_at=None, rows_done=0, imported=0, left_out=0)
    batch.refresh_from_db()
    if not changed and not batch.is_counting:
        raise Refused(_("This file cannot be applied now: it is not read yet, has problems, or was put away."))
    return batch


def request_undo(batch: ResponseImport, *, by: User | None = None, now: dt.datetime) -> ResponseImport:
    """Take a file back, or put one away that was not applied; `carry_on_import` then removes its responses.

    The record stays. The same file can be uploaded again.
    """
    here = ResponseImport.objects.filter(pk=batch.pk, undone_at__isnull=True)
    here.update(undone_at=now, undone_by=by, claimed_at=None, content=b"")
    batch.refresh_from_db()
    return batch


def content_of(batch: ResponseImport) -> bytes:
    """The file as it was uploaded; empty once it was applied or put away."""
    kept = bytes(batch.content)
    return zlib.decompress(kept) if kept else b""


def with_columns_left_out(
    survey: Survey, content: bytes, columns: Sequence[str], *, order: str = ""
) -> ColumnMapping | None:
    """The mapping of a file without some of its columns; None where the file cannot be read.

    Raises Refused for a column that is not in the file.
    """
    try:
        table = opened(content)
    except ReadError:
        return None
    strange = [name for name in columns if name not in table.heads]
    if strange:
        raise Refused(_("The file has no column “%(name)s”.") % {"name": strange[0][:80]})
    found = mapping_for(survey, table)
    uses = tuple(IGNORED if head in columns else use for head, use in zip(table.heads, found.uses, strict=True))
    return ColumnMapping(uses, order or found.order, found.time_zone)


def take_in(
    survey: Survey,
    *,
    file_name: str,
    content: bytes,
    seen: Look,
    accepts_outside: bool = False,
    by: User | None = None,
    now: dt.datetime,
) -> ResponseImport:
    """Keep a file that was looked at already, so that it waits to be applied and is not read once more."""
    with transaction.atomic():
        batch = upload_responses(survey, file_name=file_name, content=content, by=by, now=now)
        ResponseImport.objects.filter(pk=batch.pk).update(
            **seen_fields(seen), read_at=now, accepts_outside=accepts_outside
        )
    batch.refresh_from_db()
    return batch


def seen_fields(seen: Look) -> dict[str, Any]:
    """What an import keeps of a look at its file."""
    return {
        "platform": seen.platform,
        "shape": seen.shape,
        "mapping": seen.mapping.as_json(),
        "findings": seen.findings.as_json(),
        "can_be_applied": seen.findings.is_clean,
        "rows_total": seen.findings.rows,
    }

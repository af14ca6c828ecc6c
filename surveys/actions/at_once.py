"""A file imported in one go: read once, written while it is read, all of it or nothing."""

import datetime as dt
import hashlib
from collections.abc import Iterator

from django.db import transaction

from registrations.models import User
from sessions.readers import Order
from surveys.actions.imports import Look, look_with, refuse_upload, seen_fields
from surveys.actions.rows import Ready, ahead, checked_at_once, ready, write_responses
from surveys.actions.sifting import Sieve, Summary, order_in
from surveys.importing.findings import Findings
from surveys.importing.mapping import ColumnMapping
from surveys.importing.table import Table
from surveys.models import ResponseImport, Survey


class _TakenBack(Exception):
    """There is something wrong with the file: nothing of it stays."""


def import_at_once(
    survey: Survey,
    *,
    file_name: str,
    content: bytes,
    mapping: ColumnMapping | None = None,
    accepts_outside: bool = False,
    by: User | None = None,
    now: dt.datetime,
) -> tuple[Look, ResponseImport | None]:
    """Import a file in one transaction, without a preview: what was found in it, and the import where it is clean.

    Where anything is wrong with the file nothing is written and there is no import. Raises Refused as
    `upload_responses`. For PostgreSQL: on SQLite everybody else would wait until a large file is in.
    """
    refuse_upload(survey, content)
    made: list[ResponseImport] = []
    batch = ResponseImport(
        survey=survey,
        file_name=file_name.replace("\0", "")[-255:],
        sha256=hashlib.sha256(content).hexdigest(),
        accepts_outside=accepts_outside,
        uploaded_by=by,
        uploaded_at=now,
    )

    def written(table: Table, found: ColumnMapping) -> Findings:
        findings = _written(batch, table, found)
        made.extend([batch] if findings.is_clean else [])
        return findings

    seen = look_with(survey, content, mapping, written)
    if made:
        ResponseImport.objects.filter(pk=batch.pk).update(**seen_fields(seen))
        batch.refresh_from_db()
    return seen, batch if made else None


def _written(batch: ResponseImport, table: Table, mapping: ColumnMapping) -> Findings:
    order = order_in(table, mapping)
    survey, now = batch.survey, batch.uploaded_at
    sieve = Sieve.of(survey, table, mapping, order or Order.DAY_FIRST, outside=batch.accepts_outside, now=now)
    summary = Summary(sieve, asks_order=order is None)
    try:
        with transaction.atomic():
            Survey.objects.select_for_update(no_key=True).get(pk=survey.pk, is_anonymous=survey.is_anonymous)
            batch.save(force_insert=True)
            checked_at_once()
            for lot in ahead(_made(batch, table, summary)):
                if not sieve.problem_count and order is not None:
                    write_responses(survey, lot)
            if not summary.findings().is_clean:
                raise _TakenBack
            _finish(batch, summary)
    except _TakenBack:
        return summary.findings()
    return summary.findings()


def _made(batch: ResponseImport, table: Table, summary: Summary) -> Iterator[Ready]:
    """Block after block as it is written, and added to what is said of the file."""
    for block in table.blocks():
        found = summary.sieve.sifted(block)
        summary.add(found)
        yield ready(batch.survey, batch, summary.sieve, found)


def _finish(batch: ResponseImport, summary: Summary) -> None:
    batch.can_be_applied = True
    batch.read_at = batch.approved_at = batch.applied_at = batch.uploaded_at
    batch.approved_by = batch.uploaded_by
    batch.rows_done = batch.rows_total = summary.rows
    batch.imported, batch.left_out = summary.tally.rows, sum(summary.left_out.values())
    batch.save(force_update=True)

"""The background's part of an import of responses: what is due is done in chunks, by one worker at a time.

A worker may be killed at any point: each chunk is committed with the place to go on from, and whoever takes the import up
when the lease is over goes on there. No row is written twice, however often the work is begun.
"""

import datetime as dt
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from registrations.models import User
from sessions.chunks import in_chunks
from sessions.readers import Order
from surveys.actions.imports import approve_import, content_of, look, request_undo, seen_fields
from surveys.actions.rows import Ready, ahead, ready, remove_rows, write_responses
from surveys.actions.sifting import Sieve, order_in
from surveys.columns import forget
from surveys.importing.mapping import ColumnMapping
from surveys.importing.table import Block, opened
from surveys.models import AnsweredMark, ResponseImport, Survey
from surveys.models.imports import TO_APPLY, TO_READ, TO_TAKE_BACK

CHUNK_OF_UNDO = 5_000  # responses removed in one transaction
Clock = Callable[[], dt.datetime]
State = ResponseImport.State


def carry_on_import(batch: ResponseImport, *, now: dt.datetime, clock: Clock = timezone.now) -> ResponseImport:
    """Do the step that is due: read, write what was approved, or remove what was undone.

    Safe to call at any time and as often as one likes. Does nothing where nothing is due or another worker is at it.
    `now` is the moment that is recorded; `clock` times the lease, which each chunk renews.
    """
    if ResponseImport.objects.filter(pk=batch.pk).claim(clock()):
        batch.refresh_from_db()
        survey = Survey.objects.with_questions().select_related("programme").get(pk=batch.survey_id)
        _Work(batch, survey, now, clock).do()
    batch.refresh_from_db()
    return batch


class _TakenOver(Exception):
    """Another worker has the import, or a person changed its course."""


@dataclass(frozen=True, slots=True)
class _Work:
    """What one worker does for one import."""

    batch: ResponseImport
    survey: Survey
    now: dt.datetime
    clock: Clock

    def do(self) -> None:
        try:
            if self.batch.state == State.READING:
                self._read()
            elif self.batch.state == State.APPLYING:
                self._write()
            elif self.batch.state == State.TAKING_BACK:
                self._remove()
        except _TakenOver:
            return

    def _save(self, phase: Q, **changes: Any) -> None:
        """Write progress and a sign of life, while the import is ours and in this phase; else stop."""
        ours = ResponseImport.objects.filter(phase, pk=self.batch.pk, claimed_at=self.batch.claimed_at)
        changes.setdefault("claimed_at", self.clock())
        if not ours.update(**changes):
            raise _TakenOver
        for name, value in changes.items():
            setattr(self.batch, name, value)

    def _read(self) -> None:
        """Look at the whole file; nothing of it counts yet."""
        said = ColumnMapping.from_json(self.batch.mapping) if self.batch.mapping else None
        seen = look(
            self.survey,
            content_of(self.batch),
            mapping=said,
            accepts_outside=self.batch.accepts_outside,
            now=self.batch.uploaded_at,
            told=lambda rows: self._save(TO_READ, rows_done=rows),
        )
        self._save(TO_READ, **seen_fields(seen), read_at=self.now, claimed_at=None)

    def _write(self) -> None:
        """Write the responses, block by block, from where a worker before this one stopped."""
        table = opened(content_of(self.batch))
        mapping = ColumnMapping.from_json(self.batch.mapping or {})
        order = order_in(table, mapping) or Order.DAY_FIRST
        sieve = Sieve.of(
            self.survey, table, mapping, order, outside=self.batch.accepts_outside, now=self.batch.uploaded_at
        )
        blocks = (block for block in table.blocks() if block.first >= self.batch.rows_done)
        made = ((block, ready(self.survey, self.batch, sieve, sieve.sifted(block))) for block in blocks)
        for block, lot in ahead(made):
            with transaction.atomic():
                self._write_block(block, lot)
        self._save(TO_APPLY, applied_at=self.now, claimed_at=None, content=b"")

    def _write_block(self, block: Block, lot: Ready) -> None:
        self._save(
            TO_APPLY & Q(rows_done=block.first),
            rows_done=block.first + len(block),
            imported=self.batch.imported + lot.found.rows,
            left_out=self.batch.left_out + sum(lot.found.left_out.values()),
        )
        self._refuse_changed_promise()
        write_responses(self.survey, lot)

    def _refuse_changed_promise(self) -> None:
        """Stop where the survey began or ceased to be anonymous meanwhile; it can, as long as it has no response."""
        held = Survey.objects.select_for_update(no_key=True).only("is_anonymous").get(pk=self.survey.pk)
        if held.is_anonymous != self.survey.is_anonymous:
            raise _TakenOver

    def _remove(self) -> None:
        """Remove the responses of the batch, and the marks of those whose they were."""
        keys = array("q", self.batch.responses.order_by("pk").values_list("pk", flat=True).iterator(10_000))
        for chunk in in_chunks(keys, CHUNK_OF_UNDO):
            rows = self.batch.responses.order_by().filter(pk__range=(chunk[0], chunk[-1]))
            with transaction.atomic():
                self._save(TO_TAKE_BACK)
                people = rows.filter(registration__isnull=False).values("registration_id")
                AnsweredMark.objects.filter(survey=self.survey, registration__in=people).delete()
                remove_rows(rows)
                forget(self.survey)
        self._save(TO_TAKE_BACK, taken_back_at=self.now, claimed_at=None)


def apply_responses(
    batch: ResponseImport, *, by: User | None = None, now: dt.datetime, clock: Clock = timezone.now
) -> ResponseImport:
    """Approve a file and write all its responses. Again changes nothing."""
    approve_import(batch, by=by, now=now)
    return carry_on_import(batch, now=now, clock=clock)


def undo_responses(
    batch: ResponseImport, *, by: User | None = None, now: dt.datetime, clock: Clock = timezone.now
) -> ResponseImport:
    """Take a file back and remove all its responses. Again changes nothing."""
    return carry_on_import(request_undo(batch, by=by, now=now), now=now, clock=clock)

"""The background's part of an import: whichever step is due is done in chunks, by one worker at a time.

A worker may be killed at any point: each chunk is committed with the place to go on from, and whoever takes the import up
when the lease is over goes on there. Doing a chunk twice changes nothing.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from sessions.actions.evidence import CHUNK as PEOPLE_CHUNK
from sessions.actions.evidence import recount
from sessions.actions.foreseeing import ask_what_it_changes
from sessions.actions.notes import note
from sessions.actions.parsing import Asked, FileFacts, Unusable
from sessions.actions.reading import Key, Resolved, read_file, resolve, write_identities
from sessions.chunks import in_chunks
from sessions.foreseen import pairs_of
from sessions.models import AttendanceEvent, AttendanceImport, AttendanceRow, TrainingSession
from sessions.models.imports import TO_APPLY, TO_READ, TO_TAKE_BACK
from sessions.placing import Placed

ROWS_CHUNK = 500  # rows written in one transaction: about 0.1 s on SQLite
Clock = Callable[[], dt.datetime]
KIND, State = AttendanceEvent.Kind, AttendanceImport.State


def carry_on(attendance_import: AttendanceImport, *, now: dt.datetime, clock: Clock = timezone.now) -> AttendanceImport:
    """Do the step that is due: read, count what was approved, or count again what was undone.

    Safe to call at any time and as often as one likes. Does nothing where nothing is due or another worker is at it.
    `now` is the moment that is recorded; `clock` times the lease, which each chunk renews.
    """
    claimed_at = clock()
    if AttendanceImport.objects.filter(pk=attendance_import.pk).claim(claimed_at):
        attendance_import.refresh_from_db()
        _Work(attendance_import, now, clock).do()
    attendance_import.refresh_from_db()
    return attendance_import


class _TakenOver(Exception):
    """Another worker has the import, or a person changed its course."""


@dataclass(frozen=True, slots=True)
class _Work:
    """What one worker does for one import."""

    upload: AttendanceImport
    now: dt.datetime
    clock: Clock

    def do(self) -> None:
        try:
            if self.upload.state == State.READING:
                self._read()
            elif self.upload.state == State.APPLYING:
                self._count(TO_APPLY, "applied_at")
            elif self.upload.state == State.TAKING_BACK:
                self._count(TO_TAKE_BACK, "taken_back_at")
        except _TakenOver:
            return

    def _save(self, phase: Q, **changes: Any) -> None:
        """Write progress and a sign of life, while the import is ours and in this phase; else stop."""
        ours = AttendanceImport.objects.filter(phase, pk=self.upload.pk, claimed_at=self.upload.claimed_at)
        changes.setdefault("claimed_at", self.clock())
        if not ours.update(**changes):
            raise _TakenOver
        for name, value in changes.items():
            setattr(self.upload, name, value)

    def _read(self) -> None:
        try:
            if not self.upload.rows_done:
                self._clear_rows()
            reading = read_file(FileFacts.of(self.upload))
        except Asked as asked:
            self._ask(asked)
        except Unusable as unusable:
            self._refuse(unusable)
        else:
            report = reading.report
            self._save(
                TO_READ,
                platform=report.platform[:20],
                variant=report.variant[:40],
                notes=list(report.notes),
                rows_total=len(reading.rows),
            )
            resolved = resolve(self.upload.programme, reading.rows)
            identities = write_identities(self.upload.programme, resolved)
            self._write_rows(reading.rows, resolved, identities)
            self._finish_reading()

    def _clear_rows(self) -> None:
        """Rows of an earlier reading, where a person has answered differently since."""
        while old := list(self.upload.rows.order_by("pk").values_list("pk", flat=True)[:ROWS_CHUNK]):
            self.upload.rows.filter(pk__in=old).delete()
            self._save(TO_READ & Q(rows_done=0))

    def _ask(self, asked: Asked) -> None:
        guessed = {"mapping": asked.mapping.as_json(), "shape": asked.mapping.shape} if asked.mapping else {}
        self._save(
            TO_READ, asks=asked.question, refusal=asked.problem, is_mapping_answered=False, claimed_at=None, **guessed
        )

    @transaction.atomic
    def _refuse(self, unusable: Unusable) -> None:
        self._save(
            TO_READ, refused_at=self.now, refusal=unusable.code, refusal_details=unusable.details, claimed_at=None
        )
        note(self.upload, KIND.REFUSED, at=self.now, details={"refusal": unusable.code})

    def _write_rows(self, rows: Sequence[Placed], resolved: Resolved, identities: dict[Key, int]) -> None:
        """Write what is not written yet, rows and progress together."""
        for start in range(self.upload.rows_done, len(rows), ROWS_CHUNK):
            end = min(start + ROWS_CHUNK, len(rows))
            made = [
                _row(self.upload, position, rows[position], identities[resolved.keys[position]])
                for position in range(start, end)
            ]
            with transaction.atomic():
                self._save(TO_READ & Q(rows_done=start), rows_done=end)
                AttendanceRow.objects.bulk_create(made)

    @transaction.atomic
    def _finish_reading(self) -> None:
        self._save(TO_READ, read_at=self.now, claimed_at=None)
        ask_what_it_changes(self.upload, now=self.now)
        rows = self.upload.rows
        note(
            self.upload,
            KIND.READ,
            at=self.now,
            details={
                "rows": self.upload.rows_done,
                "people": rows.filter(excluded_because="", identity__registration__isnull=False)
                .order_by().values("identity__registration").distinct().count(),
                "unknown": rows.unmatched().order_by().values("identity").distinct().count(),
                "in_no_session": rows.filter(session__isnull=True).count(),
            },
        )  # fmt: skip

    def _count(self, phase: Q, finished: str) -> None:
        """Count whoever the file is about, session by session, and go on where a worker before this one stopped."""
        pairs = pairs_of(self.upload)
        marker = tuple(self.upload.counted_to or ())
        self._save(phase, people_total=len(pairs))
        left = [pair for pair in pairs if pair > marker]
        sessions = TrainingSession.objects.in_bulk({session for session, _person in left})
        for session in sorted(sessions):
            people = [person for each, person in left if each == session]
            for chunk in in_chunks(people, PEOPLE_CHUNK):
                with transaction.atomic():
                    done = self.upload.people_done + len(chunk)
                    self._save(phase, people_done=done, counted_to=[session, chunk[-1]])
                    recount(sessions[session], chunk, now=self.now)
        with transaction.atomic():
            self._save(phase, **{finished: self.now, "claimed_at": None, "counted_to": None})
            if finished == "applied_at":
                note(self.upload, KIND.APPLIED, at=self.now, details={"people": len(pairs)})


def _row(upload: AttendanceImport, position: int, row: Placed, identity: int) -> AttendanceRow:
    return AttendanceRow(
        attendance_import=upload,
        position=position,
        line=row.line,
        meeting=row.meeting,
        session_id=row.session,
        identity_id=identity,
        joined_at=row.joined,
        left_at=row.left,
        seconds=row.seconds,
        is_open=row.is_open,
        role=row.role,
        excluded_because=row.excluded_because,
    )

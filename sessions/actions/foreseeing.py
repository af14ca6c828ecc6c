"""What a file would change: asked for, worked out in the background, kept until something makes it wrong.

A worker may be killed at any point: nothing is kept before all is worked out, and whoever takes it up when the lease is
over begins anew. Doing it twice gives the same. Applying compares what was shown with the facts as they are.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from sessions.chunks import in_chunks
from sessions.foreseen import AT_ONCE, Change, changed, figures, last_identity_of, pairs_of, sessions_of, version_of
from sessions.models import AttendanceImport, ImportPreview, PreviewPage

ON_A_PAGE = 50
Clock = Callable[[], dt.datetime]


def ask_what_it_changes(upload: AttendanceImport, *, now: dt.datetime) -> ImportPreview:
    """Ask a worker to work out what a file would change. Again changes nothing while it is waited for."""
    preview, is_new = ImportPreview.objects.get_or_create(attendance_import=upload, defaults={"asked_at": now})
    if not is_new and preview.asked_at is None:
        ImportPreview.objects.filter(pk=preview.pk, asked_at__isnull=True).update(asked_at=now)
        preview.asked_at = now
    return preview


def work_out_changes(upload: AttendanceImport, *, clock: Clock = timezone.now) -> None:
    """Work out what was asked for, unless another worker is at it. What changed meanwhile is left for the next time."""
    claimed_at = clock()
    waiting = ImportPreview.objects.filter(attendance_import=upload)
    if waiting.claim(claimed_at):
        upload.refresh_from_db()
        _Work(upload, waiting.get(), clock).do()


def forget_changes(upload: AttendanceImport) -> None:
    """Let go of what a file would change: it counts, or does not any more."""
    ImportPreview.objects.filter(attendance_import=upload).delete()


class _TakenOver(Exception):
    """Another worker has it, or it is not wanted any more."""


@dataclass(frozen=True, slots=True)
class _Work:
    upload: AttendanceImport
    preview: ImportPreview
    clock: Clock

    def do(self) -> None:
        if not (self.upload.is_previewed or self.upload.is_counting):
            forget_changes(self.upload)
            return
        try:
            self._work()
        except _TakenOver:
            return

    def _work(self) -> None:
        sessions, last = sessions_of(self.upload), last_identity_of(self.upload)
        version = version_of(self.upload, sessions, last)
        changes = self._changes()
        found = {"sessions": sessions, "figures": asdict(figures(self.upload)), "changes": len(changes)}
        with transaction.atomic():
            if (sessions_of(self.upload), version_of(self.upload, sessions, last)) != (sessions, version):
                self._save(claimed_at=None)
                return
            self._save(**found, last_identity=last, version=version, asked_at=None, claimed_at=None)
            self._keep(changes)

    def _changes(self) -> list[Change]:
        pairs, found = pairs_of(self.upload), list[Change]()
        self._save(people_total=len(pairs))
        for chunk in in_chunks(pairs, AT_ONCE):
            found += changed(self.upload, chunk)
            self._save(people_done=self.preview.people_done + len(chunk))
        return found

    def _keep(self, changes: list[Change]) -> None:
        self.preview.pages.all().delete()
        pages = enumerate(in_chunks(changes, ON_A_PAGE), start=1)
        made = (PreviewPage(preview=self.preview, number=number, changes=page) for number, page in pages)
        PreviewPage.objects.bulk_create(made, batch_size=500)

    def _save(self, **changes: Any) -> None:
        """Write progress and a sign of life, while it is ours; else stop."""
        ours = ImportPreview.objects.filter(pk=self.preview.pk, claimed_at=self.preview.claimed_at)
        changes.setdefault("claimed_at", self.clock())
        if not ours.update(**changes):
            raise _TakenOver
        for name, value in changes.items():
            setattr(self.preview, name, value)

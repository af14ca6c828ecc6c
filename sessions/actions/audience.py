"""Audience figures: entered or brought from a file, all of them or none, and taken back as one."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from registrations.models import Programme, User
from sessions.actions.materials import CHANNEL
from sessions.audience import MOST_LINES, Found, Key, Known, Problem, columns_of, read_lines, session_word
from sessions.errors import Refused
from sessions.models import AudienceBatch, AudienceFigure, TrainingSession
from sessions.readers import ReadError
from sessions.readers.files import opened
from sessions.refusals import sentence_of


class BadLines(Refused):
    """Lines of a file that cannot be used; nothing of it was taken."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(
            _("Some lines of the file cannot be used. Nothing was changed: correct them, and bring it again.")
        )
        self.problems = tuple(problems)


def enter_audience(
    programme: Programme,
    figures: Mapping[Key, int | None],
    *,
    file_name: str = "",
    sha256: str = "",
    by: User | None = None,
    now: dt.datetime,
) -> AudienceBatch | None:
    """Set figures, None takes one away; the batch, or None where nothing changes. Others stay as they are."""
    try:
        with transaction.atomic():
            changes = _set(programme, figures)
            if not changes:
                return None
            return AudienceBatch.objects.create(
                programme=programme, file_name=file_name, sha256=sha256, changes=changes, made_at=now, made_by=by
            )
    except IntegrityError:
        _refuse_known_file(programme, sha256)
        raise


def import_audience(
    programme: Programme, *, file_name: str, content: bytes, by: User | None = None, now: dt.datetime
) -> AudienceBatch | None:
    """Bring the figures of a table; None where they are all there already. Raises Refused, BadLines for single lines."""
    sha256 = hashlib.sha256(content).hexdigest()
    _refuse_known_file(programme, sha256)
    found = _read(programme, content, file_name)
    if found.problems:
        raise BadLines(found.problems)
    tidy = file_name.replace("\0", "")[-255:]
    return enter_audience(programme, found.figures, file_name=tidy, sha256=sha256, by=by, now=now)


@transaction.atomic
def undo_audience(batch: AudienceBatch, *, by: User | None = None, now: dt.datetime) -> int:
    """Make figures what they were before a batch; how many were changed since and so stay. Again changes nothing.

    What an earlier batch had set that was undone meanwhile does not come back: the order of undoing makes no difference.
    """
    Programme.objects.select_for_update().get(pk=batch.programme_id)
    open_still = AudienceBatch.objects.filter(pk=batch.pk, undone_at__isnull=True)
    if not open_still.update(undone_at=now, undone_by=by):
        return 0
    known = _known_figures(batch.programme)
    changes, earlier = _changes_of(batch), _earlier(batch)
    back = {
        key: _without_undone(key, before, earlier)
        for key, (before, after) in changes.items()
        if known.get(key) == after
    }
    _write(batch.programme, back)
    return len(changes) - len(back)


Changes = dict[Key, tuple[int | None, int | None]]
"""What figures were before a batch, and what it made of them."""


def _changes_of(batch: AudienceBatch) -> Changes:
    return {Key(session, kind, channel): (before, after) for session, kind, channel, before, after in batch.changes}


def _earlier(batch: AudienceBatch) -> list[tuple[bool, Changes]]:
    """Earlier batches that were in force when this one was made, the latest first; whether each was undone since."""
    rows = AudienceBatch.objects.filter(programme=batch.programme_id, pk__lt=batch.pk).order_by("-pk")
    in_force_then = rows.filter(Q(undone_at__isnull=True) | Q(undone_at__gte=batch.made_at))
    return [(row.undone_at is not None, _changes_of(row)) for row in in_force_then]


def _without_undone(key: Key, count: int | None, earlier: Sequence[tuple[bool, Changes]]) -> int | None:
    """A figure as it was, less what undone batches had made of it."""
    for is_undone, changes in earlier:
        before, after = changes.get(key, (None, None))
        if key in changes and after == count:
            if not is_undone:
                return count
            count = before
    return count


def _set(programme: Programme, figures: Mapping[Key, int | None]) -> list[list[object]]:
    """Write what is different; what it was and became. Must be called within a transaction."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    known = _known_figures(programme)
    different = {key: count for key, count in figures.items() if known.get(key) != count}
    _write(programme, different)
    return [[key.session, key.kind, key.channel, known.get(key), count] for key, count in different.items()]


def _write(programme: Programme, figures: Mapping[Key, int | None]) -> None:
    sessions = set(programme.sessions.values_list("pk", flat=True))
    for key, count in figures.items():
        if key.session not in sessions:  # deleted since
            continue
        place: dict[str, Any] = {"session_id": key.session, "kind": key.kind, "channel": key.channel}
        if count is None:
            AudienceFigure.objects.filter(**place).delete()
        else:
            AudienceFigure.objects.update_or_create(**place, defaults={"count": count})


def _known_figures(programme: Programme) -> dict[Key, int]:
    rows = AudienceFigure.objects.filter(session__programme=programme).order_by()
    return {
        Key(session, kind, channel): count
        for session, kind, channel, count in rows.values_list("session", "kind", "channel", "count")
    }


def _read(programme: Programme, content: bytes, file_name: str) -> Found:
    """The first sheet whose heads tell what its columns are."""
    try:
        sheets, _document = opened(content, file_name)
    except ReadError as error:
        raise Refused(sentence_of(error)) from None
    known = known_words(programme)
    for sheet in sheets:
        for place, (_number, cells) in enumerate(sheet.rows[:20]):
            if columns := columns_of(cells):
                lines = sheet.rows[place + 1 : place + 2 + MOST_LINES]
                if len(lines) > MOST_LINES:
                    raise Refused(_("The table has more than %(most)s lines.") % {"most": MOST_LINES})
                return read_lines(lines, columns, known)
    raise Refused(
        _(
            "The columns are not known. The table needs the heads “session”, “channel”, “kind” and “count”, or “session”, "
            "“channel” and one for each kind: “live views”, “playbacks”, “slide downloads”."
        )
    )


def known_words(programme: Programme) -> Known:
    """What a table of this programme may speak of. Two queries. A title that two sessions share names neither."""
    sessions: dict[str, int] = {}
    shared: set[str] = set()
    rows = list(TrainingSession.objects.for_programme(programme))
    for session in rows:
        for title in {session_word(session.theme), *(session_word(text) for text in _titles(session))} - {""}:
            shared |= {title} if title in sessions else set()
            sessions.setdefault(title, session.pk)
    named = {title: pk for title, pk in sessions.items() if title not in shared}
    channels = AudienceFigure.objects.filter(session__programme=programme).order_by("channel")
    numbered = {str(session.number): session.pk for session in rows}
    return Known({**named, **numbered}, list(channels.values_list("channel", flat=True).distinct()), CHANNEL)


def _titles(session: TrainingSession) -> list[str]:
    return [str(texts["theme"]) for texts in session.translations.values() if texts.get("theme")]


def _refuse_known_file(programme: Programme, sha256: str) -> None:
    known = AudienceBatch.objects.filter(programme=programme, sha256=sha256, undone_at__isnull=True).first()
    if sha256 and known is not None:
        moment = date_format(localtime(known.made_at, programme.zone), "DATETIME_FORMAT")
        text = _("This file was brought in already, on %(moment)s, as “%(file)s”. Nothing was changed.")
        raise Refused(text % {"moment": moment, "file": known.file_name})

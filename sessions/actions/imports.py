"""Files of attendance: taken in, approved, undone. What takes long is done in the background, by `batches`."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from registrations.models import Programme, User
from registrations.zones import is_zone
from sessions.actions.batches import Clock, carry_on
from sessions.actions.evidence import refuse_before_start
from sessions.actions.foreseeing import forget_changes
from sessions.actions.notes import note
from sessions.actions.parsing import FileFacts
from sessions.errors import AlreadyImported, Refused
from sessions.foreseen import version_of
from sessions.models import AttendanceEvent, AttendanceImport, ColumnMapping, ImportPreview, TrainingSession
from sessions.readers import Order, Reason
from sessions.readers.limits import MAX_BYTES
from sessions.readers.mapping import Mapping
from sessions.refusals import sentence

KIND = AttendanceEvent.Kind


def upload_report(
    subject: TrainingSession | Programme,
    *,
    file_name: str,
    content: bytes,
    time_zone: str,
    order: Order | None = None,
    by: User | None = None,
    now: dt.datetime,
) -> AttendanceImport:
    """Keep a file whose clock is that of `time_zone`, to be read in the background by `read_import`.

    For a session, or for a programme: then the times in the file say which sessions it is about. Refuses before the
    session's start, what is empty or too big, and a file that was imported already. What else may be wrong with it shows
    when it is read.
    """
    session = subject if isinstance(subject, TrainingSession) else None
    file = FileFacts(
        programme=subject if isinstance(subject, Programme) else subject.programme,
        session=session,
        file_name=file_name.replace("\0", "")[-255:],
        content=content,
        time_zone=time_zone,
        order=order,
    )
    check_upload(file, now=now)
    upload = AttendanceImport(
        programme=file.programme,
        session=session,
        file_name=file.file_name,
        content=content,
        sha256=file.sha256,
        time_zone=time_zone,
        order=order or "",
        uploaded_by=by,
        uploaded_at=now,
    )
    try:
        with transaction.atomic():
            upload.save(force_insert=True)
            note(upload, KIND.UPLOADED, by=by, at=now)
    except IntegrityError:  # sent twice at the same moment
        _refuse_known_file(file)
        raise
    return upload


def check_upload(file: FileFacts, *, now: dt.datetime) -> None:
    """Raise `Refused` for what can be told without reading the file; `AlreadyImported` where it is in already."""
    _refuse_deleted_logs(file.programme)
    if file.session is not None:
        refuse_before_start(file.session, now=now)
    _refuse_unknown_zone(file.time_zone)
    if not file.content.strip():
        raise Refused(sentence(Reason.EMPTY, {}))
    if len(file.content) > MAX_BYTES:
        raise Refused(sentence(Reason.TOO_BIG, {"megabytes": MAX_BYTES // 1024**2}))
    _refuse_known_file(file)


def _refuse_deleted_logs(programme: Programme) -> None:
    """Where the time of attendance logs is over: the minutes stay, and nothing can be counted from lines."""
    if programme.logs_deleted_at:
        raise Refused(
            _(
                "The files and lines of attendance of this programme were deleted, because their time was over. The "
                "minutes stay; enter what is missing by hand."
            )
        )


def _refuse_known_file(file: FileFacts) -> None:
    """Where the same file was imported for the same session (or programme) and not undone."""
    same = AttendanceImport.objects.for_programme(file.programme).filter(
        session=file.session, sha256=file.sha256, undone_at__isnull=True, refused_at__isnull=True
    )
    known = same.first()
    if known is None:
        return
    uploaded = date_format(localtime(known.uploaded_at, file.programme.zone), "DATETIME_FORMAT")
    text = (
        _("This file was imported for this session already, on %(moment)s, as “%(file)s”. Nothing was changed.")
        if file.session
        else _("This file was imported for this programme already, on %(moment)s, as “%(file)s”. Nothing was changed.")
    )
    raise AlreadyImported(text % {"moment": uploaded, "file": known.file_name})


def read_import(
    attendance_import: AttendanceImport, *, now: dt.datetime, clock: Clock = timezone.now
) -> AttendanceImport:
    """Read and match a file and write its rows; nothing counts yet. It may end in a question, or in a refusal."""
    return carry_on(attendance_import, now=now, clock=clock)


@transaction.atomic
def answer_questions(
    attendance_import: AttendanceImport,
    *,
    mapping: Mapping | None = None,
    order: Order | None = None,
    time_zone: str | None = None,
    by: User | None = None,
    now: dt.datetime,
) -> AttendanceImport:
    """Say what the file leaves open, or say it differently before it is applied; then it is read again.

    Columns are remembered for the programme's next file of this shape.
    """
    answers = _answers(mapping, order, time_zone)
    changeable = AttendanceImport.objects.filter(
        ~Q(asks="") | Q(read_at__isnull=False),
        pk=attendance_import.pk,
        refused_at__isnull=True,
        undone_at__isnull=True,
        approved_at__isnull=True,
    )
    restart = {"asks": "", "read_at": None, "refusal": "", "rows_total": None, "rows_done": 0, "claimed_at": None}
    if not changeable.update(**restart, **answers):
        raise Refused(
            _("This file asks nothing now: it is being read, was applied, or was undone. Nothing was changed.")
        )
    attendance_import.refresh_from_db()
    if mapping is not None and attendance_import.shape:
        ColumnMapping.objects.update_or_create(
            programme_id=attendance_import.programme_id,
            shape=attendance_import.shape,
            defaults={"mapping": attendance_import.mapping, "said_by": by, "said_at": now},
        )
    note(attendance_import, KIND.ANSWERED, by=by, at=now, details={"answers": sorted(answers)})
    return attendance_import


def _answers(mapping: Mapping | None, order: Order | None, time_zone: str | None) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    if mapping is not None:
        answers |= {"mapping": mapping.as_json(), "is_mapping_answered": True}
    if order is not None:
        answers["order"] = order
    if time_zone is not None:
        _refuse_unknown_zone(time_zone)
        answers["time_zone"] = time_zone
    return answers


@transaction.atomic
def approve_import(
    attendance_import: AttendanceImport, *, shown: str | None = None, by: User | None = None, now: dt.datetime
) -> AttendanceImport:
    """Say that a file shall count, once it was read and looked at; `carry_on` then counts everybody in it.

    `shown` is the version of the preview that the person looked at: refused where it is not that of the facts any more.
    """
    if shown is not None:
        _refuse_other_changes(attendance_import, shown)
    waiting = AttendanceImport.objects.filter(
        pk=attendance_import.pk, read_at__isnull=False, undone_at__isnull=True, approved_at__isnull=True, asks=""
    )
    changed = waiting.update(
        approved_at=now, approved_by=by, claimed_at=None, people_done=0, people_total=None, counted_to=None
    )
    attendance_import.refresh_from_db()
    if changed:
        forget_changes(attendance_import)
        note(attendance_import, KIND.APPROVED, by=by, at=now)
    elif not attendance_import.is_counting:
        raise Refused(_("This file cannot be applied now: it is not read yet, or it was undone."))
    return attendance_import


def _refuse_other_changes(upload: AttendanceImport, shown: str) -> None:
    """Where applying would do something else than was shown. Holds the programme: files are approved one by one."""
    Programme.objects.select_for_update(of=("self",)).get(pk=upload.programme_id)
    upload.refresh_from_db(fields=("approved_at", "undone_at"))
    preview = ImportPreview.objects.filter(attendance_import=upload).first()
    now = version_of(upload, preview.sessions, preview.last_identity) if preview else None
    if not upload.is_counting and shown != now:
        raise Refused(
            _(
                "Something was changed after you looked, so this file would not do what was shown. Nothing was applied: "
                "look again."
            )
        )


def apply_import(
    attendance_import: AttendanceImport, *, by: User | None = None, now: dt.datetime, clock: Clock = timezone.now
) -> AttendanceImport:
    """Approve a file and count everybody in it, to the end. Again changes nothing."""
    approve_import(attendance_import, by=by, now=now)
    return carry_on(attendance_import, now=now, clock=clock)


@transaction.atomic
def request_undo(attendance_import: AttendanceImport, *, by: User | None = None, now: dt.datetime) -> AttendanceImport:
    """Take a file back, or put one away that was not applied: from this moment its rows count for nobody.

    `carry_on` then counts again whoever it was about. The record stays, and so does everything that people said: who an
    identity is, minutes by hand, corrections. The same file can be uploaded again.
    """
    if attendance_import.is_counting:
        _refuse_deleted_logs(attendance_import.programme)
    counting = AttendanceImport.objects.filter(pk=attendance_import.pk, undone_at__isnull=True)
    if counting.update(undone_at=now, undone_by=by, claimed_at=None, people_done=0, people_total=None, counted_to=None):
        attendance_import.refresh_from_db()
        forget_changes(attendance_import)
        note(attendance_import, KIND.UNDONE, by=by, at=now)
    attendance_import.refresh_from_db()
    return attendance_import


def undo_import(
    attendance_import: AttendanceImport, *, by: User | None = None, now: dt.datetime, clock: Clock = timezone.now
) -> AttendanceImport:
    """Take a file back and count everybody in it again, to the end. Again changes nothing."""
    return carry_on(request_undo(attendance_import, by=by, now=now), now=now, clock=clock)


def _refuse_unknown_zone(time_zone: str) -> None:
    if not is_zone(time_zone):
        raise Refused(_("“%(name)s” is not a time zone. Choose one such as Africa/Nairobi.") % {"name": time_zone})

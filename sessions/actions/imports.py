"""Reports of the meeting platform: taken in, applied once, taken back."""

import datetime as dt
import hashlib
import zoneinfo
from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from registrations.models import Programme, Registration, User
from registrations.zones import is_zone
from sessions.actions.evidence import recount_presence, refuse_before_start
from sessions.errors import Refused
from sessions.matching import Candidate, Identity, Match, Roster
from sessions.models import AttendanceImport, AttendanceRow, TrainingSession
from sessions.readers import Connection, ReadError, Report, read
from sessions.refusals import sentence_of

CHUNK = 500  # lines written in one transaction


def upload_report(
    session: TrainingSession,
    *,
    file_name: str,
    content: bytes,
    time_zone: str,
    by: User | None = None,
    now: dt.datetime,
) -> AttendanceImport:
    """Keep a report whose clock is that of `time_zone`, to be applied by `apply_import`.

    Refuses before the session's start, what cannot be read, a file that this session has already, and a report whose
    people were all there at another time than the session's.
    """
    refuse_before_start(session, now=now)
    if not is_zone(time_zone):
        raise Refused(_("“%(name)s” is not a time zone. Choose one such as Africa/Nairobi.") % {"name": time_zone})
    digest = hashlib.sha256(content).hexdigest()
    _refuse_known_file(session, digest)
    try:
        report = _read(content, file_name, session, time_zone)
    except ReadError as error:
        raise Refused(sentence_of(error)) from None
    _refuse_other_session(report, session, zoneinfo.ZoneInfo(time_zone))
    upload = AttendanceImport(
        session=session,
        file_name=file_name.replace("\0", "")[-255:],
        content=content,
        sha256=digest,
        time_zone=time_zone,
        uploaded_by=by,
        uploaded_at=now,
        rows_total=len(report.connections),
    )
    return _stored(upload)


def apply_import(attendance_import: AttendanceImport, *, now: dt.datetime) -> AttendanceImport:
    """Write the lines of a report, each with the person it belongs to, then count everybody's presence again.

    Safe to call at any time and as often as one likes: one worker claims the import, and whoever takes it up after a
    worker was killed continues behind the last chunk written. A number of queries that grows with the chunks only.
    """
    if not AttendanceImport.objects.filter(pk=attendance_import.pk).claim(now):
        attendance_import.refresh_from_db()
        return attendance_import
    attendance_import.refresh_from_db()
    session, content = attendance_import.session, bytes(attendance_import.content)
    try:
        report = _read(content, attendance_import.file_name, session, attendance_import.time_zone)
    except ReadError as error:
        _refuse(attendance_import, error, now)
    else:
        if _write_rows(attendance_import, report):
            _finish(attendance_import, now)
    attendance_import.refresh_from_db()
    return attendance_import


@transaction.atomic
def remove_import(attendance_import: AttendanceImport, *, by: User | None = None, now: dt.datetime) -> None:
    """Take a report and its lines back, and count again. Entries by hand stay."""
    session = attendance_import.session
    attendance_import.delete()
    recount_presence(session, now=now)


def _read(content: bytes, file_name: str, session: TrainingSession, time_zone: str) -> Report:
    near = session.starts_at.astimezone(zoneinfo.ZoneInfo(time_zone)).date()
    return read(content, file_name, near=near)


def _refuse_known_file(session: TrainingSession, digest: str) -> None:
    known = AttendanceImport.objects.filter(session=session, sha256=digest).defer("content").first()
    if known is None:
        return
    uploaded = date_format(localtime(known.uploaded_at, session.programme.zone), "DATETIME_FORMAT")
    raise Refused(
        _("This file was imported for this session already, on %(moment)s, as “%(file)s”. Nothing was changed.")
        % {"moment": uploaded, "file": known.file_name}
    )


def _refuse_other_session(report: Report, session: TrainingSession, zone: zoneinfo.ZoneInfo) -> None:
    """Refuse a report during which the session was not on."""
    stays = [
        (c.joined.replace(tzinfo=zone), c.left.replace(tzinfo=zone)) for c in report.connections if c.joined and c.left
    ]
    if any(joined < session.ends_at and left > session.starts_at for joined, left in stays):
        return
    first, last = min(joined for joined, _left in stays), max(left for _joined, left in stays)
    raise Refused(
        _(
            "This is the report of another meeting: it runs from %(first)s to %(last)s, the session from %(starts)s to "
            "%(ends)s (%(zone)s). Is it the right file, and the right time zone?"
        )
        % {
            "first": _in_words(first, zone),
            "last": _in_words(last, zone),
            "starts": _in_words(session.starts_at, zone),
            "ends": _in_words(session.ends_at, zone),
            "zone": zone.key,
        }
    )


def _in_words(moment: dt.datetime, zone: zoneinfo.ZoneInfo) -> str:
    return date_format(localtime(moment, zone), "SHORT_DATETIME_FORMAT")


def _stored(upload: AttendanceImport) -> AttendanceImport:
    try:
        with transaction.atomic():
            upload.save(force_insert=True)
    except IntegrityError:  # sent twice at the same moment
        _refuse_known_file(upload.session, upload.sha256)
        raise
    return upload


def _refuse(attendance_import: AttendanceImport, error: ReadError, now: dt.datetime) -> None:
    AttendanceImport.objects.filter(pk=attendance_import.pk, claimed_at=attendance_import.claimed_at).update(
        refused_at=now, refusal=error.reason, refusal_details=error.details
    )


def _matches(programme: Programme, connections: Sequence[Connection]) -> Mapping[Identity, Match]:
    """Who the identities of a file are, among those who have not withdrawn. One query."""
    people = Registration.objects.for_programme(programme).filter(withdrawn_at__isnull=True).order_by()
    roster = Roster(
        Candidate(key, email.lower(), (f"{given} {family}", printed))
        for key, email, given, family, printed in people.values_list(
            "pk", "email", "given_name", "family_name", "printed_name"
        )
    )
    return roster.match_all(Identity(c.name, c.email) for c in connections if not c.excluded_because)


def _write_rows(attendance_import: AttendanceImport, report: Report) -> bool:
    """Write what is not written yet; False where another worker has taken the import over."""
    connections, zone = report.connections, zoneinfo.ZoneInfo(attendance_import.time_zone)
    matches = _matches(attendance_import.session.programme, connections)
    AttendanceImport.objects.filter(pk=attendance_import.pk).update(rows_total=len(connections))
    for start in range(attendance_import.rows_done, len(connections), CHUNK):
        chunk = connections[start : start + CHUNK]
        rows = [_row(attendance_import, c, zone, matches.get(Identity(c.name, c.email))) for c in chunk]
        if not _write_chunk(attendance_import, rows, start):
            return False
    return True


@transaction.atomic
def _write_chunk(attendance_import: AttendanceImport, rows: list[AttendanceRow], start: int) -> bool:
    """Rows and progress together, and only while the claim is ours."""
    ours = AttendanceImport.objects.filter(
        pk=attendance_import.pk, claimed_at=attendance_import.claimed_at, rows_done=start, applied_at__isnull=True
    )
    if not ours.update(rows_done=start + len(rows)):
        return False
    AttendanceRow.objects.bulk_create(rows)
    return True


def _row(upload: AttendanceImport, found: Connection, zone: zoneinfo.ZoneInfo, match: Match | None) -> AttendanceRow:
    """A line as it is kept. The host counts apart, unless registered: then the host is a participant like others."""
    is_counted = match is not None and not found.excluded_because
    host = AttendanceRow.Exclusion.HOST if found.role.is_host and not is_counted else ""
    return AttendanceRow(
        attendance_import=upload,
        line=found.line,
        name=found.name,
        email=found.email,
        joined_at=found.joined.replace(tzinfo=zone) if found.joined else None,
        left_at=found.left.replace(tzinfo=zone) if found.left else None,
        excluded_because=found.excluded_because or host,
        registration_id=match.key if match and is_counted else None,
        match=match.tier if match and is_counted else "",
    )


@transaction.atomic
def _finish(attendance_import: AttendanceImport, now: dt.datetime) -> None:
    ours = AttendanceImport.objects.filter(pk=attendance_import.pk, claimed_at=attendance_import.claimed_at)
    if ours.filter(applied_at__isnull=True).update(applied_at=now):
        recount_presence(attendance_import.session, now=now)

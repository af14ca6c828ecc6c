"""What was done with a file, written down beside it."""

import datetime as dt

from registrations.models import User
from sessions.models import AttendanceEvent, AttendanceImport


def note(
    attendance_import: AttendanceImport,
    kind: AttendanceEvent.Kind,
    *,
    by: User | None = None,
    at: dt.datetime,
    details: dict[str, object] | None = None,
) -> None:
    """One event about a file; `details` are numbers and codes."""
    AttendanceEvent.objects.create(
        programme_id=attendance_import.programme_id,
        session_id=attendance_import.session_id,
        attendance_import=attendance_import,
        kind=kind,
        details=details or {},
        by=by,
        at=at,
    )

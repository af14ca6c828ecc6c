"""What tests of the ledger do again and again: a Zoom report of a few stays, taken in, read, applied."""

import datetime as dt

import pytest

from sessions.actions import apply_import, read_import, upload_report
from sessions.errors import Refused
from sessions.models import Attendance
from sessions.readers.zoom_writer import ReportLine, write_meeting_report
from tests.sessions_factories import AFTERWARDS

LATER = AFTERWARDS + dt.timedelta(hours=1)


def stay(session, name, email="", begins=0, ends=7200, is_guest=True):
    """A line whose person came `begins` and left `ends` seconds after the session's start."""
    start = session.starts_at.astimezone(session.programme.zone).replace(tzinfo=None)
    return ReportLine(
        name, email, start + dt.timedelta(seconds=begins), start + dt.timedelta(seconds=ends), is_guest=is_guest
    )


def upload(subject, *lines, **changes):
    content = changes.pop("content", None) or write_meeting_report(lines)
    zone = getattr(subject, "programme", subject).time_zone
    given = {"file_name": "report.csv", "time_zone": zone, "now": AFTERWARDS, **changes}
    return upload_report(subject, content=content, **given)


def previewed(subject, *lines, **changes):
    return read_import(upload(subject, *lines, **changes), now=LATER)


def applied(subject, *lines, **changes):
    return apply_import(previewed(subject, *lines, **changes), now=LATER)


def refusal(call, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return str(refused.value)


def seconds(session):
    return dict(Attendance.objects.filter(session=session, source="file").values_list("registration_id", "seconds"))


def clock(seconds_later):
    """A clock that stands still."""
    return lambda: LATER + dt.timedelta(seconds=seconds_later)

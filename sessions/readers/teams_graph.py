"""Microsoft Teams by its Graph API: `meetingAttendanceReport` with its `attendanceRecords`, as JSON in UTC.

Source: learn.microsoft.com, attendanceRecord and attendanceInterval resource types (Graph v1.0 and beta). Taken are a
report, a list of reports, and the bare list of records that `/attendanceRecords` answers (`value`).
"""

import datetime as dt
from collections.abc import Iterator
from typing import TypeAlias

from sessions.readers.columns import TITLE_LENGTH, address_of, clean, name_of
from sessions.readers.moments import Order, moment
from sessions.readers.report import Absence, Connection, Meeting, ReadError, Reason, Report, Source, reader
from sessions.readers.roles import role_of

Json: TypeAlias = dict[str, object]

REPORTS = ("value", "attendanceReports", "meetingAttendanceReports")


@reader
def read_teams_graph(source: Source) -> Report | None:
    """Each report as a meeting, or `None` where no record of attendance is in the file."""
    if source.document is None:
        return None
    reports = [report for report in reports_in(source.document) if records_of(report)]
    if not reports:
        if is_report(source.document):
            raise ReadError(Reason.NO_LINES)
        return None
    return Report("teams", "graph", [meeting(report) for report in reports])


def objects(value: object) -> list[Json]:
    """The objects of a JSON list; of anything else, none."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def is_report(document: object) -> bool:
    """Whether this is a report, though nobody may be in it."""
    return isinstance(document, dict) and "attendanceRecords" in document


def reports_in(document: object) -> list[Json]:
    """The reports of a file, whichever call of the API gave it."""
    if isinstance(document, dict):
        listed = [entry for name in REPORTS for entry in objects(document.get(name))]
        if is_report(document) or not listed:
            return [document]
    else:
        listed = objects(document)
    if any("attendanceRecords" in entry for entry in listed):
        return listed
    return [{"attendanceRecords": listed}]


def records_of(report: Json) -> list[Json]:
    """The records of a report: objects that say for how long somebody attended, or when."""
    records = objects(report.get("attendanceRecords"))
    return [record for record in records if "attendanceIntervals" in record or "totalAttendanceInSeconds" in record]


def meeting(report: Json) -> Meeting:
    """One report. Who registered and has neither an interval nor a second was absent."""
    ends = instant(report.get("meetingEndDateTime"))
    connections: list[Connection] = []
    absent: list[Absence] = []
    for number, record in enumerate(records_of(report), 1):
        stays = list(stays_of(record, number, ends))
        connections += stays
        missing = Absence(name_in(record.get("identity")), address_of(text(record.get("emailAddress"))))
        if not stays and (missing.name or missing.email):
            absent.append(missing)
    title = text(report.get("subject")) or text(report.get("meetingTitle")) or text(report.get("displayName"))
    starts = instant(report.get("meetingStartDateTime"))
    return Meeting(clean(title)[:TITLE_LENGTH], connections, tuple(absent), starts, ends)


def stays_of(record: Json, number: int, ends: dt.datetime | None) -> Iterator[Connection]:
    """The intervals of a record, or the total that it states where it has none."""
    person = Connection(
        line=number,
        name=name_in(record.get("identity")),
        email=address_of(text(record.get("emailAddress"))),
        role=role_of(text(record.get("role"))),
        account=account_in(record.get("identity")),
    )
    counted = False
    for interval in objects(record.get("attendanceIntervals")):
        joined, left = instant(interval.get("joinDateTime")), instant(interval.get("leaveDateTime"))
        if joined is None:
            continue
        counted, is_open = True, left is None
        if is_open:
            left = ends if ends and ends > joined else None
        yield person._replace(joined=joined, left=left, is_open=is_open)
    seconds = record.get("totalAttendanceInSeconds")
    if not counted and isinstance(seconds, int) and seconds > 0:
        yield person._replace(seconds=seconds)


def name_in(identity: object) -> str:
    """`displayName` of an identity, or of the user, guest or phone inside it."""
    if not isinstance(identity, dict):
        return ""
    own = name_of(text(identity.get("displayName")))
    return own or next((found for value in identity.values() if (found := name_in(value))), "")


def account_in(identity: object) -> str:
    """The id of somebody who signed in; guests get another one each time they join."""
    is_known = isinstance(identity, dict) and bool(text(identity.get("tenantId")))
    return text(identity.get("id")) if isinstance(identity, dict) and is_known else ""


def instant(value: object) -> dt.datetime | None:
    """A moment of the API: ISO 8601 in UTC, to the second."""
    found = moment(text(value), Order.MONTH_FIRST)
    return found if found is None or found.tzinfo else found.replace(tzinfo=dt.UTC)


def text(value: object) -> str:
    """A JSON text; "" for null and all else."""
    return value if isinstance(value, str) else ""

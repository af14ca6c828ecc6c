"""Writes what Zoom exports: the classic meeting report, for cohorts that are made up and go through the real doors."""

import csv
import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import dataclass

HEADS = ["Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest"]


@dataclass(frozen=True)
class ReportLine:
    """One connection; times are naive and in the zone in which the report shall be."""

    name: str
    email: str
    joined: dt.datetime
    left: dt.datetime
    is_guest: bool = True


def write_meeting_report(rows: Iterable[ReportLine]) -> bytes:
    """The report as UTF-8 with a byte order mark; minutes are rounded up, as Zoom does."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADS)
    for row in rows:
        minutes = -((row.joined - row.left) // dt.timedelta(minutes=1))
        guest = "Yes" if row.is_guest else "No"
        writer.writerow([row.name, row.email, zoom_time(row.joined), zoom_time(row.left), minutes, guest])
    return text.getvalue().encode("utf-8-sig")


def zoom_time(moment: dt.datetime) -> str:
    """`03/18/2026 09:01:11 AM`, whatever the locale of this machine."""
    half = "AM" if moment.hour < 12 else "PM"
    return f"{moment:%m/%d/%Y} {(moment.hour - 1) % 12 + 1:02}:{moment:%M:%S} {half}"

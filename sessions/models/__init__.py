"""Tables of the first floor."""

from sessions.models.agenda import Appearance, Speaker, TrainingSession
from sessions.models.attendance import Attendance, AttendanceImport, AttendanceRow, HandEntry
from sessions.models.audience import AudienceFigure

__all__ = [
    "Appearance",
    "Attendance",
    "AttendanceImport",
    "AttendanceRow",
    "AudienceFigure",
    "HandEntry",
    "Speaker",
    "TrainingSession",
]

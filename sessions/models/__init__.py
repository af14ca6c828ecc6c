"""Tables of the first floor."""

from sessions.models.agenda import Appearance, Speaker, TrainingSession
from sessions.models.attendance import Attendance, HandEntry
from sessions.models.audience import AudienceFigure
from sessions.models.reports import AttendanceImport, AttendanceRow

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

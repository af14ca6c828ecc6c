"""Tables of the first floor."""

from sessions.models.agenda import Appearance, Speaker, TrainingSession
from sessions.models.attendance import Attendance, AttendanceImport, AttendanceRow
from sessions.models.audience import AudienceFigure

__all__ = [
    "Appearance",
    "Attendance",
    "AttendanceImport",
    "AttendanceRow",
    "AudienceFigure",
    "Speaker",
    "TrainingSession",
]

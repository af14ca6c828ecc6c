"""Tables of the first floor."""

from sessions.models.agenda import Appearance, Speaker, TrainingSession
from sessions.models.attendance import Attendance, HandEntry
from sessions.models.audience import AudienceBatch, AudienceFigure
from sessions.models.changes import SessionChange, SessionReminder
from sessions.models.check_in import CheckIn, CheckInDesk
from sessions.models.corrections import CorrectionRequest
from sessions.models.events import AttendanceEvent
from sessions.models.identities import AttendanceIdentity
from sessions.models.imports import AttendanceImport, ColumnMapping
from sessions.models.languages import LanguageChoice, SessionLanguage
from sessions.models.materials import FetchSalt, Material, MaterialFetch, MaterialFile
from sessions.models.previews import ImportPreview, PreviewPage
from sessions.models.rows import AttendanceRow

__all__ = [
    "Appearance",
    "Attendance",
    "AttendanceEvent",
    "AttendanceIdentity",
    "AttendanceImport",
    "AttendanceRow",
    "AudienceBatch",
    "AudienceFigure",
    "CheckIn",
    "CheckInDesk",
    "ColumnMapping",
    "CorrectionRequest",
    "FetchSalt",
    "HandEntry",
    "ImportPreview",
    "LanguageChoice",
    "Material",
    "MaterialFetch",
    "MaterialFile",
    "PreviewPage",
    "SessionChange",
    "SessionLanguage",
    "SessionReminder",
    "Speaker",
    "TrainingSession",
]

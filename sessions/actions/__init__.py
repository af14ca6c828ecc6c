"""Verbs on attendance: take in a report, apply it, enter minutes by hand, say who an unknown line is."""

from sessions.actions.evidence import assign_row, clear_by_hand, record_by_hand, recount_presence, release_row
from sessions.actions.imports import apply_import, remove_import, upload_report

__all__ = [
    "apply_import",
    "assign_row",
    "clear_by_hand",
    "record_by_hand",
    "recount_presence",
    "release_row",
    "remove_import",
    "upload_report",
]

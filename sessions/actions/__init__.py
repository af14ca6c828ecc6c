"""Verbs on attendance: take in a file, apply it, undo it, enter minutes by hand, say who an unknown line is."""

from sessions.actions.batches import carry_on
from sessions.actions.decisions import decide, match_again, undecide
from sessions.actions.evidence import (
    check_in_presence,
    clear_by_hand,
    grant_minutes,
    record_by_hand,
    recount_presence,
)
from sessions.actions.imports import (
    answer_questions,
    apply_import,
    approve_import,
    read_import,
    request_undo,
    undo_import,
    upload_report,
)

__all__ = [
    "answer_questions",
    "apply_import",
    "approve_import",
    "carry_on",
    "check_in_presence",
    "clear_by_hand",
    "decide",
    "grant_minutes",
    "match_again",
    "read_import",
    "record_by_hand",
    "recount_presence",
    "request_undo",
    "undecide",
    "undo_import",
    "upload_report",
]

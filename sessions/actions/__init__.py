"""Verbs on attendance: take in a file, apply it, undo it, enter minutes by hand, say who an unknown line is."""

from sessions.actions.agenda import (
    cancel_session,
    note_change,
    note_language,
    remind_of_sessions,
    tell_of_changes,
)
from sessions.actions.audience import BadLines, enter_audience, import_audience, undo_audience
from sessions.actions.batches import carry_on
from sessions.actions.check_ins import (
    check_in_by_code,
    check_in_by_scan,
    claim_check_in,
    close_check_in,
    confirm_check_in,
    open_check_in,
    recount_check_ins,
)
from sessions.actions.corrections import (
    ask_for_correction,
    decline_correction,
    grant_correction,
    refuse_request,
    withdraw_correction,
)
from sessions.actions.decisions import ask_to_match_again, decide, match_again, match_where_asked, undecide
from sessions.actions.erasing import forget_person
from sessions.actions.evidence import (
    check_in_presence,
    clear_by_hand,
    grant_minutes,
    record_by_hand,
    recount_presence,
)
from sessions.actions.foreseeing import ask_what_it_changes, work_out_changes
from sessions.actions.imports import (
    answer_questions,
    apply_import,
    approve_import,
    read_import,
    request_undo,
    undo_import,
    upload_report,
)
from sessions.actions.materials import carry_fetches, clear_files, count_fetch
from sessions.actions.retaining import delete_logs

__all__ = [
    "BadLines",
    "answer_questions",
    "apply_import",
    "approve_import",
    "ask_for_correction",
    "ask_to_match_again",
    "ask_what_it_changes",
    "cancel_session",
    "carry_fetches",
    "carry_on",
    "check_in_by_code",
    "check_in_by_scan",
    "check_in_presence",
    "claim_check_in",
    "clear_by_hand",
    "clear_files",
    "close_check_in",
    "confirm_check_in",
    "count_fetch",
    "decide",
    "decline_correction",
    "delete_logs",
    "enter_audience",
    "forget_person",
    "grant_correction",
    "grant_minutes",
    "import_audience",
    "match_again",
    "match_where_asked",
    "note_change",
    "note_language",
    "open_check_in",
    "read_import",
    "record_by_hand",
    "recount_check_ins",
    "recount_presence",
    "refuse_request",
    "remind_of_sessions",
    "request_undo",
    "tell_of_changes",
    "undecide",
    "undo_audience",
    "undo_import",
    "upload_report",
    "withdraw_correction",
    "work_out_changes",
]

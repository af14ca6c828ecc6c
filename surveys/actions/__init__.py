"""What people do with a survey: answer it, and say which of its responses are valid."""

from surveys.actions.anonymity import mix_marks, set_anonymous
from surveys.actions.batches import apply_responses, carry_on_import, undo_responses
from surveys.actions.definitions import define_base
from surveys.actions.drafts import forget_drafts, keep
from surveys.actions.erasing import forget_person
from surveys.actions.forms import export_form, load_form
from surveys.actions.imports import approve_import, request_undo, say_columns, take_in, upload_responses
from surveys.actions.inviting import (
    decline,
    plan_invitations,
    start_inviting,
    stop_inviting,
    to_invite,
    write_to_people,
)
from surveys.actions.responding import (
    encode,
    problem_of,
    promise_broken,
    refuse_unless_open,
    refuse_unless_taking_part,
    respond,
)
from surveys.actions.retaining import delete_texts
from surveys.encoding import LONGEST_TEXT, RawAnswer, encode_answer, too_long_text

__all__ = [
    "LONGEST_TEXT",
    "RawAnswer",
    "apply_responses",
    "approve_import",
    "carry_on_import",
    "decline",
    "define_base",
    "delete_texts",
    "encode",
    "encode_answer",
    "export_form",
    "forget_drafts",
    "forget_person",
    "keep",
    "load_form",
    "mix_marks",
    "plan_invitations",
    "problem_of",
    "promise_broken",
    "refuse_unless_open",
    "refuse_unless_taking_part",
    "request_undo",
    "respond",
    "say_columns",
    "set_anonymous",
    "start_inviting",
    "stop_inviting",
    "take_in",
    "to_invite",
    "too_long_text",
    "undo_responses",
    "upload_responses",
    "write_to_people",
]

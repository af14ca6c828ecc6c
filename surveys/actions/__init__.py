"""What people do with a survey: answer it, and say which of its responses are valid."""

from surveys.actions.definitions import define_base
from surveys.actions.inviting import (
    decline,
    plan_invitations,
    start_inviting,
    stop_inviting,
    to_invite,
    write_to_people,
)
from surveys.actions.responding import (
    LONGEST_TEXT,
    RawAnswer,
    encode,
    encode_answer,
    refuse_unless_open,
    refuse_unless_taking_part,
    respond,
    too_long_text,
)

__all__ = [
    "LONGEST_TEXT",
    "RawAnswer",
    "decline",
    "define_base",
    "encode",
    "encode_answer",
    "plan_invitations",
    "refuse_unless_open",
    "refuse_unless_taking_part",
    "respond",
    "start_inviting",
    "stop_inviting",
    "to_invite",
    "too_long_text",
    "write_to_people",
]

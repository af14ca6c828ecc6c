"""What an import asks or says, in the reader's language."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from sessions.refusals import SENTENCES, sentence

# Refusals of the ledger's own; those of the readers are in `sessions.refusals`.
OWN = {
    "other_meeting": gettext_noop(
        "This is the report of another meeting: it runs from %(first)s to %(last)s, and no session does. Is it the right "
        "file?"
    ),
    "unreadable": gettext_noop(
        "Something in this file could not be understood. Open it in a spreadsheet program, save it as CSV and try again."
    ),
}


def refusal_of(code: str, details: Mapping[str, object]) -> str:
    """Why a file was refused."""
    if code in OWN:
        return _(OWN[code]) % dict(details)
    return sentence(code, details) if code in SENTENCES else _(OWN["unreadable"])


QUESTIONS = {
    "mapping": gettext_noop("No reader knows this list. Say which column is what."),
    "date_order": gettext_noop(
        "The dates in this file can be read both ways, and both fit a session. Say whether the day or the month comes first."
    ),
    "zone": gettext_noop(
        "By this time zone nobody was there during a session, but by another zone it may fit. Say whose clock the file "
        "shows."
    ),
}


def question_of(code: str) -> str:
    """What a file leaves open, and what to do about it; "" for nothing."""
    return _(QUESTIONS[code]) if code in QUESTIONS else ""

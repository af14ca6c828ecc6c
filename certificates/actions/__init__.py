"""What can be done about certificates."""

from certificates.actions.corrections import revoke, supersede
from certificates.actions.decisions import (
    accept,
    confirm,
    make_exception,
    withdraw_acceptances,
    withdraw_confirmations,
    withdraw_exception,
)
from certificates.actions.erasing import forget_person
from certificates.actions.issue import cancel, carry_on, render_leftovers, request_issue
from certificates.actions.rules import adopt, draft_rule, evaluation_of, evaluations, preview, set_rule

__all__ = [
    "accept",
    "adopt",
    "cancel",
    "carry_on",
    "confirm",
    "draft_rule",
    "evaluation_of",
    "evaluations",
    "forget_person",
    "make_exception",
    "preview",
    "render_leftovers",
    "request_issue",
    "revoke",
    "set_rule",
    "supersede",
    "withdraw_acceptances",
    "withdraw_confirmations",
    "withdraw_exception",
]

"""What can be done about certificates."""

from certificates.actions.corrections import revoke, supersede
from certificates.actions.issue import carry_on, render_leftovers, request_issue
from certificates.actions.rules import evaluation_of, evaluations, preview, set_rule

__all__ = [
    "carry_on",
    "evaluation_of",
    "evaluations",
    "preview",
    "render_leftovers",
    "request_issue",
    "revoke",
    "set_rule",
    "supersede",
]

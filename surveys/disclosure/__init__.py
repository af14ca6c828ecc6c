"""Disclosure control: nothing printed, and no difference of what is printed, tells of fewer than k people.

k is LEAST (5) for staff who may not see people and PUBLIC_LEAST (10) for everybody. The attacker is taken to know the rule:
that hidden cells hold 1 to k - 1 people or stand in for one that does, which of the two, every margin and total that is
printed, and every other view. What is promised, and what is not: docs/decisions/0010-differences-of-views.md.

`groups` are one-way tables, `tables` two-way and hierarchical ones, `options` the answers to a question, `siblings` those
of groups side by side, `views` those of any selection; `network` and `moves` say how much room a hidden cell has.
"""

from surveys.disclosure.groups import (
    LEAST,
    MOST_VARIABLES,
    PUBLIC_LEAST,
    Counts,
    Selection,
    Wider,
    hidden_groups,
    spread_of,
)
from surveys.disclosure.options import ProtectedOptions, protect_options, protect_ticks
from surveys.disclosure.selections import Selections, is_hidden
from surveys.disclosure.siblings import protect_groups, protect_ticked_groups
from surveys.disclosure.tables import ProtectedTable, ProtectedTree, protect_table, protect_tree
from surveys.disclosure.views import Views, protect_view, strictest

__all__ = [
    "LEAST",
    "MOST_VARIABLES",
    "PUBLIC_LEAST",
    "Counts",
    "ProtectedOptions",
    "ProtectedTable",
    "ProtectedTree",
    "Selection",
    "Selections",
    "Views",
    "Wider",
    "hidden_groups",
    "is_hidden",
    "protect_groups",
    "protect_options",
    "protect_table",
    "protect_ticked_groups",
    "protect_ticks",
    "protect_tree",
    "protect_view",
    "spread_of",
    "strictest",
]

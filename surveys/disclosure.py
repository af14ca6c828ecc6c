"""What analysts may see of small groups: nothing about fewer than five respondents, not even by subtraction.

A group is hidden when it is small, and where one hidden group could be had by subtracting the others from the total, the
next smallest is hidden with it. A selection by several variables is hidden when any table that would contain it hides it.
"""

from collections.abc import Callable, Mapping

LEAST = 5

Selection = Mapping[str, str]
Counts = Callable[[str, Selection], Mapping[str, int]]


def hidden_groups(counts: Mapping[str, int]) -> frozenset[str]:
    """The groups of one table, respondents by group, that may not be shown."""
    present = {group: n for group, n in counts.items() if n}
    hidden = {group for group, n in present.items() if n < LEAST}
    shown = sorted(present.keys() - hidden, key=lambda group: (present[group], group))
    while hidden and shown and (len(hidden) == 1 or sum(present[group] for group in hidden) < LEAST):
        hidden.add(shown.pop(0))
    return frozenset(hidden)


def is_hidden(selection: Selection, counts: Counts) -> bool:
    """Whether a selection may not be shown. ``counts(variable, selection)`` gives respondents by value."""
    for variable, value in selection.items():
        rest = {name: chosen for name, chosen in selection.items() if name != variable}
        if value in hidden_groups(counts(variable, rest)) or is_hidden(rest, counts):
            return True
    return False

"""One-way tables: respondents by group, with their total printed."""

from collections.abc import Callable, Iterable, Mapping

LEAST = 5
PUBLIC_LEAST = 10
MOST_VARIABLES = 2

Selection = Mapping[str, str]
Counts = Callable[[str, Selection], Mapping[str, int]]
Wider = Callable[[str, str], Iterable[tuple[str, str]]]


def nothing_wider(variable: str, value: str) -> Iterable[tuple[str, str]]:
    """Nothing else follows from being in a group."""
    return ()


def spread_of(k: int) -> int:
    """How far apart the least and the largest possible value of a hidden cell are at least: 1 for k = 5, 3 for k = 10."""
    return max(1, (k - 1) // 3)


def hidden_groups(counts: Mapping[str, int], *, k: int = LEAST) -> frozenset[str]:
    """The groups of one table, respondents by group, that may not be shown beside the total.

    Small ones (1 to k - 1), and the next smallest with them until nothing follows from the rest of the total. A group
    of nobody is shown, unless all others are hidden: then no line of the table may be printed, and every group is here.
    """
    present = {group: n for group, n in counts.items() if n}
    hidden = {group for group, n in present.items() if n < k}
    shown = sorted(present.keys() - hidden, key=lambda group: (present[group], group))
    while hidden and shown and not is_safe(hidden, present, k=k):
        hidden.add(shown.pop(0))
    return frozenset(hidden if shown or not hidden else counts)


def is_safe(hidden: Iterable[str], present: Mapping[str, int], *, k: int) -> bool:
    """Whether what is left of the total leaves each hidden group its spread, and is itself k people or more.

    The attacker knows the rule: which groups are small, and that the others are not larger than the smallest printed.
    """
    hidden = frozenset(hidden)
    total = sum(present[group] for group in hidden)
    ceiling = min((n for group, n in present.items() if group not in hidden), default=total)
    bounds = {group: (1, k - 1) if present[group] < k else (k, max(ceiling, k)) for group in hidden}
    lowest = sum(low for low, _high in bounds.values())
    highest = sum(high for _low, high in bounds.values())
    if total < k:
        return False
    return all(
        min(high, total - (lowest - low)) - max(low, total - (highest - high)) >= spread_of(k)
        for low, high in bounds.values()
    )


def contexts(variable: str, value: str, rest: Selection, wider: Wider) -> list[Selection]:
    """The views in which a group stands among its siblings: the rest of its selection, alone and with what is wider."""
    coarser = [{**rest, name: given} for name, given in wider(variable, value) if name not in rest]
    return [rest, *coarser]


def without(selection: Selection, *names: str) -> Selection:
    """The selection without some of its variables."""
    return {name: value for name, value in selection.items() if name not in names}

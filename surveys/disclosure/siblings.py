"""Groups that one variable tells apart: the answers of each to one question, none of which gives another away."""

from collections.abc import Mapping

from surveys.disclosure.groups import hidden_groups, spread_of
from surveys.disclosure.moves import Move, Moves, Option
from surveys.disclosure.options import ProtectedOptions, Weights, protect_options, protect_ticks, window_of
from surveys.disclosure.tables import REST, Matrix, column_sums, hidden_cells, protect_table

TICKED, NOT_TICKED = "ticked", "not_ticked"
MOST_PARTNERS = 6
"""With how many groups, largest first, an exchange is tried: where they give no room, more hardly do."""


def protect_groups(
    table: Matrix, *, k: int, weights: Weights | None = None, whole: ProtectedOptions | None = None
) -> dict[str, ProtectedOptions]:
    """Decide on the answers to one question (one answer each) of every group that a variable tells apart.

    ``table`` has people by group and option, ``whole`` is what was decided for all groups together. Ratings
    (``weights``) of a group are printed with all their counts, or as n and mean only, or not at all.
    """
    whole = whole or protect_options(column_sums(table), k=k, weights=weights)
    if not whole.shows_n:
        return dict.fromkeys(table, nothing_of(table))
    if weights is None:
        protected = protect_table(table, k=k, hidden_columns=whole.hidden)
        return {
            group: nothing_of(table)
            if group in protected.rows
            else ProtectedOptions(frozenset(o for o in cells if (group, o) in protected.cells), shows_mean=False)
            for group, cells in table.items()
        }
    return _rated_groups(table, k=k, weights=weights, whole=whole)


def protect_ticked_groups(
    table: Matrix, sizes: Mapping[str, int], *, k: int, whole: ProtectedOptions | None = None
) -> dict[str, ProtectedOptions]:
    """Decide on a question with several answers each: ``sizes`` are those who answered by group, ``table`` the ticks."""
    whole = whole or protect_ticks(column_sums(table), n=sum(sizes.values()), k=k)
    if not whole.shows_n:
        return dict.fromkeys(table, nothing_of(table))
    hidden_rows = hidden_groups(sizes, k=k)
    merged, merged_sizes = _with_rest(table, sizes, hidden_rows)
    hidden = {group: set(whole.hidden) for group in merged}
    is_settled = False
    while not is_settled:
        for option in sorted({option for cells in table.values() for option in cells} - whole.hidden):
            for group in _groups_hiding(merged, merged_sizes, option, hidden, k=k):
                hidden[group].add(option)
        is_settled = not _cover_small_rests(merged, merged_sizes, hidden, k=k)
    return {
        group: nothing_of(table)
        if group in hidden_rows
        else ProtectedOptions(frozenset(hidden[group]), shows_mean=False)
        for group in table
    }


def nothing_of(table: Matrix) -> ProtectedOptions:
    """That nothing may be printed of a group, n included."""
    options = frozenset(option for cells in table.values() for option in cells)
    return ProtectedOptions(options, shows_n=False, shows_mean=False)


def _only_n(table: Matrix) -> ProtectedOptions:
    return ProtectedOptions(nothing_of(table).hidden, shows_mean=False)


def _rated_groups(table: Matrix, *, k: int, weights: Weights, whole: ProtectedOptions) -> dict[str, ProtectedOptions]:
    """Groups without small counts in full, others by n and mean; those for which that is too much by n alone.

    What is told by n alone is known together, by subtraction, and is looked at as one group.
    """
    hidden_rows = hidden_groups({group: sum(cells.values()) for group, cells in table.items()}, k=k)
    by_n = set(hidden_rows)
    in_full: frozenset[str] | None = None
    while in_full is None and len(by_n) < len(table):
        merged, _sizes = _with_rest(table, {}, frozenset(by_n))
        in_full, unsafe = _told_in_full(merged, k=k, weights=weights, whole=whole)
        if in_full is None:
            rest = sorted(table.keys() - by_n, key=lambda group: (sum(table[group].values()), group))
            by_n |= unsafe & table.keys() or set(rest[:1])
            by_n |= set(rest[:2]) if len(by_n) == 1 else set()
    return {
        group: nothing_of(table)
        if group in hidden_rows
        else _only_n(table)
        if group in by_n
        else ProtectedOptions(
            frozenset() if group in (in_full or ()) else frozenset(cells), shows_mean=whole.shows_mean
        )
        for group, cells in table.items()
    }


def _told_in_full(
    table: Matrix, *, k: int, weights: Weights, whole: ProtectedOptions
) -> tuple[frozenset[str] | None, set[str]]:
    """The groups that may be told in full while all others tell n and mean; or None and groups that tell too much."""
    order = sorted(table, key=lambda group: (-sum(table[group].values()), group))
    in_full = [
        group for group in order if not whole.hidden and not any(0 < count < k for count in table[group].values())
    ]
    while unsafe := _unsafe_mean(table, set(table).difference(in_full), k=k, weights=weights, whole=whole):
        if not in_full:
            return None, unsafe
        del in_full[len(in_full) // 2 :]
    return frozenset(in_full), set()


def _unsafe_mean(table: Matrix, by_mean: set[str], *, k: int, weights: Weights, whole: ProtectedOptions) -> set[str]:
    """Groups whose n and mean leave a small count less than its spread, or the whole less than it was promised."""
    smallest = set(sorted(table, key=lambda group: (sum(table[group].values()), group))[:1])
    rests = column_sums({group: table[group] for group in by_mean})
    if len(by_mean) < len(table) and any(0 < rest < k for rest in rests.values()):
        return smallest
    if not all(any(_takes(table[group], move) for group in by_mean) for move in whole.witnesses):
        return smallest
    return {
        group
        for group in by_mean
        if (small := [option for option, count in table[group].items() if 0 < count < k])
        and not _has_room(table, group, by_mean, small, k=k, weights=weights, moves_of_all=whole.witnesses)
    }


def _takes(cells: Mapping[str, int], move: Mapping[str, int]) -> bool:
    return all(cells[option] + step >= 0 for option, step in move.items())


def _has_room(
    table: Matrix,
    group: str,
    by_mean: set[str],
    small: list[str],
    *,
    k: int,
    weights: Weights,
    moves_of_all: tuple[Move, ...],
) -> bool:
    """Whether each small count has its spread: by exchange with one other group, or by what the whole leaves open."""
    own = [move for move in moves_of_all if _takes(table[group], move)]
    lowest = {option: min([0, *(move.get(option, 0) for move in own)]) for option in small}
    highest = {option: max([0, *(move.get(option, 0) for move in own)]) for option in small}
    if all(highest[option] - lowest[option] >= spread_of(k) for option in small):
        return True
    partners = sorted(by_mean - {group}, key=lambda other: (-sum(table[other].values()), other))
    for partner in partners[:MOST_PARTNERS]:
        moves = _exchanges(table[group], table[partner], k=k, weights=weights)
        for option in small:
            down, up = moves.extremes(option)
            lowest[option] = min(lowest[option], down[option])
            highest[option] = max(highest[option], up[option])
        if all(highest[option] - lowest[option] >= spread_of(k) for option in small):
            return True
    return False


def _exchanges(one: Mapping[str, int], other: Mapping[str, int], *, k: int, weights: Weights) -> Moves:
    window = window_of(k)
    return Moves.of(
        tuple(
            Option(option, weights[option], -min(window, count), min(window, other[option]))
            for option, count in one.items()
        )
    )


def _with_rest(
    table: Matrix, sizes: Mapping[str, int], hidden: frozenset[str]
) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """The table with all hidden groups as one, which can be had by subtraction."""
    shown = {group: dict(cells) for group, cells in table.items() if group not in hidden}
    shown_sizes = {group: size for group, size in sizes.items() if group not in hidden}
    if hidden & table.keys():
        shown[REST] = dict(column_sums({group: cells for group, cells in table.items() if group in hidden}))
        shown_sizes[REST] = sum(size for group, size in sizes.items() if group in hidden)
    return shown, shown_sizes


def _groups_hiding(
    table: Matrix, sizes: Mapping[str, int], option: str, hidden: Mapping[str, set[str]], *, k: int
) -> list[str]:
    """The groups that may not tell how many ticked an option: few did or did not, or another group needs it."""
    halves = {
        group: {TICKED: cells[option], NOT_TICKED: sizes[group] - cells[option]} for group, cells in table.items()
    }
    also = [(group, half) for group in halves if option in hidden[group] for half in (TICKED, NOT_TICKED)]
    cells = hidden_cells(halves, k=k, also=also)
    return list(table) if cells is None else sorted({group for group, _half in cells})


def _cover_small_rests(table: Matrix, sizes: Mapping[str, int], hidden: Mapping[str, set[str]], *, k: int) -> bool:
    """Hide every option of groups where the shown ones leave people who must have ticked a hidden one."""
    has_hidden = False
    for group, cells in table.items():
        shown = sum(count for option, count in cells.items() if option not in hidden[group])
        if hidden[group] and shown and shown < sizes[group] + k and hidden[group] != set(cells):
            hidden[group].update(cells)
            has_hidden = True
    return has_hidden

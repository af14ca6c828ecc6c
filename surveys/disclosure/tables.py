"""Two-way and hierarchical tables: which cells may be printed beside margins and totals."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from surveys.disclosure.groups import hidden_groups, spread_of
from surveys.disclosure.network import Network

REST = "\0"
"""The row or column in which everything hidden of a margin is put together while cells are looked at; never printed.

No value of a variable is called so: "" is, for people who said nothing.
"""

Matrix = Mapping[str, Mapping[str, int]]
Cells = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """What may not be printed of a two-way table; ``cells`` are (row, column). The rest may, totals included.

    A hidden row or column has its margin hidden and all its cells. A row of which every cell is hidden is left blank: what
    is not printed of it must not be told apart. ``is_withheld``: no cell may be printed, only margins.
    """

    rows: frozenset[str]
    columns: frozenset[str]
    cells: Cells
    is_withheld: bool


@dataclass(frozen=True, slots=True)
class ProtectedTree:
    """What may not be printed of totals by branch and leaf. ``is_withheld``: nothing below the total may be."""

    branches: frozenset[str]
    leaves: Cells
    is_withheld: bool


def protect_table(table: Matrix, *, k: int, hidden_columns: frozenset[str] = frozenset()) -> ProtectedTable:
    """Decide on a two-way table of respondents, whose margins and total are printed as far as they are not hidden.

    ``hidden_columns`` are those that another table hides already, such as the options of the whole survey. Margins are
    decided on first; then they count as known, so that every further table with the same margin is independent.
    """
    rows = hidden_groups({row: sum(cells.values()) for row, cells in table.items()}, k=k)
    columns = hidden_columns | hidden_groups(column_sums(table), k=k)
    merged = _merged(table, rows, columns)
    hidden = hidden_cells(merged, k=k)
    every = frozenset((row, column) for row, cells in table.items() for column in cells)
    if hidden is None:
        return ProtectedTable(rows, columns, every, is_withheld=True)
    cells = frozenset(cell for cell in every if cell[0] in rows or cell[1] in columns or cell in hidden)
    return ProtectedTable(rows, columns, cells, is_withheld=False)


def hidden_cells(table: Matrix, *, k: int, also: Iterable[tuple[str, str]] = ()) -> Cells | None:
    """The inner cells to hide where every margin is known; None where only all of them together are safe.

    Where all are hidden, each has room for as many people as the least margin: k or more.
    """
    network = Network(k, spread_of(k))
    for row, cells in table.items():
        network.add(("row", row), "total", ("row", row), sum(cells.values()), is_fixed=True)
        for column, value in cells.items():
            network.add((row, column), ("row", row), ("column", column), value)
    for column, value in column_sums(table).items():
        network.add(("column", column), ("column", column), "total", value, is_fixed=True)
    for cell in also:
        if network.arcs[cell].value:
            network.hide(cell)
    if not _completed(network, table, k=k):
        return None
    return frozenset(cell for row, cells in table.items() for cell in _hidden_of(network, row, cells))


def _completed(network: Network, table: Matrix, *, k: int) -> bool:
    """Hide what must be; a row that is too small for that is left blank, zeros and all. False where that is no help."""
    blank: set[str] = set()
    while True:
        stuck = network.complete()
        if isinstance(stuck, tuple):
            row = stuck[0]
            if row in blank:
                return False
            blank.add(row)
            network.blank((row, column) for column in table[row])
        elif not _hide_beside_small_rests(network, table, k=k):
            return True


def protect_tree(tree: Matrix, *, k: int) -> ProtectedTree:
    """Decide on a total by branch and leaf, such as registrations by region and country. The total is printed.

    A total below k may not be printed at all, here and for every other table.
    """
    network = Network(k, spread_of(k))
    for branch, leaves in tree.items():
        network.add(("branch", branch), "total", ("branch", branch), sum(leaves.values()))
        for leaf, value in leaves.items():
            network.add((branch, leaf), ("branch", branch), "leaves", value)
    total = sum(sum(leaves.values()) for leaves in tree.values())
    network.add("total", "leaves", "total", total, is_fixed=True)
    is_protected = network.complete() is None
    while is_protected and _hide_beside_small_rest_of_branches(network, tree, k=k):
        is_protected = network.complete() is None
    every = frozenset((branch, leaf) for branch, leaves in tree.items() for leaf in leaves)
    if not is_protected or total < k:
        return ProtectedTree(frozenset(tree), every, is_withheld=True)
    branches = frozenset(branch for branch in tree if network.arcs["branch", branch].is_hidden)
    return ProtectedTree(branches, every & network.hidden, is_withheld=False)


def column_sums(table: Matrix) -> Counter[str]:
    """The margin below the columns, those of nobody included."""
    sums: Counter[str] = Counter()
    for cells in table.values():
        for column, value in cells.items():
            sums[column] += value
    return sums


def _merged(table: Matrix, rows: frozenset[str], columns: frozenset[str]) -> dict[str, dict[str, int]]:
    merged: dict[str, Counter[str]] = {}
    for row, cells in table.items():
        line = merged.setdefault(REST if row in rows else row, Counter())
        for column, value in cells.items():
            line[REST if column in columns else column] += value
    return {row: dict(line) for row, line in merged.items()}


def _hidden_of(network: Network, row: str, cells: Mapping[str, int]) -> Iterable[tuple[str, str]]:
    return ((row, column) for column in cells if network.arcs[row, column].is_hidden)


def _hide_beside_small_rests(network: Network, table: Matrix, *, k: int) -> bool:
    """Hide one more in each row and column of which fewer than k people are hidden. False where there was none.

    What is hidden of a row is known as its sum, which would be a small cell itself.
    """
    columns: dict[str, list[tuple[str, str]]] = {}
    for row, cells in table.items():
        for column in cells:
            columns.setdefault(column, []).append((row, column))
    lines = [[(row, column) for column in cells] for row, cells in table.items()] + list(columns.values())
    return _hide_smallest(network, lines, k=k)


def _hide_beside_small_rest_of_branches(network: Network, tree: Matrix, *, k: int) -> bool:
    lines: list[list[tuple[str, str]]] = [[("branch", branch) for branch in tree]]
    lines += [
        [(branch, leaf) for leaf in leaves]
        for branch, leaves in tree.items()
        if not network.arcs["branch", branch].is_hidden
    ]
    return _hide_smallest(network, lines, k=k)


def _hide_smallest(network: Network, lines: Iterable[list[tuple[str, str]]], *, k: int) -> bool:
    has_hidden = False
    for line in lines:
        arcs = [(network.arcs[key].value, key) for key in line]
        rest = sum(value for value, key in arcs if network.arcs[key].is_hidden)
        printed = sorted((value, key) for value, key in arcs if value and not network.arcs[key].is_hidden)
        if 0 < rest < k and printed:
            network.hide(printed[0][1])
            has_hidden = True
    return has_hidden

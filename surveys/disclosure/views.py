"""Views: the same questions for many selections, none of which may give another away (decision 10).

A view is judged within every larger view that contains it, together with its siblings there. What the larger view tells
is taken as known in full, so that tables by different variables say nothing more together than each of them alone.
"""

from collections.abc import Callable, Mapping

from surveys.disclosure.groups import MOST_VARIABLES, Selection, Wider, contexts, nothing_wider, without
from surveys.disclosure.options import ProtectedOptions, Weights, protect_options, protect_ticks
from surveys.disclosure.siblings import nothing_of, protect_groups, protect_ticked_groups
from surveys.disclosure.tables import Matrix, column_sums

Tables = Callable[[str, Selection], Matrix]
Sizes = Callable[[str, Selection], Mapping[str, int]]
Key = frozenset[tuple[str, str]]

INSIDE, OUTSIDE, OTHERS = "inside", "outside", "\0others"


def protect_view(
    selection: Selection, tables: Tables, *, k: int, weights: Weights | None = None, wider: Wider = nothing_wider
) -> ProtectedOptions:
    """Decide on the answers to one question (one answer each) in one view; see `Views`, which remembers."""
    return Views(tables, k=k, weights=weights, wider=wider).view(selection)


class Views:
    """Decides on one question in any view of at most MOST_VARIABLES variables, and remembers what it has looked at.

    ``tables(variable, selection)`` gives people by value of the variable and option; by "" everybody is one group.
    ``sizes(variable, selection)`` gives those who answered, for a question with several answers each; None for one
    answer each. ``wider(variable, value)`` names what else is true of a group by definition, as a country's region is:
    pairs of a coarser variable and its value. What any enclosing view asks to be hidden is hidden. Whether a view may
    be shown at all is for `is_hidden` to say first.
    """

    def __init__(
        self,
        tables: Tables,
        *,
        k: int,
        weights: Weights | None = None,
        sizes: Sizes | None = None,
        wider: Wider = nothing_wider,
    ) -> None:
        self.tables, self.k, self.weights, self.sizes, self.wider = tables, k, weights, sizes, wider
        self._views: dict[Key, ProtectedOptions] = {}
        self._groups: dict[tuple[str, Key], dict[str, ProtectedOptions]] = {}

    def view(self, selection: Selection) -> ProtectedOptions:
        """What may be printed of the question in a view."""
        key = frozenset(selection.items())
        if key not in self._views:
            self._views[key] = self._decided(selection)
        return self._views[key]

    def groups(self, variable: str, where: Selection) -> dict[str, ProtectedOptions]:
        """What may be printed of each group that a variable tells apart within a view."""
        return {value: self.view({**where, variable: value}) for value in self.tables(variable, where)}

    def _decided(self, selection: Selection) -> ProtectedOptions:
        if len(selection) > MOST_VARIABLES:
            return nothing_of(self.tables("", {}))
        if not selection:
            return self._everybody()
        decisions = []
        for variable, value in selection.items():
            rest = without(selection, variable)
            for context in contexts(variable, value, rest, self.wider):
                row = self._in(variable, rest, context).get(value)
                decisions.append(row or nothing_of(self.tables("", {})))
                if len(selection) > 1:
                    decisions.append(self._against(selection, without(context, *rest)))
        return strictest(decisions)

    def _everybody(self) -> ProtectedOptions:
        counts = column_sums(self.tables("", {}))
        if self.sizes is None:
            return protect_options(counts, k=self.k, weights=self.weights)
        return protect_ticks(counts, n=sum(self.sizes("", {}).values()), k=self.k)

    def _in(self, variable: str, rest: Selection, context: Selection) -> dict[str, ProtectedOptions]:
        """The groups of a variable within a view, and what that view asks of them.

        Where the view is wider than the groups by definition they are picked from the table of all, since each further
        table is one more count of all rows.
        """
        key = (variable, frozenset(context.items()))
        if key not in self._groups:
            table = self.tables(variable, rest)
            sizes = None if self.sizes is None else self.sizes(variable, rest)
            for extra in context.items() - rest.items():
                table = {value: row for value, row in table.items() if extra in set(self.wider(variable, value))}
                if sizes is not None:
                    sizes = {value: sizes[value] for value in table}
                    sizes = {**sizes, OTHERS: (self._n(context) or 0) - sum(sizes.values())}
                table = with_others(table, self._totals(context))
            self._groups[key] = self._judged(table, sizes, self.view(context))
        return self._groups[key]

    def _totals(self, context: Selection) -> Mapping[str, int]:
        """Everybody in a view, by option."""
        for variable, value in reversed(list(context.items())):
            return self.tables(variable, without(context, variable)).get(value, {})
        return column_sums(self.tables("", {}))

    def _n(self, context: Selection) -> int | None:
        """Everybody in a view who answered a question with several answers each; None for any other question."""
        if self.sizes is None:
            return None
        for variable, value in reversed(list(context.items())):
            return self.sizes(variable, without(context, variable)).get(value, 0)
        return sum(self.sizes("", {}).values())

    def _judged(
        self, table: Matrix, sizes: Mapping[str, int] | None, whole: ProtectedOptions
    ) -> dict[str, ProtectedOptions]:
        if sizes is None:
            return protect_groups(table, k=self.k, weights=self.weights, whole=whole)
        return protect_ticked_groups(table, sizes, k=self.k, whole=whole)

    def _against(self, selection: Selection, context: Selection) -> ProtectedOptions:
        """The view against all others of a view that contains it."""
        inside, everybody = self._totals(selection), self._totals(context)
        table = {
            INSIDE: {option: inside.get(option, 0) for option in everybody},
            OUTSIDE: {option: count - inside.get(option, 0) for option, count in everybody.items()},
        }
        n, of = self._n(selection), self._n(context)
        sizes = None if n is None or of is None else {INSIDE: n, OUTSIDE: of - n}
        return self._judged(table, sizes, self.view(context))[INSIDE]


def with_others(table: Matrix, totals: Mapping[str, int]) -> dict[str, Mapping[str, int]]:
    """The table with a row for whoever the totals count besides."""
    sums = column_sums(table)
    return {**table, OTHERS: {option: count - sums[option] for option, count in totals.items()}}


def strictest(decisions: list[ProtectedOptions]) -> ProtectedOptions:
    """What all of several decisions allow."""
    return ProtectedOptions(
        frozenset[str]().union(*(one.hidden for one in decisions)),
        shows_n=all(one.shows_n for one in decisions),
        shows_mean=all(one.shows_mean for one in decisions),
        witnesses=tuple(move for one in decisions for move in one.witnesses),
    )

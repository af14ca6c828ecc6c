"""The answers to one question: which options may be printed with their counts, beside n and the mean.

Published together are n, the options' counts and shares, and for a rating the mean, which is a sum of counts in disguise.
Every other figure of a rating (median, top box, net promoter score) follows from all counts and is printed with all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.disclosure.groups import hidden_groups, is_safe, spread_of
from surveys.disclosure.moves import Move, Moves, Option

Weights = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ProtectedOptions:
    """What may be printed of one question. ``hidden`` options have no count and no share, not even within an "other".

    ``shows_n``, ``shows_mean``: whether those figures may stand; ``shows_rest`` for whatever else counts amount to.
    ``witnesses`` are changes of the hidden counts that would print the same: proof, and what finer views must allow.
    """

    hidden: frozenset[str]
    shows_n: bool = True
    shows_mean: bool = True
    witnesses: tuple[Move, ...] = ()

    @property
    def shows_rest(self) -> bool:
        """Whether median, top box and other figures of all options may be printed."""
        return self.shows_n and not self.hidden


def protect_options(counts: Mapping[str, int], *, k: int, weights: Weights | None = None) -> ProtectedOptions:
    """Decide on a question with one answer each; ``weights`` are the values of a rating, None where there is no mean.

    n is the sum of the counts. With a mean that must go, the options are decided on without it.
    """
    n = sum(counts.values())
    if 0 < n < k:
        return ProtectedOptions(frozenset(counts), shows_n=False, shows_mean=False)
    if all(count >= k for count in counts.values() if count):
        return ProtectedOptions(frozenset())
    if weights:
        return _with_mean(counts, k=k, weights=weights) or _without_mean(counts, k=k)
    return _without_mean(counts, k=k)


def protect_ticks(counts: Mapping[str, int], *, n: int, k: int) -> ProtectedOptions:
    """Decide on a question with several answers each, of n who answered: nobody answered without a tick.

    An option is small where fewer than k ticked it or fewer than k did not. Sums of ticks may not be printed.
    """
    if 0 < n < k:
        return ProtectedOptions(frozenset(counts), shows_n=False, shows_mean=False)
    hidden = {value for value, count in counts.items() if 0 < count < k or 0 < n - count < k}
    shown = sorted(counts.keys() - hidden, key=lambda value: (counts[value], value))
    while hidden and shown and not _ticks_are_safe(hidden, counts, n=n, k=k):
        hidden.add(shown.pop(0))
    if hidden and not _ticks_are_safe(hidden, counts, n=n, k=k):
        hidden = set(counts)
    return ProtectedOptions(frozenset(hidden))


def _without_mean(counts: Mapping[str, int], *, k: int) -> ProtectedOptions:
    return ProtectedOptions(hidden_groups(counts, k=k), shows_mean=False)


def _with_mean(counts: Mapping[str, int], *, k: int, weights: Weights) -> ProtectedOptions | None:
    """The fewest smallest options that hide each other although n and the mean are printed; None where none do."""
    present = {value: count for value, count in counts.items() if count}
    hidden = {value for value, count in present.items() if count < k}
    shown = sorted(present.keys() - hidden, key=lambda value: (present[value], value))
    while shown:
        if is_safe(hidden, present, k=k):
            bounds = {value: (1, k - 1) if present[value] < k else (k, None) for value in hidden}
            witnesses = _witnesses({value: present[value] for value in hidden}, bounds, weights, k=k)
            if witnesses is not None:
                return ProtectedOptions(frozenset(hidden), witnesses=witnesses)
        hidden.add(shown.pop(0))
    witnesses = _witnesses(counts, dict.fromkeys(counts, (0, None)), weights, k=k)
    return None if witnesses is None else ProtectedOptions(frozenset(counts), witnesses=witnesses)


def _witnesses(
    counts: Mapping[str, int], bounds: Mapping[str, tuple[int, int | None]], weights: Weights, *, k: int
) -> tuple[Move, ...] | None:
    """For each hidden option the moves furthest down and up; None where one of them has less than its spread."""
    window = window_of(k)
    options = tuple(
        Option(
            value,
            weights[value],
            max(-window, bounds[value][0] - count),
            window if (high := bounds[value][1]) is None else min(window, high - count),
        )
        for value, count in counts.items()
    )
    moves = Moves.of(options)
    extremes = {value: moves.extremes(value) for value, count in counts.items() if count}
    if any(high[value] - low[value] < spread_of(k) for value, (low, high) in extremes.items()):
        return None
    return tuple(move for pair in extremes.values() for move in pair)


def window_of(k: int) -> int:
    """How far moves are looked for: enough for the spread, with a partner that must move twice as far."""
    return 2 * spread_of(k)


def _ticks_are_safe(hidden: set[str], counts: Mapping[str, int], *, n: int, k: int) -> bool:
    """Whether each hidden option keeps its spread although everybody ticked one: the hidden ones cover who is left."""
    uncovered = n - sum(count for value, count in counts.items() if value not in hidden)
    bounds = {value: _tick_bounds(counts[value], n=n, k=k) for value in hidden}
    highest = sum(high for _low, high in bounds.values())
    return all(high - max(low, uncovered - (highest - high)) >= spread_of(k) for low, high in bounds.values())


def _tick_bounds(count: int, *, n: int, k: int) -> tuple[int, int]:
    if 0 < count < k:
        return 1, min(k - 1, n)
    if 0 < n - count < k:
        return max(n - k + 1, 0), n - 1
    return (0, n) if count in {0, n} else (k, n - k)

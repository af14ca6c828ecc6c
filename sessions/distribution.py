"""How minutes of presence are spread over the people of a session."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# Upper ends, in percent of the session's length, of the bars between "not at all" and "the whole session".
STEPS = (25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class Bar:
    """People whose presence, in percent of the session, is at least `low` and below `high`; both 0 or 100: exactly that.

    `width` is the bar's length, in percent of the longest one.
    """

    low: int
    high: int
    people: int
    width: int


def distribution(presences: Iterable[int] | Mapping[int, int], length: int) -> tuple[Bar, ...]:
    """Six bars, from no second of presence to all of the session; their people add up to those given.

    `presences` are whole seconds of people about whom something is recorded, or how many people have so many seconds;
    `length` is the session's, in seconds.
    """
    counts = [0] * (len(STEPS) + 2)
    for seconds, people in Counter(presences).items():
        counts[_place(seconds, length)] += people
    edges = [(0, 0), *zip((0, *STEPS), STEPS, strict=False), (100, 100)]
    longest = max(counts)
    return tuple(
        Bar(low, high, people, _width(people, longest)) for (low, high), people in zip(edges, counts, strict=True)
    )


def _place(seconds: int, length: int) -> int:
    if seconds <= 0:
        return 0
    return 1 + sum(seconds * 100 >= step * length for step in STEPS)


def _width(people: int, longest: int) -> int:
    """At least 1 where there is anybody, so that one person among thousands is seen."""
    return max(1, people * 100 // longest) if people else 0

"""In which order questions can be decided: those that a condition asks about come before those it belongs to."""

from collections.abc import Mapping, Sequence

from surveys.expressions.syntax import Expression


def cycle_in(relevants: Mapping[str, Expression]) -> tuple[str, ...] | None:
    """Questions that wait for each other in a circle, by name in the order of the circle; None where there is none.

    ``relevants`` maps the name of a question to its condition. A question that asks about itself is a circle of one.
    """
    return circle({name: sorted(expression.names) for name, expression in relevants.items()})


def circle(waits_for: Mapping[str, Sequence[str]]) -> tuple[str, ...] | None:
    """The first circle among names that wait for others; None where there is none."""
    done: set[str] = set()
    for beginning in waits_for:
        path: list[str] = []
        branches = [iter([beginning])]
        while branches:
            name = next(branches[-1], None)
            if name is None:
                branches.pop()
                if path:
                    done.add(path.pop())
            elif name in path:
                return tuple(path[path.index(name) :])
            elif name not in done:
                path.append(name)
                branches.append(iter(waits_for.get(name, ())))
    return None


def order_of(waits_for: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The names, each after those that it waits for, otherwise in the order given. Raises ValueError for a circle."""
    found = circle(waits_for)
    if found:
        raise ValueError(f"these wait for each other: {', '.join(found)}")
    ordered: dict[str, None] = {}
    for name in waits_for:
        place_after(name, waits_for, ordered)
    return tuple(ordered)


def place_after(name: str, waits_for: Mapping[str, Sequence[str]], ordered: dict[str, None]) -> None:
    """Put a name, and before it those that it waits for, at the end of an order."""
    waiting = [name]
    while waiting:
        first = [other for other in waits_for.get(waiting[-1], ()) if other in waits_for and other not in ordered]
        if first:
            waiting.append(first[0])
        else:
            ordered.setdefault(waiting.pop())


def first_reference_forward(names: Sequence[str], relevants: Mapping[str, Expression]) -> tuple[str, str] | None:
    """The first name whose condition asks about one that comes later, and that one; None where none does."""
    place = {name: number for number, name in enumerate(names)}
    for name in names:
        asked = relevants[name].names if name in relevants else frozenset[str]()
        later = sorted((other for other in asked if place.get(other, -1) > place[name]), key=place.__getitem__)
        if later:
            return name, later[0]
    return None

"""Tables as networks: what an attacker can work out of the hidden cells, exactly, and what else to hide.

Whatever adds up along rows, columns, regions or totals is a circulation: a cell is an arc, and what flows into a node
flows out of it. A printed cell is an arc that cannot move. A hidden one moves between bounds, and how far it can move
is a maximum flow from the end of its arc back to its beginning. Such networks have whole-number extremes, so what is found
here equals what linear programming finds. The search for further cells to hide is the usual one of cheapest
augmenting paths (Kelly, Golden and Assad 1992; Castro 2012), which need not be the least loss, but is checked arc by arc.
"""

import heapq
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field

UNBOUNDED = 10**12

Key = Hashable
Move = tuple[Key, int]


@dataclass(slots=True)
class Arc:
    """A number of people that flows from one node to another; ``upper`` and ``lower`` are what an attacker knows."""

    tail: Key
    head: Key
    value: int
    lower: int = 0
    upper: int = UNBOUNDED
    is_hidden: bool = False
    can_be_hidden: bool = True


@dataclass(slots=True)
class Network:
    """A table. Cells from 1 to ``k`` - 1 are hidden when they are added; ``spread`` is how far a hidden one must move."""

    k: int
    spread: int
    arcs: dict[Key, Arc] = field(default_factory=dict)
    _at: dict[Key, list[Key]] = field(default_factory=lambda: defaultdict(list))
    _hidden_at: dict[Key, list[Key]] = field(default_factory=lambda: defaultdict(list))
    _protected: set[Key] = field(default_factory=set)

    def add(self, key: Key, tail: Key, head: Key, value: int, *, is_fixed: bool = False) -> None:
        """Add a cell; ``is_fixed`` is printed whatever its size, because it is printed elsewhere too."""
        self.arcs[key] = Arc(tail, head, value, can_be_hidden=not is_fixed and value > 0)
        self._at[tail].append(key)
        self._at[head].append(key)
        if not is_fixed and 0 < value < self.k:
            self.hide(key)

    def hide(self, key: Key) -> None:
        """Hide a cell. An attacker is taken to know whether it is below k or hides another one."""
        value = self.arcs[key].value
        self._hide(key, (1, self.k - 1) if value < self.k else (self.k, UNBOUNDED))

    def blank(self, keys: Iterable[Key]) -> None:
        """Hide cells together, zeros included, so that an attacker does not know which of them are small."""
        for key in keys:
            self._hide(key, (0, UNBOUNDED))

    def _hide(self, key: Key, bounds: tuple[int, int]) -> None:
        arc = self.arcs[key]
        if not arc.is_hidden:
            self._hidden_at[arc.tail].append(key)
            self._hidden_at[arc.head].append(key)
        arc.is_hidden = True
        arc.lower, arc.upper = bounds

    @property
    def hidden(self) -> frozenset[Key]:
        """The cells that may not be printed."""
        return frozenset(key for key, arc in self.arcs.items() if arc.is_hidden)

    def complete(self) -> Key | None:
        """Hide further cells until each hidden one has its spread; the cell for which no choice of cells is enough.

        Hiding a cell only ever gives the others more room, so that each is looked at once.
        """
        while waiting := [key for key, arc in self.arcs.items() if arc.is_hidden and key not in self._protected]:
            for key in waiting:
                if not self._widen(key):
                    return key
                self._protected.add(key)
        return None

    def room(self, key: Key) -> int:
        """How many further values a hidden cell can take in the eyes of an attacker, up to the spread."""
        return self._flow(key, 1, self.spread)[0] + self._flow(key, -1, self.spread)[0]

    def _widen(self, key: Key) -> bool:
        while self.room(key) < self.spread:
            paths = [self._next_path(key, direction) for direction in (1, -1)]
            found = [path for path in paths if path]
            if not found:
                return False
            for other, _sign in min(found)[1]:
                if not self.arcs[other].is_hidden:
                    self.hide(other)
        return True

    def _next_path(self, key: Key, direction: int) -> tuple[int, list[Move]] | None:
        """The cheapest way, by the people in what it hides, to move a cell one further."""
        moved, used = self._flow(key, direction, UNBOUNDED)
        if self._capacity(key, direction, {}) <= moved:
            return None
        return self._path(key, direction, used, may_hide=True)

    def _flow(self, key: Key, direction: int, most: int) -> tuple[int, dict[Key, int]]:
        """How far a cell moves up (1) or down (-1) while everything printed stays; and what moves with it."""
        used: dict[Key, int] = defaultdict(int)
        most = min(most, self._capacity(key, direction, used))
        moved = 0
        while moved < most and (found := self._path(key, direction, used, may_hide=False)):
            step = min([most - moved, *(self._capacity(other, sign, used) for other, sign in found[1])])
            for other, sign in found[1]:
                used[other] += sign * step
            moved += step
        return moved, used

    def _capacity(self, key: Key, sign: int, used: dict[Key, int]) -> int:
        arc = self.arcs[key]
        now = arc.value + used.get(key, 0)
        if arc.is_hidden:
            return arc.upper - now if sign > 0 else now - arc.lower
        if not arc.can_be_hidden:
            return 0
        return UNBOUNDED if sign > 0 else now - self.k

    def _path(self, key: Key, direction: int, used: dict[Key, int], *, may_hide: bool) -> tuple[int, list[Move]] | None:
        """The cheapest path that brings back what the cell takes (Dijkstra), with its cost."""
        arc = self.arcs[key]
        start, end = (arc.head, arc.tail) if direction > 0 else (arc.tail, arc.head)
        best: dict[Key, int] = {start: 0}
        came: dict[Key, tuple[Key, Move]] = {}
        queue: list[tuple[int, int, Key]] = [(0, 0, start)]
        order = 0
        while queue:
            cost, _order, node = heapq.heappop(queue)
            if node == end:
                return cost, list(_walk_back(came, start, end))
            if cost > best[node]:
                continue
            for other, sign, to, price in self._steps(node, key, used, may_hide=may_hide):
                if cost + price < best.get(to, UNBOUNDED * UNBOUNDED):
                    order += 1
                    best[to] = cost + price
                    came[to] = (node, (other, sign))
                    heapq.heappush(queue, (cost + price, order, to))
        return None

    def _steps(
        self, node: Key, without: Key, used: dict[Key, int], *, may_hide: bool
    ) -> Iterator[tuple[Key, int, Key, int]]:
        for key in (self._at if may_hide else self._hidden_at)[node]:
            if key == without:
                continue
            arc = self.arcs[key]
            sign, to = (1, arc.head) if arc.tail == node else (-1, arc.tail)
            if self._capacity(key, sign, used) > 0:
                yield key, sign, to, 0 if arc.is_hidden else arc.value


def _walk_back(came: dict[Key, tuple[Key, Move]], start: Key, end: Key) -> Iterator[Move]:
    node = end
    while node != start:
        node, move = came[node]
        yield move

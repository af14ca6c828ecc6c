"""Other answers that would print the same: the proof that counts beside a mean do not follow from it.

A mean is one more equation, and its solutions are no longer those of a network. What is looked for here are therefore
moves: whole numbers to add to the counts of the options such that the number of respondents and the sum of their
ratings stay. Every move found is a table that prints the same, so that a cell never has less room than is said here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

State = tuple[int, int]
Move = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Option:
    """An option with its weight in the mean, and how far its count may be moved down (0 or less) and up."""

    value: str
    weight: int
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class Moves:
    """All moves within bounds, option by option: for each the state (people, ratings) reached and how it was reached."""

    options: tuple[Option, ...]
    reached: tuple[Mapping[State, tuple[State, int]], ...]
    """Before option i: states from which the options before it come."""
    left: tuple[Mapping[State, tuple[State, int]], ...]
    """Before option i: states that the options from i on bring back to nothing."""

    @classmethod
    def of(cls, options: tuple[Option, ...]) -> "Moves":
        """Find them."""
        start: dict[State, tuple[State, int]] = {(0, 0): ((0, 0), 0)}
        reached, left = [start], [start]
        for option in options:
            reached.append(_onwards(reached[-1], option, sign=1))
        for option in reversed(options):
            left.append(_onwards(left[-1], option, sign=-1))
        return cls(options, tuple(reached), tuple(reversed(left)))

    def extremes(self, value: str) -> tuple[Move, Move]:
        """The moves that take one option's count furthest down and up."""
        place = next(i for i, option in enumerate(self.options) if option.value == value)
        option = self.options[place]
        possible = {
            step: (state, after)
            for step in range(option.lowest, option.highest + 1)
            for state in self.reached[place]
            if (after := (state[0] + step, state[1] + step * option.weight)) in self.left[place + 1]
        }
        return self._move(place, min(possible), possible), self._move(place, max(possible), possible)

    def room(self, value: str) -> int:
        """By how much the largest and the least possible count of an option differ at least."""
        low, high = self.extremes(value)
        return high[value] - low[value]

    def _move(self, place: int, step: int, possible: Mapping[int, tuple[State, State]]) -> Move:
        state, after = possible[step]
        move = {self.options[place].value: step}
        for i in range(place, 0, -1):
            state, taken = self.reached[i][state]
            move[self.options[i - 1].value] = taken
        for i in range(place + 1, len(self.options)):
            after, taken = self.left[i][after]
            move[self.options[i].value] = taken
        return move


def _onwards(states: Mapping[State, object], option: Option, *, sign: int) -> dict[State, tuple[State, int]]:
    """The states after one more option; every state that is left behind keeps the way it came."""
    found: dict[State, tuple[State, int]] = {}
    for step in sorted(range(option.lowest, option.highest + 1), key=abs):
        for people, ratings in states:
            after = (people + sign * step, ratings + sign * step * option.weight)
            found.setdefault(after, ((people, ratings), step))
    return found

"""How many people meet each requirement of a rule, and how many miss by exactly one thing. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass

from certificates.completion import Evaluation, Rule
from certificates.requirements import Requirement, leaves


@dataclass(frozen=True, slots=True)
class Step:
    """One requirement: how many people meet it, and how many it alone would complete."""

    requirement: Requirement
    met: int
    last_thing_of: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """Counts of people: `met` the rule, `by_exception` do not and are complete all the same; `steps` as in the rule.

    Somebody whom either of two requirements would complete is counted at both, and once in `one_short`.
    """

    seated: int
    steps: tuple[Step, ...]
    met: int
    by_exception: int
    one_short: int

    @property
    def complete(self) -> int:
        """Met, or by exception."""
        return self.met + self.by_exception

    @property
    def lacking(self) -> int:
        """Everybody else."""
        return self.seated - self.complete


class FunnelTally:
    """Counts through evaluations, which are all of one rule."""

    def __init__(self, rule: Rule) -> None:
        self.asked = tuple(leaves(rule.root))
        self.met_each, self.last_of = [0] * len(self.asked), [0] * len(self.asked)
        self.seated = self.met = self.by_exception = self.one_short = 0

    def add(self, evaluation: Evaluation) -> None:
        """One more person."""
        self.seated += 1
        self.met += evaluation.is_met
        self.by_exception += evaluation.is_by_exception
        self.one_short += evaluation.is_one_thing_short
        for place in last_places(evaluation):
            self.last_of[place] += 1
        for place, result in enumerate(evaluation.result.leaves()):
            self.met_each[place] += result.is_met

    def figures(self) -> dict[str, int | list[int]]:
        """The counts by name; lists in the order of the rule's requirements."""
        return {
            "seated": self.seated,
            "met": self.met,
            "by_exception": self.by_exception,
            "one_short": self.one_short,
            "met_each": self.met_each,
            "last_of": self.last_of,
        }

    def funnel(self) -> Funnel:
        """The counts as they are shown."""
        steps = tuple(map(Step, self.asked, self.met_each, self.last_of))
        return Funnel(self.seated, steps, self.met, self.by_exception, self.one_short)


def tally(rule: Rule, evaluations: Iterable[Evaluation]) -> Funnel:
    """Count once through the evaluations, which are all of this rule."""
    counted = FunnelTally(rule)
    for evaluation in evaluations:
        counted.add(evaluation)
    return counted.funnel()


def last_places(evaluation: Evaluation) -> list[int]:
    """The places, in reading order of the rule's requirements, of those each of which alone would complete a person."""
    if not evaluation.is_one_thing_short:
        return []
    last = {id(result) for result in evaluation.result.last_things()}
    return [place for place, result in enumerate(evaluation.result.leaves()) if id(result) in last]

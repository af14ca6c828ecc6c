"""What a rule would change, and who misses by one thing: lists of people by registration id."""

from dataclasses import dataclass

from certificates.actions.rules import each_evaluation
from certificates.completion import Evaluation, Rule
from certificates.facts import judged
from certificates.funnel import Funnel, last_places, tally
from certificates.models import Certificate, CompletionRule
from registrations.models import Programme


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many of those with a seat are complete before and after, and who gains or loses, by registration id.

    `certified` of the losing have a valid certificate, which they keep.
    """

    seated: int
    before: int
    after: int
    gaining: list[int]
    losing: list[int]
    certified: int


def compare(programme: Programme, rule: Rule, current: CompletionRule | None) -> Comparison:
    """What the rule would change today against the current one; both judged by the same facts, in one pass."""
    rules = [rule, current.rule] if current else [rule]
    seated = before = after = 0
    gaining, losing = [], []
    for pk, found in judged(programme, rules):
        is_after, is_before = found[0].is_complete, len(found) == 2 and found[1].is_complete
        seated += 1
        before += is_before
        after += is_after
        if is_after and not is_before:
            gaining.append(pk)
        elif is_before and not is_after:
            losing.append(pk)
    valid = Certificate.objects.for_programme(programme).current().values_list("registration_id", flat=True)
    certified = len(set(losing).intersection(valid)) if losing else 0
    return Comparison(seated, before, after, gaining, losing, certified)


def funnel(programme: Programme, rule: Rule) -> Funnel:
    """How many meet each requirement of the rule."""
    return tally(rule, (evaluation for _pk, evaluation in each_evaluation(programme, rule=rule)))


def one_short(programme: Programme, rule: Rule, place: int | None = None) -> dict[int, Evaluation]:
    """Those who miss by exactly one thing, by registration id; only those whom the requirement at `place` completes."""
    return {
        pk: evaluation
        for pk, evaluation in each_evaluation(programme, rule=rule)
        if evaluation.is_one_thing_short and (place is None or place in last_places(evaluation))
    }

"""Respondents against all who were asked: whom the answers speak for, variable by variable."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from surveys.disclosure import hidden_groups, protect_table
from surveys.statistics import share_of

ANSWERED, SILENT = "answered", "silent"


@dataclass(frozen=True, slots=True)
class GroupShare:
    """One group: how many of it were asked and answered, and what part of all who were asked and who answered it is."""

    value: str
    asked: int
    answered: int
    share_of_asked: Fraction | None
    share_of_answered: Fraction | None

    @property
    def difference(self) -> Fraction | None:
        """Percentage points by which the group is larger among respondents (below 0: smaller); None without a base."""
        if self.share_of_asked is None or self.share_of_answered is None:
            return None
        return 100 * (self.share_of_answered - self.share_of_asked)

    @property
    def response_rate(self) -> Fraction | None:
        """Share of the group that answered."""
        return share_of(self.answered, self.asked)


@dataclass(frozen=True, slots=True)
class Representation:
    """All groups of one variable, largest first. Groups of which nobody was asked are not here."""

    variable: str
    groups: tuple[GroupShare, ...]

    @property
    def asked(self) -> int:
        """Everybody who was asked."""
        return sum(group.asked for group in self.groups)

    @property
    def answered(self) -> int:
        """Everybody who answered."""
        return sum(group.answered for group in self.groups)

    @property
    def dissimilarity(self) -> Fraction | None:
        """What share of the respondents would have to be of another group to mirror those asked (Duncan, 1955); 0..1."""
        differences = [group.difference for group in self.groups]
        if not differences or None in differences:
            return None
        return sum((abs(difference) for difference in differences if difference is not None), Fraction(0)) / 200

    def hidden(self, *, k: int) -> frozenset[str]:
        """The groups of which neither number nor any share may be shown: `surveys.disclosure` decides on both numbers."""
        counts = {group.value: group.asked for group in self.groups}
        table = {group.value: {ANSWERED: group.answered, SILENT: group.asked - group.answered} for group in self.groups}
        protected = protect_table(table, k=k)
        return hidden_groups(counts, k=k) | {group for group, _column in protected.cells}


def representation(variable: str, asked: Mapping[str, int], answered: Mapping[str, int]) -> Representation:
    """Compare by group. Raises ValueError where more people of a group answered than were asked."""
    beyond = sorted(value for value, count in answered.items() if count > asked.get(value, 0))
    if beyond:
        raise ValueError(f"more people answered than were asked: {', '.join(beyond)}")
    all_asked, all_answered = sum(asked.values()), sum(answered.values())
    groups = [
        GroupShare(
            value=value,
            asked=count,
            answered=answered.get(value, 0),
            share_of_asked=share_of(count, all_asked),
            share_of_answered=share_of(answered.get(value, 0), all_answered),
        )
        for value, count in asked.items()
        if count
    ]
    return Representation(variable, tuple(sorted(groups, key=lambda group: (-group.asked, group.value))))

"""What changed from one edition to the next, figure by figure. Plain values: names and printed texts come later."""

from dataclasses import dataclass

from reports.figures import Figure, Results


@dataclass(frozen=True, slots=True)
class Changes:
    """Figures that differ, as pairs before and after; those that are new, those that are gone; how many stayed."""

    changed: tuple[tuple[Figure, Figure], ...]
    added: tuple[Figure, ...]
    removed: tuple[Figure, ...]
    unchanged: int

    @property
    def total(self) -> int:
        """How many figures are not as they were."""
        return len(self.changed) + len(self.added) + len(self.removed)


def changes(before: Results, after: Results) -> Changes:
    """Compare two documents by the ids of their figures, in the order of the later one."""
    old = {figure.id: figure for figure in before.figures()}
    new = {figure.id: figure for figure in after.figures()}
    both = [(old[key], new[key]) for key in new if key in old]
    return Changes(
        changed=tuple(pair for pair in both if pair[0] != pair[1]),
        added=tuple(figure for key, figure in new.items() if key not in old),
        removed=tuple(figure for key, figure in old.items() if key not in new),
        unchanged=sum(a == b for a, b in both),
    )

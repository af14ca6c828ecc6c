"""What the published figures demand of a cohort: whole numbers that round to what was printed."""

import math
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reports.errors import Refused


def printed_number(printed: str) -> Fraction:
    """The number in a printed figure: "60.6%" is 60.6, "more than 1,780,447" is 1780447."""
    found = re.search(r"\d[\d,]*(?:\.\d+)?", printed)
    if found is None:
        raise ValueError(f"no number in {printed!r}")
    return Fraction(found[0].replace(",", ""))


@dataclass(frozen=True)
class Share:
    """A printed percentage with its number of decimals."""

    percent: Fraction
    decimals: int

    def counts(self, total: int) -> range:
        """The counts out of `total` whose share, rounded half up, is this one; empty where none is."""
        half = Fraction(1, 2 * 10**self.decimals)
        lowest = math.ceil((self.percent - half) * total / 100)
        beyond = math.ceil((self.percent + half) * total / 100)
        return range(max(0, lowest), min(beyond, total + 1))


def mean_sums(mean: Fraction, decimals: int, n: int) -> range:
    """The sums of n whole answers whose mean, rounded half up, is the printed one."""
    half = Fraction(1, 2 * 10**decimals)
    return range(math.ceil((mean - half) * n), math.ceil((mean + half) * n))


def split(total: int, shares: Mapping[str, Share], chance: random.Random) -> dict[str, int] | None:
    """Whole counts, one a share, that round as printed and add up to `total`; None where no counts do."""
    ranges = {key: share.counts(total) for key, share in shares.items()}
    if not all(ranges.values()):
        return None
    counts = {key: choices[0] for key, choices in ranges.items()}
    room = {key: len(choices) - 1 for key, choices in ranges.items()}
    left = total - sum(counts.values())
    if not 0 <= left <= sum(room.values()):
        return None
    for _step in range(left):
        key = chance.choice([key for key, free in room.items() if free])
        counts[key] += 1
        room[key] -= 1
    return counts


def total_near(printed: Fraction, shares: Mapping[str, Share], chance: random.Random) -> tuple[int, dict[str, int]]:
    """A total "close to" the printed one, never above it, that all the shares can come from, and the counts."""
    nearest = int(printed)
    candidates = [total for total in range(nearest - nearest // 100, nearest + 1) if split(total, shares, chance)]
    if not candidates:
        raise Refused(f"no total close to {nearest} gives the printed shares")
    total = chance.choice(candidates)
    counts = split(total, shares, chance)
    assert counts is not None  # noqa: S101 - `total` is one of the candidates
    return total, counts


def ratings_with_sum(n: int, total: int, chance: random.Random) -> list[int]:
    """n ratings of 1 to 5 that add up to `total`, most of them near their mean, in random order."""
    mean = total / n
    ratings = [min(5, max(1, round(chance.gauss(mean, 0.75)))) for _person in range(n)]
    difference = total - sum(ratings)
    step = 1 if difference > 0 else -1
    movable = [index for index, rating in enumerate(ratings) if 1 <= rating + step <= 5]
    while difference:
        index = movable[chance.randrange(len(movable))]
        if 1 <= ratings[index] + step <= 5:
            ratings[index] += step
            difference -= step
    return ratings


def ticks(n: int, count: int, chance: random.Random) -> list[bool]:
    """n places of which `count`, at random, are ticked."""
    chosen = set(chance.sample(range(n), count))
    return [index in chosen for index in range(n)]


def shuffled(counts: Mapping[str, int], chance: random.Random) -> list[str]:
    """Every key as often as its count says, in random order."""
    values = [key for key, count in counts.items() for _time in range(count)]
    chance.shuffle(values)
    return values


def pick(counts: Sequence[int] | range, chance: random.Random) -> int:
    """One of the counts that are possible."""
    return counts[chance.randrange(len(counts))]

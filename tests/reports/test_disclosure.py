import itertools
import random
from dataclasses import replace

import pytest

from reports.disclosure import protected_breakdown, protected_regions
from reports.figures import Breakdown, Cell, Figure, Region


def breakdown(**counts):
    n = sum(counts.values())
    return Breakdown(
        tuple(Cell((key,), Figure(f"x.{key}", "registrations", count, n)) for key, count in counts.items())
    )


def region(name, **counts):
    figure = Figure(f"registrations.region.{name.lower()}", "registrations", sum(counts.values()), 1000)
    cells = [
        Cell((key,), Figure(f"registrations.country.{key}", "registrations", n, 1000)) for key, n in counts.items()
    ]
    return Region((name,), figure, tuple(sorted(cells, key=lambda cell: -cell.figure.numerator)))


def lines(breakdown):
    return [(cell.keys, cell.figure.numerator, cell.figure.percent) for cell in breakdown.cells]


def told(region):
    kept = [(cell.keys[0], cell.figure.numerator) for cell in region.countries]
    return region.names, kept, region.others and (region.others.keys, region.others.figure.numerator)


def test_breakdown_of_large_and_empty_lines_stays_as_it_is():
    large = breakdown(female=45, male=55, another=0)

    assert protected_breakdown(large) == large


def test_breakdown_puts_small_lines_together():
    protected = protected_breakdown(breakdown(government=50, private=30, ngo=9, other=4))

    assert lines(protected) == [
        (("government",), 50, None),
        (("private",), 30, None),
        (("ngo", "other"), 13, None),
    ]
    assert [cell.figure.id for cell in protected.cells] == ["x.government", "x.private", "x.merged"]


def test_breakdown_never_leaves_one_small_line_alone():
    protected = protected_breakdown(breakdown(government=50, private=30, ngo=20, other=4))

    assert lines(protected)[-1] == (("ngo", "other"), 24, None)


def test_breakdown_prints_whole_percents_where_they_hide_enough():
    protected = protected_breakdown(breakdown(female=495, male=600, another=3))

    assert lines(protected) == [(("female",), None, 45), (("male",), None, 55)]
    assert protected.is_withheld


def test_breakdown_tells_nothing_where_even_whole_percents_would_tell():
    assert protected_breakdown(breakdown(female=45, male=60, another=3)) == Breakdown((), is_withheld=True)


def test_region_puts_countries_below_ten_together():
    regions, is_withheld = protected_regions([region("Africa", KE=40, TZ=12, UG=9, RW=5)])

    assert told(regions[0]) == (("Africa",), [("KE", 40), ("TZ", 12)], (("RW", "UG"), 14))
    assert not is_withheld


def test_region_takes_the_next_smallest_in_when_one_would_stand_alone():
    regions, _is_withheld = protected_regions([region("Africa", KE=40, TZ=12, UG=9)])

    assert told(regions[0]) == (("Africa",), [("KE", 40)], (("TZ", "UG"), 21))


def test_region_takes_more_in_when_the_sum_would_give_every_country_away():
    """Twelve countries with twelve people are one each; two with eighteen, below ten each, are nine each."""
    ones = {f"A{n}": 1 for n in range(12)}

    regions, _is_withheld = protected_regions([region("Africa", KE=40, TZ=30, **ones)])
    nines, _is_withheld = protected_regions([region("Asia", IN=40, NP=30, LK=9, BT=9)])

    assert told(regions[0])[1] == [("KE", 40)]
    assert told(nines[0])[1] == [("IN", 40)]


def test_region_that_is_too_small_joins_the_next_smallest():
    regions, is_withheld = protected_regions(
        [region("Africa", KE=40, TZ=20), region("Asia", IN=15, NP=12), region("Oceania", FJ=3, WS=1)]
    )

    assert [told(one) for one in regions] == [
        (("Africa",), [("KE", 40), ("TZ", 20)], None),
        (("Asia", "Oceania"), [("IN", 15)], (("FJ", "NP", "WS"), 16)),
    ]
    assert [one.figure.numerator for one in regions] == [60, 31]
    assert not is_withheld


def test_regions_of_a_few_people_are_not_told_at_all():
    assert protected_regions([region("Africa", KE=4), region("Asia", IN=3)]) == ((), True)


@pytest.mark.parametrize("seed", range(200))
def test_random_regions_keep_everybody_and_give_no_small_country_away(seed):
    pick = random.Random(seed)
    regions = [
        region(name, **{f"{name[:2].upper()}{n}": pick.choice([1, 1, 2, 5, 9, 10, 12, 30]) for n in range(size)})
        for name, size in [("Africa", pick.randrange(1, 9)), ("Asia", pick.randrange(1, 9)), ("Oceania", 2)]
    ]

    protected, is_withheld = protected_regions(regions)

    assert is_withheld or sum(one.figure.numerator for one in protected) == sum(one.figure.numerator for one in regions)
    original = {cell.keys[0]: cell.figure.numerator for one in regions for cell in one.countries}
    for one in protected:
        assert all(cell.figure.numerator >= 10 for cell in one.countries)
        if one.others:
            assert len(one.others.keys) > 1
            assert one.others.figure.numerator == sum(original[code] for code in one.others.keys)
            assert not _can_be_worked_out([original[code] for code in one.others.keys], one)


def _can_be_worked_out(counts, region):
    """Whether a reader who knows which countries are below ten can tell any of them from their sum: by trying out."""
    ceiling = min((cell.figure.numerator for cell in region.countries), default=sum(counts))
    ranges = [(1, 9) if count < 10 else (10, max(ceiling, 10)) for count in counts]
    total = sum(counts)
    for (low, high), others in zip(ranges, itertools.combinations(reversed(ranges), len(ranges) - 1), strict=True):
        lowest = max(low, total - sum(other[1] for other in others))
        highest = min(high, total - sum(other[0] for other in others))
        if lowest >= highest and (low, high) == (1, 9):
            return True
    return False


def test_replacing_a_region_keeps_the_ids_of_its_figures():
    (protected,), _is_withheld = protected_regions([region("Africa", KE=40, TZ=12, UG=9, RW=5)])

    assert protected.others.figure.id == "registrations.region.africa.merged"
    assert replace(protected, others=None).figure.id == "registrations.region.africa"

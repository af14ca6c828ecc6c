"""Deliberate mistakes in the core of the statistics, each of which these checks catch.

A mutant is the source of one module with one place changed, executed under the module's own name while the checks run.
The checks are a few known answers, counted by hand; what else is tested elsewhere is not needed to catch any of them.
"""

# ruff: noqa: E501  a mutant reads best on one line

import importlib
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import pytest

MODULES = (
    "surveys.base",
    "surveys.statistics.rounding",
    "surveys.statistics.kinds",
    "surveys.statistics.figures",
    "surveys.statistics.counting",
    "surveys.statistics",
    "surveys.gain",
    "surveys.crosstable",
    "surveys.disclosure.groups",
)
"""What is executed anew for each mutant, in the order of what imports what."""

MUTANTS = {
    "base of ticks": ("surveys.statistics.counting", "self.n += count if known else 0", "self.n += count * len(known)"),
    "share of all responses": (
        "surveys.statistics.counting",
        "OptionStatistics(value, tally.ticks[value], tally.n) for",
        "OptionStatistics(value, tally.ticks[value], responses) for",
    ),
    "float rounding": (
        "surveys.statistics.rounding",
        "    digits = (2 * count + total) // (2 * total)",
        "    return Decimal(f'{float(value):.{decimals}f}')",
    ),
    "halves to even": (
        "surveys.statistics.rounding",
        "(2 * count + total) // (2 * total)",
        "round(Fraction(count, total))",
    ),
    "cut instead of rounded": ("surveys.statistics.rounding", "2 * count + total", "2 * count"),
    "nobody is zero": ("surveys.statistics.rounding", "if total else None", "if total else Fraction(0)"),
    "declined counted": ("surveys.statistics.counting", "            declined += count", "            tally.n += count"),
    "declined taken for not shown": (
        "surveys.statistics.counting",
        "not_shown=responses - sum(answers.values())",
        "not_shown=responses - tally.n",
    ),
    "answers not offered counted": ("surveys.statistics.counting", "if tick in offered]", "if tick]"),
    "a tick twice": ("surveys.statistics.counting", "tuple(dict.fromkeys(tick for", "tuple(list(tick for"),
    "several values of one answer": (
        "surveys.statistics.counting",
        "if kind in {SELECT_MULTIPLE, RANK}:\n        return tuple(",
        "if kind:\n        return tuple(",
    ),
    "respondents counted once": ("surveys.statistics.counting", "self.places[tick, place] += count", "self.places[tick, place] += 1"),
    "text options": ("surveys.statistics.kinds", "return Fraction(text)", "return Fraction(len(text))"),
    "numbers as texts": ("surveys.statistics.figures", "key=lambda pair: number_of(pair[0])", "key=lambda pair: pair[0]"),
    "mean of the different values": ("surveys.statistics.figures", "sum((value * count for", "sum((value for"),
    "mean over the base": ("surveys.statistics.figures", "else total / self.n", "else total / self.responses"),
    "upper median": ("surveys.statistics.figures", "low + (high - low) * (position - below)", "high"),
    "quartiles of n": ("surveys.statistics.figures", "(self.n - 1) * share", "self.n * share"),
    "bottom for top": ("surveys.statistics.figures", "counts[-k:] if highest", "counts[:k] if highest"),
    "promoters from eight": ("surveys.statistics.figures", "PROMOTERS_FROM, DETRACTORS_TO = 9, 6", "PROMOTERS_FROM, DETRACTORS_TO = 8, 6"),
    "detractors to seven": ("surveys.statistics.figures", "PROMOTERS_FROM, DETRACTORS_TO = 9, 6", "PROMOTERS_FROM, DETRACTORS_TO = 9, 7"),
    "detractors added": ("surveys.statistics.figures", "self.promoters - self.detractors", "self.promoters + self.detractors"),
    "places from nought": ("surveys.statistics.figures", "sum(place * count for place, count in enumerate(self.places, 1))", "sum(place * count for place, count in enumerate(self.places))"),
    "sum forgets declined": ("surveys.statistics.figures", "declined=self.declined + other.declined", "declined=self.declined"),
    "sum keeps the first base": ("surveys.statistics.figures", "        n = self.n + other.n", "        n = self.n"),
    "different questions add up": ("surveys.statistics.figures", "        if (self.kind, [o.value", "        if False and (self.kind, [o.value"),
    "sector filter swapped": ("surveys.base", "facts.sector not in definition.sectors", "facts.sector in definition.sectors"),
    "unfinished kept": ("surveys.base", "UNFINISHED: not facts.is_finished", "UNFINISHED: facts.is_finished"),
    "exactly enough seconds left out": ("surveys.base", "seconds < definition", "seconds <= definition"),
    "unknown seconds left out": ("surveys.base", "return seconds is not None and seconds", "return (seconds or 0)"),
    "tests counted": ("surveys.base", "leaves_out_tests: bool = True", "leaves_out_tests: bool = False"),
    "last reason instead of first": ("surveys.base", "in definition.conditions if has", "in reversed(definition.conditions) if has"),
    "excluded counted": ("surveys.base", "self.responses - self.excluded_total", "self.responses"),
    "one respondent for each fact": ("surveys.base", "counts[reason] += count", "counts[reason] += 1"),
    "gain the wrong way": ("surveys.gain", "after - before)\n\n    @property\n    def distribution", "before - after)\n\n    @property\n    def distribution"),
    "unmatched counted": ("surveys.gain", "before.keys() & after.keys()", "before.keys() | after.keys()"),
    "margins swapped": ("surveys.crosstable", "sum(line) for line in self.counts", "sum(line) for line in zip(*self.counts, strict=True)"),
    "margin unsuppressed": ("surveys.disclosure.groups", "    while hidden and shown and not is_safe", "    while False and not is_safe"),
    "small groups shown": ("surveys.disclosure.groups", "if n < k}", "if n < 1}"),
}  # fmt: skip


CAUGHT = (AssertionError, ValueError, TypeError, KeyError, pytest.fail.Exception)


@pytest.fixture
def executed():
    """Executes the modules, one of them changed, and puts the true ones back."""
    true = {name: sys.modules[name] for name in MODULES if name in sys.modules or importlib.import_module(name)}

    def execute(mutated="", old="", new=""):
        for name in MODULES:
            source = Path(true[name].__file__).read_text(encoding="utf-8")
            if name == mutated:
                assert source.count(old) >= 1, f"{name} has no {old!r}"
                source = source.replace(old, new, 1)
            module = ModuleType(name)
            module.__file__, module.__path__ = true[name].__file__, getattr(true[name], "__path__", None)
            sys.modules[name] = module
            exec(compile(source, true[name].__file__, "exec"), module.__dict__)  # noqa: S102  our own source

    yield execute
    sys.modules.update(true)


def check_rounding(s):
    assert (s.percent(Fraction(1352, 1500), 1), s.rounded(Fraction(1, 8), 2)) == (Decimal("90.1"), Decimal("0.13"))
    assert (str(s.rounded(Fraction(5, 2), 0)), str(s.rounded(Fraction(-1, 8), 2))) == ("3", "-0.13")
    assert s.share_of(0, 0) is None


def check_options(s):
    figures = s.question_statistics(
        s.SELECT_MULTIPLE, "abc", {"a b": 2, "b b": 1, "z": 4, "": 3, "a z": 1}, responses=20
    )
    assert (figures.n, figures.declined, figures.not_shown, figures.outside) == (4, 3, 9, 4)
    assert [option.share for option in figures.options] == [Fraction(3, 4), Fraction(3, 4), 0]
    assert s.question_statistics(s.SELECT_ONE, "ab", {"a b": 1}, responses=1).outside == 1


def check_ratings(s):
    figures = s.question_statistics(s.RATING, s.RATING_VALUES, {"5": 3, "4": 1, "1": 2, "": 5}, responses=12)
    assert (figures.n, figures.mean, figures.median) == (6, Fraction(7, 2), Fraction(9, 2))
    assert (figures.top_box().count, figures.bottom_box().count) == (4, 2)
    scale = s.rating_values({"start": 0, "end": 10})
    score = s.question_statistics(s.RATING, scale, {"9": 4, "8": 3, "7": 1, "6": 1, "0": 1}, responses=10).net_promoter
    assert (score.promoters, score.passives, score.detractors, score.score) == (4, 4, 2, 20)


def check_numbers_and_ranks(s):
    figures = s.question_statistics(s.INTEGER, (), {"10": 1, "9": 2, "2": 1}, responses=5)
    assert (figures.values, figures.median) == ((("2", 1), ("9", 2), ("10", 1)), 9)
    assert (figures.quartiles, figures.mean) == ((Fraction(29, 4), Fraction(37, 4)), Fraction(15, 2))
    first = s.question_statistics(s.RANK, "ab", {"a b": 3, "b a": 1}, responses=4).ranks[0]
    assert (first.places, first.mean_place, first.points) == ((3, 1), Fraction(5, 4), 3)


def check_sums(s):
    one = s.question_statistics(s.YES_NO, s.YES_NO_VALUES, {"yes": 1, "": 1}, responses=3)
    other = s.question_statistics(s.YES_NO, s.YES_NO_VALUES, {"no": 2, "": 2}, responses=4)
    assert one + other == s.question_statistics(s.YES_NO, s.YES_NO_VALUES, {"yes": 1, "no": 2, "": 3}, responses=7)
    with pytest.raises(ValueError, match="same question"):
        one + s.question_statistics(s.SELECT_ONE, "ab", {}, responses=0)


def check_base(base):
    definition = base.Definition(
        sectors=("ngo",), must_be_complete=True, must_be_finished=True, least_seconds=60, leaves_out_duplicates=True
    )
    facts = [
        (base.ResponseFacts("ngo", 0, seconds=60), 5),
        (base.ResponseFacts("ngo", 0), 4),
        (base.ResponseFacts("ngo", 0, seconds=59, is_finished=False), 3),
        (base.ResponseFacts("private", 2), 2),
        (base.ResponseFacts("ngo", 1, is_test=True), 6),
    ]
    found = base.base_of(definition, facts)
    assert {reason: count for reason, count in found.excluded if count} == {"unfinished": 3, "sector": 2, "test": 6}
    assert (found.responses, found.n) == (20, 9)


def check_tables(gain, crosstable):
    found = gain.Gain.of({1: "1", 2: "4", 3: "5"}, {1: "3", 2: "4"})
    assert (found.n, found.mean_gain, found.only_before) == (2, 1, 1)
    table = crosstable.CrossTable.of("r", "c", {("a", "x"): 1, ("a", "y"): 2, ("b", "x"): 4, ("b", "y"): 8})
    assert (table.row_totals, table.column_totals) == ((3, 12), (5, 10))


def check_disclosure(groups):
    assert groups.hidden_groups({"a": 3, "b": 20, "c": 30}) == {"a", "b"}
    assert groups.hidden_groups({"b": 20, "c": 30}) == frozenset()


def all_checks():
    statistics = sys.modules["surveys.statistics"]
    for check in (check_rounding, check_options, check_ratings, check_numbers_and_ranks, check_sums):
        check(statistics)
    check_base(sys.modules["surveys.base"])
    check_tables(sys.modules["surveys.gain"], sys.modules["surveys.crosstable"])
    check_disclosure(sys.modules["surveys.disclosure.groups"])


def test_the_checks_hold_for_the_true_core(executed):
    executed()

    all_checks()


@pytest.mark.parametrize("mistake", MUTANTS)
def test_each_mistake_is_caught(mistake, executed):
    executed(*MUTANTS[mistake])

    with pytest.raises(CAUGHT):
        all_checks()

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.statistics import (
    DATE,
    DECIMAL,
    INTEGER,
    RANK,
    RATING,
    RATING_VALUES,
    SELECT_MULTIPLE,
    SELECT_ONE,
    TEXT,
    YES_NO,
    YES_NO_VALUES,
    OptionStatistics,
    coded_statistics,
    percent,
    question_statistics,
    rating_values,
    rounded,
)

OFFERED = {
    INTEGER: (),
    DECIMAL: (),
    DATE: (),
    RANK: ("a", "b", "c"),
    RATING: RATING_VALUES,
    YES_NO: YES_NO_VALUES,
    SELECT_ONE: ("a", "b", "c"),
    SELECT_MULTIPLE: ("a", "b", "c", "none"),
}


def statistics(kind, answers, values=None):
    """Of a list of answers as stored; None was never shown."""
    shown = Counter(answer for answer in answers if answer is not None)
    return question_statistics(kind, OFFERED[kind] if values is None else values, shown, responses=len(answers))


@pytest.mark.parametrize(
    "value, decimals, printed",
    [
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-3"),
        (Fraction(-1, 8), 1, "-0.1"),
        (Fraction(0), 2, "0.00"),
        (Fraction(1, 200), 2, "0.01"),
        (Fraction(443, 100), 2, "4.43"),
        (Fraction(10**40 + 1, 2), 0, str((10**40 + 2) // 2)),
    ],
)
def test_rounded_takes_halves_up_exactly(value, decimals, printed):
    assert str(rounded(value, decimals)) == printed


def test_percent_of_the_published_figures():
    assert percent(Fraction(1352, 1500), 0) == Decimal("90")
    assert percent(Fraction(1, 8), 0) == Decimal("13")
    assert str(percent(Fraction(7, 100), 1)) == "7.0"


def test_rating_has_mean_median_and_sum():
    figures = statistics(RATING, ["5", "4", "4", "1", "", None])

    assert (figures.n, figures.declined, figures.not_shown, figures.outside) == (4, 1, 1, 0)
    assert (figures.mean, figures.median, figures.total) == (Fraction(7, 2), Fraction(4), 14)
    assert [option.count for option in figures.options] == [1, 0, 0, 2, 1]
    assert figures.option("4").share == Fraction(1, 2)


def test_median_lies_between_the_two_in_the_middle():
    assert statistics(RATING, ["1", "2", "5", "5"]).median == Fraction(7, 2)


def test_multiple_shares_are_of_respondents_not_of_ticks():
    figures = statistics(SELECT_MULTIPLE, ["a b", "a", "b c", "", None])

    assert figures.n == 3
    assert [option.share for option in figures.options] == [Fraction(2, 3), Fraction(2, 3), Fraction(1, 3), 0]


def test_a_value_ticked_twice_counts_once():
    assert statistics(SELECT_MULTIPLE, ["a a"]).option("a").count == 1


def test_values_not_offered_are_counted_apart():
    figures = statistics(SELECT_MULTIPLE, ["a zzz", "zzz", "b", ""])

    assert (figures.n, figures.outside, figures.declined, figures.responses) == (2, 1, 1, 4)
    assert figures.outside_values == (("zzz", 2),)
    assert statistics(RATING, ["6", "5"]).mean == 5
    assert statistics(RATING, ["6", "5"]).outside_values == (("6", 1),)


def test_a_value_of_several_words_is_no_several_values():
    assert statistics(SELECT_ONE, ["a b"]).outside_values == (("a b", 1),)


def test_nobody_answered_is_none_and_not_zero():
    figures = statistics(RATING, ["", None])

    assert (figures.n, figures.mean, figures.median, figures.total) == (0, None, None, 0)
    assert [option.share for option in figures.options] == [None] * 5


def test_text_is_only_counted():
    figures = statistics(TEXT, ["good", "very good", "", None], values=())

    assert (figures.n, figures.declined, figures.not_shown, figures.outside) == (2, 1, 1, 0)
    assert (figures.options, figures.outside_values, figures.mean) == ((), (), None)


def test_more_answers_than_responses_are_refused():
    with pytest.raises(ValueError, match="3 answers cannot come from 2 responses"):
        question_statistics(RATING, RATING_VALUES, {"5": 3}, responses=2)


def test_only_the_same_question_adds_up():
    with pytest.raises(ValueError, match="same question"):
        statistics(RATING, ["5"]) + statistics(YES_NO, ["yes"])


def test_an_option_not_offered_has_no_statistics():
    with pytest.raises(KeyError):
        statistics(YES_NO, ["yes"]).option("maybe")
    assert statistics(YES_NO, ["yes"]).option("yes") == OptionStatistics("yes", 1, 1)


@st.composite
def answer_lists(draw, kinds=()):
    kind = draw(st.sampled_from(kinds or sorted(OFFERED)))
    offered = st.sampled_from([*OFFERED[kind], "9", "zzz", "2026-01-31", "4.50"])
    if kind in {SELECT_MULTIPLE, RANK}:
        given = st.lists(offered, max_size=4).map(" ".join)
    else:
        given = st.one_of(offered, st.just(""))
    return kind, draw(st.lists(st.one_of(st.none(), given), max_size=30))


@given(answer_lists([RATING, YES_NO, SELECT_ONE, SELECT_MULTIPLE]))
@settings(max_examples=300, deadline=None)
def test_figures_equal_an_independent_computation(question):
    """The second computation is long-format pandas: one line per tick; it shares no code with ours."""
    kind, answers = question
    figures = statistics(kind, answers)

    frame = pd.DataFrame({"answer": pd.Series(answers, dtype="object")})
    seen = frame[frame["answer"].notna()]
    given_answers = seen[seen["answer"] != ""]
    ticks = given_answers.assign(tick=given_answers["answer"].astype(str).str.split(" ")).explode("tick")
    ticks = ticks.reset_index().drop_duplicates(["index", "tick"])
    valid = ticks[ticks["tick"].isin(list(OFFERED[kind]))]
    n = valid["index"].nunique()
    assert (figures.not_shown, figures.declined) == (len(frame) - len(seen), len(seen) - len(given_answers))
    assert (figures.n, figures.outside) == (n, len(given_answers) - n)
    for option in figures.options:
        count = int((valid["tick"] == option.value).sum())
        assert option.count == count
        assert option.share == (Fraction(count, n) if n else None)
    if kind == RATING and n:
        ratings = valid["tick"].astype(int)
        assert figures.total == ratings.sum()
        assert float(figures.mean) == pytest.approx(ratings.mean(), abs=1e-12)
        assert float(figures.median) == ratings.median()


@given(answer_lists(), st.integers(0, 30))
def test_parts_add_up_to_the_whole(question, cut):
    kind, answers = question

    assert statistics(kind, answers[:cut]) + statistics(kind, answers[cut:]) == statistics(kind, answers)
    assert sum([statistics(kind, answers[:cut]), statistics(kind, answers[cut:])]) == statistics(kind, answers)
    assert statistics(kind, answers).responses == len(answers)


def test_a_scale_is_given_by_its_parameters():
    assert rating_values({}) == RATING_VALUES
    assert rating_values({"start": "0", "end": "10", "step": "1"}) == tuple(map(str, range(11)))
    assert rating_values({"start": "1", "end": "3", "step": "0.5"}) == ("1", "1.5", "2", "2.5", "3")
    assert rating_values({"start": 5, "end": 1, "step": -2}) == ("5", "3", "1")
    for senseless in ({"step": "0"}, {"step": "-1"}, {"end": "NaN"}, {"end": "1000"}):
        with pytest.raises(ValueError, match="scale"):
            rating_values(senseless)


def test_half_steps_are_exact():
    figures = statistics(RATING, ["1.5", "3", "2.5"], values=rating_values({"end": 3, "step": "0.5"}))

    assert (figures.sum, figures.mean, figures.median, figures.total) == (7, Fraction(7, 3), Fraction(5, 2), 7)
    assert statistics(RATING, ["1.5"], values=("1", "1.5")).total is None


def test_boxes_are_the_highest_and_the_lowest_ratings():
    figures = statistics(RATING, ["5", "4", "4", "3", "1", ""])

    assert (figures.top_box().count, figures.top_box().share) == (3, Fraction(3, 5))
    assert (figures.top_box(1).count, figures.bottom_box(1).count, figures.bottom_box().count) == (1, 1, 1)
    assert figures.top_box(5) is None
    assert statistics(YES_NO, ["yes"]).top_box(1) is None


def test_net_promoter_score_is_of_scales_from_0_to_10():
    scale = rating_values({"start": 0, "end": 10})
    score = statistics(RATING, ["10", "9", "9", "8", "7", "6", "0", ""], values=scale).net_promoter

    assert (score.promoters, score.passives, score.detractors, score.n) == (3, 2, 2, 7)
    assert score.score == Fraction(100, 7)
    assert statistics(RATING, [], values=scale).net_promoter.score is None
    assert statistics(RATING, ["5"]).net_promoter is None


def test_numbers_are_summed_exactly():
    figures = statistics(DECIMAL, ["0.1", "0.2", "0.20", "7", "", None, "many", "1e5"], values=())

    assert (figures.n, figures.declined, figures.not_shown, figures.outside) == (4, 1, 1, 2)
    assert (figures.sum, figures.mean) == (Fraction(15, 2), Fraction(15, 8))
    assert figures.values == (("0.1", 1), ("0.2", 2), ("7", 1))
    assert (figures.least, figures.median, figures.greatest) == ("0.1", Fraction(1, 5), "7")
    assert figures.quartiles == (Fraction(7, 40), Fraction(19, 10))
    assert figures.outside_values == (("1e5", 1), ("many", 1))


def test_whole_numbers_are_ordered_by_size():
    figures = statistics(INTEGER, ["10", "9", "+09", "-0", "2.5"], values=())

    assert figures.values == (("0", 1), ("9", 2), ("10", 1))
    assert (figures.outside, figures.median, figures.total) == (1, 9, None)


def test_days_have_a_first_and_a_last():
    figures = statistics(DATE, ["2026-03-02", "2026-02-28", "2026-02-30", "20260301"], values=())

    assert (figures.n, figures.outside, figures.least, figures.greatest) == (2, 2, "2026-02-28", "2026-03-02")
    assert (figures.mean, figures.median, figures.quartiles) == (None, None, None)


def test_nobody_gave_a_number():
    figures = statistics(INTEGER, ["", None], values=())

    assert (figures.mean, figures.median, figures.quartiles, figures.least, figures.greatest) == (None,) * 5


def test_ranks_have_places():
    figures = statistics(RANK, ["a b c", "b a c", "a c b", "", None], values=("a", "b", "c"))
    first, second, third = figures.ranks

    assert (figures.n, figures.declined, figures.not_shown) == (3, 1, 1)
    assert (first.places, second.places, third.places) == ((2, 1, 0), (1, 1, 1), (0, 1, 2))
    assert (first.mean_place, first.first, first.points) == (Fraction(4, 3), 2, 5)
    assert (third.mean_place, third.first, third.points) == (Fraction(8, 3), 0, 1)


def test_an_incomplete_ranking_counts_for_what_it_ranks():
    figures = statistics(RANK, ["zzz b a", "b b", "zzz"], values=("a", "b", "c"))

    assert [rank.places for rank in figures.ranks] == [(0, 1, 0), (2, 0, 0), (0, 0, 0)]
    assert (figures.n, figures.outside, figures.outside_values) == (2, 1, (("zzz", 2),))
    assert figures.ranks[2].mean_place is None
    assert statistics(YES_NO, ["yes"]).ranks == ()


def test_codes_are_shares_of_all_who_wrote():
    figures = coded_statistics(("time", "cost"), {"time cost": 2, "time": 1, "": 1, "old": 1}, declined=3, not_shown=2)

    assert (figures.n, figures.responses, figures.outside_values) == (5, 10, (("old", 1),))
    assert [(option.value, option.share) for option in figures.options] == [
        ("time", Fraction(3, 5)),
        ("cost", Fraction(2, 5)),
    ]


@given(st.lists(st.decimals(-1000, 1000, places=2), min_size=1, max_size=40))
def test_quantiles_equal_an_independent_computation(numbers):
    figures = statistics(DECIMAL, [f"{number:f}" for number in numbers], values=())
    series = pd.Series([float(number) for number in numbers])

    for share in (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)):
        assert float(figures.quantile(share)) == pytest.approx(series.quantile(float(share)), abs=1e-9)
    assert figures.sum == sum(map(Fraction, numbers))
    assert (Decimal(figures.least), Decimal(figures.greatest)) == (min(numbers), max(numbers))

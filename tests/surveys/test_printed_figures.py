from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from surveys.figures_file import Link, read_figures
from surveys.printed_figures import Computed, judge

REFERENCE = Path(__file__).parents[2] / "reference" / "figures.yaml"


def verdicts(text, computed=None):
    file = read_figures(text)
    assert file.problems == ()
    return judge(file.figures, (computed or {}).get)


def outcomes(text, computed=None):
    return [(verdict.figure.id, verdict.outcome, verdict.reason) for verdict in verdicts(text, computed)]


def one(text, computed=None):
    verdict = verdicts(text, computed)[-1]
    return verdict.outcome, verdict.reason, dict(verdict.numbers)


def test_the_91_percent_of_2020_cannot_follow_from_1352_of_1500():
    found = {v.figure.id: v for v in verdicts(REFERENCE.read_text())}

    wrong = [v.figure.id for v in found.values() if v.outcome == "impossible"]
    assert wrong == ["knowledge_increased_share"]
    assert found["knowledge_increased_share"].numbers == {
        "count": 1352,
        "n": 1500,
        "exact": Decimal("90.1"),
        "right": Decimal("90"),
        "first": 1478,
        "last": 1493,
    }


def test_figures_of_2022_are_possible_in_so_many_ways():
    found = {v.figure.id: (v.outcome, v.numbers.get("fitting")) for v in verdicts(REFERENCE.read_text())}

    assert found["will_apply"] == ("possible", 5)
    assert found["rating_overall"] == ("possible", 5)
    assert found["gender_female"] == ("unknown", None)


def test_a_share_that_no_count_gives_names_the_nearest():
    assert one('- {id: a, kind: share, printed: "45%", base: 12}') == (
        "impossible",
        "share_gap",
        {"n": 12, "below": Decimal("42"), "above": Decimal("50")},
    )


def test_a_mean_that_no_ratings_give_names_the_nearest():
    assert one("- {id: a, kind: mean, printed: 4.27, base: 10, scale: 1-5}") == (
        "impossible",
        "mean_gap",
        {"n": 10, "below": Decimal("4.20"), "above": Decimal("4.30")},
    )


@pytest.mark.parametrize(
    ("figure", "reason"),
    [
        ("kind: share, printed: 101%, base: 10", "share_range"),
        ("kind: share, printed: -3%, base: 10", "share_range"),
        ("kind: mean, printed: 5.3, base: 10, scale: 1-5", "mean_range"),
        ("kind: count, printed: 12, base: 11", "count_over_base"),
        ("kind: share, printed: 60.6%, also_printed: 62%, base: 1000", "share_gap"),
    ],
)
def test_what_cannot_be_is_told_apart(figure, reason):
    assert outcomes(f"- {{id: a, {figure}}}") == [("a", "impossible", reason)]


@pytest.mark.parametrize(
    ("figure", "reason"),
    [
        ("kind: share, printed: 45%", "no_base"),
        ("kind: share, printed: 45%, base: 0", "no_base"),
        ("kind: share, printed: 45%, base: nowhere", "no_base"),
        ("kind: count, printed: 45", "no_link"),
        ("kind: count, printed: 45, base: a", "no_link"),
        ("kind: count, printed: close to 45", "is_about"),
        ("kind: sum, printed: 45, parts: [x, y]", "no_part"),
    ],
)
def test_what_cannot_be_checked_says_why(figure, reason):
    assert outcomes(f"- {{id: a, {figure}}}") == [("a", "unknown", reason)]


def test_an_approximate_base_is_no_base():
    text = "- {id: n, kind: count, printed: close to 1100}\n- {id: a, kind: share, printed: 45%, base: n}"

    assert one(text)[:2] == ("unknown", "base_is_about")


def test_a_total_must_be_the_sum_of_its_parts():
    parts = "- {id: x, kind: count, printed: 7}\n- {id: y, kind: count, printed: 9}\n"

    assert one(parts + "- {id: all, kind: sum, printed: 16, parts: [x, y]}")[:2] == ("possible", "parts_fit")
    assert one(parts + "- {id: all, kind: sum, printed: 15, parts: x y}") == (
        "impossible",
        "parts",
        {"total": Decimal("16"), "difference": Decimal("-1"), "parts": 2},
    )


def test_shares_may_miss_their_total_by_their_rounding_and_no_more():
    parts = "- {id: x, kind: share, printed: 33%}\n- {id: y, kind: share, printed: 33%}\n"

    assert one(parts + "- {id: all, kind: share, printed: 67%, parts: x y}")[1] == "parts_fit"
    assert one(parts + "- {id: all, kind: share, printed: 68%, parts: x y}")[1] == "parts"


def test_options_of_one_question_must_be_parts_of_one_whole():
    def shares(*printed, base=""):
        return "\n".join(
            f"- {{id: o{i}, kind: share, printed: {p}%, group: g{base and ', base: '}{base}}}"
            for i, p in enumerate(printed)
        )

    assert {outcome for _id, outcome, _reason in outcomes(shares(51, 47))} == {"impossible"}
    assert {reason for _id, _outcome, reason in outcomes(shares(33, 33, 33))} == {"no_base"}
    assert {reason for _id, _outcome, reason in outcomes(shares(33, 33, 33, base=3))} == {"counts_fit"}
    assert {reason for _id, _outcome, reason in outcomes(shares(50, 25, 26, base=100))} == {"group"}
    assert {reason for _id, _outcome, reason in outcomes(shares(50, 25, 26, base=200))} == {"counts_fit"}


def test_counts_of_one_question_add_up_to_its_base():
    text = "\n".join(f"- {{id: o{n}, kind: count, printed: {n}, base: 100, group: g}}" for n in (60, 39))

    assert {reason for _id, _outcome, reason in outcomes(text)} == {"group"}


def test_linked_figures_agree_or_differ_by_so_much():
    computed = {
        Link("views", "apply", "yes"): Computed(331, 447),
        Link("views", "overall"): Computed(447, 447, Fraction(1981, 447)),
        Link("views"): Computed(447, 606),
    }

    def told(figure):
        return one(f"- {{id: a, {figure}}}", computed)

    assert told("kind: share, printed: 74%, survey: views, question: apply, option: yes") == (
        "agrees",
        "computed",
        {"n": 447, "computed": Decimal("74"), "difference": Decimal("0")},
    )
    assert told("kind: share, printed: 75.0%, survey: views, question: apply, option: yes") == (
        "differs",
        "computed",
        {"n": 447, "computed": Decimal("74.0"), "difference": Decimal("1.0")},
    )
    assert told("kind: mean, printed: 4.40, survey: views, question: overall, base: 447")[0] == "differs"
    assert told("kind: mean, printed: 4.43, survey: views, question: overall")[0] == "agrees"
    assert told("kind: count, printed: 447, survey: views")[0] == "agrees"
    assert told("kind: count, printed: more than 400, survey: views")[0] == "agrees"
    assert told("kind: count, printed: more than 500, survey: views")[0] == "differs"
    assert told("kind: count, printed: close to 450, survey: views")[1] == "is_about"
    assert told("kind: share, printed: 74%, survey: views, question: shoes")[:2] == ("unknown", "no_result")
    assert told("kind: mean, printed: 9, survey: views, question: overall, scale: 1-5")[0] == "impossible"


def test_figures_of_two_documents_may_share_their_ids():
    text = """
- {programme: a, figures: [{id: n, kind: count, printed: 10}, {id: s, kind: share, printed: 45%, base: n}]}
- {programme: b, figures: [{id: n, kind: count, printed: 20}, {id: s, kind: share, printed: 45%, base: n}]}
"""

    assert [verdict.outcome for verdict in verdicts(text) if verdict.figure.id == "s"] == ["impossible", "possible"]

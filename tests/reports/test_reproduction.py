"""The verdict on a printed figure."""

import pytest

from reports.reference import published_figures
from reports.reproduction import FIGURES, Computed, Verdict, judge

SHARE = {"id": "some_share", "kind": "share", "printed": "61%", "precision": 0}


@pytest.mark.parametrize(
    ("figure", "numerator", "denominator", "computed", "verdict"),
    [
        (SHARE, 121, 200, "61%", Verdict.REPRODUCED),
        (SHARE, 120, 200, "60%", Verdict.NOT_REPRODUCED),
        (SHARE, None, None, None, Verdict.NOT_REPRODUCED),
        (SHARE, 0, 0, None, Verdict.NOT_REPRODUCED),
        ({"id": "n", "kind": "count", "printed": "1,352"}, 1352, None, "1352", Verdict.REPRODUCED),
        ({"id": "n", "kind": "count", "printed": "1,352"}, 1353, None, "1353", Verdict.NOT_REPRODUCED),
        ({"id": "n", "kind": "count", "printed": "over 90"}, 91, None, "91", Verdict.CONSISTENT),
        ({"id": "n", "kind": "count", "printed": "over 90"}, 90, None, "90", Verdict.NOT_REPRODUCED),
        ({"id": "n", "kind": "count", "printed": "close to 1,100"}, 1089, None, "1089", Verdict.CONSISTENT),
        ({"id": "n", "kind": "count", "printed": "close to 1,100"}, 1049, None, "1049", Verdict.NOT_REPRODUCED),
        ({"id": "m", "kind": "mean", "printed": "4.43", "precision": 2}, 1980, 447, "4.43", Verdict.REPRODUCED),
        ({"id": "m", "kind": "mean", "printed": "4.43", "precision": 2}, 1977, 447, "4.42", Verdict.NOT_REPRODUCED),
    ],
)
def test_judge_compares_as_printed(figure, numerator, denominator, computed, verdict):
    line = judge(figure, Computed(numerator, denominator), {})
    assert (line.computed, line.verdict) == (computed, verdict)


def test_judge_wants_both_printings_to_hold():
    figure = {"id": "s", "kind": "share", "printed": "60.6%", "precision": 1, "also_printed": "62%"}
    assert judge(figure, Computed(606, 1000), {}).verdict == Verdict.NOT_REPRODUCED


def test_judge_names_what_no_data_can_give():
    printed = {
        "known_count": {"id": "known_count", "kind": "count", "printed": "1,352"},
        "respondents": {"id": "respondents", "kind": "count", "printed": "1,500"},
        "known_share": {"id": "known_share", "kind": "share", "printed": "91 percent", "precision": 0},
    }
    line = judge(printed["known_share"], Computed(1352, 1500), printed)
    assert (line.computed, line.verdict) == ("90%", Verdict.INCONSISTENT)


def test_judge_does_not_excuse_our_own_mistake_with_the_source():
    printed = {
        "known_count": {"id": "known_count", "kind": "count", "printed": "1,365"},
        "respondents": {"id": "respondents", "kind": "count", "printed": "1,500"},
        "known_share": {"id": "known_share", "kind": "share", "printed": "91 percent", "precision": 0},
    }
    assert judge(printed["known_share"], Computed(1200, 1500), printed).verdict == Verdict.NOT_REPRODUCED


def test_every_published_figure_has_a_computation():
    published = {figure["id"] for programme in published_figures() for figure in programme["figures"]}
    assert set(FIGURES) == published

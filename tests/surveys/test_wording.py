import datetime as dt
import zoneinfo
from fractions import Fraction

import pytest
from django.utils import translation
from django.utils.translation import gettext

from surveys.base import REASONS, Definition
from surveys.wording import (
    condition_text,
    definition_name,
    definition_text,
    figure_text,
    joined,
    moment_text,
    reason_text,
    share_text,
)


def test_a_definition_is_told_in_words():
    definition = Definition(2, "Two sectors", ("ngo", "private"), must_be_complete=True)

    assert definition_name(definition) == "Two sectors (version 2)"
    assert definition_text(definition) == (
        "Only responses from these sectors are counted: NGO and civil society and Private sector. "
        "Responses that leave out a question which counts for validity are not counted."
    )
    assert definition_name(Definition()) == "All responses"
    assert definition_text(Definition()) == "Responses from every sector are counted."


def test_every_reason_has_words():
    assert [reason_text(reason) for reason in REASONS] == [
        "test of the survey",
        "repetition of another response",
        "not finished",
        "answered too fast",
        "sector not included",
        "language not included",
        "a question that counts was left out",
    ]
    assert [condition_text(reason) for reason in REASONS] == [
        "Without tests",
        "Without duplicates",
        "Finished responses only",
        "Seconds at least",
        "Sectors included",
        "Languages included",
        "Complete responses only",
    ]


def test_every_condition_is_told():
    definition = Definition(
        must_be_finished=True, leaves_out_tests=False, leaves_out_duplicates=True, least_seconds=1, languages=("fr",)
    )

    assert definition_text(definition) == (
        "Responses from every sector are counted. "
        "Of responses that repeat another one, only that one is counted. "
        "Responses that were not sent in to the end are not counted. "
        "Responses that took less than 1 second are not counted. "
        "Only responses in these languages are counted: French. "
        "Tests of the survey are counted, too."
    )


def test_figures_are_printed_in_the_language_of_the_reader():
    assert (share_text(Fraction(1352, 1500)), share_text(Fraction(1, 8), 0), share_text(None)) == ("90.1%", "13%", "–")
    assert (figure_text(Fraction(443, 100)), figure_text(None)) == ("4.43", "–")
    with translation.override("fr"):
        assert figure_text(Fraction(443, 100)) == "4,43"


def test_a_moment_is_told_with_its_zone():
    moment = dt.datetime(2026, 3, 1, 12, 30, tzinfo=dt.UTC)

    assert moment_text(moment, zoneinfo.ZoneInfo("Asia/Shanghai")) == "1 March 2026, 20:30 Shanghai"


@pytest.mark.parametrize(
    "language, names, expected",
    [
        ("en", ["A"], "A"),
        ("en", ["A", "B", "C"], "A, B and C"),
        ("ar", ["عمل", "علم", "تجارة"], "عمل، علم وتجارة"),
        ("zh-hans", ["甲", "乙", "丙"], "甲、乙和丙"),
    ],
)
def test_names_are_joined_as_the_language_writes_it(language, names, expected):
    with translation.override(language):
        assert joined(names, gettext("and")) == expected

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.feasibility import Printing
from surveys.figures_file import Link, Problem, read_figures
from surveys.printed_numbers import is_about, is_more_than, read_number

REFERENCE = Path(__file__).parents[2] / "reference" / "figures.yaml"


def problems(text):
    return [(problem.line, problem.reason, problem.text) for problem in read_figures(text).problems]


@pytest.mark.parametrize(
    ("text", "is_whole", "value", "decimals"),
    [
        ("1,352", True, 1352, 0),
        ("1.352", True, 1352, 0),
        ("4.125", False, Fraction(33, 8), 3),
        ("4,43", False, Fraction(443, 100), 2),
        ("4 874 930", True, 4874930, 0),
        ("1’478", True, 1478, 0),
        ("1.234.567,89", False, Fraction(123456789, 100), 2),
        ("7.0%", False, 7, 1),
        (".5", False, Fraction(1, 2), 1),
        ("51 percent", False, 51, 0),
        ("more than 1,780,447", True, 1780447, 0),
        ("−3.5", False, Fraction(-7, 2), 1),
        ("٩٠٫١٪", False, Fraction(901, 10), 1),
        ("١٬٣٥٢", True, 1352, 0),
    ],
)
def test_numbers_are_read_as_they_are_printed(text, is_whole, value, decimals):
    assert read_number(text, is_whole=is_whole) == Printing(Fraction(value), decimals)


@pytest.mark.parametrize("text", ["", "none", "1,2,3", "9" * 5000, "0." + "1" * 50, "1.2.3.4"])
def test_what_is_no_number_is_none(text):
    assert read_number(text, is_whole=False) is None


@given(st.text(max_size=40), st.booleans())
def test_no_text_breaks_the_reading_of_numbers(text, is_whole):
    read_number(text, is_whole=is_whole)


@given(st.integers(0, 10**9), st.integers(0, 4))
def test_a_printed_number_is_read_back(number, places):
    value = Fraction(number, 10**places)
    text = f"{number // 10**places}" + (f".{number % 10**places:0{places}}" if places else "")

    assert read_number(text, is_whole=not places) == Printing(value, places)


def test_words_of_approximation_are_known():
    assert [is_more_than(text) for text in ("more than 200", "over 90", "90")] == [True, True, False]
    assert [is_about(text) for text in ("close to 1,100", "~5", "1,100")] == [True, True, False]


def test_the_figures_of_the_reference_reports_are_read_without_a_problem():
    file = read_figures(REFERENCE.read_text())

    assert (len(file.figures), file.problems) == (35, ())
    figure = file.figures[4]
    assert (figure.id, figure.line, figure.document) == ("sector_government", 16, "cross-border-ecommerce-2022")
    assert figure.printings == (Printing(Fraction(606, 10), 1), Printing(Fraction(61), 0))
    assert {figure.scale for figure in file.figures if figure.kind == "mean"} == {(1, 5)}


def test_csv_has_the_same_keys_as_columns():
    text = '\ufeff\nid;kind;printed;base;parts\na;count;"1,500";;\nb;share;"91 %";a;\n\nc;sum;"10";;"a b"\n'

    file = read_figures(text)

    assert [(f.id, f.line, f.base, f.parts) for f in file.figures] == [
        ("a", 3, "", ()),
        ("b", 4, "a", ()),
        ("c", 6, "", ("a", "b")),
    ]


def test_a_decimal_nought_is_kept_without_quotation_marks():
    (figure,) = read_figures("- {id: a, kind: mean, printed: 4.40}").figures

    assert figure.printings == (Printing(Fraction(44, 10), 2),)


def test_a_link_without_a_survey_is_to_the_one_given():
    text = "- {id: a, kind: share, printed: 5%, question: apply, option: yes}"

    assert read_figures(text, survey="views").figures[0].link == Link("views", "apply", "yes")
    assert problems(text) == [(1, "link_without_survey", "apply")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (0, "no_figures", "")),
        ("[]", (0, "no_figures", "")),
        ("x" * 200_001, (0, "too_long", "")),
        ("just words", (1, "not_a_figure", "just words")),
        ("a: [\n  b: }", (2, "not_yaml", "did not find expected node content")),
        ("\x00", None),
        ("- &a {id: a}\n- *a", (2, "alias", "")),
        ("[" * 5000, (1, "too_deep", "")),
        ("- {kind: count, printed: 5}", (1, "no_id", "")),
        ("- {id: a, kind: count, printed: 5}\n- {id: a, kind: count, printed: 5}", (2, "twice", "a")),
        ("- id: a\n  kind: shoe\n  printed: 5", (2, "no_kind", "shoe")),
        ("- id: a\n  kind: share\n  printed: many", (3, "no_number", "many")),
        ("- id: a\n  kind: count\n  printed: 4.5", (3, "no_whole_number", "4.5")),
        ("- id: a\n  kind: mean\n  printed: 4.5\n  scale: good", (4, "scale", "good")),
        ("- id: a\n  kind: mean\n  printed: 4.5\n  precision: -1", (4, "precision", "-1")),
        ("- {id: " + "a" * 90 + ", kind: 1, printed: 1}\n- {id: a, kind: " + "k" * 90, None),
        ('id,printed\n"a', (2, "not_csv", "unexpected end of data")),
    ],
)
def test_bad_input_is_named_with_its_line(text, expected):
    file = read_figures(text)

    assert file.problems
    if expected:
        assert problems(text)[0] == expected
    assert all(len(problem.text) <= 81 for problem in file.problems)


def test_good_figures_are_read_beside_bad_ones():
    file = read_figures("- {id: a, kind: count, printed: 5}\n- {id: b}\n- {id: c, kind: count, printed: 6}")

    assert [figure.id for figure in file.figures] == ["a", "c"]
    assert file.problems == (Problem(2, "no_kind", ""),)


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text):
    read_figures(text)

"""Long regular reports are parted by column: they must say what the slow way, line by line, says of them."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sessions.readers.regular import WORTH_IT, RegularRows, regular_rows
from sessions.readers.text import lines_of, plain_cell, table

CELLS = st.sampled_from(
    [
        "",
        "Ana",
        " Ana",
        "Ana ",
        "a,b",
        "a;b",
        'say "a"',
        "'+41 22",
        "'Ana",
        "O'Ana",
        '="1"',
        "\u3000Ana\u3000",
        "Ли",
        "a\nb",
    ]
)
LINES = st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=6)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


def written(lines, delimiter, end):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(lines)
    return text.getvalue()


@given(LINES, st.sampled_from(",;\t"), ENDS)
@example([["Ana", "", ""], ["Ana"], ["Ana"]], ",", "\n")  # two short lines that are together as long as one
def test_regular_rows_say_what_the_slow_way_says(lines, delimiter, end):
    text = written([["Head"] * len(lines[0])] * (WORTH_IT + 1) + lines, delimiter, end)
    found = regular_rows(text, delimiter, plain_cell)
    assert found is None or found == table(text, delimiter)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_of_a_long_regular_text_are_regular(end):
    lines = [["Name", "Email"], *([f" Person {at}", f"p{at}@example.org "] for at in range(WORTH_IT))]
    found = lines_of(end.join(map(",".join, lines)).encode())
    assert isinstance(found, RegularRows)
    assert found[1] == (2, ["Person 0", "p0@example.org"])
    assert list(found[3:5]) == [(4, ["Person 2", "p2@example.org"]), (5, ["Person 3", "p3@example.org"])]
    assert found.column(1)[-1] == f"p{WORTH_IT - 1}@example.org"


@pytest.mark.parametrize("line", ["a,b,c", "a", "a,b,c\n\na", "", ",b", '"a",b', "a\rb,c", "x" * 40_000 + ",b"])
def test_regular_rows_leave_what_is_not_regular_to_the_slow_way(line):
    text = "\n".join(["a,b"] * WORTH_IT + [line] + ["a,b"] * WORTH_IT)
    assert regular_rows(text, ",", plain_cell) is None

"""Long regular reports are parted by column: they must say what the slow way, line by line, says of them."""

import csv
import datetime as dt
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sessions.people import hosts_of, identities_of, people_of
from sessions.readers import ReadError, read
from sessions.readers.limits import MAX_LINES
from sessions.readers.regular import TOP, WORTH_IT, RegularRows, regular_rows
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


def test_regular_rows_take_as_many_lines_as_are_read():
    found = regular_rows("a,b\n" * MAX_LINES, ",", str.strip)
    assert isinstance(found, RegularRows)
    assert (len(found), found[MAX_LINES - 1]) == (MAX_LINES, (MAX_LINES, ["a", "b"]))
    assert regular_rows("a,b\n" * (MAX_LINES + 1), ",", str.strip) is None


NAMES = st.sampled_from(["Ana", "Bo  Li", " Ana", "Zoë (Zoe)", "Desk (Host)", "ANA\u200f", "", "Li 2"])
EMAILS = st.sampled_from(["ana@x.example", "Ana@X.example", "", "ana", "mailto:bo@x.example", "bo@x.example "])
DATES = st.sampled_from(["03/04/2026", "04/03/2026", "03/14/2026", "14/03/2026", "2026-03-04", "", "3.4.2026"])
CLOCKS = st.sampled_from(["09:01:11 AM", "12:00:00 PM", "13:05:00", "1:05 PM", "24:00:00", "09:01:11Z", "--", ""])
TIMES = st.builds("{} {}".format, DATES, CLOCKS)
CONNECTIONS = st.tuples(NAMES, EMAILS, TIMES, TIMES, st.sampled_from(["5", "", "x"]), st.sampled_from(["Yes", "No"]))
HEADS = st.sampled_from(
    [
        ["Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest"],
        ["Name (original name)", "Email", "Join time", "Leave time", "Duration (minutes)", "In waiting room"],
        ["Name (Original Name)", "User Email", "Note", "Remark", "Total Duration (Minutes)", "Guest"],
        ["Attendee", "E-Mail", "First join", "Last leave", "Duration", "Guest"],
    ]
)


def said_of(lines, **quoting):
    """Everything that is read from a file, or why it cannot be read."""
    text = io.StringIO()
    csv.writer(text, **quoting).writerows(lines)
    try:
        report = read(text.getvalue().encode(), "report.csv", near=dt.date(2026, 3, 4))
    except ReadError as error:
        return error.reason
    return report, identities_of(report), hosts_of(report), list(map(people_of, report.meetings))


@settings(max_examples=25)
@given(HEADS, st.lists(CONNECTIONS, min_size=1, max_size=8), st.integers(0, TOP), CONNECTIONS)
def test_a_long_report_says_the_same_whether_its_cells_are_quoted_or_not(heads, some, above, last):
    lines = [*([("Ana", "ana@x.example", "", "", "1", "Yes")] * above), *some * (WORTH_IT // len(some) + 1), last]
    assert said_of([heads, *lines]) == said_of([heads, *lines], quoting=csv.QUOTE_ALL)

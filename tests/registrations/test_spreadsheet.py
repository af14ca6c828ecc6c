import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations.spreadsheet import csv_lines, guarded, unguarded


@pytest.mark.parametrize(
    "cell, written",
    [
        ("=1+1", "'=1+1"),
        ("+41 22", "'+41 22"),
        ("-3", "'-3"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("'t Hooft", "''t Hooft"),
        ("Ann", "Ann"),
        ("", ""),
    ],
)
def test_formulas_are_guarded(cell, written):
    assert guarded(cell) == written


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_taking_the_apostrophe_away_gives_every_cell_back(cells):
    written = "".join(csv_lines(["h"] * len(cells), [cells])).removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(written, newline="")))

    assert [unguarded(cell) for cell in rows[1]] == cells

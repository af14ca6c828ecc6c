"""A workbook in pieces: whatever it is given, a spreadsheet reads it back, and runs nothing."""

import io

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from registrations import workbook as making
from registrations.workbook import Sheet, workbook

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=40
)


def read(*sheets):
    return openpyxl.load_workbook(io.BytesIO(b"".join(workbook(sheets))))


def values(sheet):
    return [[cell.value for cell in row] for row in sheet.rows]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.one_of(TEXTS, st.integers(-(2**53), 2**53), st.none()), min_size=2, max_size=2), max_size=5)
)
def test_every_cell_comes_back(rows):
    [sheet] = read(Sheet("People", ["a", "b"], rows))
    assert values(sheet) == [["a", "b"], *[[None if cell == "" else cell for cell in row] for row in rows]]


def test_texts_are_never_formulas_and_bad_characters_are_left_out():
    [sheet] = read(Sheet("People", ["name"], [["=1+1"], ["#N/A"], ["@x\x00\x0b\ud83d!"], [3]]))
    assert [(row[0].value, row[0].data_type) for row in sheet.rows][1:] == [
        ("=1+1", "s"),
        ("#N/A", "s"),
        ("@x!", "s"),
        (3, "n"),
    ]


def test_titles_are_allowed_and_differ():
    book = read(Sheet("A/B [2026]", ["a"], []), Sheet("A/B [2026]", ["a"], []), Sheet("'" * 3, ["a"], []))
    assert book.sheetnames == ["A B  2026", "A B  2026 2", "Sheet"]


def test_rows_beyond_a_sheet_go_on_in_the_next_one(monkeypatch):
    monkeypatch.setattr(making, "ROWS_OF_A_SHEET", 2)
    book = read(Sheet("People", ["n"], ([number] for number in range(3))))
    assert [values(sheet) for sheet in book.worksheets] == [[["n"], [0], [1]], [["n"], [2]]]


def test_the_first_piece_comes_before_any_row():
    asked = []
    rows = (asked.append(number) or [number] for number in range(3))
    pieces = workbook([Sheet("People", ["n"], rows)])
    assert (next(pieces)[:2], asked) == (b"PK", [])

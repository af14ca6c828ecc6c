"""A cell of a file is taken exactly where a person may give the same answer, and is stored alike."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.actions import encode_answer
from surveys.errors import Refused
from surveys.imported import encoder_of
from surveys.importing.asked import Asked, plain
from surveys.importing.encoding import Encoder, is_blank, objects
from surveys.importing.mapping import ColumnMapping
from surveys.importing.table import opened
from surveys.importing.translating import Translator
from tests.registrations_factories import NOW
from tests.surveys.import_steps import make_survey, table

TOPICS = Asked(
    "topics", "select_multiple", ("Topics",),
    {"energy": ("Energy, heat and light",), "water": ("Water",), "health": ("Health", "Santé")},
)  # fmt: skip
CELLS = st.one_of(
    st.sampled_from(["5", "1", "6", "yes", "no", "teacher", "nurse", "water energy", "water water", "7", "07", "-3"]),
    st.lists(st.sampled_from(["energy", "water", "health", "other", "mud"])).map(" ".join),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30),
    st.integers(-(10**20), 10**20).map(str),
)


def stored(question, cell):
    """What a person's answer is stored as; None where it is refused."""
    try:
        return encode_answer(question, cell)
    except Refused:
        return None


@pytest.mark.django_db
def test_cells_are_stored_as_peoples_own_answers_are():
    survey = make_survey()
    questions = [each for each in survey.questions.all() if each.name != "topics"]
    asked = [Asked(each.name, each.kind, (), dict.fromkeys(each.options, ())) for each in questions]
    mapping = ColumnMapping(tuple(f"question:{each.name}" for each in asked))
    heads = tuple(each.name for each in asked)
    encode = encoder_of(survey, today=NOW.date())

    @settings(max_examples=300, deadline=None)
    @given(st.lists(CELLS, min_size=len(asked), max_size=len(asked)))
    def agrees(cells):
        encoder = Encoder.of(asked, mapping, heads, encode)
        content = table(heads, cells)
        blocks = list(opened(content).blocks())
        if not blocks:  # a line of nothing but white space is no row
            assert not any(cell.strip() for cell in cells)
            return
        (made,) = objects(encoder.fragments(blocks[0]), 1)
        wanted = {}
        for question, cell in zip(questions, cells, strict=True):
            if (
                question.kind in ("rating", "select_one", "yes_no")
                and Translator(next(each for each in asked if each.name == question.name)).by_word.get(
                    plain(cell), cell.strip()
                )
                != cell.strip()
            ):
                return  # a word for a value: the form has no such thing
            kept = stored(question, cell)
            if kept is not None:
                wanted[question.name] = kept
        found = json.loads(made)
        assert found == wanted or differs_only_as_documented(found, wanted, cells)
        assert is_blank(made) == (not any(found.values()))

    agrees()


def differs_only_as_documented(found, wanted, cells):
    """Guards of spreadsheets, marks of what was not shown, and `5.0` are read; the form has none of them."""
    marks = ("'", "=", "\\N")
    special = any(cell.strip().startswith(marks) or cell.strip().casefold() in ("n/a", "-") for cell in cells)
    return special or any(cell.strip().endswith(".0") for cell in cells)


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("water energy", ("water", "energy")),
        ("Water", ("water",)),
        ("Water;Energy, heat and light;", ("water", "energy")),
        ("Energy, heat and light, Santé", ("energy", "health")),
        ("Health, Energy, heat and light, Water", ("health", "energy", "water")),
        ("water|HEALTH", ("water", "health")),
        ("mud water", ("mud", "water")),
        ("Mud, Water", ("Mud", "Water")),
        ("\\N", None),
        ("n/a", None),
        ("", ""),
    ],
)
def test_several_answers_in_one_cell(cell, values):
    assert Translator(TOPICS).answer(cell).values == values


@pytest.mark.parametrize(
    ("cell", "value"),
    [("5", "5"), ("5.0", "5"), ("Very good", "5"), ("5 - Very good", "5"), ("5 – bad", "5 – bad"), ("five", "five")],
)
def test_ratings_by_number_or_label(cell, value):
    rating = Asked("quality", "rating", (), {"4": ("4",), "5": ("Very good",)})
    assert Translator(rating).answer(cell).values == value


def test_text_keeps_what_looks_like_a_mark():
    text = Translator(Asked("comment", "text"))
    assert [text.answer(cell).values for cell in ("n/a", "'=1+1", "''90s", "'90s", "-3")] == [
        "n/a", "=1+1", "'90s", "'90s", "-3",
    ]  # fmt: skip

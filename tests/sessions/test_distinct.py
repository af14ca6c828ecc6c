"""Columns keep each distinct value once, and are used like the list of the values of all lines."""

from hypothesis import given
from hypothesis import strategies as st

from sessions.readers.distinct import Column, alike, as_column, distinct_of

VALUES = st.lists(st.sampled_from(["", "a", "b", "c", None]), max_size=8)
CUTS = st.builds(slice, *[st.none() | st.integers(-9, 9)] * 2, st.sampled_from([None, 1, 2, -1]))


def column(values, top):
    """As `regular` makes it: the first lines have a value each, of their own."""
    below = Column.of(values[top:])
    return Column([*values[:top], *below.values], [*range(top), *(top + at for at in below.places)], top=top)


@given(VALUES, st.integers(0, 8), st.lists(CUTS, max_size=3))
def test_a_column_is_the_list_of_its_values_however_it_is_cut(values, top, cuts):
    found = column(values, min(top, len(values)))
    for cut in cuts:
        values, found = values[cut], found[cut]
    assert found == values
    assert [found[at] for at in range(len(found))] == values
    assert list(dict.fromkeys(found.distinct)) == list(dict.fromkeys(values))
    assert ("a" in found, None in found) == ("a" in values, None in values)


@given(VALUES, st.integers(0, 8), CUTS, st.booleans())
def test_a_column_converts_and_pairs_each_line_after_it_was_cut(values, top, cut, are_together):
    whole = column(values, min(top, len(values)))
    places = whole.places[cut]
    found, values = whole.part(cut, places), values[cut]
    other = whole.each(repr).part(cut, places) if are_together else Column.of(map(repr, values))
    assert found.each(repr) == list(map(repr, values))
    assert found.beside(other) == [(value, repr(value)) for value in values]
    assert set(found.beside(other).distinct) == {(value, repr(value)) for value in values}


def test_a_column_converts_only_values_of_its_lines():
    asked = []
    assert column(["Head", "a", "b", "b"], 2)[1:].each(lambda value: asked.append(value) or value) == ["a", "b", "b"]
    assert asked == ["a", "b"]


def test_columns_and_lists_are_taken_alike():
    found = Column.of("abba")
    assert as_column(found) is found
    assert as_column("abba") == list("abba")
    assert (set(distinct_of(found)), distinct_of(list("abba"))) == ({"a", "b"}, {"a", "b"})


def test_alike_is_one_value_for_every_line():
    assert (alike("", 3), alike("", 0)) == (["", "", ""], [])
    assert (list(alike("", 3).distinct), list(alike("", 0).distinct)) == ([""], [])

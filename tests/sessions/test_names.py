from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.names import letters_key, name_of, ordered


def test_name_of_sets_titles_and_degrees_aside():
    names = ["Emily Chen", "Dr. Emily Chen", "Prof Dr Chen, Emily Ph.D.", "Eng. Emily CHEN M.Sc."]
    assert {name_of(name).bare for name in names} == {("chen", "emily")}


def test_name_of_keeps_titles_that_are_all_there_is():
    assert name_of("Dr.").bare == ("dr",)


def test_letters_key_of_titles_alone_is_nobodys():
    assert letters_key("Dr. Prof.") == ""


def test_a_name_is_written_as_another_however_parted_and_ordered():
    assert name_of("Min-jun Kim").is_written_as(name_of("Kim Minjun"))
    assert not name_of("Minju Nkim").is_written_as(name_of("Kim Minjun"))


def test_a_name_is_the_same_where_no_mark_contradicts():
    assert name_of("Hương Nguyen").is_same_as(name_of("Nguyễn Huong"))
    assert not name_of("Hương Nguyen").is_same_as(name_of("Nguyễn Hường"))


def test_ordered_keeps_the_order_in_which_a_name_is_written():
    assert ordered("Dr. O’Connor-Müller, Zoë") == ("oconnor", "muller", "zoe")


@settings(deadline=None)
@given(st.text(max_size=30))
def test_name_of_takes_any_text(text):
    name = name_of(text)
    assert name.agrees_with(name_of(text.upper().lower())) or name.bare != name_of(text.upper().lower()).bare
    assert name.agrees_with(name)
    assert name.is_same_as(name)

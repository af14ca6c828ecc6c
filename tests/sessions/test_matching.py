import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.matching import Candidate, Identity, Match, Roster, name_of


def roster(*people):
    return Roster(Candidate(key, email, names) for key, (email, *names) in enumerate(people, start=1))


def match(people, name, email=""):
    return roster(*people).match_all([Identity(name, email)]).get(Identity(name, email))


ASTER = ("aster@example.org", "Aster Bekele")


def test_match_by_address_comes_first_whatever_the_name():
    assert match([ASTER], "Somebody's iPad", "aster@example.org") == Match(1, "email")


@pytest.mark.parametrize(
    "registered, shown",
    [
        ("Łukasz Wójcik", "lukasz WOJCIK"),
        ("Łukasz Wójcik", "  Łukasz  Wójcik "),
        ("Emily Chen", "Chen, Emily"),
        ("Emily Chen", "Dr. Emily Chen, PhD"),
        ("Zoë O'Connor-Müller", "Zoë O’Connor-Müller 🌻"),
        ("Jean-Baptiste N'Guessan", "Jean Baptiste N'GUESSAN"),
        ("Robert Kamau", "Bob Kamau (Robert Kamau)"),
        ("Olena Shevchenko", "Olena Shevchenko (home)"),
        ("Ana Silva", "[Health Desk] Ana Silva"),
        ("Thị Hương Nguyễn", "Nguyen Thi Huong"),
        ("İpek Şahin", "ipek sahin"),
        ("Mehmet Yılmaz", "MEHMET YILMAZ"),
        ("Hans Groß", "HANS GROSS"),
        ("李晓明", "李晓明"),
        ("أحمد السيد", "احمد السيد"),
        ("عَلِيّ حسن", "علي حسن"),
        ("अनिता शर्मा", "शर्मा अनिता"),
        ("สมชาย ใจดี", "สมชาย ใจดี"),
        ("Андрей Ёлкин", "Елкин Андрей"),
        ("김민준", "김민준"),
    ],
)
def test_match_by_name_sets_aside_what_does_not_tell_people_apart(registered, shown):
    assert match([ASTER, ("x@example.org", registered)], shown) == Match(2, "name")


@pytest.mark.parametrize(
    "registered, shown",
    [
        ("Aster Bekele", "Aster"),
        ("Aster Bekele", "Aster B."),
        ("Aster Bekele", "Aster's iPhone"),
        ("Aster Bekele", "Aster Bekele Tesfaye"),
        ("Aster Bekele", "Room 3 (Aster Bekele & Abeba Tesfaye)"),
        ("Thị Hương Nguyễn", "Nguyễn Thị Hường"),
        ("राम शर्मा", "रमा शर्मा"),
        ("สมชาย ใจดี", "สมชย ใจดี"),
        ("はるか", "ばるか"),
        ("Olena Shevchenko", "Олена Шевченко"),
        ("Aster Bekele", ""),
        ("Aster Bekele", "🌻"),
        ("Aster Bekele", "1555***0100"),
    ],
)
def test_match_leaves_what_is_not_certain_to_a_person(registered, shown):
    assert match([("x@example.org", registered)], shown) is None


def test_match_never_chooses_between_two_people_of_one_name():
    people = [("a@example.org", "Wei Zhang"), ("b@example.org", "Zhang Wei")]
    assert match(people, "Wei Zhang") is None
    assert (
        match([("a@example.org", "Aïssatou Diallo"), ("b@example.org", "Aissatou Diallo")], "Aïssatou Diallo") is None
    )


def test_match_by_one_word_needs_nobody_else_with_that_word():
    assert match([("w@example.org", "Wahyuni")], "Wahyuni") == Match(1, "name")
    assert match([("w@example.org", "Wahyuni"), ("s@example.org", "Sri Wahyuni")], "Wahyuni") is None


def test_match_of_two_names_in_one_line_is_none():
    assert match([ASTER, ("t@example.org", "Abeba Tesfaye")], "Aster Bekele (Abeba Tesfaye)") is None


def test_match_of_one_name_under_two_unknown_addresses_is_none():
    identities = [Identity("Wei Zhang", "one@example.net"), Identity("Wei Zhang", "two@example.net")]
    assert roster(("w@example.org", "Wei Zhang")).match_all(identities) == {}


def test_match_finds_a_person_by_the_printed_name_too():
    assert match([("x@example.org", "Xiaoming Li", "李晓明")], "李晓明") == Match(1, "name")


def test_a_line_without_address_never_matches_somebody_without_one():
    assert match([("", "Aster Bekele")], "iPad") is None


name_text = st.text(st.sampled_from("abcé ł-'.()张مَउИ́😀"), min_size=1, max_size=12)


@settings(deadline=None)
@given(st.lists(name_text, max_size=6), name_text)
def test_match_is_never_automatic_between_two_equal_names(names, shown):
    people = [(f"p{number}@example.org", name) for number, name in enumerate([*names, shown, shown])]
    assert match(people, shown) is None


@settings(deadline=None)
@given(st.text(max_size=30))
def test_name_of_takes_any_text(text):
    name = name_of(text)
    assert name.agrees_with(name_of(text.upper().lower())) or name.bare != name_of(text.upper().lower()).bare
    assert name.agrees_with(name)

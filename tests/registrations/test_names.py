import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations.errors import Refused
from registrations.names import tidy_line, tidy_name, tidy_words


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("  Amina   Otieno ", "Amina Otieno"),
        ("Jose\u0301", "José"),
        ("محمد\u200f", "محمد"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("欧阳 娜娜", "欧阳 娜娜"),
        ("O’Brien-St.John, Jr.", "O’Brien-St.John, Jr."),
        ("\ufeffAnn\u200b", "Ann"),
        ("Ann\tLee", "Ann Lee"),
        ("D'Arcy & Sons", "D'Arcy & Sons"),
        ("{personal_link}", "{personal_link}"),
        ("", ""),
        ("ජෝතිරත්\u200dන", "ජෝතිරත්\u200dන"),
        ("ജോണ്\u200d", "ജോണ്\u200d"),
        ("র\u200d্যাব", "র\u200d্যাব"),
        ("မျှော်", "မျှော်"),
        ("김\u3164", "김"),
        ("ที่", "ที่"),
        ("Nguyễn Thị Ánh", "Nguyễn Thị Ánh"),
        ("葛\U000e0100", "葛\U000e0100"),
        ("\u200dAnn\u200c Lee\u200d", "Ann Lee"),
        ("A\u200c\u200c\u200dB", "A\u200cB"),
        ("O", "O"),
        ("\u3164", ""),
        ("\u115f\u1160\uffa0\u200d\u200c \u2800", ""),
    ],
)
def test_names_of_every_script_are_kept(typed, kept):
    assert tidy_name(typed) == kept


@pytest.mark.parametrize(
    "typed", ["Ann\nBcc: x", "Ann\rLee", "Ann\x00", "Ann\u2028Lee", "Ann\x1b[2J", "\u202eeeL nnA", "Ann\x85Lee"]
)
def test_control_characters_and_line_breaks_are_refused(typed):
    with pytest.raises(Refused, match="one line"):
        tidy_line(typed)


@pytest.mark.parametrize(
    "typed",
    ["http://evil.example", "Win www.evil.example", "ftp://x", "HTTPS:evil", "mailto:x", "me@evil.example", "x ://y"],
)
def test_links_are_refused_in_names(typed):
    with pytest.raises(Refused, match="web or e-mail address"):
        tidy_name(typed)


@pytest.mark.parametrize("typed", ["-", "...", "123", "\u0301", "\ufe0f", "🙂", "\U000e0100 7"])
def test_a_name_has_a_letter(typed):
    with pytest.raises(Refused, match="at least one letter"):
        tidy_name(typed)


@pytest.mark.parametrize("typed", ["Z" + "\u0335\u0321\u0353\u0310\u030b", "ก" + "\u0e47" * 5, "a" + "\u20dd" * 5])
def test_heaps_of_marks_are_refused(typed):
    with pytest.raises(Refused, match="Too many marks"):
        tidy_line(typed)


def test_a_tidied_line_is_tidy():
    once = tidy_line("<\u200d\u1160\u0338\u200d\u0dcf")

    assert (once, tidy_line(once)) == ("\u226e\u0dcf", once)


def test_code_is_refused_in_names():
    with pytest.raises(Refused, match="< and >"):
        tidy_name("<script>alert(1)</script>")


AWKWARD = st.sampled_from("aE<\u0301\u0338\u200c\u200d\u0dca\u0dd9\u094d\u3164\u034f \u1100\u1160\u11a8")


@given(st.text(max_size=60) | st.text(AWKWARD, max_size=12))
def test_what_passes_is_one_tidy_line(typed):
    try:
        name = tidy_name(typed)
    except Refused:
        return
    assert name == unicodedata.normalize("NFC", name) == " ".join(name.split())
    assert tidy_name(name) == name
    assert name == "" or any(unicodedata.category(character).startswith("L") for character in name)
    assert not any(unicodedata.category(character) in {"Cc", "Zl", "Zp"} for character in name)


@pytest.mark.parametrize(
    "text",
    [
        "See www.example.org",
        "example.com",
        "evil.example/login",
        "пример.рф",
        "例子.公司",
        "example。com",
        "10.0.0.1",
        "me@example.org",
        "a <b>",
        "Thanks.Goodbye",
    ],
)
def test_words_for_strangers_hold_nothing_that_a_program_makes_a_link_of(text):
    with pytest.raises(Refused):
        tidy_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "你好。我在海关工作。",
        "Mr. A. Smith, Ph.D., U.N. e.g. 3.14 %",
        "مرحبا. أعمل في الجمارك.",
        "+254 700 123 456; v. 2.0",
    ],
)
def test_words_for_strangers_may_be_any_sentence(text):
    assert tidy_words(text) == text

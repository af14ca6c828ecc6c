import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations.errors import Refused
from registrations.names import tidy_line, tidy_name


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


def test_code_is_refused_in_names():
    with pytest.raises(Refused, match="< and >"):
        tidy_name("<script>alert(1)</script>")


@given(st.text(max_size=60))
def test_what_passes_is_one_tidy_line(typed):
    try:
        name = tidy_name(typed)
    except Refused:
        return
    assert name == unicodedata.normalize("NFC", name) == " ".join(name.split())
    assert tidy_name(name) == name
    assert not any(unicodedata.category(character) in {"Cc", "Zl", "Zp"} for character in name)

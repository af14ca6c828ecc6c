"""Words of one direction inside sentences of another."""

import pytest
from django.utils import translation

from registrations.direction_marks import isolated_in
from registrations.isolation import isolated, left_to_right
from surveys.wording import share_text

LATIN, ARABIC = "Trade (2026)", "ليلى (2026)"


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("ar", LATIN, f"\u2068{LATIN}\u2069"),
        ("ar", ARABIC, ARABIC),
        ("ar", "2026", "2026"),
        ("en", LATIN, LATIN),
        ("en", ARABIC, f"\u2068{ARABIC}\u2069"),
        ("zh-hans", "王 小明", "王 小明"),
        ("ru", "", ""),
    ],
)
def test_words_of_the_other_direction_stand_apart(language, text, told):
    with translation.override(language):
        assert isolated(text) == told


def test_lines_in_latin_letters_keep_others_apart_in_every_language():
    with translation.override("ar"):
        assert isolated_in(LATIN, is_rtl=False) == LATIN
        assert isolated_in(ARABIC, is_rtl=False) == f"\u2068{ARABIC}\u2069"


def test_numbers_with_a_sign_read_alike_in_every_language():
    with translation.override("ar"):
        assert left_to_right("−5") == "\u200e−5\u200e"
        assert share_text(None) == "–"
    with translation.override("fr"):
        assert left_to_right("−5") == "−5"

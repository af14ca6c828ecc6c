from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.numerals import Ambiguous, plain_number


@pytest.mark.parametrize(
    "text, language, plain",
    [
        ("12", "en", "12"),
        (" -3 ", "en", "-3"),
        ("−3", "fr", "-3"),
        ("+41", "en", "41"),
        ("007", "en", "7"),
        ("2,5", "en", "2.5"),
        ("2.5", "fr", "2.5"),
        (".5", "en", "0.5"),
        ("5,", "fr", "5"),
        ("2.50", "en", "2.5"),
        ("1,234", "fr", "1.234"),
        ("1.234", "en", "1.234"),
        ("0,125", "en", "0.125"),
        ("1 234,5", "ru", "1234.5"),
        ("1\u202f234\u202f567", "fr", "1234567"),
        ("1,234,567", "en", "1234567"),
        ("1.234.567,8", "es", "1234567.8"),
        ("1'234.5", "en", "1234.5"),
        ("١٢٫٥", "ar", "12.5"),
        ("٣٤", "ar", "34"),
        ("\u200f١٢", "ar", "12"),
        ("１２．５", "zh-hans", "12.5"),
        ("twelve", "en", None),
        ("", "en", None),
        (".", "en", None),
        ("1,23,456", "en", None),
        ("1,234,5", "en", None),
        ("1e5", "en", None),
        ("12 kg", "en", None),
        ("9" * 4_000, "en", None),
    ],
)
def test_a_number_is_read_as_people_write_it(text, language, plain):
    assert plain_number(text, language) == plain


@pytest.mark.parametrize(
    ("text", "language"), [("1,234", "en"), ("12,500", "zh-hans"), ("1.234", "es"), ("1,234", "ar")]
)
def test_a_number_with_two_readings_is_not_guessed(text, language):
    with pytest.raises(Ambiguous):
        plain_number(text, language)


@pytest.mark.parametrize(
    "text, language, plain",
    [("1,234", "en", "1234"), ("1.234", "fr", "1234"), ("3.0", "en", "3"), ("3,5", "fr", None), ("3.234", "en", None)],
)
def test_a_whole_number_is_read_as_one(text, language, plain):
    assert plain_number(text, language, is_whole=True) == plain


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_a_number_comes_back_as_it_was_from_every_language(number):
    plain = f"{number:f}"
    assert Decimal(plain_number(plain, "en")) == number
    assert Decimal(plain_number(plain.replace(".", ","), "fr")) == number


@given(st.text(max_size=30), st.sampled_from(["en", "fr", "ar"]))
def test_whatever_is_typed_gives_a_number_or_none(text, language):
    try:
        plain = plain_number(text, language)
    except Ambiguous:
        return
    assert plain is None or Decimal(plain).is_finite()

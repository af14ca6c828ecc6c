import pytest
from django.utils import translation

from surveys.encoding import encode_answer
from surveys.errors import Refused
from tests.surveys_factories import ChoiceFactory, QuestionFactory

pytestmark = pytest.mark.django_db


def question(kind, *options, **more):
    return QuestionFactory(kind=kind, options=options, **more)


def refusal(asked, raw, language=""):
    with pytest.raises(Refused) as refused:
        encode_answer(asked, raw, language=language)
    return str(refused.value)


@pytest.mark.parametrize(
    "kind, raw, language, encoded",
    [
        ("integer", "1,234", "en", "1234"),
        ("integer", "١٢", "ar", "12"),
        ("integer", "-3", "", "-3"),
        ("decimal", "2,50", "fr", "2.5"),
        ("decimal", "1.234", "", "1.234"),
        ("decimal", " ", "en", ""),
        ("date", "2026-03-18", "en", "2026-03-18"),
        ("date", "2026/3/8", "en", "2026-03-08"),
        ("date", "٢٠٢٦-٠٣-١٨", "ar", "2026-03-18"),
        ("text", " a\r\nb ", "en", "a\nb"),
        ("rating", "4", "en", "4"),
        ("yes_no", "no", "en", "no"),
    ],
)
def test_an_answer_is_stored_plainly(kind, raw, language, encoded):
    assert encode_answer(question(kind), raw, language=language) == encoded


@pytest.mark.parametrize(
    "kind, raw, sentence",
    [
        ("integer", "2.5", "Please give a whole number in digits, such as 12."),
        ("integer", "9" * 4_400, "Please give a whole number in digits, such as 12."),
        ("decimal", "much", "Please give a number in digits, such as 12.5."),
        ("decimal", "1,234", "“1,234” can be read in two ways. Write thousands without a comma or point."),
        ("date", "18.03.2026", "Please give a day of the calendar as year-month-day, such as 2026-03-18."),
        ("date", "2026-02-30", "Please give a day of the calendar as year-month-day, such as 2026-03-18."),
        ("date", "0000-01-01", "Please give a day of the calendar as year-month-day, such as 2026-03-18."),
        ("note", "x", "A note takes no answer."),
    ],
)
def test_what_does_not_fit_is_refused_with_what_to_write(kind, raw, sentence):
    assert refusal(question(kind), raw, "en") == sentence


def test_a_long_scale_takes_numbers_as_they_are_typed():
    scale = question("rating", parameters={"start": "0", "end": "100", "step": "5"})

    assert encode_answer(scale, "٢٥", language="ar") == "25"
    assert refusal(scale, "26", "en") == "“26” is not on the scale: it goes from 0 over 5 to 100."


def test_none_of_these_goes_with_no_other():
    used = question("select_multiple", "videos", "slides")
    ChoiceFactory(question=used, value="none", label="None of these", is_exclusive=True, position=9)

    assert encode_answer(used, ["none"]) == "none"
    assert encode_answer(used, "slides videos") == "videos slides"
    assert refusal(used, "videos none") == "“None of these” goes with no other answer. Leave that one or the others."


@pytest.mark.parametrize(
    "raw, encoded",
    [
        (["b", "a", "c"], "b a c"),
        ("b a c", "b a c"),
        ("a=2 b=1 c=3", "b a c"),
        ("", ""),
        ("a= b= c=", ""),
    ],
)
def test_a_ranking_is_stored_from_the_first_place_on(raw, encoded):
    assert encode_answer(question("rank", "a", "b", "c"), raw) == encoded


@pytest.mark.parametrize(
    "raw, sentence",
    [
        ("a=1 b=1 c=2", "Place 1 is given twice. Each place goes to one option."),
        ("a=1 b=2", "Give each option a place of its own, from 1 to 3, or leave all places empty."),
        ("a=1 b=2 c=4", "Give each option a place of its own, from 1 to 3, or leave all places empty."),
        ("a=1 b=2 d=3", "“d” is not one of the options."),
        ("a b", "Give each option a place of its own, or leave all places empty."),
        ("a a b c", "Give each option a place of its own, or leave all places empty."),
    ],
)
def test_a_ranking_that_is_none_is_refused(raw, sentence):
    assert refusal(question("rank", "a", "b", "c"), raw) == sentence


def test_the_option_is_named_in_the_reader_s_language():
    used = question("select_multiple", "videos")
    ChoiceFactory(
        question=used, value="none", label="None", is_exclusive=True, translations={"fr": {"label": "Aucune"}}
    )

    with translation.override("fr"):
        assert "Aucune" in refusal(used, "videos none")

import pytest
from django.utils import translation

from sessions.matching import Because
from sessions.reasons import SENTENCES, in_words


def test_every_reason_has_a_sentence():
    assert set(SENTENCES) == set(Because)


@pytest.mark.parametrize("because", list(Because))
def test_a_reason_in_words_is_a_sentence(because):
    with translation.override("en"):
        assert in_words(because)[-1] in ".?"


def test_a_reason_that_is_no_more_says_nothing():
    assert in_words("moon_phase") == ""

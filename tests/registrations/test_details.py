import pytest

from registrations.details import RegistrationDetails
from registrations.errors import Refused


def details(**changes):
    base = {"given_name": "Amina", "email": "a@example.org", "gender": "female", "country": "KE", "sector": "ngo"}
    return RegistrationDetails(**{**base, **changes})


def test_printed_name_defaults_to_given_and_family_name():
    assert details(family_name="Otieno").tidied().printed_name == "Amina Otieno"
    assert details().tidied().printed_name == "Amina"
    assert details(printed_name="Dr Amina O.").tidied().printed_name == "Dr Amina O."


def test_one_name_is_enough_but_none_is_not():
    assert details(given_name="", family_name="Suharto").tidied().printed_name == "Suharto"
    with pytest.raises(Refused, match="at least one"):
        details(given_name=" ").tidied()


def test_other_sector_needs_words_and_the_rest_drops_them():
    assert details(sector="other", sector_other=" Arts ").tidied().sector_other == "Arts"
    assert details(sector="ngo", sector_other="Arts").tidied().sector_other == ""
    with pytest.raises(Refused, match="which sector"):
        details(sector="other").tidied()


def test_over_long_values_are_refused_with_both_numbers():
    with pytest.raises(Refused) as refusal:
        details(given_name="a" * 101).tidied()

    assert str(refusal.value) == "“given name” can have at most 100 characters; you wrote 101."


def test_two_longest_names_cannot_be_printed_together():
    with pytest.raises(Refused, match="name as it shall be printed"):
        details(given_name="a" * 100, family_name="b" * 100).tidied()


def test_tidying_twice_changes_nothing():
    once = details(given_name="  A  b ", email=" A@B.org").tidied()

    assert once.tidied() == once

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.disposition import (
    LEAST_RATE,
    Design,
    Disposition,
    NoMarginOfError,
    Outcome,
    PersonFacts,
    disposition_of,
    margin_of_error,
)

counts = st.integers(0, 50)
outcomes = st.builds(
    Outcome,
    complete=counts,
    partial=counts,
    refused=counts,
    broken_off=counts,
    not_reached=counts,
    silent=counts,
    unknown=counts,
)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (PersonFacts(), Disposition.SILENT),
        (PersonFacts(has_mail_left=True), Disposition.SILENT),
        (PersonFacts(has_mail_left=False), Disposition.NOT_REACHED),
        (PersonFacts(has_begun=True, has_mail_left=False), Disposition.BROKEN_OFF),
        (PersonFacts(has_declined=True, has_begun=True), Disposition.REFUSED),
        (PersonFacts(has_answered=True, has_declined=True), Disposition.COMPLETE),
        (PersonFacts(has_answered=True, is_finished=False), Disposition.PARTIAL),
    ],
)
def test_everybody_has_one_disposition(facts, expected):
    assert disposition_of(facts) == expected


def test_rates_follow_the_formulas_of_aapor():
    outcome = Outcome(complete=60, partial=5, refused=3, broken_off=7, not_reached=5, silent=15, unknown=5)

    assert outcome.asked == 100
    assert (outcome.rr1, outcome.rr2) == (Fraction(60, 100), Fraction(65, 100))
    assert (outcome.rr3(Fraction(1, 5)), outcome.rr4(Fraction(1, 5))) == (Fraction(60, 96), Fraction(65, 96))
    assert (outcome.rr5, outcome.rr6) == (Fraction(60, 95), Fraction(65, 95))
    assert (outcome.cooperation, outcome.refusal, outcome.contact) == (
        Fraction(60, 75),
        Fraction(10, 100),
        Fraction(75, 100),
    )


def test_nobody_asked_has_no_rate():
    nobody = Outcome()

    assert (nobody.rr1, nobody.rr2, nobody.rr5, nobody.rr6) == (None,) * 4
    assert (nobody.cooperation, nobody.refusal, nobody.contact) == (None,) * 3
    assert nobody.needs_bias_analysis is False


@given(outcomes)
def test_rates_are_in_order_and_between_0_and_1(outcome):
    if not outcome.asked - outcome.unknown:
        return

    assert 0 <= outcome.rr1 <= outcome.rr2 <= outcome.rr6 <= 1
    assert outcome.rr1 == outcome.rr3(Fraction(1)) <= outcome.rr5
    assert outcome.needs_bias_analysis is (outcome.rr1 < LEAST_RATE)


@given(outcomes, outcomes)
def test_outcomes_add_up(one, other):
    both = one + other

    assert (both.asked, both.interviews, both.refusals) == (
        one.asked + other.asked,
        one.interviews + other.interviews,
        one.refusals + other.refusals,
    )


def test_a_share_of_the_unknown_is_a_share():
    with pytest.raises(ValueError, match="3/2 is no share"):
        Outcome(complete=1).rr3(Fraction(3, 2))


@pytest.mark.parametrize(("complete", "is_needed"), [(80, False), (79, True)])
def test_below_four_fifths_nonresponse_is_to_be_analysed(complete, is_needed):
    assert Outcome(complete=complete, silent=100 - complete).needs_bias_analysis is is_needed


def test_people_are_counted_by_their_facts():
    facts = [(PersonFacts(has_answered=True), 3), (PersonFacts(), 2), (PersonFacts(has_mail_left=True), 1)]

    assert Outcome.of(facts) == Outcome(complete=3, silent=3)


@pytest.mark.parametrize("design", list(Design))
def test_there_is_no_margin_of_error_without_a_random_sample(design):
    assert margin_of_error(design) == NoMarginOfError(design)

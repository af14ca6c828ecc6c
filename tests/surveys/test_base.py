from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.base import (
    DUPLICATE,
    INCOMPLETE,
    LANGUAGE,
    REASONS,
    SECTOR,
    TEST,
    TOO_FAST,
    UNFINISHED,
    Base,
    Definition,
    ResponseFacts,
    base_of,
    exclusion,
)

FOUR_SECTORS = ("private", "government", "un_igo", "ngo")


def test_without_a_definition_every_response_is_valid():
    assert exclusion(Definition(), ResponseFacts("academia", 3)) is None


def test_a_sector_not_included_is_the_reason():
    assert exclusion(Definition(sectors=FOUR_SECTORS), ResponseFacts("academia", 0)) == SECTOR
    assert exclusion(Definition(sectors=FOUR_SECTORS), ResponseFacts("ngo", 9)) is None


def test_an_incomplete_response_is_left_out_where_the_definition_says_so():
    assert exclusion(Definition(must_be_complete=True), ResponseFacts("ngo", 1)) == INCOMPLETE
    assert exclusion(Definition(must_be_complete=True), ResponseFacts("ngo", 0)) is None


def test_the_first_reason_counts():
    definition = Definition(sectors=FOUR_SECTORS, must_be_complete=True)

    assert exclusion(definition, ResponseFacts("academia", 2)) == SECTOR


def test_every_reason_is_listed_in_order_with_its_count():
    facts = [(ResponseFacts("academia", 1), 100), (ResponseFacts("ngo", 1), 59), (ResponseFacts("ngo", 0), 447)]

    base = base_of(Definition(sectors=FOUR_SECTORS, must_be_complete=True), facts)

    counts = {**dict.fromkeys(REASONS, 0), SECTOR: 100, INCOMPLETE: 59}
    assert base == Base(responses=606, excluded=tuple(counts.items()))
    assert base.told == ((SECTOR, 100), (INCOMPLETE, 59))
    assert (base.n, base.excluded_total) == (447, 159)


STRICT = Definition(
    sectors=("ngo",),
    must_be_complete=True,
    must_be_finished=True,
    leaves_out_duplicates=True,
    least_seconds=60,
    languages=("en", "fr"),
)
VALID = ResponseFacts("ngo", 0, "fr", 60)


@pytest.mark.parametrize(
    "reason, different",
    [
        (TEST, {"is_test": True}),
        (DUPLICATE, {"is_duplicate": True}),
        (UNFINISHED, {"is_finished": False}),
        (TOO_FAST, {"seconds": 59}),
        (SECTOR, {"sector": "academia"}),
        (LANGUAGE, {"language": "ru"}),
        (INCOMPLETE, {"unanswered_counting_questions": 1}),
    ],
)
def test_each_condition_leaves_out_for_its_own_reason(reason, different):
    facts = replace(VALID, **different)

    assert exclusion(STRICT, VALID) is None
    assert exclusion(STRICT, facts) == reason
    assert exclusion(STRICT.without(reason), facts) is None
    assert STRICT.conditions == REASONS
    assert STRICT.without(reason).conditions == tuple(other for other in REASONS if other != reason)


def test_the_order_of_the_reasons_is_fixed():
    worst = ResponseFacts("academia", 3, "ru", 1, is_finished=False, is_test=True, is_duplicate=True)
    found, definition = [], STRICT
    while reason := exclusion(definition, worst):
        found.append(reason)
        definition = definition.without(reason)

    assert tuple(found) == REASONS


def test_an_unknown_duration_is_not_too_fast():
    assert exclusion(STRICT, replace(VALID, seconds=None)) is None
    assert exclusion(STRICT, replace(VALID, seconds=0)) == TOO_FAST


def test_a_test_is_left_out_unless_the_definition_says_otherwise():
    assert exclusion(Definition(), replace(VALID, is_test=True)) == TEST
    assert exclusion(Definition(leaves_out_tests=False), replace(VALID, is_test=True)) is None


def test_a_condition_is_added_where_it_takes_no_choice():
    bare = Definition(leaves_out_tests=False)

    assert [reason for reason in REASONS if bare.having(reason)] == [TEST, DUPLICATE, UNFINISHED, INCOMPLETE]
    assert bare.having(DUPLICATE) == replace(bare, leaves_out_duplicates=True)
    assert bare.having(DUPLICATE).having(DUPLICATE) is None


facts_and_counts = st.lists(
    st.tuples(
        st.builds(
            ResponseFacts,
            st.sampled_from(["ngo", "academia", "other"]),
            st.integers(0, 3),
            st.sampled_from(["en", "ru"]),
            st.sampled_from([None, 0, 30, 59, 60, 61]),
            st.booleans(),
            st.booleans(),
            st.booleans(),
        ),
        st.integers(0, 50),
    )
)
definitions = st.builds(
    Definition,
    sectors=st.sampled_from([(), ("ngo",), ("ngo", "other")]),
    must_be_complete=st.booleans(),
    must_be_finished=st.booleans(),
    leaves_out_tests=st.booleans(),
    leaves_out_duplicates=st.booleans(),
    least_seconds=st.sampled_from([0, 60]),
    languages=st.sampled_from([(), ("en",)]),
)


@given(facts_and_counts, facts_and_counts, definitions)
def test_bases_add_up(some, others, definition):
    assert base_of(definition, some) + base_of(definition, others) == base_of(definition, [*some, *others])


@given(facts_and_counts, definitions)
def test_the_counts_add_up(facts, definition):
    base = base_of(definition, facts)

    assert [reason for reason, _count in base.excluded] == list(REASONS)
    assert base.n == sum(count for common, count in facts if exclusion(definition, common) is None)
    assert base.n + base.excluded_total == base.responses

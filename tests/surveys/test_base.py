from hypothesis import given
from hypothesis import strategies as st

from surveys.base import INCOMPLETE, REASONS, SECTOR, Base, Definition, ResponseFacts, base_of, exclusion

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

    assert base == Base(responses=606, excluded=((SECTOR, 100), (INCOMPLETE, 59)))
    assert (base.n, base.excluded_total) == (447, 159)


facts_and_counts = st.lists(
    st.tuples(
        st.builds(ResponseFacts, st.sampled_from(["ngo", "academia", "other"]), st.integers(0, 3)), st.integers(0, 50)
    )
)


@given(facts_and_counts, st.lists(st.sampled_from(["ngo", "other"])), st.booleans())
def test_the_counts_add_up(facts, sectors, must_be_complete):
    definition = Definition(sectors=tuple(sectors), must_be_complete=must_be_complete)
    base = base_of(definition, facts)

    assert [reason for reason, _count in base.excluded] == list(REASONS)
    assert base.n == sum(count for common, count in facts if exclusion(definition, common) is None)
    assert base.n + base.excluded_total == base.responses

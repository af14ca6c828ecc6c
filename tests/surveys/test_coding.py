import datetime as dt
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.actions.coding import add_code, code_text, reinstate_code, withdraw_code
from surveys.codebooks import codebook
from surveys.coding import NO_DECISIONS, Agreement, agreed, agreement, is_disputed, pairs_of, told_apart
from surveys.errors import Refused
from surveys.models import Code, CodedText, Coding
from tests.registrations_factories import NOW, UserFactory
from tests.surveys_factories import QuestionFactory, ResponseFactory, SurveyFactory

LATER = NOW + dt.timedelta(minutes=1)
ANA, BEN, CHE = 1, 2, 3


def test_a_text_counts_with_the_codes_that_more_than_half_of_its_coders_gave():
    assert agreed({ANA: {"price"}}) == {"price"}
    assert agreed({ANA: {"price", "time"}, BEN: {"price"}}) == {"price"}
    assert agreed({ANA: {"price"}, BEN: {"time"}, CHE: {"price", "time"}}) == {"price", "time"}
    assert agreed({ANA: {"price"}, BEN: set()}) == frozenset()
    assert agreed({}) == frozenset()


def test_a_text_is_disputed_when_coders_decided_differently():
    assert is_disputed({ANA: {"price"}, BEN: set()}) is True
    assert is_disputed({ANA: {"price"}, BEN: {"price"}}) is False
    assert is_disputed({ANA: {"price"}}) is False


def test_agreement_counts_texts_that_both_have_gone_through():
    texts = [
        {ANA: {"price"}, BEN: {"price"}},
        {ANA: {"price"}, BEN: set()},
        {ANA: set(), BEN: set()},
        {ANA: set(), BEN: {"price"}},
        {ANA: {"price"}},
    ]
    assert agreement(texts, "price", ANA, BEN) == Agreement(both=1, only_first=1, only_second=1, neither=1)
    assert pairs_of(texts) == [(ANA, BEN)]


def test_kappa_is_that_of_the_textbook():
    """Both 20, only one 5, only the other 10, neither 15: observed 0.7, by chance 0.5, kappa 0.4."""
    decisions = Agreement(both=20, only_first=5, only_second=10, neither=15)
    assert (decisions.share, decisions.kappa) == (Fraction(7, 10), Fraction(2, 5))


@pytest.mark.parametrize("decisions", [NO_DECISIONS, Agreement(5, 0, 0, 0), Agreement(0, 0, 0, 5)])
def test_kappa_has_no_value_where_chance_explains_everything(decisions):
    assert decisions.kappa is None


@given(st.tuples(*[st.integers(0, 30)] * 4))
def test_kappa_never_exceeds_the_share_of_same_decisions(counts):
    decisions = Agreement(*counts)
    if decisions.kappa is not None:
        assert -1 <= decisions.kappa <= decisions.share <= 1


@given(st.lists(st.dictionaries(st.integers(1, 3), st.sets(st.sampled_from("abc"))), max_size=8))
def test_every_text_is_told_once(texts):
    assert told_apart(texts, "abc").total() == len(texts)


def test_agreed_codes_are_parted_by_spaces_in_the_order_of_the_book():
    assert told_apart([{ANA: {"b", "a"}}, {}], ["a", "b"]) == Counter({"a b": 1, "": 1})


@pytest.fixture
def question(db):
    return QuestionFactory(kind="text", name="wishes")


def written(question, text="More time"):
    return ResponseFactory(survey=question.survey, answers={question.name: text})


def test_codes_get_names_of_their_own(question):
    by = UserFactory()
    labels = ["More time", "more-time", "更多时间", "الوقت"]
    codes = [add_code(question, label=label, definition=" Hours. ", by=by, now=NOW) for label in labels]
    assert [code.name for code in codes] == ["more_time", "more_time_2", "code", "code_2"]
    assert [(code.position, code.definition) for code in codes] == [(n, "Hours.") for n in range(1, 5)]


def test_a_code_is_refused_without_label_twice_and_for_a_closed_question(question):
    by = UserFactory()
    add_code(question, label="Time", definition="", by=by, now=NOW)
    for refused, label in ((question, " "), (question, "TIME"), (QuestionFactory(kind="rating"), "Price")):
        with pytest.raises(Refused):
            add_code(refused, label=label, definition="", by=by, now=NOW)
    assert Code.objects.count() == 1


def test_taking_a_code_away_ends_it_and_deletes_nothing(question):
    ana = UserFactory()
    for label in ("Time", "Price"):
        add_code(question, label=label, definition="", by=ana, now=NOW)
    response = written(question)

    code_text(response, question, ["time", "price"], by=ana, now=NOW)
    code_text(response, question, ["price"], by=ana, now=LATER)
    code_text(response, question, ["price"], by=ana, now=LATER)

    books = [(coding.code.name, coding.given_at, coding.ended_at, coding.ended_by) for coding in Coding.objects.all()]
    assert sorted(books) == [("price", NOW, None, None), ("time", NOW, LATER, ana)]
    assert CodedText.objects.values_list("first_at", "last_at").get() == (NOW, LATER)


def test_coders_decide_on_their_own(question):
    ana, ben = UserFactory(), UserFactory()
    add_code(question, label="Time", definition="", by=ana, now=NOW)
    response = written(question)

    code_text(response, question, ["time"], by=ana, now=NOW)
    code_text(response, question, [], by=ben, now=NOW)

    assert codebook(question).texts == {response.pk: {ana.pk: {"time"}, ben.pk: set()}}


def test_a_code_out_of_use_is_counted_no_more_and_comes_back_with_its_texts(question):
    ana = UserFactory()
    code = add_code(question, label="Time", definition="", by=ana, now=NOW)
    add_code(question, label="Price", definition="", by=ana, now=NOW)
    response = written(question)
    code_text(response, question, ["time"], by=ana, now=NOW)

    withdraw_code(code, now=LATER)
    assert codebook(question).texts == {response.pk: {ana.pk: set()}}
    with pytest.raises(Refused):
        code_text(response, question, ["time"], by=ana, now=LATER)
    reinstate_code(code)
    assert codebook(question).texts == {response.pk: {ana.pk: {"time"}}}


def test_only_a_text_of_the_survey_is_coded(question):
    by = UserFactory()
    for response in (written(question, ""), ResponseFactory(survey=SurveyFactory(), answers={"wishes": "x"})):
        with pytest.raises(Refused):
            code_text(response, question, [], by=by, now=NOW)


def test_codings_go_with_an_erased_response(question):
    ana = UserFactory()
    add_code(question, label="Time", definition="", by=ana, now=NOW)
    response = written(question)
    code_text(response, question, ["time"], by=ana, now=NOW)

    response.delete()

    assert (Coding.objects.count(), CodedText.objects.count()) == (0, 0)


@pytest.mark.parametrize("texts", [1, 3])
def test_a_codebook_is_read_in_three_queries(question, texts, django_assert_num_queries):
    ana = UserFactory()
    add_code(question, label="Time", definition="", by=ana, now=NOW)
    for _number in range(texts):
        code_text(written(question), question, ["time"], by=ana, now=NOW)

    with django_assert_num_queries(3):
        book = codebook(question)
    assert book.coded(list(book.texts)) == texts

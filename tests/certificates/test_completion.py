import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.completion import OverrideFact, Person, Rule, SessionFact, SessionVerdict
from certificates.requirements import (
    AssignmentAccepted,
    Group,
    Minutes,
    Mode,
    OrganisersYes,
    Sessions,
    SurveyAnswered,
    TheseSessions,
)
from tests.certificates.test_requirements import LEAVES, TREES

HOURS_3 = 3 * 3600


def sessions(number, length=HOURS_3):
    return [SessionFact(key=key, number=key, length_seconds=length) for key in range(1, number + 1)]


def present(*seconds, **known):
    return Person(seconds=dict(enumerate(seconds, start=1)), **known)


def rule_of(*members, mode=Mode.ALL, count=0, share=80):
    return Rule(share, Group(mode, members, count))


@pytest.mark.parametrize(
    ("length", "share", "needed"),
    [(10800, 80, 8640), (10800, 100, 10800), (3601, 33, 1189), (7, 50, 4), (100, 1, 1), (3600, 70, 2520)],
)
def test_a_session_counts_from_the_exact_second_on(length, share, needed):
    rule = Rule.simple(1, share, is_survey_required=False)
    enough = rule.evaluate(sessions(1, length), present(needed))
    too_few = rule.evaluate(sessions(1, length), present(needed - 1))
    assert enough.sessions == (SessionVerdict(1, needed, needed, is_attended=True),)
    assert too_few.sessions == (SessionVerdict(1, needed - 1, needed, is_attended=False),)
    assert (enough.is_complete, too_few.is_complete) == (True, False)


@pytest.mark.parametrize(
    ("attended", "has_answered", "is_complete", "is_one_short"),
    [
        (4, True, True, False),
        (5, True, True, False),
        (3, True, False, True),
        (4, False, False, True),
        (3, False, False, False),
        (2, True, False, False),
        (0, False, False, False),
    ],
)
def test_the_rule_asks_for_enough_sessions_and_the_survey(attended, has_answered, is_complete, is_one_short):
    rule = Rule.simple(4, 80, is_survey_required=True)
    person = present(*[HOURS_3] * attended, surveys=frozenset({7} if has_answered else ()))
    evaluation = rule.evaluate(sessions(5), person)
    assert evaluation.sessions_attended == attended
    assert evaluation.sessions_total == 5
    assert evaluation.is_complete is is_complete
    assert evaluation.is_one_thing_short is is_one_short
    assert evaluation.seconds_present == attended * HOURS_3


@pytest.mark.parametrize(
    ("requirement", "person", "is_met"),
    [
        (Minutes(180), present(HOURS_3 // 2, HOURS_3 // 2), True),
        (Minutes(180), present(HOURS_3 // 2, HOURS_3 // 2 - 1), False),
        (TheseSessions((2,)), present(0, HOURS_3), True),
        (TheseSessions((1, 2)), present(0, HOURS_3), False),
        (TheseSessions((9,)), present(HOURS_3, HOURS_3), False),
        (SurveyAnswered(), Person(surveys=frozenset({3})), True),
        (SurveyAnswered(3), Person(surveys=frozenset({3})), True),
        (SurveyAnswered(4), Person(surveys=frozenset({3})), False),
        (AssignmentAccepted(5), Person(assignments=frozenset({5})), True),
        (AssignmentAccepted(6), Person(assignments=frozenset({5})), False),
        (OrganisersYes(), Person(has_yes=True), True),
        (OrganisersYes(), Person(), False),
    ],
)
def test_each_kind_of_requirement_is_met_by_what_it_asks_for(requirement, person, is_met):
    assert rule_of(requirement).evaluate(sessions(2), person).is_complete is is_met


@pytest.mark.parametrize(
    ("mode", "count", "expected"),
    [
        (Mode.ALL, 0, [False, False, False, True]),
        (Mode.ANY, 0, [False, True, True, True]),
        (Mode.AT_LEAST, 2, [False, False, True, True]),
    ],
)
def test_groups_ask_for_all_any_or_so_many(mode, count, expected):
    rule = rule_of(AssignmentAccepted(1), AssignmentAccepted(2), AssignmentAccepted(3), mode=mode, count=count)
    found = [rule.evaluate([], Person(assignments=frozenset(range(1, n + 1)))).is_complete for n in range(4)]
    assert found == expected


def test_one_of_two_ways_is_what_is_missing_where_either_would_do():
    rule = rule_of(Group(Mode.ANY, (Sessions(2), SurveyAnswered(), Minutes(500))), AssignmentAccepted(1))
    evaluation = rule.evaluate(sessions(2), present(HOURS_3, assignments=frozenset({1})))
    assert evaluation.is_one_thing_short
    assert evaluation.last_things == (Sessions(2), SurveyAnswered(), Minutes(500))


def test_two_things_missing_are_not_one():
    evaluation = rule_of(SurveyAnswered(), OrganisersYes()).evaluate([], Person())
    assert (evaluation.is_one_thing_short, evaluation.last_things, evaluation.result.missing) == (False, (), 2)


def test_an_exception_completes_and_stays_told_apart():
    override = OverrideFact(1, "Ill on the last day")
    rule = rule_of(SurveyAnswered())
    by_exception = rule.evaluate([], Person(override=override))
    by_rule = rule.evaluate([], Person(surveys=frozenset({1}), override=override))
    assert [by_exception.is_complete, by_exception.is_met, by_exception.is_by_exception] == [True, False, True]
    assert [by_rule.is_complete, by_rule.is_met, by_rule.is_by_exception] == [True, True, False]
    assert (by_exception.is_one_thing_short, by_exception.last_things) == (False, ())


def test_sessions_are_listed_by_their_number():
    rule = Rule.simple(1, 50, is_survey_required=False)
    facts = [SessionFact(8, 2, 10), SessionFact(9, 1, 10)]
    evaluation = rule.evaluate(facts, Person(seconds={8: 5, 9: 4}))
    assert [(verdict.number, verdict.is_attended) for verdict in evaluation.sessions] == [(1, False), (2, True)]


def test_what_everybody_must_do_is_said_only_where_there_is_no_other_way():
    both = Rule(80, Group(Mode.ANY, (Sessions(4), SurveyAnswered())))
    plain = Rule.simple(4, 80, is_survey_required=True)
    assert [(rule.sessions_of_all, rule.is_survey_for_all) for rule in (plain, both)] == [(4, True), (0, False)]


HELD = sessions(4, 7200)
PEOPLE = st.builds(
    Person,
    seconds=st.dictionaries(st.integers(1, 4), st.integers(0, 7200)),
    surveys=st.frozensets(st.integers(1, 9), max_size=3),
    assignments=st.frozensets(st.integers(1, 9), max_size=3),
    has_yes=st.booleans(),
)


@given(TREES, PEOPLE)
def test_a_tree_is_met_when_its_logic_says_so(root, person):
    def is_met(node):
        if isinstance(node, Group):
            found = [is_met(member) for member in node.members]
            return {Mode.ALL: all(found), Mode.ANY: any(found), Mode.AT_LEAST: sum(found) >= node.count}[node.mode]
        return Rule(75, Group(Mode.ALL, (node,))).evaluate(HELD, person).is_complete

    assert Rule(75, root).evaluate(HELD, person).is_complete is is_met(root)


@given(TREES, PEOPLE, PEOPLE)
def test_doing_more_never_takes_anything_away(root, person, more):
    rule = Rule(75, root)
    both = Person(
        seconds={key: max(person.seconds.get(key, 0), more.seconds.get(key, 0)) for key in range(1, 5)},
        surveys=person.surveys | more.surveys,
        assignments=person.assignments | more.assignments,
        has_yes=person.has_yes or more.has_yes,
    )
    before, after = rule.evaluate(HELD, person).result, rule.evaluate(HELD, both).result
    assert after.missing <= before.missing


@given(st.lists(LEAVES, min_size=1, max_size=4), PEOPLE, st.data())
def test_the_gap_of_a_group_is_the_cheapest_way_to_close_it(members, person, data):
    count = data.draw(st.integers(1, len(members)))
    gaps = [rule_of(each, share=75).evaluate(HELD, person).result.missing for each in members]
    group = rule_of(*members, mode=Mode.AT_LEAST, count=count, share=75)
    cheapest = min(sum(chosen) for chosen in itertools.combinations(gaps, count))
    assert group.evaluate(HELD, person).result.missing == cheapest

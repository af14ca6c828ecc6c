import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.completion import OverrideFact, Person, Rule, SessionFact
from certificates.prospects import Outlook, Prospects, Window, attendance_outlook, outlook, prospect
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
from tests.certificates.test_completion import PEOPLE
from tests.certificates.test_requirements import TREES

HOUR = 3600
HELD = [SessionFact(key, key, HOUR) for key in (1, 2, 3, 4)]
MET, REACHABLE, AWAITED, LOST = Outlook


def outlook_of(requirement, person=None, **prospects):
    rule = Rule(75, Group(Mode.ALL, (requirement,)))
    sets = {name: frozenset(value) if isinstance(value, set) else value for name, value in prospects.items()}
    return outlook(rule.evaluate(HELD, person or Person()), Prospects(**sets))


def present(*keys):
    return Person(seconds=dict.fromkeys(keys, HOUR))


@pytest.mark.parametrize(
    ("requirement", "person", "prospects", "expected"),
    [
        (Sessions(2), present(1, 2), {}, MET),
        (Sessions(2), present(1), {"to_come": {4}}, REACHABLE),
        (Sessions(2), present(1), {"unrecorded": {3}}, AWAITED),
        (Sessions(3), present(1), {"to_come": {4}, "unrecorded": {3}}, REACHABLE),
        (Sessions(3), present(1), {"to_come": {4}}, LOST),
        (Sessions(2), present(1), {"to_come": {1}}, LOST),
        (TheseSessions((1, 4)), present(1), {"to_come": {4}}, REACHABLE),
        (TheseSessions((3, 4)), present(1), {"to_come": {4}}, LOST),
        (TheseSessions((3, 4)), present(1), {"to_come": {4}, "unrecorded": {3}}, REACHABLE),
        (Minutes(120), present(1), {"to_come": {2}}, REACHABLE),
        (Minutes(121), present(1), {"to_come": {2}}, LOST),
        (Minutes(120), present(1), {"unrecorded": {2}}, AWAITED),
        (Minutes(60), present(1), {}, MET),
        (SurveyAnswered(), None, {"surveys": {1: Window.OPEN}}, REACHABLE),
        (SurveyAnswered(), None, {"surveys": {1: Window.CLOSED, 2: Window.AHEAD}}, REACHABLE),
        (SurveyAnswered(), None, {"surveys": {1: Window.CLOSED}}, LOST),
        (SurveyAnswered(), None, {}, AWAITED),
        (SurveyAnswered(1), None, {"surveys": {1: Window.CLOSED, 2: Window.OPEN}}, LOST),
        (SurveyAnswered(1), Person(surveys=frozenset({1})), {"surveys": {1: Window.CLOSED}}, MET),
        (AssignmentAccepted(1), None, {"assignments": {1: Window.OPEN}}, REACHABLE),
        (AssignmentAccepted(1), None, {"assignments": {1: Window.CLOSED}}, AWAITED),
        (AssignmentAccepted(1), Person(assignments=frozenset({1})), {}, MET),
        (OrganisersYes(), None, {}, AWAITED),
        (OrganisersYes(), Person(has_yes=True), {}, MET),
    ],
)
def test_each_requirement_has_an_outlook(requirement, person, prospects, expected):
    assert outlook_of(requirement, person, **prospects) is expected


@pytest.mark.parametrize(
    ("mode", "count", "windows", "expected"),
    [
        (Mode.ALL, 0, [Window.OPEN, Window.CLOSED], LOST),
        (Mode.ANY, 0, [Window.OPEN, Window.CLOSED], REACHABLE),
        (Mode.ANY, 0, [Window.CLOSED, Window.CLOSED], LOST),
        (Mode.AT_LEAST, 2, [Window.OPEN, Window.AHEAD, Window.CLOSED], REACHABLE),
        (Mode.AT_LEAST, 2, [Window.OPEN, Window.CLOSED, Window.CLOSED], LOST),
    ],
)
def test_a_group_is_lost_when_too_few_are_left(mode, count, windows, expected):
    surveys = dict(enumerate(windows, start=1))
    group = Group(mode, tuple(SurveyAnswered(key) for key in surveys), count)
    assert outlook_of(group, surveys=surveys) is expected


def test_an_exception_is_as_good_as_the_rule():
    lost = {"surveys": {1: Window.CLOSED}}
    assert outlook_of(SurveyAnswered(), Person(override=OverrideFact(1, "Ill")), **lost) is MET


def test_attendance_has_an_outlook_of_its_own():
    rule = Rule.simple(2, 75, is_survey_required=True)
    closed = Prospects(surveys={1: Window.CLOSED})
    evaluation = rule.evaluate(HELD, present(1, 2))
    assert (outlook(evaluation, closed), attendance_outlook(evaluation, closed)) == (LOST, MET)


def test_what_may_still_add_to_a_requirement_is_counted():
    rule = Rule(75, Group(Mode.ALL, (Sessions(3),)))
    prospects = Prospects(to_come=frozenset({1, 4}), unrecorded=frozenset({3}))
    found = prospect(rule.evaluate(HELD, present(1)), prospects).members[0]
    assert (found.result.have, found.to_come, found.unrecorded) == (1, 1, 1)


def with_all_that_is_left(person, prospects):
    """The person after doing all that can still be done, and after every decision went the person's way."""
    may_count = prospects.to_come | prospects.unrecorded
    return Person(
        seconds={key: 7200 if key in may_count else person.seconds.get(key, 0) for key in (1, 2, 3, 4)},
        surveys=person.surveys | {key for key, window in prospects.surveys.items() if window is not Window.CLOSED},
        assignments=frozenset(range(1, 10)),
        has_yes=True,
    )


@given(
    TREES,
    PEOPLE,
    st.frozensets(st.integers(1, 4)),
    st.frozensets(st.integers(1, 4)),
    st.dictionaries(st.integers(1, 9), st.sampled_from(Window), min_size=1),
)
def test_lost_is_what_doing_everything_that_is_left_would_not_reach(root, person, to_come, over, surveys):
    held = [SessionFact(key, key, 7200) for key in (1, 2, 3, 4)]
    known = dict.fromkeys(range(1, 10), Window.CLOSED) | surveys
    prospects, rule = Prospects(to_come, over - to_come, known), Rule(75, root)
    best = rule.evaluate(held, with_all_that_is_left(person, prospects))
    found = outlook(rule.evaluate(held, person), prospects)
    assert (found is Outlook.LOST) is (not best.is_complete)

import pytest

from certificates.completion import OverrideFact, Person, Rule, SessionFact
from certificates.explanation import (
    Line,
    Names,
    Standing,
    exception_text,
    missing_text,
    rule_lines,
    rule_text,
    standings,
)
from certificates.prospects import Outlook, Prospects, Window
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

NAMES = Names(sessions={11: 1, 14: 4}, surveys={7: "Your view"}, assignments={2: "Business plan"})
HELD = [SessionFact(key, key - 10, 100) for key in (11, 12, 13, 14)]


def rule_of(*members, mode=Mode.ALL, count=0):
    return Rule(80, Group(mode, members, count))


@pytest.mark.parametrize(
    ("requirement", "text"),
    [
        (Sessions(1), "Attend at least 1 session for 80% of its time"),
        (Sessions(4), "Attend at least 4 sessions, each for 80% of its time"),
        (Minutes(300), "Be present for at least 300 minutes in all"),
        (TheseSessions((14,)), "Attend session 4 for 80% of its time"),
        (TheseSessions((11, 14)), "Attend sessions 1, 4, each for 80% of its time"),
        (TheseSessions((14, 99)), "Attend sessions 4, 1 that is gone, each for 80% of its time"),
        (SurveyAnswered(), "Answer the survey"),
        (SurveyAnswered(7), "Answer the survey “Your view”"),
        (AssignmentAccepted(2), "Have the assignment “Business plan” accepted"),
        (OrganisersYes(), "Be confirmed by an organiser"),
        (OrganisersYes("took part in the group work"), "Be confirmed by an organiser: took part in the group work"),
    ],
)
def test_each_requirement_is_a_sentence(requirement, text):
    assert rule_lines(rule_of(requirement), NAMES) == (Line(text),)


def test_a_group_is_a_line_with_lines_inside():
    rule = rule_of(SurveyAnswered(), Group(Mode.ANY, (Sessions(4), Minutes(300))))
    assert rule_lines(rule, NAMES) == (
        Line("Answer the survey"),
        Line(
            "At least 1 of these",
            (
                Line("Attend at least 4 sessions, each for 80% of its time"),
                Line("Be present for at least 300 minutes in all"),
            ),
        ),
    )
    assert rule_text(rule, NAMES) == (
        "Answer the survey; At least 1 of these "
        "(Attend at least 4 sessions, each for 80% of its time; Be present for at least 300 minutes in all)"
    )


def test_an_outermost_group_that_is_not_all_is_said():
    rule = rule_of(SurveyAnswered(), Sessions(1), OrganisersYes(), mode=Mode.AT_LEAST, count=2)
    assert [line.text for line in rule_lines(rule, NAMES)] == ["At least 2 of these"]


def test_a_person_reads_what_is_met_missing_reachable_and_lost():
    rule = rule_of(
        Sessions(3), TheseSessions((14,)), Minutes(9), SurveyAnswered(7), AssignmentAccepted(2), OrganisersYes()
    )
    evaluation = rule.evaluate(HELD, Person(seconds={11: 100}))
    prospects = Prospects(
        to_come=frozenset({14}),
        unrecorded=frozenset({13}),
        surveys={7: Window.CLOSED},
        assignments={2: Window.CLOSED},
    )
    assert [(each.state, each.detail) for each in standings(evaluation, prospects, NAMES)] == [
        ("Still reachable", "1 of 4 sessions; 1 still to come; 1 not recorded yet"),
        ("Still reachable", "0 of 1 session; 1 still to come"),
        ("No longer reachable", "1 minute so far; 1 still to come; 1 not recorded yet"),
        ("No longer reachable", "The survey is closed"),
        ("Not decided yet", "Past its day and not accepted yet"),
        ("Not decided yet", "Not confirmed yet"),
    ]


def test_what_is_met_is_said_without_more():
    rule = rule_of(Sessions(1), SurveyAnswered())
    evaluation = rule.evaluate(HELD, Person(seconds={11: 100}, surveys=frozenset({7})))
    assert standings(evaluation, Prospects(to_come=frozenset({14})), NAMES) == [
        Standing("Attend at least 1 session for 80% of its time", "Met", "1 of 4 sessions", Outlook.MET),
        Standing("Answer the survey", "Met", "Answered", Outlook.MET),
    ]


def test_the_one_missing_thing_is_named():
    rule = rule_of(Group(Mode.ANY, (Sessions(2), SurveyAnswered(7))))
    assert missing_text(rule.evaluate(HELD, Person(seconds={11: 100})), NAMES) == (
        "One more session or Answer the survey “Your view”"
    )


def test_an_exception_is_said_with_its_reason():
    rule = rule_of(SurveyAnswered())
    assert exception_text(rule.evaluate([], Person(override=OverrideFact(1, "Ill")))) == "By exception: Ill"
    assert exception_text(rule.evaluate([], Person())) == ""

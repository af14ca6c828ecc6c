import pytest

from certificates.completion import Rule, SessionFact, SessionVerdict

HOURS_3 = 3 * 3600


def facts(*seconds, length=HOURS_3):
    return [SessionFact(number, length, present) for number, present in enumerate(seconds, start=1)]


@pytest.mark.parametrize(
    ("length", "share", "needed"),
    [(10800, 80, 8640), (10800, 100, 10800), (3601, 33, 1189), (7, 50, 4), (100, 1, 1), (3600, 70, 2520)],
)
def test_a_session_counts_from_the_exact_second_on(length, share, needed):
    rule = Rule(1, share, is_survey_required=False)
    enough = rule.evaluate([SessionFact(1, length, needed)], has_answered=False)
    too_few = rule.evaluate([SessionFact(1, length, needed - 1)], has_answered=False)
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
    rule = Rule(4, 80, is_survey_required=True)
    present = [HOURS_3] * attended + [0] * (5 - attended)
    evaluation = rule.evaluate(facts(*present), has_answered=has_answered)
    assert evaluation.sessions_attended == attended
    assert evaluation.sessions_total == 5
    assert evaluation.is_complete is is_complete
    assert evaluation.is_one_thing_short is is_one_short
    assert evaluation.seconds_present == attended * HOURS_3


def test_a_survey_that_need_not_be_answered_is_met():
    evaluation = Rule(0, 80, is_survey_required=False).evaluate([], has_answered=False)
    assert (evaluation.is_survey_met, evaluation.is_attendance_met, evaluation.is_complete) == (True, True, True)


def test_sessions_are_listed_by_their_number():
    rule = Rule(1, 50, is_survey_required=False)
    evaluation = rule.evaluate([SessionFact(2, 10, 5), SessionFact(1, 10, 4)], has_answered=False)
    assert [(verdict.number, verdict.is_attended) for verdict in evaluation.sessions] == [(1, False), (2, True)]

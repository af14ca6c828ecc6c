from certificates.completion import Rule, SessionFact
from certificates.explanation import Requirement, requirements, rule_text, summary


def judged(rule, attended, total, has_answered):
    facts = [SessionFact(number, 100, 100 if number <= attended else 0) for number in range(1, total + 1)]
    return rule.evaluate(facts, has_answered=has_answered)


def test_summary_says_what_is_met_and_what_is_missing():
    rule = Rule(4, 80, is_survey_required=True)
    assert summary(judged(rule, 4, 5, False)) == "4 of 5 sessions; survey still to answer"
    assert summary(judged(rule, 5, 5, True)) == "5 of 5 sessions; survey answered"
    assert summary(judged(rule, 3, 5, True)) == "3 of 5 sessions; 1 more needed; survey answered"


def test_summary_leaves_out_a_survey_that_is_not_asked_for():
    assert summary(judged(Rule(1, 80, is_survey_required=False), 1, 1, False)) == "1 of 1 session"


def test_requirements_are_a_list_to_tick_off():
    assert requirements(judged(Rule(4, 80, is_survey_required=True), 4, 5, False)) == [
        Requirement("Attend at least 4 sessions, each for 80% of its time", "4 of 5 sessions", is_met=True),
        Requirement("Answer the survey", "Still to answer", is_met=False),
    ]


def test_the_rule_in_one_line():
    assert rule_text(Rule(1, 100, is_survey_required=True)) == (
        "Attend at least 1 session for 100% of its time; answer the survey"
    )

from dataclasses import replace

import pytest

from reports.stages import Facts, Name, State, Step, next_step, stages

NEW = Facts(is_published=False, has_registration_opened=False, has_registration_closed=False)
PLANNED = replace(NEW, is_published=True, sessions=5, has_rule=True, surveys=1)
OPEN = replace(PLANNED, has_registration_opened=True, seated=40)
UNDER_WAY = replace(OPEN, has_registration_closed=True, sessions_held=2, sessions_recorded=2)
OVER = replace(UNDER_WAY, sessions_held=5, sessions_recorded=5, is_survey_open=True, responses=10)
CLOSED = replace(OVER, is_survey_open=False, has_survey_closed=True, completed=20, due=0, certificates=20)

D, N, L, C = State.DONE, State.NOW, State.LATER, State.COUNTING


@pytest.mark.parametrize(
    ("facts", "step"),
    [
        (NEW, Step.ADD_SESSIONS),
        (replace(NEW, sessions=5), Step.PUBLISH_PROGRAMME),
        (replace(NEW, sessions=5, is_published=True), Step.SET_RULE),
        (replace(NEW, sessions=5, is_published=True, has_rule=True), Step.MAKE_SURVEY),
        (PLANNED, Step.WAIT_FOR_OPENING),
        (OPEN, Step.WAIT_FOR_REGISTRATIONS),
        (UNDER_WAY, Step.WAIT_FOR_SESSIONS),
        (replace(UNDER_WAY, sessions_recorded=1), Step.RECORD_ATTENDANCE),
        (replace(UNDER_WAY, sessions_recorded=1, is_work_running=True), Step.WAIT_FOR_WORK),
        (replace(UNDER_WAY, sessions_recorded=1, files_waiting=1), Step.LOOK_AT_FILES),
        (replace(UNDER_WAY, names_waiting=9), Step.WAIT_FOR_SESSIONS),
        (replace(CLOSED, due=3, names_waiting=9, names_likely=2, corrections_waiting=1), Step.CONFIRM_NAMES),
        (replace(CLOSED, due=3, corrections_waiting=1), Step.ANSWER_CORRECTIONS),
        (OVER, Step.WAIT_FOR_SURVEY),
        (replace(OVER, completed=8, due=8), Step.ISSUE_CERTIFICATES),
        (replace(CLOSED, due=3), Step.ISSUE_CERTIFICATES),
        (CLOSED, Step.PUBLISH_RESULTS),
        (replace(CLOSED, edition=1), Step.NOTHING),
        (replace(CLOSED, certificates_broken=1), Step.MEND_CERTIFICATES),
        (replace(CLOSED, is_last_day_over=False), Step.NOTHING),
        (replace(UNDER_WAY, completed=1, due=1), Step.WAIT_FOR_SESSIONS),
        (replace(CLOSED, has_figures=False), Step.WAIT_FOR_COUNT),
        (replace(CLOSED, is_judged=False, names_likely=2), Step.WAIT_FOR_COUNT),
        (replace(CLOSED, is_judged=False, files_waiting=1), Step.LOOK_AT_FILES),
    ],
)
def test_next_step_is_the_first_thing_that_can_be_done(facts, step):
    assert next_step(facts) == step


def test_next_step_of_a_series_without_rule_and_survey_leads_to_its_results():
    series = replace(CLOSED, has_rule=False, surveys=0, certificates=0, completed=0, has_survey_closed=False)

    assert next_step(series) == Step.PUBLISH_RESULTS
    assert next_step(replace(series, edition=1)) == Step.NOTHING


@pytest.mark.parametrize(
    ("facts", "states"),
    [
        (NEW, [N, N, L, L, L, L, L]),
        (PLANNED, [L, L, L, L, L, L, L]),
        (OPEN, [N, L, L, L, L, L, L]),
        (UNDER_WAY, [D, N, N, N, L, L, L]),
        (replace(UNDER_WAY, has_figures=False), [D, N, N, N, C, L, L]),
        (replace(CLOSED, is_judged=False), [D, D, C, D, C, D, C]),
        (replace(CLOSED, is_judged=False, edition=1), [D, D, C, D, C, D, D]),
        (OVER, [D, D, D, D, L, N, L]),
        (replace(OVER, names_waiting=9), [D, D, D, D, L, N, L]),
        (replace(OVER, names_likely=1), [D, D, N, D, L, N, L]),
        (replace(OVER, due=4), [D, D, D, D, N, N, L]),
        (CLOSED, [D, D, D, D, D, D, N]),
        (replace(CLOSED, certificates_broken=1), [D, D, D, D, N, D, N]),
        (replace(CLOSED, edition=2), [D, D, D, D, D, D, D]),
    ],
)
def test_stages_follow_the_facts(facts, states):
    assert [stage.state for stage in stages(facts)] == states


def test_stages_come_in_the_order_of_the_journey():
    assert [stage.name for stage in stages(NEW)] == list(Name)

"""What is next for whom."""

import dataclasses
import datetime as dt

import pytest

from certificates.prospects import Outlook
from reports.journey import (
    CertificateState,
    Facts,
    Journey,
    Next,
    SessionTime,
    Status,
    StepState,
    SurveyState,
    journey,
)

START = dt.datetime(2026, 3, 10, 9, tzinfo=dt.UTC)
SESSIONS = (
    SessionTime(START, START + dt.timedelta(hours=2)),
    SessionTime(START + dt.timedelta(days=1), START + dt.timedelta(days=1, hours=2)),
)
BEFORE, AFTER = START - dt.timedelta(days=1), START + dt.timedelta(days=2)
PARTICIPANT = Facts(
    status=Status.SEATED,
    sessions=SESSIONS,
    outlook=Outlook.REACHABLE,
    attendance=Outlook.MET,
    lacks_survey=True,
    survey=SurveyState.OPEN,
    certificate=CertificateState.NONE,
)


ANSWERED = {"survey": SurveyState.ANSWERED, "lacks_survey": False}


def facts(**changes):
    return dataclasses.replace(PARTICIPANT, **changes)


@pytest.mark.parametrize(
    "changes, now, expected",
    [
        ({"status": Status.PENDING}, BEFORE, Next.CONFIRM),
        ({"status": Status.WAITING}, BEFORE, Next.SEAT),
        ({"status": Status.WITHDRAWN}, BEFORE, Next.WITHDRAWN),
        ({"attendance": Outlook.REACHABLE}, BEFORE, Next.ATTEND),
        ({"sessions": ()}, BEFORE, Next.ATTEND),
        ({"attendance": Outlook.REACHABLE}, START - dt.timedelta(minutes=30), Next.JOIN),
        ({"attendance": Outlook.REACHABLE}, START - dt.timedelta(minutes=30, seconds=1), Next.ATTEND),
        ({"attendance": Outlook.REACHABLE}, START + dt.timedelta(hours=2), Next.ATTEND),
        ({}, AFTER, Next.ANSWER),
        ({"attendance": Outlook.LOST, "outlook": Outlook.LOST}, AFTER, Next.ANSWER),
        ({"survey": SurveyState.AHEAD}, AFTER, Next.SURVEY_AHEAD),
        ({"survey": SurveyState.NONE, "outlook": Outlook.AWAITED}, AFTER, Next.SURVEY_AHEAD),
        ({"survey": SurveyState.CLOSED, "outlook": Outlook.LOST}, AFTER, Next.FALLEN_SHORT),
        ({**ANSWERED, "attendance": Outlook.LOST, "outlook": Outlook.LOST}, AFTER, Next.FALLEN_SHORT),
        ({**ANSWERED, "attendance": Outlook.AWAITED, "outlook": Outlook.AWAITED}, AFTER, Next.ATTENDANCE),
        ({**ANSWERED, "outlook": Outlook.AWAITED}, AFTER, Next.UNDECIDED),
        ({**ANSWERED, "outlook": Outlook.MET}, AFTER, Next.CERTIFICATE),
        ({"certificate": CertificateState.IN_THE_MAKING, "survey": SurveyState.ANSWERED}, AFTER, Next.RECORDED),
        ({"certificate": CertificateState.IN_THE_MAKING}, BEFORE, Next.RECORDED),
        ({"certificate": CertificateState.ISSUED}, AFTER, Next.DOWNLOAD),
        ({"certificate": CertificateState.REVOKED}, AFTER, Next.REVOKED),
    ],
)
def test_journey_names_what_is_next(changes, now, expected):
    assert journey(facts(**changes), now).next == expected


@pytest.mark.parametrize(
    "survey, expected",
    [
        (SurveyState.OPEN, Next.ANSWER),
        (SurveyState.AHEAD, Next.SURVEY_AHEAD),
        (SurveyState.ANSWERED, Next.OVER),
        (SurveyState.NONE, Next.OVER),
    ],
)
def test_journey_without_a_rule_ends_with_the_survey(survey, expected):
    without = facts(outlook=None, attendance=None, lacks_survey=False, survey=survey)
    assert journey(without, AFTER).next == expected


def test_journey_of_somebody_who_finished_has_every_step_done():
    finished = facts(outlook=Outlook.MET, survey=SurveyState.ANSWERED, certificate=CertificateState.ISSUED)
    done = StepState.DONE
    assert journey(finished, AFTER) == Journey(
        Next.DOWNLOAD, address=done, sessions=done, survey=done, certificate=done
    )


def test_journey_before_the_address_is_confirmed_has_one_step_to_take():
    ahead = StepState.AHEAD
    assert journey(facts(status=Status.PENDING), BEFORE) == Journey(
        Next.CONFIRM, address=StepState.CURRENT, sessions=ahead, survey=ahead, certificate=ahead
    )


@pytest.mark.parametrize(
    "attendance, expected",
    [
        (Outlook.MET, StepState.DONE),
        (Outlook.REACHABLE, StepState.CURRENT),
        (Outlook.AWAITED, StepState.CURRENT),
        (Outlook.LOST, StepState.MISSED),
    ],
)
def test_journey_shows_sessions_as_missed_only_once_they_are_lost(attendance, expected):
    assert journey(facts(attendance=attendance), AFTER).sessions == expected


def test_journey_loses_the_certificate_with_a_survey_that_closed():
    late = journey(facts(survey=SurveyState.CLOSED, outlook=Outlook.LOST), AFTER)
    assert (late.survey, late.certificate) == (StepState.MISSED, StepState.MISSED)

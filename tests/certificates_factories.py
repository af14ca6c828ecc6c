"""Rows of the certificates for tests: a rule, people who meet it, certificates."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from certificates.models import Assignment, Certificate, CompletionRule
from certificates.requirements import as_json, simple
from tests.registrations_factories import NOW, PartnerFactory, ProgrammeFactory, RegistrationFactory
from tests.sessions_factories import AttendanceFactory, TrainingSessionFactory
from tests.surveys_factories import ResponseFactory, SurveyFactory


class CompletionRuleFactory(DjangoModelFactory):
    """Two sessions, each for 80 % of its time, and the survey."""

    class Meta:
        model = CompletionRule

    class Params:
        sessions_required = 2
        is_survey_required = True

    programme = factory.SubFactory(ProgrammeFactory)
    version = 1
    share_required = 80
    requirements = factory.LazyAttribute(
        lambda rule: as_json(
            simple(sessions_required=rule.sessions_required, is_survey_required=rule.is_survey_required)
        )
    )
    created_at = NOW


class AssignmentFactory(DjangoModelFactory):
    """Something to hand in, without a day."""

    class Meta:
        model = Assignment

    programme = factory.SubFactory(ProgrammeFactory)
    title = factory.Sequence(lambda n: f"Assignment {n}")


class CertificateFactory(DjangoModelFactory):
    """A certificate as recorded, its PDF not yet made."""

    class Meta:
        model = Certificate

    rule = factory.SubFactory(CompletionRuleFactory)
    registration = factory.SubFactory(RegistrationFactory, programme=factory.SelfAttribute("..rule.programme"))
    serial = factory.Sequence(lambda n: f"BZ-T-2026-{n:05d}")
    issued_at = NOW
    language = factory.SelfAttribute("registration.language")
    printed_name = factory.SelfAttribute("registration.printed_name")
    programme_title = factory.SelfAttribute("registration.programme.title")
    start_date = dt.date(2026, 3, 10)
    end_date = dt.date(2026, 3, 24)
    issue_date = dt.date(2026, 3, 2)
    sessions_attended = 2
    sessions_total = 3
    minutes_attended = 350
    issuer = "Institute of Tests"


def a_programme(people=3, sessions=3, **attributes):
    """A programme with sessions of two hours, a survey and a rule, and so many people who meet the rule."""
    programme = ProgrammeFactory(**attributes)
    PartnerFactory(programme=programme, name="Institute of Tests")
    TrainingSessionFactory.create_batch(sessions, programme=programme)
    SurveyFactory(programme=programme)
    CompletionRuleFactory(programme=programme)
    for _number in range(people):
        a_graduate(programme)
    return programme


def a_graduate(programme, *, sessions=None, seconds=7200, has_answered=True, **attributes):
    """A person who was present in the first so many sessions (all, unless told) and answered the survey."""
    person = RegistrationFactory(programme=programme, **attributes)
    for session in programme.sessions.order_by("number")[:sessions]:
        AttendanceFactory(session=session, registration=person, seconds=seconds)
    if has_answered:
        ResponseFactory(survey=programme.surveys.get(), registration=person)
    return person

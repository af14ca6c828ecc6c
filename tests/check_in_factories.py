"""Rows of the self check-in and of corrections for tests."""

import factory
from factory.django import DjangoModelFactory

from sessions.models import CheckIn, CheckInDesk, CorrectionRequest
from tests.registrations_factories import RegistrationFactory
from tests.sessions_factories import TrainingSessionFactory


class CheckInDeskFactory(DjangoModelFactory):
    """The check-in of a session, opened a day before it starts."""

    class Meta:
        model = CheckInDesk

    session = factory.SubFactory(TrainingSessionFactory)
    opened_at = factory.SelfAttribute("session.programme.published_at")


class CheckInFactory(DjangoModelFactory):
    """Somebody who came when the session started and typed the code."""

    class Meta:
        model = CheckIn

    session = factory.SubFactory(TrainingSessionFactory)
    registration = factory.SubFactory(RegistrationFactory, programme=factory.SelfAttribute("..session.programme"))
    way = CheckIn.Way.TYPED
    came_at = factory.SelfAttribute("session.starts_at")
    confirmed_at = factory.SelfAttribute("came_at")


class CorrectionRequestFactory(DjangoModelFactory):
    """A request that was made when the session ended and waits."""

    class Meta:
        model = CorrectionRequest

    session = factory.SubFactory(TrainingSessionFactory)
    registration = factory.SubFactory(RegistrationFactory, programme=factory.SelfAttribute("..session.programme"))
    sentence = "I was there from the start."
    asked_at = factory.SelfAttribute("session.ends_at")

"""Rows of the surveys for tests: a survey that is open at NOW, its questions, and what people answered."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from surveys.models import AnsweredMark, BaseDefinition, Choice, Draft, Group, Question, Response, Survey
from tests.registrations_factories import NOW, ProgrammeFactory, RegistrationFactory


class SurveyFactory(DjangoModelFactory):
    """A survey without questions, open from a day before NOW to two weeks after."""

    class Meta:
        model = Survey

    programme = factory.SubFactory(ProgrammeFactory)
    form_id = factory.Sequence(lambda n: f"survey_{n}")
    title = factory.Sequence(lambda n: f"Survey {n}")
    opens_at = NOW - dt.timedelta(days=1)
    closes_at = NOW + dt.timedelta(days=14)


class QuestionFactory(DjangoModelFactory):
    """A rating. `QuestionFactory(kind="select_one", options=["a", "b"])` makes the options too."""

    class Meta:
        model = Question
        skip_postgeneration_save = True

    survey = factory.SubFactory(SurveyFactory)
    name = factory.Sequence(lambda n: f"question_{n}")
    kind = Question.Kind.RATING
    label = factory.LazyAttribute(lambda question: f"What about {question.name}?")
    position = factory.Sequence(lambda n: n)

    @factory.post_generation
    def options(question, create, extracted, **kwargs):
        for position, value in enumerate(extracted or ()):
            ChoiceFactory(question=question, value=value, position=position)


class ChoiceFactory(DjangoModelFactory):
    """An option, labelled by its value in capitals."""

    class Meta:
        model = Choice

    question = factory.SubFactory(QuestionFactory, kind=Question.Kind.SELECT_ONE)
    value = factory.Sequence(lambda n: f"option_{n}")
    label = factory.LazyAttribute(lambda choice: choice.value.upper())


class BaseDefinitionFactory(DjangoModelFactory):
    """Version 1 of a definition that counts every response."""

    class Meta:
        model = BaseDefinition

    survey = factory.SubFactory(SurveyFactory)
    version = 1
    name = "Valid responses"
    created_at = NOW


class ResponseFactory(DjangoModelFactory):
    """A response of a seated person. `ResponseFactory(survey=s, answers={"question_0": "4"})` answers by name."""

    class Meta:
        model = Response
        skip_postgeneration_save = True

    survey = factory.SubFactory(SurveyFactory)
    registration = factory.SubFactory(RegistrationFactory, programme=factory.SelfAttribute("..survey.programme"))
    language = factory.SelfAttribute("registration.language")
    submitted_at = NOW

    answers = factory.LazyFunction(dict)
    gender = factory.SelfAttribute("registration.gender")
    sector = factory.SelfAttribute("registration.sector")
    country = factory.SelfAttribute("registration.country")
    city = factory.SelfAttribute("registration.city")

    @factory.post_generation
    def mark(response, create, extracted, **kwargs):
        if response.registration_id:
            AnsweredMark.objects.get_or_create(survey=response.survey, registration=response.registration)


class GroupFactory(DjangoModelFactory):
    """A group that is nothing but a heading."""

    class Meta:
        model = Group

    survey = factory.SubFactory(SurveyFactory)
    name = factory.Sequence(lambda n: f"group_{n}")
    label = factory.LazyAttribute(lambda group: f"Part {group.name}")


class DraftFactory(DjangoModelFactory):
    """A draft begun an hour before NOW and kept half an hour later."""

    class Meta:
        model = Draft

    survey = factory.SubFactory(SurveyFactory)
    registration = factory.SubFactory(RegistrationFactory, programme=factory.SelfAttribute("..survey.programme"))
    language = factory.SelfAttribute("registration.language")
    answers = factory.LazyFunction(dict)
    started_at = NOW - dt.timedelta(hours=1)
    updated_at = NOW - dt.timedelta(minutes=30)

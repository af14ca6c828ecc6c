"""A whole programme with random people for the tests of results: rows, and beside them the plain facts they were made of."""

import datetime as dt
import random
from dataclasses import dataclass, field

import factory
from factory.django import DjangoModelFactory

from registrations.models import Registration
from reports.models import ReportDraft, ResultsReport
from sessions.models import Attendance
from surveys.models import AnsweredMark, Response
from tests.registrations_factories import NOW, PrivacyTextFactory, ProgrammeFactory
from tests.sessions_factories import SpeakerFactory, TrainingSessionFactory
from tests.surveys_factories import BaseDefinitionFactory, QuestionFactory, SurveyFactory

COUNTRIES = ["KE", "KE", "KE", "TZ", "TZ", "UG", "IN", "IN", "FJ", "BR", "BR", "MX", "FR", "CN", "CN"]
SECTORS = ["government", "private", "academia", "un_igo", "ngo"]
SPAN = 7200


class ResultsReportFactory(DjangoModelFactory):
    """An edition with whatever figures it is given."""

    class Meta:
        model = ResultsReport

    programme = factory.SubFactory(ProgrammeFactory)
    edition = 1
    figures = factory.LazyFunction(dict)
    sha256 = "0" * 64
    published_at = NOW


class ReportDraftFactory(DjangoModelFactory):
    """A draft that says all that no record knows, so that a report of a survey may be published."""

    class Meta:
        model = ReportDraft

    programme = factory.SubFactory(ProgrammeFactory)
    words = factory.LazyFunction(
        lambda: {
            "sponsor": {"en": "Ministry of Tests"},
            "conductor": {"en": "Institute of Tests"},
            "contact": {"en": "survey@example.org"},
        }
    )


@dataclass
class Person:
    """What a test knows of a person without asking the database."""

    pk: int
    gender: str
    country: str
    sector: str
    counts: bool
    seconds: dict[int, int] = field(default_factory=dict)
    answers: dict[str, str] | None = None


def cohort(people=60, *, seed=1, sessions=3):
    """A programme with sessions, attendance and a survey, and the facts of its people as a list of `Person`."""
    pick = random.Random(seed)
    programme = ProgrammeFactory()
    held = [TrainingSessionFactory(programme=programme, number=number + 1) for number in range(sessions)]
    SpeakerFactory.create_batch(4, programme=programme)
    survey = SurveyFactory(programme=programme)
    QuestionFactory(survey=survey, name="rating", kind="rating", counts_for_validity=True)
    QuestionFactory(survey=survey, name="applies", kind="yes_no")
    QuestionFactory(survey=survey, name="useful", kind="select_multiple", options=["practice", "theory", "cases"])
    QuestionFactory(survey=survey, name="wish", kind="text")
    BaseDefinitionFactory(survey=survey, sectors=["government", "private", "ngo"], must_be_complete=True)
    ReportDraftFactory(programme=programme)
    text = PrivacyTextFactory()
    rows = [_row(programme, number, text, pick) for number in range(people)]
    Registration.objects.bulk_create(rows)
    facts = [Person(row.pk, row.gender, row.country.code, row.sector, bool(row.seated_at)) for row in rows]
    attended, answered = [], []
    for row, person in zip(rows, facts, strict=True):
        attended += _attended(person, held, pick)
        answered += _answered(person, row, survey, pick)
    Attendance.objects.bulk_create(attended)
    Response.objects.bulk_create(answered)
    AnsweredMark.objects.bulk_create(AnsweredMark(survey=survey, registration=given.registration) for given in answered)
    return programme, facts


def _row(programme, number, text, pick):
    counts = pick.random() < 0.9
    moment = NOW - dt.timedelta(days=5)
    return Registration(
        programme=programme,
        email=f"person{number}@example.net",
        given_name=f"Given{number}",
        printed_name=f"Given{number}",
        gender=pick.choice(["female", "female", "male", "male", "male", "undisclosed"]),
        country=pick.choice(COUNTRIES),
        city=pick.choice(["Nairobi", "nairobi ", "Suva", ""]),
        sector=pick.choice(SECTORS),
        privacy_text=text,
        consented_at=moment,
        registered_at=moment,
        confirmed_at=moment,
        seated_at=moment if counts else None,
    )


def _attended(person, sessions, pick):
    for session in sessions:
        if pick.random() < 0.7:
            person.seconds[session.number] = pick.choice([600, 5399, 5400, SPAN])
            yield Attendance(
                registration_id=person.pk,
                session=session,
                source="file",
                seconds=person.seconds[session.number],
                recorded_at=NOW,
            )


def _answered(person, row, survey, pick):
    if not person.counts or pick.random() < 0.3:
        return
    person.answers = {
        "rating": pick.choice(["", "1", "3", "4", "4", "5"]),
        "applies": pick.choice(["yes", "yes", "no", ""]),
        "useful": " ".join(value for value in ["practice", "theory", "cases"] if pick.random() < 0.5),
        "wish": pick.choice(["", "More practice"]),
    }
    yield Response(
        survey=survey,
        registration=row,
        language=row.language,
        submitted_at=NOW,
        answers=person.answers,
        gender=row.gender,
        sector=row.sector,
        country=row.country,
        city=row.city,
    )

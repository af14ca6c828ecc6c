"""A survey as an import must know it: what it asks, in whose words, and who has answered. Fetched once for each file."""

import datetime as dt
import re
import zoneinfo
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django_countries import countries

from registrations.geography import COUNTRIES
from registrations.models import Registration, Translated
from sessions.interpretation import languages_followed
from sessions.models import Attendance
from sessions.readers import Order
from surveys.asking import is_accepted, layout_of
from surveys.encoding import RawAnswer, encode_answer
from surveys.errors import Refused
from surveys.importing.asked import Asked, plain
from surveys.importing.branching import Branching
from surveys.importing.circumstances import (
    Reader,
    address_reader,
    city_reader,
    flag_reader,
    moment_reader,
    token_reader,
    word_reader,
)
from surveys.importing.encoding import Encode, Outside
from surveys.importing.mapping import ColumnMapping
from surveys.models import AnsweredMark, Question, Response, Survey

NAMED = re.compile(r"\$\{\s*([\w-]+)\s*\}")
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@dataclass(frozen=True, slots=True)
class Person:
    """What a response keeps of somebody who is known: as `surveys.actions.respond` does."""

    pk: int
    gender: str
    sector: str
    country: str
    region: str
    city: str
    sessions_attended: int
    language_followed: str


def asked_in(survey: Survey) -> list[Asked]:
    """The questions of a survey that was fetched with them, in their order, without notes."""
    questions = (each for each in survey.questions.all() if each.kind != Question.Kind.NOTE)
    return [
        Asked(
            question.name,
            question.kind,
            tuple(_texts(question)),
            {value: (*_choice_labels(question, value), label) for value, label in question.options.items()},
            next((choice.value for choice in question.choices.all() if choice.is_other), ""),
            bool(question.constraint),
        )
        for question in questions
    ]


def _texts(row: Translated) -> Iterable[str]:
    return [row.text("label", language) for language in LANGUAGES]


def _choice_labels(question: Question, value: str) -> list[str]:
    return [text for choice in question.choices.all() if choice.value == value for text in _texts(choice)]


def encoder_of(survey: Survey, *, today: dt.date) -> Encode:
    """The one rule of what fits a question, for values that were brought from elsewhere.

    A question's own condition is asked where it looks at nothing but the answer; what depends on other answers was
    decided where the answers were given.
    """
    questions = {question.name: question for question in survey.questions.all()}
    options = {name: question.options for name, question in questions.items()}

    def encode(name: str, raw: RawAnswer) -> str:
        question = questions[name]
        given = [raw] if isinstance(raw, str) else list(raw)
        if question.kind in Question.CLOSED and any(each not in options[name] for each in given):
            raise Outside(name)
        try:
            value = encode_answer(question, raw)
        except Refused as reason:
            raise ValueError(str(reason)) from None
        is_own = bool(question.constraint) and not NAMED.search(question.constraint)
        if is_own and not is_accepted(question, value, {}, today=today):
            raise ValueError(name)
        return value

    return encode


def branching_of(survey: Survey, *, today: dt.date) -> Branching | None:
    """Which questions are not shown to everybody; None where all are."""
    layout = layout_of(survey, today=today)
    conditional = [
        item.name
        for item in layout.items
        if item.is_relevant or item.other_of or any(section.is_relevant for section in layout.path(item))
    ]
    texts = [each.relevant for each in survey.questions.all()] + [each.relevant for each in survey.groups.all()]
    controllers = {name for text in texts for name in NAMED.findall(text)}
    controllers |= {item.other_of[0] for item in layout.items if item.other_of}
    return Branching(layout, sorted(controllers), conditional) if conditional else None


def readers_for(survey: Survey, mapping: ColumnMapping, order: Order) -> dict[str, Reader]:
    """What reads the columns beside the answers. An anonymous survey keeps the day, and nothing else of the kind."""
    zone = zoneinfo.ZoneInfo(mapping.time_zone or survey.programme.time_zone)
    readers: dict[str, Callable[[], Reader]] = {
        "submitted_at": lambda: moment_reader(order, zone),
        "is_finished": lambda: flag_reader(empty=True),
        "is_test": lambda: flag_reader(empty=False),
    }
    if not survey.is_anonymous:
        readers |= {
            "started_at": lambda: moment_reader(order, zone),
            "email": address_reader,
            "link": token_reader,
            "language": lambda: word_reader(language_words(), default=survey.language),
            "gender": lambda: word_reader(words_of(Registration.Gender.choices)),
            "sector": lambda: word_reader(words_of(Registration.Sector.choices)),
            "country": lambda: word_reader(country_words()),
            "city": city_reader,
        }
    return {use: make() for use, make in readers.items() if mapping.place(use) is not None}


def words_of(choices: Iterable[tuple[str, object]]) -> dict[str, str]:
    """Values by themselves and by their labels in every language."""
    found: dict[str, str] = {}
    pairs = list(choices)
    for language in LANGUAGES:
        with translation.override(language):
            found |= {plain(str(label)): value for value, label in pairs}
    return found | {plain(value): value for value, _label in pairs}


def country_words() -> dict[str, str]:
    """Codes of countries by themselves and by their names in every language."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with translation.override(language):
            found |= {plain(str(name)): code for code, name in countries}
    return found | {plain(code): code for code in COUNTRIES}


def language_words() -> dict[str, str]:
    """Codes of languages as they are written here and there."""
    found = {plain(code): code for code in LANGUAGES}
    found |= {plain(code.split("-")[0]): code for code in LANGUAGES if plain(code.split("-")[0]) not in found}
    return found | words_of(settings.LANGUAGES)


def people_of(survey: Survey, use: str) -> dict[str, Person]:
    """Those who have a seat, by address or by the secret of their link. Four queries."""
    attended = {
        person: {key for key, presence in sessions.items() if presence.seconds}
        for person, sessions in Attendance.objects.presences(survey.programme).items()
    }
    followed = languages_followed(survey.programme, attended, session=survey.session_id)
    seated = Registration.objects.for_programme(survey.programme).seated().order_by()
    by = "email" if use == "email" else "link_token"
    rows = seated.values_list(by, "pk", "gender", "sector", "country", "city")
    return {
        known_by: Person(
            pk,
            gender,
            sector,
            str(country),
            COUNTRIES[str(country)].region if str(country) in COUNTRIES else "",
            city,
            len(attended.get(pk, ())),
            followed.get(pk, ""),
        )
        for known_by, pk, gender, sector, country, city in rows
    }


def answered_ids(survey: Survey) -> set[int]:
    """Who has answered. One query."""
    return set(AnsweredMark.objects.filter(survey=survey).order_by().values_list("registration_id", flat=True))


def known_keys(survey: Survey) -> set[str]:
    """The fingerprints of responses that were imported. One query."""
    imported = Response.objects.filter(survey=survey).exclude(source_key="").order_by()
    return set(imported.values_list("source_key", flat=True).iterator(10_000))

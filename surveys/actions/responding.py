"""Answering a survey."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations.models import Registration
from surveys.errors import Refused
from surveys.models import AnsweredMark, Question, Response, Survey
from surveys.wording import moment_text

LONGEST_TEXT = 5_000

RawAnswer = str | Sequence[str]


def respond(
    survey: Survey,
    registration: Registration,
    answers: Mapping[str, RawAnswer],
    *,
    language: str,
    now: dt.datetime,
) -> Response:
    """Record a person's response and return it; where there is one already, that one stays and is returned.

    ``answers`` maps the names of questions to a value, a text, or several values. An empty answer was seen and
    declined; a question that is not in ``answers`` was never shown. Raises Refused outside the survey's time, for
    someone who does not take part, and for answers that do not fit the questions. Takes two queries besides the
    savepoint when `survey` was fetched with its questions (`Survey.objects.with_questions()`).
    """
    refuse_unless_open(survey, now=now)
    refuse_unless_taking_part(survey, registration)
    encoded = encode(survey, answers)
    try:
        with transaction.atomic():
            return _record(survey, registration, encoded, language=language, now=now)
    except IntegrityError:
        first = Response.objects.filter(survey=survey, registration=registration).first()
        if first is None:
            raise
        return first


def _record(
    survey: Survey, registration: Registration, encoded: Mapping[Question, str], *, language: str, now: dt.datetime
) -> Response:
    AnsweredMark.objects.create(survey=survey, registration=registration)
    return Response.objects.create(
        survey=survey,
        registration=registration,
        answers={question.name: value for question, value in encoded.items()},
        language=language,
        submitted_at=now,
        gender=registration.gender,
        sector=registration.sector,
        country=str(registration.country),
        city=registration.city,
    )


def refuse_unless_open(survey: Survey, *, now: dt.datetime) -> None:
    """Raise Refused before the survey opens and after it closes."""
    if not survey.has_opened(now):
        raise Refused(
            _("This survey opens on %(moment)s.") % {"moment": moment_text(survey.opens_at, survey.programme.zone)}
        )
    if survey.has_closed(now):
        raise Refused(
            _("This survey closed on %(moment)s; no more responses are taken.")
            % {"moment": moment_text(survey.closes_at, survey.programme.zone)}
        )


def refuse_unless_taking_part(survey: Survey, registration: Registration) -> None:
    """Raise Refused for a registration of another programme, or without a seat."""
    if registration.programme_id != survey.programme_id:
        raise Refused(_("This survey belongs to another programme."))
    if not registration.is_seated:
        raise Refused(_("Only those who take part in the programme can answer its survey."))


def encode(survey: Survey, answers: Mapping[str, RawAnswer]) -> dict[Question, str]:
    """Return the answers as they are stored, by question. Raises Refused for anything that does not fit the survey."""
    questions = list(survey.questions.all())
    unknown = answers.keys() - {question.name for question in questions}
    if unknown:
        raise Refused(_("The survey has no question “%(name)s”.") % {"name": min(unknown)})
    missing = [question for question in questions if question.is_required and question.name not in answers]
    if missing:
        raise Refused(_("Please answer this question: %(question)s") % {"question": missing[0].label})
    encoded = {
        question: encode_answer(question, answers[question.name]) for question in questions if question.name in answers
    }
    if not any(encoded.values()):
        raise Refused(_("Please answer at least one question."))
    return encoded


def encode_answer(question: Question, raw: RawAnswer) -> str:
    """One answer as it is stored: a value, several values parted by spaces in the order of the options, or a text.

    Raises Refused for a value that the question does not offer, for several where one is asked, for a text that is
    too long or cannot be stored, and for an empty answer where one is required.
    """
    given = [raw] if isinstance(raw, str) else list(raw)
    encode_kind = _encode_text if question.kind == Question.Kind.TEXT else _encode_values
    value = encode_kind(question, [text.strip() for text in given if text.strip()])
    if question.is_required and not value:
        raise Refused(_("Please answer this question: %(question)s") % {"question": question.label})
    return value


def _encode_values(question: Question, given: Sequence[str]) -> str:
    options = question.options
    unknown = [value for value in given if value not in options]
    if unknown:
        raise Refused(
            _("“%(value)s” is not one of the options of this question: %(question)s")
            % {"value": unknown[0][:60], "question": question.label}
        )
    if len(set(given)) > 1 and question.kind != Question.Kind.SELECT_MULTIPLE:
        raise Refused(_("Please choose one option only: %(question)s") % {"question": question.label})
    return " ".join(value for value in options if value in given)


def _encode_text(question: Question, given: Sequence[str]) -> str:
    text = "\n".join(given).replace("\r\n", "\n")
    if "\0" in text:
        raise Refused(_("This text contains a character that cannot be stored: %(question)s") % {"question": question})
    if len(text) > LONGEST_TEXT:
        raise Refused(too_long_text(len(text)))
    return text


def too_long_text(length: int) -> str:
    """The sentence that says by how much a text is too long."""
    excess = length - LONGEST_TEXT
    return ngettext(
        "This text is %(excess)s character too long; there is room for %(limit)s.",
        "This text is %(excess)s characters too long; there is room for %(limit)s.",
        excess,
    ) % {"excess": excess, "limit": LONGEST_TEXT}

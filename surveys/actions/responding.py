"""Answering a survey."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from secrets import randbits

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from registrations.geography import COUNTRIES
from registrations.models import Registration
from sessions.interpretation import language_followed
from sessions.models import Attendance
from surveys.actions.anonymity import KEY_BITS
from surveys.anonymity import classes_of
from surveys.asking import effective, is_accepted, layout_of
from surveys.encoding import RawAnswer, encode_answer
from surveys.errors import Refused
from surveys.models import AnsweredMark, Draft, Question, Response, Survey
from surveys.wording import moment_text


@dataclass(frozen=True, slots=True)
class _Circumstances:
    """When and in which language a response was given, and since when it was typed, where that is known."""

    language: str
    now: dt.datetime
    started_at: dt.datetime | None


def respond(
    survey: Survey,
    registration: Registration,
    answers: Mapping[str, RawAnswer],
    *,
    language: str,
    now: dt.datetime,
    started_at: dt.datetime | None = None,
) -> Response | None:
    """Record a person's response and return it; where there is one already, that one stays and is returned.

    ``answers`` maps the names of questions to a value, a text, or several values, as they are stored. An empty answer
    was seen and declined; a question that is not in ``answers`` was never shown, and what the other answers leave out
    is dropped. ``started_at`` is when the person began, where no draft says so. None is returned where the person has
    answered and nobody can say which response it is.

    Raises Refused outside the survey's time, for someone who does not take part, for answers that do not fit the
    questions, and where the survey stopped or began to be anonymous since `survey` was fetched. Takes eight queries
    with its savepoint, two of them about attendance and the language followed, when `survey` was fetched with its questions
    (`Survey.objects.with_questions()`).
    """
    refuse_unless_open(survey, now=now)
    refuse_unless_taking_part(survey, registration)
    today = now.astimezone(survey.programme.zone).date()
    encoded = {question.name: value for question, value in encode(survey, answers, today=today).items()}
    try:
        with transaction.atomic():
            return _record(survey, registration, encoded, _Circumstances(language, now, started_at))
    except IntegrityError:
        if not AnsweredMark.objects.filter(survey=survey, registration=registration).exists():
            raise
        return Response.objects.filter(survey=survey, registration=registration).first()


def _record(survey: Survey, registration: Registration, answers: dict[str, str], when: _Circumstances) -> Response:
    began_at = _held(survey, registration) or when.started_at
    AnsweredMark.objects.create(pk=randbits(KEY_BITS), survey=survey, registration=registration)
    response = (_anonymous if survey.is_anonymous else _named)(survey, registration, when, began_at)
    response.answers = answers
    response.save(force_insert=True)
    Draft.objects.filter(survey=survey, registration=registration).delete()
    return response


def _held(survey: Survey, registration: Registration) -> dt.datetime | None:
    """Hold the person and the survey's promise as they are until the end of the transaction; when the draft was begun.

    The person is locked against a draft that is kept at the same moment, the survey against `set_anonymous`; people
    do not wait for each other. Raises Refused where the survey is not as anonymous as `survey` says.
    """
    locks = "FOR SHARE OF s FOR NO KEY UPDATE OF r" if connection.features.has_select_for_no_key_update else ""
    rows = Survey.objects.raw(
        "SELECT s.id, s.is_anonymous, d.started_at AS began_at FROM surveys_survey s"  # noqa: S608 - our own words
        " JOIN registrations_registration r ON r.id = %s"
        f" LEFT JOIN surveys_draft d ON d.survey_id = s.id AND d.registration_id = r.id WHERE s.id = %s {locks}",
        [registration.pk, survey.pk],
    )
    held = rows[0]
    if held.is_anonymous != survey.is_anonymous:
        raise Refused(promise_broken())
    return _moment(getattr(held, "began_at", None))


def _moment(value: object) -> dt.datetime | None:
    """A moment as the database returns it where no field reads it: SQLite knows no zone and means UTC."""
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value)
    if not isinstance(value, dt.datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=dt.UTC)


def promise_broken() -> str:
    """What somebody reads who began to answer before the survey stopped or began to be anonymous."""
    return _(
        "Meanwhile the organisers have changed whether this survey is anonymous. "
        "Please read what is kept of you now, at the top of the page, before you send your answers."
    )


def _named(survey: Survey, registration: Registration, when: _Circumstances, began_at: dt.datetime | None) -> Response:
    country = str(registration.country)
    presences = Attendance.objects.presences(survey.programme, registration=registration).get(registration.pk, {})
    present = {session for session, presence in presences.items() if presence.seconds}
    return Response(
        survey=survey,
        registration=registration,
        language=when.language,
        submitted_at=when.now,
        started_at=began_at,
        seconds=max(0, int((when.now - began_at).total_seconds())) if began_at else None,
        gender=registration.gender,
        sector=registration.sector,
        country=country,
        region=COUNTRIES[country].region if country in COUNTRIES else "",
        city=registration.city,
        sessions_attended=len(present),
        language_followed=language_followed(registration, present, session=survey.session_id),
    )


def _anonymous(
    survey: Survey, registration: Registration, when: _Circumstances, began_at: dt.datetime | None
) -> Response:
    kept = classes_of(registration, session=survey.session_id)
    return Response(
        pk=randbits(KEY_BITS),
        survey=survey,
        registration=None,
        language=kept.language,
        submitted_at=when.now.astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0),
        gender=kept.gender,
        sector=kept.sector,
        region=kept.region,
        sessions_attended=kept.sessions_attended,
        language_followed=kept.language_followed,
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


def encode(survey: Survey, answers: Mapping[str, RawAnswer], *, today: dt.date) -> dict[Question, str]:
    """Return the answers as they are stored, by question: those to questions that the other answers bring up.

    Raises Refused for anything that does not fit the survey.
    """
    questions = {each.name: each for each in survey.questions.all() if each.kind != Question.Kind.NOTE}
    unknown = answers.keys() - questions.keys()
    if unknown:
        raise Refused(_("The survey has no question “%(name)s”.") % {"name": min(unknown)})
    layout = layout_of(survey, today=today)
    encoded = {name: _encoded(question, answers[name]) for name, question in questions.items() if name in answers}
    shown = layout.shown(encoded)
    kept = effective(layout, encoded)
    for name, question in questions.items():
        if name in shown and (problem := problem_of(question, kept.get(name, ""), kept, today=today)):
            raise Refused(_about(question, problem))
    if not any(kept.values()):
        raise Refused(_("Please answer at least one question."))
    return {questions[name]: value for name, value in kept.items()}


def problem_of(question: Question, value: str, answers: Mapping[str, str], *, today: dt.date) -> str:
    """Why an encoded answer cannot stay beside the other answers, in a sentence, or ""."""
    if question.is_required and not value:
        return question.text("required_message") or _("Please answer this question.")
    if not is_accepted(question, value, answers, today=today):
        return question.text("constraint_message") or _("This answer is not accepted here. Please look at it again.")
    return ""


def _encoded(question: Question, raw: RawAnswer) -> str:
    try:
        return encode_answer(question, raw)
    except Refused as reason:
        raise Refused(_about(question, str(reason))) from reason


def _about(question: Question, problem: str) -> str:
    return _("%(question)s – %(problem)s") % {"question": question.text("label"), "problem": problem}

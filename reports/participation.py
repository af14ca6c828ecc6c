"""What the personal page tells a participant: sessions and presence, survey, certificate, and what is next."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models.functions import Length

from certificates.actions import evaluation_of
from certificates.completion import Evaluation
from certificates.explanation import Standing, exception_text, standings
from certificates.facts import Agenda, agenda_of, names_of, prospects_of
from certificates.models import Certificate
from certificates.prospects import Prospects, attendance_outlook, outlook
from certificates.requirements import SurveyAnswered
from registrations.models import Registration, Told
from registrations.two_zones import SpanOnBoth, TwoZones
from reports import journey as way
from sessions.interpretation import languages_of, with_own_first
from sessions.models import Attendance, SessionLanguage, TrainingSession
from sessions.presence import Presence
from surveys.audience import is_asked, plans_of
from surveys.models import AnsweredMark, Survey


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session as it concerns this person. Minutes are full minutes; `None`: nothing is recorded yet."""

    session: TrainingSession
    span: SpanOnBoth
    minutes: int | None
    minutes_needed: int | None
    is_attended: bool
    is_over: bool
    is_joinable: bool
    is_recorded: bool
    languages: Sequence[SessionLanguage] = ()


@dataclass(frozen=True, slots=True)
class OpenSurvey:
    """A survey that waits for this person's answers, beside the one after the training."""

    survey: Survey
    title: Told
    closes: SpanOnBoth


@dataclass(frozen=True, slots=True)
class Participation:
    """Everything on the personal page."""

    journey: way.Journey
    lines: list[SessionLine]
    next_session: SessionLine | None
    requirements: list[Standing]
    exception: str
    has_rule: bool
    survey: Survey | None
    survey_title: Told | None
    open_surveys: tuple[OpenSurvey, ...]
    survey_opens: SpanOnBoth | None
    survey_closes: SpanOnBoth | None
    certificate: Certificate | None

    @property
    def next_card(self) -> str:
        """The template that says what is next."""
        return f"reports/next/{self.journey.next}.html"


def participation_of(registration: Registration, zones: TwoZones, now: dt.datetime) -> Participation:
    """What one person's page shows at the moment `now`, in a constant number of queries."""
    evaluation = evaluation_of(registration)
    agenda = agenda_of(registration.programme)
    presences = Attendance.objects.presences(registration.programme, registration=registration).get(registration.pk, {})
    surveys = _asked(agenda, presences)
    answered = _answered(registration, surveys)
    survey, survey_state = _survey([each for each in surveys if each.is_about_the_training], answered, now)
    certificate, certificate_state = _certificate(registration)
    lines = _lines(registration, evaluation, agenda, presences, zones, now)
    prospects = _prospects(registration, evaluation, agenda, now)
    facts = way.Facts(
        status=way.Status(registration.status),
        sessions=tuple(_time(line.session) for line in lines),
        outlook=outlook(evaluation, prospects) if evaluation else None,
        attendance=attendance_outlook(evaluation, prospects) if evaluation else None,
        lacks_survey=_lacks_survey(evaluation),
        survey=survey_state,
        certificate=certificate_state,
    )
    return Participation(
        journey=way.journey(facts, now),
        lines=lines,
        next_session=next((line for line in sorted(lines, key=_start) if not line.is_over), None),
        requirements=standings(evaluation, prospects, names_of([evaluation.rule])) if evaluation else [],
        exception=exception_text(evaluation) if evaluation else "",
        has_rule=evaluation is not None,
        survey=survey,
        survey_title=survey.told("title") if survey else None,
        open_surveys=tuple(
            OpenSurvey(each, each.told("title"), zones.moment(each.closes_at))
            for each in surveys
            if each != survey and each.pk not in answered and each.is_open(now) and registration.is_seated
        ),
        survey_opens=zones.moment(survey.opens_at) if survey else None,
        survey_closes=zones.moment(survey.closes_at) if survey else None,
        certificate=certificate,
    )


def _prospects(
    registration: Registration, evaluation: Evaluation | None, agenda: Agenda, now: dt.datetime
) -> Prospects:
    return prospects_of(registration.programme, evaluation.rule, agenda, now=now) if evaluation else Prospects()


def _lacks_survey(evaluation: Evaluation | None) -> bool:
    results = evaluation.result.leaves() if evaluation else ()
    return any(isinstance(result.node, SurveyAnswered) and not result.is_met for result in results)


def _lines(
    registration: Registration,
    evaluation: Evaluation | None,
    agenda: Agenda,
    presences: Mapping[int, Presence],
    zones: TwoZones,
    now: dt.datetime,
) -> list[SessionLine]:
    languages = languages_of(registration.programme) if registration.is_seated else {}
    verdicts = {verdict.number: verdict for verdict in evaluation.sessions} if evaluation else {}
    lines = []
    for session in agenda.sessions:
        time, verdict = _time(session), verdicts.get(session.number)
        line = SessionLine(
            session=session,
            span=zones.span(session.starts_at, session.ends_at),
            minutes=_minutes(presences.get(session.pk)),
            minutes_needed=-(-verdict.seconds_needed // 60) if verdict else None,
            is_attended=verdict.is_attended if verdict else session.pk in presences,
            is_over=time.is_over(now),
            is_joinable=registration.is_seated and time.is_joinable(now),
            is_recorded=session.pk in agenda.recorded,
            languages=with_own_first(languages.get(session.pk, []), registration),
        )
        lines.append(line)
    return lines


def _time(session: TrainingSession) -> way.SessionTime:
    return way.SessionTime(session.starts_at, session.ends_at)


def _start(line: SessionLine) -> dt.datetime:
    return line.session.starts_at


def _minutes(presence: Presence | None) -> int | None:
    return presence.minutes if presence else None


def _asked(agenda: Agenda, presences: Mapping[int, Presence]) -> list[Survey]:
    """The surveys that ask somebody with these presences; one query where there is a survey."""
    surveys = list(agenda.surveys)
    if not surveys:
        return []
    plans, present = plans_of(surveys), {session for session, presence in presences.items() if presence.seconds}
    return [survey for survey in surveys if is_asked(survey, plans[survey.pk], present)]


def _answered(registration: Registration, surveys: Sequence[Survey]) -> set[int]:
    """The surveys that the person has answered; one query where there is a survey."""
    marks = AnsweredMark.objects.filter(registration=registration)
    return set(marks.values_list("survey_id", flat=True)) if surveys else set()


def _survey(surveys: Sequence[Survey], answered: set[int], now: dt.datetime) -> tuple[Survey | None, way.SurveyState]:
    """The survey that matters now: one that is open and unanswered, else the first; and where it stands."""
    open_ones = [survey for survey in surveys if survey.pk not in answered and survey.is_open(now)]
    survey = next(iter(open_ones or surveys), None)
    if survey is None:
        return None, way.SurveyState.NONE
    if survey.pk in answered:
        return survey, way.SurveyState.ANSWERED
    if survey.is_open(now):
        return survey, way.SurveyState.OPEN
    return survey, way.SurveyState.AHEAD if now < survey.opens_at else way.SurveyState.CLOSED


def _certificate(registration: Registration) -> tuple[Certificate | None, way.CertificateState]:
    """The person's own certificate, without its file but with its size in bytes (`pdf_size`), and where it stands."""
    certificate = (
        Certificate.objects.latest_of_each()
        .filter(registration=registration)
        .select_related("file")
        .defer("file__content")
        .annotate(pdf_size=Length("file__content"))
        .first()
    )
    if certificate is None:
        return None, way.CertificateState.NONE
    if certificate.is_revoked:
        return certificate, way.CertificateState.REVOKED
    is_made = hasattr(certificate, "file")
    return certificate, way.CertificateState.ISSUED if is_made else way.CertificateState.IN_THE_MAKING

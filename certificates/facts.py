"""Fetching what the completion rule looks at: in chunks of people, a constant number of queries for each."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from certificates.completion import Evaluation, OverrideFact, Person, Rule, SessionFact
from certificates.explanation import Names
from certificates.models import Acceptance, Assignment, Confirmation, Override
from certificates.prospects import Prospects, Window
from certificates.requirements import (
    AssignmentAccepted,
    OrganisersYes,
    SurveyAnswered,
    TheseSessions,
    leaves,
)
from registrations.models import Programme, Registration
from sessions.chunks import in_chunks
from sessions.models import Attendance, TrainingSession
from surveys.models import AnsweredMark, Survey

CHUNK = 10_000  # people whose facts are in memory at once

Between = Mapping[str, Any]


def judged(
    programme: Programme, rules: Sequence[Rule], people: Sequence[int] | None = None
) -> Iterator[tuple[int, tuple[Evaluation, ...]]]:
    """Everybody with a seat, or some of them, by registration id, with what each of the rules says; in the order of ids."""
    held = session_facts(programme)
    rows = Registration.objects.for_programme(programme).seated()
    if people is not None:
        rows = rows.filter(pk__in=people)
    seated = list(rows.order_by("pk").values_list("pk", flat=True))
    for chunk in in_chunks(seated, CHUNK):
        between: Between = {"registration_id__gte": chunk[0], "registration_id__lte": chunk[-1]}
        known = _People(programme, rules, between if people is None else {"registration_id__in": chunk})
        for pk in chunk:
            person = known.person(pk)
            yield pk, tuple(rule.judge(held, person) for rule in rules)


def judged_one(registration: Registration, rule: Rule) -> Evaluation:
    """What a rule says of one person."""
    programme, pk = registration.programme, registration.pk
    return rule.judge(session_facts(programme), _People(programme, [rule], {"registration_id": pk}).person(pk))


def session_facts(programme: Programme) -> tuple[SessionFact, ...]:
    """The programme's sessions, by number."""
    return tuple(
        SessionFact(session.pk, session.number, int(session.length.total_seconds()))
        for session in TrainingSession.objects.for_programme(programme)
    )


class _People:
    """The facts of some people, each kind fetched where a rule asks for it; `between` says whose, as conditions."""

    def __init__(self, programme: Programme, rules: Sequence[Rule], between: Between) -> None:
        asked = {type(each) for rule in rules for each in leaves(rule.root)}
        self.presences = Attendance.objects.filter(**between).presences(programme)
        self.overrides = {
            person: OverrideFact(key, reason)
            for person, key, reason in Override.objects.for_programme(programme)
            .standing()
            .filter(**between)
            .order_by()
            .values_list("registration_id", "pk", "reason")
        }
        self.surveys: Mapping[int, frozenset[int]] = {}
        self.assignments: Mapping[int, frozenset[int]] = {}
        self.confirmed: set[int] = set()
        if SurveyAnswered in asked:
            marks = AnsweredMark.objects.for_programme(programme).filter(**between).filter(_that_count(rules))
            self.surveys = _sets(marks, "survey_id")
        if AssignmentAccepted in asked:
            accepted = Acceptance.objects.for_programme(programme).standing().filter(**between)
            self.assignments = _sets(accepted, "assignment_id")
        if OrganisersYes in asked:
            confirmed = Confirmation.objects.for_programme(programme).standing().filter(**between)
            self.confirmed = set(confirmed.order_by().values_list("registration_id", flat=True))

    def person(self, pk: int) -> Person:
        return Person(
            seconds={key: presence.seconds for key, presence in self.presences.get(pk, {}).items()},
            surveys=self.surveys.get(pk, frozenset()),
            assignments=self.assignments.get(pk, frozenset()),
            has_yes=pk in self.confirmed,
            override=self.overrides.get(pk),
        )


def _that_count(rules: Iterable[Rule]) -> Q:
    """The marks of surveys after the training, which is what "the survey" means, and of surveys that a rule names."""
    return Q(survey__kind=Survey.Kind.POST_TRAINING) | Q(survey__in=_named_surveys(rules))


def _named_surveys(rules: Iterable[Rule]) -> set[int]:
    named = {each.survey for rule in rules for each in leaves(rule.root) if isinstance(each, SurveyAnswered)}
    return {key for key in named if key is not None}


def _sets(rows: QuerySet, column: str) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for person, key in rows.order_by().values_list("registration_id", column):
        found[person].add(key)
    return {person: frozenset(keys) for person, keys in found.items()}


def names_of(rules: Iterable[Rule]) -> Names:
    """What the sessions, surveys and assignments that the rules name are called; a query for each kind that is named."""
    asked = [each for rule in rules for each in leaves(rule.root)]
    sessions = {key for each in asked if isinstance(each, TheseSessions) for key in each.keys}
    surveys = {each.survey for each in asked if isinstance(each, SurveyAnswered) and each.survey is not None}
    assignments = {each.assignment for each in asked if isinstance(each, AssignmentAccepted)}
    return Names(
        sessions=_titles(TrainingSession.objects.filter(pk__in=sessions), "number") if sessions else {},
        surveys=_titles(Survey.objects.filter(pk__in=surveys), "title") if surveys else {},
        assignments=_titles(Assignment.objects.filter(pk__in=assignments), "title") if assignments else {},
    )


def _titles(rows: QuerySet, column: str) -> dict:
    return dict(rows.order_by().values_list("pk", column))


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a page has fetched already: the programme's sessions and surveys, and the sessions with any attendance."""

    sessions: Sequence[TrainingSession]
    surveys: Sequence[Survey]
    recorded: set[int]


def agenda_of(programme: Programme) -> Agenda:
    """Fetch it; three queries."""
    recorded = Attendance.objects.for_programme(programme).order_by().values_list("session_id", flat=True).distinct()
    return Agenda(
        sessions=list(TrainingSession.objects.for_programme(programme)),
        surveys=list(Survey.objects.for_programme(programme)),
        recorded=set(recorded),
    )


def prospects_of(programme: Programme, rule: Rule, agenda: Agenda, *, now: dt.datetime) -> Prospects:
    """What is still to come at the moment `now`; one query where the rule asks for assignments."""
    over = {session.pk for session in agenda.sessions if session.ends_at <= now}
    assignments = Assignment.objects.filter(programme=programme) if rule.asks_for(AssignmentAccepted) else []
    return Prospects(
        to_come=frozenset(session.pk for session in agenda.sessions if session.pk not in over),
        unrecorded=frozenset(over - agenda.recorded),
        surveys={survey.pk: _survey_window(survey, now) for survey in agenda.surveys if _counts(survey, rule)},
        assignments={each.pk: Window.CLOSED if each.is_due(now) else Window.OPEN for each in assignments},
    )


def _counts(survey: Survey, rule: Rule) -> bool:
    """Whether the rule means this survey; the same as `_that_count` says of marks."""
    return survey.is_about_the_training or survey.pk in _named_surveys([rule])


def _survey_window(survey: Survey, now: dt.datetime) -> Window:
    if survey.is_open(now):
        return Window.OPEN
    return Window.AHEAD if now < survey.opens_at else Window.CLOSED

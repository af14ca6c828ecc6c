"""All figures of a programme, computed from its rows in a number of queries that does not grow with the rows.

Who counts is said once, in `counted`: the people who have a seat, that is who confirmed their address, did not
withdraw and are not on the waiting list.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Sum

from certificates.actions import evaluations
from certificates.completion import Evaluation
from certificates.models import Certificate, CompletionRule
from registrations.geography import COUNTRIES
from registrations.models import Programme, Registration
from registrations.models.registration import RegistrationQuerySet
from reports.figures import (
    AudienceFigures,
    Breakdown,
    Cell,
    Figure,
    ProgrammeFacts,
    Region,
    Results,
    RuleFacts,
    SessionFigures,
)
from reports.survey_figures import survey_figures
from sessions.models import Attendance, AudienceFigure, Speaker, TrainingSession
from sessions.presence import Presence
from surveys.models import Survey

REGISTRATIONS = "registrations"


def counted(programme: Programme) -> RegistrationQuerySet:
    """The registrations that every figure counts: those with a seat."""
    return Registration.objects.for_programme(programme).seated()


def compute_results(programme: Programme) -> Results:
    """Compute every figure from the rows as they are now; exact, and the same whenever the rows are the same."""
    people = list(counted(programme).order_by("pk").values_list("pk", "gender", "sector", "country"))
    n = len(people)
    rule = CompletionRule.objects.in_force(programme)
    attendance = _attendance(programme, {person[0] for person in people}, rule)
    return Results(
        programme=_programme_facts(programme),
        rule=_rule_facts(rule),
        registrations=Figure(REGISTRATIONS, REGISTRATIONS, n),
        countries=Figure("countries", REGISTRATIONS, len({person[3] for person in people})),
        gender=_breakdown("gender", Registration.Gender.values, Counter(person[1] for person in people), n),
        sector=_breakdown("sector", Registration.Sector.values, Counter(person[2] for person in people), n),
        regions=_regions(Counter(person[3] for person in people), n),
        sessions=Figure("sessions", "sessions", len(attendance.agenda)),
        speakers=Figure("speakers", "speakers", Speaker.objects.filter(programme=programme).count()),
        threshold=rule.share_required if rule else 0,
        agenda=attendance.agenda,
        attended=attendance.attended,
        completed=attendance.completed,
        certificates=Figure("certificates", REGISTRATIONS, _certificates(programme), n),
        audience=tuple(_audience(programme)),
        surveys=tuple(survey_figures(survey) for survey in Survey.objects.for_programme(programme).order_by("pk")),
    )


def _programme_facts(programme: Programme) -> ProgrammeFacts:
    return ProgrammeFacts(
        slug=programme.slug,
        title=programme.title,
        start_date=programme.start_date.isoformat(),
        end_date=programme.end_date.isoformat(),
        time_zone=programme.time_zone,
        is_synthetic=programme.is_synthetic,
    )


def _rule_facts(row: CompletionRule | None) -> RuleFacts | None:
    if row is None:
        return None
    rule = row.rule
    return RuleFacts(row.version, rule.sessions_of_all, rule.share_required, rule.is_survey_for_all)


def _breakdown(name: str, values: Iterable[str], counts: Mapping[str, int], n: int) -> Breakdown:
    stem = f"{REGISTRATIONS}.{name}"
    return Breakdown(
        tuple(Cell((value,), Figure(f"{stem}.{value}", REGISTRATIONS, counts.get(value, 0), n)) for value in values)
    )


def _regions(countries: Mapping[str, int], n: int) -> tuple[Region, ...]:
    """Regions and their countries, the largest first."""
    by_region: dict[str, Counter[str]] = defaultdict(Counter)
    for code, count in countries.items():
        by_region[COUNTRIES[code].region][code] = count
    ordered = sorted(by_region.items(), key=lambda item: (-item[1].total(), item[0]))
    return tuple(_region(name, counts, n) for name, counts in ordered)


def _region(name: str, counts: Counter[str], n: int) -> Region:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return Region(
        names=(name,),
        figure=Figure(f"{REGISTRATIONS}.region.{name.lower()}", REGISTRATIONS, counts.total(), n),
        countries=tuple(
            Cell((code,), Figure(f"{REGISTRATIONS}.country.{code}", REGISTRATIONS, count, n)) for code, count in ordered
        ),
    )


@dataclass(frozen=True, slots=True)
class _AttendanceFigures:
    agenda: tuple[SessionFigures, ...]
    attended: Figure | None
    completed: Figure | None


def _attendance(programme: Programme, people: set[int], rule: CompletionRule | None) -> _AttendanceFigures:
    """Who was present, by session and in any; None where no attendance was recorded at all."""
    sessions = list(TrainingSession.objects.for_programme(programme))
    presences = Attendance.objects.presences(programme)
    recorded = {session for by_session in presences.values() for session in by_session}
    judged = [e for pk, e in evaluations(programme).items() if pk in people] if rule else []
    attended = _attended_by_rule(judged) if rule else _attended_at_all(presences, people, sessions)
    counts = Counter(number for numbers in attended for number in numbers)
    completed = sum(evaluation.is_complete for evaluation in judged)
    n = len(people)
    return _AttendanceFigures(
        agenda=tuple(_session(s, counts[s.number] if s.pk in recorded else None, n) for s in sessions),
        attended=Figure("attended", REGISTRATIONS, sum(map(bool, attended)), n) if recorded else None,
        completed=Figure("completed", REGISTRATIONS, completed, n) if rule and recorded else None,
    )


def _attended_by_rule(judged: Iterable[Evaluation]) -> list[set[int]]:
    """For each person the numbers of the sessions that count as attended by the completion rule."""
    return [{verdict.number for verdict in evaluation.sessions if verdict.is_attended} for evaluation in judged]


def _attended_at_all(
    presences: Mapping[int, Mapping[int, Presence]], people: set[int], sessions: Iterable[TrainingSession]
) -> list[set[int]]:
    """For each person the numbers of the sessions in which any time of presence is recorded."""
    numbers = {session.pk: session.number for session in sessions}
    return [
        {numbers[session] for session, presence in by_session.items() if presence.seconds}
        for person, by_session in presences.items()
        if person in people
    ]


def _session(session: TrainingSession, present: int | None, n: int) -> SessionFigures:
    return SessionFigures(
        number=session.number,
        theme=session.theme,
        starts_at=session.starts_at.isoformat(),
        present=None if present is None else Figure(f"session.{session.number}.present", REGISTRATIONS, present, n),
    )


def _certificates(programme: Programme) -> int:
    """Certificates that stand as printed, of people who count."""
    return Certificate.objects.for_programme(programme).current().filter(registration__in=counted(programme)).count()


def _audience(programme: Programme) -> Iterable[AudienceFigures]:
    rows = list(
        AudienceFigure.objects.filter(session__programme=programme)
        .order_by("session__number", "channel")
        .values_list("kind", "session__number", "channel")
        .annotate(total=Sum("count"))
    )
    for kind in AudienceFigure.Kind.values:
        found = [(number, channel, total) for row_kind, number, channel, total in rows if row_kind == kind]
        if found:
            yield _audience_of(kind, found)


def _audience_of(kind: str, rows: list[tuple[int, str, int]]) -> AudienceFigures:
    by_session: Counter[str] = Counter()
    by_channel: Counter[str] = Counter()
    for number, channel, count in rows:
        by_session[str(number)] += count
        by_channel[channel] += count
    stem = f"audience.{kind}"
    total = by_channel.total()
    channels = sorted(by_channel.items(), key=lambda item: (-item[1], item[0]))
    return AudienceFigures(
        kind=kind,
        total=Figure(stem, kind, total),
        by_session=tuple(
            Cell((number,), Figure(f"{stem}.session.{number}", kind, count, total))
            for number, count in by_session.items()
        ),
        by_channel=tuple(
            Cell((channel,), Figure(f"{stem}.channel.{position}", kind, count, total))
            for position, (channel, count) in enumerate(channels, 1)
        ),
    )

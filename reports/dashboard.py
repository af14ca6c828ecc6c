"""A programme in figures for its team, as they are now: the way of its people through all floors, who they are, its surveys.

The figures are those of `reports.results`, so that what the team sees is what a report would freeze.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from registrations.models import Programme
from reports import words as told
from reports.counting import Counted
from reports.disclosure import public
from reports.figures import Breakdown, Figure, Results
from surveys.charts import Bar, horizontal_bars
from surveys.disclosure import LEAST
from surveys.exhibits import Cell, Exhibit, count, reading_direction, share, shown_or_withheld, words
from surveys.models import Survey
from surveys.panels.places import places
from surveys.statistics import share_of
from surveys.wording import number_text, share_text


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the way: how many have come so far, of how many people that are counted. None: nothing is recorded."""

    label: str
    people: int | None


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """One survey with its figures."""

    pk: int
    title: str
    responses: str
    valid: str
    rate: str


@dataclass(frozen=True, slots=True)
class ProgrammeDashboard:
    """The page. `is_hidden`: so few take part that every figure would tell of them."""

    exhibits: tuple[Exhibit, ...]
    surveys: tuple[SurveyLine, ...]
    is_empty: bool
    is_hidden: bool

    @property
    def by_id(self) -> Mapping[str, Exhibit]:
        """The figures by their ids."""
        return {exhibit.id: exhibit for exhibit in self.exhibits}


def programme_dashboard(programme: Programme, counted: Counted, *, sees_people: bool) -> ProgrammeDashboard:
    """Make the page of what was counted; whoever may not see people gets no group of fewer than LEAST. One query."""
    exact = counted.results
    shown = exact if sees_people else public(exact, k=LEAST)
    surveys = {survey.form_id: survey for survey in Survey.objects.for_programme(programme)}
    is_hidden = not sees_people and 0 < (exact.registrations.numerator or 0) < LEAST
    return ProgrammeDashboard(
        exhibits=() if is_hidden else tuple(_exhibits(counted, shown, sees_people=sees_people)),
        surveys=tuple(_survey_lines(exact, surveys, sees_people=sees_people)),
        is_empty=not counted.registered,
        is_hidden=is_hidden,
    )


def steps_of(counted: Counted) -> tuple[Step, ...]:
    """Everybody who registered, and from the seat on the figures of the results report."""
    results = counted.results
    attended, completed = results.attended, results.completed
    return (
        Step(_("Registered"), counted.registered),
        Step(_("Confirmed the address"), counted.confirmed),
        Step(_("Have a seat"), results.registrations.numerator),
        Step(_("Attended a session"), attended.numerator if attended else None),
        Step(_("Completed the programme"), completed.numerator if completed else None),
        Step(_("Certificate issued"), results.certificates.numerator),
        *(
            step
            for survey in results.surveys
            for step in (
                Step(_("Responded: %(survey)s") % {"survey": survey.title}, survey.responses.numerator),
                Step(_("Valid response: %(survey)s") % {"survey": survey.title}, survey.valid.numerator),
            )
        ),
    )


def _exhibits(counted: Counted, shown: Results, *, sees_people: bool) -> Iterator[Exhibit]:
    exact = counted.results
    yield _funnel(steps_of(counted), exact.registrations.numerator or 0, sees_people=sees_people)
    if any(session.present for session in shown.agenda):
        yield _sessions(shown)
    yield from _breakdowns(shown)
    if not shown.is_geography_withheld:
        cells = [cell for region in shown.regions for cell in region.countries]
        by_country = {cell.keys[0]: cell.figure.numerator or 0 for cell in cells}
        n = exact.registrations.numerator or 0
        if found := places(by_country, hidden=frozenset(), title=_("Where the participants live"), n=n):
            yield found


def _funnel(steps: Iterable[Step], seated: int, *, sees_people: bool) -> Exhibit:
    """Shares are of those with a seat, and of all who registered before there was one."""
    listed = [step for step in steps if step.people is not None]
    most = max((step.people or 0 for step in listed), default=0)
    rows, bars = [], []
    for step in listed:
        people = step.people or 0
        is_shown = sees_people or people == 0 or people >= LEAST
        rows.append(
            (
                words(step.label),
                shown_or_withheld(count(people), is_shown=is_shown),
                shown_or_withheld(share(share_of(people, seated)), is_shown=is_shown),
            )
        )
        bars.append(_bar(step.label, people if is_shown else None, of=most, base=seated))
    return _drawn(
        "funnel",
        _("From registration to response"),
        _("n = %(n)s with a seat") % {"n": number_text(seated)},
        (_("Step"), _("People"), _("Share of those with a seat")),
        rows,
        bars,
        notes=(
            _(
                "Bars are drawn against the largest step. Whoever withdrew or waits for a seat is in the first steps only."
            ),
            _(
                "A response need not come from somebody who attended, so the last steps are not part of those above them."
            ),
        ),
    )


def _sessions(results: Results) -> Exhibit:
    n = results.registrations.numerator or 0
    listed = [
        (f"{number_text(session.number)}. {session.theme}", session.present)
        for session in results.agenda
        if session.present is not None
    ]
    base = _("n = %(n)s with a seat") % {"n": number_text(n)}
    return _of_figures("sessions", _("Present in each session"), base, _("Session"), listed)


def _breakdowns(results: Results) -> Iterator[Exhibit]:
    base = _("n = %(n)s with a seat") % {"n": number_text(results.registrations.numerator or 0)}
    parts: tuple[tuple[str, str, Breakdown, told.Label], ...] = (
        ("gender", _("Gender"), results.gender, told.gender_label),
        ("sector", _("Sector"), results.sector, told.sector_label),
    )
    for name, title, breakdown, label in parts:
        lines = [(label(cell.keys), cell.figure) for cell in breakdown.cells]
        if any(figure.numerator for _label, figure in lines):
            yield _of_figures(name, title, base, title, lines)


def _of_figures(name: str, title: str, base: str, head: str, lines: Iterable[tuple[str, Figure]]) -> Exhibit:
    rows, bars = [], []
    for label, figure in lines:
        people, is_shown = figure.numerator or 0, not figure.is_withheld
        rows.append(
            (
                words(label),
                shown_or_withheld(count(people), is_shown=is_shown),
                shown_or_withheld(share(figure.value), is_shown=is_shown),
            )
        )
        bars.append(_bar(label, people if is_shown else None, of=figure.denominator or 0, base=figure.denominator or 0))
    return _drawn(name, title, base, (head, _("People"), _("Share of those with a seat")), rows, bars)


def _bar(label: str, people: int | None, *, of: int, base: int) -> Bar:
    if people is None:
        return Bar(label, 0, "", Fraction(0), count_text=_("withheld"))
    length = min(share_of(people, of) or Fraction(0), Fraction(1))
    share_of_base = share_of(people, base)
    text = "" if share_of_base is None or share_of_base > 1 else share_text(share_of_base)
    return Bar(label, people, text, length, count_text=number_text(people))


def _drawn(
    name: str,
    title: str,
    base: str,
    heads: tuple[str, ...],
    rows: Sequence[tuple[Cell, ...]],
    bars: list[Bar],
    *,
    notes: tuple[str, ...] = (),
) -> Exhibit:
    def draw(width: int | None) -> str:
        return horizontal_bars(bars, title=title, description=base, direction=reading_direction(), width=width)

    return Exhibit(name, title, base, heads, tuple(rows), draw, notes)


def _survey_lines(results: Results, surveys: Mapping[str, Survey], *, sees_people: bool) -> Iterator[SurveyLine]:
    seated = results.registrations.numerator or 0
    for line in results.surveys:
        survey, responses = surveys.get(line.form_id), line.responses.numerator or 0
        if survey is None:  # deleted since its figures were kept
            continue
        is_shown = sees_people or responses == 0 or responses >= LEAST
        yield SurveyLine(
            pk=survey.pk,
            title=survey.text("title"),
            responses=number_text(responses) if is_shown else _("withheld"),
            valid=number_text(line.valid.numerator or 0) if is_shown else _("withheld"),
            rate=share_text(share_of(responses, seated)) if is_shown and responses <= seated else "–",
        )

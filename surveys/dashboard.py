"""What staff see of a survey, as it is printed: its base, what tells of several questions at once, each question.

Whoever may not see people gets what `surveys.protection` leaves. The page and every download are made from this.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from surveys.codebooks import EMPTY, codebooks
from surveys.comparison import Comparison, compare
from surveys.crossing import Cross, cross
from surveys.disclosure import LEAST
from surveys.exhibits import Exhibit
from surveys.filters import ResponseFilter
from surveys.models import Survey
from surveys.panels import Judged, Panel, Ranking, likert, panel, rankings
from surveys.panels.periods import Counts, arrivals
from surveys.panels.places import places
from surveys.protection import Protection
from surveys.results import SurveyReading, SurveyResults
from surveys.statistics import TEXT
from surveys.wording import definition_name, definition_text, number_text, reason_text, share_text


@dataclass(frozen=True, slots=True)
class Header:
    """The base of the whole survey in words and numbers."""

    rate: str
    invited: str
    invited_responses: str
    responses: str
    n: str
    excluded: str
    reasons: tuple[tuple[str, str], ...]
    definition_name: str
    definition_text: str


@dataclass(frozen=True, slots=True)
class Dashboard:
    """One page. ``is_hidden``: the selection may not be shown to this reader, and nothing of it is here.

    ``is_preparing``: there are more responses than a page can wait for; they are being put into columns.
    """

    header: Header
    is_empty: bool
    is_hidden: bool
    n: int
    n_text: str
    rankings: tuple[Ranking, ...] = ()
    likert: tuple[Exhibit, ...] = ()
    panels: tuple[Panel, ...] = ()
    comparison: Comparison | None = None
    cross: Cross | None = None
    arrivals: Exhibit | None = None
    places: Exhibit | None = None
    is_preparing: bool = False

    @property
    def exhibits(self) -> Mapping[str, Exhibit]:
        """Every figure of the page by its id."""
        return {exhibit.id: exhibit for exhibit in self._exhibits()}

    def _exhibits(self) -> Iterator[Exhibit]:
        yield from (one for one in (self.arrivals, self.places) if one)
        yield from (ranking.exhibit for ranking in self.rankings)
        yield from self.likert
        yield from (one.exhibit for one in (self.comparison, self.cross) if one)
        for one in self.panels:
            yield from one.exhibits


def build_dashboard(
    reading: SurveyReading, chosen: ResponseFilter, *, by_day: Counts, sees_people: bool, now: dt.datetime
) -> Dashboard:
    """Compute the page for a selection, in a constant number of queries. ``by_day`` are all responses by day."""
    where = chosen.where
    reading.read_asked(where, chosen.compared_by)
    whole = reading.results()
    if reading.is_preparing:
        header = _header(whole, sees_people=sees_people)
        return Dashboard(header, is_empty=False, is_hidden=False, n=0, n_text="", is_preparing=True)
    protection = Protection(reading, where, sees_people=sees_people)
    if protection.is_view_hidden():
        return Dashboard(
            _header(whole, sees_people=sees_people), is_empty=not whole.base.responses, is_hidden=True, n=0, n_text=""
        )
    results = protection.groups("", where)[""]
    empty = Dashboard(
        _header(whole, sees_people=sees_people),
        is_empty=not whole.base.responses,
        is_hidden=False,
        n=results.n,
        n_text=number_text(results.n),
    )
    return _filled(empty, reading, chosen, protection, whole, by_day, now) if results.n else empty


def _filled(
    page: Dashboard,
    reading: SurveyReading,
    chosen: ResponseFilter,
    protection: Protection,
    whole: SurveyResults,
    by_day: Counts,
    now: dt.datetime,
) -> Dashboard:
    results = protection.groups("", protection.where)[""]
    judged = [Judged(number, question, protection.of(question)) for number, question in enumerate(results.questions, 1)]
    books = codebooks(reading.survey) if any(one.result.kind == TEXT for one in judged) else {}
    survey, by_country = reading.survey, reading.respondents_by("country", protection.where)
    return Dashboard(
        header=page.header,
        is_empty=False,
        is_hidden=False,
        n=page.n,
        n_text=page.n_text,
        rankings=rankings(judged),
        likert=likert(judged, reading.questions),
        panels=tuple(
            panel(
                one.number, one.result, protection, whole.question(one.result.name), books.get(one.result.name, EMPTY)
            )
            for one in judged
        ),
        comparison=compare(protection, chosen.compared_by) if chosen.compared_by else None,
        cross=cross(protection, *chosen.crossed) if chosen.crossed else None,
        arrivals=arrivals(
            by_day,
            opens=_day(survey, survey.opens_at),
            closes=_day(survey, survey.closes_at),
            today=_day(survey, now),
            sees_people=protection.sees_people,
        ),
        places=places(by_country, hidden=protection.hidden_values("country")),
    )


def _day(survey: Survey, moment: dt.datetime) -> dt.date:
    return moment.astimezone(survey.programme.zone).date()


def _header(results: SurveyResults, *, sees_people: bool) -> Header:
    least = 1 if sees_people else LEAST
    return Header(
        rate=share_text(results.response_rate),
        invited=number_text(results.invited),
        invited_responses=number_text(results.invited_responses),
        responses=number_text(results.base.responses),
        n=number_text(results.n),
        excluded=number_text(results.base.excluded_total),
        reasons=tuple(
            (
                reason_text(reason),
                number_text(count) if count >= least else _("fewer than %(least)s") % {"least": least},
            )
            for reason, count in results.base.excluded
            if count
        ),
        definition_name=definition_name(results.definition),
        definition_text=definition_text(results.definition),
    )

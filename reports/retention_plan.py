"""What the retention of a programme lets go: when, how much of it there is now, and what stays."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import F, Q, Sum
from django.db.models.functions import TruncDate
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.erased import ERASED, NOBODY
from registrations.models import Mail, Programme, Registration, Retention, RetentionRecord
from registrations.retention import Kind
from sessions.models import AttendanceIdentity, AttendanceImport, AttendanceRow
from surveys.models import Question, Response
from surveys.wording import number_text

What = RetentionRecord.What


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of data. `due`: the day from which it goes; None where it is kept. `held`: what there is of it now."""

    kind: Kind
    title: str
    goes: str
    stays: str
    due: dt.date | None
    held: tuple[tuple[str, int], ...]

    @property
    def amount(self) -> int:
        """How many things there are in all."""
        return sum(count for _what, count in self.held)

    @property
    def texts(self) -> list[tuple[str, str]]:
        """What there is, as it is printed."""
        return [(what, number_text(count)) for what, count in self.held if count]


@dataclass(frozen=True, slots=True)
class Done:
    """What went on one day."""

    day: dt.date
    what: str
    count: int

    @property
    def text(self) -> str:
        """How many, as it is printed."""
        return number_text(self.count)


TITLES: Mapping[Kind, Promise] = {
    Kind.LOGS: gettext_lazy("Attendance logs"),
    Kind.MAILS: gettext_lazy("Mails"),
    Kind.TEXTS: gettext_lazy("Answers in people’s own words"),
    Kind.PEOPLE: gettext_lazy("Who people are"),
}
GOES: Mapping[Kind, Promise] = {
    Kind.LOGS: gettext_lazy(
        "The files of the meeting platform, their lines with the moments of joining and leaving, and the names and "
        "addresses in them."
    ),
    Kind.MAILS: gettext_lazy("The addresses, subjects and texts of mails."),
    Kind.TEXTS: gettext_lazy("What people wrote in surveys in their own words."),
    Kind.PEOPLE: gettext_lazy(
        "The names, addresses, cities and workplaces of everybody who registered, and their personal pages."
    ),
}
STAYS: Mapping[Kind, Promise] = {
    Kind.LOGS: gettext_lazy(
        "Everybody’s minutes, as they were counted. From then on no file of attendance can be added or undone; minutes "
        "can be entered by hand."
    ),
    Kind.MAILS: gettext_lazy("That a mail was sent, and when."),
    Kind.TEXTS: gettext_lazy("That they wrote something, the codes given to it, and all other answers."),
    Kind.PEOPLE: gettext_lazy("Certificates, which can be verified as before, and every figure."),
}


def plan(retention: Retention) -> tuple[Line, ...]:
    """What would go, in the order in which it goes; `retention` need not be stored. Six queries."""
    programme = retention.programme
    return tuple(
        Line(
            kind,
            str(TITLES[kind]),
            str(GOES[kind]),
            str(STAYS[kind]),
            retention.due_date(kind),
            tuple((str(what.label), count(programme)) for what, count in HELD[kind]),
        )
        for kind in Kind
    )


def done(programme: Programme) -> list[Done]:
    """What went already, day by day in the programme's zone, the latest first. One query."""
    rows = RetentionRecord.objects.filter(programme=programme).order_by()
    by_day = rows.values_list(TruncDate("at", tzinfo=programme.zone), "what").annotate(n=Sum("count"))
    order = {what.value: place for place, what in enumerate(What)}
    found = sorted(by_day, key=lambda row: (-row[0].toordinal(), order[row[1]]))
    return [Done(day, str(What(what).label), count) for day, what, count in found]


def kept_until(retention: Retention, part: str) -> list[str]:
    """Sentences for the person: until when a part of the own data is kept."""
    if part == "certificates":
        return [_("Your certificate is kept for good, so that it can be checked.")]
    people = retention.due_date(Kind.PEOPLE)
    due = _earliest(people, retention.due_date(OWN_TIME[part])) if part in OWN_TIME else people
    texts = retention.due_date(Kind.TEXTS) if part == "answers" else None
    told = [_("Kept until %(date)s.") % {"date": _day(due)} if due else _("Kept until you have it erased.")]
    if part not in OWN_TIME and due:
        told = [_("Kept with your name until %(date)s.") % {"date": _day(due)}]
    if texts and (due is None or texts < due):
        told.append(_("What you wrote in your own words is kept until %(date)s.") % {"date": _day(texts)})
    return told


OWN_TIME = {"attendance_lines": Kind.LOGS, "mails": Kind.MAILS}
"""Parts of one's own data that go before the person does."""


def _earliest(*dates: dt.date | None) -> dt.date | None:
    return min((each for each in dates if each), default=None)


def _day(date: dt.date) -> str:
    return date_format(date, "DATE_FORMAT")


def _files(programme: Programme) -> int:
    return AttendanceImport.objects.filter(programme=programme, content_dropped_at__isnull=True).count()


def _lines(programme: Programme) -> int:
    return AttendanceRow.objects.filter(attendance_import__programme=programme).count()


def _names(programme: Programme) -> int:
    named = AttendanceIdentity.objects.for_programme(programme)
    return named.exclude(name__startswith=f"{ERASED} ", email="").count()


def _mails(programme: Programme) -> int:
    return Mail.objects.filter(programme=programme).exclude(to=NOBODY).count()


def _responses(programme: Programme) -> int:
    """Those to surveys that ask for a text, as far as they were not looked at yet."""
    with_texts = Question.objects.filter(kind=Question.Kind.TEXT, survey__programme=programme).values("survey")
    ahead = Q(survey__texts_deleted_to__isnull=True) | Q(pk__gt=F("survey__texts_deleted_to"))
    return Response.objects.filter(ahead, survey__in=with_texts).count()


def _people(programme: Programme) -> int:
    return Registration.objects.for_programme(programme).filter(erased_at__isnull=True).count()


HELD: Mapping[Kind, tuple[tuple[What, Callable[[Programme], int]], ...]] = {
    Kind.LOGS: ((What.FILES, _files), (What.LINES, _lines), (What.NAMES, _names)),
    Kind.MAILS: ((What.MAILS, _mails),),
    Kind.TEXTS: ((What.RESPONSES, _responses),),
    Kind.PEOPLE: ((What.PEOPLE, _people),),
}

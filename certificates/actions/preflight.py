"""What is looked at before certificates are issued: keys, design, names, letters, addresses. Nothing is changed.

A problem that blocks keeps a run from being asked for. A doubt is about some people and needs somebody's tick. Nothing of
what is found is in words, so that it can be kept: `certificates.admin.preflight_words` words it when it is shown.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Max, Q

from certificates.actions.designs import DesignProblem, problem_of
from certificates.actions.due import due_in, refuse_unready
from certificates.doubts import alike, covering, doubts, rarest_script
from certificates.errors import Refused
from certificates.models import Accepted, CertificateDesign, IssueRun, NameConfirmation
from certificates.rendering import CannotRender, Sheet, render
from certificates.specimens import specimen, specimen_sheet
from registrations.models import Mail, Programme, Registration

TEXT_AT_ONCE = 180  # characters typeset together when letters are looked for in the fonts
MOST_MISSING = 40
MOST_NAMED = 5  # of those who look like one person

NAMELESS, DOUBTFUL, UNPRINTABLE, DOUBLE, BOUNCED = "nameless", "doubtful", "unprintable", "double", "bounced"
SHORTEST, LONGEST, RAREST = "shortest", "longest", "rarest"

# What about whom, by registration id: codes of `Doubt`, letters that no font has; of `DOUBLE` the ids of the first
# few who look the same, and how many there are.
Notes = Mapping[int, Sequence[str | int]]


@dataclass(frozen=True, slots=True)
class Warned:
    """One kind of doubt, and the people it is about."""

    code: str
    notes: Notes


@dataclass(frozen=True, slots=True)
class Sample:
    """Somebody whose certificate should be looked at; `code` says why."""

    code: str
    pk: int


@dataclass(frozen=True, slots=True)
class Preflight:
    """What was found. `due` counts the certificates that a run would issue, `confirmed` the names
    among them that their owners have confirmed."""

    due: int
    confirmed: int
    design: DesignProblem | None
    warnings: tuple[Warned, ...]
    samples: tuple[Sample, ...]

    def doubted(self) -> Accepted:
        """Whom each doubt is about, as somebody accepts it; that one more person looks alike is no other doubt."""
        found: dict[str, list[int]] = defaultdict(list)
        for warned in self.warnings:
            for pk, about in warned.notes.items():
                what = () if warned.code == DOUBLE else map(str, about)
                found["/".join([warned.code, *what])].append(pk)
        return {doubt: sorted(people) for doubt, people in found.items()}


@dataclass(frozen=True, slots=True)
class _Due:
    pk: int
    name: str
    email: str


def look(programme: Programme, *, now: dt.datetime, due: Collection[int] | None = None) -> Preflight:
    """Look at all who are `due`; a constant number of queries, and a page typeset for some hundred different letters."""
    people = _people(programme, due_in(programme) if due is None else due)
    names = {person.pk: person.name for person in people}
    design = CertificateDesign.objects.in_force(programme)
    problem = problem_of(design or CertificateDesign(programme=programme), now=now)
    warnings = (
        Warned(NAMELESS, {person.pk: () for person in people if not person.name.strip()}),
        Warned(DOUBTFUL, {person.pk: found for person in people if (found := doubts(person.name))}),
        Warned(UNPRINTABLE, {} if problem else _unprintable(programme, design, names, now)),
        Warned(DOUBLE, _double(people)),
        Warned(BOUNCED, _bounced(programme, names)),
    )
    confirmed = NameConfirmation.objects.for_programme(programme).standing()
    return Preflight(
        due=len(people),
        confirmed=sum(key in names for key in confirmed.order_by().values_list("pk", flat=True)),
        design=problem,
        warnings=tuple(warned for warned in warnings if warned.notes),
        samples=samples(names),
    )


def problems(programme: Programme, design: DesignProblem | None, *, now: dt.datetime) -> tuple[str, ...]:
    """What blocks a run, in sentences: keys, rule and days as they are now, and what was found out about the design."""
    found = [str(design)] if design else []
    try:
        refuse_unready(programme, now=now)
    except Refused as refusal:
        found.insert(0, str(refusal))
    return tuple(found)


def halt_of(programme: Programme, found: Preflight, accepted: Accepted, *, now: dt.datetime) -> str:
    """Why a run that found this must not issue: a problem, or a doubt that is not accepted; "" where it may."""
    if problems(programme, found.design, now=now):
        return IssueRun.Halt.PROBLEM
    new = (set(people) - set(accepted.get(doubt, ())) for doubt, people in found.doubted().items())
    return IssueRun.Halt.DOUBT if any(new) else ""


def _people(programme: Programme, due: Collection[int]) -> list[_Due]:
    rows = Registration.objects.for_programme(programme).order_by("pk")
    values = rows.values_list("pk", "printed_name", "email")
    return [_Due(*row) for row in values if row[0] in due]


def _unprintable(
    programme: Programme, design: CertificateDesign | None, names: Mapping[int, str], now: dt.datetime
) -> Notes:
    made = specimen(programme, name="A", language="en", design=design, now=now)
    missing = missing_letters(list(names.values()), specimen_sheet(made), now=now)
    lacking = {pk: sorted(set(name) & missing) for pk, name in names.items()} if missing else {}
    return {pk: letters for pk, letters in lacking.items() if letters}


def missing_letters(names: Sequence[str], sheet: Sheet, *, now: dt.datetime) -> set[str]:
    """The characters of these names that no installed font has, found by typesetting them as certificates are."""
    missing: set[str] = set()
    for text in covering(names, TEXT_AT_ONCE):
        rest = text
        while len(missing) < MOST_MISSING and rest.strip():
            try:
                render(sheet.with_name(rest), issued_at=now)
            except CannotRender as error:
                new = set(error.letters) - missing
                if not new:
                    break
                missing |= new
                rest = "".join(letter for letter in rest if letter not in missing)
            else:
                break
    return missing


def _double(people: Sequence[_Due]) -> Notes:
    notes: dict[int, Sequence[int]] = {}
    for group in alike((person.pk, person.name, person.email) for person in people):
        first = group[: MOST_NAMED + 1]
        for pk in group:
            others = [other for other in first if other != pk][:MOST_NAMED]
            notes[pk] = [len(group) - 1, *others]
    return notes


def _bounced(programme: Programme, due: Collection[int]) -> Notes:
    mails = Mail.objects.filter(programme=programme, registration__isnull=False).order_by()
    people = mails.values_list("registration_id", "registration__address_bounced_at")
    rows = people.annotate(failed=Max("failed_at"), sent=Max("sent_at"))
    doubtful = rows.filter(Q(failed__isnull=False) | Q(registration__address_bounced_at__isnull=False))
    found = (pk for pk, marked, failed, sent in doubtful if marked or not sent or sent < failed)
    return {pk: () for pk in found if pk in due}


def samples(names: Mapping[int, str]) -> tuple[Sample, ...]:
    """Three to look at: the shortest name, the longest, and one in the rarest script; each person once."""
    if not names:
        return ()
    wanted = [
        (SHORTEST, min(names, key=lambda pk: (len(names[pk]), pk))),
        (LONGEST, max(names, key=lambda pk: (len(names[pk]), -pk))),
        (RAREST, rarest_script(names)),
    ]
    found: dict[int, Sample] = {}
    for code, pk in wanted:
        if pk is not None:
            found.setdefault(pk, Sample(code, pk))
    return tuple(found.values())

"""What is looked at before certificates are issued: keys, design, names, letters, addresses. Nothing is changed.

A problem that blocks keeps a run from being asked for. A warning is about some people and needs somebody's tick.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from certificates.actions.designs import try_out
from certificates.actions.issue import due_in, refuse_unready
from certificates.doubts import Doubt, alike, covering, doubts, rarest_script
from certificates.errors import Refused
from certificates.models import CertificateDesign, NameConfirmation
from certificates.rendering import CannotRender, Sheet, render
from certificates.specimens import specimen, specimen_sheet
from registrations.models import Mail, Programme, Registration

TEXT_AT_ONCE = 180  # characters typeset together when letters are looked for in the fonts
MOST_MISSING = 40


@dataclass(frozen=True, slots=True)
class Warned:
    """One kind of doubt: what it is, and what about whom, by registration id."""

    code: str
    title: str
    notes: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Sample:
    """Somebody whose certificate should be looked at, and why."""

    code: str
    title: str
    pk: int


@dataclass(frozen=True, slots=True)
class Preflight:
    """What was found. `due` counts the certificates that a run would issue, `confirmed` the names
    among them that their owners have confirmed."""

    due: int
    confirmed: int
    problems: tuple[str, ...]
    warnings: tuple[Warned, ...]
    samples: tuple[Sample, ...]

    @property
    def is_clear(self) -> bool:
        """Whether nothing is wrong or doubtful."""
        return not self.problems and not self.warnings


@dataclass(frozen=True, slots=True)
class _Due:
    pk: int
    name: str
    email: str
    language: str


def look(programme: Programme, *, now: dt.datetime) -> Preflight:
    """Look at everything; a constant number of queries, and a page typeset for some hundred different letters."""
    problems = _problems(programme, now)
    people = _people(programme, due_in(programme))
    names = {person.pk: person.name for person in people}
    warnings = (
        _nameless(people),
        _doubtful(people),
        _unprintable(programme, names, now) if not problems else None,
        _double(people),
        _bounced(programme, set(names)),
    )
    confirmed = NameConfirmation.objects.for_programme(programme).standing()
    return Preflight(
        due=len(people),
        confirmed=sum(key in names for key in confirmed.order_by().values_list("pk", flat=True)),
        problems=problems,
        warnings=tuple(warned for warned in warnings if warned and warned.notes),
        samples=samples(names),
    )


def _problems(programme: Programme, now: dt.datetime) -> tuple[str, ...]:
    found = []
    try:
        refuse_unready(programme, now=now)
    except Refused as refusal:
        found.append(str(refusal))
    design = CertificateDesign.objects.in_force(programme)
    try:
        try_out(design or CertificateDesign(programme=programme), now=now)
    except Refused as refusal:
        found.append(str(refusal))
    return tuple(found)


def _people(programme: Programme, due: Collection[int]) -> list[_Due]:
    rows = Registration.objects.for_programme(programme).order_by("pk")
    values = rows.values_list("pk", "printed_name", "email", "language")
    return [_Due(*row) for row in values if row[0] in due]


def _nameless(people: Sequence[_Due]) -> Warned:
    notes = {person.pk: _("There is no name to print.") for person in people if not person.name.strip()}
    return Warned("nameless", _("Names that are missing"), notes)


def _doubtful(people: Sequence[_Due]) -> Warned:
    words = {
        Doubt.CAPITALS: _("all in capitals"),
        Doubt.SMALL: _("all in small letters"),
        Doubt.ONE_LETTER: _("one letter only"),
        Doubt.ADDRESS: _("looks like an e-mail address"),
        Doubt.DIGITS: _("has digits in it"),
        Doubt.SIGNS: _("has signs in it that names rarely have"),
        Doubt.MIXED_WORD: _("mixes two scripts within a word"),
    }
    found = {person.pk: doubts(person.name) for person in people}
    notes = {pk: ", ".join(words[doubt] for doubt in all_of) for pk, all_of in found.items() if all_of}
    return Warned("doubtful", _("Names that look doubtful"), notes)


def _unprintable(programme: Programme, names: Mapping[int, str], now: dt.datetime) -> Warned:
    design = CertificateDesign.objects.in_force(programme)
    made = specimen(programme, name="A", language="en", design=design, now=now)
    missing = missing_letters(list(names.values()), specimen_sheet(made), now=now)
    notes = {}
    for pk, name in names.items():
        lacking = sorted(set(name) & missing)
        if lacking:
            notes[pk] = _("no font has “%(letters)s”; without a PDF until the name is changed") % {
                "letters": " ".join(lacking)
            }
    return Warned("unprintable", _("Names with letters that no font has"), notes)


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


def _double(people: Sequence[_Due]) -> Warned:
    named = {person.pk: person.name for person in people}
    notes: dict[int, str] = {}
    for group in alike((person.pk, person.name, person.email) for person in people):
        for pk in group:
            others = ", ".join(f"{named[other]} (#{other})" for other in group if other != pk)
            notes[pk] = _("looks like %(others)s") % {"others": others}
    return Warned("double", _("People who may be registered twice"), notes)


def _bounced(programme: Programme, due: set[int]) -> Warned:
    mails = Mail.objects.filter(programme=programme, registration__isnull=False).order_by()
    people = mails.values_list("registration_id", "registration__address_bounced_at")
    rows = people.annotate(failed=Max("failed_at"), sent=Max("sent_at"))
    doubtful = rows.filter(Q(failed__isnull=False) | Q(registration__address_bounced_at__isnull=False))
    note = _("The last mail could not be delivered.")
    found = {pk: note for pk, marked, failed, sent in doubtful if marked or not sent or sent < failed}
    return Warned("bounced", _("Addresses that refused our mail"), {pk: found[pk] for pk in found if pk in due})


def samples(names: Mapping[int, str]) -> tuple[Sample, ...]:
    """Three to look at: the shortest name, the longest, and one in the rarest script; each person once."""
    if not names:
        return ()
    wanted = [
        ("shortest", _("The shortest name"), min(names, key=lambda pk: (len(names[pk]), pk))),
        ("longest", _("The longest name"), max(names, key=lambda pk: (len(names[pk]), -pk))),
        ("rarest", _("A name in the rarest script"), rarest_script(names)),
    ]
    found: dict[int, Sample] = {}
    for code, title, pk in wanted:
        if pk is not None:
            found.setdefault(pk, Sample(code, title, pk))
    return tuple(found.values())

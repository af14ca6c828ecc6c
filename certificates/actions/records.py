"""Certificates as rows and files: numbered and recorded in one short transaction, typeset outside of any."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db import IntegrityError, transaction
from django.db.models import F

from certificates import serials
from certificates.completion import Evaluation
from certificates.errors import KeyProblem
from certificates.letters import letter
from certificates.looks import Looks
from certificates.models import (
    Certificate,
    CertificateDesign,
    CertificateFile,
    CompletionRule,
    NameConfirmation,
    SerialCounter,
)
from certificates.rendering import CannotRender, render
from certificates.sealing import Signer, signer
from certificates.wording import sheet_of
from registrations import mail
from registrations.models import Programme, Registration, User
from registrations.wordings import EditedTexts


def counter_of(programme: Programme) -> SerialCounter:
    """The programme's counter, made on first use under a beginning that no other programme has."""
    for prefix in serials.prefixes(programme.slug, programme.start_date.year):
        try:
            with transaction.atomic():
                counter, _is_new = SerialCounter.objects.get_or_create(programme=programme, defaults={"prefix": prefix})
                return counter
        except IntegrityError:
            continue
    raise AssertionError("prefixes never end")


def take_serials(counter: SerialCounter, number: int) -> list[str]:
    """That many fresh serial numbers; the counter's row stays locked until the transaction ends."""
    SerialCounter.objects.filter(pk=counter.pk).update(last=F("last") + number)
    last = SerialCounter.objects.values_list("last", flat=True).get(pk=counter.pk)
    return [serials.serial(counter.prefix, value) for value in range(last - number + 1, last + 1)]


def lock(counter: SerialCounter) -> None:
    """Wait until nobody else numbers certificates of this programme. On SQLite the transaction itself is the lock."""
    SerialCounter.objects.select_for_update().get(pk=counter.pk)


@transaction.atomic
def record(
    programme: Programme,
    judged: Mapping[int, Evaluation],
    rule: CompletionRule,
    *,
    by: User | None,
    now: dt.datetime,
) -> list[Certificate]:
    """Certificates of the persons given by registration id, less those who have one or gave up their seat by now."""
    counter = counter_of(programme)
    lock(counter)
    seated = Registration.objects.for_programme(programme).seated().filter(pk__in=judged)
    issued = Certificate.objects.latest_of_each().filter(registration__in=judged).values("registration_id")
    people = list(seated.exclude(pk__in=issued).order_by("pk"))
    printed = snapshot(programme, now=now)
    confirmed = NameConfirmation.objects.standing().filter(registration__in=judged)
    latin = dict(confirmed.order_by().values_list("registration_id", "latin_name"))
    return Certificate.objects.bulk_create(
        Certificate(
            registration=person,
            serial=number,
            rule=rule,
            override_id=_exception_used(judged[person.pk]),
            issued_at=now,
            issued_by=by,
            language=person.language,
            programme_title=programme.text("title", person.language),
            printed_name=person.printed_name,
            latin_name=latin.get(person.pk, ""),
            sessions_attended=judged[person.pk].sessions_attended,
            sessions_total=judged[person.pk].sessions_total,
            minutes_attended=judged[person.pk].seconds_present // 60,
            **printed,
        )
        for person, number in zip(people, take_serials(counter, len(people)), strict=True)
    )


def _exception_used(evaluation: Evaluation) -> int | None:
    """The exception by which a certificate is earned that the rule alone would not give."""
    return evaluation.override.key if evaluation.override and evaluation.is_by_exception else None


def snapshot(programme: Programme, *, now: dt.datetime) -> dict[str, object]:
    """What every certificate of the programme prints alike. Its title is printed in each certificate’s language."""
    return {
        "start_date": programme.start_date,
        "end_date": programme.end_date,
        "issue_date": now.astimezone(programme.zone).date(),
        "issuer": "\n".join(programme.partners.values_list("name", flat=True)) or programme.contact_name,
        "is_synthetic": programme.is_synthetic,
        "design": CertificateDesign.objects.in_force(programme),
    }


def deliver(pks: Iterable[int], *, now: dt.datetime) -> int:
    """Make and sign the PDFs of these certificates, store them and queue the mails that announce them; safe to repeat.

    A certificate that cannot be made stops nobody else: it keeps the reason in `render_error`. Returns how many are made.
    """
    pending = (
        Certificate.objects.filter(pk__in=list(pks), file__isnull=True)
        .select_related("registration__programme", "supersedes", "design")
        .order_by("pk")
    )
    made, failed = _typeset(list(pending), now=now)
    with transaction.atomic():
        # Another worker may have stored the same bytes meanwhile, and queued the same mails.
        CertificateFile.objects.bulk_create((file for _certificate, file in made), ignore_conflicts=True)
        edited = EditedTexts()
        mail.queue_many([letter(certificate, now=now, edited=edited) for certificate, _file in made])
        for reason, broken in failed.items():
            Certificate.objects.filter(pk__in=broken).update(render_error=reason)
    return len(made)


class _Signers:
    """Who signs for which programme, asked once each for a chunk."""

    def __init__(self, now: dt.datetime) -> None:
        self._now = now
        self._found: dict[str, Signer] = {}

    def of(self, certificate: Certificate) -> Signer:
        """The signer of this certificate's programme. Raises `KeyProblem`."""
        slug = certificate.registration.programme.slug
        if slug not in self._found:
            self._found[slug] = signer(programme=slug, now=self._now)
        return self._found[slug]


def _typeset(
    certificates: Sequence[Certificate], *, now: dt.datetime
) -> tuple[list[tuple[Certificate, CertificateFile]], dict[str, list[int]]]:
    made: list[tuple[Certificate, CertificateFile]] = []
    failed: dict[str, list[int]] = defaultdict(list)
    signers, looks = _Signers(now), Looks()
    for certificate in certificates:
        try:
            content = signers.of(certificate).sign(
                render(sheet_of(certificate, looks), issued_at=certificate.issued_at)
            )
        except (CannotRender, KeyProblem) as error:
            failed[str(error)[:300]].append(certificate.pk)
        else:
            digest = hashlib.sha256(content).hexdigest()
            file = CertificateFile(certificate=certificate, content=content, sha256=digest, rendered_at=now)
            made.append((certificate, file))
    return made, dict(failed)

"""The consent to the privacy text: withdrawn at any time, and given again by agreeing to the text in force."""

import datetime as dt

from django.db import transaction

from registrations import mail
from registrations.actions import archive_consent, withdraw
from registrations.letters import ASKED_FOR, Kind
from registrations.models import Mail, PrivacyText, Registration, User
from registrations.people.profiles import leave


@transaction.atomic
def withdraw_consent(registration: Registration, *, by: User | None = None, now: dt.datetime) -> Registration:
    """End the consent, also after the programme's end. Doing so twice is doing it once.

    While the programme runs the seat goes to whoever waits longest. From now on the person gets no mail except the
    confirmation of this wish and a link that was asked for. What is stored stays until it is erased.
    """
    locked = Registration.objects.select_for_update().get(pk=registration.pk)
    if locked.has_consent:
        Registration.objects.filter(pk=locked.pk).update(consent_withdrawn_at=now)
        _reload(registration)
        if not registration.programme.has_ended(now):
            withdraw(registration, by=by, now=now)
        leave(locked, now=now)
        _hold_back(registration, now)
        if registration.confirmed_at:
            _confirm_by_mail(registration, now)
    return _reload(registration)


@transaction.atomic
def give_consent(registration: Registration, *, privacy_text: PrivacyText, now: dt.datetime) -> Registration:
    """Agree anew, to this text; the earlier agreement is archived. Does nothing for whoever has not withdrawn it."""
    locked = Registration.objects.select_for_update().get(pk=registration.pk)
    if not locked.has_consent:
        archive_consent(locked)
        fresh = {"privacy_text": privacy_text, "consented_at": now, "consent_withdrawn_at": None}
        Registration.objects.filter(pk=locked.pk).update(**fresh)
    return _reload(registration)


def _hold_back(registration: Registration, now: dt.datetime) -> None:
    queued = Mail.objects.open().filter(registration=registration.pk, claimed_at__isnull=True)
    queued.exclude(kind__in=ASKED_FOR).order_by().update(held_at=now)


def _confirm_by_mail(registration: Registration, now: dt.datetime) -> None:
    kind = Kind.CONSENT_WITHDRAWN
    key = f"{kind.value}:{registration.pk}:{now:%Y%m%dT%H%M%S%f}"
    mail.queue_many([mail.draft_letter(kind, registration, key=key, now=now)])


def _reload(registration: Registration) -> Registration:
    registration.refresh_from_db(fields=[field.attname for field in Registration._meta.concrete_fields])
    return registration

"""What happens to a registration: sent in, confirmed, seated, moved up, withdrawn, corrected.

Locks are always taken in the order registration, then programme; a waiting person is moved up by whoever holds the
programme's row. So nobody waits in a circle.
"""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from registrations import mail
from registrations.addresses import tidy_address
from registrations.details import RegistrationDetails
from registrations.errors import Refused
from registrations.letters import Kind
from registrations.models import Consent, Mail, PrivacyText, Programme, Registration, Topic, User
from registrations.models.programme import ProgrammeQuerySet
from registrations.models.registration import new_link_token
from registrations.people.profiles import leave
from registrations.zones import is_zone

__all__ = [
    "RegistrationDetails",
    "archive_consent",
    "change_details",
    "choose_topics",
    "choose_zone",
    "confirm",
    "move_up_waiting_list",
    "move_up_waiting_lists",
    "refuse_if_too_late_to_withdraw",
    "register",
    "revoke_link",
    "send_link_again",
    "send_own_link",
    "withdraw",
]

LINK_KINDS = (Kind.CONFIRM.value, Kind.LINK.value)
LINKS_PER_HOUR, LINKS_PER_DAY = 3, 10
PAUSE_BETWEEN_LINKS = dt.timedelta(minutes=2)


# Registering ------------------------------------------------------------------------------------------------------


@transaction.atomic
def register(
    programme: Programme,
    details: RegistrationDetails,
    *,
    privacy_text: PrivacyText,
    time_zone: str = "",
    now: dt.datetime,
) -> Registration:
    """Register a person, who then gets a mail with a link to confirm the address. `time_zone` is one they chose, or "".

    A second time with the same address changes nothing: a mail with the person's own link goes out. Someone who had
    withdrawn starts again. Raises Refused where registration is not open or the details cannot be taken.
    """
    _refuse_unless_open(programme, now)
    details = details.tidied()
    fields = {**details.as_fields(), "privacy_text": privacy_text, "consented_at": now, "registered_at": now}
    fields["time_zone"] = time_zone if is_zone(time_zone) else ""
    registration, is_new = Registration.objects.get_or_create(programme=programme, email=details.email, defaults=fields)
    registration.programme = programme
    revived = {**fields, "withdrawn_at": None, "confirmed_at": None, "seated_at": None, "consent_withdrawn_at": None}
    gone = Registration.objects.filter(pk=registration.pk, withdrawn_at__isnull=False)
    if not is_new and registration.is_withdrawn:
        archive_consent(registration)
    if is_new or (registration.is_withdrawn and gone.update(**revived)):
        registration = registration if is_new else _fresh(registration)
        _send_link(registration, now=now, is_first=True)
    else:
        _send_link(registration, now=now)
    return registration


def archive_consent(registration: Registration) -> None:
    """Keep the agreement that is about to be followed by another one. Doing so twice is doing it once."""
    fields = {"privacy_text": registration.privacy_text, "withdrawn_at": registration.consent_withdrawn_at}
    Consent.objects.get_or_create(registration=registration, given_at=registration.consented_at, defaults=fields)


def _refuse_unless_open(programme: Programme, now: dt.datetime) -> None:
    if programme.is_registration_open(now):
        return
    if programme.published_at and not programme.has_registration_opened(now):
        raise Refused(_("Registration for this programme has not opened yet."))
    raise Refused(_("Registration for this programme is closed."))


def send_link_again(programme: Programme, email: str, *, now: dt.datetime) -> None:
    """Mail the person's own link to this address, if it is registered; says nothing about whether it is."""
    address = tidy_address(email)
    registration = Registration.objects.filter(programme=programme, email=address).select_related("programme").first()
    if registration is not None:
        send_own_link(registration, now=now)


@transaction.atomic
def send_own_link(registration: Registration, *, by: User | None = None, now: dt.datetime) -> bool:
    """Mail a person the own link, unless that address got enough of them lately; whether a mail was queued."""
    return _send_link(registration, now=now)


def _send_link(registration: Registration, *, now: dt.datetime, is_first: bool = False) -> bool:
    """Unless the address, over all programmes, got enough links lately: our mails are no way to pester somebody."""
    lately = Mail.objects.filter(to=registration.email, kind__in=LINK_KINDS, queued_at__gt=now - dt.timedelta(days=1))
    moments = list(lately.order_by("queued_at").values_list("queued_at", "registration_id"))
    own = [moment for moment, owner in moments if owner == registration.pk]
    if not _may_get_a_link([moment for moment, _owner in moments], own, now, is_first=is_first):
        return False
    kind = Kind.CONFIRM if registration.is_pending else Kind.LINK
    # Two requests at the same moment see the same last link and so make the same key: one mail.
    key = f"link:{registration.pk}:after:{own[-1]:%Y%m%dT%H%M%S%f}" if own else f"link:{registration.pk}:{now:%Y%m%d}"
    _queue(kind, registration, key=key, now=now)
    return True


def _may_get_a_link(
    all_moments: list[dt.datetime], own: list[dt.datetime], now: dt.datetime, *, is_first: bool
) -> bool:
    """`all_moments`: of a day's links to the address; `own`: those of this registration, the latest last."""
    if is_first or len(all_moments) >= LINKS_PER_DAY:
        return len(all_moments) < LINKS_PER_DAY
    in_last_hour = sum(moment > now - dt.timedelta(hours=1) for moment in all_moments)
    return in_last_hour < LINKS_PER_HOUR and (not own or own[-1] <= now - PAUSE_BETWEEN_LINKS)


# Confirming, seats, the waiting list ------------------------------------------------------------------------------


@transaction.atomic
def confirm(registration: Registration, *, now: dt.datetime) -> Registration:
    """Confirm the address: take a seat, or join the waiting list at its end. Confirming twice is confirming once."""
    if registration.programme.has_ended(now):
        raise Refused(_("This programme is over; it is too late to confirm."))
    pending = Registration.objects.filter(pk=registration.pk, confirmed_at__isnull=True, withdrawn_at__isnull=True)
    if pending.update(confirmed_at=now, address_bounced_at=None):
        _seat_or_queue(registration, now)
    _fresh(registration)
    if registration.is_withdrawn:
        raise Refused(_("You withdrew from this programme. To take part after all, register again."))
    return registration


def _seat_or_queue(registration: Registration, now: dt.datetime) -> None:
    """A seat for the one who just confirmed, unless others wait for one already."""
    programme, own = registration.programme, Registration.objects.filter(pk=registration.pk)
    others = Registration.objects.for_programme(programme).waiting().exclude(pk=registration.pk)
    kind = Kind.WAITING
    if not others.exists() and _seat_of(programme).take_seat():
        own.update(seated_at=now)
        kind = Kind.REGISTERED
    _queue(kind, registration, key=_moment_key(kind, registration, now), now=now)
    if kind is Kind.WAITING:
        move_up_waiting_list(programme, now=now)


def move_up_waiting_list(programme: Programme, *, now: dt.datetime) -> int:
    """Give free seats to those who wait, longest first; returns how many moved up."""
    moved = 0
    while not programme.has_ended(now) and _move_one_up(programme, now):
        moved += 1
    return moved


def move_up_waiting_lists(*, now: dt.datetime) -> int:
    """For every programme with a waiting list and a free seat, as after its capacity was raised."""
    return sum(move_up_waiting_list(programme, now=now) for programme in Programme.objects.with_people_waiting())


@transaction.atomic
def _move_one_up(programme: Programme, now: dt.datetime) -> bool:
    waiting = Registration.objects.for_programme(programme).waiting()
    if not waiting.exists() or not _seat_of(programme).take_seat():
        return False
    # Holding the programme's row, we see everybody whom an earlier holder seated; someone may still withdraw.
    for registration in waiting.select_related("programme").iterator(chunk_size=20):
        still_waiting = Registration.objects.filter(
            pk=registration.pk, withdrawn_at__isnull=True, seated_at__isnull=True
        )
        if still_waiting.update(seated_at=now):
            _queue(Kind.MOVED_UP, registration, key=_moment_key(Kind.MOVED_UP, registration, now), now=now)
            return True
    _seat_of(programme).give_seat_back()
    return False


def _seat_of(programme: Programme) -> ProgrammeQuerySet:
    return Programme.objects.filter(pk=programme.pk)


# Leaving, correcting ----------------------------------------------------------------------------------------------


@transaction.atomic
def withdraw(registration: Registration, *, by: User | None = None, now: dt.datetime) -> Registration:
    """Give the registration up, and its seat to whoever waits longest. Withdrawing twice is withdrawing once.

    Raises Refused where the person itself (`by` is None) does so after the programme's last day.
    """
    if by is None:
        refuse_if_too_late_to_withdraw(registration, now=now)
    locked = Registration.objects.select_for_update().get(pk=registration.pk)
    if not locked.is_withdrawn:
        Registration.objects.filter(pk=locked.pk).update(withdrawn_at=now, seated_at=None)
        leave(locked, now=now)
        if locked.confirmed_at:
            _queue(Kind.WITHDRAWN, registration, key=_moment_key(Kind.WITHDRAWN, registration, now), now=now)
        if locked.seated_at:
            _seat_of(registration.programme).give_seat_back()
            move_up_waiting_list(registration.programme, now=now)
    return _fresh(registration)


def refuse_if_too_late_to_withdraw(registration: Registration, *, now: dt.datetime) -> None:
    """Raises Refused once the last day is over: who took part then stays on record, unless staff decide otherwise."""
    if registration.programme.has_ended(now) and not registration.is_withdrawn:
        raise Refused(_("This programme is over; it is too late to withdraw."))


def change_details(registration: Registration, details: RegistrationDetails, *, now: dt.datetime) -> Registration:
    """Correct what a person said; the address stays. Raises Refused after a withdrawal."""
    fields = details.tidied().as_fields()
    del fields["email"]
    if not Registration.objects.filter(pk=registration.pk, withdrawn_at__isnull=True).update(**fields):
        raise Refused(_("You withdrew from this programme. To take part after all, register again."))
    return _fresh(registration)


def choose_zone(registration: Registration, time_zone: str, *, now: dt.datetime) -> Registration:
    """Write to a person in this zone from now on; "" for that of the country. Raises Refused for an unknown one."""
    if time_zone and not is_zone(time_zone):
        raise Refused(_("“%(name)s” is not a time zone. Choose one from the list.") % {"name": time_zone[:60]})
    Registration.objects.filter(pk=registration.pk).update(time_zone=time_zone)
    return _fresh(registration)


def choose_topics(registration: Registration, wanted: Collection[Topic], *, now: dt.datetime) -> Registration:
    """Write to a person about these topics and about no others. What belongs to the registration comes all the same."""
    Registration.objects.filter(pk=registration.pk).update(**{topic.field: topic in wanted for topic in Topic})
    return _fresh(registration)


def revoke_link(registration: Registration, *, by: User | None = None, now: dt.datetime) -> Registration:
    """Make the personal link worthless, as after it got into the wrong hands; the person may ask for the new one."""
    Registration.objects.filter(pk=registration.pk).update(link_token=new_link_token())
    return _fresh(registration)


def _fresh(registration: Registration) -> Registration:
    """The row as it is now, with the programme that was loaded already."""
    registration.refresh_from_db(fields=[field.attname for field in Registration._meta.concrete_fields])
    return registration


def _moment_key(kind: Kind, registration: Registration, now: dt.datetime) -> str:
    """The only mail of its kind for one turn of events: someone may withdraw and come back."""
    return f"{kind.value}:{registration.pk}:{now:%Y%m%dT%H%M%S%f}"


def _queue(kind: Kind, registration: Registration, *, key: str, now: dt.datetime) -> None:
    mail.queue_many([mail.draft_letter(kind, registration, key=key, now=now)])

"""Another address for a person: given by the person or an organiser, in force once its owner has confirmed it."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from registrations import actions, mail
from registrations.addresses import tidy_address
from registrations.confirming import change_named, mail_key
from registrations.errors import Refused
from registrations.letters import Kind
from registrations.models import AddressChange, Mail, Registration, User
from registrations.models.address_change import LASTS
from registrations.models.registration import new_link_token

OWN_PER_DAY = 5
LINKS_PER_HOUR, LINKS_PER_DAY = actions.LINKS_PER_HOUR, actions.LINKS_PER_DAY


@transaction.atomic
def ask(registration: Registration, address: str, *, by: User | None = None, now: dt.datetime) -> AddressChange:
    """Write to a new address, or to the present one that mail comes back from, so that its owner can confirm it.

    The latest counts, earlier links are worthless. Only an organiser (`by`) is told that somebody else has the address.
    Raises Refused with a sentence that says what to do.
    """
    new_address = tidy_address(address)
    locked = Registration.objects.select_for_update(of=("self",)).select_related("programme").get(pk=registration.pk)
    _refuse_those_who_left(locked)
    _refuse_what_is_in_force(locked, new_address)
    _refuse_too_many(locked, now)
    if by is not None and _is_taken(locked, new_address):
        raise Refused(_("This address is registered for the programme already."))
    AddressChange.objects.filter(registration=locked, confirmed_at__isnull=True).delete()
    change = AddressChange.objects.create(registration=locked, new_address=new_address, asked_at=now, asked_by=by)
    _write_to(change, now)
    return change


@transaction.atomic
def take_back(registration: Registration, *, now: dt.datetime) -> None:
    """Leave the address as it is: the link that is on its way is worthless."""
    AddressChange.objects.filter(registration=registration, confirmed_at__isnull=True).delete()


def found_by(token: str, *, now: dt.datetime) -> AddressChange | None:
    """The change that a link of ours confirms, while it can be confirmed or has been."""
    pk = change_named(token)
    change = AddressChange.objects.select_related("registration__programme").filter(pk=pk).first() if pk else None
    return change if change and (change.confirmed_at or change.asked_at > now - LASTS) else None


@transaction.atomic
def confirm(change: AddressChange, *, now: dt.datetime) -> Registration:
    """The new address is its owner's: write there from now on. Confirming twice is confirming once.

    With another address goes another personal link, since the old one may lie in a stranger's mailbox. Somebody whose
    registration waited for a confirmation is registered by it. Raises Refused where that is not possible any more.
    """
    locked = (
        Registration.objects.select_for_update(of=("self",)).select_related("programme").get(pk=change.registration_id)
    )
    _refuse_those_who_left(locked)
    claimed = AddressChange.objects.open(now).filter(pk=change.pk).update(confirmed_at=now)
    if not claimed:
        return locked
    old_address, was_bounced, was_pending = locked.email, locked.address_bounced_at, locked.is_pending
    is_new = _put_in_force(locked, change.new_address)
    if was_pending and not locked.programme.has_ended(now):
        return actions.confirm(locked, now=now)
    if is_new:
        _queue(Kind.LINK, locked, to=locked.email, key=f"link:address:{change.pk}", now=now)
        if not was_bounced and not was_pending:
            _queue(Kind.ADDRESS_CHANGED, locked, to=old_address, key=f"address_changed:{change.pk}", now=now)
    return locked


def open_change(registration: Registration, *, now: dt.datetime) -> AddressChange | None:
    """The change that waits for its confirmation, if there is one."""
    return AddressChange.objects.open(now).filter(registration=registration).first()


def forget_lapsed(*, now: dt.datetime) -> int:
    """Delete addresses that nobody confirmed in time; returns how many. They may be strangers'."""
    return AddressChange.objects.lapsed(now).delete()[0]


def _put_in_force(registration: Registration, address: str) -> bool:
    """Whether it is another address than before. What waits to be sent goes there, too."""
    is_new = address != registration.email
    fresh: dict[str, object] = {"email": address, "address_bounced_at": None}
    if is_new:
        fresh["link_token"] = new_link_token()
    try:
        with transaction.atomic():
            Registration.objects.filter(pk=registration.pk).update(**fresh)
    except IntegrityError:
        sentence = _(
            "This address has a registration of its own for the programme. Ask for its link on the programme’s page."
        )
        raise Refused(sentence) from None
    waiting = Mail.objects.open().filter(registration=registration, to=registration.email, claimed_at__isnull=True)
    waiting.order_by().update(to=address)
    registration.refresh_from_db(fields=["email", "address_bounced_at", "link_token"])
    return is_new


def _refuse_those_who_left(registration: Registration) -> None:
    if registration.is_erased or registration.is_withdrawn or not registration.has_consent:
        raise Refused(_("This registration was withdrawn, so its address stays as it is."))


def _refuse_what_is_in_force(registration: Registration, address: str) -> None:
    works = registration.confirmed_at and not registration.address_bounced_at
    if works and address == registration.email:
        raise Refused(_("This is the address that we write to already."))


def _refuse_too_many(registration: Registration, now: dt.datetime) -> None:
    asked = Mail.objects.filter(registration=registration, kind=Kind.ADDRESS, queued_at__gt=now - dt.timedelta(days=1))
    if asked.count() >= OWN_PER_DAY:
        raise Refused(_("The address was changed often enough for one day. Please try again tomorrow."))


def _is_taken(registration: Registration, address: str) -> bool:
    others = Registration.objects.for_programme(registration.programme).exclude(pk=registration.pk)
    return others.filter(email=address).exists()


def _write_to(change: AddressChange, now: dt.datetime) -> None:
    """Unless the address got enough links from us lately, whoever asked for them: we are no way to pester somebody."""
    kinds = (*actions.LINK_KINDS, Kind.ADDRESS.value)
    lately = Mail.objects.filter(to=change.new_address, kind__in=kinds, queued_at__gt=now - dt.timedelta(days=1))
    moments = list(lately.values_list("queued_at", flat=True))
    in_last_hour = sum(moment > now - dt.timedelta(hours=1) for moment in moments)
    if len(moments) < LINKS_PER_DAY and in_last_hour < LINKS_PER_HOUR:
        _queue(Kind.ADDRESS, change.registration, to=change.new_address, key=mail_key(change.pk), now=now)


def _queue(kind: Kind, registration: Registration, *, to: str, key: str, now: dt.datetime) -> None:
    drafted = mail.draft_letter(kind, registration, key=key, now=now)
    drafted.to = to
    mail.queue_many([drafted])

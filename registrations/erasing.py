"""A registration without its person: what is left is counted, and leads to nobody."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from registrations.actions import move_up_waiting_list
from registrations.erased import ERASED, erased_address
from registrations.mail import TEST
from registrations.models import AddressChange, Mail, Programme, Registration, Topic, User
from registrations.models.registration import new_link_token
from registrations.people.forgetting import forget_in_directory


@transaction.atomic
def erase(registration: Registration, *, by: User | None = None, now: dt.datetime) -> Registration:
    """Erase who it was: names, address, city, workplace, mails, and the link. Erasing twice is erasing once.

    Gender, sector, country, language and the moments stay, so that figures stay. The seat stays, too, once the programme
    has begun; before that it goes to whoever waits longest, and somebody who waits does not any more.
    `by` is the member of staff who does it on the person's behalf, None for the person.
    """
    locked = Registration.objects.select_for_update().get(pk=registration.pk)
    if not locked.is_erased:
        forget_in_directory(locked, now=now)
        to_them, tests = Q(to=locked.email), Q(kind=TEST, registration=None)
        Mail.objects.filter(Q(registration=locked) | Q(programme=locked.programme_id) & (to_them | tests)).delete()
        AddressChange.objects.filter(registration=locked).delete()
        _leave(locked, now)
        Registration.objects.filter(pk=locked.pk).update(**_nobody(locked), erased_at=now, erased_by=by)
    registration.refresh_from_db(fields=[field.attname for field in Registration._meta.concrete_fields])
    return registration


def _nobody(registration: Registration) -> dict[str, object]:
    return {
        "email": erased_address(),
        "given_name": ERASED,
        "family_name": "",
        "printed_name": ERASED,
        "city": "",
        "organisation": "",
        "position": "",
        "sector_other": ERASED if registration.sector_other else "",
        "time_zone": "",
        **{topic.field: False for topic in Topic},
        "address_bounced_at": None,
        "link_token": new_link_token(),
    }


def _leave(registration: Registration, now: dt.datetime) -> None:
    """Nobody waits, and nobody holds a seat that is still of use to somebody."""
    programme = registration.programme
    has_begun = now.astimezone(programme.zone).date() >= programme.start_date
    if registration.is_withdrawn or (registration.is_seated and has_begun):
        return
    Registration.objects.filter(pk=registration.pk).update(withdrawn_at=now, seated_at=None)
    if registration.seated_at:
        Programme.objects.filter(pk=programme.pk).give_seat_back()
        move_up_waiting_list(programme, now=now)

"""Forgetting a person in the directory: what was counted stays, what anybody wrote goes."""

import datetime as dt

from django.db.models import Q

from registrations.erased import ERASED
from registrations.models import Block, Contact, Mail, Partnership, Profile, ProfileReport, Registration
from registrations.people import letters


def forget_in_directory(registration: Registration, *, now: dt.datetime) -> None:
    """Delete the profile, blocks and what was relayed by mail; blank sentences and reports. To be called once, by `erase`.

    Confirmed partnerships stay counted, without their subject. What was open ends.
    """
    contacts = Contact.objects.of(registration)
    partnerships = Partnership.objects.filter(contact__in=contacts)
    Mail.objects.filter(key__in=letters.keys_about(contacts, partnerships)).delete()
    partnerships.filter(confirmed_at__isnull=True).delete()
    for row in partnerships:  # each keeps a subject of its own, since two of a contact may not have the same
        Partnership.objects.filter(pk=row.pk).update(subject=f"{ERASED} {row.pk}")
    contacts.update(sentence=ERASED)
    contacts.open().filter(sender=registration).update(taken_back_at=now)
    contacts.open().filter(recipient=registration).update(declined_at=now)
    reports = ProfileReport.objects.filter(Q(by=registration) | Q(about=registration))
    reports.update(text=ERASED, evidence="")
    reports.open().update(decided_at=now)
    Block.objects.filter(Q(by=registration) | Q(other=registration)).delete()
    Profile.objects.filter(registration=registration).delete()

"""Forgetting a person: the certificate stays as it was printed, what was said around it does not."""

from django.db import transaction
from django.db.models import Case, Value, When

from certificates.models import Confirmation, NameConfirmation, NameRequest, Override
from registrations.erased import ERASED
from registrations.models import Registration


@transaction.atomic
def forget_person(registration: Registration) -> None:
    """Blank names that were confirmed or asked for, and notes. Certificates can be verified for good, name and all."""
    NameConfirmation.objects.filter(registration=registration).update(printed_name=ERASED, latin_name="")
    requests = NameRequest.objects.filter(registration=registration)
    requests.waiting().delete()
    refused = Case(When(refused_because="", then=Value("")), default=Value(ERASED))
    requests.update(printed_name=ERASED, latin_name="", refused_because=refused)
    Confirmation.objects.filter(registration=registration).update(note="")
    Override.objects.filter(registration=registration).update(reason=ERASED)

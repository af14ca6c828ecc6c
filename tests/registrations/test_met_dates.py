import datetime as dt

import pytest
from django.utils import timezone

from registrations.met_dates import met_dates
from registrations.models import Registration
from tests.registrations_factories import RegistrationFactory

pytestmark = pytest.mark.django_db

MOMENTS = ("2024-12-31T20:30Z", "2024-12-31T22:30Z", "2025-02-28T12:00Z", "2025-10-26T00:30Z", "2025-10-31T23:30Z")


@pytest.mark.parametrize("zone", ["UTC", "Europe/Paris", "America/Sao_Paulo", "Asia/Kathmandu"])
def test_dates_met_are_those_of_the_rows(zone):
    people = Registration.objects.order_by("family_name")
    assert met_dates(people, "registered_at", "year") == []
    for moment in MOMENTS:
        RegistrationFactory(registered_at=dt.datetime.fromisoformat(moment), confirmed_at=None, seated_at=None)
    with timezone.override(zone):
        for kind in ("year", "month", "day"):
            assert met_dates(people, "registered_at", kind) == list(people.datetimes("registered_at", kind))

"""Whether the pages of a person's certificates are open to everybody who has the code."""

import datetime as dt

from certificates.models import Certificate
from registrations.models import Registration


def set_public(registration: Registration, *, is_public: bool, now: dt.datetime) -> int:
    """Open or hide the pages of this person's certificates, corrected ones included. Returns how many changed."""
    own = Certificate.objects.filter(registration=registration)
    if is_public:
        return own.exclude(hidden_at__isnull=True).update(hidden_at=None)
    return own.public().update(hidden_at=now)

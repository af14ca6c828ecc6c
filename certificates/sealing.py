"""Who signs the PDFs of a programme. What signs is loaded with the first signature: pyHanko takes 25 MB of memory."""

import datetime as dt
from typing import Protocol, cast

from registrations.later import later

_signing = later("certificates.signing")


class Signer(Protocol):
    """Signs PDFs with one key."""

    def sign(self, pdf: bytes) -> bytes:
        """The PDF with a signature under it."""


def signer(*, programme: str = "", now: dt.datetime) -> Signer:
    """See `certificates.signing.signer`."""
    return cast(Signer, _signing().signer(programme=programme, now=now))

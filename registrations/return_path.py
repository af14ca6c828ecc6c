"""How a mail that comes back is known again: the number in its headers, and where reports on it go."""

from django.conf import settings

from registrations.bounces import OWN_HEADER
from registrations.models import Mail

NUMBER = "{mail}"


def sender_of(mail: Mail) -> str:
    """The envelope's sender, to whom reports go: `BOUNCE_ADDRESS`, in which "{mail}" stands for the mail's number."""
    address: str = settings.BOUNCE_ADDRESS
    return address.replace(NUMBER, mail.uuid.hex) if address else settings.DEFAULT_FROM_EMAIL


def headers_to_know_it_by(mail: Mail) -> dict[str, str]:
    """The mail's number, which providers leave alone where they replace the Message-ID, and the sender people see."""
    headers = {OWN_HEADER: str(mail.uuid)}
    if settings.BOUNCE_ADDRESS:
        headers["From"] = settings.DEFAULT_FROM_EMAIL
    return headers

"""One spelling for each e-mail address, so that one person is one row."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.encoding import punycode
from django.utils.translation import gettext as _

from registrations.errors import Refused


def tidy_address(text: str) -> str:
    """The address without blanks around it, in lower case, its domain in ASCII. Raises Refused if it is none."""
    address = text.strip().lower()
    local, _at, domain = address.rpartition("@")
    try:
        address = f"{local}@{punycode(domain)}"
        validate_email(address)
    except (UnicodeError, ValidationError):
        raise Refused(_("This is not an e-mail address we can write to. It looks like name@example.org.")) from None
    if not address.isascii():
        raise Refused(_("We can only write to addresses whose part before the @ is in Latin letters."))
    return address

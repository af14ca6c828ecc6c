"""The link by which somebody shows that a new address is theirs: signed, so that it stands in no table."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from registrations.letters import Kind
from registrations.models import Mail

_SIGNER = signing.Signer(sep=".", salt="registrations.confirming")
_KEY = f"{Kind.ADDRESS.value}:"


def mail_key(change_pk: int) -> str:
    """The key of the one mail about a change of address; the link in the mail is made of it."""
    return f"{_KEY}{change_pk}"


def confirming_link(mail: Mail) -> str:
    """Of a mail about a change of address the link that confirms it; "" of any other, whose link is the personal one."""
    if mail.kind != Kind.ADDRESS or not mail.key.startswith(_KEY):
        return ""
    token = _SIGNER.sign(mail.key.removeprefix(_KEY))
    return settings.SITE_URL + reverse("registrations:confirm_address", args=[token])


def change_named(token: str) -> int | None:
    """The change of address that a token of ours names; None for any other."""
    try:
        return int(_SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        return None

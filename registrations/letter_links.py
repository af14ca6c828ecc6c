"""What links in letters are called on their buttons. Each floor names the pages of its own."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registrations.html_part import Link

_NAMES: dict[str, tuple[str | Promise, bool]] = {}


def name_link(route: str, words: str | Promise, *, is_quiet: bool = False) -> None:
    """Say what links to this route are called. A quiet one is a link among the text rather than a button."""
    _NAMES[route] = (words, is_quiet)


def link_named(address: str) -> Link | None:
    """The name of a link to a page of ours, in the active language; None for any other address."""
    if not address.startswith(f"{settings.SITE_URL}/"):
        return None
    try:
        route = resolve(urlsplit(address).path).view_name
    except Resolver404:
        return None
    words, is_quiet = _NAMES.get(route, (_("Open the page"), False))
    return Link(str(words), is_quiet)


name_link("personal_page", _("Open my page"))
name_link("registrations:details", _("Change my details"), is_quiet=True)
name_link("registrations:stop_mail", _("Stop this kind of mail"), is_quiet=True)
name_link("registrations:confirm_address", _("Confirm my address"))

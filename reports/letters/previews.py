"""A mail as somebody would get it, shown to organisers and sent to themselves; no secret of the reader's is in it."""

import base64
import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation

from registrations.delivery import html_of
from registrations.html_part import STYLES
from registrations.models import Programme, Registration
from registrations.wordings import PERSONAL_LINK, STOP_LINK, Values, Wording, Words, built_in, original, put_in

NOBODY = "test"  # stands where the secret of a link would
MOST_FOUND = 8


@dataclass(frozen=True, slots=True)
class Preview:
    """Both parts of a mail. `reader` is whose it would be."""

    subject: str
    text: str
    html: str
    language: str
    reader: str


def _hash_of(style: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"


# A page that shows a mail allows exactly the styles of the mail, by their hashes, and no other.
POLICY = {"style-src": ["'unsafe-hashes'", *map(_hash_of, STYLES)]}


def preview_of(wording: Wording, words: Words, values: Values, *, reader: str, language: str) -> Preview:
    """The mail with these words and values, in a language."""
    with translation.override(language):
        is_built_in = bool(wording.template) and words == original(wording, language)
        mail = built_in(wording, values) if is_built_in else put_in(wording, words, values)
    text = without_secrets(mail.body)
    subject = " ".join(mail.subject.split())
    return Preview(subject, text, html_of(subject, text, language), language, reader)


def without_secrets(body: str) -> str:
    """Links that look like those of a person and lead nowhere."""
    own, stop = reverse("personal_page", args=[NOBODY]), reverse("registrations:stop_mail", args=[NOBODY])
    return body.replace(PERSONAL_LINK, settings.SITE_URL + own).replace(STOP_LINK, settings.SITE_URL + stop)


def readers(programme: Programme) -> QuerySet[Registration]:
    """Those whom a mail can be shown as: everybody but those who were erased."""
    return Registration.objects.for_programme(programme).filter(erased_at__isnull=True).select_related("programme")


def readers_named(programme: Programme, query: str) -> list[Registration]:
    """The first few whose name or address contains the query."""
    query = query.strip()[:100]
    if not query or "\0" in query:
        return []
    named = Q(printed_name__icontains=query) | Q(email__icontains=query)
    return list(readers(programme).filter(named).order_by("printed_name", "pk")[:MOST_FOUND])

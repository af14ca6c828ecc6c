"""Lists of people in the back office: fetched page by page, or all of them as a CSV."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext as _

from certificates.models import Certificate
from registrations.downloads import csv_download
from registrations.models import Registration
from sessions.chunks import in_chunks

PER_PAGE = 50
CHUNK = 5000


@dataclass(frozen=True, slots=True)
class Line:
    """One person in a list. `serial` numbers the valid certificate, "" where there is none; `note` says why listed."""

    pk: int
    name: str
    email: str
    serial: str = ""
    note: str = ""


def page_of(request: HttpRequest, pks: Sequence[int], parameter: str = "page") -> Page:
    """The page that the address asks for; the nearest there is where there is no such page."""
    return Paginator(pks, PER_PAGE).get_page(request.GET.get(parameter))


def people(pks: Sequence[int], notes: dict[int, str] | None = None) -> list[Line]:
    """The people of these registrations, in the order given; two queries."""
    found = Registration.objects.only("printed_name", "email").in_bulk(list(pks))
    certificates = Certificate.objects.current().filter(registration__in=list(pks))
    serials = dict(certificates.order_by().values_list("registration_id", "serial"))
    return [
        Line(pk, found[pk].printed_name, found[pk].email, serials.get(pk, ""), (notes or {}).get(pk, ""))
        for pk in pks
        if pk in found
    ]


def csv_of(name: str, head: str, lines: Iterable[Line]) -> StreamingHttpResponse:
    """The people as a CSV that is sent while it is made; `head` is the title of the column of notes."""
    header = [_("Name"), _("E-mail address"), _("Certificate"), head]
    return csv_download(name, header, ([line.name, line.email, line.serial, line.note] for line in lines))


def lines_of(pks: Sequence[int], notes: dict[int, str] | None = None) -> Iterator[Line]:
    """The people, two queries for each 5,000 of them."""
    for chunk in in_chunks(pks, CHUNK):
        yield from people(chunk, notes)

"""A page on which organisers mark people: an assignment accepted, a yes given; by ticks, or by pasted addresses."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates.admin.page import page
from certificates.decision_forms import AddressesForm, NoteForm, chosen
from certificates.errors import Refused
from certificates.people import page_of, people
from registrations.backoffice import user_of
from registrations.models import Programme, Registration, User
from sessions.chunks import in_chunks


@dataclass(frozen=True, slots=True)
class Marking:
    """What is marked: the rows that stand, how to mark and to take back (each returns how many), and the words for it."""

    programme: Programme
    title: str
    standing: QuerySet
    mark: Callable[[Sequence[int], str, User, dt.datetime], int]
    unmark: Callable[[Sequence[int], User, dt.datetime], int]
    mark_text: str
    marked_text: str
    unmarked_text: str
    has_note: bool = False


def marks_view(request: HttpRequest, site: AdminSite, marking: Marking) -> HttpResponse:
    """The list, its buttons and the box for addresses."""
    addresses = AddressesForm(request.POST if "paste" in request.POST else None)
    note = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and note.is_valid():
        is_pasted = "paste" in request.POST
        if not is_pasted or addresses.is_valid():
            try:
                _do(request, marking, addresses.cleaned_data["addresses"] if is_pasted else None, note)
            except Refused as refusal:
                messages.error(request, str(refusal))
            return HttpResponseRedirect(request.get_full_path())
    marks = {row.registration_id: row for row in marking.standing.select_related("given_by")}
    shown = request.GET.get("list", "all")
    seated = Registration.objects.for_programme(marking.programme).seated().order_by("printed_name", "pk")
    pks = [pk for pk in seated.values_list("pk", flat=True) if shown == "all" or (pk in marks) == (shown == "marked")]
    people_page = page_of(request, pks)
    return page(
        request,
        site,
        "marks",
        marking.title,
        programme=marking.programme,
        marking=marking,
        shown=shown if shown in ("marked", "unmarked") else "all",
        seated=seated.count(),
        marked=len(marks),
        people_page=people_page,
        rows=[(line, marks.get(line.pk)) for line in people(list(people_page.object_list))],
        addresses=addresses,
        note=note,
    )


def _do(request: HttpRequest, marking: Marking, pasted: list[str] | None, note: NoteForm) -> None:
    by, now = user_of(request), timezone.now()
    if "unmark" in request.POST:
        _say_unmarked(request, marking.unmark(chosen(request.POST), by, now))
        return
    unknown: list[str] = []
    asked = chosen(request.POST)
    if pasted is not None:
        asked, unknown = _known(marking.programme, pasted)
    number = marking.mark(asked, note.cleaned_data["note"], by, now)
    said = ngettext("%(count)d person is marked now.", "%(count)d people are marked now.", number) % {"count": number}
    rest = len(set(asked)) - number
    if rest:
        more = ngettext("%(count)d was before.", "%(count)d were before.", rest) % {"count": rest}
        said = f"{said} {more}"
    messages.success(request, said)
    if unknown:
        sentence = ngettext(
            "%(count)d address belongs to nobody with a seat in this programme: %(listed)s",
            "%(count)d addresses belong to nobody with a seat in this programme: %(listed)s",
            len(unknown),
        )
        listed = _(", ").join(unknown[:20]) + ("…" if len(unknown) > 20 else "")
        messages.warning(request, sentence % {"count": len(unknown), "listed": listed})


def _say_unmarked(request: HttpRequest, number: int) -> None:
    said = ngettext("Taken back for %(count)d person.", "Taken back for %(count)d people.", number)
    messages.success(request, said % {"count": number})


def _known(programme: Programme, addresses: Sequence[str]) -> tuple[list[int], list[str]]:
    """The registrations of these addresses, and the addresses that nobody with a seat has."""
    found: dict[str, int] = {}
    for chunk in in_chunks(addresses, 500):
        seated = Registration.objects.for_programme(programme).seated().filter(email__in=chunk)
        found |= dict(seated.order_by().values_list("email", "pk"))
    return list(found.values()), [each for each in addresses if each not in found]

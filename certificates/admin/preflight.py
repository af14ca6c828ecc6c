"""Before certificates are issued: what was found, three specimens to look at, and a trial mail to oneself."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from certificates import preflight
from certificates.actions.canary import send_canary
from certificates.admin.page import page
from certificates.errors import Refused
from certificates.models import CertificateDesign, IssueRun
from certificates.preflight import Preflight, Warned
from certificates.rendering import CannotRender, Sheet, draw, render
from certificates.specimens import specimen, specimen_sheet
from registrations.backoffice import organised_programme, user_of
from registrations.models import Programme, Registration

SHOWN = 20  # people of one kind of doubt; the rest are counted
SMALL = 50  # pixels per inch


@dataclass(frozen=True, slots=True)
class Shown:
    """A kind of doubt with the first people it is about: id, name and note of each."""

    title: str
    people: list[tuple[int, str, str]]
    more: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A specimen as a picture in the page itself, or the sentence that says why there is none; `pk` leads to its PDF."""

    title: str
    pk: int
    picture: str = ""
    problem: str = ""


def preflight_view(request: HttpRequest, site: AdminSite, pk: int) -> HttpResponse:
    """Say what was found; by POST, send a trial mail to oneself."""
    programme = organised_programme(request, pk)
    if request.method == "POST":
        return _canary(request, programme)
    found = preflight.look(programme, now=timezone.now())
    names = _names(found)
    return page(
        request,
        site,
        "preflight",
        _("Before certificates are issued"),
        programme=programme,
        found=found,
        warnings=[_shown(warned, names) for warned in found.warnings],
        pictures=[_picture(programme, sample.title, sample.pk) for sample in found.samples],
        under_way=IssueRun.objects.unfinished().filter(programme=programme).first(),
        own_address=user_of(request).email,
    )


def specimen_view(request: HttpRequest, pk: int, registration: int) -> HttpResponse:
    """The PDF of somebody’s certificate as it would be, marked as a specimen."""
    programme = organised_programme(request, pk)
    person = get_object_or_404(Registration.objects.for_programme(programme), pk=registration)
    try:
        content = render(_sheet(programme, person), issued_at=timezone.now())
    except CannotRender as error:
        messages.error(request, _("This cannot be printed: %(reason)s.") % {"reason": error})
        return HttpResponseRedirect(reverse("admin:certificates_preflight", args=[pk]))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="specimen.pdf"'
    return response


def refusal_of(request: HttpRequest, programme: Programme) -> str:
    """Why a run cannot be asked for now: a problem that blocks, or warnings without their tick; "" where it can."""
    if IssueRun.objects.unfinished().filter(programme=programme).exists():
        return ""
    found = preflight.look(programme, now=timezone.now())
    if found.problems:
        return found.problems[0]
    if found.warnings and request.POST.get("accepted") != "yes":
        return _("Some names or addresses look doubtful. Look at the list, then tick that you have.")
    return ""


def _canary(request: HttpRequest, programme: Programme) -> HttpResponse:
    try:
        mail = send_canary(programme, by=user_of(request), now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("A trial mail is on its way to %(address)s.") % {"address": mail.to})
    return HttpResponseRedirect(reverse("admin:certificates_preflight", args=[programme.pk]))


def _names(found: Preflight) -> Mapping[int, str]:
    shown = {pk for warned in found.warnings for pk in list(warned.notes)[:SHOWN]}
    rows = Registration.objects.filter(pk__in=shown).order_by()
    return dict(rows.values_list("pk", "printed_name"))


def _shown(warned: Warned, names: Mapping[int, str]) -> Shown:
    first = list(warned.notes.items())[:SHOWN]
    people = [(pk, names.get(pk, ""), note) for pk, note in first]
    return Shown(warned.title, people, len(warned.notes) - len(people))


def _sheet(programme: Programme, person: Registration) -> Sheet:
    design = CertificateDesign.objects.in_force(programme)
    with translation.override(person.language):
        made = specimen(
            programme, name=person.printed_name, language=person.language, design=design, now=timezone.now()
        )
        return specimen_sheet(made)


def _picture(programme: Programme, title: str, pk: int) -> Picture:
    person = Registration.objects.get(pk=pk)
    try:
        picture = draw(_sheet(programme, person), pixels_per_inch=SMALL)
    except CannotRender as error:
        return Picture(title, pk, problem=_("This cannot be printed: %(reason)s.") % {"reason": error})
    return Picture(title, pk, picture="data:image/png;base64," + base64.b64encode(picture).decode())

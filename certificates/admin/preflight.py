"""Before certificates are issued: what was found, three specimens to look at, and a trial mail to oneself."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from certificates import actions
from certificates.actions.canary import send_canary
from certificates.actions.checked import check_at_hand, shown_at_hand
from certificates.actions.due import refuse_unready
from certificates.actions.preflight import Sample, problems
from certificates.admin.page import page
from certificates.admin.preflight_words import sample_titles, worded
from certificates.errors import Refused
from certificates.looks import Looks
from certificates.models import Certificate, CertificateDesign, IssueRun
from certificates.rendering import CannotRender, Sheet, draw, render
from certificates.specimens import for_another, specimen, specimen_sheet
from registrations import kept
from registrations.backoffice import organised_programme, user_of
from registrations.models import Programme, Registration

SMALL = 50  # pixels per inch


@dataclass(frozen=True, slots=True)
class Picture:
    """A specimen as a picture in the page itself, or the sentence that says why there is none; `pk` leads to its PDF."""

    title: str
    pk: int
    picture: str = ""
    problem: str = ""


def preflight_view(request: HttpRequest, site: AdminSite, pk: int) -> HttpResponse:
    """Say what was found; by POST, send a trial mail to oneself."""
    programme, now = organised_programme(request, pk), timezone.now()
    if request.method == "POST":
        return _canary(request, programme)
    found = check_at_hand(programme, now=now)
    age = kept.Age.of(programme, now=now)
    return page(
        request,
        site,
        "preflight",
        _("Before certificates are issued"),
        programme=programme,
        found=found,
        age=age,
        is_fresh=kept.is_fresh(age),
        problems=problems(programme, found.design if found else None, now=now),
        warnings=worded(found.doubts) if found else [],
        pictures=_pictures(programme, found.samples) if found else [],
        unmade=_unmade(programme) if found and not found.due else 0,
        under_way=IssueRun.objects.unfinished().filter(programme=programme).first(),
        own_address=user_of(request).email,
    )


def _unmade(programme: Programme) -> int:
    """How many certificates wait for somebody to have their PDFs tried again."""
    return Certificate.objects.for_programme(programme).unrendered().exclude(render_error="").count()


def specimen_view(request: HttpRequest, pk: int, registration: int) -> HttpResponse:
    """The PDF of somebody’s certificate as it would be, marked as a specimen."""
    programme = organised_programme(request, pk)
    person = get_object_or_404(Registration.objects.for_programme(programme), pk=registration)
    try:
        content = render(_sheet(_specimen(programme, person)), issued_at=timezone.now())
    except CannotRender as error:
        messages.error(request, _("This cannot be printed: %(reason)s.") % {"reason": error})
        return HttpResponseRedirect(reverse("admin:certificates_preflight", args=[pk]))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="specimen.pdf"'
    return response


def request_run(request: HttpRequest, programme: Programme) -> IssueRun:
    """Ask for a run by what the page of the check showed; the run makes the check again before it issues anything.

    Raises `Refused` where nothing can be issued, and where doubts are not ticked or are others than those that were shown.
    """
    now = timezone.now()
    under_way = IssueRun.objects.unfinished().filter(programme=programme).first()
    if under_way:
        return under_way
    refuse_unready(programme, now=now)
    found = shown_at_hand(programme, request.POST.get("accepted", ""), now=now)
    if found is None:
        raise Refused(_("The check is not finished yet. Wait until its figures are here."))
    check, shown = found
    if check.design:
        raise Refused(str(check.design))
    if shown is None:
        raise Refused(_("Some names or addresses look doubtful. Look at the list, then tick that you have."))
    return actions.request_issue(programme, by=user_of(request), now=now, shown=shown)


def _canary(request: HttpRequest, programme: Programme) -> HttpResponse:
    try:
        mail = send_canary(programme, by=user_of(request), now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("A trial mail is on its way to %(address)s.") % {"address": mail.to})
    return HttpResponseRedirect(reverse("admin:certificates_preflight", args=[programme.pk]))


def _specimen(programme: Programme, person: Registration) -> Certificate:
    design = CertificateDesign.objects.in_force(programme)
    return specimen(programme, name=person.printed_name, language=person.language, design=design, now=timezone.now())


def _sheet(made: Certificate, looks: Looks | None = None) -> Sheet:
    with translation.override(made.language):
        return specimen_sheet(made, looks)


def _pictures(programme: Programme, samples: Sequence[Sample]) -> list[Picture]:
    people = Registration.objects.in_bulk([sample.pk for sample in samples])
    there = [(sample, people[sample.pk]) for sample in samples if sample.pk in people]
    if not there:
        return []
    made, looks, titles = _specimen(programme, there[0][1]), Looks(), sample_titles()
    found = []
    for sample, person in there:
        own = for_another(made, programme, name=person.printed_name, language=person.language)
        found.append(_picture(titles[sample.code], sample.pk, _sheet(own, looks)))
    return found


def _picture(title: str, pk: int, sheet: Sheet) -> Picture:
    try:
        picture = draw(sheet, pixels_per_inch=SMALL)
    except CannotRender as error:
        return Picture(title, pk, problem=_("This cannot be printed: %(reason)s.") % {"reason": error})
    return Picture(title, pk, picture="data:image/png;base64," + base64.b64encode(picture).decode())

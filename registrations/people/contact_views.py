"""Pages of contacts behind the personal link: asking, answering, partnerships, reporting and blocking."""

from collections.abc import Callable, Mapping
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from registrations.access import personal
from registrations.doorbell import ring
from registrations.errors import Refused
from registrations.models import Contact, Partnership, ProfileReport, Registration
from registrations.people import contacts, partnerships, safety
from registrations.people.entrance import Member, member
from registrations.people.forms import AskForm, PartnershipForm, ReportForm, refuse
from registrations.people.standing import contacts_of
from registrations.people.views import around, page, person_page, seen_person
from registrations.tasks import send_due_mail


@require_safe
@member
def own_contacts(request: HttpRequest, own: Member) -> HttpResponse:
    """Requests to answer, those that wait for others, people with whom one has agreed, and what came of it."""
    address = own.profile.address(own.registration)
    context = {
        **around(own, "people_contacts"),
        "standing": contacts_of(own),
        "received": safety.messages_apart(own.registration, is_member=True),
        "own_address": address,
    }
    return render(request, "registrations/people/contacts.html", context)


@require_POST
@member
def ask(request: HttpRequest, own: Member, key: str) -> HttpResponse:
    """Ask somebody for contact."""
    other, form = seen_person(own, key), AskForm(request.POST)
    if form.is_valid():
        try:
            contacts.ask(own.registration, other, sentence=form.cleaned_data["sentence"], now=timezone.now())
        except Refused as refusal:
            refuse(form, refusal)
        else:
            ring(send_due_mail)
            return _back(own, "people_contacts")
    return person_page(request, own, key, form)


@require_POST
@member
def answer(request: HttpRequest, own: Member, key: str) -> HttpResponse:
    """Agree to a request, decline it, or take one's own back; which one it is follows from the person."""
    other, verdict, now = seen_person(own, key), request.POST.get("answer", ""), timezone.now()
    contact = Contact.objects.last_between(own.registration, other.registration)
    if contact is None:
        raise Http404(_("There is no request between you two."))
    try:
        if verdict == "agree":
            contacts.agree(contact, by=own.registration, now=now)
            ring(send_due_mail)
        elif verdict == "decline":
            contacts.decline(contact, by=own.registration, now=now)
        elif verdict == "take back":
            contacts.take_back(contact, by=own.registration, now=now)
    except Refused as refusal:
        return _refused(request, own, refusal)
    return _back(own, "people_contacts")


@page
@member
def record_partnership(request: HttpRequest, own: Member, key: str) -> HttpResponse:
    """Record what came of a contact."""
    other = seen_person(own, key)
    contact = Contact.objects.between(own.registration, other.registration).agreed().first()
    if contact is None:
        raise Http404(_("You have not agreed to be in contact with this person."))
    form, now = PartnershipForm(request.POST if request.method == "POST" else None), timezone.now()
    if form.is_valid():
        today = now.astimezone(own.registration.programme.zone).date()
        try:
            month = partnerships.month_of(form.cleaned_data["month"], today=today)
            partnerships.record(
                contact, by=own.registration, subject=form.cleaned_data["subject"], month=month, now=now
            )
        except Refused as refusal:
            refuse(form, refusal)
        else:
            ring(send_due_mail)
            return _back(own, "people_contacts")
    context = {**around(own, ""), "other": other, "form": form}
    return render(request, "registrations/people/partnership.html", context, status=422 if form.errors else 200)


@require_POST
@member
def answer_partnership(request: HttpRequest, own: Member, pk: int) -> HttpResponse:
    """Confirm or deny what the other recorded."""
    mine = Partnership.objects.filter(contact__in=Contact.objects.of(own.registration))
    found = mine.filter(pk=pk).exclude(recorded_by=own.registration).first()
    if found is None:
        raise Http404(_("There is no such partnership to confirm."))
    if request.POST.get("answer") in {"yes", "no"}:
        is_true = request.POST["answer"] == "yes"
        partnerships.answer(found, by=own.registration, is_true=is_true, now=timezone.now())
    return _back(own, "people_contacts")


@page
@member
def report(request: HttpRequest, own: Member, key: str) -> HttpResponse:
    """Report somebody to the organisers, and block them where it is asked for."""
    other = seen_person(own, key)
    return _reporting(request, {**around(own, ""), "other": other}, partial(safety.report, own.registration, other))


@page
@personal
def report_message(request: HttpRequest, registration: Registration, pk: int) -> HttpResponse:
    """Report who sent a message, also where one of the two has left the list or it is closed."""
    message = safety.received(registration).select_related("sender", "recipient__programme").filter(pk=pk).first()
    if message is None:
        raise Http404(_("There is no such message to you."))
    context = {"registration": registration, "programme": registration.programme, "message": message}
    return _reporting(request, context, partial(safety.report_message, message))


@page
@member
def block(request: HttpRequest, own: Member, key: str) -> HttpResponse:
    """Asks once, then hides the two from each other."""
    other = seen_person(own, key)
    if request.method == "POST":
        safety.block(own.registration, other.registration, now=timezone.now())
        return _back(own, "people")
    return render(request, "registrations/people/block.html", {**around(own, ""), "other": other})


def _reporting(
    request: HttpRequest, around_it: Mapping[str, object], report: Callable[..., ProfileReport]
) -> HttpResponse:
    """Ask what is wrong, tell the organisers by `report`, and block the person where it is asked for."""
    form, now = ReportForm(request.POST if request.method == "POST" else None), timezone.now()
    if form.is_valid():
        try:
            made = report(text=form.cleaned_data["text"], now=now)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            if form.cleaned_data["also_block"]:
                safety.block(made.by, made.about, now=now)
            ring(send_due_mail)
            return render(request, "registrations/people/reported.html", around_it)
    context = {**around_it, "form": form}
    return render(request, "registrations/people/report.html", context, status=422 if form.errors else 200)


def _back(own: Member, name: str) -> HttpResponse:
    return redirect(f"registrations:{name}", token=own.registration.link_token)


def _refused(request: HttpRequest, own: Member, refusal: Refused) -> HttpResponse:
    context = {"registration": own.registration, "sentence": str(refusal)}
    return render(request, "registrations/refused.html", context, status=409)

"""Pages for those who register and for those who did."""

import functools
from collections.abc import Callable

from crispy_forms.utils import render_crispy_form
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registrations import actions, drafts
from registrations.access import personal
from registrations.doorbell import ring
from registrations.errors import Refused
from registrations.forms import (
    DetailsForm,
    LinkForm,
    RegistrationForm,
    WithdrawForm,
    blank_registration_form,
    filled_registration_form,
)
from registrations.models import PrivacyText, Programme, Registration, Topic
from registrations.reader_zone import chosen_zone, zone_name_of
from registrations.tasks import send_due_mail
from registrations.throttle import is_too_often
from registrations.zone_choice import regions
from registrations.zones import is_zone

A_YEAR = 365 * 24 * 3600
AN_HOUR = 3600
LINKS_PER_HOUR = 60  # one client; a training room behind one address asks less often
REGISTRATIONS_PER_HOUR = 1000  # one client; a university behind one address; settings may say otherwise

TOO_OFTEN = "too often"

page = require_http_methods(["GET", "HEAD", "POST"])


@page
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """The form to register with; a closed or full programme says so, and one whose people were made up."""
    programme = _published(slug)
    if programme.is_synthetic:
        return _synthetic(request, programme)
    posted, privacy_text = _posted(request), PrivacyText.objects.current()
    if posted is None or "keep" in posted or "forget" in posted:
        return _form_to_go_on_with(request, programme, privacy_text, posted)
    form, now = RegistrationForm(posted, privacy_text=privacy_text), timezone.now()
    if form.is_valid() and _is_within(request, "register", _registrations_per_hour(), form):
        details = form.details(form.cleaned_data["email"])
        register_now = functools.partial(
            actions.register, programme, details, privacy_text=privacy_text, time_zone=chosen_zone(request), now=now
        )
        if _succeeds(form, register_now):
            ring(send_due_mail)
            response: HttpResponse = redirect("registrations:registration_sent", slug=slug)
            drafts.forget(response, request)
            return response
    response = _registration_page(request, programme, form_html=render_crispy_form(form), status=_status(form))
    drafts.keep(response, request, posted)
    return response


def _form_to_go_on_with(
    request: HttpRequest, programme: Programme, privacy_text: PrivacyText, posted: dict[str, str] | None
) -> HttpResponse:
    """The form with what was typed before: on this device, or (`posted`) just now, to be kept there or forgotten."""
    if posted is not None and "forget" in posted:
        forgotten = redirect(request.path)
        drafts.forget(forgotten, request)
        return forgotten
    typed = posted if posted is not None else drafts.kept(request, RegistrationForm.base_fields)
    if not typed:
        return _registration_page(request, programme, form_html=_blank_form(privacy_text))
    form_html = filled_registration_form(typed, privacy_text)
    response = _registration_page(request, programme, form_html=form_html, is_kept=True)
    patch_cache_control(response, private=True)
    if posted is not None:
        drafts.keep(response, request, posted)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that may not be from our own page: nothing is done with it, and nothing typed is lost."""
    match = request.resolver_match
    if match is None or match.view_name != "registrations:register":
        return render(request, "403_csrf.html", status=403)
    programme = _published(match.kwargs["slug"])
    if programme.is_synthetic:
        return _synthetic(request, programme)
    form_html = filled_registration_form(request.POST.dict(), PrivacyText.objects.current())
    return _registration_page(request, programme, form_html=form_html, is_unsure=True, status=403)


def _registration_page(
    request: HttpRequest, programme: Programme, *, form_html: SafeString, status: int = 200, **state: bool
) -> HttpResponse:
    """`state`: `is_kept` for a form with what was typed before, `is_unsure` for one that is to be sent once more."""
    is_open = programme.is_registration_open(timezone.now())
    context = {
        "programme": programme,
        "form_html": form_html,
        "is_form_shown": is_open or request.method == "POST",
        "is_open": is_open,
        "is_too_early": not programme.has_registration_opened(timezone.now()),
        **state,
    }
    return render(request, "registrations/register.html", context, status=status)


@require_safe
def registration_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """What to do next: the same words for everybody, registered before or not."""
    return render(request, "registrations/registration_sent.html", {"programme": _published(slug)})


@page
def send_link(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks for the address to which the own link shall go."""
    programme = _published(slug)
    if programme.is_synthetic:
        return _synthetic(request, programme)
    form = LinkForm(_posted(request))
    if form.is_valid() and _is_within(request, "link", LINKS_PER_HOUR, form):
        actions.send_link_again(programme, form.cleaned_data["email"], now=timezone.now())
        ring(send_due_mail)
        return redirect("registrations:link_sent", slug=slug)
    context = {"programme": programme, "form": form}
    return render(request, "registrations/send_link.html", context, status=_status(form))


@require_safe
def link_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """The same words whether the address is registered or not."""
    return render(request, "registrations/link_sent.html", {"programme": _published(slug)})


@require_POST
@personal
def confirm(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The button of the personal page. Mail scanners open links, so opening one confirms nothing."""
    try:
        actions.confirm(registration, now=timezone.now())
    except Refused as refusal:
        return _refused(request, registration, refusal)
    ring(send_due_mail)
    return redirect("personal_page", token=registration.link_token)


@page
@personal
def withdraw(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Asks once, then withdraws."""
    form, now = WithdrawForm(_posted(request)), timezone.now()
    try:
        actions.refuse_if_too_late_to_withdraw(registration, now=now)
        if form.is_valid():
            actions.withdraw(registration, now=now)
            ring(send_due_mail)
    except Refused as refusal:
        return _refused(request, registration, refusal)
    if form.is_valid() or registration.is_withdrawn:
        return redirect("personal_page", token=registration.link_token)
    return render(request, "registrations/withdraw.html", {"registration": registration, "form": form})


@page
@personal
def details(request: HttpRequest, registration: Registration) -> HttpResponse:
    """What is known about the person, to be corrected."""
    form = DetailsForm(_posted(request), registration=registration)
    if form.is_valid():
        changed = form.details(registration.email)
        if _succeeds(form, lambda: actions.change_details(registration, changed, now=timezone.now())):
            wanted = {topic for topic in Topic if form.cleaned_data[topic.field]}
            actions.choose_topics(registration, wanted, now=timezone.now())
            return redirect("personal_page", token=registration.link_token)
    context = {"registration": registration, "form": form, "zone": zone_name_of(registration)}
    return render(request, "registrations/details.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def own_zone(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The zone in which we write to the person; the browser shows it, too, from then on."""
    chosen, problem = request.POST.get("zone", ""), ""
    if request.method == "POST":
        try:
            actions.choose_zone(registration, chosen, now=timezone.now())
        except Refused as refusal:
            problem = str(refusal)
        else:
            response = redirect("personal_page", token=registration.link_token)
            keep_for_a_year(response, settings.READER_ZONE_COOKIE, chosen)
            return response
    context = {
        "registration": registration,
        "regions": regions(),
        "chosen": zone_name_of(registration),
        "problem": problem,
    }
    return render(request, "registrations/own_zone.html", context)


@require_safe
def privacy(request: HttpRequest, version: int) -> HttpResponse:
    """One version of the privacy text."""
    text = get_object_or_404(PrivacyText, version=version)
    return render(request, "registrations/privacy.html", {"text": text})


@require_safe
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie, then go back to the page."""
    code = request.GET.get("code", "")
    return _remember(request, settings.LANGUAGE_COOKIE_NAME, code if code in dict(settings.LANGUAGES) else "")


@require_safe
def set_zone(request: HttpRequest) -> HttpResponse:
    """Keep the chosen time zone in a cookie, then go back to the page."""
    zone = request.GET.get("zone", "")
    return _remember(request, settings.READER_ZONE_COOKIE, zone if is_zone(zone) else "")


def _published(slug: str) -> Programme:
    return get_object_or_404(Programme.objects.published(), slug=slug)


def _synthetic(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Nobody joins people who were made up: their mail is held back, so nothing would ever arrive."""
    status = 409 if request.method == "POST" else 200
    return render(request, "registrations/synthetic.html", {"programme": programme}, status=status)


def _blank_form(privacy_text: PrivacyText) -> SafeString:
    return blank_registration_form(get_language() or settings.LANGUAGE_CODE, privacy_text.version)


def _posted(request: HttpRequest) -> dict[str, str] | None:
    return request.POST.dict() if request.method == "POST" else None


def _registrations_per_hour() -> int:
    return int(getattr(settings, "REGISTRATIONS_PER_CLIENT_AND_HOUR", REGISTRATIONS_PER_HOUR))


def _succeeds(form: Form, act: Callable[[], object]) -> bool:
    """Do it; a refusal becomes a sentence on the form, which keeps what was typed."""
    try:
        act()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _is_within(request: HttpRequest, name: str, limit: int, form: Form) -> bool:
    if not limit or not is_too_often(request, name, limit=limit, seconds=AN_HOUR):
        return True
    sentence = _("Very many of these forms came from your network. Please wait an hour and send it again.")
    form.add_error(None, ValidationError(sentence, code=TOO_OFTEN))
    return False


def _status(form: Form) -> int:
    return 429 if form.has_error(NON_FIELD_ERRORS, TOO_OFTEN) else 200


def _refused(request: HttpRequest, registration: Registration, refusal: Refused) -> HttpResponse:
    context = {"registration": registration, "sentence": str(refusal)}
    return render(request, "registrations/refused.html", context, status=409)


def _remember(request: HttpRequest, cookie: str, value: str) -> HttpResponse:
    target = request.GET.get("next", "")
    response = HttpResponseRedirect(target if _is_own_path(target) else reverse("home"))
    keep_for_a_year(response, cookie, value)
    return response


def keep_for_a_year(response: HttpResponse, cookie: str, value: str) -> None:
    """Set a cookie that no script reads; none where there is nothing to keep."""
    if value:
        response.set_cookie(
            cookie, value, max_age=A_YEAR, httponly=True, samesite="Lax", secure=settings.IS_SECURE_SITE
        )


def _is_own_path(target: str) -> bool:
    """Whether this leads to a page of ours: a path, never a name, another host or another scheme."""
    return target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)

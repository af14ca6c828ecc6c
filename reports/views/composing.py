"""Pages of the back office where a results report is composed."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from registrations.backoffice import organised_programme, user_of
from registrations.kept import Age
from registrations.models import Programme
from reports import actions, drafting
from reports.building import EDITABLE, KINDS, lines, offered, offers
from reports.composition import Composition
from reports.edition import Edition, drafted, told_words
from reports.errors import Refused
from reports.method import missing
from reports.report_forms import BlockForm, MethodForm
from reports.views.counting import being_counted, drafted_at_hand
from sessions.sent import whole_number

STEPS = {"up": -1, "down": 1}


@require_http_methods(["GET", "HEAD", "POST"])
def compose_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The blocks of the next report, to be moved, removed and added to."""
    programme, now = organised_programme(request, pk), timezone.now()
    try:
        results = actions.public_results_at_hand(programme, now=now)
        if results is None:
            return being_counted(request, programme, _("Compose the report"), now=now)
        edition = drafted(programme, results)
        if request.method == "POST":
            return _changed(request, programme, edition)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("admin:reports_workspace_change", args=[pk]))
    draft = drafting.draft_of(programme)
    context = {
        "title": _("Compose the report"),
        "lines": lines(edition.results, edition.composition),
        "offers": offers(edition.results, edition.composition),
        "missing": missing(edition.results, edition.words),
        "draft": draft,
        "is_automatic": not draft.blocks,
        "age": Age.of(programme, now=now),
    }
    return _page(request, programme, "admin/reports/compose.html", context)


def _changed(request: HttpRequest, programme: Programme, edition: Edition) -> HttpResponse:
    """Do what a button says, and go back to where it stood; to the words of what was added, where it has some."""
    do, _colon, given = request.POST.get("do", "").partition(":")
    here = reverse("admin:reports_workspace_compose", args=[programme.pk])
    version, by, now = whole_number(request.POST.get("version", "")), user_of(request), timezone.now()
    try:
        if do == "reset":
            drafting.compose_itself(programme, version=version, by=by, now=now)
            return HttpResponseRedirect(here)
        composition, key = _applied(request, edition, do, given)
        drafting.compose(programme, composition, version=version, by=by, now=now)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(here)
    except (KeyError, ValueError):
        messages.error(request, _("That is not there any more, or the report is full. Look at it again."))
        return HttpResponseRedirect(here)
    if do == "add" and composition.block(key).kind in EDITABLE:
        return HttpResponseRedirect(reverse("admin:reports_workspace_block", args=[programme.pk, key]))
    return HttpResponseRedirect(f"{here}#block-{key}")


def _applied(request: HttpRequest, edition: Edition, do: str, given: str) -> tuple[Composition, int]:
    """The blocks after the change, and the block to look at. Raises KeyError or ValueError where it cannot be done."""
    composition = edition.composition
    if do == "add":
        kind, ref = offered(edition.results, composition, request.POST.get("what", ""))
        after = whole_number(request.POST.get("after", "")) or None
        return composition.with_added(kind, ref, after=after), composition.next_key
    key = whole_number(given)
    if do == "remove":
        place = composition.blocks.index(composition.block(key))
        return composition.without(key), composition.blocks[max(place - 1, 0)].key
    return composition.moved(key, STEPS[do]), key


@require_http_methods(["GET", "HEAD", "POST"])
def block_page(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """The words of one block, in six languages."""
    programme, now = organised_programme(request, pk), timezone.now()
    draft = drafting.draft_of(programme)  # before its blocks: should they change in between, nothing is kept
    edition = drafted_at_hand(programme, now=now)
    if edition is None:
        return being_counted(request, programme, _("Compose the report"), now=now)
    try:
        block = edition.composition.block(key)
    except KeyError:
        raise Http404(_("This part is not in the report any more.")) from None
    if block.kind not in EDITABLE:
        raise Http404(_("This part has no words of its own."))
    form = BlockForm(request.POST or None, block=block)
    if request.method == "POST" and form.is_valid():
        composition = edition.composition.with_texts(key, form.texts())
        try:
            drafting.compose(programme, composition, version=draft.version, by=user_of(request), now=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            here = reverse("admin:reports_workspace_compose", args=[pk])
            return HttpResponseRedirect(f"{here}#block-{key}")
    usual = next(line for line in lines(edition.results, edition.composition) if line.key == key)
    context = {"title": str(KINDS[block.kind]), "form": form, "block": block, "line": usual}
    return _page(request, programme, "admin/reports/block.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def method_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What only people know of how a survey was made, in one language at a time."""
    programme, now = organised_programme(request, pk), timezone.now()
    edition = drafted_at_hand(programme, now=now)
    language = _language(request)
    draft = drafting.draft_of(programme)
    form = MethodForm(
        request.POST or None,
        entered=draft.words,
        usual=told_words(programme, {}),
        language=language,
    )
    if request.method == "POST" and form.is_valid():
        version, by = draft.version, user_of(request)
        try:
            drafting.say(programme, form.words(), language=language, version=version, by=by, now=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("What is said of the method is kept. It is published with the next edition."))
            return HttpResponseRedirect(f"{request.path}?language={language}")
    context = {
        "title": _("How the survey was made"),
        "form": form,
        "language": language,
        "languages": [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES],
        "missing": missing(edition.results, edition.words) if edition else [],
        "age": Age.of(programme, now=now),
    }
    return _page(request, programme, "admin/reports/method.html", context)


def _language(request: HttpRequest) -> str:
    """The language that is asked for, else the reader's own."""
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else get_language() or settings.LANGUAGE_CODE


def _page(request: HttpRequest, programme: Programme, template: str, context: dict[str, Any]) -> HttpResponse:
    shared = {**admin.site.each_context(request), "programme": programme}
    return TemplateResponse(request, template, {**shared, **context})

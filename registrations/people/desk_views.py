"""The directory in the back office: switched on, its topics, the queue of reports, and what came of it."""

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from registrations.backoffice import organised_programme, user_of
from registrations.errors import Refused
from registrations.models import Partnership, Profile, ProfileReport, Programme
from registrations.people import running, safety
from registrations.people.forms import RenameTopicForm, TopicsForm, refuse

SHOWN = 25


@require_safe
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """The directory of one programme for its organisers: figures, partnerships, topics; no private message."""
    programme = organised_programme(request, pk)
    return _desk(request, programme, _topics_form(programme))


@require_POST
def open_directory(request: HttpRequest, pk: int) -> HttpResponse:
    """Let participants find each other."""
    programme = organised_programme(request, pk)
    running.open_directory(programme, now=timezone.now())
    messages.success(request, _("The list of people is open: participants find the way to it on their own page."))
    return redirect("admin:registrations_people", pk)


@require_POST
def close_directory(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide everybody from everybody."""
    programme = organised_programme(request, pk)
    running.close_directory(programme, now=timezone.now())
    messages.success(request, _("The list of people is closed: nobody sees it now."))
    return redirect("admin:registrations_people", pk)


@require_POST
def save_topics(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the topics."""
    programme = organised_programme(request, pk)
    form = _topics_form(programme, request.POST)
    if form.is_valid():
        try:
            running.name_topics(programme, form.cleaned_data["topics"].splitlines(), now=timezone.now())
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The topics are saved."))
            return redirect("admin:registrations_people", pk)
    return _desk(request, programme, form)


@require_POST
def rename_topic(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a topic otherwise."""
    programme = organised_programme(request, pk)
    form = RenameTopicForm(request.POST, programme=programme)
    if form.is_valid():
        try:
            running.rename_topic(form.cleaned_data["topic"], form.cleaned_data["label"])
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The topic is renamed."))
            return redirect("admin:registrations_people", pk)
    return _desk(request, programme, _topics_form(programme), form)


@require_safe
def reports(request: HttpRequest, pk: int) -> HttpResponse:
    """The queue: reports that wait, the oldest first, then the latest decisions and the profiles that are hidden."""
    programme = organised_programme(request, pk)
    all_of_them = ProfileReport.objects.for_programme(programme).select_related("by", "about__profile", "decided_by")
    hidden = Profile.objects.in_programme(programme).filter(hidden_at__isnull=False)
    context = {
        **_around(request, programme, _("Reports about people")),
        "page": Paginator(all_of_them.open(), SHOWN).get_page(request.GET.get("page")),
        "decided": all_of_them.filter(decided_at__isnull=False).order_by("-decided_at", "-pk")[:SHOWN],
        "hidden": hidden.select_related("registration", "hidden_by"),
    }
    return render(request, "admin/registrations/people_reports.html", context)


@require_POST
def decide(request: HttpRequest, pk: int, report_pk: int) -> HttpResponse:
    """Dismiss a report, or hide the profile."""
    programme = organised_programme(request, pk)
    found = get_object_or_404(ProfileReport.objects.for_programme(programme), pk=report_pk)
    if request.POST.get("decision") not in {"hide", "dismiss"}:  # neither button: nothing is decided by mistake
        return redirect("admin:registrations_people_reports", pk)
    is_upheld = request.POST["decision"] == "hide"
    verb, sentence = (
        (safety.hide, _("The profile is hidden. Nobody in the list sees it any more."))
        if is_upheld
        else (safety.dismiss, _("The report is dismissed. The profile stays as it is."))
    )
    try:
        verb(found, by=user_of(request), now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, sentence)
    return redirect("admin:registrations_people_reports", pk)


@require_POST
def show_again(request: HttpRequest, pk: int, profile_pk: int) -> HttpResponse:
    """Show a profile again that was hidden."""
    programme = organised_programme(request, pk)
    found = get_object_or_404(Profile.objects.in_programme(programme), pk=profile_pk)
    safety.show_again(found, now=timezone.now())
    messages.success(request, _("The profile is shown again."))
    return redirect("admin:registrations_people_reports", pk)


def _desk(
    request: HttpRequest, programme: Programme, form: TopicsForm, renaming: RenameTopicForm | None = None
) -> HttpResponse:
    renaming = renaming or RenameTopicForm(programme=programme)
    rows = Partnership.objects.for_programme(programme).filter(denied_at__isnull=True)
    rows = rows.select_related("contact__sender", "contact__recipient").order_by("-month", "-pk")
    context = {
        **_around(request, programme, _("People who find each other")),
        "counts": running.counts_of(programme),
        "page": Paginator(rows, SHOWN).get_page(request.GET.get("page")),
        "form": form,
        "renaming": renaming,
    }
    status = 422 if form.errors or renaming.errors else 200
    return render(request, "admin/registrations/people.html", context, status=status)


def _topics_form(programme: Programme, sent: QueryDict | None = None) -> TopicsForm:
    return TopicsForm(sent, initial={"topics": "\n".join(topic.label for topic in programme.topics.all())})


def _around(request: HttpRequest, programme: Programme, title: str) -> dict[str, object]:
    return {
        **admin.site.each_context(request),
        "title": title,
        "programme": programme,
        "opts": Programme._meta,
        "parent": _("People who find each other"),
    }

"""Where organisers write to many at once: whom a rule means, what they read, and how far the sending is."""

from collections import Counter
from typing import Any

from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from registrations.backoffice import organised_programme, user_of
from registrations.doorbell import ring
from registrations.models import Programme, Registration
from registrations.two_at_once import Opened, opened_with
from registrations.wordings import Words
from reports.campaigns import actions
from reports.campaigns.audience import audience_of
from reports.campaigns.letters import Version, entered_in, stand_in, values_of, version_of, wording_of
from reports.campaigns.models import Campaign
from reports.campaigns.telling import coverage_lines, rule_text, state_lines
from reports.errors import Refused
from reports.letters.checking import problems_of
from reports.letters.kinds import MEANINGS, example_reader
from reports.letters.previews import POLICY, Preview, preview_of
from reports.tasks import send_campaigns
from reports.views.letters import (
    asked_language,
    chosen_reader,
    language_context,
    languages,
    page_context,
    preview_context,
    sent_words,
    try_on_oneself,
)
from sessions.sent import whole_number
from surveys.models import Survey


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The messages of a programme, the newest first; the button begins another one."""
    programme = organised_programme(request, pk)
    if request.method == "POST":
        begun = actions.begin(programme, by=user_of(request), now=timezone.now())
        return redirect("admin:reports_workspace_campaign", pk, begun.pk)
    lines = [(one, rule_text(one)) for one in programme.campaigns.select_related("survey")]
    context = page_context(request, programme, _("Messages")) | {"lines": lines}
    return render(request, "admin/reports/campaigns.html", context)


@csp_update(POLICY)  # type: ignore[arg-type]  # it takes views with arguments, too
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_page(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """One message: written, looked at and sent while it is a draft; then how far it is, and the button that stops it."""
    programme = organised_programme(request, pk)
    campaign = get_object_or_404(_rows(programme), pk=key)
    if not campaign.is_draft:
        return _under_way(request, programme, campaign)
    language = asked_language(request, programme.language)
    if request.POST.get("do") == "discard":
        actions.discard(campaign)
        return redirect("admin:reports_workspace_campaigns", pk)
    is_clash = request.method == "POST" and _is_clash(request, campaign, language)
    refusal = _write(request, campaign, language) if request.method == "POST" and not is_clash else ""
    if request.POST.get("do") == "send" and not (refusal or is_clash):
        refusal = _send(request, get_object_or_404(_rows(programme), pk=key))
        if not refusal:
            return redirect("admin:reports_workspace_campaign", pk, key)
    written = get_object_or_404(_rows(programme), pk=key)
    return _draft_page(request, programme, written, language, refusal, is_clash=is_clash)


def _rows(programme: Programme) -> Any:
    return programme.campaigns.select_related("programme", "survey__programme", "survey__session")


def _write(request: HttpRequest, campaign: Campaign, language: str) -> str:
    """Keep what was sent, so that nothing typed is lost; a sentence on why that cannot be, or ""."""
    words, rule = _merged(request, campaign, language)
    try:
        actions.write(campaign, words, language=language, **rule)
    except Refused as refusal:
        return str(refusal)
    return ""


def _merged(request: HttpRequest, campaign: Campaign, language: str) -> tuple[Words, dict[str, Any]]:
    """What was sent; words or a rule that this form leaves as it showed them are what somebody else made of them since."""
    surveys = Survey.objects.for_programme(campaign.programme)
    words = sent_words(request)
    rule: dict[str, Any] = {
        "audience": request.POST.get("audience", ""),
        "sessions": whole_number(request.POST.get("sessions", "").strip()) or None,
        "survey": surveys.filter(pk=whole_number(request.POST.get("survey", ""))).first(),
    }
    opened, sent, stored = _opened(request), _sent(request), _stored(campaign, language)
    theirs = {field for field, mine in sent.items() if opened.is_theirs(field, mine, stored[field])}
    if "words" in theirs:
        words = entered_in(campaign, language)
    if "rule" in theirs:
        rule = {"audience": campaign.audience, "sessions": campaign.sessions, "survey": campaign.survey}
    return words, rule


def _is_clash(request: HttpRequest, campaign: Campaign, language: str) -> bool:
    """Whether what was sent would replace words or a rule that its form never showed."""
    opened, stored = _opened(request), _stored(campaign, language)
    return any(opened.is_clash(field, mine, stored[field]) for field, mine in _sent(request).items())


def _opened(request: HttpRequest) -> Opened:
    return Opened.read(request.POST.get("opened", ""))


def _sent(request: HttpRequest) -> dict[str, str]:
    numbers = [whole_number(request.POST.get(name, "").strip()) for name in ("sessions", "survey")]
    return {
        "words": _as_text(sent_words(request)),
        "rule": f"{request.POST.get('audience', '')}-{numbers[0]}-{numbers[1]}",
    }


def _stored(campaign: Campaign, language: str) -> dict[str, str]:
    return {"words": _as_text(entered_in(campaign, language)), "rule": _counted(campaign)}


def _as_text(words: Words) -> str:
    return f"{words.subject}\n{words.body}"


def _send(request: HttpRequest, campaign: Campaign) -> str:
    """Begin to send to those whose number was on the page; not where the rule was changed on the way."""
    if request.POST.get("counted") != _counted(campaign):
        return _("Who gets it has changed. Look at the new number, then send.")
    try:
        actions.start(campaign, by=user_of(request), now=timezone.now())
    except Refused as refusal:
        return str(refusal)
    ring(send_campaigns)
    messages.success(request, _("The message is being sent. You can leave this page."))
    return ""


def _counted(campaign: Campaign) -> str:
    """The rule whose people the page counted."""
    return f"{campaign.audience}-{campaign.sessions or 0}-{campaign.survey_id or 0}"


def _draft_page(
    request: HttpRequest, programme: Programme, campaign: Campaign, language: str, refusal: str, *, is_clash: bool
) -> HttpResponse:
    is_posted, deed = request.method == "POST", request.POST.get("do", "")
    stored = entered_in(campaign, language)
    is_refused = bool(refusal) or is_clash
    words = sent_words(request) if is_refused else stored
    wording = wording_of(campaign)
    problems = problems_of(wording, words) if is_posted and (words.subject or words.body) else {}
    reader, found = chosen_reader(request, programme)
    preview = _preview(campaign, words, reader or example_reader(programme, language), language)
    if deed == "test" and not (is_refused or problems):
        try_on_oneself(request, programme, preview)
    elif deed == "save" and not (is_refused or problems):
        messages.success(request, _("Saved. Nothing has been sent."))
    people = audience_of(campaign)
    total = len(people)
    context = {
        "campaign": campaign,
        "words": words,
        "stored": stored,
        "is_clash": is_clash,
        "opened": request.POST.get("opened", "") if refusal else opened_with(_stored(campaign, language)),
        "problems": problems,
        "refusal": refusal,
        "meanings": [(name, MEANINGS[name], name in wording.required) for name in wording.names],
        "audiences": Campaign.Audience.choices,
        "surveys": Survey.objects.for_programme(programme).order_by("opens_at", "pk"),
        "coverage": coverage_lines(campaign, Counter(people.values())),
        "total": total,
        "counted": _counted(campaign),
        "send_label": ngettext("Send to %(n)s person", "Send to %(n)s people", total) % {"n": total},
        **preview_context(request, preview, reader, found),
        **language_context(language),
        **page_context(request, programme, campaign.subject or _("A new message")),
    }
    return render(request, "admin/reports/campaign.html", context, status=400 if is_refused else 200)


def _preview(campaign: Campaign, words: Words, reader: Registration, language: str) -> Preview:
    """As somebody reads it who reads this language: what is being typed, else what stands in for it."""
    original = campaign.source_language
    if (words.subject and words.body) or language == original:
        version = Version(words, language, is_fallback=False)
    else:
        version = stand_in(entered_in(campaign, original), original, language)
    return _as_read(campaign, version, reader, language)


def _as_read(campaign: Campaign, version: Version, reader: Registration, language: str) -> Preview:
    with translation.override(language):
        values = values_of(campaign, reader)
    return preview_of(
        wording_of(campaign), version.words, values, reader=reader.printed_name, language=version.language
    )


def _under_way(request: HttpRequest, programme: Programme, campaign: Campaign) -> HttpResponse:
    """A message that was sent, as its readers get it, with what became of its mails."""
    if request.method == "POST" and request.POST.get("do") == "stop":
        actions.stop(campaign, by=user_of(request), now=timezone.now())
        messages.success(request, _("Stopped. Mails that had not left are held back."))
        return redirect("admin:reports_workspace_campaign", programme.pk, campaign.pk)
    language = asked_language(request, campaign.source_language)
    preview = _as_read(campaign, version_of(campaign, language), example_reader(programme, language), language)
    lines, is_at_work = state_lines(campaign)
    context = {
        "campaign": campaign,
        "rule": rule_text(campaign),
        "lines": lines,
        "is_at_work": is_at_work,
        "preview": preview,
        "languages": languages(),
        **language_context(language),
        **page_context(request, programme, campaign.subject),
    }
    return render(request, "admin/reports/campaign_sent.html", context)

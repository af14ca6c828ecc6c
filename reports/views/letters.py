"""Where organisers change the words of a programme's mails, look at them as anybody would, and try them on themselves."""

from typing import Any

from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registrations.backoffice import organised_programme, user_of
from registrations.doorbell import ring
from registrations.models import MailText, Programme, Registration
from registrations.tasks import send_due_mail
from registrations.two_at_once import Opened, opened_with
from registrations.wordings import Wording, Words, original
from reports.errors import Refused
from reports.letters import actions
from reports.letters.checking import problems_of
from reports.letters.kinds import GROUPS, MEANINGS, Group, example_reader, kind_named
from reports.letters.previews import POLICY, Preview, preview_of, readers, readers_named
from sessions.sent import searched_words, whole_number
from surveys.views.staff import staff_context


@require_safe
def letter_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Every kind of mail, and in which languages its words are the organisers' own."""
    programme = organised_programme(request, pk)
    own = set(MailText.objects.filter(programme=programme).values_list("kind", "language"))
    groups = [(group.title, [(kind, _states(kind, own)) for kind in group.wordings]) for group in GROUPS]
    context = page_context(request, programme, _("Words of the mails")) | {"groups": groups}
    return render(request, "admin/reports/letters.html", context)


@csp_update(POLICY)  # type: ignore[arg-type]  # it takes views with arguments, too
@require_http_methods(["GET", "HEAD", "POST"])
def letter_page(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One kind in one language: its words, what may stand in them, and the mail that comes of it."""
    programme = organised_programme(request, pk)
    group, wording = kind_named(kind) or _unknown(kind)
    language = asked_language(request, programme.language)
    own = MailText.objects.filter(programme=programme, kind=kind, language=language).first()
    stored = Words(own.subject, own.body) if own else original(wording, language)
    words = _merged(request, stored) if request.method == "POST" else stored
    reader, found = chosen_reader(request, programme)
    preview = _preview(group, wording, words, reader or example_reader(programme, language), language)
    problems, is_clash = problems_of(wording, words), _is_clash(request, words, stored)
    if request.method == "POST" and not is_clash and _is_done(request, programme, wording, words, preview):
        return redirect(f"{reverse('admin:reports_workspace_letter', args=[pk, kind])}?language={language}")
    context = {
        "wording": wording,
        "words": words,
        "own": own,
        "stored": stored,
        "is_clash": is_clash,
        "opened": _opened(request, stored, is_clash),
        "original": original(wording, language),
        "problems": problems if request.method == "POST" else {},
        "meanings": [(name, MEANINGS[name], name in wording.required) for name in wording.names],
        "languages": languages(),
        **preview_context(request, preview, reader, found),
        **language_context(language),
    }
    is_refused = is_clash or (bool(context["problems"]) and request.POST.get("do") in {"save", "test"})
    context |= page_context(request, programme, wording.label)
    return render(request, "admin/reports/letter.html", context, status=400 if is_refused else 200)


def _merged(request: HttpRequest, stored: Words) -> Words:
    """What was sent; where it is what the form showed first, what somebody else saved since."""
    sent = sent_words(request)
    is_theirs = Opened.read(request.POST.get("opened", "")).is_theirs(*_field(sent), _field(stored)[1])
    return stored if is_theirs else sent


def _is_clash(request: HttpRequest, words: Words, stored: Words) -> bool:
    """Whether what is to be kept would replace words that this form never showed."""
    deed, opened = request.POST.get("do"), Opened.read(request.POST.get("opened", ""))
    if deed == "reset":
        return not opened.has_shown(*_field(stored))
    return deed == "save" and opened.is_clash(*_field(words), _field(stored)[1])


def _opened(request: HttpRequest, stored: Words, is_clash: bool) -> str:
    """What the form was opened with; after a clash it shows both, so it begins anew."""
    sent = request.POST.get("opened", "")
    return sent if sent and not is_clash else opened_with(dict([_field(stored)]))


def _field(words: Words) -> tuple[str, str]:
    return "words", f"{words.subject}\n{words.body}"


def _is_done(request: HttpRequest, programme: Programme, wording: Wording, words: Words, preview: Preview) -> bool:
    """Do what the button says; True where the page is to be shown afresh, False where it goes on with what was typed."""
    deed, now, user = request.POST.get("do"), timezone.now(), user_of(request)
    if deed == "reset":
        actions.reset_text(programme, wording, language=preview.language)
        messages.success(request, _("The built-in words are sent again."))
        return True
    if deed not in {"save", "test"} or problems_of(wording, words):
        return False
    if deed == "test":
        try_on_oneself(request, programme, preview)
        return False
    saved = actions.save_text(programme, wording, words, language=preview.language, by=user, now=now)
    told = _("Saved. Mail that is queued from now on reads like this.") if saved else _("These are the built-in words.")
    messages.success(request, told)
    return True


def try_on_oneself(request: HttpRequest, programme: Programme, preview: Preview) -> None:
    """Send the mail to whoever asks, and say so; or say why not."""
    try:
        mail = actions.send_test(programme, preview, to=user_of(request), now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        ring(send_due_mail)
        messages.success(request, _("A test is on its way to %(address)s.") % {"address": mail.to})


def sent_words(request: HttpRequest) -> Words:
    """The words that the form sent, tidied."""
    body = request.POST.get("body", "").replace("\r\n", "\n").strip()
    return Words(" ".join(request.POST.get("subject", "").split()), f"{body}\n" if body else "")


def chosen_reader(request: HttpRequest, programme: Programme) -> tuple[Registration | None, list[Registration]]:
    """As whom the mail is to be shown, if somebody was chosen, and whom the search found."""
    pk = whole_number(request.POST.get("person", ""))
    found = readers_named(programme, searched_words(request))
    chosen = readers(programme).filter(pk=pk).first() if pk else None
    return chosen or (found[0] if len(found) == 1 else None), found


def preview_context(
    request: HttpRequest, preview: Preview, reader: Registration | None, found: list[Registration]
) -> dict[str, Any]:
    """What the part of the page with the preview needs."""
    query = searched_words(request)
    return {"preview": preview, "reader": reader, "found": found, "query": query, "user_email": user_of(request).email}


def asked_language(request: HttpRequest, otherwise: str) -> str:
    """The language that was asked for; any but ours is a 404."""
    language = request.POST.get("language") or request.GET.get("language") or otherwise
    if language not in dict(settings.LANGUAGES):
        raise Http404(_("The texts are not written in this language."))
    return language


def language_context(language: str) -> dict[str, Any]:
    """How a text in this language is written."""
    info = get_language_info(language)
    name = dict(settings.LANGUAGES)[language]
    return {"language": language, "language_name": name, "dir": "rtl" if info["bidi"] else "ltr"}


def page_context(request: HttpRequest, programme: Programme, title: Any) -> dict[str, Any]:
    """What every page of these has."""
    return {**staff_context(request), "title": title, "programme": programme}


def _preview(group: Group, wording: Wording, words: Words, reader: Registration, language: str) -> Preview:
    with translation.override(language):
        values = group.values(wording, reader, timezone.now())
    return preview_of(wording, words, values, reader=reader.printed_name, language=language)


def _states(kind: Wording, own: set[tuple[str, str]]) -> list[tuple[str, str, bool]]:
    """Each language with its name, and whether the words in it are the organisers' own."""
    return [(code, name, (kind.name, code) in own) for code, name in languages()]


def languages() -> list[tuple[str, str]]:
    """Ours, by their codes."""
    return [(code, str(name)) for code, name in settings.LANGUAGES]


def _unknown(kind: str) -> tuple[Group, Wording]:
    raise Http404(_("There is no such mail."))

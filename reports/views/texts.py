"""Where organisers write a programme's texts in other languages, and see what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from registrations.backoffice import organised_programme
from registrations.forms_at_once import told_of
from registrations.models import Programme
from registrations.two_at_once import Opened, opened_with
from reports.texts import Coverage, Entry, Part, coverage, parts_of, save_versions
from surveys.views.staff import staff_context


@dataclass(frozen=True, slots=True)
class Line:
    """A text on the page: what is typed into its field, and what is wrong with it."""

    entry: Entry
    typed: str
    problem: str


@require_http_methods(["GET", "HEAD", "POST"])
def texts(request: HttpRequest, pk: int) -> HttpResponse:
    """Without a language: how far each is. With one: every original beside its version, to be written."""
    programme = organised_programme(request, pk)
    parts = parts_of(programme)
    languages = {one.code: one for one in coverage(programme, parts)}
    code = request.POST.get("language") or request.GET.get("language") or ""
    if not code:
        context = {"languages": languages.values(), "parts": parts}
        return render(request, "admin/reports/texts.html", _context(request, programme) | context)
    if code not in languages:
        raise Http404(_("The texts are not written in this language."))
    return _language(request, programme, parts, languages[code])


def _language(request: HttpRequest, programme: Programme, parts: tuple[Part, ...], language: Coverage) -> HttpResponse:
    opened = Opened.read(request.POST.get("opened", ""))
    typed = _merged(_typed(request.POST, parts), language.code, opened) if request.method == "POST" else {}
    problems = {key: said for key, (entry, text) in typed.items() if (said := _problem(entry, text))}
    clashes = _clashes(typed, language.code, opened)
    if request.method == "POST" and not (problems or clashes):
        changed = save_versions(typed.values(), language.code)
        told = ngettext("%(n)s text is saved.", "%(n)s texts are saved.", changed) % {"n": changed}
        messages.success(request, told)
        return redirect(f"{reverse('admin:reports_workspace_texts', args=[programme.pk])}?language={language.code}")
    context = {
        "language": language,
        "dir": "rtl" if get_language_info(language.code)["bidi"] else "ltr",
        "original": programme.language,
        "problems": len(problems),
        "clashes": len(clashes),
        "opened": opened_with(_stored(parts, language.code)),
        "parts": [
            (part, part.missing(language.code), _lines(part, language, typed, clashes | problems)) for part in parts
        ],
    }
    status = 400 if problems or clashes else 200
    return render(request, "admin/reports/texts_language.html", _context(request, programme) | context, status=status)


def _context(request: HttpRequest, programme: Programme) -> dict[str, object]:
    return {**staff_context(request), "title": _("Texts and languages"), "programme": programme}


def _typed(data: Mapping[str, str], parts: tuple[Part, ...]) -> dict[str, tuple[Entry, str]]:
    """What was sent for the texts that this programme has; nothing else is looked at."""
    entries = [entry for part in parts for entry in part.entries]
    sent = {entry.key: (entry, data[entry.key]) for entry in entries if entry.key in data}
    return {
        key: (entry, " ".join(text.split()) if not entry.is_long else _tidy(text))
        for key, (entry, text) in sent.items()
    }


def _stored(parts: tuple[Part, ...], language: str) -> dict[str, str]:
    return {entry.key: entry.version(language) for part in parts for entry in part.entries}


def _merged(typed: dict[str, tuple[Entry, str]], language: str, opened: Opened) -> dict[str, tuple[Entry, str]]:
    """What was sent, without the texts that only somebody else has changed since: they stay as they left them."""
    return {
        key: (entry, text)
        for key, (entry, text) in typed.items()
        if not opened.is_theirs(key, text, entry.version(language))
    }


def _clashes(typed: Mapping[str, tuple[Entry, str]], language: str, opened: Opened) -> dict[str, str]:
    """A sentence for each text that would replace one which this form never showed."""
    return {
        key: told_of(entry.version(language))
        for key, (entry, text) in typed.items()
        if opened.is_clash(key, text, entry.version(language))
    }


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _problem(entry: Entry, text: str) -> str:
    if "\0" in text:
        return _("This text contains a character that cannot be stored.")
    if len(text) > entry.longest:
        told = _("This is too long: at most %(limit)s characters fit, and there are %(length)s.")
        return told % {"limit": entry.longest, "length": len(text)}
    return ""


def _lines(
    part: Part, language: Coverage, typed: Mapping[str, tuple[Entry, str]], problems: Mapping[str, str]
) -> list[Line]:
    return [
        Line(
            entry,
            typed[entry.key][1] if entry.key in typed else entry.version(language.code),
            problems.get(entry.key, ""),
        )
        for entry in part.entries
    ]

"""Audience figures in the back office: charts for the team; entering, importing and undoing for organisers."""

from collections.abc import Iterator

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registrations.backoffice import organised_programme, user_of
from registrations.isolation import isolated
from registrations.models import Programme
from registrations.two_at_once import Opened, opened_with
from reports.audience import KINDS, OWN, audience_page, exhibit_of, grid, kind_labels, session_exhibits, told_problems
from sessions.actions import BadLines, enter_audience, import_audience, undo_audience
from sessions.audience import LONGEST_CHANNEL, MOST_PROBLEMS, Key, channel_of, count_of
from sessions.errors import Refused
from sessions.models import AudienceBatch, TrainingSession
from sessions.readers.limits import MAX_NARROW
from surveys.views.downloads import as_download
from surveys.views.staff import staff_context
from surveys.wording import number_text

NEW_CHANNELS = 3
BATCHES_SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def audience(request: HttpRequest, pk: int) -> HttpResponse:
    """The charts, the sums, and the file that an organiser brings."""
    if request.method == "POST":
        programme = organised_programme(request, pk)
        problems = _import(request, programme)
        if not problems:
            return redirect("admin:reports_workspace_audience", pk)
        return _page(request, programme, problems, status=422)
    programme = get_object_or_404(Programme.objects.analysed_by(user_of(request)), pk=pk)
    return _page(request, programme, [])


def _page(request: HttpRequest, programme: Programme, problems: list[str], status: int = 200) -> HttpResponse:
    is_organiser = Programme.objects.organised_by(user_of(request)).filter(pk=programme.pk).exists()
    context = {
        **staff_context(request),
        "title": _("Audience"),
        "programme": programme,
        "page": audience_page(programme),
        "kinds": kind_labels(),
        "is_organiser": is_organiser,
        "problems": problems[:MOST_PROBLEMS],
        "more_problems": max(len(problems) - MOST_PROBLEMS, 0),
        "batches": programme.audience_batches.select_related("made_by")[:BATCHES_SHOWN] if is_organiser else (),
    }
    return render(request, "admin/reports/audience.html", context, status=status)


def _import(request: HttpRequest, programme: Programme) -> list[str]:
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile) or not file.size:
        return [_("Choose a file.")]
    if file.size > MAX_NARROW:
        return [_("The file is larger than %(megabytes)s MB.") % {"megabytes": MAX_NARROW // 1024**2}]
    name = file.name or ""
    try:
        batch = import_audience(programme, file_name=name, content=file.read(), by=user_of(request), now=timezone.now())
    except BadLines as bad:
        return [str(bad), *told_problems(bad.problems)]
    except Refused as refusal:
        return [str(refusal)]
    _tell(request, batch)
    return []


def _tell(request: HttpRequest, batch: AudienceBatch | None) -> None:
    if batch is None:
        messages.info(request, _("All these figures were there already. Nothing was changed."))
        return
    words = ngettext("%(n)s figure was changed.", "%(n)s figures were changed.", batch.size)
    messages.success(request, words % {"n": batch.size})


@require_http_methods(["GET", "HEAD", "POST"])
def audience_session(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The figures of one session by channel and kind, to be entered."""
    programme = organised_programme(request, pk)
    session = get_object_or_404(TrainingSession.objects.for_programme(programme), number=number)
    stored = _stored(session)
    typed, problems = _typed(request, session) if request.method == "POST" else ({}, [])
    problems += _clashes(request, typed, stored)
    if request.method == "POST" and not problems:
        changed = _merged(request, typed, stored)
        _tell(request, enter_audience(programme, changed, by=user_of(request), now=timezone.now()))
        return redirect("admin:reports_workspace_audience_session", pk, number)
    rows = [(channel, [_shown(value) for value in values], is_own) for channel, values, is_own in grid(session)]
    if problems:
        rows = [row for row in rows if row[2]] + [(channel, values, False) for channel, values in _sent(request)]
    blank = [("", [""] * len(KINDS), False)] * NEW_CHANNELS
    context = {
        **staff_context(request),
        "title": _("Audience of session %(number)s") % {"number": number},
        "programme": programme,
        "session": session,
        "kinds": list(zip(KINDS, kind_labels(), strict=True)),
        "rows": [
            (channel, list(zip(KINDS, kind_labels(), values, strict=True)), is_own)
            for channel, values, is_own in [*rows, *blank]
        ],
        "exhibits": session_exhibits(session),
        "opened": opened_with({_name(key): _shown(value) for key, value in stored.items()}),
        "problems": problems,
    }
    return render(request, "admin/reports/audience_session.html", context, status=422 if problems else 200)


def _stored(session: TrainingSession) -> dict[Key, int | None]:
    return {
        Key(session.pk, kind, channel): value
        for channel, values, is_own in grid(session)
        if not is_own
        for kind, value in zip(KINDS, values, strict=True)
    }


def _merged(request: HttpRequest, typed: dict[Key, int | None], stored: dict[Key, int | None]) -> dict[Key, int | None]:
    """The figures to set: one that this form leaves as it showed it stays as somebody else made it since."""
    opened = Opened.read(request.POST.get("opened", ""))
    return {
        key: mine
        for key, mine in typed.items()
        if not opened.is_theirs(_name(key), _shown(mine), _shown(stored.get(key)))
    }


def _clashes(request: HttpRequest, typed: dict[Key, int | None], stored: dict[Key, int | None]) -> list[str]:
    """A sentence for each figure that would replace one which this form never showed."""
    opened, labels = Opened.read(request.POST.get("opened", "")), dict(zip(KINDS, kind_labels(), strict=True))
    told = _(
        "Somebody else has entered this meanwhile: %(kind)s, %(channel)s: %(number)s. Save again to put yours in its place."
    )
    return [
        told % {"kind": labels[key.kind], "channel": isolated(key.channel), "number": number_text(stored[key] or 0)}
        for key, mine in typed.items()
        if stored.get(key) is not None and opened.is_clash(_name(key), _shown(mine), _shown(stored[key]))
    ]


def _name(key: Key) -> str:
    return f"{key.kind} {key.channel}"


def _sent(request: HttpRequest) -> Iterator[tuple[str, list[str]]]:
    """The lines of the grid as they were sent, those without a word left out."""
    columns = [request.POST.getlist("channel"), *(request.POST.getlist(kind) for kind in KINDS)]
    for channel, *values in zip(*columns, strict=False):
        if channel.strip() or any(value.strip() for value in values):
            yield channel, values


def _typed(request: HttpRequest, session: TrainingSession) -> tuple[dict[Key, int | None], list[str]]:
    """The figures that were typed, None for an empty field; and what is wrong with them."""
    spelling = {channel.casefold(): channel for channel, _values, _is_own in grid(session)}
    found: dict[Key, int | None] = {}
    problems: list[str] = []
    for typed, values in _sent(request):
        channel = channel_of(typed, spelling)
        if not channel or len(channel) > LONGEST_CHANNEL or not channel.isprintable():
            problems.append(_("Give the channel in at most 120 letters."))
        elif channel.casefold() == OWN.casefold():
            problems.append(_("“%(text)s” is counted here by itself. Take the line out.") % {"text": OWN})
        elif Key(session.pk, KINDS[0], channel) in found:
            problems.append(_("The channel “%(text)s” stands here twice.") % {"text": channel})
        else:
            spelling.setdefault(channel.casefold(), channel)
            for kind, value in zip(KINDS, values, strict=True):
                number = count_of(value) if value.strip() else None
                found[Key(session.pk, kind, channel)] = number
                if value.strip() and number is None:
                    problems.append(_("“%(text)s” is not a whole number.") % {"text": value[:80]})
    return found, problems


def _shown(value: int | None) -> str:
    return "" if value is None else str(value)


@require_POST
def audience_undo(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """Make the figures of a batch what they were before."""
    programme = organised_programme(request, pk)
    batch = get_object_or_404(AudienceBatch, programme=programme, pk=key)
    kept = undo_audience(batch, by=user_of(request), now=timezone.now())
    messages.success(request, _("The batch is undone."))
    if kept:
        words = ngettext(
            "%(n)s figure was changed since and stays as it is.", "%(n)s figures were changed since and stay as they are.",
            kept,
        )  # fmt: skip
        messages.warning(request, words % {"n": kept})
    return redirect("admin:reports_workspace_audience", pk)


@require_safe
def audience_figure(request: HttpRequest, pk: int, figure: str, ending: str) -> HttpResponse:
    """One figure as svg, png, csv or xlsx."""
    programme = get_object_or_404(Programme.objects.analysed_by(user_of(request)), pk=pk)
    facts = [(_("Programme"), programme.text("title"))]
    return as_download(exhibit_of(programme, figure), ending, facts, stem=programme.slug)

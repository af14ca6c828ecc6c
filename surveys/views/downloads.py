"""One figure to take away: the same object that the page shows, so the same permission and the same suppression."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from surveys.exhibits import Exhibit, reading_direction
from surveys.pictures import as_png, as_svg
from surveys.tables import as_csv, as_xlsx
from surveys.views.staff import Shown, shown_to

Facts = list[tuple[str, str]]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def download(request: HttpRequest, pk: int, figure: str, ending: str) -> HttpResponse:
    """A figure of the dashboard as svg, png, csv or xlsx, for the selection in the address."""
    shown = shown_to(request, pk)
    return as_download(shown.page.exhibits.get(figure), ending, facts_of(shown), stem=shown.survey.form_id)


def as_download(exhibit: Exhibit | None, ending: str, facts: Facts, *, stem: str) -> HttpResponse:
    """The figure as a file; 404 where there is none, none of this kind, or no chart to draw."""
    kind = _KINDS.get(ending)
    if exhibit is None or kind is None or (ending in _PICTURES and exhibit.draw is None):
        raise Http404(_("There is no such figure here."))
    content_type, made = kind
    response = HttpResponse(made(exhibit, facts), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{stem}-{exhibit.id}.{ending}"'
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def facts_of(shown: Shown) -> Facts:
    """What the figures are counted over, in words."""
    return [
        (_("Survey"), shown.survey.title),
        (_("Valid responses"), shown.page.header.definition_name),
        (_("Selection"), shown.chosen.text or _("everybody")),
        (_("Valid responses of the selection"), shown.page.n_text),
    ]


def _svg(exhibit: Exhibit, facts: Facts) -> bytes:
    notes = tuple(_("%(head)s: %(text)s") % {"head": head, "text": text} for head, text in facts)
    return as_svg(exhibit, notes=notes, direction=reading_direction()).encode()


def _png(exhibit: Exhibit, facts: Facts) -> bytes:
    return as_png(_svg(exhibit, facts).decode())


def _csv(exhibit: Exhibit, facts: Facts) -> bytes:
    return "".join(as_csv(exhibit, facts)).encode()


_PICTURES = frozenset({"svg", "png"})
_KINDS: dict[str, tuple[str, Callable[[Exhibit, Facts], bytes]]] = {
    "svg": ("image/svg+xml", _svg),
    "png": ("image/png", _png),
    "csv": ("text/csv; charset=utf-8", _csv),
    "xlsx": (XLSX, as_xlsx),
}

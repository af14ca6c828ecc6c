"""Figures at hand for a page, and what stands in its place while a large programme is counted for the first time."""

import datetime as dt

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from registrations.kept import Age
from registrations.models import Programme
from reports.actions import public_results_at_hand
from reports.edition import Edition, drafted
from reports.errors import Refused
from reports.publishing import Wish


def being_counted(
    request: HttpRequest, programme: Programme, title: str, *, now: dt.datetime, wish: Wish | None = None
) -> HttpResponse:
    """The page's title, and that its figures are being counted; it loads itself again until they are.

    `wish`: to publish them, where the page tells of it.
    """
    context = {
        **admin.site.each_context(request),
        "title": title,
        "programme": programme,
        "age": Age.of(programme, now=now),
        "wish": wish,
    }
    return render(request, "admin/reports/counting.html", context)


def drafted_at_hand(programme: Programme, *, now: dt.datetime) -> Edition | None:
    """What would be frozen, of figures at hand; `None` while they are counted at first. A 404 where there is nothing."""
    try:
        results = public_results_at_hand(programme, now=now)
    except Refused as refusal:
        raise Http404(str(refusal)) from None
    return drafted(programme, results) if results else None

"""Placeholder until built."""

from django.http import HttpRequest, HttpResponse


def results_page(request: HttpRequest, **kwargs: str) -> HttpResponse:
    return HttpResponse("")

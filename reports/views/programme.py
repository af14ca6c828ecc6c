"""Placeholder until built."""

from django.http import HttpRequest, HttpResponse


def programme_page(request: HttpRequest, **kwargs: str) -> HttpResponse:
    return HttpResponse("")


def programme_list(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")

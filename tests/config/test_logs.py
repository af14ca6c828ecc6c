import io
import logging
import logging.config

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.test import Client
from django.urls import path

pytestmark = pytest.mark.urls(__name__)


def refuse(request):
    raise PermissionDenied


def suspect(request):
    raise SuspiciousOperation("Filtering by link_token not allowed")


def break_down(request):
    raise RuntimeError("ours")


def answer(status):
    return lambda request, exception=None: HttpResponse(status=status)


urlpatterns = [path("refuse/", refuse), path("suspect/", suspect), path("break-down/", break_down)]
handler400, handler403, handler500 = answer(400), answer(403), answer(500)


@pytest.fixture
def lines(monkeypatch):
    """`lines(path)`: what the log says about one request."""

    def ask(url):
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        ours = logging.getLogger().handlers
        for name in settings.LOGGING["handlers"]["stderr"]["filters"]:
            handler.addFilter(
                logging.config.DictConfigurator(settings.LOGGING).configure_filter(
                    dict(settings.LOGGING["filters"][name])
                )
            )
        monkeypatch.setattr(logging.getLogger(), "handlers", [*ours, handler])
        Client(raise_request_exception=False).get(url)
        return stream.getvalue().splitlines()

    return ask


@pytest.mark.parametrize(
    "url, first",
    [("/refuse/", "Forbidden (Permission denied): /refuse/"), ("/suspect/", "Filtering by link_token not allowed")],
)
def test_what_a_visitor_did_wrong_takes_one_line(lines, url, first):
    found = lines(url)

    assert (found[0], [line for line in found if "Traceback" in line]) == (first, [])
    assert len(found) <= 2


def test_what_we_did_wrong_keeps_its_traceback(lines):
    found = lines("/break-down/")

    assert (found[0], "Traceback (most recent call last):" in found, found[-1]) == (
        "Internal Server Error: /break-down/",
        True,
        "RuntimeError: ours",
    )

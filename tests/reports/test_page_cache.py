"""Copies of public pages: for whom, for how long, and never with anything personal in them."""

import gzip

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory

from reports.page_cache import briefly_kept


def counted(status=200, spoil=lambda request, response: None):
    """A view that counts its calls in `view.calls`."""

    def view(request):
        view.calls += 1
        response = HttpResponse(f"copy {view.calls}", status=status)
        spoil(request, response)
        return response

    view.calls = 0
    return view


def visit(view, path="/programmes/x/", cookies=None, **headers):
    request = RequestFactory(headers=headers).get(path)
    request.COOKIES.update(cookies or {})
    request.user = AnonymousUser()
    return briefly_kept(view)(request)


def test_a_second_visit_is_answered_from_the_copy():
    view = counted()
    assert [visit(view).content, visit(view).content] == [b"copy 1", b"copy 1"]


def test_the_copy_is_sent_compressed_to_those_who_take_it():
    response = visit(counted(), accept_encoding="gzip, br")
    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content) == b"copy 1"
    assert response["Vary"] == "Accept-Encoding, Cookie"


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/programmes/y/"},
        {"cookies": {settings.READER_ZONE_COOKIE: "Africa/Nairobi"}},
        {"cookies": {settings.SESSION_COOKIE_NAME: "x"}},
        {"cookies": {"messages": "x"}},
        {"path": "/programmes/x/?q=1"},
    ],
)
def test_other_visitors_get_another_page(other):
    view = counted()
    assert [visit(view).content, visit(view, **other).content] == [b"copy 1", b"copy 2"]


def test_a_zone_that_does_not_exist_is_no_zone():
    view = counted()
    visit(view)
    assert visit(view, cookies={settings.READER_ZONE_COOKIE: "Moon/Crater"}).content == b"copy 1"


@pytest.mark.parametrize(
    "view",
    [
        counted(status=404),
        counted(spoil=lambda request, response: response.set_cookie("a", "b")),
        counted(spoil=lambda request, response: get_token(request)),
    ],
    ids=["not found", "sets a cookie", "asks for a CSRF token"],
)
def test_what_is_not_for_everybody_is_never_kept(view):
    assert [visit(view).content, visit(view).content] == [b"copy 1", b"copy 2"]

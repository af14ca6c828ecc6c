"""Pages for what went wrong: translated, with something to do, and shown even where little works."""

import re

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.test import RequestFactory
from django.views import defaults
from django.views.csrf import csrf_failure

REQUEST = RequestFactory().get("/somewhere/")


def heading_of(response):
    return re.search(r"<h1>(.*?)</h1>", response.content.decode()).group(1)


@pytest.mark.parametrize(
    "response, status, heading",
    [
        (lambda: defaults.bad_request(REQUEST, SuspiciousOperation()), 400, "We could not read this request"),
        (lambda: defaults.permission_denied(REQUEST, PermissionDenied()), 403, "This page is not open to you"),
        (lambda: csrf_failure(REQUEST, REASON_NO_CSRF_COOKIE), 403, "Please send the form again"),
        (lambda: defaults.server_error(REQUEST), 500, "Something went wrong on our side"),
    ],
)
def test_error_pages_say_what_happened(response, status, heading):
    page = response()
    assert (page.status_code, heading_of(page)) == (status, heading)


@pytest.mark.django_db
def test_a_missing_page_says_what_to_do(client):
    response = client.get("/no/such/page/")
    assert (response.status_code, heading_of(response)) == (404, "There is no page at this address")


def test_every_page_brings_its_icon_along(client, administrator_client):
    pages = [client.get("/"), administrator_client.get("/admin/"), client.get("/admin/login/")]
    assert [page.text.count('<link rel="icon" href="data:image/svg+xml,') for page in pages] == [1, 1, 1]

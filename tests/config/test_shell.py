"""The shell around the apps: logs, headers, the reader's zone."""

import logging
import re

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.utils import timezone

from config.inlined import sources_of
from config.logs import HidePersonalLinks
from config.middleware import ReaderZoneMiddleware


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("GET /my/Zm9vYmFyYmF6/ 200", "GET /my/***/ 200"),
        ("at http://x/my/Zm9v/confirm/ and /my/YmFy", "at http://x/my/***/confirm/ and /my/***"),
        ("GET /programmes/ 200", "GET /programmes/ 200"),
    ],
)
def test_personal_links_stay_out_of_the_logs(message, shown):
    record = logging.LogRecord("x", logging.INFO, "file", 1, "%s", (message,), None)
    assert HidePersonalLinks().filter(record)
    assert record.getMessage() == shown


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/programmes/", "/admin/login/", "/verify/"])
def test_every_page_has_a_strict_content_security_policy(address):
    policy = Client().get(address)["Content-Security-Policy"]
    assert "unsafe" not in policy
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    allowed = {name: sorted(re.sub(r"sha256-[\w+/]{43}=", "a hash", parts[name]).split("' '")) for name in parts}
    assert (allowed["default-src"], allowed["frame-ancestors"]) == (["'none'"], ["'none'"])
    assert {word for name in ("script-src", "style-src") for word in allowed[name]} == {"'self", "a hash", "a hash'"}


def test_what_stands_in_the_page_is_what_the_policy_allows():
    texts = {"a.css": "p{}", "b.js": "alert(1)"}
    assert sources_of(texts, ".css") == ["'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='"]
    page = Client().get("/verify/").content.decode()
    assert re.findall("<style>(.*?)</style>", page, re.DOTALL) == [settings.INLINED["baraza.css"]]


@pytest.mark.parametrize(
    ("cookie", "zone"),
    [("Africa/Nairobi", "Africa/Nairobi"), ("Mars/Olympus", "UTC"), ("../../etc/passwd", "UTC"), ("", "UTC")],
)
def test_a_page_is_read_in_the_zone_its_reader_chose(cookie, zone):
    request = RequestFactory().get("/")
    request.COOKIES[settings.READER_ZONE_COOKIE] = cookie
    seen = []
    ReaderZoneMiddleware(lambda _request: seen.append(timezone.get_current_timezone_name()))(request)
    assert seen == [zone]

"""A real chromium for the browser tests."""

import contextlib
import os

import pytest
from django.conf import settings
from playwright.sync_api import expect, sync_playwright

# Playwright's sync interface keeps an event loop running in the test's thread; the ORM is used from there all the same.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


@pytest.fixture(scope="session")
def browser():
    """One chromium for the whole run; what a test expects may take as long on a busy machine as what it does."""
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def visitor(browser, live_server):
    """`visitor(width=360, language="ar", has_javascript=False)`: a fresh page; paths are relative to the test's server."""
    with contextlib.ExitStack() as contexts:

        def arrive(width=1280, language="en", has_javascript=True, **more):
            context = contexts.enter_context(
                contextlib.closing(
                    browser.new_context(
                        base_url=live_server.url,
                        viewport={"width": width, "height": 740},
                        java_script_enabled=has_javascript,
                        **more,
                    )
                )
            )
            cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}
            context.add_cookies([cookie])
            return context.new_page()

        yield arrive

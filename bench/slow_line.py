"""What participants' pages cost on a slow line, as Chromium counts it: `python -m bench.slow_line`.

It makes the demonstration on an SQLite database of its own (or on DATABASE_URL), serves it by gunicorn as `make serve` does
and opens each page with an empty cache on a phone's screen, without JavaScript, on a line of 300 ms and 250 kbit/s. Each
figure is the median of three; sizes are of the largest of six languages, too. The exit code is 1 where a limit is missed.
What is printed about other products was measured elsewhere, on the same kind of machine and line.
"""

import json
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import astuple
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.chromium import CHROMIUM_OPTIONS, SLOW_LINE, FirstView, Walk, register, slow_visitor
from bench.programs import environment, manage, web_server

LANGUAGES = ("ar", "zh-hans", "en", "fr", "ru", "es")
ROUNDS = 3
MOST_BYTES, FIRST_PAINT, LOADED, TO_CONFIRMATION = 14_000, 1.0, 1.5, 4.0
ADDRESSES = """
import json, datetime as dt
from django.urls import reverse
from django.utils import timezone
from certificates.models import Certificate
from registrations.models import Registration
from surveys.models import AnsweredMark, Survey
course = "cross-border-ecommerce-2022"
certificate = Certificate.objects.current().filter(registration__programme__slug=course).earliest("pk")
survey = Survey.objects.filter(programme__slug=course).earliest("pk")
Survey.objects.filter(pk=survey.pk).update(closes_at=timezone.now() + dt.timedelta(days=1))
answered = AnsweredMark.objects.filter(survey=survey).values("registration")
person = Registration.objects.seated().filter(programme=survey.programme).exclude(pk__in=answered).earliest("pk")
print(json.dumps({
    "programme": reverse("programme_page", args=[course]),
    "registration": reverse("registrations:register", args=["open-demonstration"]),
    "personal": reverse("personal_page", args=[certificate.registration.link_token]),
    "survey": reverse("surveys:answer", args=[person.link_token, survey.form_id]),
    "verification": reverse("certificates:verify", args=[certificate.code]),
    "start": reverse("programme_page", args=["open-demonstration"]),
}))
"""
OTHERS = """
| pretalx, first view | 63 kB | | | 1.6 s | 3.0 s | |
| pretix, first view | 413 kB | | | 9.3 s | 13.6 s | confirmation after 5 documents and 21 s |
| Indico, first view | 2.2 MB | | | 63 s | 73 s | confirmation after 82 s; no form without JavaScript |
""".strip()
HEADER = """
| page | bytes, English | most of six languages | requests | first paint | loaded | |
|---|---|---|---|---|---|---|
""".strip()


def main() -> int:
    """Make the demonstration, open every page, print the table."""
    folder = Path(tempfile.mkdtemp(prefix="baraza-slow-line-"))
    database_url = os.environ.get("DATABASE_URL", "")
    env = environment(folder, database_url, BARAZA_ENV="laptop")
    try:
        manage(env, "migrate", "--verbosity", "0")
        manage(env, "demo")
        paths = json.loads(manage(env, "shell", "--verbosity", "0", "--command", ADDRESSES))
        start = paths.pop("start")
        with web_server(env, folder / "gunicorn.log") as port, sync_playwright() as playwright:
            chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
            browser = playwright.chromium.launch(executable_path=chromium, args=[*CHROMIUM_OPTIONS])
            print(HEADER)
            found = list(measured(browser, f"http://127.0.0.1:{port}", paths, start))
            browser.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(OTHERS)
    return int(not all(found))


def measured(browser: Browser, base: str, paths: Mapping[str, str], start: str) -> Iterator[bool]:
    """Print a line for each page and one for the way to the confirmation; yields whether each keeps its limits."""
    for name, path in paths.items():
        most = max(opened(browser, base, path, language, is_slow=False).bytes for language in LANGUAGES)
        views = [opened(browser, base, path, "en") for _round in range(ROUNDS)]
        view = FirstView(*(statistics.median(values) for values in zip(*map(astuple, views), strict=True)))
        print(
            f"| {name} | {view.bytes:,} | {most:,} | {view.requests} | {view.first_paint:.2f} s | {view.loaded:.2f} s | |",
            flush=True,
        )
        yield most <= MOST_BYTES and view.first_paint <= FIRST_PAINT and view.loaded <= LOADED and not view.shift
    walks = [walked(browser, base, start) for _round in range(ROUNDS)]
    walk, seconds = walks[0], statistics.median(each.seconds for each in walks)
    print(
        f"| programme to confirmation | {walk.bytes:,} | | {walk.requests} | | {seconds:.2f} s |"
        f" {walk.documents} documents, a program types |"
    )
    yield seconds <= TO_CONFIRMATION


def opened(browser: Browser, base: str, path: str, language: str, *, is_slow: bool = True) -> FirstView:
    """A first view of one page."""
    line = SLOW_LINE if is_slow else None
    with slow_visitor(browser, base, cookies={"django_language": language}, line=line) as visitor:
        return visitor.open(path)


def walked(browser: Browser, base: str, start: str) -> Walk:
    """From a programme's page to the confirmation of a registration."""
    with slow_visitor(browser, base, cookies={"django_language": "en"}) as visitor:
        return visitor.walk(start, register)


if __name__ == "__main__":
    sys.exit(main())

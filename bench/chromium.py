"""What a page costs in Chromium's own accounting: bytes on the line, requests, rounds, seconds, shifts of its layout.

Bytes are `encodedDataLength` of the DevTools protocol: all that came over the line for a request, the compressed body and
the headers of the answer. The slow line is `Network.emulateNetworkConditions`: every request waits for the latency, and
bytes arrive no faster than the line has them. Chromium delays requests, not packets, so opening a connection is free.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from playwright.sync_api import Browser, Page

CHROMIUM_OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
PHONE = {"width": 360, "height": 740}
BYTES_PER_SECOND = 250_000 / 8
Conditions = dict[str, bool | float]
SLOW_LINE: Conditions = {
    "offline": False,
    "latency": 300,  # milliseconds
    "downloadThroughput": BYTES_PER_SECOND,
    "uploadThroughput": BYTES_PER_SECOND,
}
SETTLED = 150  # milliseconds after `load` in which something may still move
PATIENCE = 10.0  # seconds for a first paint
TIMES = """() => {
    const [page] = performance.getEntriesByType("navigation");
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    return [paint ? paint.startTime / 1000 : null, page.loadEventEnd / 1000];
}"""


class Line:
    """What came over the line for the latest documents: bytes, documents, requests."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Forget everything."""
        self.bytes = self.requests = self.rounds = 0
        self.shift = 0.0
        self.documents: list[str] = []
        self.known: set[str] = set()

    def sent(self, event: dict[str, Any]) -> None:
        """A request goes out, or is led on to another address (which costs a request of its own)."""
        address, initiator = event["request"]["url"], event["initiator"]
        if address.startswith("data:"):
            return
        self.requests += 1
        self.known.add(event["requestId"])
        if "redirectResponse" in event:
            self.bytes += int(event["redirectResponse"]["encodedDataLength"])
        if event["type"] == "Document":
            self.documents.append(address)
        else:
            is_named_by_page = initiator["type"] == "parser" and initiator.get("url") in self.documents
            self.rounds = max(self.rounds, 1 if is_named_by_page else 2)

    def arrived(self, event: dict[str, Any]) -> None:
        """The whole of an answer is there."""
        if event["requestId"] in self.known:
            self.bytes += int(event["encodedDataLength"])

    def moved(self, event: dict[str, Any]) -> None:
        """Something that had been painted moved."""
        self.shift += float(event["event"]["layoutShiftDetails"]["value"])


@dataclass(frozen=True, slots=True)
class FirstView:
    """A page opened with an empty cache.

    `rounds`: 0 where the page needs nothing but itself, 1 where it names all that it needs, 2 where what it names asks for
    more. Seconds count from when the address was asked for; `first_paint` is Chromium's first contentful paint.
    """

    bytes: int
    requests: int
    rounds: int
    shift: float
    first_paint: float
    loaded: float


@dataclass(frozen=True, slots=True)
class Walk:
    """From one page to another: documents read on the way, bytes and requests, seconds by the clock on the wall."""

    documents: int
    requests: int
    bytes: int
    seconds: float


class Walker(Protocol):
    """What somebody does from one page to another."""

    def __call__(self, page: Page, /) -> None: ...


class Visitor:
    """A phone with an empty cache, on a slow line."""

    def __init__(self, page: Page, line: Conditions | None = SLOW_LINE) -> None:
        """`line`: None for one without limits."""
        self.page, self.line = page, Line()
        self.session = session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self.line.sent)
        session.on("Network.loadingFinished", self.line.arrived)
        session.on("PerformanceTimeline.timelineEventAdded", self.line.moved)
        session.send("Network.enable")
        session.send("PerformanceTimeline.enable", {"eventTypes": ["layout-shift"]})
        if line:
            session.send("Network.emulateNetworkConditions", dict(line))

    def open(self, address: str) -> FirstView:
        """Open a page with an empty cache and wait until nothing moves any more."""
        self.session.send("Network.clearBrowserCache")
        self.line.begin()
        self.page.goto(address, wait_until="load")
        self.page.wait_for_timeout(SETTLED)
        first_paint, loaded = self._times()
        line = self.line
        return FirstView(line.bytes, line.requests, line.rounds, line.shift, first_paint, loaded)

    def _times(self) -> tuple[float, float]:
        """Of the first paint and of all that is loaded; a busy machine paints late."""
        deadline = time.monotonic() + PATIENCE
        while True:
            first_paint, loaded = self.page.evaluate(TIMES)
            if first_paint is not None or time.monotonic() > deadline:
                return first_paint or PATIENCE, loaded
            self.page.wait_for_timeout(SETTLED)

    def walk(self, address: str, walker: Walker) -> Walk:
        """Open a page, do what `walker` does, and wait for the page where that ends."""
        self.line.begin()
        started = time.monotonic()
        self.page.goto(address, wait_until="load")
        walker(self.page)
        self.page.wait_for_load_state("load")
        seconds = time.monotonic() - started
        line = self.line
        led_on = line.requests - len(line.known)
        return Walk(len(line.documents) - led_on, line.requests, line.bytes, seconds)


@contextmanager
def slow_visitor(
    browser: Browser,
    base: str,
    *,
    cookies: dict[str, str] | None = None,
    line: Conditions | None = SLOW_LINE,
    has_javascript: bool = False,
) -> Iterator[Visitor]:
    """A visitor of the site at `base` whose browser knows nothing but `cookies`."""
    context = browser.new_context(base_url=base, viewport=PHONE, java_script_enabled=has_javascript)
    try:
        context.add_cookies([{"name": name, "value": value, "url": base} for name, value in (cookies or {}).items()])
        yield Visitor(context.new_page(), line)
    finally:
        context.close()


def register(page: Page) -> None:
    """From a programme's page to the page that says where the link to confirm was sent; in English."""
    page.locator("a[href$='/register/']").first.click()
    page.get_by_label("Given name").fill("Wanjirũ")
    page.get_by_label("Family name").fill("Mwangi")
    page.get_by_label("Female", exact=True).check()
    page.get_by_label("Country or territory").select_option("KE")
    page.get_by_label("Sector", exact=True).select_option("private")
    page.get_by_label("E-mail").fill(f"wanjiru{time.monotonic_ns()}@example.org")
    page.get_by_label("I agree").check()
    page.locator("main form[method=post] [type=submit]").first.click()
    page.wait_for_url("**/register/sent/")

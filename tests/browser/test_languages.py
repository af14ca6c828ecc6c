"""Every page of participants in every language, on a phone: nothing for axe to find, nothing that scrolls sideways."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

from tests.participant_pages import participant_pages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("at_now")]

DATA = ["Wanjir", "Trade across", "José", "Payments", "Institute of", "example.org", "Nairobi", "BZ-T", "UTC+", "Harbours",
        "Slides", "CC BY", "harbours", "Layla", "Logistics", "mistake", "12:05", "Theme", "Kiambu", "Français"]  # fmt: skip
PICTURES = os.environ.get("BARAZA_PICTURES", "")  # a folder for pictures to look at
IS_FULL = bool(os.environ.get("BARAZA_AXE"))  # contrast on each page in each language, minutes long

# Pages come into one document, so that axe is read by the browser once. What a page looks like to the rule on contrast,
# which takes more time than all the others, are its elements and classes: it judges each such shape once.
LOAD = """async path => {
    const text = await (await fetch(path)).text();
    const fresh = new DOMParser().parseFromString(text, "text/html").documentElement;
    document.replaceChild(document.adoptNode(fresh), document.documentElement);
    const sheets = [...document.querySelectorAll("link[rel=stylesheet]")].filter(link => !link.sheet);
    await Promise.all(sheets.map(link => new Promise(done => { link.onload = done; })));
    const root = document.documentElement;
    return {
        language: root.lang,
        direction: root.dir,
        overflow: root.scrollWidth - root.clientWidth,
        shape: [...document.querySelectorAll("body *")].map(one => one.localName + "." + one.className).join(" "),
    };
}"""
JUDGE = """async isFull => {
    const rules = {"color-contrast": {enabled: isFull}};
    const found = await axe.run({resultTypes: ["violations"], rules});
    return found.violations.flatMap(one => one.nodes.map(node => one.id + ": " + node.html.slice(0, 150)));
}"""

# Pieces of what people typed that share their stretch of text with Arabic letters: stretches end where an element or a
# pair of Unicode's isolates begins one of its own.
MIXED = """data => {
    const isolates = /[\\u2066-\\u2068][^\\u2069]*\\u2069/g, arabic = /[\\u0621-\\u064a]/, stretches = new Map();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        let owner = texts.currentNode.parentElement;
        const isApart = one => one.localName === "option" || getComputedStyle(one).unicodeBidi === "isolate";
        while (!isApart(owner)) owner = owner.parentElement;
        stretches.set(owner, (stretches.get(owner) || "") + " " + texts.currentNode.data.replace(isolates, ""));
    }
    return [...stretches.values()].filter(text => arabic.test(text) && data.some(piece => text.includes(piece)));
}"""
# By how many pixels the filled part of each bar of a chart misses the side on which lines begin.
GROWTH = """() => [...document.querySelectorAll("svg.bar")].map(bar => {
    const all = bar.getBoundingClientRect(), part = bar.querySelector("rect:last-of-type").getBoundingClientRect();
    return Math.round(document.documentElement.dir === "rtl" ? all.right - part.right : part.left - all.left);
}).filter(missed => missed)"""


def test_every_page_is_accessible_and_fits_a_phone_in_every_language(visitor, live_server):
    page, paths = visitor(width=360), participant_pages()
    page.goto(paths["missing"])
    page.evaluate(Axe().axe_script)
    wrong, shapes = {}, set()
    for language, _name in settings.LANGUAGES:
        page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}])
        for name, path in paths.items():
            seen = page.evaluate(LOAD, path)
            keep(page, f"{language}-{name}")
            findings = page.evaluate(MIXED, DATA) if language == "ar" else []
            findings += page.evaluate(GROWTH)
            findings += page.evaluate(JUDGE, IS_FULL or seen["shape"] not in shapes)
            shapes.add(seen.pop("shape"))
            wanted = {"language": language, "direction": "rtl" if language == "ar" else "ltr", "overflow": 0}
            if findings or seen != wanted:
                wrong[language, name] = (seen, findings)
    assert wrong == {}


def keep(page, name):
    """A picture to look at."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES, f"{name.replace(' ', '-')}.png"), full_page=True)

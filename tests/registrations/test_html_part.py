import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations.html_part import BUTTON_STYLE, Link, html_part

OWN = "https://baraza.example.org/my/secret/"


def named(address):
    return {OWN: Link("Open my page"), f"{OWN}quiet/": Link("Stop", is_quiet=True)}.get(address)


def html(text, *, language="en", is_rtl=False):
    return html_part(text, title="A <subject>", language=language, is_rtl=is_rtl, named=named)


class Words(HTMLParser):
    """The text and the links of a document, as a mail program reads them."""

    def __init__(self, document):
        super().__init__()
        self.pieces, self.links, self.tags = [], [], set()
        self.feed(document.partition("<body>")[2])

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        if tag == "a":
            self.links.append(dict(attributes)["href"])

    def handle_data(self, data):
        self.pieces.append(data)


@pytest.mark.parametrize(
    "text, paragraphs",
    [
        ("One.\nTwo.\n\nThree.\n", ["One.<br>Two.", "Three."]),
        ('<b> & "quotes"', ["&lt;b&gt; &amp; &quot;quotes&quot;"]),
        (f"Open it:\n{OWN}\n", ["Open it:", f'<a href="{OWN}" style="{BUTTON_STYLE}">Open my page</a>']),
        (f"No more:\n{OWN}quiet/\nBye.", ["No more:", f'<a href="{OWN}quiet/">Stop</a>', "Bye."]),
        (
            "https://a.example/?b=1&c=2",
            ['<a href="https://a.example/?b=1&amp;c=2" dir="ltr">https://a.example/?b=1&amp;c=2</a>'],
        ),
        ("See https://a.example/b).", ['See <a href="https://a.example/b" dir="ltr">https://a.example/b</a>).']),
        ("javascript:alert(1)", ["javascript:alert(1)"]),
        ("مرحبا.", ['<span dir="rtl">مرحبا.</span>']),
        ("", []),
    ],
)
def test_text_becomes_paragraphs_and_links(text, paragraphs):
    assert re.findall("<p>(.*)</p>", html(text)) == paragraphs


def test_an_arabic_letter_runs_from_right_to_left_and_what_is_latin_in_it_keeps_its_direction():
    document = html("مرحبا Ana،\n\nTrade (part 2).", language="ar", is_rtl=True)

    assert re.findall('<html lang="ar" dir="rtl">|<title>.*</title>', document) == [
        '<html lang="ar" dir="rtl">',
        "<title>A &lt;subject&gt;</title>",
    ]
    assert re.findall("<p>(.*)</p>", document) == ["مرحبا Ana،", '<span dir="ltr">Trade (part 2).</span>']


def test_what_is_about_the_mail_stands_apart():
    assert html("Hello.\n\n-- \nYou get this because you asked.").count('<div class="about"><p>You get this') == 1


@given(st.text(alphabet=st.sampled_from("a<>&\"' \n-.:/http אب"), max_size=80))
def test_no_text_makes_a_tag_or_loses_a_letter(text):
    read = Words(html(text))
    said = "".join("".join(read.pieces).split()).replace("--", "")

    assert read.tags <= {"div", "p", "br", "a", "span"}
    assert said == "".join(text.split()).replace("--", "")

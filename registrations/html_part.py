"""The HTML part of a mail, made from its plain text: paragraphs, links, the reader's direction. Plain Python.

No pictures, no tracking, nothing fetched. Every character of the text is escaped, so what somebody typed stays text. The
few styles are constants of this module: a page that shows a letter can allow exactly them.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape

from registrations.direction_marks import FROM_THE_LEFT, FROM_THE_RIGHT

STYLE = (
    ":root{color-scheme:light dark;supported-color-schemes:light dark}body{margin:0}p{margin:0 0 1em}"
    "a{color:#0b5fa5}.about{font-size:14px;border-top:1px solid #8494a4;padding-top:12px;margin-top:24px}"
    "@media(prefers-color-scheme:dark){body{background:#17202a;color:#e8edf2}a{color:#8fc1ee}}"
)
LETTER_STYLE = (
    "max-width:580px;margin:0 auto;padding:24px 16px;overflow-wrap:anywhere;"
    "font:16px/1.6 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif"
)
BUTTON_STYLE = (
    "display:inline-block;padding:11px 20px;border-radius:4px;background:#0b5fa5;color:#ffffff;font-weight:600;"
    "text-decoration:none"
)
STYLES = (STYLE, LETTER_STYLE, BUTTON_STYLE)
ABOUT = "--"  # the line that parts a letter from what is said about it, as mail programs know it (RFC 3676, 4.3)

_LINK = re.compile(r"https?://[^\s<>\"]+")
_AFTER_A_LINK = ".,;:!?)]}»”’'،؛؟。，；：！？）"


@dataclass(frozen=True, slots=True)
class Link:
    """What a link is called where it stands alone on a line; a quiet one is no button."""

    words: str
    is_quiet: bool = False


Named = Callable[[str], Link | None]


def html_part(text: str, *, title: str, language: str, is_rtl: bool, named: Named) -> str:
    """The whole document. `named` says what a link of ours is called; None shows the address itself."""
    letter, about = _parted(text.splitlines())
    here = f'lang="{escape(language)}" dir="{"rtl" if is_rtl else "ltr"}"'
    body = "".join(_paragraphs(letter, is_rtl, named))
    if about:
        body += f'<div class="about">{"".join(_paragraphs(about, is_rtl, named))}</div>'
    return (
        f"<!doctype html>\n<html {here}><head>"
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style></head><body>\n"
        f'<div style="{LETTER_STYLE}" {here}>\n{body}</div></body></html>\n'
    )


def _parted(lines: list[str]) -> tuple[list[str], list[str]]:
    """The letter and what stands below the line of ABOUT."""
    for number, line in enumerate(lines):
        if line.rstrip() == ABOUT:
            return lines[:number], lines[number + 1 :]
    return lines, []


def _paragraphs(lines: Iterable[str], is_rtl: bool, named: Named) -> Iterator[str]:
    """Lines up to an empty one make a paragraph; a link alone on its line makes one of its own."""
    gathered: list[str] = []
    for line in [*(line.strip() for line in lines), ""]:
        is_link = bool(_LINK.fullmatch(line))
        if gathered and (is_link or not line):
            yield f"<p>{'<br>'.join(gathered)}</p>\n"
            gathered = []
        if is_link:
            yield f"<p>{_link_alone(line, named(line))}</p>\n"
        elif line:
            gathered.append(_directed(line, is_rtl))


def _link_alone(address: str, link: Link | None) -> str:
    if link is None:
        return _anchor(address)
    style = "" if link.is_quiet else f' style="{BUTTON_STYLE}"'
    return f'<a href="{escape(address)}"{style}>{escape(link.words)}</a>'


def _anchor(address: str) -> str:
    return f'<a href="{escape(address)}" dir="ltr">{escape(address)}</a>'


def _directed(line: str, is_rtl: bool) -> str:
    """A line whose every letter is written the other way stands in its own direction, with its full stop at its end."""
    html = _with_links(line)
    ways = {unicodedata.bidirectional(character) for character in line}
    runs_right_to_left, runs_left_to_right = bool(ways & FROM_THE_RIGHT), bool(ways & FROM_THE_LEFT)
    if is_rtl and runs_left_to_right and not runs_right_to_left:
        return f'<span dir="ltr">{html}</span>'
    if not is_rtl and runs_right_to_left and not runs_left_to_right:
        return f'<span dir="rtl">{html}</span>'
    return html


def _with_links(line: str) -> str:
    pieces, end = [], 0
    for found in _LINK.finditer(line):
        address = found[0].rstrip(_AFTER_A_LINK)
        pieces += [escape(line[end : found.start()]), _anchor(address)]
        end = found.start() + len(address)
    return "".join([*pieces, escape(line[end:])])

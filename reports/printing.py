"""A report as plain values for print: every word as it stands on paper, every bar as a number, every link complete.

Both the PDF and the Word document are made of this, and of nothing else, so that they say the same.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports import drawing, words
from reports.edition import Edition
from reports.exhibits import Exhibit, Row, is_mirrored
from reports.method import Item
from reports.models import ResultsReport
from reports.pieces import (
    Answers,
    Charts,
    Findings,
    Geography,
    Headline,
    Headlines,
    Method,
    Page,
    Piece,
    Prose,
    Summary,
    SurveyBase,
)
from reports.survey_telling import ToldBase
from reports.telling import told
from reports.wording_list import AskedSurvey
from surveys.wording import number_text

Plain = dict[str, Any]


def printed_report(edition: Edition, report: ResultsReport) -> Plain:
    """The whole report in the active language."""
    page = told(edition.results, edition.composition, edition.words)
    press = _Press(report)
    number = _("Edition %(edition)s") % {"edition": report.edition}
    return {
        "language": words.active_language().partition("-")[0],
        "is_rtl": is_mirrored(),
        "title": page.title,
        "subtitle": _("Results"),
        "author": str(report.programme.title),
        "eyebrow": f"{_('Results')} · {page.dates} · {number}",
        "footer": f"{page.title} · {number}",
        "warning": _warning(page),
        "sections": [
            {"title": section.title, "pieces": [plain for piece in section.pieces for plain in press.piece(piece)]}
            for section in page.sections
        ],
        "imprint_title": number,
        "imprint_heads": [_("About this edition"), _("Value")],
        "imprint": _imprint(edition, report),
    }


def _warning(page: Page) -> str:
    return _("Demonstration: the people behind these figures are synthetic.") if page.is_synthetic else ""


def _imprint(edition: Edition, report: ResultsReport) -> list[list[str]]:
    address = settings.SITE_URL + reverse("reports:results_edition", args=[report.programme.slug, report.edition])
    published = report.published_at.astimezone(report.programme.zone)
    lines = [
        [_("Published"), date_format(published, "DATE_FORMAT"), ""],
        [_("Address of this edition, for good"), address, address],
        [_("SHA-256 of the figures"), report.sha256, ""],
    ]
    if report.content_sha256:
        lines.append([_("SHA-256 of the report’s texts and order"), report.content_sha256, ""])
    if edition.code:
        lines.append([_("Release of the code"), edition.code.version, ""])
        lines.append([_("SHA-256 of the code that counts"), edition.code.sha256, ""])
    return lines


class _Press:
    """Turns pieces into plain values; knows the address of every figure of its edition."""

    def __init__(self, report: ResultsReport) -> None:
        self.report = report

    def address(self, figure_id: str) -> str:
        if not figure_id:
            return ""
        arguments = [self.report.programme.slug, self.report.edition, figure_id]
        return settings.SITE_URL + reverse("reports:edition_figure", args=arguments)

    def piece(self, piece: Piece) -> Iterator[Plain]:
        """One piece of the page as one or more of print."""
        if isinstance(piece, Headlines):
            yield {"kind": "numbers", "items": [self._headline(each) for each in piece.headlines]}
        elif isinstance(piece, Findings):
            yield {"kind": "findings", "items": [self._headline(each) for each in piece.headlines]}
        elif isinstance(piece, Summary):
            yield _paragraph(" ".join(str(sentence) for sentence in piece.sentences))
        elif isinstance(piece, Prose):
            yield from _prose(piece)
        elif isinstance(piece, Charts):
            yield from (self._chart(exhibit) for exhibit in piece.exhibits)
        elif isinstance(piece, Geography):
            yield from self._places(piece)
        elif isinstance(piece, SurveyBase):
            yield from self._base(piece.base, piece.smallest_cell)
        elif isinstance(piece, Answers):
            yield from self._answers(piece)
        else:
            yield from _method(piece)

    def _headline(self, headline: Headline) -> Plain:
        return {
            "number": headline.number,
            "what": headline.what,
            "beside": headline.beside,
            "address": self.address(headline.id),
        }

    def _chart(self, exhibit: Exhibit) -> Plain:
        told = exhibit.rows if exhibit.has_rows else ()
        rows = [self._row(row, place, len(told)) for place, row in enumerate(told)]
        return {
            "kind": "chart",
            "title": exhibit.title,
            "key": exhibit.key,
            "key_text": exhibit.key_text,
            "is_levels": exhibit.is_levels,
            "head": _("Answer") if exhibit.id.startswith("survey.") else _("Group"),
            "bar_head": _("Bar"),
            "heads": list(exhibit.heads),
            "rows": rows,
            "segments": _segments(exhibit) if exhibit.has_stack else [],
            "base": _("n = %(base)s") % {"base": exhibit.base},
            "base_address": self.address(exhibit.base_id),
            "note": exhibit.note,
        }

    def _row(self, row: Row, place: int, rows: int) -> Plain:
        fill, ink = drawing.shade(place, rows)
        return {
            "label": row.label,
            "count": row.count,
            "share": row.share,
            "share_drawn": round(float(row.drawn), 6),
            "address": self.address(row.id),
            "fill": fill,
            "ink": ink,
            "mark": str(place + 1),
        }

    def _cell(self, row: Row, *, sign: str = "") -> list[Plain]:
        return [
            {"text": row.label, "address": ""},
            {"text": f"{sign}{row.count}", "address": self.address(row.id)},
        ]

    def _places(self, piece: Geography) -> Iterator[Plain]:
        places = piece.places
        if not places.map:
            k = number_text(places.smallest_cell)
            text = _("Too few people registered to tell where they live without telling who they are.")
            yield _paragraph(f"{text} ({k})")
            return
        yield {"kind": "map", "svg": str(places.map), "alt": places.map_text}
        text = _("A circle’s area shows how many people registered.")
        if places.has_dots:
            dots = _("Small dots of one size are countries and territories that are counted together with others.")
            text = f"{text} {dots}"
        yield {"kind": "note", "text": text}
        if places.chart:
            yield self._chart(places.chart)
        head = [_("Country or territory"), _("Registrations")]
        yield {
            "kind": "regions",
            "regions": [
                {
                    "title": f"{region.name}: {region.total.count} · {region.total.share}",
                    "head": head,
                    "rows": [self._cell(row) for row in (*region.countries, region.others) if row],
                }
                for region in places.regions
            ],
        }

    def _base(self, base: ToldBase, k: int) -> Iterator[Plain]:
        yield {"kind": "heading", "text": _("From responses to valid responses")}
        yield {
            "kind": "table",
            "head": [_("Responses"), _("Count")],
            "rows": [
                self._cell(base.responses),
                *(self._cell(row, sign="\u200e−") for row in base.excluded),
                self._cell(base.valid),
            ],
        }
        yield {"kind": "note", "text": base.definition_text}
        if base.rate:
            yield _paragraph(f"{base.rate.label}: {base.rate.share}")
        yield _paragraph(str(base.respondents))
        if base.gender:
            yield self._chart(base.gender)
        if base.is_withheld:
            text = _("Fewer than %(k)s responses are valid; what they say is not told.")
            yield _paragraph(text % {"k": number_text(k)})

    def _answers(self, piece: Answers) -> Iterator[Plain]:
        for question in piece.questions:
            if question.exhibit:
                yield self._chart(question.exhibit)
            else:
                yield {"kind": "heading", "text": question.label}
            if question.note:
                yield {"kind": "note", "text": question.note}


def _segments(exhibit: Exhibit) -> list[Plain]:
    """The bar of a rating from where reading starts: told levels, and the gap of those that are not."""
    found: list[Plain] = []
    end = Fraction(0)
    for position, start, share in drawing.segments(exhibit.shares):
        if start > end:
            found.append({"share": round(float(start - end), 6), "fill": "", "ink": "", "mark": "", "label": ""})
        fill, ink = drawing.shade(position, len(exhibit.rows))
        label = exhibit.rows[position].label
        found.append(
            {"share": round(float(share), 6), "fill": fill, "ink": ink, "mark": str(position + 1), "label": label}
        )
        end = start + share
    return found


def _paragraph(text: str, lang: str = "") -> Plain:
    return {"kind": "paragraph", "text": text, "lang": lang}


def _prose(piece: Prose) -> Iterator[Plain]:
    lang = piece.language.partition("-")[0] if piece.is_fallback else ""
    for passage in piece.passages:
        if passage.is_list:
            yield {"kind": "list", "lines": list(passage.lines)}
        else:
            yield _paragraph(passage.text, lang)
    if piece.is_fallback:
        text = _("This text is there in %(language)s only.") % {"language": piece.language_name}
        yield {"kind": "note", "text": text}


def _method(piece: Method) -> Iterator[Plain]:
    yield {"kind": "list", "lines": list(piece.notes)}
    if piece.items:
        yield {"kind": "heading", "text": _("About the survey")}
        text = _(
            "The eleven items that the American Association for Public Opinion Research (AAPOR) asks every public report "
            "of a survey to disclose."
        )
        yield {"kind": "note", "text": text}
        yield {"kind": "steps", "lines": [_item(item) for item in piece.items]}
    for survey in piece.asked:
        yield from _asked(survey)


def _item(item: Item) -> Plain:
    return {"title": item.title, "lines": [*item.sentences, *(wording.text for wording in item.own)]}


def _asked(survey: AskedSurvey) -> Iterator[Plain]:
    title = _("“%(title)s”: every question as it was asked") % {"title": survey.title}
    yield {"kind": "heading", "text": title}
    if survey.introduction:
        yield _paragraph(survey.introduction)
    lines = []
    for question in survey.questions:
        offered = " · ".join(question.options)
        kind = f"{question.kind}, {_('must be answered')}" if question.is_required else question.kind
        lines.append({"title": question.label, "lines": [text for text in (question.hint, kind, offered) if text]})
    yield {"kind": "steps", "lines": lines}

"""A report as a Word document: real headings, real tables with bars in them, and the same bytes every time.

A bar is one dot of colour, drawn as wide as its share; the words of its row say the same. Documents in Arabic have the
direction of their paragraphs, runs and tables set (w:bidi, w:rtl, w:bidiVisual), as Word asks for.
"""

import datetime as dt
import io
from collections.abc import Callable, Mapping
from typing import Any

from registrations.later import later
from reports.edition import Edition
from reports.models import ResultsReport
from reports.printing import Plain, printed_report
from reports.typesetting import picture
from reports.word_parts import dot, put, same_every_time

docx = later("docx")
shared = later("docx.shared")
oxml = later("docx.oxml")
qualified = later("docx.oxml.ns")
relations = later("docx.opc.constants")

ACCENT, TRACK, INK, SOFT = "0B5FA5", "E6EBF0", "1B2A3A", "4D5B69"
BAR_MILLIMETRES, BAR_HEIGHT = 58, 2.4
STACK_MILLIMETRES = 160
FONTS = {"ar": "Arial", "zh": "Microsoft YaHei"}


def document(edition: Edition, report: ResultsReport) -> bytes:
    """The DOCX in the active language."""
    printed = printed_report(edition, report)
    writer = _Writer(printed, report.published_at)
    writer.write()
    return same_every_time(writer.saved())


class _Writer:
    """Writes one document, piece by piece."""

    def __init__(self, printed: Plain, published_at: dt.datetime) -> None:
        self.printed = printed
        self.is_rtl: bool = printed["is_rtl"]
        self.document = docx().Document()
        self._set_up(published_at.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0))

    def _set_up(self, moment: dt.datetime) -> None:
        properties = self.document.core_properties
        properties.title, properties.author = self.printed["title"], self.printed["author"]
        properties.subject, properties.language = self.printed["subtitle"], self.printed["language"]
        properties.created = properties.modified = moment
        properties.last_modified_by, properties.comments, properties.revision = "", "", 1
        page = self.document.sections[0]
        page.page_width, page.page_height = shared().Mm(210), shared().Mm(297)
        page.left_margin = page.right_margin = shared().Mm(22)
        page.top_margin = page.bottom_margin = shared().Mm(22)
        page.footer.paragraphs[0].text = self.printed["footer"]
        self._direct(page.footer.paragraphs[0])
        self._set_styles()

    def _set_styles(self) -> None:
        sizes = {"Normal": 10.5, "Title": 24, "Heading 1": 17, "Heading 2": 12}
        for name, size in sizes.items():
            style = self.document.styles[name]
            font = FONTS.get(self.printed["language"], "Calibri" if name == "Normal" else "Georgia")
            style.font.name, style.font.size = font, shared().Pt(size)
            style.font.color.rgb = shared().RGBColor.from_string(INK)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qualified().qn(f"w:{kind}"), None)
            for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
                fonts.set(qualified().qn(f"w:{kind}"), font)
            put(style.element.get_or_add_rPr(), "w:szCs", {"w:val": str(int(size * 2))})
        put(self.document.styles["Normal"].element.get_or_add_rPr(), "w:lang", self._language())

    def _language(self) -> dict[str, str]:
        codes = {"ar": "ar-SA", "zh": "zh-CN", "en": "en-GB", "fr": "fr-FR", "ru": "ru-RU", "es": "es-ES"}
        code = codes.get(self.printed["language"], "en-GB")
        return {"w:val": code, "w:eastAsia": code, "w:bidi": code}

    def write(self) -> None:
        """Everything, from the title to the imprint."""
        self._text(self.printed["eyebrow"], colour=SOFT)
        self._direct(self.document.add_heading(self.printed["title"], level=0))
        if self.printed["warning"]:
            self._text(self.printed["warning"], is_bold=True)
        for section in self.printed["sections"]:
            if section["title"]:
                self._heading(section["title"], 1)
            for piece in section["pieces"]:
                self._piece(piece)
        self._heading(self.printed["imprint_title"], 1)
        table = self._table(self.printed["imprint_heads"])
        for term, words, address in self.printed["imprint"]:
            cells = self._cells(table)
            self._fill(cells[0], term)
            self._fill(cells[1], words, address=address)

    def saved(self) -> bytes:
        """The file as python-docx writes it."""
        found = io.BytesIO()
        self.document.save(found)
        return found.getvalue()

    def _piece(self, piece: Plain) -> None:
        writers: Mapping[str, Callable[[Plain], None]] = {
            "numbers": self._numbers,
            "findings": self._numbers,
            "paragraph": lambda each: self._text(each["text"]),
            "note": lambda each: self._text(each["text"], colour=SOFT, size=9),
            "heading": lambda each: self._heading(each["text"], 2),
            "list": lambda each: self._list(each["lines"]),
            "steps": self._steps,
            "chart": self._chart,
            "map": self._map,
            "regions": self._regions,
            "table": self._plain_table,
        }
        writers[piece["kind"]](piece)

    def _numbers(self, piece: Plain) -> None:
        for item in piece["items"]:
            paragraph = self._text("")
            self._run(paragraph, item["number"], address=item["address"], colour=ACCENT, size=18, is_bold=True)
            beside = f" ({item['beside']})" if item["beside"] else ""
            self._run(paragraph, f"  {item['what']}{beside}")

    def _steps(self, piece: Plain) -> None:
        for number, step in enumerate(piece["lines"], 1):
            self._text(f"{number}. {step['title']}", is_bold=True)
            for line in step["lines"]:
                self._text(line)

    def _list(self, lines: list[str]) -> None:
        for line in lines:
            self._direct(self.document.add_paragraph(line, style="List Bullet"))

    def _chart(self, chart: Plain) -> None:
        self._heading(chart["title"], 2)
        if chart["key"]:
            paragraph = self._text("")
            self._run(paragraph, chart["key"], colour=ACCENT, size=20, is_bold=True)
            self._run(paragraph, f"  {chart['key_text']}", colour=SOFT)
        if chart["rows"]:
            self._chart_table(chart)
        self._text(chart["base"], colour=SOFT, size=9)
        if chart["note"]:
            self._text(chart["note"], colour=SOFT, size=9)

    def _chart_table(self, chart: Plain) -> None:
        if chart["segments"]:
            self._stack(chart["segments"])
        heads = [chart["head"], *([] if chart["is_levels"] else [chart["bar_head"]]), *chart["heads"]]
        table = self._table(heads)
        for row in chart["rows"]:
            self._chart_row(table, row, is_level=chart["is_levels"])

    def _chart_row(self, table: Any, row: Plain, *, is_level: bool) -> None:
        cells = self._cells(table)
        self._fill(cells[0], f"{row['mark']}  {row['label']}" if is_level else row["label"])
        if not is_level:
            self._bar(cells[1].paragraphs[0], row["share_drawn"], ACCENT, BAR_MILLIMETRES, BAR_HEIGHT, row["share"])
        self._fill(cells[-2], row["count"], address=row["address"])
        self._fill(cells[-1], row["share"], address=row["address"], is_bold=True)

    def _stack(self, segments: list[Plain]) -> None:
        paragraph = self._text("")
        for part in segments:
            colour = part["fill"].lstrip("#").upper() or TRACK
            self._bar(paragraph, part["share"], colour, STACK_MILLIMETRES, 6, part["label"])

    def _bar(self, paragraph: Any, share: float, colour: str, width: float, height: float, words: str) -> None:
        """A dot of colour as wide as the share; nothing where that is too narrow to be seen."""
        self._direct(paragraph)
        if share * width < 0.2:
            return
        run = paragraph.add_run()
        size = {"width": shared().Mm(share * width), "height": shared().Mm(height)}
        self._describe(run.add_picture(io.BytesIO(dot(colour)), **size), words)

    def _map(self, piece: Plain) -> None:
        run = self._text("").add_run()
        shape = run.add_picture(io.BytesIO(picture(piece["svg"])), width=shared().Mm(165))
        self._describe(shape, piece["alt"])

    def _describe(self, shape: Any, words: str) -> None:
        shape._inline.docPr.set("descr", words)

    def _regions(self, piece: Plain) -> None:
        for region in piece["regions"]:
            self._heading(region["title"], 2)
            self._plain_table(region)

    def _plain_table(self, piece: Plain) -> None:
        table = self._table(piece["head"])
        for row in piece["rows"]:
            for cell, filled in zip(self._cells(table), row, strict=True):
                self._fill(cell, filled["text"], address=filled["address"])

    def _table(self, heads: list[str]) -> Any:
        """A table with a first row that repeats on every page."""
        table = self.document.add_table(rows=1, cols=len(heads), style="Light List Accent 1")
        table.style = self.document.styles["Table Grid"]
        if self.is_rtl:
            put(table._tbl.tblPr, "w:bidiVisual", {})
        put(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader", {"w:val": "true"})
        for cell, head in zip(table.rows[0].cells, heads, strict=True):
            self._fill(cell, head, is_bold=True)
        return table

    def _cells(self, table: Any) -> Any:
        row = table.add_row()
        put(row._tr.get_or_add_trPr(), "w:cantSplit", {"w:val": "true"})
        return row.cells

    def _fill(self, cell: Any, words: str, *, address: str = "", is_bold: bool = False) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = shared().Pt(2)
        self._run(paragraph, words, address=address, is_bold=is_bold)
        self._direct(paragraph)

    def _heading(self, words: str, level: int) -> None:
        self._direct(self.document.add_heading(words, level=level))

    def _text(self, words: str, *, colour: str = INK, size: float | None = None, is_bold: bool = False) -> Any:
        paragraph = self.document.add_paragraph()
        if words:
            self._run(paragraph, words, colour=colour, size=size, is_bold=is_bold)
        self._direct(paragraph)
        return paragraph

    def _run(
        self,
        paragraph: Any,
        words: str,
        *,
        address: str = "",
        colour: str = INK,
        size: float | None = None,
        is_bold: bool = False,
    ) -> None:
        run = paragraph.add_run(words)
        run.bold = is_bold or None
        run.font.color.rgb = shared().RGBColor.from_string(colour)
        if size:
            run.font.size = shared().Pt(size)
            put(run._r.get_or_add_rPr(), "w:szCs", {"w:val": str(int(size * 2))})
        if self.is_rtl:
            run.font.rtl = True
        if address:
            self._link(paragraph, run, address)

    def _link(self, paragraph: Any, run: Any, address: str) -> None:
        """Put a run inside a link."""
        kind = relations().RELATIONSHIP_TYPE.HYPERLINK
        key = self.document.part.relate_to(address, kind, is_external=True)
        link = oxml().OxmlElement("w:hyperlink")
        link.set(qualified().qn("r:id"), key)
        paragraph._p.append(link)
        link.append(run._r)

    def _direct(self, paragraph: Any) -> None:
        """Set the paragraph's direction where the language is read from right to left."""
        if not self.is_rtl:
            return
        if paragraph._p.get_or_add_pPr().find(qualified().qn("w:bidi")) is None:
            put(paragraph._p.get_or_add_pPr(), "w:bidi", {})
        for run in paragraph.runs:
            run.font.rtl = True

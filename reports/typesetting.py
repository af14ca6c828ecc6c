"""A report as a PDF, typeset by typst from our own template: tagged, with vector bars, the same bytes every time.

What the certificates' renderer knows of typst holds here, too: a compiler is made for each file, in the process that
uses it, and a letter that no font has is an error and never an empty box. The file's date is the moment of publishing.
"""

import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings

from certificates.rendering import fonts, ideograph_fonts
from registrations.later import later
from reports.edition import Edition
from reports.models import ResultsReport
from reports.printing import Plain, printed_report

_typst = later("typst")

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "reports" / "report.typ"
MAP_TEMPLATE = TEMPLATE.with_name("map.typ")
PIXELS_PER_INCH = 160
_REGIONS = {"zh": "CN"}


def pdf(edition: Edition, report: ResultsReport) -> bytes:
    """The PDF (PDF/A-2a, PDF/UA-1) in the active language. Raises `typst.TypstError` where no font has a letter."""
    printed = printed_report(edition, report)
    moment = int(report.published_at.timestamp())
    return _made(TEMPLATE, _data(printed), format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=moment)


def picture(svg: str) -> bytes:
    """A drawing as a PNG, 17 cm wide."""
    return _made(MAP_TEMPLATE, {"svg": svg}, format="png", ppi=PIXELS_PER_INCH)


def _data(printed: Plain) -> Plain:
    language = printed["language"]
    text = "" if language == "zh" else json.dumps(printed, ensure_ascii=False)
    return {**printed, "region": _REGIONS.get(language), "ideograph_fonts": _sans(ideograph_fonts(text))}


def _sans(names: list[str]) -> list[str]:
    return sorted(names, key=lambda name: "Sans" not in name)


def _made(template: Path, data: Plain, **options: Any) -> bytes:
    compiler = _typst().Compiler(
        template, root=template.parent, font_paths=fonts(os.getpid()), ignore_system_fonts=True
    )
    made = compiler.compile(sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)}, **options)
    return made if isinstance(made, bytes) else b"".join(made or [])

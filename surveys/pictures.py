"""Charts as pictures to take away: SVG as it is drawn, PNG rasterised by typst with the fonts of this machine."""

import functools
import json
import os
import threading
from pathlib import Path
from typing import Any

from django.conf import settings

from registrations.later import later
from surveys.charts import Direction
from surveys.charts.frame import MARGIN, framed
from surveys.charts.lettering import taken_apart
from surveys.exhibits import Exhibit

WIDTH = 960
TEMPLATE = Path(settings.BASE_DIR) / "templates" / "surveys" / "picture.typ"

typst = later("typst")
_local = threading.local()


def as_svg(exhibit: Exhibit, *, notes: tuple[str, ...], direction: Direction) -> str:
    """The exhibit's chart with its title and what it is counted over. Raises ValueError where there is no chart."""
    if exhibit.draw is None:
        raise ValueError(f"{exhibit.id} has no chart")
    chart = exhibit.draw(WIDTH - 2 * MARGIN)
    return framed(chart, title=exhibit.title, notes=(exhibit.base, *notes), width=WIDTH, direction=direction)


def as_png(picture: str) -> bytes:
    """An SVG of our own as a PNG, two pixels for each of its units. Its texts are set by typst, right in every script."""
    drawing, lines = taken_apart(picture)
    data = {"picture": drawing, "lines": json.dumps([line.as_dict() for line in lines], ensure_ascii=False)}
    made: bytes = _compiler().compile(sys_inputs=data, format="png", ppi=192)
    return made


@functools.cache
def _fonts(process: int) -> Any:
    """The fonts of this machine, read once per process (its id)."""
    return typst().Fonts()


def _compiler() -> Any:
    """This thread's compiler: two threads cannot share one, nor can a process use that of its parent."""
    if getattr(_local, "process", None) != os.getpid():
        fonts = _fonts(os.getpid())
        _local.compiler = typst().Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts, ignore_system_fonts=True)
        _local.process = os.getpid()
    return _local.compiler

"""The picture of a programme's badge, drawn by typst in every script: as PNG, and as SVG with the letters as paths."""

import json
import os
import threading
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from django.conf import settings

from certificates.rendering import CannotRender, fonts, ideograph_fonts, longest_piece
from registrations.later import later

if TYPE_CHECKING:
    import typst

_typst = later("typst")

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "certificates" / "badge.typ"
PIXELS_PER_INCH = 144  # 600 pixels wide
NON_BREAKING_HYPHEN = "\u2011"  # no line ends in "E-"
_local = threading.local()


@lru_cache(maxsize=64)
def picture(title: str, year: int, language: str, kind: Literal["png", "svg"]) -> bytes:
    """The badge of a programme that ended in this year. Raises `CannotRender` where no font has a letter of its title."""
    title = title.replace("-", NON_BREAKING_HYPHEN)
    data = {
        "title": title,
        "title_longest": longest_piece([title]),
        "year": str(year),
        "language": language.partition("-")[0],
        "ideograph_fonts": ideograph_fonts("" if language.startswith("zh") else title),
    }
    try:
        made = _compiler().compile(
            format=kind, ppi=PIXELS_PER_INCH, sys_inputs={"data": json.dumps(data, ensure_ascii=False)}
        )
    except _typst().TypstError as error:
        raise CannotRender(error.message) from error
    if not isinstance(made, bytes):
        raise CannotRender("the badge has more than one page")
    return made


def _compiler() -> "typst.Compiler":
    """This thread's compiler, as in `certificates.rendering`."""
    if getattr(_local, "process", None) != os.getpid():
        _local.compiler = _typst().Compiler(
            TEMPLATE, root=TEMPLATE.parent, font_paths=fonts(os.getpid()), ignore_system_fonts=True
        )
        _local.process = os.getpid()
    compiler: typst.Compiler = _local.compiler
    return compiler

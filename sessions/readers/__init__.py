"""Reports of meeting platforms, read into plain values. One module per platform: adding a platform adds a file here.

A module of this folder enters its reader with `@reader`; nothing else needs to know of it.
"""

import datetime as dt
import importlib
import pkgutil

from sessions.readers.report import READERS, Connection, Exclusion, ReadError, Reason, Report, Source
from sessions.readers.text import lines_of

__all__ = ["Connection", "Exclusion", "ReadError", "Reason", "Report", "read"]

for _module in sorted(module.name for module in pkgutil.iter_modules(__path__)):
    importlib.import_module(f"{__name__}.{_module}")


def read(content: bytes, file_name: str, *, near: dt.date | None = None) -> Report:
    """Read a report, whichever platform wrote it; `near` is the session's day in the file's own zone.

    Raises `ReadError` with a reason for every file that is not a report that we know. Bounded: see `text`.
    """
    source = Source(file_name, lines_of(content), near)
    for read_platform in READERS:
        report = read_platform(source)
        if report is not None:
            return report
    raise ReadError(Reason.UNKNOWN_LAYOUT)

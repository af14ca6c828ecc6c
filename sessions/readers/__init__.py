"""Reports of meeting platforms, read into plain values. One module per platform: adding a platform adds a file here.

A module of this folder enters its reader with `@reader`; nothing else needs to know of it.
"""

import datetime as dt
import importlib
import pkgutil

from sessions.collecting import uncollected
from sessions.readers.files import opened
from sessions.readers.generic import read_generic
from sessions.readers.moments import Order
from sessions.readers.report import (
    READERS,
    Absence,
    Connection,
    Exclusion,
    Meeting,
    ReadError,
    Reason,
    Report,
    Role,
    Sheet,
    Source,
)

__all__ = [
    "Absence",
    "Connection",
    "Exclusion",
    "Meeting",
    "Order",
    "ReadError",
    "Reason",
    "Report",
    "Role",
    "Sheet",
    "Source",
    "read",
]

for _module in sorted(module.name for module in pkgutil.iter_modules(__path__)):
    importlib.import_module(f"{__name__}.{_module}")


def read(content: bytes, file_name: str, *, near: dt.date | None = None, order: Order | None = None) -> Report:
    """Read a report, whichever platform wrote it; `near` is the session's day in the file's own zone.

    Raises `ReadError` with a reason for every file that is not a report that we know. Bounded: see `files`.
    """
    with uncollected():
        return _read(content, file_name, near, order)


def _read(content: bytes, file_name: str, near: dt.date | None, order: Order | None) -> Report:
    sheets, document = opened(content, file_name)
    source = Source(file_name, sheets, near, order, document)
    for read_platform in (*READERS, read_generic):  # sign-in sheets last: platforms' lists look like them
        report = read_platform(source)
        if report is not None:
            return report
    raise ReadError(Reason.UNKNOWN_LAYOUT)

"""Tables to take away, sent while they are read from the database: no more of them is in memory than a piece."""

from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse

from registrations.spreadsheet import csv_lines
from registrations.workbook import Cell, Sheet, workbook

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TOGETHER = 32 * 1024  # characters of a CSV that are sent at once


def csv_download(name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> StreamingHttpResponse:
    """A CSV of guarded cells, its heads first; an empty cell stands for `None`."""
    texts = (["" if cell is None else str(cell) for cell in row] for row in rows)
    return _download(gathered(csv_lines(heads, texts)), f"{name}.csv", CSV)


def xlsx_download(name: str, sheets: Iterable[Sheet]) -> StreamingHttpResponse:
    """A workbook."""
    return _download(workbook(sheets), f"{name}.xlsx", XLSX)


def gathered(lines: Iterator[str]) -> Iterator[str]:
    """The first line by itself, as soon as it is there; the others by some 32,000 characters."""
    yield next(lines, "")
    together: list[str] = []
    length = 0
    for line in lines:
        together.append(line)
        length += len(line)
        if length >= TOGETHER:
            yield "".join(together)
            together, length = [], 0
    yield "".join(together)


def _download(pieces: Iterator[str] | Iterator[bytes], name: str, kind: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(pieces, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response

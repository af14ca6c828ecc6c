"""CSV that spreadsheets open without running anything.

A cell that begins with `= + - @`, a tab or a line break would be taken for a formula, so it gets an apostrophe in
front; so does one that begins with an apostrophe already. Taking one leading apostrophe away from every cell that has
one gives the original back: `+41 22` and `-3` survive the round trip.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence

BYTE_ORDER_MARK = "\ufeff"  # by which spreadsheets recognise UTF-8
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")


def guarded(cell: str) -> str:
    """The cell as written to a CSV."""
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before `guarded`."""
    return cell.removeprefix("'")


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A CSV of guarded cells, line by line (RFC 4180), beginning with a byte order mark."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow([guarded(cell) for cell in header])
    for row in rows:
        yield writer.writerow([guarded(cell) for cell in row])


class _Echo:
    """A file that hands each line back."""

    def write(self, line: str) -> str:
        return line

"""Makes files as platforms write them, and as spreadsheets save them again."""

import csv
import io

import openpyxl


def as_text(rows, delimiter=",", encoding="utf-8-sig", *, padded=False):
    """Rows as a delimited text file; `padded` fills all lines up to the same number of delimiters."""
    width = max(map(len, rows)) if padded else 0
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([*row, *[""] * (width - len(row))] for row in rows)
    return text.getvalue().encode(encoding)


def as_workbook(sheets):
    """Rows by the title of their sheet, as an XLSX workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()

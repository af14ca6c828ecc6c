"""What a file is, by its bytes: the kinds of document that may be offered as material, and nothing that runs."""

import zipfile
from dataclasses import dataclass
from typing import BinaryIO

MOST_PARTS = 20_000  # files inside one office document
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/vnd.oasis.opendocument.text": "odt",
}


@dataclass(frozen=True, slots=True)
class Document:
    """A kind of document: its ending without a dot, its media type, the name that people know it by."""

    ending: str
    media_type: str
    name: str


_OFFICE = "application/vnd.openxmlformats-officedocument"
DOCUMENTS = {
    kind.ending: kind
    for kind in (
        Document("pdf", "application/pdf", "PDF"),
        Document("pptx", f"{_OFFICE}.presentationml.presentation", "PowerPoint"),
        Document("docx", f"{_OFFICE}.wordprocessingml.document", "Word"),
        Document("odp", "application/vnd.oasis.opendocument.presentation", "OpenDocument"),
        Document("odt", "application/vnd.oasis.opendocument.text", "OpenDocument"),
    )
}


def document_of(file: BinaryIO) -> Document | None:
    """What the file is, whatever it is called; None for anything that is not offered. Leaves the file at its start."""
    file.seek(0)
    start = file.read(8)
    found = "pdf" if start.startswith(b"%PDF-") else _packed(file) if start.startswith(b"PK\x03\x04") else ""
    file.seek(0)
    return DOCUMENTS.get(found)


def _packed(file: BinaryIO) -> str:
    """The ending of an office document, "" for another archive or one with macros."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if len(names) > MOST_PARTS or any(name.lower().endswith("vbaproject.bin") for name in names):
                return ""
            if "mimetype" in names:
                return _OPEN_DOCUMENT.get(archive.open("mimetype").read(100).strip(), "")
            return _office_open(names)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        return ""


def _office_open(names: set[str]) -> str:
    """By the part that every such document has (ECMA-376, part 1)."""
    if "[Content_Types].xml" not in names:
        return ""
    if "ppt/presentation.xml" in names:
        return "pptx"
    return "docx" if "word/document.xml" in names else ""

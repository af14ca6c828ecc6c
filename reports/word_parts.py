"""Parts of a Word document that python-docx leaves to others: stable files, pictures of one dot, single properties."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from registrations.later import later

oxml = later("docx.oxml")
qualified = later("docx.oxml.ns")

ZIP_MOMENT = (1980, 1, 1, 0, 0, 0)


def same_every_time(content: bytes) -> bytes:
    """A zip file with its entries in order, without their dates: the same parts give the same bytes."""
    found = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(found, "w") as target:
        names = sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            entry = zipfile.ZipInfo(name, ZIP_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            target.writestr(entry, source.read(name), compresslevel=9)
    return found.getvalue()


def dot(colour: str) -> bytes:
    """One pixel of a colour (six hexadecimal digits), as a PNG. Source: PNG specification, third edition."""
    pixel = b"\x00" + bytes.fromhex(colour)
    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(pixel, 9)), (b"IEND", b""))
    parts = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


_AFTER_BIDI = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr")


def put(parent: Any, name: str, attributes: Mapping[str, str]) -> None:
    """Add an element with attributes to properties, in the place that the order of the schema gives it."""
    element = oxml().OxmlElement(name)
    for key, value in attributes.items():
        element.set(qualified().qn(key), value)
    if name == "w:bidi":
        parent.insert_element_before(element, *_AFTER_BIDI)
    elif name == "w:bidiVisual":
        parent.insert_element_before(element, "w:tblStyleRowBandSize", "w:tblW", "w:jc", "w:tblLayout", "w:tblLook")
    elif name == "w:szCs":
        parent.insert_element_before(element, "w:highlight", "w:u", "w:effect", "w:rtl", "w:cs", "w:lang")
    else:
        parent.append(element)

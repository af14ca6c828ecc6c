"""A credential inside the picture of a badge, and out of it again.

Source: https://www.imsglobal.org/spec/ob/v3p0/ 5.3: a PNG carries it in an iTXt chunk `openbadgecredential`, an SVG in an
element `openbadges:credential`. A stranger's picture is read chunk by chunk and never drawn or parsed as XML.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from html import escape

KEYWORD = b"openbadgecredential"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
_PNG = b"\x89PNG\r\n\x1a\n"
_SVG_ROOT = re.compile(r"<svg\b[^>]*>")
_CDATA = re.compile(
    r"<openbadges:credential\b[^>]{0,500}>\s*<!\[CDATA\[(.*?)\]\]>\s*</openbadges:credential>", re.DOTALL
)


class NoCredential(ValueError):
    """The picture carries no credential, or more than one."""


def into_png(picture: bytes, credential: str) -> bytes:
    """The picture with the credential behind its header."""
    header_end = len(_PNG) + 25
    data = KEYWORD + b"\0\0\0\0\0" + credential.encode()  # not compressed, no language, no translated keyword
    return picture[:header_end] + _chunk(b"iTXt", data) + picture[header_end:]


def from_png(picture: bytes) -> str:
    """The credential that a PNG carries. Raises `NoCredential`."""
    found = [data for kind, data in _chunks(picture) if kind == b"iTXt" and data.startswith(KEYWORD + b"\0")]
    if len(found) != 1:
        raise NoCredential("no credential, or more than one")
    is_compressed, rest = found[0][len(KEYWORD) + 1], found[0][len(KEYWORD) + 3 :]
    _language, _, rest = rest.partition(b"\0")
    _translated, _, text = rest.partition(b"\0")
    if is_compressed:
        raise NoCredential("a compressed credential is not as we write it")
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise NoCredential("not UTF-8") from error


def into_svg(picture: str, credential: str) -> str:
    """The picture with the credential at its beginning."""
    root = _SVG_ROOT.search(picture)
    if root is None:
        raise AssertionError("our own badge is an SVG")
    named = root[0][:-1] + f' xmlns:openbadges="{escape(NAMESPACE)}">'
    # A CDATA section ends at the first `]]>`, so one in the text is written in two.
    text = credential.replace("]]>", "]]]]><![CDATA[>")
    baked = f"{named}<openbadges:credential><![CDATA[{text}]]></openbadges:credential>"
    return picture[: root.start()] + baked + picture[root.end() :]


def from_svg(picture: str) -> str:
    """The credential that an SVG carries. Raises `NoCredential`."""
    found = _CDATA.findall(picture.replace("]]]]><![CDATA[>", "\0"))
    if len(found) != 1:
        raise NoCredential("no credential, or more than one")
    return str(found[0]).replace("\0", "]]>").strip()


def is_png(content: bytes) -> bool:
    """Whether this begins like a PNG."""
    return content.startswith(_PNG)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and data of each chunk whose sum is right."""
    position = len(_PNG)
    while position + 12 <= len(picture):
        (length,) = struct.unpack_from(">I", picture, position)
        kind, data = picture[position + 4 : position + 8], picture[position + 8 : position + 8 + length]
        (given,) = struct.unpack_from(">I", picture.ljust(position + 12 + length, b"\0"), position + 8 + length)
        if len(data) < length or given != zlib.crc32(kind + data):
            raise NoCredential("the picture is damaged")
        yield kind, data
        position += 12 + length

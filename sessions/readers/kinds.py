"""What a file is, by its first bytes: its name proves nothing. What cannot be read is refused by its right name."""

import codecs
import re
import struct
import zipfile

from sessions.readers.limits import MAX_BYTES, MAX_NARROW, MAX_PACKED_AWAY, MAX_PARTS, MAX_UNPACKED
from sessions.readers.report import ReadError, Reason

BEGINNINGS: tuple[tuple[bytes, Reason], ...] = (
    (b"%PDF", Reason.PDF),
    (b"\x89PNG", Reason.IMAGE),
    (b"\xff\xd8\xff", Reason.IMAGE),
    (b"GIF8", Reason.IMAGE),
    (b"BM\x00", Reason.IMAGE),
    (b"II*\x00", Reason.IMAGE),
    (b"MM\x00*", Reason.IMAGE),
    (b"{\\rtf", Reason.DOCUMENT),
    (b"\x1f\x8b", Reason.ARCHIVE),
    (b"BZh", Reason.ARCHIVE),
    (b"\xfd7zXZ", Reason.ARCHIVE),
    (b"Rar!", Reason.ARCHIVE),
    (b"7z\xbc\xaf", Reason.ARCHIVE),
    (b"SQLite format 3", Reason.NOT_TEXT),
    (b"MZ\x90", Reason.NOT_TEXT),
    (b"\x7fELF", Reason.NOT_TEXT),
    (b"OggS", Reason.NOT_TEXT),
    (b"ID3", Reason.NOT_TEXT),
    (b"PAR1", Reason.NOT_TEXT),
)
WEB_PAGE = re.compile(rb"\s*(?:<!--.{0,300}?-->\s*)?<(?:!doctype\s+html|html|head|body|table|meta|div)\b", re.I | re.S)
MARKUP = re.compile(rb"\s*<(?:\?xml|!doctype|!entity|[a-z][\w:.\-]*[\s/>])", re.I)
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
ZIP, OLE = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"), b"\xd0\xcf\x11\xe0"

# Parts that tell what an archive is.
PARTS: tuple[tuple[re.Pattern[str], Reason], ...] = (
    (re.compile(r".*vbaproject.*\.bin|xl/macrosheets/.*", re.I), Reason.MACROS),
    (re.compile(r"xl/workbook\.bin", re.I), Reason.BINARY_WORKBOOK),
    (re.compile(r"word/.*|ppt/.*", re.I), Reason.DOCUMENT),
    (re.compile(r"index/.*\.iwa|index\.zip|.*\.iwa", re.I), Reason.NUMBERS),
    (re.compile(r"xl/externallinks/.*", re.I), Reason.EXTERNAL_LINKS),
)


def refuse_what_is_no_table(content: bytes) -> None:
    """By size and by the first bytes. Raises `ReadError`; a workbook, a text and a JSON file pass."""
    most = MAX_BYTES if content.startswith(WIDE) else MAX_NARROW
    if len(content) > most:
        raise ReadError(Reason.TOO_BIG, megabytes=most // 1024**2)
    if not content[:100_000].strip(b"\xef\xbb\xbf \r\n\t\x0b\x0c") and not content.strip():
        raise ReadError(Reason.EMPTY)
    if content.startswith(OLE):
        raise ReadError(of_ole(content))
    for beginning, reason in BEGINNINGS:
        if content.startswith(beginning):
            raise ReadError(reason)
    if content[4:12] in (b"ftypheic", b"ftypmif1", b"ftypisom", b"ftypmp42"):
        raise ReadError(Reason.IMAGE)
    refuse_markup(content[:3000].removeprefix(b"\xef\xbb\xbf"))


def refuse_markup(beginning: bytes) -> None:
    """Web pages and other XML, also in UTF-16; spreadsheets open them under the name of a workbook."""
    plain = (
        beginning.replace(b"\0", b"") if beginning.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")) else beginning
    )
    plain = plain.lstrip(b"\xff\xfe")
    if WEB_PAGE.match(plain) or (MARKUP.match(plain) and b"<html" in plain.lower()):
        raise ReadError(Reason.WEB_PAGE)
    if MARKUP.match(plain):
        raise ReadError(Reason.MARKUP)


def of_ole(content: bytes) -> Reason:
    """Old Office files, and new ones behind a password, are all of one container, whose directory names its streams."""
    for name, reason in (("EncryptedPackage", Reason.PROTECTED), ("WordDocument", Reason.DOCUMENT)):
        if name.encode("utf-16-le") in content:
            return reason
    return Reason.DOCUMENT if "PowerPoint".encode("utf-16-le") in content else Reason.OLD_WORKBOOK


def is_archive(content: bytes) -> bool:
    """Whether a file is a zip archive, as a workbook is."""
    return content.startswith(ZIP)


def refuse_directory(content: bytes) -> None:
    """Refuse, before it is read, an archive's list of parts that is missing or larger than any workbook's."""
    end = content.rfind(b"PK\x05\x06", max(0, len(content) - 66_000))
    if end < 0 or len(content) < end + 22:
        raise ReadError(Reason.CUT_OFF)
    entries, size, _offset = struct.unpack("<HLL", content[end + 10 : end + 20])
    if content[max(0, end - 20) : end].startswith(b"PK\x06\x07") or entries > MAX_PARTS or size > MAX_PARTS * 300:
        raise ReadError(Reason.UNPACKS_TOO_BIG)


def refuse_parts(parts: list[zipfile.ZipInfo]) -> None:
    """Refuse an archive that is no workbook, a protected one, one with macros, and one that would unpack too large."""
    names = [part.filename for part in parts]
    for pattern, reason in PARTS:
        if any(pattern.fullmatch(name) for name in names):
            raise ReadError(reason)
    if "content.xml" in names and "mimetype" in names:
        raise ReadError(Reason.OPEN_DOCUMENT)
    if "[Content_Types].xml" not in names and not any(name.startswith("xl/") for name in names):
        raise ReadError(Reason.ARCHIVE)
    if any(part.flag_bits & 1 for part in parts):
        raise ReadError(Reason.PROTECTED)
    if len(set(map(str.lower, names))) < len(names):
        raise ReadError(Reason.DAMAGED)
    if any(is_packed_away(part) for part in parts) or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise ReadError(Reason.UNPACKS_TOO_BIG)


def is_packed_away(part: zipfile.ZipInfo) -> bool:
    """Whether a part is so much smaller than its content that it holds next to nothing, many times."""
    return part.file_size > 1024**2 and part.file_size > part.compress_size * MAX_PACKED_AWAY

"""Logos and signatures that organisers upload: looked at closely, then drawn anew as a plain PNG.

Nothing of the uploaded file itself is kept, so neither its metadata nor anything hidden behind its picture reaches a
certificate. SVG is refused: it may hold scripts, entities and addresses of other files.
"""

import base64
import hashlib
import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from certificates.errors import Refused
from registrations.later import later

if TYPE_CHECKING:
    from PIL import Image

_pillow, _image, _image_ops = later("PIL"), later("PIL.Image"), later("PIL.ImageOps")

LARGEST_FILE = 2 * 1024 * 1024
LARGEST_SIDE = 8000
MOST_PIXELS = 16_000_000
SMALLEST_SIDE = 40
KEPT_SIDE = 1000  # 80 mm at 300 dots per inch
FORMATS = ("PNG", "JPEG")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept: a PNG, its SHA-256 in hex, its sides in pixels."""

    content: bytes
    sha256: str
    width: int
    height: int


def accepted(content: bytes) -> Picture:
    """The picture drawn anew, at most `KEPT_SIDE` pixels a side. Raises `Refused` with a sentence that says what to do."""
    if len(content) > LARGEST_FILE:
        raise Refused(_("The picture is larger than 2 MB. Save it smaller: 1,000 pixels are enough."))
    if _looks_like_svg(content):
        raise Refused(
            _(
                "An SVG may hold scripts and other files, so it is not taken. Save the picture as a PNG, 1,000 pixels wide."
            )
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", _image().DecompressionBombWarning)
            with _image().open(io.BytesIO(content), formats=FORMATS) as opened:
                _refuse_sides(*opened.size)
                if getattr(opened, "n_frames", 1) > 1:
                    raise Refused(_("The picture moves. Save one still picture as PNG or JPEG."))
                return _redrawn(opened)
    except _pillow().UnidentifiedImageError as error:
        raise Refused(_("This is no PNG or JPEG picture. Save it as one of these.")) from error
    except (_image().DecompressionBombError, _image().DecompressionBombWarning) as error:
        raise Refused(_too_many_pixels()) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise Refused(_("The picture is damaged and cannot be read. Save it again as PNG or JPEG.")) from error


def as_svg(content: bytes, width: int, height: int) -> str:
    """A PNG inside an SVG, as which it can be handed to typst in a string."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="{as_address(content)}"/></svg>'
    )


def as_address(content: bytes) -> str:
    """A PNG as an address that carries the picture itself."""
    return f"data:image/png;base64,{base64.b64encode(content).decode()}"


def _looks_like_svg(content: bytes) -> bool:
    head = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<", b"\x1f\x8b")) or b"<svg" in head


def _refuse_sides(width: int, height: int) -> None:
    if max(width, height) > LARGEST_SIDE or width * height > MOST_PIXELS:
        raise Refused(_too_many_pixels())
    if min(width, height) < SMALLEST_SIDE:
        raise Refused(_("The picture is smaller than 40 pixels and would look coarse in print. Take a larger one."))


def _too_many_pixels() -> str:
    return _("The picture has more than 16 million pixels. Save it smaller: 1,000 pixels are enough.")


def _redrawn(opened: "Image.Image") -> Picture:
    picture = _image_ops().exif_transpose(opened).convert("RGBA")
    picture.thumbnail((KEPT_SIDE, KEPT_SIDE), _image().Resampling.LANCZOS)
    if picture.getchannel("A").getextrema()[1] == 0:
        raise Refused(_("The picture is empty: all of it is transparent."))
    if picture.getchannel("A").getextrema()[0] == 255:
        picture = picture.convert("RGB")
    plain = _image().new(picture.mode, picture.size)
    plain.paste(picture)
    out = io.BytesIO()
    plain.save(out, "PNG", optimize=True)
    content = out.getvalue()
    return Picture(content, hashlib.sha256(content).hexdigest(), *plain.size)

"""What somebody typed into the form to register and has not sent yet, kept on their own device and not with us.

Nobody who only types has agreed to anything, so nothing of it is stored here: it is a cookie that goes to the form's own
address alone and dies after a week (docs/decisions/0027). The script of the form writes it with every change; we write the
same one where a form comes back to its author, or was to be kept. Pure values in, pure values out; the form judges them.
"""

import base64
import binascii
import json
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "registration_draft"
A_WEEK = 7 * 24 * 3600
LONGEST = 3800  # characters: browsers drop a cookie beyond 4,096, its name and attributes included
NEVER_KEPT = {"consent", "privacy_version", "csrfmiddlewaretoken", "keep"}  # to agree is to agree now


def keep(response: HttpResponse, request: HttpRequest, typed: Mapping[str, str]) -> None:
    """Give what was typed to the device; a draft that is too long for a cookie is not kept."""
    fields = {name: text for name, text in typed.items() if text and name not in NEVER_KEPT}
    value = _packed(fields)
    if fields and len(value) <= LONGEST:
        response.set_cookie(
            COOKIE, value, max_age=A_WEEK, path=request.path, samesite="Lax", secure=settings.IS_SECURE_SITE
        )


def forget(response: HttpResponse, request: HttpRequest) -> None:
    """Let the device forget it."""
    if COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, path=request.path, samesite="Lax")


def kept(request: HttpRequest, names: Iterable[str]) -> dict[str, str]:
    """What the device has of the fields `names`; nothing where it has something else than a draft."""
    wanted = set(names) - NEVER_KEPT
    fields = _unpacked(request.COOKIES.get(COOKIE, ""))
    return {name: _printable(text) for name, text in fields.items() if name in wanted}


def _packed(fields: Mapping[str, str]) -> str:
    """As the script packs it: a JSON object in UTF-8 and base64, with characters that cookies may have."""
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode("utf-8", "replace")).decode().rstrip("=")


def _printable(text: str) -> str:
    """Without what no page can carry: anybody can write a cookie."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


def _unpacked(value: str) -> dict[str, str]:
    if not value or len(value) > LONGEST:
        return {}
    try:
        fields = json.loads(base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        return {}
    if not isinstance(fields, dict):
        return {}
    return {name: text for name, text in fields.items() if isinstance(text, str) and text}

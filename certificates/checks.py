"""What Django's system check says of the keys, where nobody has asked for a signature yet."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.utils import timezone

from certificates.errors import KeyProblem
from registrations.later import later

keys = later("certificates.keys")
OPEN_TO_OTHERS = 0o077


def check_keys(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """In production, say what would keep certificates from being signed, and private keys that others can read."""
    if settings.MAKES_OWN_KEYS:
        return []
    found: list[CheckMessage] = []
    now = timezone.now()
    try:
        ring = keys().ring()
        for sign in (ring.pdf_signer, ring.credential_signer):
            try:
                sign(now=now)
            except KeyProblem as problem:
                found.append(_warning(str(problem), number=1))
    except KeyProblem as problem:
        return [_warning(str(problem), number=1)]
    return found + [
        _warning(f"{path} can be read by others on this machine.", hint=f"chmod 600 {path}", number=2)
        for path in sorted(Path(settings.KEYS_DIR).glob("*-*/key.pem"))
        if path.stat().st_mode & OPEN_TO_OTHERS
    ]


def _warning(problem: str, *, number: int, hint: str = "No certificate is issued until then.") -> CheckMessage:
    return Warning(problem, hint=hint, id=f"certificates.W{number:03d}")

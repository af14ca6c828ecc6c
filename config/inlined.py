"""Small style sheets and scripts that stand in the page itself, so that a first view is one request on a slow line.

The policy allows each by the hash of its text and nothing else that is written in a page: docs/decisions/0027.
Pure Python: the settings are made from it.
"""

import base64
import hashlib
from collections.abc import Iterable
from pathlib import Path


def texts_of(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """The text of each file, as pages print it: comments and indents stay behind."""
    return {name: _lean((folder / name).read_text(encoding="utf-8")) for name in names}


def sources_of(texts: dict[str, str], ending: str) -> list[str]:
    """What a Content-Security-Policy calls the texts whose names end so: `'sha256-…'` (CSP 3, section 6.7.3.3)."""
    return [f"'sha256-{_digest(text)}'" for name, text in sorted(texts.items()) if name.endswith(ending)]


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _lean(text: str) -> str:
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not (line.startswith("/*") and line.endswith("*/")))

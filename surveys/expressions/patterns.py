"""Regular expressions of strangers, on texts of strangers: matched in time that grows with the text and not beyond.

Python's own engine tries ways one after the other, which takes longer than the universe for some patterns. RE2 knows no
such pattern; it has no looking ahead or back, and no references to groups, and patterns with them are refused.
"""

import functools
from typing import Any

from registrations.later import later

MAX_PATTERN = 300  # characters
MAX_MEMORY = 2**20  # bytes that a compiled pattern may take

_re2 = later("re2")


@functools.lru_cache(maxsize=256)
def compiled(pattern: str) -> Any | None:
    """The pattern, ready to match; None for one that cannot be used."""
    if len(pattern) > MAX_PATTERN:
        return None
    options = _re2().Options()
    options.log_errors = False
    options.max_mem = MAX_MEMORY
    try:
        return _re2().compile(pattern, options)
    except _re2().error:
        return None


def matches(pattern: str, text: str) -> bool:
    """Whether the pattern describes the whole text, as ODK's regex() asks. A pattern that cannot be used matches none."""
    found = compiled(pattern)
    return found is not None and found.fullmatch(text) is not None

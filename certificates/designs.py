"""What a programme may change of its certificate's look and words, and what is wrong with a change.

The words hold placeholders from a fixed list, which are replaced as text, once: what is put in for one is never read
again, so that a name such as “{serial}” stays a name. There is no template language here.

Source of the contrast: WCAG 2.2, relative luminance and contrast ratio.
"""

import re
from collections.abc import Mapping

MOST_SIGNATORIES = 4
DEFAULT_MAIN, DEFAULT_SECOND = "#0f3d5e", "#b08a3c"
PLACEHOLDERS = (
    "name",
    "programme",
    "dates",
    "first_day",
    "last_day",
    "sessions_attended",
    "sessions_total",
    "time",
    "issue_date",
    "serial",
    "issuer",
)
TEXTS = ("heading", "before_name", "after_name", "details")
TEXT_CONTRAST = 4.5  # what WCAG asks of text
LINE_CONTRAST = 2.0  # a line that is only an ornament, but one that can be seen

_COLOUR = re.compile(r"#[0-9a-f]{6}")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def is_colour(text: str) -> bool:
    """Whether it is #rrggbb in lower case."""
    return _COLOUR.fullmatch(text) is not None


def contrast_with_white(colour: str) -> float:
    """The contrast ratio of a colour #rrggbb with white paper, from 1 (white) to 21 (black)."""
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def unknown_placeholders(text: str) -> list[str]:
    """What stands in braces without being a placeholder, in the order of the text, each once."""
    return list(dict.fromkeys(name for name in _PLACEHOLDER.findall(text) if name not in PLACEHOLDERS))


def has_stray_brace(text: str) -> bool:
    """Whether a brace opens or closes no placeholder."""
    return bool(set(_PLACEHOLDER.sub("", text)) & set("{}"))


def filled(text: str, facts: Mapping[str, str]) -> str:
    """The text with its placeholders replaced. Raises KeyError for one that `facts` does not know."""
    return _PLACEHOLDER.sub(lambda found: facts[found[1]], text)

"""Placeholders in texts that organisers write: names in braces, replaced as text, once. Plain Python.

What is put in for one is never read again, so that a name such as “{session}” stays a name. There is no template language.
"""

import re
from collections.abc import Collection, Mapping

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_OF_ADDRESSES = re.compile(r"[/?&=#@%.]")
_EMPTY_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")


def unknown(text: str, names: Collection[str]) -> list[str]:
    """What stands in braces and is none of these names, in the order of the text, each once."""
    return list(dict.fromkeys(name for name in _PLACEHOLDER.findall(text) if name not in names))


def has_stray_brace(text: str) -> bool:
    """Whether a brace opens or closes no placeholder."""
    return bool(set(_PLACEHOLDER.sub("", text)) & set("{}"))


def lacking(text: str, names: Collection[str]) -> list[str]:
    """Which of these names the text does not use."""
    used = set(_PLACEHOLDER.findall(text))
    return [name for name in names if name not in used]


def glued(text: str, names: Collection[str]) -> list[str]:
    """Which of these names stand inside a web or e-mail address, whose owner would get what is put in."""
    found = dict.fromkeys(
        placeholder[1]
        for run in text.split()
        if (sign := _OF_ADDRESSES.search(run))
        for placeholder in _PLACEHOLDER.finditer(run, sign.end())
    )
    return [name for name in found if name in names]


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with these values put in, and no more than one empty line where a value was empty."""
    put_in = _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)
    return _EMPTY_LINES.sub("\n\n", put_in)

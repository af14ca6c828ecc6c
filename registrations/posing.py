"""Names that read like somebody else's: by letters that look alike in several scripts, whatever stands between them.

Only equality counts. A look-alike is a letter that a reader takes for another one (a sample of Unicode's confusables,
UTS 39, of those scripts that people here can type); both sides are read so, and a name never meets a different one by it.
"""

import re
from collections.abc import Iterable

from registrations.folding import fold

_APART = re.compile(r"['’‘ʼ`´]")
_WORD = re.compile(r"[^\W_]+")
_ARTICLES = frozenset(["the", "le", "la", "les", "l", "el", "los", "las"])
_ARABIC_ARTICLE = re.compile(r"^ال(?=\w{3})")
_LOOK = (
    ("аеорсухіјѕһԛԝкмтнвү", "aeopcyxijshqwkmthby"),  # Cyrillic
    ("αεορικτυχβμζνη", "aeopiktyxbmznh"),  # Greek
    ("ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdeghijklmnoprstuvwyz"),  # small capitals
    ("ıɡøłđ01345lz", "igoldoieasis"),  # other Latin letters, digits in their place, and the two spellings of -ise
    ("یکھہ", "يكهه"),  # Persian and Urdu forms of Arabic letters
)
_SEEN_AS = {ord(letter): seen for letters, looks in _LOOK for letter, seen in zip(letters, looks, strict=True)}


def passes_for(name: str, others: Iterable[str]) -> bool:
    """Whether a reader could take a name for one of these: the same letters, with or without articles."""
    own = _readings(name)
    return any(own & _readings(other) for other in others)


def _readings(text: str) -> set[str]:
    words = _WORD.findall(fold(_APART.sub(" ", text)))
    bare = [_ARABIC_ARTICLE.sub("", word) for word in words if word not in _ARTICLES]
    return {reading for reading in ("".join(words).translate(_SEEN_AS), "".join(bare).translate(_SEEN_AS)) if reading}

"""Names that read like somebody else's: by letters that look alike in several scripts, whatever stands between them.

Only equality counts. A look-alike is a letter that a reader takes for another one (a sample of Unicode's confusables,
UTS 39, of those scripts that people here can type); both sides are read so, each look-alike in one step. What it costs:
names meet that differ in such letters alone, as Lia and Ila do.
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
    ("ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdeghijkimnoprstuvwyz"),  # small capitals
    ("ıɡøłđ01345l", "igoidoieasi"),  # other Latin letters, and digits in their place
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
    seen = {"".join(each).translate(_SEEN_AS).replace("organiz", "organis") for each in (words, bare)}  # two spellings
    return seen - {""}

"""Names of any script in Latin letters, and a coarse key that most spellings of one name share.

Transliteration is anyascii's: Cyrillic, Greek, Ethiopic and others by letter, Han as pinyin, Arabic and Hebrew as
consonants only. Han and Hangul names of one word are parted into family and given name.
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from sessions.names import Name, Word, bare, written

ABJADS = frozenset(["ARABIC", "HEBREW", "SYRIAC"])
COMPOUND_FAMILY_NAMES = frozenset(
    [
        "欧阳",
        "歐陽",
        "司马",
        "司馬",
        "诸葛",
        "諸葛",
        "上官",
        "夏侯",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "司徒",
    ]
) | frozenset(["남궁", "황보", "제갈", "선우", "독고"])
# Korean family names as their bearers write them; anyascii follows the official table, which few use.
KOREAN = {
    "김": "kim", "이": "lee", "박": "park", "최": "choi", "정": "jung", "강": "kang", "조": "cho", "윤": "yoon",
    "장": "jang", "임": "lim", "오": "oh", "서": "seo", "신": "shin", "권": "kwon", "안": "ahn", "전": "jeon",
    "유": "yoo", "고": "ko", "배": "bae", "백": "baek", "노": "noh", "성": "sung", "주": "joo", "우": "woo", "구": "koo",
}  # fmt: skip
ARTICLE = "ال"
# Ways to write one sound; the first that fits a place is taken.
SOUNDS = [
    ("shch", "s"), ("tsch", "j"), ("sch", "s"), ("tch", "j"), ("dzh", "j"), ("dj", "j"), ("sh", "s"), ("sz", "s"),
    ("ch", "j"), ("cz", "j"), ("zh", "j"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("ck", "k"),
    ("ts", "s"), ("tz", "s"), ("x", "ks"), ("q", "k"), ("z", "s"), ("w", "v"),
]  # fmt: skip
SOUND_OF = dict(SOUNDS)
SOUND = re.compile("|".join(spelling for spelling, _ in SOUNDS))
HEARD_AS = {
    "sh": "s", "ch": "s", "kh": "k", "gh": "g", "th": "t", "dh": "d", "j": "g", "c": "k", "q": "k", "p": "b",
}  # fmt: skip
HEARD = re.compile("|".join(HEARD_AS))
SOFT_C = re.compile("c(?=[eiy])")
TWICE = re.compile(r"(.)\1+")


@lru_cache(2**16)
def script_of(letter: str) -> str:
    """The first word of a letter's Unicode name: LATIN, CJK, HANGUL, ARABIC."""
    return unicodedata.name(letter[0], "").split(" ")[0].split("-")[0]


@lru_cache(2**16)
def latin(word: Word) -> str:
    """A word in Latin letters, lower case, without marks."""
    text = written(word)
    if text.startswith(ARTICLE) and len(text) > len(ARTICLE) + 1:
        text = text.removeprefix(ARTICLE)
    plain = bare(word) if script_of(word[0][0]) == "LATIN" else text
    return "".join(sign for sign in anyascii(plain).lower() if sign.isalnum())


def latin_words(name: Name) -> tuple[str, ...]:
    """The words of a name in Latin letters; a name of one Han or Hangul word as family name and given name."""
    if len(name.words) == 1 and script_of(name.bare[0][0]) in ("CJK", "HANGUL"):
        return parted(written(name.words[0]))
    pairs = zip(name.bare, name.words, strict=True)
    return tuple(found for plain, word in pairs if (found := plain if plain.isascii() else latin(word)))


@lru_cache(2**16)
def parted(text: str) -> tuple[str, ...]:
    """A Han or Hangul name in Latin letters: family name, given name."""
    at = 2 if text[:2] in COMPOUND_FAMILY_NAMES and len(text) > 2 else 1
    family, given = text[:at], text[at:]
    parts = [KOREAN.get(family) or anyascii(family).lower(), anyascii(given).lower()]
    return tuple(part for part in parts if part)


@lru_cache(2**17)
def skeleton(word: str) -> str:
    """The consonants of a Latin word, most spellings of one sound alike: Mueller is Müller, Dmitrii is Dmitry."""
    consonants = SOUND.sub(lambda found: SOUND_OF[found[0]], SOFT_C.sub("s", word)).replace("c", "k")
    start = "a" if word[:1] in "aeiouy" else ""
    return start + TWICE.sub(r"\1", "".join(sign for sign in consonants if sign not in "aeiouyh"))


@lru_cache(2**17)
def consonants(word: str) -> str:
    """The same for comparison with scripts that write consonants only: w and y may be vowels there, and h is heard."""
    heard = HEARD.sub(lambda found: HEARD_AS[found[0]], word)
    return TWICE.sub(r"\1", "".join(sign for sign in heard if sign not in "aeiouywv")).removesuffix("h")

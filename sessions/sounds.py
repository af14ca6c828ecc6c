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
# Frequent Japanese family names: read as Chinese, as anyascii does, they would be nobody's. Given names have too many
# readings: there only kana is read, and characters are left out.
_JAPANESE = """
佐藤 sato 鈴木 suzuki 高橋 takahashi 田中 tanaka 伊藤 ito 渡辺 watanabe 渡邊 watanabe 渡邉 watanabe
山本 yamamoto 中村 nakamura 小林 kobayashi 加藤 kato 吉田 yoshida 山田 yamada 佐々木 sasaki 山口 yamaguchi
松本 matsumoto 井上 inoue 木村 kimura 斎藤 saito 斉藤 saito 齋藤 saito 清水 shimizu 山崎 yamazaki 阿部 abe
池田 ikeda 橋本 hashimoto 山下 yamashita 石川 ishikawa 中島 nakajima 前田 maeda 藤田 fujita 後藤 goto 小川 ogawa
岡田 okada 村上 murakami 長谷川 hasegawa 近藤 kondo 石井 ishii 遠藤 endo 青木 aoki 坂本 sakamoto 福田 fukuda
太田 ota 西村 nishimura 藤井 fujii 藤原 fujiwara 岡本 okamoto 三浦 miura 中野 nakano 中川 nakagawa 松田 matsuda
竹内 takeuchi 小野 ono 原田 harada 中山 nakayama 田村 tamura 石田 ishida 森田 morita 和田 wada 上田 ueda
内田 uchida 柴田 shibata 酒井 sakai
"""
JAPANESE = dict(zip(_JAPANESE.split()[::2], _JAPANESE.split()[1::2], strict=True))
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
SERVANT = frozenset(["abdul", "abdel", "abdal", "abdoul", "abdool"])  # with the article of the word that follows
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
    if not any(script_of(plain[0]) in ("CJK", "HANGUL") for plain in name.bare):
        pairs = zip(name.bare, name.words, strict=True)
        return tuple(found for plain, word in pairs if (found := plain if plain.isascii() else latin(word)))
    texts = [written(word) for word in name.words]
    if any(text.startswith(family) for text in texts for family in JAPANESE):
        return tuple(part for text in texts for part in japanese(text))
    return parted(texts[0]) if len(texts) == 1 else tuple(found for word in name.words if (found := latin(word)))


@lru_cache(2**16)
def japanese(text: str) -> tuple[str, ...]:
    """A word of a Japanese name: the family name, and what is in kana or Latin letters."""
    family = next((family for family in JAPANESE if text.startswith(family)), "")
    rest = "".join(sign for sign in text.removeprefix(family) if script_of(sign) != "CJK")
    return tuple(part for part in (JAPANESE.get(family, ""), anyascii(rest).lower()) if part)


@lru_cache(2**16)
def parted(text: str) -> tuple[str, ...]:
    """A Han or Hangul name in Latin letters: family name, given name; 민준, which no family name begins, is a given name."""
    if len(text) == 2 and "\uac00" <= text[0] <= "\ud7a3" and text[0] not in KOREAN:
        return (anyascii(text).lower(),)
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
    heard = HEARD.sub(lambda found: HEARD_AS[found[0]], "abd" if word in SERVANT else word)
    return TWICE.sub(r"\1", "".join(sign for sign in heard if sign not in "aeiouywv")).removesuffix("h")

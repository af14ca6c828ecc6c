"""Texts as terms that can be looked up: the same in six languages, on both databases, for entries and for questions.

Case, accents, Arabic vowel signs and the writings of alef fall together (Unicode NFKC, then NFD without marks); so do
ё and е, й and и. Chinese is cut into pairs of characters, because it has no blanks between words.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

LONGEST_TERM, MOST_TERMS, LONGEST_QUESTION = 40, 12, 200
_LETTERS = str.maketrans({"ـ": None, "ٱ": "ا", "ى": "ي", "ة": "ه", "’": None, "'": None, "ʼ": None})
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
HAN_RUN = re.compile(f"[{_HAN}]+")
_WORD = re.compile(f"[{_HAN}]+|[^\\W_{_HAN}]+")
_ARTICLE, _SHORTEST_AFTER_ARTICLE = "ال", 3


def fold(text: str) -> str:
    """Letters as they are compared."""
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_LETTERS)


def terms_of(text: str) -> list[str]:
    """The terms of a text in their order, those that come twice twice."""
    return [term for word in _WORD.findall(fold(text)) for term in _terms(word)]


def asked_terms(question: str) -> list[str]:
    """The terms of what somebody looks for, each once: of the first 200 letters, 12 at most."""
    return list(dict.fromkeys(terms_of(question[:LONGEST_QUESTION])))[:MOST_TERMS]


def weights_of(texts: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    """Every term of some texts with its weight: how often it comes, each time as much as its text counts."""
    found: Counter[str] = Counter()
    for text, weight in texts:
        for term in terms_of(text):
            found[term] += weight
    return found


def is_found(word: str, terms: Iterable[str]) -> bool:
    """Whether a word of a text is one that was looked for, or begins with it."""
    own = terms_of(word)
    return any(mine.startswith(term) for mine in own for term in terms)


def _terms(word: str) -> list[str]:
    if HAN_RUN.fullmatch(word):
        return [word[place : place + 2] for place in range(max(len(word) - 1, 1))]
    if word.startswith(_ARTICLE) and len(word) - len(_ARTICLE) >= _SHORTEST_AFTER_ARTICLE:
        word = word[len(_ARTICLE) :]
    return [word[:LONGEST_TERM]]

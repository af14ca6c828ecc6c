"""The words of a person's name, without what does not tell people apart: case, punctuation, emoji, honorifics."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, permutations, product

_HONORIFICS = """
dr dra prof professor doctor mr mrs ms miss mx sr sra srta mme mlle phd mph msc mba rn δρ др د
doctora docteur doutor doutora herr frau monsieur madame mrcp mbbs dphil pharmd drph доктор проф профессор
دكتور دكتورة الدكتور الدكتورة
"""
HONORIFICS = frozenset(_HONORIFICS.split())
# Short for a title only where a full stop says so: without it they are names (Eng, Hon) or short for one (Md).
_TITLES = "eng ing arq rev hon lic mag dipl gen col maj capt sgt atty adv m.d"
TITLES_WITH_FULL_STOP = frozenset(_TITLES.split())
# Letters that carry no separate accent but are written without it. (casefold has made ß to ss.)
PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th"})
# Scripts in which marks may be left out; in others (Devanagari, Thai, kana) a mark is a letter.
MARKS_OPTIONAL = ("LATIN", "GREEK", "CYRILLIC", "ARABIC", "HEBREW")
APOSTROPHES = re.compile(r"['’‘ʼ`´]")
TOKENS_KEPT = 2**17  # parts of names recur: "Maria" is read once
WORDS_AT_MOST = 4  # names of more words are compared in one order only

Word = tuple[tuple[str, str], ...]  # per letter: the letter, and its marks


@dataclass(frozen=True)
class Name:
    """A name's words in alphabetical order of their bare letters."""

    bare: tuple[str, ...]  # without marks: what must be equal
    words: tuple[Word, ...]

    @property
    def letters(self) -> Word:
        """All letters, one word after the other."""
        return tuple(chain.from_iterable(self.words))

    @property
    def has_marks(self) -> bool:
        """Whether any letter carries a mark."""
        return any(marks for _letter, marks in self.letters)

    def agrees_with(self, other: "Name") -> bool:
        """Whether no letter has one mark here and another there: Hương is Huong, and not Hường."""
        return self.bare == other.bare and agree(self.letters, other.letters)

    def is_written_as(self, other: "Name") -> bool:
        """Whether both have the same letters, however parted into words and ordered: Min-jun Kim is Kim Minjun."""
        return self.bare == other.bare or any(True for _both in self._orders_alike(other))

    def is_same_as(self, other: "Name") -> bool:
        """Whether both are written alike, and no mark contradicts."""
        if self.bare == other.bare:
            return agree(self.letters, other.letters)
        return any(agree(mine, theirs) for mine, theirs in self._orders_alike(other))

    def _orders_alike(self, other: "Name") -> Iterator[tuple[Word, Word]]:
        """Pairs of orders of the words in which the bare letters are the same, and one parts words where the other does."""
        if max(len(self.words), len(other.words)) > WORDS_AT_MOST:
            return
        for mine, theirs in product(permutations(self.words), permutations(other.words)):
            one, two = tuple(chain.from_iterable(mine)), tuple(chain.from_iterable(theirs))
            ends, other_ends = set(accumulate(map(len, mine))), set(accumulate(map(len, theirs)))
            if bare(one) == bare(two) and (ends <= other_ends or other_ends <= ends):
                yield one, two


def bare(word: Word) -> str:
    """A word without its optional marks."""
    return "".join(letter for letter, _marks in word)


def written(word: Word) -> str:
    """A word with its marks, composed."""
    return unicodedata.normalize("NFC", "".join(chain.from_iterable(word)))


def agree(one: Word, two: Word) -> bool:
    """Whether no letter has one mark in one word and another in the other."""
    return all(a == b or not a[1] or not b[1] for a, b in zip(one, two, strict=False))


def name_of(text: str) -> Name:
    """The words of a name; honorifics only where nothing else is there."""
    pairs = [pair for token in tokens_of(text) for pair in words_of(token)]
    pairs = sorted([pair for pair in pairs if pair[0] not in HONORIFICS] or pairs)
    return Name(tuple(plain for plain, _word in pairs), tuple(word for _plain, word in pairs))


def ordered(text: str) -> tuple[str, ...]:
    """The bare words of a name in the order in which they are written, without honorifics."""
    return tuple(found for token in tokens_of(text) for found in bare_words_of(token))


def letters_key(text: str) -> str:
    """The same for names that have the same bare letters, whatever the order: a first sieve, cheap. '' has no letter."""
    return "".join(sorted("".join(chain.from_iterable(map(bare_words_of, tokens_of(text))))))


def tokens_of(text: str) -> list[str]:
    """What stands between spaces. `Sr.` in front is a gentleman, behind a name it is the elder of two of one name; `MD` in
    capitals behind a name that is not in capitals is a degree, else somebody is called so.
    """
    tokens = text.split()
    if tokens[2:] and tokens[-1].strip("., ") == "MD" and not text.isupper():
        tokens.pop()
    if len(tokens) > 1 and tokens[-1].strip(".,").casefold() == "sr":
        tokens[-1] = "senior"
    return tokens


@lru_cache(TOKENS_KEPT)
def bare_words_of(token: str) -> tuple[str, ...]:
    """What stands between two spaces as words without marks and honorifics."""
    return tuple(plain for plain, _word in words_of(token) if plain not in HONORIFICS)


@lru_cache(TOKENS_KEPT)
def words_of(token: str) -> tuple[tuple[str, Word], ...]:
    """What stands between two spaces as words, bare and with marks: Al-Sayed are two, O'Connor is one, Ph.D. is none."""
    plain = APOSTROPHES.sub("", unicodedata.normalize("NFKC", token)).casefold().translate(PLAIN)
    if "." in plain and is_title(plain):
        return ()
    signs = "".join(map(sign_of, unicodedata.normalize("NFKD", plain)))
    words = (letters_of(word) for word in signs.split() if any(sign.isalnum() for sign in word))
    return tuple((bare(word), word) for word in words)


def is_title(token: str) -> bool:
    """Whether a word with full stops is a degree (`Ph.D.`, `M.Sc`) or a title cut short (`Eng.`)."""
    inner = token.strip(",;.")
    is_degree = "." in inner and inner.replace(".", "") in HONORIFICS
    return is_degree or (token.endswith(".") and inner in TITLES_WITH_FULL_STOP)


def sign_of(sign: str) -> str:
    """Letters, digits and their marks as they are; joiners vanish; everything else parts words."""
    category = unicodedata.category(sign)
    return sign if category[0] in "LNM" else "" if category == "Cf" else " "


def letters_of(word: str) -> Word:
    """Letters with their optional marks apart."""
    letters: list[tuple[str, str]] = []
    for sign in word:
        if not letters or unicodedata.category(sign) != "Mn":
            letters.append((sign, ""))
        elif unicodedata.name(letters[-1][0][0], "").startswith(MARKS_OPTIONAL):
            letters[-1] = (letters[-1][0], letters[-1][1] + sign)
        else:
            letters[-1] = (letters[-1][0] + sign, "")
    return tuple(letters)

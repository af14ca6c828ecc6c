"""What looks wrong about a printed name, and which persons look like one. These are doubts: a person decides.

Rules of thumb only: plenty of real names have one word, one letter in Latin script is rare but exists, and many scripts
have no capitals at all.
"""

import enum
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping


class Doubt(enum.StrEnum):
    """Why a name should be looked at."""

    CAPITALS = "capitals"
    SMALL = "small"
    ONE_LETTER = "one_letter"
    ADDRESS = "address"
    DIGITS = "digits"
    SIGNS = "signs"
    MIXED_WORD = "mixed_word"


_WRITTEN_TOGETHER = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "KATAKANA-HIRAGANA"}
_IN_NAMES = set("'’‘ʻʼ`´.,-‐‑–·・()/ ־׳״\u200c\u200d")


def doubts(name: str) -> list[Doubt]:
    """What looks wrong about a name, in the order of `Doubt`."""
    letters = [letter for letter in name if letter.isalpha()]
    cased = [letter for letter in letters if letter.upper() != letter.lower()]
    found = {
        Doubt.CAPITALS: len(cased) > 3 and all(letter.isupper() for letter in cased),
        Doubt.SMALL: len(cased) > 1 and all(letter.islower() for letter in cased),
        Doubt.ONE_LETTER: len(letters) == 1 and _script(letters[0]) not in _WRITTEN_TOGETHER,
        Doubt.ADDRESS: "@" in name,
        Doubt.DIGITS: any(letter.isdigit() for letter in name),
        Doubt.SIGNS: any(_is_sign(letter) for letter in name),
        Doubt.MIXED_WORD: any(_is_mixed(word) for word in name.split()),
    }
    return [doubt for doubt, is_so in found.items() if is_so]


def _is_sign(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PSC" and letter not in _IN_NAMES and letter != "@"


def _is_mixed(word: str) -> bool:
    """Letters of two scripts in one word, as when a Cyrillic “а” stands in a Latin name."""
    scripts = {_script(letter) for letter in word if letter.isalpha()} - {""}
    return len(scripts) > 1 and not scripts <= _WRITTEN_TOGETHER


def _script(letter: str) -> str:
    """The script’s name as Unicode’s names of letters begin, such as LATIN; marks and modifiers have none."""
    if unicodedata.category(letter) == "Lm":
        return ""
    return unicodedata.name(letter, "").partition(" ")[0]


def rarest_script(names: Mapping[int, str]) -> int | None:
    """Whose name holds the letter whose script the fewest of these names have; None where there are no names."""
    scripts = {key: {_script(letter) for letter in name if letter.isalpha()} for key, name in names.items()}
    number: dict[str, int] = defaultdict(int)
    for found in scripts.values():
        for script in found:
            number[script] += 1
    ranked = {key: min((number[script] for script in found), default=0) for key, found in scripts.items()}
    return min(ranked, key=lambda key: (ranked[key], key)) if ranked else None


def alike(people: Iterable[tuple[int, str, str]]) -> list[list[int]]:
    """Groups of persons (id, name, e-mail address) that look like one: the same name, or one address written twice."""
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for key, name, email in people:
        groups["name", *name_key(name)].append(key)
        groups["address", address_key(email)].append(key)
    found = {tuple(keys) for keys in groups.values() if len(keys) > 1}
    return [list(keys) for keys in sorted(found)]


def name_key(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents, signs and order."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", name.casefold()) if unicodedata.category(letter) != "Mn"
    )
    words = "".join(letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in plain).split()
    return tuple(sorted(words)) or (name,)


def address_key(email: str) -> str:
    """An address without case and without what follows a plus sign; at Google, without dots in its first part."""
    local, _at, domain = email.strip().casefold().rpartition("@")
    local = local.partition("+")[0]
    if domain in ("gmail.com", "googlemail.com"):
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


def covering(names: Iterable[str], longest: int) -> list[str]:
    """Texts of at most so many characters (or one name) that together hold every character of the names.

    Names are kept whole, since letters take other shapes beside others.
    """
    seen: set[str] = set()
    texts: list[str] = []
    for name in names:
        if set(name) <= seen:
            continue
        seen |= set(name)
        if texts and len(texts[-1]) + len(name) < longest:
            texts[-1] += f" {name}"
        else:
            texts.append(name)
    return texts

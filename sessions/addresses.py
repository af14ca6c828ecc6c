"""Registered addresses that one slip of the finger away from a given one. Linear: never every address with every other."""

from collections import defaultdict
from collections.abc import Iterable

from registrations.later import later

osa = later("rapidfuzz.distance.OSA")
LOCAL_AT_LEAST = 4  # letters before the @: shorter ones are all near each other


class Slips:
    """Texts, to be found by a text that differs in one letter left out, put in, changed, or swapped with the next.

    Each is entered under what is left of it without any one of its letters. Few share that, whatever the texts are.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts: dict[int, tuple[str, ...]] = {}
        for text in texts:
            for key in keys_of(text):
                self._texts[key] = (*self._texts.get(key, ()), text)

    def near(self, text: str) -> set[str]:
        """Those that may be at one slip, and some that are not."""
        return {other for key in keys_of(text) for other in self._texts.get(key, ())}


class Neighbours:
    """Addresses, to be found by an address with one slip in it, which is either before the @ or behind it."""

    def __init__(self, addresses: Iterable[str]) -> None:
        self._locals: dict[str, set[str]] = defaultdict(set)  # by domain
        for address in addresses:
            local, _, domain = address.rpartition("@")
            if len(local) >= LOCAL_AT_LEAST:
                self._locals[domain].add(local)
        self._domains = Slips(self._locals)
        self._slips = {domain: Slips(found) for domain, found in self._locals.items()}

    def near(self, address: str) -> frozenset[str]:
        """Those at one slip. A changed digit is no slip: maria1 and maria2 are two people."""
        local, _, domain = address.rpartition("@")
        if len(local) < LOCAL_AT_LEAST - 1:
            return frozenset()
        found = {f"{local}@{other}" for other in self._domains.near(domain) if local in self._locals[other]}
        if domain in self._slips:
            found.update(f"{other}@{domain}" for other in self._slips[domain].near(local))
        return frozenset(
            other
            for other in found
            if osa().distance(address, other, score_cutoff=1) == 1 and digits(address) == digits(other)
        )


def keys_of(text: str) -> set[int]:
    """A text, and what is left of it without any one of its letters; as numbers, which take less room."""
    return {hash(text), *(hash(text[:at] + text[at + 1 :]) for at in range(len(text)))}


def digits(text: str) -> str:
    """The digits of a text."""
    return "" if text.isalpha() else "".join(sign for sign in text if sign.isdigit())

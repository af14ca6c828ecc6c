"""Registered addresses that one slip of the finger away from a given one. Linear: never every address with every other."""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz.distance import OSA

LOCAL_AT_LEAST = 4  # letters before the @: shorter ones are all near each other


class Neighbours:
    """Addresses, to be found by an address that differs in one letter left out, put in, changed, or swapped with the next.

    One slip is either before the @ or behind it; before it, it leaves the first half or the second half whole.
    """

    def __init__(self, addresses: Iterable[str]) -> None:
        self._by_local: dict[str, list[str]] = defaultdict(list)
        self._by_half: dict[tuple[str, str, bool], list[str]] = defaultdict(list)
        for address in addresses:
            local, _, domain = address.rpartition("@")
            if len(local) >= LOCAL_AT_LEAST:
                self._by_local[local].append(address)
                for half in halves(local, len(local)):
                    self._by_half[(domain, *half)].append(address)

    def near(self, address: str) -> frozenset[str]:
        """Those at one slip. A changed digit is no slip: maria1 and maria2 are two people."""
        local, _, domain = address.rpartition("@")
        if len(local) < LOCAL_AT_LEAST - 1:
            return frozenset()
        found = set(self._by_local.get(local, ()))
        for length in (len(local) - 1, len(local), len(local) + 1):
            for half in halves(local, length):
                found.update(self._by_half.get((domain, *half), ()))
        return frozenset(
            other
            for other in found
            if OSA.distance(address, other, score_cutoff=1) == 1 and digits(address) == digits(other)
        )


def halves(local: str, length: int) -> tuple[tuple[str, bool], tuple[str, bool]]:
    """What a slip leaves whole of a local part whose right form is `length` long: its start, or its end.

    Each is a letter short of the half, so that two swapped letters in the middle leave one of them whole.
    """
    start, end = length // 2 - 1, length - length // 2 - 1
    return (local[: max(start, 1)], True), (local[-max(end, 1) :], False)


def digits(address: str) -> str:
    """The digits of an address."""
    return "".join(sign for sign in address if sign.isdigit())

"""The bits that say which credentials were withdrawn, as W3C's Bitstring Status List packs them.

One bit per credential at a random place among at least 131,072, so that asking for a list tells nobody whose credential
is being checked. Source: https://www.w3.org/TR/vc-bitstring-status-list/ 2.2, 3.3, 3.4.
"""

import gzip
from collections.abc import Iterable

from certificates import multibase

LENGTH = 131_072  # credentials in one list: the least that the standard allows


def encoded(withdrawn: Iterable[int]) -> str:
    """The list with the bits at these places set; bit 0 is the left-most of the first byte."""
    bits = bytearray(LENGTH // 8)
    for place in withdrawn:
        bits[place // 8] |= 0x80 >> place % 8
    return multibase.base64url(gzip.compress(bytes(bits), mtime=0))

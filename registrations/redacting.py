"""Words of mail servers without the people in them. Plain Python."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 200
SHORTEST_NAME = 3  # a local part of two letters occurs in any sentence

_ADDRESS = re.compile(r"<?[^\s<>:;,()]+@[^\s<>:;,()]+>?")


def without_addresses(words: str, *, of: Iterable[str] = ()) -> str:
    """A server's words on one line, at most 200 characters, without e-mail addresses.

    `of` are addresses whose part before the @ is taken out, too: many servers say "user jane.doe unknown".
    """
    plain = "".join(" " if unicodedata.category(each) in {"Cc", "Cs"} else each for each in words[:2000])
    plain = _ADDRESS.sub("…", plain)
    for name in (address.rpartition("@")[0].strip("<> ") for address in of):
        if len(name) >= SHORTEST_NAME:
            plain = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "…", plain, flags=re.IGNORECASE)
    return " ".join(plain.split())[:LONGEST]

"""What serial numbers look like: BZ-CBE-2022-00042.

BZ is Baraza; then the initials of the words in the programme's address (`cross-border-ecommerce-2022`), the year of its
first day, and a number counted per programme. Where another programme has the same initials and year, a figure
follows the initials (BZ-CBE2-2022-00001), so that a number is never given twice.
"""

import re
from collections.abc import Iterator
from itertools import count

LONGEST_INITIALS = 8


def prefixes(slug: str, year: int) -> Iterator[str]:
    """What a programme's serial numbers may begin with, the preferred first; endless."""
    initials = "".join(word[0] for word in re.findall(r"[a-z]+", slug.lower()))[:LONGEST_INITIALS].upper() or "P"
    return (f"BZ-{initials}{'' if turn == 1 else turn}-{year}" for turn in count(1))


def serial(prefix: str, number: int) -> str:
    """The serial number; numbers have five digits, or more where there are more."""
    return f"{prefix}-{number:05d}"

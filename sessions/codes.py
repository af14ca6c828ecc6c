"""The codes of a self check-in: new ones every thirty seconds, out of a secret and the clock, with nothing stored.

Two are shown at a time. The short one is typed: six digits, because every keyboard has them, an interpreter can read
them out, and no letter looks like another. The long one is in the QR code, where length costs nobody anything. Both are
HMAC-SHA-256 of the number of the step, as TOTP has it (RFC 6238, over the truncation of RFC 4226, 5.3).
"""

import datetime as dt
import hmac
import unicodedata

STEP = dt.timedelta(seconds=30)
STEPS_ACCEPTED = 2  # the present one and the one before: who types slowly gets in
DIGITS = 6
_LONG = 20  # hexadecimal digits: 80 bits
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def step_of(moment: dt.datetime) -> int:
    """The number of the thirty seconds in which the (aware) moment lies."""
    return (moment - _EPOCH) // STEP


def seconds_left(moment: dt.datetime) -> int:
    """Whole seconds, 1 to 30, until other codes are shown."""
    left = STEP - (moment - _EPOCH) % STEP
    return max(1, -(left // dt.timedelta(seconds=-1)))


def short_code(secret: str, moment: dt.datetime) -> str:
    """The six digits that are shown at this moment."""
    return _short(secret, step_of(moment))


def long_code(secret: str, moment: dt.datetime) -> str:
    """The twenty hexadecimal digits that stand in the QR code at this moment."""
    return _long(secret, step_of(moment))


def is_short_code(typed: str, secret: str, moment: dt.datetime) -> bool:
    """Whether somebody typed the digits of this step or the one before, grouped or not, in whatever script's digits."""
    return _is_any(digits_of(typed), [_short(secret, step) for step in _accepted(moment)])


def is_long_code(scanned: str, secret: str, moment: dt.datetime) -> bool:
    """Whether a QR code of this step or the one before was scanned."""
    return _is_any(scanned, [_long(secret, step) for step in _accepted(moment)])


def digits_of(typed: str) -> str:
    """The digits in what was typed, as 0 to 9: "٤١٢ ٠٩٧" and "412-097" are 412097. Whatever else there is stays."""
    kept = (letter for letter in unicodedata.normalize("NFKC", typed) if letter.isalnum())
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in kept)


def grouped(code: str) -> str:
    """The short code in two groups, as it is shown: "412 097"."""
    return f"{code[: DIGITS // 2]} {code[DIGITS // 2 :]}"


def _accepted(moment: dt.datetime) -> range:
    latest = step_of(moment)
    return range(latest - STEPS_ACCEPTED + 1, latest + 1)


def _is_any(given: str, codes: list[str]) -> bool:
    """Compared in constant time, and with every code, so that the time taken says nothing."""
    found = [hmac.compare_digest(given.encode(), code.encode()) for code in codes]
    return any(found)


def _short(secret: str, step: int) -> str:
    digest = _digest(secret, "short", step)
    offset = digest[-1] & 0xF
    number = int.from_bytes(digest[offset : offset + 4]) & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def _long(secret: str, step: int) -> str:
    return _digest(secret, "long", step).hex()[:_LONG]


def _digest(secret: str, kind: str, step: int) -> bytes:
    return hmac.digest(f"{kind}:{secret}".encode(), step.to_bytes(8), "sha256")

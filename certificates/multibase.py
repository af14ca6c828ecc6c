"""Bytes as text, the ways W3C credentials write them: base58btc behind `z`, base64url behind `u`.

Source: https://www.w3.org/TR/cid-1.0/ (Multibase, Multikey). Bitcoin's base58 keeps leading zero bytes as `1`.
"""

import base64
import binascii

_DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}
_ED25519_PUBLIC = b"\xed\x01"


def base58btc(data: bytes) -> str:
    """`z` and the bytes in base58."""
    number, text = int.from_bytes(data), ""
    while number:
        number, digit = divmod(number, 58)
        text = _DIGITS[digit] + text
    return "z" + "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def from_base58btc(text: str, *, length: int) -> bytes:
    """So many bytes from `z…`; raises ValueError for anything else, other spellings of the same bytes included."""
    if not text.startswith("z") or len(text) > 2 * length + 2:
        raise ValueError("not base58btc of the length expected")
    number = 0
    for digit in text[1:]:
        if digit not in _VALUES:
            raise ValueError("not base58btc")
        number = number * 58 + _VALUES[digit]
    try:
        data = number.to_bytes(length)
    except OverflowError as error:
        raise ValueError("longer than expected") from error
    if base58btc(data) != text:
        raise ValueError("not the one way to write these bytes")
    return data


def base64url(data: bytes) -> str:
    """`u` and the bytes in base64url without padding."""
    return "u" + base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """The bytes of `u…`; raises ValueError for anything else."""
    if not text.startswith("u"):
        raise ValueError("not base64url")
    try:
        return base64.b64decode(text[1:] + "=" * (-(len(text) - 1) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not base64url") from error


def ed25519_multikey(public: bytes) -> str:
    """An Ed25519 public key (32 bytes) as a Multikey: `z6Mk…`."""
    return base58btc(_ED25519_PUBLIC + public)

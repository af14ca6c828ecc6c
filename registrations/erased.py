"""What stands where something about a person stood that was erased."""

import secrets

ERASED = "(erased)"

NOBODY = "erased@invalid"
"""The address of mails whose texts are no longer kept (RFC 2606)."""


def erased_address() -> str:
    """An address that leads nowhere (RFC 2606) and says nothing; no two are the same."""
    return f"erased-{secrets.token_hex(8)}@invalid"

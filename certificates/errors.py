"""The one refusal of this app, and what of it is about keys."""


class Refused(Exception):
    """An action that cannot be done; `str(error)` is a translated sentence that its reader can act on."""


class KeyProblem(Refused):
    """A key is missing, unreadable, expired, compromised or not its certificate's; the sentence says what to do."""

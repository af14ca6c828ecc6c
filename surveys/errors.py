"""The one refusal of this app."""


class Refused(Exception):
    """An action that cannot be done; `str(error)` is a translated sentence that its reader can act on."""

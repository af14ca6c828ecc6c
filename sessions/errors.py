"""The one refusal of this app, and a kind of it that a command tells apart."""


class Refused(Exception):
    """An action that cannot be done; `str(error)` is a translated sentence that its reader can act on."""


class AlreadyImported(Refused):
    """The same file is in already; nothing was changed."""

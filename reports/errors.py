"""The one refusal of this app, and what hinders results from being published."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """An action that cannot be done; `str(error)` is a translated sentence that its reader can act on."""


class Hindrance(StrEnum):
    """What stands between results and the public; the values are stored, so that each reader gets the sentence anew."""

    NOT_PUBLIC = "not_public"
    NOT_OVER = "not_over"
    NOBODY = "nobody"
    METHOD = "method"


SENTENCES = {
    Hindrance.NOT_PUBLIC: _("Publish the programme first: its results stand on its page."),
    Hindrance.NOT_OVER: _("Results can be published once the programme’s last day is over."),
    Hindrance.NOBODY: _("There is nothing to publish yet: nobody has a seat, and no audience was counted."),
}


class Hindered(Refused):
    """Results that must not be published, and `why`. Without a sentence of its own it has that of the hindrance."""

    def __init__(self, why: Hindrance, sentence: str = "") -> None:
        super().__init__(sentence or str(SENTENCES[why]))
        self.why = why

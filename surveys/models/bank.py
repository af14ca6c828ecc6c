"""Questions that keep their identity across programmes."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.models import Translated

validate_name = RegexValidator(
    r"^[a-z][a-z0-9_]*\Z", _("Use small letters, digits and underscores, beginning with a letter.")
)
# Forms of Kobo and ODK come with capital letters, and with names such as _1_What_is_your_age.
validate_data_name = RegexValidator(
    r"^[A-Za-z_][A-Za-z0-9_]*\Z", _("Use letters from a to z, digits and underscores, beginning with no digit.")
)
validate_form_id = RegexValidator(
    r"^[A-Za-z0-9_][A-Za-z0-9_-]*\Z", _("Use letters from a to z, digits, underscores and hyphens.")
)
validate_value = RegexValidator(
    r"^[\w.+/-]+\Z", _("Use letters, digits, underscores, hyphens, dots, plus signs and slashes, and no blanks.")
)


class BankQuestion(Translated):
    """A question as it is asked again and again: its key never changes, so that cohorts can be compared.

    ``kind`` is one of `Question.Kind`; ``choices`` is a list of ``{"value", "label", "translations"}``; ``parameters``
    are as in `Question`.
    """

    TRANSLATED = ("label", "hint")

    key = models.CharField(_("key"), max_length=60, unique=True, validators=[validate_name])
    kind = models.CharField(_("kind"), max_length=16)
    label = models.CharField(_("question"), max_length=2000)
    hint = models.CharField(_("hint"), max_length=1000, blank=True)
    language = models.CharField(_("language of the original"), max_length=10, choices=settings.LANGUAGES, default="en")
    choices = models.JSONField(_("options"), default=list, blank=True)
    parameters = models.JSONField(_("parameters"), default=dict, blank=True)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        ordering = ["key"]
        verbose_name = _("question of the bank")
        verbose_name_plural = _("question bank")

    def __str__(self) -> str:
        return self.label

    @property
    def source_language(self) -> str:
        """The language of the original."""
        return self.language

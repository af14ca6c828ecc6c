"""The languages in which a session can be heard, and which one a participant chose."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registrations.models import Registration
from sessions.models.agenda import TrainingSession


class SessionLanguage(models.Model):
    """A language of a session: spoken, or interpreted into, over a link or channel of its own."""

    session = models.ForeignKey(
        TrainingSession, on_delete=models.CASCADE, related_name="languages", verbose_name=_("session")
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    is_floor = models.BooleanField(
        _("as it is spoken"), default=False, help_text=_("Not interpreted: what the speakers themselves say.")
    )
    channel = models.CharField(
        _("channel"), max_length=80, blank=True, help_text=_("As the meeting platform calls it, such as “Français”.")
    )
    link = models.URLField(
        _("link of its own"), max_length=500, blank=True, help_text=_("Empty: the session’s link to join.")
    )

    class Meta:
        ordering = ["session", "-is_floor", "language"]
        verbose_name = _("language of a session")
        verbose_name_plural = _("languages of a session")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "language"],
                name="session_language_once",
                violation_error_message=_("The session has this language already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_language_display())

    @property
    def address(self) -> str:
        """Where one joins in this language; "" while no link is known."""
        return self.link or self.session.join_link


class LanguageChoice(models.Model):
    """The language in which a participant joined a session last."""

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="language_choices", verbose_name=_("registration")
    )
    session = models.ForeignKey(
        TrainingSession, on_delete=models.CASCADE, related_name="language_choices", verbose_name=_("session")
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    chosen_at = models.DateTimeField(_("chosen"))

    class Meta:
        ordering = ["session", "registration"]
        verbose_name = _("choice of a language")
        verbose_name_plural = _("choices of languages")
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "session"],
                name="language_choice_once_per_session",
                violation_error_message=_("This person’s language in the session is recorded already."),
            ),
            models.CheckConstraint(
                condition=~Q(language=""),
                name="language_choice_names_a_language",
                violation_error_message=_("Choose a language."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_language_display())

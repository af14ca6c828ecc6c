"""What mail is about that nobody has to get."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.TextChoices):
    """What one can stop by itself. Mail without a topic belongs to the registration, and comes as long as it lasts."""

    REMINDERS = "reminders", _("reminders of sessions")
    SURVEYS = "surveys", _("mail about surveys")
    NEWS = "news", _("other messages from the organisers")

    @property
    def field(self) -> str:
        """The column of a registration that says whether it is wanted."""
        return f"wants_{self.value}"

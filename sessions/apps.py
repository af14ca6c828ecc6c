"""Agenda, speakers, attendance, audience."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionsConfig(AppConfig):
    """The first floor; its label is its own, since Django's login sessions hold the label `sessions`."""

    name = "sessions"
    label = "training_sessions"
    verbose_name = _("Sessions and attendance")

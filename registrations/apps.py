"""Programmes, people, registrations, mail."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistrationsConfig(AppConfig):
    """The ground floor."""

    name = "registrations"
    verbose_name = _("Programmes and registrations")

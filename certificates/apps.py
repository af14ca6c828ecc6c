"""Rules, issue, verification."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from certificates.checks import check_keys


class CertificatesConfig(AppConfig):
    """The third floor."""

    name = "certificates"
    verbose_name = _("Certificates")

    def ready(self) -> None:
        """Let `manage.py check` look at the keys."""
        register(check_keys)

"""Rules, issue, verification."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    """The third floor."""

    name = "certificates"
    verbose_name = _("Certificates")

"""What is put together from all floors: the programme's and the person's page, the workspace, the results."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """The top floor."""

    name = "reports"
    verbose_name = _("Workspace and results")

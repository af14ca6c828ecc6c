"""Questions, responses, results."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    """The second floor."""

    name = "surveys"
    verbose_name = _("Surveys")

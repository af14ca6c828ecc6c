"""The pages of staff about a survey's answers, beside the admin's own."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from surveys.views.beside import beside
from surveys.views.codes import codebook_change, codes
from surveys.views.dashboard import dashboard, freshness
from surveys.views.downloads import download
from surveys.views.exporting import responses_csv
from surveys.views.verbatims import verbatims


def pages_of_figures(wrap: Callable[..., Any]) -> list[URLPattern]:
    """Dashboard, downloads, verbatims; ``wrap`` is the admin's check of who has signed in."""
    return [
        path("<int:pk>/dashboard/", wrap(dashboard), name="surveys_survey_dashboard"),
        path("<int:pk>/dashboard/<slug:name>/", wrap(verbatims), name="surveys_survey_verbatims"),
        path("<int:pk>/beside/", wrap(beside), name="surveys_survey_beside"),
        path("<int:pk>/codes/<slug:name>/", wrap(codes), name="surveys_survey_codes"),
        path("<int:pk>/codes/<slug:name>/codebook/", wrap(codebook_change), name="surveys_survey_codebook"),
        path("<int:pk>/figures/<slug:figure>.<slug:ending>", wrap(download), name="surveys_survey_figure"),
        path("<int:pk>/responses.csv", wrap(responses_csv), name="surveys_survey_responses_csv"),
        path("<int:pk>/freshness/", wrap(freshness), name="surveys_survey_freshness"),
    ]

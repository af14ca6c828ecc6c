"""Addresses in the back office of the files of responses."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from surveys.views import imports


def pages_of_imports(wrap: Callable[..., Any]) -> list[URLPattern]:
    """All of them; ``wrap`` is the admin's check of who has signed in, each view fetches or refuses."""
    return [
        path("<int:pk>/imports/", wrap(imports.imports), name="surveys_survey_imports"),
        path("imports/<int:pk>/", wrap(imports.import_page), name="surveys_import"),
        path("imports/<int:pk>/columns/", wrap(imports.import_columns), name="surveys_import_columns"),
        path("imports/<int:pk>/apply/", wrap(imports.import_apply), name="surveys_import_apply"),
        path("imports/<int:pk>/undo/", wrap(imports.import_undo), name="surveys_import_undo"),
    ]

"""The pages of staff on which surveys are made, beside the admin's own."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from surveys.views.bank import insert, put
from surveys.views.exchange import download_form, load_new_form, load_new_version
from surveys.views.words import words


def pages_of_making(wrap: Callable[..., Any]) -> list[URLPattern]:
    """Forms up and down, words in other languages, the question bank; ``wrap`` asks who has signed in."""
    return [
        path("form/", wrap(load_new_form), name="surveys_survey_load"),
        path("<int:pk>/form/", wrap(load_new_version), name="surveys_survey_form"),
        path("<int:pk>/form.xlsx", wrap(download_form), name="surveys_survey_form_xlsx"),
        path("<int:pk>/words/", wrap(words), name="surveys_survey_words"),
        path("<int:pk>/bank/", wrap(insert), name="surveys_survey_bank"),
        path("<int:pk>/bank/<int:question_pk>/", wrap(put), name="surveys_survey_put_into_bank"),
    ]

"""Addresses of this app."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from reports.views.erasure import data_erased, erase_own_data
from reports.views.own_data import own_consent, own_data, own_data_csv, own_data_json
from reports.views.results import (
    results_changes,
    results_content,
    results_edition,
    results_figure,
    results_file,
    results_json,
)
from reports.views.zone import choose_zone


class EditionConverter(IntConverter):
    """The number of an edition: what the database can hold, so that a longer one is not found rather than an error."""

    regex = "[1-9][0-9]{0,3}"


register_converter(EditionConverter, "edition")

app_name = "reports"
urlpatterns = [
    path("programmes/<slug:slug>/results/results.json", results_json, name="results_json"),
    path("programmes/<slug:slug>/results/figures/<str:figure_id>/", results_figure, name="results_figure"),
    path("programmes/<slug:slug>/results/<edition:edition>/", results_edition, name="results_edition"),
    path("programmes/<slug:slug>/results/<edition:edition>/results.json", results_json, name="edition_json"),
    path("programmes/<slug:slug>/results/<edition:edition>/content.json", results_content, name="edition_content"),
    path("programmes/<slug:slug>/results/<edition:edition>/changes/", results_changes, name="results_changes"),
    path(
        "programmes/<slug:slug>/results/<edition:edition>/figures/<str:figure_id>/",
        results_figure,
        name="edition_figure",
    ),
    path(
        "programmes/<slug:slug>/results/<edition:edition>/report-<slug:language>.<slug:kind>",
        results_file,
        name="results_file",
    ),
    path("my/<str:token>/data/", own_data, name="own_data"),
    path("my/<str:token>/data/data.json", own_data_json, name="own_data_json"),
    path("my/<str:token>/data/data.csv", own_data_csv, name="own_data_csv"),
    path("my/<str:token>/data/consent/", own_consent, name="own_consent"),
    path("my/<str:token>/data/erase/", erase_own_data, name="erase_own_data"),
    path("data-erased/", data_erased, name="data_erased"),
    path("time-zone/choose/", choose_zone, name="choose_zone"),
]

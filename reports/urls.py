"""Addresses of this app."""

from django.urls import path

from reports.views.results import results_json
from reports.views.zone import choose_zone

app_name = "reports"
urlpatterns = [
    path("programmes/<slug:slug>/results/results.json", results_json, name="results_json"),
    path("time-zone/choose/", choose_zone, name="choose_zone"),
]

"""Addresses in the back office of the check-in's screen, the live view, the exports and the queue of corrections."""

from collections.abc import Callable

from django.contrib.admin import AdminSite
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from sessions import correction_views, live_views, screen_views

PAGES: list[tuple[str, Callable[..., HttpResponseBase], str]] = [
    ("<int:pk>/check-in/", screen_views.screen, "check_in"),
    ("<int:pk>/check-in/open/", screen_views.open_check_in, "check_in_open"),
    ("<int:pk>/check-in/close/", screen_views.close_check_in, "check_in_close"),
    ("programmes/<int:pk>/live/", live_views.live, "live"),
    ("programmes/<int:pk>/attendance.csv", live_views.attendance_csv, "attendance_csv"),
    ("programmes/<int:pk>/attendance.xlsx", live_views.attendance_xlsx, "attendance_xlsx"),
    ("programmes/<int:pk>/corrections/", correction_views.corrections, "corrections"),
    ("programmes/<int:pk>/corrections/<int:request_pk>/grant/", correction_views.grant, "correction_grant"),
    ("programmes/<int:pk>/corrections/<int:request_pk>/decline/", correction_views.decline, "correction_decline"),
]


def presence_pages(site: AdminSite) -> list[URLPattern]:
    """All of them, for staff who have signed in; each view fetches or refuses."""
    return [path(tail, site.admin_view(view), name=f"training_sessions_{name}") for tail, view, name in PAGES]

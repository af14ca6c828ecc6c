"""Addresses in the back office of the files of attendance."""

from collections.abc import Callable

from django.contrib.admin import AdminSite
from django.http import HttpResponse
from django.urls import URLPattern, path

from sessions import import_views

PAGES: list[tuple[str, Callable[..., HttpResponse], str]] = [
    ("programmes/<int:pk>/files/", import_views.files, "files"),
    ("files/<int:pk>/", import_views.file, "file"),
    ("files/<int:pk>/answer/", import_views.answer, "file_answer"),
    ("files/<int:pk>/columns/", import_views.columns, "file_columns"),
    ("files/<int:pk>/apply/", import_views.apply, "file_apply"),
    ("files/<int:pk>/undo/", import_views.undo, "file_undo"),
    ("files/<int:pk>/lines/", import_views.lines, "file_lines"),
]


def import_pages(site: AdminSite) -> list[URLPattern]:
    """All of them, for staff who have signed in; each view fetches or refuses."""
    return [path(tail, site.admin_view(view), name=f"training_sessions_{name}") for tail, view, name in PAGES]

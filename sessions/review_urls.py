"""Addresses in the back office of the review queue, of a person's ledger and of a session's history."""

from collections.abc import Callable

from django.contrib.admin import AdminSite
from django.http import HttpResponse
from django.urls import URLPattern, path

from sessions import review_views, views

PAGES: list[tuple[str, Callable[..., HttpResponse], str]] = [
    ("programmes/<int:pk>/review/", review_views.queue, "review"),
    ("programmes/<int:pk>/review/undo/", review_views.undo, "review_undo"),
    ("programmes/<int:pk>/review/resume/", review_views.resume, "review_resume"),
    ("programmes/<int:pk>/review/match-again/", review_views.match_again, "review_match_again"),
    ("programmes/<int:pk>/review/decisions/", review_views.decisions, "review_decisions"),
    ("programmes/<int:pk>/review/<int:identity_pk>/", review_views.identity, "review_identity"),
    ("programmes/<int:pk>/review/<int:identity_pk>/decide/", review_views.decide, "review_decide"),
    ("programmes/<int:pk>/review/<int:identity_pk>/later/", review_views.later, "review_later"),
    ("programmes/<int:pk>/review/<int:identity_pk>/search/", review_views.search, "review_search"),
    ("programmes/<int:pk>/review/<int:identity_pk>/undecide/", review_views.undecide, "review_undecide"),
    ("<int:pk>/people/<int:registration_pk>/", views.person, "person"),
    ("<int:pk>/attendance/history/", views.history, "history"),
]


def review_pages(site: AdminSite) -> list[URLPattern]:
    """All of them, for staff who have signed in; each view fetches or refuses."""
    return [path(tail, site.admin_view(view), name=f"training_sessions_{name}") for tail, view, name in PAGES]

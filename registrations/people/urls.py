"""Addresses of the directory: behind the personal link, and in the back office."""

from collections.abc import Callable

from django.contrib.admin import AdminSite
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from registrations.people import contact_views, desk_views, views

people_pages = [
    path("my/<str:token>/people/", views.people, name="people"),
    path("my/<str:token>/people/proposals/", views.matches, name="people_matches"),
    path("my/<str:token>/people/profile/", views.profile, name="people_profile"),
    path("my/<str:token>/people/profile/leave/", views.leave_people, name="people_leave"),
    path("my/<str:token>/people/contacts/", contact_views.own_contacts, name="people_contacts"),
    path("my/<str:token>/people/messages/<int:pk>/report/", contact_views.report_message, name="message_report"),
    path("my/<str:token>/people/with/<slug:key>/", views.person, name="person"),
    path("my/<str:token>/people/with/<slug:key>/ask/", contact_views.ask, name="person_ask"),
    path("my/<str:token>/people/with/<slug:key>/answer/", contact_views.answer, name="person_answer"),
    path("my/<str:token>/people/with/<slug:key>/report/", contact_views.report, name="person_report"),
    path("my/<str:token>/people/with/<slug:key>/block/", contact_views.block, name="person_block"),
    path("my/<str:token>/people/with/<slug:key>/partnership/", contact_views.record_partnership, name="partnership"),
    path("my/<str:token>/people/partnerships/<int:pk>/", contact_views.answer_partnership, name="partnership_answer"),
]

_DESK: list[tuple[str, Callable[..., HttpResponseBase], str]] = [
    ("<int:pk>/people/", desk_views.desk, "people"),
    ("<int:pk>/people/open/", desk_views.open_directory, "people_open"),
    ("<int:pk>/people/close/", desk_views.close_directory, "people_close"),
    ("<int:pk>/people/topics/", desk_views.save_topics, "people_topics"),
    ("<int:pk>/people/topics/rename/", desk_views.rename_topic, "people_rename_topic"),
    ("<int:pk>/people/reports/", desk_views.reports, "people_reports"),
    ("<int:pk>/people/reports/<int:report_pk>/", desk_views.decide, "people_decide"),
    ("<int:pk>/people/hidden/<int:profile_pk>/", desk_views.show_again, "people_show_again"),
]


def desk_pages(site: AdminSite) -> list[URLPattern]:
    """Those of the back office, for staff who have signed in; each view fetches or refuses."""
    return [path(tail, site.admin_view(view), name=f"registrations_{name}") for tail, view, name in _DESK]

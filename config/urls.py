"""Every address. Routes that several floors point to have a neutral name here; the rest lives in each app."""

from django.contrib import admin
from django.urls import include, path

from config.health import healthz
from registrations.address_views import correct_address
from registrations.provider_reports import provider_urls
from reports.library.feed import LibraryFeed
from reports.views.attendance import my_attendance
from reports.views.erasure import erase_on_behalf
from reports.views.library import library, library_story, library_talk, story_citation, talk_citation
from reports.views.personal import personal_page
from reports.views.programme import programme_list, programme_page
from reports.views.results import results_page

admin.autodiscover()  # has happened already, except in a worker
urlpatterns = [
    path("", programme_list, name="home"),
    path("programmes/", programme_list, name="programme_list"),
    path("programmes/<slug:slug>/", programme_page, name="programme_page"),
    path("programmes/<slug:slug>/results/", results_page, name="results_page"),
    path("library/", library, name="library"),
    path("library/feed/", LibraryFeed(), name="library_feed"),
    path("library/talks/<int:pk>/", library_talk, name="library_talk"),
    path("library/talks/<int:pk>/citation.<slug:ending>", talk_citation, name="talk_citation"),
    path("library/stories/<slug:slug>/", library_story, name="library_story"),
    path("library/stories/<slug:slug>/citation.<slug:ending>", story_citation, name="story_citation"),
    path("my/<str:token>/", personal_page, name="personal_page"),
    path("my/<str:token>/attendance/", my_attendance, name="my_attendance"),
    path("", include("registrations.urls")),
    path("", include("sessions.urls")),
    path("", include("surveys.urls")),
    path("", include("certificates.urls")),
    path("", include("reports.urls")),
    path("admin/people/<int:pk>/erase/", admin.site.admin_view(erase_on_behalf), name="erase_on_behalf"),
    path("admin/people/<int:pk>/address/", admin.site.admin_view(correct_address), name="correct_address"),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    *provider_urls(),
]

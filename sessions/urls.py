"""Addresses of this app. The back office's stand in `sessions.admin`."""

from django.urls import path

from sessions import calendar_views, check_in_views, correction_views, joining_views, material_views

app_name = "training_sessions"
urlpatterns = [
    path("my/<str:token>/sessions.ics", calendar_views.own, name="own_calendar"),
    path("my/<str:token>/join/<int:pk>/<str:language>/", joining_views.join, name="join"),
    path("my/<str:token>/materials/<int:pk>/", material_views.fetch_own, name="fetch_own"),
    path("materials/<int:pk>/", material_views.fetch, name="fetch"),
    path("programmes/<slug:slug>/sessions.ics", calendar_views.public, name="public_calendar"),
    path("my/<str:token>/check-in/<int:pk>/", check_in_views.check_in, name="check_in"),
    path("my/<str:token>/check-in/<int:pk>/confirm/", check_in_views.confirm_check_in, name="confirm_check_in"),
    path("my/<str:token>/attendance/<int:pk>/correction/", correction_views.ask, name="ask_for_correction"),
    path(
        "my/<str:token>/attendance/<int:pk>/correction/withdraw/",
        correction_views.withdraw,
        name="withdraw_correction",
    ),
    path("check-in/<int:pk>/me/", check_in_views.scan_as_me, name="scan_as_me"),
    path("check-in/<int:pk>/mail/", check_in_views.scan_by_mail, name="scan_by_mail"),
    path("check-in/<int:pk>/sent/", check_in_views.scan_sent, name="scan_sent"),
    path("check-in/<int:pk>/done/", check_in_views.scan_done, name="scan_done"),
    path("check-in/<int:pk>/<str:code>/", check_in_views.scan, name="scan"),
]

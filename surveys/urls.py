"""Addresses of this app; the pages of staff live under the admin."""

from django.urls import path

from surveys.views.answering import answer, thanks
from surveys.views.inviting import declining

app_name = "surveys"
urlpatterns = [
    path("my/<str:token>/survey/<slug:form_id>/", answer, name="answer"),
    path("my/<str:token>/survey/<slug:form_id>/no-mail/", declining, name="decline"),
    path("my/<str:token>/survey/<slug:form_id>/thanks/", thanks, name="thanks"),
]

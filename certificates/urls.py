"""Addresses of this app."""

from django.urls import path

from certificates import views

app_name = "certificates"
urlpatterns = [
    path("verify/", views.verify_form, name="verify_form"),
    path("verify/<str:code>/", views.verify, name="verify"),
    path("my/<str:token>/certificate/", views.download, name="download"),
]

"""Addresses of this app."""

from django.urls import URLPattern

app_name = "registrations"
urlpatterns: list[URLPattern] = []

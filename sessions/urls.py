"""Addresses of this app."""

from django.urls import URLPattern

app_name = "training_sessions"
urlpatterns: list[URLPattern] = []

"""Addresses of this app."""

from django.urls import path

from registrations import address_views, stop_views, views
from registrations.people.urls import people_pages

app_name = "registrations"
urlpatterns = [
    path("programmes/<slug:slug>/register/", views.register, name="register"),
    path("programmes/<slug:slug>/register/sent/", views.registration_sent, name="registration_sent"),
    path("programmes/<slug:slug>/link/", views.send_link, name="send_link"),
    path("programmes/<slug:slug>/link/sent/", views.link_sent, name="link_sent"),
    path("my/<str:token>/confirm/", views.confirm, name="confirm"),
    path("my/<str:token>/withdraw/", views.withdraw, name="withdraw"),
    path("my/<str:token>/details/", views.details, name="details"),
    path("my/<str:token>/time-zone/", views.own_zone, name="own_zone"),
    *people_pages,
    path("stop/<str:token>/", stop_views.stop_mail, name="stop_mail"),
    path("my/<str:token>/mail/", address_views.own_mail, name="own_mail"),
    path("my/<str:token>/mail/<uuid:number>/", address_views.one_mail, name="one_mail"),
    path("my/<str:token>/address/", address_views.own_address, name="own_address"),
    path("my/<str:token>/address/keep/", address_views.keep_address, name="keep_address"),
    path("my/<str:token>/confirm-address/", address_views.confirm_address, name="confirm_address"),
    path("privacy/<int:version>/", views.privacy, name="privacy"),
    path("language/", views.set_language, name="set_language"),
    path("time-zone/", views.set_zone, name="set_zone"),
]

"""Addresses of this app."""

from django.urls import path

from certificates.views import machines, names, personal, verification

app_name = "certificates"
urlpatterns = [
    path("verify/", verification.verify_form, name="verify_form"),
    path("verify/<str:code>/", verification.verify, name="verify"),
    path("my/<str:token>/certificate/", personal.download, name="download"),
    path("my/<str:token>/name/", names.own_name, name="name"),
    path("my/<str:token>/badge/", personal.badge, name="badge"),
    path("my/<str:token>/badge.json", personal.badge_file, {"kind": "json"}, name="badge_json"),
    path("my/<str:token>/badge.png", personal.badge_file, {"kind": "png"}, name="badge_png"),
    path("my/<str:token>/badge.svg", personal.badge_file, {"kind": "svg"}, name="badge_svg"),
    path(".well-known/did.json", machines.did_document, name="did_document"),
    path("credentials/status/<int:number>/", machines.status_list, name="status_list"),
    path("credentials/signing.pem", machines.signing_certificates, name="signing_certificates"),
    path("credentials/badges/<slug:slug>.png", machines.badge_picture, {"kind": "png"}, name="badge_picture"),
    path("credentials/badges/<slug:slug>.svg", machines.badge_picture, {"kind": "svg"}, name="badge_drawing"),
]

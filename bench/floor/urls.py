"""The addresses of the floors."""

from django.urls import path

from bench.floor.views import rows, sign_up, thanks

urlpatterns = [
    path("rows/", rows, name="rows"),
    path("sign-up/", sign_up, name="sign_up"),
    path("thanks/", thanks, name="thanks"),
]

"""Who may enter: the personal link opens a participant's own pages, and nothing else does."""

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from registrations.models import Registration

Rest = ParamSpec("Rest")
PersonalView = Callable[Concatenate[HttpRequest, Registration, Rest], HttpResponse]
TokenView = Callable[Concatenate[HttpRequest, str, Rest], HttpResponse]


def personal(view: PersonalView[Rest]) -> TokenView[Rest]:
    """Turn a view of `(request, registration, ...)` into one of `(request, token, ...)`.

    An unknown or revoked token is a 404. The page speaks the person's language unless the reader chose another, is never
    cached or indexed, and its address, which is a secret, is never sent to another site as a referrer. (Not "no-referrer":
    browsers then send `Origin: null` with the page's own forms, which the CSRF check refuses.)
    """

    @never_cache
    @functools.wraps(view)
    def enter(request: HttpRequest, token: str, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        registration = Registration.objects.select_related("programme").filter(link_token=token).first()
        if registration is None:
            raise Http404(_("This personal link is not valid. Ask for a new one on the programme’s page."))
        speak_to(registration, request)
        response = view(request, registration, *args, **kwargs)
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return cast(TokenView[Rest], enter)  # Django passes the token by its name, which Concatenate cannot say


def speak_to(registration: Registration, request: HttpRequest) -> None:
    """Answer in the person's language, unless the reader chose another."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(registration.language)
        request.LANGUAGE_CODE = translation.get_language()

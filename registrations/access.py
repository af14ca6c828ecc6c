"""Who may enter: the personal link opens a participant's own pages, and nothing else does."""

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

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
    cached or indexed, and its address, which is a secret, is never sent on as a referrer.
    """

    @never_cache
    @functools.wraps(view)
    def enter(request: HttpRequest, token: str, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        registration = Registration.objects.select_related("programme").filter(link_token=token).first()
        if registration is None:
            raise Http404(_("This personal link is not valid. Ask for a new one on the programme’s page."))
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(registration.language)
            request.LANGUAGE_CODE = translation.get_language()
        response = view(request, registration, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return enter

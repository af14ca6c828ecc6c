"""What every template may know."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """The site's address and the languages offered, each under its own name."""
    return {"SITE_URL": settings.SITE_URL, "SITE_LANGUAGES": settings.LANGUAGES}

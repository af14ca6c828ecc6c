"""What the pages of our own inside the admin have in common."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


def page(request: HttpRequest, site: AdminSite, template: str, title: str, **context: object) -> HttpResponse:
    """A page under the admin's header."""
    return TemplateResponse(
        request, f"admin/certificates/{template}.html", {**site.each_context(request), "title": title, **context}
    )

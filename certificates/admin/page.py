"""What the pages of our own inside the admin have in common."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from registrations.backoffice import user_of
from registrations.models import Programme


def organised_programme(request: HttpRequest, pk: int) -> Programme:
    """The programme, if the user organises it; any other is a 404 like one that does not exist."""
    return get_object_or_404(Programme.objects.organised_by(user_of(request)), pk=pk)


def page(request: HttpRequest, site: AdminSite, template: str, title: str, **context: object) -> HttpResponse:
    """A page under the admin's header."""
    return TemplateResponse(
        request, f"admin/certificates/{template}.html", {**site.each_context(request), "title": title, **context}
    )

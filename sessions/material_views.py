"""Materials for those who read them: every fetch goes through here, and is counted once per person and day."""

from typing import cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from registrations.access import personal
from registrations.models import Programme, Registration, User
from registrations.throttle import client_address
from sessions.actions import count_fetch
from sessions.fetching import is_counted
from sessions.models import MaterialFile


@require_safe
@never_cache
def fetch(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A published material, for everybody. Its organisers see it before, uncounted."""
    now = timezone.now()
    file = MaterialFile.objects.on_show(now).select_related("material__session__programme").filter(pk=pk).first()
    if file is None:
        return _answer(_own_version(request, pk))
    agent = request.headers.get("User-Agent", "")
    return _counted(request, file, f"{client_address(request)}\n{agent}")


@require_safe
@personal
def fetch_own(request: HttpRequest, registration: Registration, pk: int) -> HttpResponse:
    """A published material of the person's own programme, counted for the person and not for the device."""
    files = MaterialFile.objects.for_programme(registration.programme, timezone.now())
    response = _counted(request, get_object_or_404(files, pk=pk), f"registration {registration.pk}")
    return cast(HttpResponse, response)  # a file has all of it that `personal` touches


def _own_version(request: HttpRequest, pk: int) -> MaterialFile:
    if not isinstance(request.user, User):
        raise Http404(_("There is no material at this address, or not yet."))
    own = Programme.objects.organised_by(request.user)
    files = MaterialFile.objects.filter(material__session__programme__in=own)
    return get_object_or_404(files.select_related("material__session__programme"), pk=pk)


def _counted(request: HttpRequest, file: MaterialFile, visitor: str) -> HttpResponseBase:
    headers = {name.lower(): value for name, value in request.headers.items()}
    if is_counted(request.method or "", headers):
        count_fetch(file, visitor=visitor, now=timezone.now())
    return _answer(file)


def _answer(file: MaterialFile) -> HttpResponseBase:
    """The file, to be saved and never run in our name; or the way to where it is."""
    document = file.document
    if document is None:
        return HttpResponseRedirect(file.link)
    response = FileResponse(file.file.open("rb"), as_attachment=True, filename=file.download_name)
    response["Content-Type"] = document.media_type
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Encoding"] = "identity"  # compressed already: gzip would cost time and the length
    return response

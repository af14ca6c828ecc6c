"""What a participant fetches from the personal page: the certificate, and the badge in three forms."""

import json
from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certificates import badges, baking, credentials, keys
from certificates.actions.credentials import credential_of
from certificates.actions.privacy import set_public
from certificates.errors import KeyProblem
from certificates.models import Certificate, CertificateFile, Credential
from certificates.rendering import CannotRender
from certificates.wording import verify_url
from registrations.access import personal
from registrations.models import Registration

Kind = Literal["json", "png", "svg"]
CONTENT_TYPES: dict[Kind, str] = {"json": "application/json", "png": "image/png", "svg": "image/svg+xml"}


@require_safe
@personal
def download(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The person's certificate as a PDF, the bytes that were stored at its issue; a page that says why there is none."""
    own = Certificate.objects.filter(registration=registration)
    file = CertificateFile.objects.filter(certificate__in=own.current()).select_related("certificate").first()
    if file is None:
        return _nothing(request, registration)
    return pdf_response(file)


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def badge(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The badge to look at and to fetch; by POST, show or hide the public page."""
    certificate = _current(registration)
    if certificate is None:
        return _nothing(request, registration)
    if request.method == "POST":
        set_public(registration, is_public=request.POST.get("public") == "yes", now=timezone.now())
        return redirect("certificates:badge", registration.link_token)
    context = {"registration": registration, "certificate": certificate, "verify_url": verify_url(certificate)}
    return render(request, "certificates/badge.html", context)


@require_safe
@personal
def badge_file(request: HttpRequest, registration: Registration, kind: Kind) -> HttpResponse:
    """The badge as a file, signed at this moment."""
    certificate = _current(registration)
    if certificate is None:
        return _nothing(request, registration)
    credential = credential_of(certificate)
    try:
        content = _baked(credential, kind)
    except (KeyProblem, CannotRender) as problem:
        context = {"registration": registration, "problem": str(problem)}
        return render(request, "certificates/no_badge.html", context, status=503)
    name = _("Badge %(serial)s.%(kind)s") % {"serial": certificate.serial, "kind": kind}
    response = HttpResponse(content, content_type=CONTENT_TYPES[kind])
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def pdf_response(file: CertificateFile) -> HttpResponse:
    """The stored bytes, under a name that says whose they are; not compressed again, so their size is known."""
    content = bytes(file.content)
    response = HttpResponse(content, content_type="application/pdf")
    name = _("Certificate %(serial)s.pdf") % {"serial": file.certificate.serial}
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Content-Length"] = str(len(content))
    response["Content-Encoding"] = "identity"
    return response


def _baked(credential: Credential, kind: Kind) -> bytes:
    signed = credentials.signed(credential, key=keys.ring().credential_signer(now=timezone.now()))
    if kind == "json":
        return json.dumps(signed, ensure_ascii=False, indent=2).encode()
    text = json.dumps(signed, ensure_ascii=False)
    certificate = credential.certificate
    picture = badges.picture(certificate.programme_title, certificate.end_date.year, certificate.language, kind)
    return baking.into_png(picture, text) if kind == "png" else baking.into_svg(picture.decode(), text).encode()


def _current(registration: Registration) -> Certificate | None:
    own = Certificate.objects.filter(registration=registration).current()
    return own.select_related("registration__programme", "rule").first()


def _nothing(request: HttpRequest, registration: Registration) -> HttpResponse:
    latest = Certificate.objects.filter(registration=registration).latest_of_each().first()
    context = {"registration": registration, "certificate": latest}
    return render(request, "certificates/no_file.html", context, status=404)

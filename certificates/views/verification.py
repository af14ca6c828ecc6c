"""Public verification, and the download from the personal page.

The two pages of verification send no referrer, and browsers then post their forms with `Origin: null`, which the CSRF
check refuses. They are exempt from it: comparing a file changes nothing and knows no session.
"""

import functools
import hashlib
from typing import cast

from crispy_forms.utils import render_crispy_form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from certificates.forms import CodeForm, FileForm
from certificates.models import Certificate, CertificateFile
from certificates.wording import attendance, day, period
from registrations.access import personal
from registrations.models import Registration
from registrations.throttle import is_too_often

MISSES_PER_MINUTE = 30  # one client's; codes cannot be guessed, the brake keeps the log quiet. Hits are never counted.


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify_form(request: HttpRequest) -> HttpResponse:
    """Ask for a code, which leads to its page, or for a file, which is looked up by its fingerprint."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if request.method != "POST":
        if form.is_valid():
            return HttpResponseRedirect(reverse("certificates:verify", args=[form.cleaned_data["code"]]))
        return _discreet(render(request, "certificates/verify_form.html", {"form": form, "file_form": FileForm()}))
    file_form = FileForm(request.POST, request.FILES)
    if file_form.is_valid():
        digest = hashlib.sha256(file_form.cleaned_data["file"].read()).hexdigest()
        found = CertificateFile.objects.filter(sha256=digest).values_list("certificate__code", flat=True).first()
        if found:
            return HttpResponseRedirect(reverse("certificates:verify", args=[found]))
        if is_too_often(request, "unknown-codes", limit=MISSES_PER_MINUTE, seconds=60):
            return _too_many(request)
        file_form.add_error("file", _unknown_file())
    return _discreet(render(request, "certificates/verify_form.html", {"form": form, "file_form": file_form}))


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that the certificate of this code prints, and what became of it; by POST, compare a file with it."""
    # Successor and predecessor are fetched where there is one: most certificates have neither.
    found = Certificate.objects.filter(code=code).select_related("file").defer("file__content").order_by()
    certificate = next(iter(found[:1]), None)
    if certificate is None:
        return _unknown(request)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    comparison = None
    if form.is_valid():
        comparison = _is_same_file(certificate, form.cleaned_data["file"].read())
    context = {
        "certificate": certificate,
        "period": period(certificate.start_date, certificate.end_date),
        "attendance": attendance(certificate),
        "issue_date": day(certificate.issue_date),
        "file": getattr(certificate, "file", None),
        "successor": getattr(certificate, "successor", None) if certificate.is_superseded else None,
        "file_form": render_crispy_form(form) if form.is_bound else _blank_file_form(get_language() or ""),
        "has_compared": comparison is not None,
        "is_same_file": comparison,
    }
    return _discreet(render(request, "certificates/verify.html", context))


@require_safe
@personal
def download(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The person's certificate as a PDF, the bytes that were stored at its issue; a page that says why there is none."""
    own = Certificate.objects.filter(registration=registration)
    file = CertificateFile.objects.filter(certificate__in=own.current()).select_related("certificate").first()
    if file is None:
        context = {"registration": registration, "certificate": own.latest_of_each().first()}
        return render(request, "certificates/no_file.html", context, status=404)
    return pdf_response(file)


def pdf_response(file: CertificateFile) -> HttpResponse:
    """The stored bytes, under a name that says whose they are; not compressed again, so their size is known."""
    content = bytes(file.content)
    response = HttpResponse(content, content_type="application/pdf")
    name = _("Certificate %(serial)s.pdf") % {"serial": file.certificate.serial}
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Content-Length"] = str(len(content))
    response["Content-Encoding"] = "identity"
    return response


@functools.cache
def _blank_file_form(language: str) -> SafeString:
    """The empty form as HTML, the same for everybody who reads this language: drawing it is a fifth of the page's work."""
    return cast(SafeString, render_crispy_form(FileForm()))


def _is_same_file(certificate: Certificate, content: bytes) -> bool:
    file = getattr(certificate, "file", None)
    return file is not None and hashlib.sha256(content).hexdigest() == file.sha256


def _unknown_file() -> str:
    return _("We issued no certificate with exactly these bytes. The file was changed, or it is not ours.")


def _unknown(request: HttpRequest) -> HttpResponse:
    if is_too_often(request, "unknown-codes", limit=MISSES_PER_MINUTE, seconds=60):
        return _too_many(request)
    context = {"form": CodeForm(), "file_form": FileForm(), "is_unknown": True}
    return _discreet(render(request, "certificates/verify_form.html", context, status=404))


def _too_many(request: HttpRequest) -> HttpResponse:
    context = {"form": CodeForm(), "file_form": FileForm(), "has_missed_too_often": True}
    response = _discreet(render(request, "certificates/verify_form.html", context, status=429))
    response["Retry-After"] = "60"
    return response


def _discreet(response: HttpResponse) -> HttpResponse:
    """Not for search engines, and its address, which names a person to whoever has it, not passed on."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response

"""Public verification: the page of a code, and the box that takes a file.

The two pages of verification send no referrer, and browsers then post their forms with `Origin: null`, which the CSRF
check refuses. They are exempt from it: comparing a file changes nothing and knows no session.
"""

import functools
from typing import cast

from crispy_forms.utils import render_crispy_form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from certificates import validation
from certificates.errors import KeyProblem
from certificates.forms import CodeForm, FileForm
from certificates.models import Certificate
from certificates.validation import Finding
from certificates.wording import attendance, day, own_words, period
from registrations.throttle import is_too_often

MISSES_PER_MINUTE = 30  # one client's; codes cannot be guessed, the brake keeps the log quiet. Hits are never counted.
FILES_PER_MINUTE = 60  # one client's: judging a file is work


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify_form(request: HttpRequest) -> HttpResponse:
    """Ask for a code, which leads to its page, or for a file, which is judged."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if request.method != "POST":
        if form.is_valid():
            return HttpResponseRedirect(reverse("certificates:verify", args=[form.cleaned_data["code"]]))
        return _discreet(render(request, "certificates/verify_form.html", {"form": form, "file_form": FileForm()}))
    file_form, refusal = FileForm(request.POST, request.FILES), ""
    if file_form.is_valid():
        if _are_too_many_files(request):
            return _too_many(request)
        finding = _examine(file_form.cleaned_data["file"].read())
        if finding.certificate and finding.certificate.is_public:
            return _page(request, finding.certificate, file_form, finding)
        file_form, refusal = FileForm(), _not_ours(finding)
    context = {"form": form, "file_form": file_form, "not_ours": refusal}
    return _discreet(render(request, "certificates/verify_form.html", context))


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that the certificate of this code prints, and what became of it; by POST, compare a file with it."""
    # Successor and predecessor are fetched where there is one: most certificates have neither.
    found = (
        Certificate.objects.public()
        .filter(code=code)
        .select_related("file", "design")
        .defer("file__content")
        .order_by()
    )
    certificate = next(iter(found[:1]), None)
    if certificate is None:
        return _unknown(request)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if not form.is_valid():
        return _page(request, certificate, form, None)
    if _are_too_many_files(request):
        return _too_many(request)
    return _page(request, certificate, form, _examine(form.cleaned_data["file"].read()))


def _page(request: HttpRequest, certificate: Certificate, form: FileForm, finding: Finding | None) -> HttpResponse:
    context = {
        "certificate": certificate,
        "period": period(certificate.start_date, certificate.end_date),
        "attendance": attendance(certificate),
        "own_words": own_words(certificate).values(),
        "issue_date": day(certificate.issue_date),
        "file": getattr(certificate, "file", None),
        "successor": getattr(certificate, "successor", None) if certificate.is_superseded else None,
        "file_form": render_crispy_form(form) if form.is_bound else _blank_file_form(get_language() or ""),
        "finding": finding,
        "is_same_file": finding is not None and finding.certificate == certificate,
        "is_signed": finding is not None and finding.is_signed,
        "reason": _not_this(finding) if finding else "",
    }
    return _discreet(render(request, "certificates/verify.html", context))


def _examine(content: bytes) -> Finding:
    """Judge a file; where our keys cannot be read the records alone decide."""
    try:
        return validation.examine(content)
    except KeyProblem:
        return validation.by_records(content)


def _are_too_many_files(request: HttpRequest) -> bool:
    return is_too_often(request, "judged-files", limit=FILES_PER_MINUTE, seconds=60)


@functools.cache
def _blank_file_form(language: str) -> SafeString:
    """The empty form as HTML, the same for everybody who reads this language: drawing it is a fifth of the page's work."""
    return cast(SafeString, render_crispy_form(FileForm()))


def _not_ours(finding: Finding) -> str:
    """Why a file is not ours and unchanged; says no more of a certificate that its owner keeps private."""
    return finding.reason or _("The records here do not have it, or its owner keeps it private.")


def _not_this(finding: Finding) -> str:
    return finding.reason or _("It belongs to another certificate.")


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

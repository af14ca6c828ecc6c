"""What verifiers’ software asks for: the issuer’s keys, the status lists, the picture of a badge. Open to all."""

import hashlib
import json
from typing import Literal

from cryptography.hazmat.primitives.serialization import Encoding
from django.core.cache import cache
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from certificates import badges, credentials, issuer, keys
from certificates.errors import KeyProblem
from certificates.keys import CredentialKey
from certificates.models import Credential
from certificates.proofs import Document
from registrations.models import Programme

REMEMBERED = 24 * 3600  # seconds; a list is signed anew when what it says changes, or after a day


@require_safe
@cache_control(public=True, max_age=300)
def did_document(request: HttpRequest) -> HttpResponse:
    """The issuer's DID document with every key that ever signed a credential."""
    return _json(issuer.did_document(keys.ring()), "application/did+json")


@require_safe
@cache_control(public=True, max_age=60)
def status_list(request: HttpRequest, number: int) -> HttpResponse:
    """Which credentials of this list were withdrawn, as a signed credential."""
    newest = Credential.objects.aggregate(newest=Max("list_number"))["newest"] or 1
    if not 1 <= number <= newest:
        raise Http404
    places = sorted(Credential.objects.in_list(number).withdrawn().order_by().values_list("place", flat=True))
    try:
        key = keys.ring().credential_signer(now=timezone.now())
    except KeyProblem as problem:
        return HttpResponse(str(problem), status=503, content_type="text/plain; charset=utf-8")
    return _json(_remembered_list(number, places, key), "application/vc")


@require_safe
@cache_control(public=True, max_age=300)
def signing_certificates(request: HttpRequest) -> HttpResponse:
    """The X.509 certificates of the keys that sign PDFs, for whoever wants to trust them in a viewer."""
    trusted = [key for key in keys.ring().pdf if key.chain and not key.about.compromised_at]
    texts = [link.public_bytes(Encoding.PEM).decode() for key in trusted for link in key.chain]
    return _open(HttpResponse("".join(dict.fromkeys(texts)), content_type="application/x-pem-file"))


@require_safe
@cache_control(public=True, max_age=3600)
def badge_picture(request: HttpRequest, slug: str, kind: Literal["png", "svg"]) -> HttpResponse:
    """The badge of a programme that issues certificates, with nothing in it; as SVG it is small."""
    programme = get_object_or_404(Programme, slug=slug, serial_counter__isnull=False)
    content = badges.picture(programme.title, programme.end_date.year, translation.get_language() or "", kind)
    return _open(HttpResponse(content, content_type="image/png" if kind == "png" else "image/svg+xml"))


def _remembered_list(number: int, places: list[int], key: CredentialKey) -> Document:
    """Signed once for what it says and who signs it."""
    said = hashlib.sha256(repr((number, places, key.multikey)).encode()).hexdigest()
    name = f"status-list:{said}"
    document: Document | None = cache.get(name)
    if document is None:
        document = credentials.signed_list(number, places, key=key, now=timezone.now())
        cache.set(name, document, timeout=REMEMBERED)
    return document


def _json(document: Document, content_type: str) -> HttpResponse:
    return _open(HttpResponse(json.dumps(document, ensure_ascii=False), content_type=content_type))


def _open(response: HttpResponse) -> HttpResponse:
    """Verifiers that run in a browser may read it."""
    response["Access-Control-Allow-Origin"] = "*"
    return response

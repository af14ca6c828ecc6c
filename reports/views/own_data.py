"""A participant's own data: seen, downloaded, and the consent to it withdrawn or given again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from registrations.access import personal
from registrations.consenting import give_consent, withdraw_consent
from registrations.doorbell import ring
from registrations.models import PrivacyText, Registration
from registrations.reader_zone import zones_for, zones_of
from registrations.tasks import send_due_mail
from reports.own_data import as_csv, as_json, own_parts


@require_safe
@personal
def own_data(request: HttpRequest, registration: Registration) -> HttpResponse:
    """What is stored about the person and why, with the ways to correct, download, withdraw and erase it."""
    zones = zones_for(request, registration.programme, registration)
    parts = own_parts(registration, zones)
    context = {
        "registration": registration,
        "programme": registration.programme,
        "parts": [part for part in parts if part.items],
        "json_size": len(as_json(registration, parts, timezone.now()).encode()),
        "csv_size": len("".join(as_csv(parts)).encode()),
        "empty_parts": [part for part in parts if not part.items],
        "consented": zones.moment(registration.consented_at),
        "withdrawn": zones.moment(registration.consent_withdrawn_at) if registration.consent_withdrawn_at else None,
    }
    return render(request, "reports/own_data.html", context)


@require_safe
@personal
def own_data_json(request: HttpRequest, registration: Registration) -> HttpResponse:
    """All of it for machines."""
    document = as_json(registration, own_parts(registration, zones_of(registration)), timezone.now())
    return _file(document, "application/json", "data.json")


@require_safe
@personal
def own_data_csv(request: HttpRequest, registration: Registration) -> HttpResponse:
    """All of it as a table."""
    lines = as_csv(own_parts(registration, zones_of(registration)))
    return _file("".join(lines), "text/csv; charset=utf-8", "data.csv")


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def own_consent(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Asks once, then withdraws the consent; whoever has withdrawn it may agree again, to the text in force."""
    wanted, now = request.POST.get("consent", ""), timezone.now()
    text = PrivacyText.objects.current()
    is_unsure = wanted == "give" and request.POST.get("agreed_to") != str(text.version)
    if wanted == "withdraw":
        withdraw_consent(registration, now=now)
        ring(send_due_mail)
    elif wanted == "give" and not is_unsure:
        give_consent(registration, privacy_text=text, now=now)
    if request.method == "POST" and not is_unsure:
        return redirect("reports:own_data", registration.link_token)
    context = {
        "registration": registration,
        "text": text,
        "is_over": registration.programme.has_ended(now),
        "is_unsure": is_unsure,
    }
    return render(request, "reports/own_consent.html", context)


def _file(content: str, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

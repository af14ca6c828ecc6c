"""Where one stops mail that one can do without: one button for people, one POST for mail programs (RFC 8058)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from registrations.access import speak_to
from registrations.models import Registration, Topic
from registrations.stopping import read_stop_token, set_wanted


@never_cache
@csrf_exempt  # a mail program posts without any cookie; the signed address is what allows it
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the address changes nothing, since mail scanners open every link. Nobody is named: mail is passed on."""
    registration, topic = _meant(token)
    speak_to(registration, request)
    if request.method == "POST":
        set_wanted(registration, topic, is_wanted="again" in request.POST)
    context = {
        "programme": registration.programme,
        "topic": topic.label,
        "is_wanted": registration.wants(topic),
        "is_done": request.method == "POST",
        "can_change": not registration.is_erased,
    }
    response = render(request, "registrations/stop_mail.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _meant(token: str) -> tuple[Registration, Topic]:
    found = read_stop_token(token)
    if found is None:
        raise Http404(_("This address stops no mail. Open it as it stands in the mail, or choose on your own page."))
    pk, topic = found
    return get_object_or_404(Registration.objects.select_related("programme"), pk=pk), topic

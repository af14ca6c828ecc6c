"""Where participants answer a survey, behind their personal link."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from registrations.access import personal
from registrations.models import Registration
from surveys.actions import refuse_unless_open, refuse_unless_taking_part, respond
from surveys.errors import Refused
from surveys.forms import SurveyForm
from surveys.models import Response, Survey


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def answer(request: HttpRequest, registration: Registration, form_id: str) -> HttpResponse:
    """The questions; once sent, the person is thanked. Whoever comes too early or too late is told so."""
    survey = _survey_of(registration, form_id)
    now = timezone.now()
    if Response.objects.filter(survey=survey, registration=registration).exists():
        return redirect("surveys:thanks", registration.link_token, form_id)
    refusal = _refusal(survey, registration, now)
    if request.method != "POST":
        return _questions(request, registration, survey, SurveyForm(survey), refusal=refusal)
    form = SurveyForm(survey, data=request.POST)
    if not refusal and form.is_valid():
        try:
            respond(survey, registration, form.answers, language=get_language() or registration.language, now=now)
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            return redirect("surveys:thanks", registration.link_token, form_id)
    return _questions(request, registration, survey, form, refusal=refusal)


@require_safe
@personal
def thanks(request: HttpRequest, registration: Registration, form_id: str) -> HttpResponse:
    """Says that the answers have arrived, and when."""
    survey = _survey_of(registration, form_id)
    response = Response.objects.filter(survey=survey, registration=registration).first()
    if response is None:
        return redirect("surveys:answer", registration.link_token, form_id)
    context = {
        "registration": registration,
        "survey": survey,
        "response": response,
    }
    return render(request, "surveys/thanks.html", context)


def _survey_of(registration: Registration, form_id: str) -> Survey:
    """A survey of the person's own programme, or 404."""
    surveys = Survey.objects.for_programme(registration.programme).select_related("programme").with_questions()
    return get_object_or_404(surveys, form_id=form_id)


def _refusal(survey: Survey, registration: Registration, now: dt.datetime) -> str:
    """Why no answers are taken from this person now, or nothing."""
    try:
        refuse_unless_taking_part(survey, registration)
        refuse_unless_open(survey, now=now)
    except Refused as reason:
        return str(reason)
    return ""


def _questions(
    request: HttpRequest, registration: Registration, survey: Survey, form: SurveyForm, *, refusal: str
) -> HttpResponse:
    """The form. Where answers are refused: what was typed, to copy; or nothing but the reason."""
    if refusal:
        form.show_only()
    context = {
        "registration": registration,
        "survey": survey,
        "form": form,
        "refusal": refusal,
    }
    return render(request, "surveys/answer.html", context, status=409 if refusal and form.is_bound else 200)

"""Where organisers decide whether a survey is anonymous."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from registrations.backoffice import user_of
from surveys.actions import set_anonymous
from surveys.coarsening import SMALLEST_CLASS
from surveys.errors import Refused
from surveys.models import Survey
from surveys.views.staff import staff_context


@require_http_methods(["GET", "HEAD", "POST"])
def anonymity(request: HttpRequest, pk: int) -> HttpResponse:
    """What is kept of those who answer, and one button that changes it until somebody has."""
    survey = get_object_or_404(Survey.objects.organised_by(user_of(request)).select_related("programme"), pk=pk)
    if request.method == "POST":
        try:
            set_anonymous(survey, is_anonymous=request.POST.get("anonymous") == "1")
        except Refused as reason:
            messages.error(request, str(reason))
        else:
            said = _("The survey is anonymous now.") if survey.is_anonymous else _("Responses carry their names now.")
            messages.success(request, said)
        return redirect("admin:surveys_survey_anonymity", pk)
    context = {
        "title": _("Anonymity"),
        "survey": survey,
        "is_fixed": survey.marks.exists() or survey.responses.exists(),
        "smallest": SMALLEST_CLASS,
    }
    return render(request, "admin/surveys/anonymity.html", {**staff_context(request), **context})

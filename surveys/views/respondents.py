"""Who answered: the response rate by disposition, and respondents against everybody asked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registrations import kept
from registrations.backoffice import user_of
from surveys.disclosure import LEAST
from surveys.models import Survey
from surveys.outcomes import survey_outcome
from surveys.respondents import told
from surveys.views.staff import analysed_survey, staff_context


@require_safe
def respondents(request: HttpRequest, pk: int) -> HttpResponse:
    """For organisers and analysts; the latter see no group of fewer than five, nor what gives one away."""
    survey, now = analysed_survey(request, pk), timezone.now()
    sees_people = Survey.objects.organised_by(user_of(request)).filter(pk=pk).exists()
    found = survey_outcome(survey, now=now)
    context = {
        "title": _("Who answered"),
        "survey": survey,
        "page": told(survey, found, k=1 if sees_people else LEAST) if found else None,
        "age": kept.Age.of(survey.programme, now=now),
        "sees_people": sees_people,
        "least": LEAST,
    }
    return render(request, "admin/surveys/respondents.html", {**staff_context(request), **context})

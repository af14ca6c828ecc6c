"""A survey beside others: gains of the same people, and programmes against each other."""

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registrations.backoffice import user_of
from surveys.beside import GainRow, beside_rows, earlier_and_later, gain_rows
from surveys.columns import MOST_UNSEALED
from surveys.disclosure import LEAST
from surveys.models import Survey
from surveys.results import SurveyReading
from surveys.views.staff import analysed_survey, staff_context

MOST = 4


@require_safe
def beside(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose up to four other surveys that share questions of the bank; analysts see nothing of a few people."""
    survey = analysed_survey(request, pk)
    offered = list(comparable(survey, request))
    chosen = [other for other in offered if str(other.pk) in request.GET.getlist("with")][:MOST]
    surveys = [survey, *chosen]
    own = set(Survey.objects.organised_by(user_of(request)).filter(pk__in=[each.pk for each in surveys]))
    sees_people = own == set(surveys)
    readings = [SurveyReading.of(each, most_unsealed=MOST_UNSEALED) for each in surveys] if chosen else []
    is_preparing = any(reading.is_preparing for reading in readings)
    context = {
        "title": _("Beside other surveys"),
        "survey": survey,
        "surveys": surveys,
        "offered": [(other, other in chosen) for other in offered],
        "rows": beside_rows(readings, sees_people=sees_people) if readings and not is_preparing else (),
        "gains": _gains(readings, sees_people=sees_people) if readings and not is_preparing else (),
        "is_preparing": is_preparing,
        "is_chosen": bool(chosen),
        "sees_people": sees_people,
        "least": LEAST,
        "most": MOST,
    }
    return render(request, "admin/surveys/beside.html", {**staff_context(request), **context})


def comparable(survey: Survey, request: HttpRequest) -> QuerySet[Survey]:
    """The other surveys the user may see that ask a question of the bank which this one asks, most of them first."""
    own = survey.questions.filter(bank_question__isnull=False).values("bank_question")
    shared = Count("questions", filter=Q(questions__bank_question__in=own), distinct=True)
    others = Survey.objects.filter(pk__in=Survey.objects.analysed_by(user_of(request)).values("pk")).exclude(
        pk=survey.pk
    )
    return (
        others.annotate(shared=shared)
        .filter(shared__gt=0)
        .select_related("programme")
        .order_by("-shared", "-opens_at")[:50]
    )


def _gains(readings: list[SurveyReading], *, sees_people: bool) -> list[tuple[Survey, Survey, tuple[GainRow, ...]]]:
    """What the same people gained, for each chosen survey of the same programme."""
    first, found = readings[0], []
    for other in readings[1:]:
        pair = earlier_and_later(first.survey, other.survey)
        if pair:
            before, after = (first, other) if pair[0] == first.survey else (other, first)
            found.append((before.survey, after.survey, gain_rows(before, after, sees_people=sees_people)))
    return found

"""Where organisers say which responses are valid, and see what that changes before they adopt it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from registrations.backoffice import user_of
from surveys.actions.definitions import define_base, proposed_definition
from surveys.base import Definition
from surveys.definition_forms import BaseDefinitionForm
from surveys.errors import Refused
from surveys.models import Survey
from surveys.results import SurveyReading, SurveyResults
from surveys.sensitivity import Variant, sensitivity
from surveys.statistics import RATING
from surveys.views.dashboard import staff_context
from surveys.wording import (
    NONE,
    condition_text,
    definition_name,
    definition_text,
    figure_text,
    number_text,
    reason_text,
)


@dataclass(frozen=True, slots=True)
class Change:
    """One figure before and after."""

    label: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        """Whether it differs as printed."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Toggled:
    """What a single condition does: n with it and without it, and the mean that moves furthest."""

    label: str
    is_in_force: bool
    with_it: str
    without_it: str
    question: str
    mean_with_it: str
    mean_without_it: str


@require_http_methods(["GET", "HEAD", "POST"])
def definition(request: HttpRequest, pk: int) -> HttpResponse:
    """The definition in force and a form for the next; GET shows the effect of what is filled in, POST adopts it."""
    survey = get_object_or_404(Survey.objects.organised_by(user_of(request)).select_related("programme"), pk=pk)
    reading = SurveyReading.of(survey)
    current = reading.definition
    form = BaseDefinitionForm(request.POST or request.GET or None, initial=_initial(current))
    if request.method == "POST" and form.is_valid():
        try:
            adopted = define_base(survey, by=user_of(request), now=timezone.now(), **form.cleaned_data)
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Valid responses are now counted by “%(name)s”.") % {"name": adopted})
            return redirect("admin:surveys_survey_dashboard", pk)
    context = {
        "title": _("Which responses are valid"),
        "survey": survey,
        "form": form,
        "current_name": definition_name(current),
        "current_text": definition_text(current),
        "toggled": [_toggled(variant, reading.results()) for variant in sensitivity(reading)],
        "earlier": survey.base_definitions.select_related("created_by"),
        **_preview(reading, form),
    }
    return render(request, "admin/surveys/definition.html", {**staff_context(request), **context})


def _initial(current: Definition) -> dict[str, object]:
    fields = BaseDefinitionForm.base_fields
    return {name: getattr(current, name) for name in fields} | {"least_seconds": current.least_seconds or None}


def _preview(reading: SurveyReading, form: BaseDefinitionForm) -> dict[str, object]:
    """What the proposed definition changes; nothing before a valid one is filled in."""
    if not form.is_bound or not form.is_valid():
        return {}
    proposed = proposed_definition(reading.survey, **form.cleaned_data)
    changes = _changes(reading.results(), reading.by(proposed).results())
    return {"proposed_text": definition_text(proposed), "changes": list(changes)}


def _changes(before: SurveyResults, after: SurveyResults) -> Iterable[Change]:
    yield Change(_("Responses"), number_text(before.base.responses), number_text(after.base.responses))
    told = {reason for results in (before, after) for reason, _count in results.base.told}
    for (reason, count), (_reason, new) in zip(before.base.excluded, after.base.excluded, strict=True):
        if reason in told:
            label = _("Left out: %(reason)s") % {"reason": reason_text(reason)}
            yield Change(label, number_text(count), number_text(new))
    yield Change(_("Valid responses (n)"), number_text(before.n), number_text(after.n))
    for old, question in zip(before.questions, after.questions, strict=True):
        if question.kind == RATING:
            label = _("Mean: %(question)s") % {"question": question.label}
            yield Change(label, figure_text(old.statistics.mean), figure_text(question.statistics.mean))


def _toggled(variant: Variant, now: SurveyResults) -> Toggled:
    shift = variant.largest
    here = now.n, shift.before if shift else None
    there = variant.results.n, shift.after if shift else None
    with_it, without_it = (here, there) if variant.is_in_force else (there, here)
    return Toggled(
        label=condition_text(variant.reason) if variant.reason else _("All conditions together"),
        is_in_force=variant.is_in_force,
        with_it=number_text(with_it[0]),
        without_it=number_text(without_it[0]),
        question=shift.question.label if shift else NONE,
        mean_with_it=figure_text(with_it[1]),
        mean_without_it=figure_text(without_it[1]),
    )

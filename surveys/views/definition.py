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
from surveys.actions import define_base
from surveys.base import Definition
from surveys.errors import Refused
from surveys.forms import BaseDefinitionForm
from surveys.models import Survey
from surveys.results import SurveyResults, survey_results
from surveys.statistics import RATING
from surveys.views.dashboard import staff_context
from surveys.wording import definition_name, definition_text, figure_text, number_text, reason_text


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


@require_http_methods(["GET", "HEAD", "POST"])
def definition(request: HttpRequest, pk: int) -> HttpResponse:
    """The definition in force and a form for the next; GET shows the effect of what is filled in, POST adopts it."""
    survey = get_object_or_404(Survey.objects.organised_by(user_of(request)).select_related("programme"), pk=pk)
    current = survey.definition_in_force()
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
        "earlier": survey.base_definitions.select_related("created_by"),
        **_preview(survey, current, form),
    }
    return render(request, "admin/surveys/definition.html", {**staff_context(request), **context})


def _initial(current: Definition) -> dict[str, object]:
    return {"name": current.name, "sectors": current.sectors, "must_be_complete": current.must_be_complete}


def _preview(survey: Survey, current: Definition, form: BaseDefinitionForm) -> dict[str, object]:
    """What the proposed definition changes; nothing before a valid one is filled in."""
    if not form.is_bound or not form.is_valid():
        return {}
    data = form.cleaned_data
    proposed = Definition(current.version + 1, data["name"], tuple(data["sectors"]), data["must_be_complete"])
    before = survey_results(survey, definition=current)
    after = survey_results(survey, definition=proposed)
    return {"proposed_text": definition_text(proposed), "changes": list(_changes(before, after))}


def _changes(before: SurveyResults, after: SurveyResults) -> Iterable[Change]:
    yield Change(_("Responses"), number_text(before.base.responses), number_text(after.base.responses))
    for (reason, count), (_reason, new) in zip(before.base.excluded, after.base.excluded, strict=True):
        label = _("Left out: %(reason)s") % {"reason": reason_text(reason)}
        yield Change(label, number_text(count), number_text(new))
    yield Change(_("Valid responses (n)"), number_text(before.n), number_text(after.n))
    for old, question in zip(before.questions, after.questions, strict=True):
        if question.kind == RATING:
            label = _("Mean: %(question)s") % {"question": question.label}
            yield Change(label, figure_text(old.statistics.mean), figure_text(question.statistics.mean))

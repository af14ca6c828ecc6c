"""Where organisers load a form and download one."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from registrations.backoffice import user_of
from registrations.models import Programme, User
from sessions.readers.limits import MAX_BYTES
from surveys.actions.forms import adopt_form, export_form
from surveys.errors import Refused
from surveys.models import Survey
from surveys.views.dashboard import staff_context
from surveys.xlsform import read_form

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FormFileForm(forms.Form):
    """A workbook, and what to do with what is not supported."""

    workbook = forms.FileField(
        label=gettext_lazy("Form (XLSForm, .xlsx)"),
        help_text=gettext_lazy("As Kobo and ODK write it: with the sheets “survey”, “choices” and “settings”."),
        widget=forms.ClearableFileInput({"accept": ".xlsx"}),
    )
    skip_unsupported = forms.BooleanField(
        label=gettext_lazy("Leave out what is not supported"),
        required=False,
        help_text=gettext_lazy("Otherwise nothing is loaded, and every row that is not supported is named."),
    )

    def clean_workbook(self) -> bytes:
        """The content, unless it is larger than any form."""
        file = self.cleaned_data["workbook"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than any form. Is it the right one?"))
        content: bytes = file.read()
        return content


class NewFormForm(FormFileForm):
    """A workbook for one of the user's programmes."""

    programme = forms.ModelChoiceField(label=gettext_lazy("Programme"), queryset=Programme.objects.none())
    field_order = ("programme", "workbook", "skip_unsupported")

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["programme"].queryset = Programme.objects.organised_by(user)  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def load_new_form(request: HttpRequest) -> HttpResponse:
    """A form becomes a survey of a programme, or a new version of the survey with its form id."""
    chosen = {"programme": request.GET.get("programme")}
    form = NewFormForm(request.POST or None, request.FILES or None, user=user_of(request), initial=chosen)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        survey, problems = _loaded(request, form.cleaned_data["programme"], form)
        if survey is not None:
            return redirect("admin:surveys_survey_change", survey.pk)
    context = {"title": _("Load a form"), "form": form, "problems": problems}
    status = 422 if form.is_bound else 200
    return render(request, "admin/surveys/load_form.html", {**staff_context(request), **context}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def load_new_version(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version of a survey. Its form id must be the survey's."""
    organised = Survey.objects.organised_by(user_of(request)).select_related("programme")
    survey = get_object_or_404(organised, pk=pk)
    form = FormFileForm(request.POST or None, request.FILES or None)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        loaded, problems = _loaded(request, survey.programme, form, form_id=survey.form_id)
        if loaded is not None:
            return redirect("admin:surveys_survey_change", loaded.pk)
    context = {
        "title": _("Load a new version"),
        "survey": survey,
        "form": form,
        "problems": problems,
        "is_locked": survey.responses.exists(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "admin/surveys/load_form.html", {**staff_context(request), **context}, status=status)


def _loaded(
    request: HttpRequest, programme: Programme, form: FormFileForm, *, form_id: str | None = None
) -> tuple[Survey | None, list[str]]:
    """The survey, or the sentences that say why there is none."""
    data = form.cleaned_data
    try:
        reading = read_form(data["workbook"], zone=programme.zone)
        found = reading.usable(skip_unsupported=data["skip_unsupported"])
        if form_id not in {None, found.form_id}:
            raise Refused(
                _(
                    "This form has the id “%(id)s”, and this survey “%(own)s”. Change the id, or load it as a new survey."
                )
                % {"id": found.form_id, "own": form_id}
            )
        survey = adopt_form(programme, found, by=user_of(request), now=timezone.now())
    except Refused as reason:
        return None, str(reason).splitlines()
    for line in (*map(str, reading.problems), *reading.notes):
        messages.warning(request, line)
    messages.success(request, _("The form is loaded. Look at the preview before anybody is invited."))
    return survey, []


@require_safe
def download_form(request: HttpRequest, pk: int) -> HttpResponse:
    """The survey as an XLSForm."""
    organised = Survey.objects.organised_by(user_of(request)).select_related("session")
    survey = get_object_or_404(organised, pk=pk)
    try:
        content = export_form(survey)
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("admin:surveys_survey_change", pk)
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{survey.form_id}.xlsx"'
    return response

"""Where organisers take questions from the bank, and administrators put them into it."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from registrations.backoffice import is_administrator, user_of
from surveys.bank import insert_from_bank, put_into_bank
from surveys.errors import Refused
from surveys.models import BankQuestion, Question, Survey
from surveys.models.bank import validate_name
from surveys.views.dashboard import staff_context


class InsertForm(forms.Form):
    """Questions of the bank."""

    questions = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Questions"),
        queryset=BankQuestion.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose one question at least.")},
    )


class KeyForm(forms.Form):
    """The key under which a question is kept."""

    key = forms.CharField(
        label=gettext_lazy("Key"),
        max_length=60,
        validators=[validate_name],
        help_text=gettext_lazy("Surveys name the question by it, such as “recommend”. It never changes."),
        widget=forms.TextInput({"dir": "ltr"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def insert(request: HttpRequest, pk: int) -> HttpResponse:
    """Questions of the bank, to be asked at the end of the survey."""
    survey = get_object_or_404(Survey.objects.organised_by(user_of(request)).select_related("programme"), pk=pk)
    form = InsertForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            for bank_question in form.cleaned_data["questions"]:
                insert_from_bank(survey, bank_question)
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("The questions are at the end of the survey now."))
            return redirect("admin:surveys_survey_change", pk)
    context = {
        "title": _("Insert from the question bank"),
        "survey": survey,
        "form": form,
        "asked": set(survey.questions.values_list("bank_question_id", flat=True)),
        "button": _("Insert"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "admin/surveys/bank_form.html", {**staff_context(request), **context}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def put(request: HttpRequest, pk: int, question_pk: int) -> HttpResponse:
    """A question of a survey, to be kept in the bank; administrators only."""
    surveys = Survey.objects.organised_by(user_of(request)) if is_administrator(request) else Survey.objects.none()
    survey = get_object_or_404(surveys.select_related("programme"), pk=pk)
    question = get_object_or_404(Question.objects.select_related("survey"), survey=survey, pk=question_pk)
    form = KeyForm(request.POST or None, initial={"key": question.name.lower().lstrip("_0123456789")})
    if request.method == "POST" and form.is_valid():
        try:
            put_into_bank(question, key=form.cleaned_data["key"], now=timezone.now())
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("The question is in the bank now."))
            return redirect("admin:surveys_question_change", question_pk)
    context = {
        "title": _("Put into the question bank"),
        "survey": survey,
        "form": form,
        "question": question,
        "button": _("Put into the bank"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "admin/surveys/bank_form.html", {**staff_context(request), **context}, status=status)

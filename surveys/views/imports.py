"""Files of responses: taken in, looked at before they count, their columns said, applied, undone. For organisers."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registrations.backoffice import user_of
from registrations.doorbell import ring
from sessions.readers import ReadError
from surveys import actions, imported
from surveys.actions.imports import content_of, mapping_for
from surveys.errors import Refused
from surveys.import_forms import ColumnsForm, UploadForm
from surveys.import_words import (
    file_sentence,
    left_out_sentence,
    platform_name,
    problem_sentence,
)
from surveys.importing.findings import Findings, QuestionCounts
from surveys.importing.mapping import ColumnMapping
from surveys.importing.table import Table, opened
from surveys.models import Question, ResponseImport, Survey
from surveys.tasks import carry_on_response_import
from surveys.views.staff import organised_survey, staff_context

FILES_SHOWN, ROWS_SHOWN, VALUES_SHOWN = 30, 6, 12
LOOKS_AGAIN = 3  # seconds between two looks while a worker is at it


@dataclass(frozen=True, slots=True)
class CountedQuestion:
    """One question of a preview, in words."""

    label: str
    counts: QuestionCounts
    values: tuple[tuple[str, int], ...]
    more: int


def organised_import(request: HttpRequest, pk: int) -> ResponseImport:
    """The file, if the user organises its survey's programme; otherwise there is none."""
    own = ResponseImport.objects.filter(survey__in=Survey.objects.organised_by(user_of(request)))
    related = ("survey__programme", "uploaded_by", "approved_by", "undone_by")
    return get_object_or_404(own.select_related(*related).defer("content"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest, pk: int) -> HttpResponse:
    """The files of a survey; by POST, take a new one in."""
    survey = organised_survey(request, pk)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = actions.upload_responses(
                survey, file_name=file.name, content=file.read(), by=user_of(request), now=timezone.now()
            )
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            ring(carry_on_response_import, batch.pk)
            return redirect("admin:surveys_import", batch.pk)
    files = ResponseImport.objects.of_survey(survey).select_related("uploaded_by")
    page = Paginator(files, FILES_SHOWN).get_page(request.GET.get("page"))
    context = {
        "title": _("Responses from elsewhere"),
        "form": form,
        "page": page,
        "looks_again": LOOKS_AGAIN if any(batch.is_running for batch in page) and not form.is_bound else None,
    }
    return show(request, "imports", survey, status=422 if form.errors else 200, **context)


@require_safe
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a file stands: its progress, what is wrong with it, what it would give, what became of it."""
    batch = organised_import(request, pk)
    context: dict[str, Any] = {"title": batch.file_name, "platform": platform_name(batch.platform)}
    if batch.is_running:
        context["looks_again"] = LOOKS_AGAIN
    elif batch.read_at:
        survey = Survey.objects.with_questions().select_related("programme").get(pk=batch.survey_id)
        context |= findings_context(batch, survey)
    return show(request, "import", batch.survey, batch=batch, **context)


def findings_context(batch: ResponseImport, survey: Survey) -> dict[str, Any]:
    """What was found in a file, in words."""
    found = Findings.from_json(batch.findings)
    more = found.problem_count - len(found.problems)
    return {
        "found": found,
        "refusal": file_sentence(found, heads_of(batch)) if found.refusal else "",
        "problems": [problem_sentence(problem, survey) for problem in found.problems],
        "more_problems": ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more}
        if more > 0
        else "",
        "left_out": [left_out_sentence(reason, count) for reason, count in found.left_out.items() if count],
        "questions": counted(found, survey),
        "is_empty": not found.imported and not found.refusal,
    }


def heads_of(batch: ResponseImport) -> tuple[str, ...]:
    """The heads of a file; none where it cannot be read or was let go."""
    table = table_of(batch)
    return table.heads if table else ()


def table_of(batch: ResponseImport) -> Table | None:
    """The file as a table; None where it cannot be read or was let go."""
    try:
        return opened(content_of(batch)) if batch.content else None
    except ReadError:
        return None


def counted(found: Findings, survey: Survey) -> list[CountedQuestion]:
    """The counts of each question with the labels of its values, in the order of the survey."""
    counts = {each.name: each for each in found.questions}
    return [_counted(question, counts[question.name]) for question in survey.questions.all() if question.name in counts]


def _counted(question: Question, counts: QuestionCounts) -> CountedQuestion:
    """Values in the order in which the question offers them; behind them those that it does not offer."""
    options = question.options
    places = {value: place for place, value in enumerate(options)}
    values = sorted(counts.values.items(), key=lambda item: (places.get(item[0], len(places)), item[0]))
    shown = tuple((options.get(value, value), count) for value, count in values[:VALUES_SHOWN])
    return CountedQuestion(question.text("label"), counts, shown, max(0, len(values) - VALUES_SHOWN))


@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Which column is what: proposed by the heads, said by a person, remembered for the next file of this shape."""
    batch = organised_import(request, pk)
    survey = Survey.objects.with_questions().select_related("programme").get(pk=batch.survey_id)
    table = table_of(batch)
    if table is None or not batch.is_open:
        messages.error(request, _("The columns of this file cannot be chosen: it is being read, or was let go."))
        return redirect("admin:surveys_import", pk)
    mapping = ColumnMapping.from_json(batch.mapping) if batch.mapping else mapping_for(survey, table)
    initial = {"order": mapping.order, "time_zone": mapping.time_zone, "accepts_outside": batch.accepts_outside}
    posted = request.POST if request.method == "POST" else None
    form = ColumnsForm(table.heads, imported.asked_in(survey), mapping, posted, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            actions.say_columns(
                batch,
                mapping=form.cleaned_data["chosen"],
                accepts_outside=form.cleaned_data["accepts_outside"],
                by=user_of(request),
                now=timezone.now(),
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            ring(carry_on_response_import, batch.pk)
        return redirect("admin:surveys_import", pk)
    first = next(table.blocks(), None)
    context = {
        "title": _("Columns of %(file)s") % {"file": batch.file_name},
        "platform": platform_name(batch.platform),
        "form": form,
        "rows": [
            (field, [column[at] for at in range(min(ROWS_SHOWN, len(column)))])
            for field, column in zip(form.columns, first.columns if first else [()] * len(table.heads), strict=True)
        ],
    }
    return show(request, "columns", survey, batch=batch, status=422 if form.errors else 200, **context)


@require_POST
def import_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a file count that was read and looked at."""
    batch = organised_import(request, pk)
    try:
        actions.approve_import(batch, by=user_of(request), now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        ring(carry_on_response_import, batch.pk)
    return redirect("admin:surveys_import", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what undoing means, then take a file back; one that was not applied is put away."""
    batch = organised_import(request, pk)
    if request.method != "POST":
        return show(request, "undo", batch.survey, batch=batch, title=_("Undo %(file)s") % {"file": batch.file_name})
    actions.request_undo(batch, by=user_of(request), now=timezone.now())
    ring(carry_on_response_import, batch.pk)
    return redirect("admin:surveys_import", pk)


def show(request: HttpRequest, name: str, survey: Survey, *, status: int = 200, **context: object) -> HttpResponse:
    """A page of the admin about a survey's files."""
    everything = {**staff_context(request), "survey": survey, **context}
    return render(request, f"admin/surveys/import/{name}.html", everything, status=status)

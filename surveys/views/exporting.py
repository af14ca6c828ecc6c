"""Where organisers take the responses away."""

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registrations.downloads import csv_download
from surveys.exporting import asked_questions, heads, lines
from surveys.views.staff import organised_survey


@require_safe
def responses_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """All responses as CSV, line by line; of an anonymous survey when it is over, so that nobody watches them come."""
    survey = organised_survey(request, pk)
    if survey.is_anonymous and not survey.has_closed(timezone.now()):
        raise Http404(_("The responses of an anonymous survey can be taken away when it is over."))
    questions = asked_questions(survey)
    return csv_download(f"{survey.form_id}-responses", heads(survey, questions), lines(survey, questions))

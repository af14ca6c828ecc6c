"""Where organisers go through a survey as people will, and nothing is stored."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from registrations.backoffice import user_of
from surveys.forms import PageForm
from surveys.models import Survey
from surveys.sitting import Sitting
from surveys.views.asking import BACK, GO, NEXT, SPEAK, Asking, page_sent

KEPT, LANGUAGE = "-kept", "-language"


@csrf_exempt  # it changes nothing
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The survey, page by page. What is answered travels along in the page itself."""
    surveys = Survey.objects.organised_by(user_of(request)).select_related("programme").with_questions()
    survey = get_object_or_404(surveys, pk=pk)
    with translation.override(_language(request.POST)):
        return _page(request, survey)


def _page(request: HttpRequest, survey: Survey) -> HttpResponse:
    data = request.POST
    today = timezone.now().astimezone(survey.programme.zone).date()
    sitting = Sitting(survey, _kept(data), language=translation.get_language() or "en", today=today)
    page = next(iter(sitting.pages), None)
    complains, more, is_over = False, 0, False
    sent = page_sent(sitting, data) if request.method == "POST" else None
    if sent:
        page, go = sent, data.get(GO, NEXT)
        more = len(sitting.take(sent, data))
        if go == BACK:
            page = sitting.page_before(sent) or sent
        elif go == NEXT:
            complains = bool(PageForm(sitting, sent, complains=True).errors)
            following = sent if complains or more else sitting.page_after(sent) or sitting.first_unfinished()
            page, is_over = following or sent, following is None
    form = PageForm(sitting, page, complains=complains) if page else None
    context = {
        "is_preview": True,
        "kept": json.dumps(sitting.kept(), ensure_ascii=False),
        "language": translation.get_language(),
        "words": survey.told("thanks"),
        "more": more,
        **Asking(sitting, form).context(),
    }
    return render(request, "surveys/preview_end.html" if is_over else "surveys/answer.html", context)


def _language(data: QueryDict) -> str:
    """The language chosen last, in which the next page is shown."""
    asked = data.get(GO, "").removeprefix(SPEAK) if data.get(GO, "").startswith(SPEAK) else data.get(LANGUAGE, "")
    return asked if asked in dict(settings.LANGUAGES) else translation.get_language() or "en"


def _kept(data: QueryDict) -> dict[str, object]:
    """The answers of the pages before, as the page sent them; whatever is no such thing counts as none."""
    try:
        kept = json.loads(data.get(KEPT, "") or "{}")
    except (ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}

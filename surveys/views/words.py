"""Where organisers write the words of a survey in its other languages, beside the original."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from registrations.backoffice import user_of
from surveys.models import Survey
from surveys.tongues import Text, keep_versions, rows_of, texts_of
from surveys.views.dashboard import staff_context

TEXTS_PER_PAGE = 60


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """The texts of a survey in one language, a page of them at a time. Words may change also when people have answered."""
    survey = get_object_or_404(Survey.objects.organised_by(user_of(request)).select_related("programme"), pk=pk)
    offered = [code for code, _name in settings.LANGUAGES if code != survey.language]
    language = request.GET.get("language", offered[0])
    if language not in offered:
        raise Http404
    texts = list(texts_of(rows_of(survey), language))
    page = Paginator(texts, TEXTS_PER_PAGE).get_page(request.GET.get("page"))
    problem = too_long(list(page), request)
    if request.method == "POST" and not problem:
        count = keep_versions(list(page), request.POST, language)
        messages.success(request, ngettext("%(count)s text kept.", "%(count)s texts kept.", count) % {"count": count})
        address = reverse("admin:surveys_survey_words", args=[pk])
        return redirect(f"{address}?language={language}&page={page.number}")
    context = {
        "title": _("Words in other languages"),
        "survey": survey,
        "page": page,
        "lines": [(text, request.POST.get(text.key, text.version)) for text in page],
        "problem": problem,
        "language": language,
        "own": get_language_info(survey.language),
        "languages": [(get_language_info(code), code == language) for code in offered],
        "missing": sum(not text.version for text in texts),
        "total": len(texts),
    }
    status = 422 if problem else 200
    return render(request, "admin/surveys/words.html", {**staff_context(request), **context}, status=status)


def too_long(texts: list[Text], request: HttpRequest) -> str:
    """A sentence on the first version that does not fit; "" where all do."""
    for text in texts:
        length = len(request.POST.get(text.key, ""))
        if length > text.longest:
            return _("“%(text)s…” is too long: %(length)s characters, and there is room for %(most)s.") % {
                "text": request.POST[text.key][:40],
                "length": length,
                "most": text.longest,
            }
    return ""

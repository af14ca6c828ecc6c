"""Where participants answer a survey, behind their personal link."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from registrations.access import personal
from registrations.models import Registration
from sessions.sent import whole_number
from surveys.actions import keep, promise_broken, refuse_unless_open, refuse_unless_taking_part, respond
from surveys.entries import told_html
from surveys.errors import Refused
from surveys.forms import PageForm
from surveys.models import AnsweredMark, Draft, Response, Survey
from surveys.pages import Page
from surveys.sitting import Sitting
from surveys.views.asking import BACK, GO, LATER, NEXT, SPEAK, Asking, page_sent

BEGUN, ANONYMOUS = "-begun", "-anonymous"


@dataclass(frozen=True)
class Visit:
    """One request of one person to one survey."""

    request: HttpRequest
    registration: Registration
    survey: Survey
    sitting: Sitting
    draft: Draft | None
    now: dt.datetime

    @property
    def address(self) -> str:
        """Where the survey is answered."""
        return reverse("surveys:answer", args=[self.registration.link_token, self.survey.form_id])

    @property
    def refusal(self) -> str:
        """Why no answers are taken from this person now, or nothing."""
        try:
            refuse_unless_taking_part(self.survey, self.registration)
            refuse_unless_open(self.survey, now=self.now)
        except Refused as reason:
            return str(reason)
        return ""

    @property
    def began_at(self) -> dt.datetime:
        """When the first page was opened, as the page says; a moment outside the survey's time is not believed."""
        sent = whole_number(self.request.POST.get(BEGUN, ""))
        earliest, latest = int(self.survey.opens_at.timestamp()), int(self.now.timestamp())
        return dt.datetime.fromtimestamp(sent, tz=dt.UTC) if earliest <= sent <= latest else self.now

    def keep(self, page: Page) -> bool:
        """Put what was sent of a page into the draft; whether there was still a survey to answer."""
        kept = keep(
            self.survey,
            self.registration,
            self.sitting.kept(page.items),
            language=self.sitting.language,
            started_at=self.began_at,
            now=self.now,
        )
        return kept is not None

    def go_to(self, page: Page, **more: str) -> HttpResponse:
        """Send the browser to a page of the survey, so that loading it again sends nothing again."""
        return redirect(f"{self.address}?{urlencode({'page': page.key, **more})}")

    def shown(self, page: Page, *, complains: bool = False, **more: object) -> HttpResponse:
        """A page of the survey."""
        form = PageForm(self.sitting, page, complains=complains)
        context = {
            "registration": self.registration,
            "draft": self.draft,
            "begun": None if self.draft or self.survey.is_anonymous else int(self.now.timestamp()),
            **Asking(self.sitting, form).context(),
            **more,
        }
        return render(self.request, "surveys/answer.html", context)


# The address is the secret that lets a person in, no cookie does: a stranger's page cannot send anything to it without
# knowing it. Without a token that expires or a cookie that is refused, what somebody typed for an hour still arrives.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def answer(request: HttpRequest, registration: Registration, form_id: str) -> HttpResponse:
    """A page of questions; once all are sent, the person is thanked. Whoever comes too early or too late is told so."""
    survey = survey_of(registration, form_id)
    if AnsweredMark.objects.filter(survey=survey, registration=registration).exists():
        return _thanks(registration, survey)
    now = timezone.now()
    draft = Draft.objects.filter(survey=survey, registration=registration).first()
    today = now.astimezone(survey.programme.zone).date()
    sitting = Sitting(
        survey, draft.answers if draft else {}, language=get_language() or registration.language, today=today
    )
    visit = Visit(request, registration, survey, sitting, draft, now)
    return _taken(visit) if request.method == "POST" else _opened(visit)


@require_safe
@personal
def thanks(request: HttpRequest, registration: Registration, form_id: str) -> HttpResponse:
    """Says that the answers have arrived, and when, unless that was promised to be forgotten."""
    survey = survey_of(registration, form_id)
    if not AnsweredMark.objects.filter(survey=survey, registration=registration).exists():
        return redirect("surveys:answer", registration.link_token, form_id)
    context = {
        "registration": registration,
        "survey": survey,
        "title": told_html(survey.told("title")),
        "words": survey.told("thanks"),
        "response": Response.objects.filter(survey=survey, registration=registration).first(),
    }
    return render(request, "surveys/thanks.html", context)


def survey_of(registration: Registration, form_id: str) -> Survey:
    """A survey of the person's own programme with its questions, or 404."""
    surveys = Survey.objects.for_programme(registration.programme).select_related("programme").with_questions()
    return get_object_or_404(surveys, form_id=form_id)


def _thanks(registration: Registration, survey: Survey) -> HttpResponse:
    return redirect("surveys:thanks", registration.link_token, survey.form_id)


def _opened(visit: Visit) -> HttpResponse:
    """The page asked for, or the first that is not finished; or why there is none."""
    if visit.refusal:
        return _refused(visit, visit.refusal, status=200)
    if "kept" in visit.request.GET:
        context = {"registration": visit.registration, **Asking(visit.sitting).context(), "address": visit.address}
        return render(visit.request, "surveys/kept.html", context)
    asked = visit.sitting.page(visit.request.GET.get("page", ""))
    page = asked or _page_to_open(visit)
    if page is None:
        return render(visit.request, "surveys/answer.html", {"registration": visit.registration, **_nothing(visit)})
    return visit.shown(
        page,
        complains="unfinished" in visit.request.GET,
        is_resumed=visit.draft is not None and asked is None,
        is_unfinished="unfinished" in visit.request.GET,
        more=whole_number(visit.request.GET.get("more", "")),
    )


def _page_to_open(visit: Visit) -> Page | None:
    """The first page for whoever begins, be it one to read only; for whoever comes back, the first not finished."""
    pages = visit.sitting.pages
    if visit.draft is None:
        return next(iter(pages), None)
    return visit.sitting.first_unfinished() or next(reversed(pages), None)


def _nothing(visit: Visit) -> dict[str, object]:
    return {**Asking(visit.sitting).context(), "form": None}


def _taken(visit: Visit) -> HttpResponse:
    """What was sent is kept or recorded, whatever else is to be said about it."""
    data, sitting = visit.request.POST, visit.sitting
    page = page_sent(sitting, data)
    if page is None:
        return redirect(visit.address)
    new = sitting.take(page, data)
    if visit.refusal:
        return _kept_though_refused(visit, page)
    if ANONYMOUS in data and (data[ANONYMOUS] == "1") != visit.survey.is_anonymous:
        return visit.shown(page, refusal=promise_broken()) if visit.keep(page) else _thanks_of(visit)
    go = data.get(GO, NEXT)
    if go == NEXT and not new and sitting.page_after(page) is None and sitting.first_unfinished() is None:
        return _sent_in(visit, page)
    if not visit.keep(page):
        return _thanks_of(visit)
    return _gone_on(visit, page, len(new)) if go == NEXT else _turned(visit, page, go)


def _sent_in(visit: Visit, page: Page) -> HttpResponse:
    try:
        respond(
            visit.survey,
            visit.registration,
            visit.sitting.complete(),
            language=visit.sitting.language,
            now=visit.now,
            started_at=visit.began_at,
        )
    except Refused as reason:
        visit.keep(page)
        return visit.shown(page, refusal=str(reason))
    return _thanks_of(visit)


def _gone_on(visit: Visit, page: Page, new: int) -> HttpResponse:
    """On to the next page, unless this one has errors, or has become longer by what was answered."""
    if PageForm(visit.sitting, page, complains=True).errors:
        return visit.shown(page, complains=True, more=new)
    if new:
        return visit.go_to(page, more=str(new))
    following = visit.sitting.page_after(page)
    if following:
        return visit.go_to(following)
    unfinished = visit.sitting.first_unfinished() or page
    return visit.go_to(unfinished, unfinished="1")


def _turned(visit: Visit, page: Page, go: str) -> HttpResponse:
    """Back, away, or on in another language."""
    if go == LATER:
        return redirect(f"{visit.address}?kept")
    if go == BACK:
        return visit.go_to(visit.sitting.page_before(page) or page)
    here = f"{visit.address}?{urlencode({'page': page.key})}"
    code = go.removeprefix(SPEAK)
    return redirect(f"{reverse('registrations:set_language')}?{urlencode({'code': code, 'next': here})}")


def _kept_though_refused(visit: Visit, page: Page) -> HttpResponse:
    """Too late: nothing is recorded, but should the organisers take answers again, nothing is to be typed again."""
    if visit.registration.is_seated:
        visit.keep(page)
    return _refused(visit, visit.refusal, status=409)


def _refused(visit: Visit, refusal: str, *, status: int) -> HttpResponse:
    """Why nothing is taken, and all that was typed, to copy."""
    pages = [PageForm(visit.sitting, page) for page in visit.sitting.pages]
    written = [entry for form in pages for entry in form.entries if entry.said]
    context = {
        "registration": visit.registration,
        "refusal": refusal,
        "written": written,
        "is_sent": visit.request.method == "POST",
        **Asking(visit.sitting).context(),
    }
    return render(visit.request, "surveys/refused.html", context, status=status)


def _thanks_of(visit: Visit) -> HttpResponse:
    return _thanks(visit.registration, visit.survey)

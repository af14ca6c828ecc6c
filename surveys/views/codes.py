"""Coding what people wrote: the codebook, a page of texts with the coder's ticks, and how far coders agree."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import add

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from registrations.backoffice import user_of
from registrations.models import User
from surveys.actions.coding import add_code, code_text, reinstate_code, withdraw_code
from surveys.codebooks import Codebook, codebook
from surveys.coding import NO_DECISIONS, agreed, agreement, is_disputed, pairs_of
from surveys.coding_forms import NONE_FITS, CodeForm, decisions_of
from surveys.columns import MOST_UNSEALED
from surveys.errors import Refused
from surveys.models import Question, Response
from surveys.models.coding import Code
from surveys.reading_texts import Search, found, searched_words, texts_of
from surveys.results import SurveyReading
from surveys.views.staff import organised_survey, query_of, response_filter, staff_context
from surveys.wording import figure_text, number_text, share_text

TEXTS_PER_PAGE = 10


@dataclass(frozen=True, slots=True)
class CodedBy:
    """What another coder gave to a text."""

    coder: str
    codes: str


@dataclass(frozen=True, slots=True)
class TextToCode:
    """One text with the coder's own decision and those of others."""

    pk: int
    text: str
    own: frozenset[str]
    is_gone_through: bool
    is_disputed: bool
    counts_as: tuple[str, ...]
    others: tuple[CodedBy, ...]

    @property
    def has_none(self) -> bool:
        """Whether this coder found that no code fits."""
        return self.is_gone_through and not self.own


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """How far two coders agree on a code, or on all of them."""

    coders: str
    code: str
    n: str
    share: str
    kappa: str


@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The texts of a selection to be coded; POST keeps the ticks of one page. Organisers only."""
    survey = organised_survey(request, pk)
    question = get_object_or_404(
        Question.objects.select_related("survey"), survey=survey, name=name, kind=Question.Kind.TEXT
    )
    user = user_of(request)
    if request.method == "POST":
        return _kept(request, question, user)
    reading = SurveyReading.of(survey, most_unsealed=MOST_UNSEALED)
    chosen = response_filter(request, reading, sees_people=True)
    book = codebook(question)
    search = Search(searched_words(request), request.GET.get("code", ""))
    everything = reading.valid_keys(chosen.where, answering=name)
    page = Paginator(found(question, everything, search, book, coder=user.pk), TEXTS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "title": _("Coding"),
        "survey": survey,
        "question": question,
        "selection": chosen.text,
        "search": search,
        "page": page,
        "none_fits": NONE_FITS,
        "texts": _texts(question, page, book, user),
        "codes": _counted(book, everything),
        "searchable": book.codes,
        "withdrawn": Code.objects.filter(question=question, withdrawn_at__isnull=False),
        "form": CodeForm(),
        "coded": number_text(book.coded(everything)),
        "total": number_text(len(everything)),
        "disputed": book.disputed(everything),
        "agreement": _agreement(book, everything),
        "filter_query": query_of(request, without="page"),
    }
    return render(request, "admin/surveys/codes.html", {**staff_context(request), **context})


@require_POST
def codebook_change(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Add a code, take one out of use, or bring it back."""
    survey = organised_survey(request, pk)
    question = get_object_or_404(Question, survey=survey, name=name, kind=Question.Kind.TEXT)
    now = timezone.now()
    if "withdraw" in request.POST:
        withdraw_code(_code(question, request.POST["withdraw"]), now=now)
        messages.success(request, _("The code is out of use. Texts keep it in the books; it is counted no more."))
    elif "reinstate" in request.POST:
        reinstate_code(_code(question, request.POST["reinstate"]))
        messages.success(request, _("The code is in use again, with all texts that have it."))
    else:
        _add(request, question)
    return redirect("admin:surveys_survey_codes", pk, name)


def _add(request: HttpRequest, question: Question) -> None:
    form = CodeForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
        code = add_code(question, **form.cleaned_data, by=user_of(request), now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("“%(label)s” is in the codebook.") % {"label": code.label})


def _code(question: Question, name: str) -> Code:
    return get_object_or_404(Code, question=question, name=name.replace("\0", "")[:40])


def _kept(request: HttpRequest, question: Question, user: User) -> HttpResponse:
    """Keep what was decided on the page's texts, all or nothing, and show the same page again."""
    decisions = decisions_of(request.POST)
    responses = Response.objects.filter(survey=question.survey_id, pk__in=list(decisions))
    try:
        with transaction.atomic():
            for response in responses.order_by("pk"):
                code_text(response, question, decisions[response.pk], by=user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        n = len(decisions)
        kept = ngettext("Your codes of %(n)s text are kept.", "Your codes of %(n)s texts are kept.", n)
        messages.success(request, kept % {"n": number_text(n)})
    address = reverse("admin:surveys_survey_codes", args=[question.survey_id, question.name])
    return redirect(f"{address}?{request.GET.urlencode()}#texts")


def _texts(question: Question, page: Page, book: Codebook, user: User) -> list[TextToCode]:
    labels = _labels(book)
    texts = texts_of(question, list(page.object_list))
    coders = _names({coder for key in texts for coder in book.texts.get(key, {})} - {user.pk})
    return [_text(key, text, book, user.pk, labels, coders) for key, text in texts.items()]


def _text(
    key: int, text: str, book: Codebook, coder: int, labels: dict[str, str], coders: dict[int, str]
) -> TextToCode:
    given = book.texts.get(key, {})
    return TextToCode(
        pk=key,
        text=text,
        own=frozenset(given.get(coder, ())),
        is_gone_through=coder in given,
        is_disputed=is_disputed(given),
        counts_as=tuple(labels[name] for name in book.names if name in agreed(given)),
        others=tuple(
            CodedBy(coders.get(other, ""), ", ".join(labels[name] for name in book.names if name in codes_given))
            for other, codes_given in sorted(given.items())
            if other != coder
        ),
    )


def _labels(book: Codebook) -> dict[str, str]:
    return {code.name: code.text("label") for code in book.codes}


def _names(coders: set[int]) -> dict[int, str]:
    """What coders are called; a number where somebody has no name, never an address."""
    users = User.objects.filter(pk__in=coders)
    return {user.pk: user.get_full_name() or _("Coder %(number)s") % {"number": user.pk} for user in users}


def _counted(book: Codebook, keys: Iterable[int]) -> list[tuple[Code, str]]:
    votes = [agreed(given) for given in book.of(list(keys))]
    return [(code, number_text(sum(code.name in codes for codes in votes))) for code in book.codes]


def _agreement(book: Codebook, keys: Iterable[int]) -> list[AgreementRow]:
    """For each pair of coders: all codes together, then each code."""
    texts = book.of(list(keys))
    pairs = pairs_of(texts)
    coders, labels = _names({coder for pair in pairs for coder in pair}), _labels(book)
    rows = []
    for first, second in pairs:
        by_code = {name: agreement(texts, name, first, second) for name in book.names}
        pair = _("%(first)s and %(second)s") % {"first": coders.get(first, ""), "second": coders.get(second, "")}
        everything = reduce(add, by_code.values(), NO_DECISIONS)
        told = [(_("all codes"), everything), *((labels[name], one) for name, one in by_code.items())]
        rows += [
            AgreementRow(pair, label, number_text(one.n), share_text(one.share), figure_text(one.kappa))
            for label, one in told
        ]
    return rows

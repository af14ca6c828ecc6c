"""Where staff check the figures of a printed report. Nothing of it is stored."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from registrations.backoffice import user_of
from registrations.models import Programme
from surveys.comparing_figures import MOST_SURVEYS, verdicts_for
from surveys.figures_file import LONGEST, FiguresFile, read_figures
from surveys.printed_figures import Verdict
from surveys.verdict_words import KINDS, OUTCOMES, problem_text, verdict_text

BYTES_PER_CHARACTER = 4

EXAMPLE = """\
- {id: respondents, kind: count, printed: "1,500"}
- {id: increased, kind: share, printed: "91 percent", base: respondents, count: 1352}
- {id: rating_overall, kind: mean, printed: "4.43", base: 447, scale: 1-5}
- {id: women, kind: share, printed: "51%", base: respondents, group: gender}
- {id: men, kind: share, printed: "47%", base: respondents, group: gender}
- {id: all_webinars, kind: sum, printed: "15", parts: [spring, autumn]}
- {id: spring, kind: count, printed: "7"}
- {id: autumn, kind: count, printed: "8"}
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A verdict as it is printed."""

    figure_id: str
    line: int
    kind: str
    printed: str
    outcome: str
    outcome_text: str
    text: str


class FiguresForm(forms.Form):
    """Figures as a text, typed, pasted or in a file; a file goes before what is typed."""

    text = forms.CharField(
        label=gettext_lazy("Figures"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 14, "spellcheck": "false", "dir": "ltr", "autocapitalize": "off", "autocomplete": "off"}
        ),
        help_text=gettext_lazy("YAML or CSV, as described below."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.csv,.txt"}),
        help_text=gettext_lazy("A text in UTF-8. It is read instead of what is typed."),
    )

    def clean_file(self) -> str:
        """The text of the file."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is None:
            return ""
        if (file.size or 0) > LONGEST * BYTES_PER_CHARACTER:
            raise ValidationError(_("This file is too large for a list of figures."))
        try:
            return bytes(file.read()).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ValidationError(_("This file is no text in UTF-8. Save it as UTF-8 and upload it again.")) from None

    def clean(self) -> dict[str, Any]:
        """What is to be read, in `source`."""
        data = super().clean() or {}
        data["source"] = data.get("file") or data.get("text") or ""
        if not self.errors and not data["source"].strip():
            raise ValidationError(_("Paste figures or choose a file."))
        return data


@require_http_methods(["GET", "HEAD", "POST"])
def printed_figures(request: HttpRequest) -> HttpResponse:
    """A form, and the verdicts on what was sent; what was typed stays in the form."""
    user = user_of(request)
    if not (user.is_administrator or Programme.objects.analysed_by(user).exists()):
        raise PermissionDenied
    form = FiguresForm(request.POST, request.FILES) if request.method == "POST" else FiguresForm()
    context = {"title": _("Check printed figures"), "form": form, "example": EXAMPLE, "most_surveys": MOST_SURVEYS}
    if form.is_bound and form.is_valid():
        source = form.cleaned_data["source"]
        file = read_figures(source)
        form = FiguresForm(initial={"text": source[:LONGEST]})
        context |= {"form": form, **_checked(file, verdicts_for(file, by=user))}
    admin_context = {**admin.site.each_context(request), "is_nav_sidebar_enabled": False, "is_popup": False}
    return render(request, "admin/surveys/printed_figures.html", admin_context | context)


def _checked(file: FiguresFile, verdicts: list[Verdict]) -> dict[str, object]:
    """The verdicts, the most urgent first, with how many there are of each; and what could not be read."""
    counts = Counter(verdict.outcome for verdict in verdicts)
    order = list(OUTCOMES)
    verdicts.sort(key=lambda verdict: order.index(verdict.outcome))
    return {
        "is_checked": True,
        "rows": list(map(_row, verdicts)),
        "totals": [(outcome, label, counts[outcome]) for outcome, label in OUTCOMES.items() if counts[outcome]],
        "problems": _problems(file),
    }


def _problems(file: FiguresFile) -> Iterable[str]:
    return [problem_text(problem) for problem in file.problems]


def _row(verdict: Verdict) -> Row:
    return Row(
        figure_id=verdict.figure.id,
        line=verdict.figure.line,
        kind=str(KINDS[verdict.figure.kind]),
        printed=verdict.figure.printed,
        outcome=verdict.outcome,
        outcome_text=str(OUTCOMES[verdict.outcome]),
        text=verdict_text(verdict),
    )

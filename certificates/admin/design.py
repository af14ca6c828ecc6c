"""A programme's own design: put together in a form that shows, as often as asked, what would be printed."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.actions.designs import adopt_design, keep_picture
from certificates.admin.page import page
from certificates.design_forms import DesignForm, initial_of
from certificates.designs import PLACEHOLDERS
from certificates.errors import Refused
from certificates.models import Certificate, CertificateDesign
from certificates.rendering import CannotRender, Sheet, draw, render
from certificates.specimens import LONG_NAME, SAMPLES, for_another, specimen, specimen_sheet
from registrations.backoffice import ScopedAdmin, organised_programme, user_of
from registrations.errors import Refused as RefusedName
from registrations.models import Programme
from registrations.names import tidy_name

LARGE, SMALL = 96, 34  # pixels per inch of the previews


class SampleForm(forms.Form):
    """Whose specimen is shown."""

    sample_language = forms.ChoiceField(label=gettext_lazy("Language of the specimen"), choices=settings.LANGUAGES)
    sample_name = forms.CharField(
        label=gettext_lazy("A name to try"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField", "dir": "auto"}),
    )

    def clean_sample_name(self) -> str:
        """As people’s names are taken."""
        try:
            return tidy_name(str(self.cleaned_data["sample_name"]))
        except RefusedName as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


@dataclass(frozen=True, slots=True)
class Preview:
    """One specimen as a picture in the page itself, or the sentence that says why there is none."""

    title: str
    picture: str = ""
    problem: str = ""


@admin.register(CertificateDesign)
class CertificateDesignAdmin(ScopedAdmin[CertificateDesign]):
    """Every version of every programme; a new one is made on a page of its own."""

    can_add = False
    can_change = False
    list_display = ["programme", "version", "is_default", "paper", "created_at", "created_by"]
    list_select_related = ["programme", "created_by"]
    fields = ("programme", "version", "is_default", "paper", "main_colour", "second_colour", "created_at", "created_by")
    readonly_fields = fields

    def get_urls(self) -> list[URLPattern]:
        """Beside the admin's own: the page of a programme's design."""
        wrap = self.admin_site.admin_view
        return [path("programme/<int:pk>/", wrap(self.design_view), name="certificates_design"), *super().get_urls()]

    def design_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form with a specimen; by POST, another specimen, its PDF, or the design put in force."""
        programme = organised_programme(request, pk)
        current = CertificateDesign.objects.in_force(programme)
        is_overtaken = _is_overtaken(request, current)
        if request.method == "POST" and "default" in request.POST and not is_overtaken:
            return _back_to_default(request, programme)
        form, sample = _forms(request, programme, current)
        is_good = form.is_valid() and sample.is_valid() if request.method == "POST" else False
        if is_overtaken:
            form.add_error(None, _("Somebody else changes this design now. Try again."))
        elif is_good and "adopt" in request.POST and _adopt(request, form):
            return _to(programme)
        if is_good and "pdf" in request.POST:
            return _pdf(request, form.design(), sample)
        shown = form.design() if is_good else None if request.method == "POST" else (current or _usual(programme))
        return page(
            request,
            self.admin_site,
            "design",
            _("Design of the certificate"),
            programme=programme,
            current=current,
            over=_version(current) if is_overtaken else request.POST.get("over", _version(current)),
            form=form,
            sample=sample,
            placeholders=[f"{{{name}}}" for name in PLACEHOLDERS],
            previews=_previews(shown, sample) if shown else (),
            versions=CertificateDesign.objects.filter(programme=programme).select_related("created_by"),
        )


def _version(design: CertificateDesign | None) -> str:
    return str(design.version if design else 0)


def _is_overtaken(request: HttpRequest, current: CertificateDesign | None) -> bool:
    """Whether what is to be put in force would replace a design that this form was not opened over; asked once."""
    opened_over = request.POST.get("over", _version(current))
    return bool({"adopt", "default"} & request.POST.keys()) and opened_over != _version(current)


def _to(programme: Programme) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:certificates_design", args=[programme.pk]))


def _usual(programme: Programme) -> CertificateDesign | None:
    return CertificateDesign(programme=programme)


def _forms(
    request: HttpRequest, programme: Programme, current: CertificateDesign | None
) -> tuple[DesignForm, SampleForm]:
    start = {"sample_language": programme_language(request)}
    if request.method != "POST":
        return DesignForm(programme, initial=initial_of(current)), SampleForm(initial=start)
    data, refused = _with_uploads(request, programme)
    return DesignForm(programme, data, refused=refused), SampleForm(request.POST)


def programme_language(request: HttpRequest) -> str:
    """The language in which the reader works, where certificates speak it."""
    language = translation.get_language() or "en"
    return language if language in SAMPLES else "en"


def _with_uploads(request: HttpRequest, programme: Programme) -> tuple[QueryDict, dict[str, str]]:
    """What was sent, with each new picture kept and named by its id; and why others were refused, by field."""
    data, refused = request.POST.copy(), {}
    for name in request.FILES:
        upload = cast(UploadedFile, request.FILES[name])
        try:
            # One byte over the limit is enough to see that it is too large.
            kept = keep_picture(programme, upload.read(2 * 1024 * 1024 + 1), now=timezone.now())
        except Refused as refusal:
            refused[name] = str(refusal)
        else:
            data[f"{name}_kept"] = str(kept.pk)
            data.pop(f"{name}_removed", None)
    fields = DesignForm(programme).fields
    return data, {name: sentence for name, sentence in refused.items() if name in fields}


def _adopt(request: HttpRequest, form: DesignForm) -> bool:
    try:
        made = adopt_design(form.design(), by=user_of(request), now=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(
        request,
        _("Version %(version)s is in force. Certificates that were issued before keep theirs.")
        % {"version": made.version},
    )
    return True


def _back_to_default(request: HttpRequest, programme: Programme) -> HttpResponse:
    design = CertificateDesign(programme=programme, is_default=True)
    adopt_design(design, by=user_of(request), now=timezone.now())
    messages.success(request, _("New certificates have the default design again."))
    return _to(programme)


def _sample(sample: SampleForm) -> tuple[str, str]:
    """The language and the name to show."""
    given: Mapping[str, Any] = sample.cleaned_data if sample.is_bound and sample.is_valid() else sample.initial
    language = str(given.get("sample_language") or "en")
    return language, str(given.get("sample_name") or SAMPLES[language])


def _specimen(design: CertificateDesign, language: str, name: str) -> Certificate:
    return specimen(design.programme, name=name, language=language, design=design, now=timezone.now())


def _sheet(made: Certificate) -> Sheet:
    with translation.override(made.language):
        return specimen_sheet(made)


def _previews(design: CertificateDesign, sample: SampleForm) -> list[Preview]:
    """The specimen asked for, large; then the other languages and a long name, small."""
    labels = dict(settings.LANGUAGES)
    language, name = _sample(sample)
    others = [(labels[code], code, SAMPLES[code], SMALL) for code in SAMPLES if code != language]
    asked = [(labels[language], language, name, LARGE), *others, (_("A long name"), language, LONG_NAME, SMALL)]
    made = _specimen(design, language, name)
    programme = design.programme
    alike = [(title, for_another(made, programme, name=name, language=code), size) for title, code, name, size in asked]
    return [_preview(str(title), _sheet(each), size) for title, each, size in alike]


def _preview(title: str, sheet: Sheet, size: int) -> Preview:
    try:
        if size == LARGE:  # a PDF is refused where a letter is in no font; a picture is not
            render(sheet, issued_at=timezone.now())
        picture = draw(sheet, pixels_per_inch=size)
    except CannotRender as error:
        return Preview(title, problem=_("This cannot be printed: %(reason)s.") % {"reason": error})
    return Preview(title, picture="data:image/png;base64," + base64.b64encode(picture).decode())


def _pdf(request: HttpRequest, design: CertificateDesign, sample: SampleForm) -> HttpResponse:
    try:
        content = render(_sheet(_specimen(design, *_sample(sample))), issued_at=timezone.now())
    except CannotRender as error:
        messages.error(request, _("This cannot be printed: %(reason)s.") % {"reason": error})
        return _to(design.programme)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="specimen.pdf"'
    return response

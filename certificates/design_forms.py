"""The form in which a programme's certificate is designed: fields for paper, colours, pictures and words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.designs import (
    DEFAULT_MAIN,
    DEFAULT_SECOND,
    LINE_CONTRAST,
    MOST_SIGNATORIES,
    PLACEHOLDERS,
    TEXT_CONTRAST,
    TEXTS,
    contrast_with_white,
    has_stray_brace,
    is_colour,
    unknown_placeholders,
)
from certificates.models import CertificateDesign, DesignPicture
from certificates.pictures import as_address
from registrations.errors import Refused
from registrations.models import Programme
from registrations.names import tidy_line

LONGEST = {"heading": 80, "before_name": 160, "after_name": 160, "details": 400}
DETAILS_LINES = 3
ACCEPTED = {"accept": "image/png,image/jpeg"}
TEXT_LABELS = {
    "heading": gettext_lazy("Heading"),
    "before_name": gettext_lazy("Words before the name"),
    "after_name": gettext_lazy("Words after the name"),
    "details": gettext_lazy("Below the dates"),
}


class Words(forms.CharField):
    """Words of a certificate, with placeholders out of the fixed list."""

    def __init__(self, *, lines: int, **options: Any) -> None:
        self.lines = lines
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        """Tidy lines; a sentence where a placeholder is unknown or a brace stands alone."""
        text = str(super().clean(value) or "")
        try:
            lines = [line for line in (tidy_line(each) for each in text.splitlines()) if line]
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        if len(lines) > self.lines:
            raise forms.ValidationError(_("Write at most %(number)d lines.") % {"number": self.lines})
        for line in lines:
            _refuse_wrong_placeholders(line)
        return "\n".join(lines)


def _refuse_wrong_placeholders(line: str) -> None:
    unknown = unknown_placeholders(line)
    if unknown:
        named = ", ".join(f"{{{name}}}" for name in unknown)
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        text = _("Unknown: %(named)s. These can be used: %(known)s.")
        raise forms.ValidationError(text % {"named": named, "known": known})
    if has_stray_brace(line):
        raise forms.ValidationError(_("A brace { or } stands alone. Write a placeholder as {name}."))


class Colour(forms.CharField):
    """A colour as #rrggbb that can be seen on white paper."""

    def __init__(self, *, contrast: float, **options: Any) -> None:
        self.contrast = contrast
        super().__init__(widget=forms.TextInput(attrs={"type": "color"}), max_length=7, **options)

    def clean(self, value: Any) -> str:
        """The colour in lower case; a sentence where it is too pale."""
        colour = str(super().clean(value)).lower()
        if not is_colour(colour):
            raise forms.ValidationError(_("Write a colour as # and six digits or letters from a to f."))
        found = contrast_with_white(colour)
        if found < self.contrast:
            text = _(
                "Too pale on white paper: its contrast is %(found).1f to 1, and %(needed).1f is needed. Take a darker one."
            )
            raise forms.ValidationError(text % {"found": found, "needed": self.contrast})
        return colour


def _line(label: str, longest: int = 120) -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "vTextField", "dir": "auto"})
    return forms.CharField(label=label, max_length=longest, required=False, widget=widget)


def _file(label: str) -> forms.FileField:
    return forms.FileField(label=label, required=False, widget=forms.FileInput(attrs=ACCEPTED))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a picture is chosen: the fields, and the picture kept already as an address, "" where there is none."""

    file: BoundField
    kept: BoundField
    removed: BoundField
    shown: str


class DesignForm(forms.Form):
    """What is typed, as a design that is in no database yet.

    Pictures come in as the ids of rows that are kept already (`<field>_kept`), so that they outlive a preview.
    """

    paper = forms.ChoiceField(label=gettext_lazy("Paper, landscape"), choices=CertificateDesign.Paper.choices)
    main_colour = Colour(label=gettext_lazy("Colour of heading and programme"), contrast=TEXT_CONTRAST)
    second_colour = Colour(label=gettext_lazy("Colour of the thin lines"), contrast=LINE_CONTRAST)

    def __init__(
        self,
        programme: Programme,
        data: QueryDict | None = None,
        *,
        refused: Mapping[str, str] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.programme, self.refused = programme, dict(refused or {})
        self.fields["logo_text"] = _line(_("What the logo shows, for those who cannot see it"), 200)
        self._add_picture("logo", _("Logo: PNG or JPEG"))
        for number in self._numbers():
            self.fields[f"signatory_{number}_name"] = _line(_("Name"))
            self.fields[f"signatory_{number}_title"] = _line(_("Position"), 200)
            self._add_picture(f"signatory_{number}", _("Signature: PNG or JPEG"))
        for language, _label in settings.LANGUAGES:
            for text in TEXTS:
                self.fields[f"{text}_{language}"] = _words(text, language)

    def _add_picture(self, name: str, label: str) -> None:
        self.fields[name] = _file(label)
        self.fields[f"{name}_kept"] = forms.ModelChoiceField(
            DesignPicture.objects.filter(programme=self.programme), required=False, widget=forms.HiddenInput()
        )
        self.fields[f"{name}_removed"] = forms.BooleanField(label=_("Take this picture away"), required=False)

    @staticmethod
    def _numbers() -> range:
        return range(1, MOST_SIGNATORIES + 1)

    def clean(self) -> dict[str, Any]:
        """Refused pictures beside their field; a signature needs a name."""
        cleaned = super().clean() or self.cleaned_data
        for name, sentence in self.refused.items():
            self.add_error(name, sentence)
        for number in self._numbers():
            base = f"signatory_{number}"
            needs_name = self._picture(base) is not None or cleaned.get(f"{base}_title")
            if needs_name and not cleaned.get(f"{base}_name") and not self.errors.get(f"{base}_name"):
                self.add_error(f"{base}_name", _("Say who signs."))
        return cleaned

    def design(self) -> CertificateDesign:
        """The design, not saved. Only after `is_valid`."""
        cleaned = self.cleaned_data
        wording = {
            language: {text: cleaned[f"{text}_{language}"] for text in TEXTS if cleaned[f"{text}_{language}"]}
            for language, _label in settings.LANGUAGES
        }
        return CertificateDesign(
            programme=self.programme,
            paper=cleaned["paper"],
            main_colour=cleaned["main_colour"],
            second_colour=cleaned["second_colour"],
            logo=self._picture("logo"),
            logo_text=cleaned["logo_text"],
            signatories=[self._signatory(number) for number in self._numbers() if cleaned[f"signatory_{number}_name"]],
            wording={language: texts for language, texts in wording.items() if texts},
        )

    def _signatory(self, number: int) -> dict[str, Any]:
        base, picture = f"signatory_{number}", self._picture(f"signatory_{number}")
        return {
            "name": " ".join(self.cleaned_data[f"{base}_name"].split()),
            "title": " ".join(self.cleaned_data[f"{base}_title"].split()),
            "picture": picture.pk if picture else None,
        }

    def _picture(self, name: str) -> DesignPicture | None:
        if self.cleaned_data.get(f"{name}_removed"):
            return None
        kept: DesignPicture | None = self.cleaned_data.get(f"{name}_kept")
        return kept

    # For the template -------------------------------------------------------------------------------------------

    def signatories(self) -> Iterator[tuple[int, list[BoundField], "Place"]]:
        """Each place for a signatory: its number, name and position, and its picture."""
        for number in self._numbers():
            base = f"signatory_{number}"
            yield number, [self[f"{base}_name"], self[f"{base}_title"]], self._place(base)

    def logo_place(self) -> "Place":
        """The logo’s picture."""
        return self._place("logo")

    def _place(self, name: str) -> "Place":
        kept = self[f"{name}_kept"]
        return Place(self[name], kept, self[f"{name}_removed"], self._addresses.get(str(kept.value() or ""), ""))

    @cached_property
    def _addresses(self) -> dict[str, str]:
        """The pictures that the form holds, by id, each as an address that carries the picture itself."""
        values = [str(self[name].value() or "") for name in self.fields if name.endswith("_kept")]
        keys = {int(value) for value in values if value.isdecimal() and len(value) < 19}
        rows = DesignPicture.objects.filter(programme=self.programme).in_bulk(keys)
        return {str(key): as_address(bytes(row.content)) for key, row in rows.items()}

    def languages(self) -> Iterator[tuple[str, str, list[BoundField], bool]]:
        """Each language: its code, its own name, its texts, and whether its part of the form is open."""
        for language, label in settings.LANGUAGES:
            fields = [self[f"{text}_{language}"] for text in TEXTS]
            yield language, str(label), fields, any(field.value() or field.errors for field in fields)


def _words(text: str, language: str) -> Words:
    attributes = {"lang": language, "dir": "auto", "class": "vTextField"}
    is_tall = text == "details"
    widget = (
        forms.Textarea(attrs={**attributes, "rows": DETAILS_LINES}) if is_tall else forms.TextInput(attrs=attributes)
    )
    return Words(
        label=TEXT_LABELS[text],
        max_length=LONGEST[text],
        required=False,
        widget=widget,
        lines=DETAILS_LINES if is_tall else 1,
    )


def initial_of(design: CertificateDesign | None) -> dict[str, Any]:
    """What the form holds at first: the design in force, or the one that every programme has."""
    if design is None:
        return {"paper": "a4", "main_colour": DEFAULT_MAIN, "second_colour": DEFAULT_SECOND}
    initial: dict[str, Any] = {
        "paper": design.paper,
        "main_colour": design.main_colour,
        "second_colour": design.second_colour,
        "logo_kept": design.logo_id,
        "logo_text": design.logo_text,
    }
    for number, person in enumerate(design.signatories, start=1):
        initial[f"signatory_{number}_name"] = person["name"]
        initial[f"signatory_{number}_title"] = person["title"]
        initial[f"signatory_{number}_kept"] = person["picture"]
    for language, texts in design.wording.items():
        initial |= {f"{text}_{language}": words for text, words in texts.items()}
    return initial

"""What people send us, turned into values of the domain."""

import functools
from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Fieldset, Layout, Row, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations import drafts
from registrations.addresses import tidy_address
from registrations.choices import CountryField, CountrySelect, country_choices, language_choices
from registrations.details import RegistrationDetails, printed_name
from registrations.errors import Refused
from registrations.models import PrivacyText, Registration, Topic
from registrations.names import tidy_line, tidy_name

WHERE_YOU_WORK = (Row("country", "city"), "organisation", "position", Row("sector", "sector_other"))


class LineField(forms.CharField):
    """One tidy line of text."""

    tidy = staticmethod(tidy_line)

    def __init__(self, field: str, **options: Any) -> None:
        """`field`: the field of a registration whose limit applies."""
        self.longest = getattr(Registration._meta.get_field(field), "max_length", None)
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        """The line, or a sentence that says why not. The browser does not cut it: what was typed stays."""
        try:
            line = self.tidy(super().clean(value) or "")
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None
        if self.longest is not None and len(line) > self.longest:
            raise forms.ValidationError(
                _("This is too long: at most %(limit)s characters fit, and there are %(length)s.")
                % {"limit": self.longest, "length": len(line)}
            )
        return line


class NameField(LineField):
    """A person's name, in whatever script."""

    tidy = staticmethod(tidy_name)


class AddressField(forms.CharField):
    """An e-mail address in its one spelling."""

    def clean(self, value: Any) -> str:
        """The address in lower case."""
        typed = super().clean(value)
        try:
            return tidy_address(typed)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None


def text_input(autocomplete: str, **attrs: str) -> forms.TextInput:
    """An input for words in any script, which the browser may fill in by itself."""
    return forms.TextInput({"autocomplete": autocomplete, "dir": "auto", **attrs})


def address_field() -> AddressField:
    """An e-mail field with the right keyboard."""
    attrs = {"autocomplete": "email", "inputmode": "email", "spellcheck": "false", "dir": "ltr"}
    return AddressField(
        label=gettext_lazy("E-mail"), max_length=254, widget=forms.EmailInput({**attrs, "autocapitalize": "off"})
    )


class PersonForm(forms.Form):
    """What a person says about themselves, the address aside."""

    given_name = NameField(
        "given_name", label=gettext_lazy("Given name"), required=False, widget=text_input("given-name")
    )
    family_name = NameField(
        "family_name", label=gettext_lazy("Family name"), required=False, widget=text_input("family-name")
    )
    printed_name = NameField(
        "printed_name",
        label=gettext_lazy("Name on your certificate"),
        required=False,
        widget=text_input("name"),
        help_text=gettext_lazy(
            "As it shall be printed. Left empty, it is your given name followed by your family name."
        ),
    )
    gender = forms.ChoiceField(
        label=gettext_lazy("Gender"), choices=Registration.Gender.choices, widget=forms.RadioSelect
    )
    country = CountryField(
        label=gettext_lazy("Country or territory"),
        choices=country_choices,
        widget=CountrySelect({"autocomplete": "country"}),
    )
    city = LineField("city", label=gettext_lazy("City"), required=False, widget=text_input("address-level2"))
    organisation = LineField(
        "organisation", label=gettext_lazy("Organisation"), required=False, widget=text_input("organization")
    )
    position = LineField(
        "position", label=gettext_lazy("Position"), required=False, widget=text_input("organization-title")
    )
    sector = forms.ChoiceField(
        label=gettext_lazy("Sector"), choices=[("", gettext_lazy("Choose")), *Registration.Sector.choices]
    )
    sector_other = LineField(
        "sector_other",
        label=gettext_lazy("If other, which sector?"),
        required=False,
        widget=text_input("off"),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language in which we write to you"),
        choices=language_choices,
        widget=forms.Select({"autocomplete": "language"}),
    )

    def clean(self) -> dict[str, Any]:
        """A name there must be, and the name of an other sector."""
        values = super().clean() or self.cleaned_data
        names = [values.get("given_name"), values.get("family_name")]
        if not any(names) and not {"given_name", "family_name"} & self.errors.keys():
            self.add_error("given_name", _("Give at least one of given name and family name."))
        if values.get("sector") == Registration.Sector.OTHER and not values.get("sector_other"):
            self.add_error("sector_other", _("Say which sector it is."))
        if not values.get("printed_name") and len(printed_name(*(name or "" for name in names))) > 200:
            self.add_error("printed_name", _("Your names together are too long to print. Write a shorter form here."))
        return values

    def details(self, email: str) -> RegistrationDetails:
        """The values of a valid form, with the address they belong to."""
        own = {name: self.cleaned_data[name] for name in PersonForm.base_fields}
        return RegistrationDetails(email=email, **own)


class RegistrationForm(PersonForm):
    """Everything at once, for someone who registers."""

    email = address_field()
    consent = forms.BooleanField(
        label=gettext_lazy("I agree to my data being used as the privacy text says"),
        error_messages={"required": gettext_lazy("Without your agreement we cannot register you.")},
    )
    privacy_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, privacy_text: PrivacyText, **options: Any) -> None:
        """`privacy_text`: the version to agree to. A form that was read with another version has to be agreed anew."""
        self.privacy_text = privacy_text
        self.is_outdated = data is not None and data.get("privacy_version") != str(privacy_text.version)
        if data is not None and self.is_outdated:
            data = {
                **{name: data.get(name) for name in data},
                "privacy_version": str(privacy_text.version),
                "consent": "",
            }
        super().__init__(data, **options)
        self.initial["privacy_version"] = privacy_text.version
        link = reverse("registrations:privacy", args=[privacy_text.version])
        self.fields["consent"].help_text = format_html(
            '<a href="{}" target="_blank">{}</a>', link, _("Read the privacy text (opens in a new tab)")
        )
        self.helper = helper(
            Fieldset(_("About you"), *about_you()),
            Fieldset(_("Where you work"), *WHERE_YOU_WORK),
            Fieldset(_("How we write to you"), "email", "language"),
            Fieldset(_("Privacy"), "privacy_version", "consent"),
            submit=_("Register"),
        )
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.fields["email"].help_text = _("We send a link there to confirm your registration.")

    def clean(self) -> dict[str, Any]:
        """With a word about a privacy text that changed meanwhile."""
        values = super().clean()
        if self.is_outdated:
            self.errors.pop("consent", None)
            self.add_error("consent", _("The privacy text has changed. Please read it and agree again."))
        return values


@functools.lru_cache(maxsize=32)
def blank_registration_form(language: str, privacy_version: int) -> SafeString:
    """The fields of an empty form as HTML, without form tag and token. Kept, since drawing it costs most of the page."""
    with translation.override(language):
        form = RegistrationForm(privacy_text=PrivacyText(version=privacy_version), initial={"language": language})
        html: str = render_crispy_form(form)
        return mark_safe(html)  # noqa: S308 (HTML made by our own templates)


def filled_registration_form(typed: Mapping[str, str], privacy_text: PrivacyText) -> SafeString:
    """The same with what was typed, not judged yet. The agreement is never filled in: to agree is to agree now."""
    known = {
        name: typed[name] for name in RegistrationForm.base_fields if name in typed and name not in drafts.NEVER_KEPT
    }
    form = RegistrationForm(privacy_text=privacy_text, initial={"language": translation.get_language(), **known})
    html: str = render_crispy_form(form)
    return mark_safe(html)  # noqa: S308 (HTML made by our own templates, which escape what was typed)


class DetailsForm(PersonForm):
    """The same for someone who is registered; the address stays as it is."""

    wants_reminders = forms.BooleanField(label=gettext_lazy("Remind me by mail before each session"), required=False)
    wants_surveys = forms.BooleanField(label=gettext_lazy("Write to me about surveys"), required=False)
    wants_news = forms.BooleanField(label=gettext_lazy("Send me other messages from the organisers"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, registration: Registration) -> None:
        """Filled with what is known."""
        initial = {name: getattr(registration, name) for name in PersonForm.base_fields}
        initial |= {"country": str(registration.country)}
        initial |= {topic.field: getattr(registration, topic.field) for topic in Topic}
        super().__init__(data, initial=initial)
        self.helper = helper(
            Fieldset(_("About you"), *about_you()),
            Fieldset(_("Where you work"), *WHERE_YOU_WORK),
            Fieldset(_("How we write to you"), "language", *(topic.field for topic in Topic)),
            submit=_("Save"),
        )


class LinkForm(forms.Form):
    """Asks for one's own link."""

    email = address_field()

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.helper = helper("email", submit=_("Send me my link"))


class AddressForm(forms.Form):
    """Another address to write to."""

    email = address_field()

    def __init__(self, data: Mapping[str, Any] | None = None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.fields["email"].label = _("New address")
        self.fields["email"].widget.attrs["size"] = "40"
        self.helper = helper("email", submit=_("Send a link to this address"))


class WithdrawForm(forms.Form):
    """Nothing to fill in: pressing the button is the answer."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.helper = helper(submit=_("Withdraw"))


def helper(*layout: object, submit: str) -> FormHelper:
    """A form of these parts with one button."""
    form_helper = FormHelper()
    form_helper.layout = Layout(*layout)
    form_helper.add_input(Submit("", submit))
    return form_helper


def about_you() -> tuple[object, ...]:
    """The part with the names."""
    hint = _("One of the first two is enough if you have one name only.")
    return HTML(format_html('<p class="hint">{}</p>', hint)), Row("given_name", "family_name"), "printed_name", "gender"

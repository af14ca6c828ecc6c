"""What is typed into the pages of this app."""

from urllib.parse import unquote, urlsplit

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.errors import Refused
from registrations.names import tidy_name

LARGEST_FILE = 5 * 1024 * 1024


class CodeForm(forms.Form):
    """A verification code, or the address of a verification page pasted whole."""

    code = forms.CharField(
        label=gettext_lazy("Verification code"),
        help_text=gettext_lazy("24 letters, digits, hyphens and underscores, printed beside the square picture."),
        max_length=300,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none", "dir": "ltr"}
        ),
    )

    @property
    def helper(self) -> FormHelper:
        """Asks by GET: looking up changes nothing."""
        helper = FormHelper()
        helper.form_method = "get"
        helper.add_input(Submit("", _("Verify")))
        return helper

    def clean_code(self) -> str:
        """The bare code."""
        text = str(self.cleaned_data["code"]).strip()
        path = urlsplit(text).path if "/" in text else text
        code = unquote(path).rstrip("/").rpartition("/")[2].strip()
        if not code:
            raise forms.ValidationError(_("Write the code that is printed on the certificate."))
        return code


class FileForm(forms.Form):
    """A PDF or a badge to compare with what was issued."""

    file = forms.FileField(
        label=gettext_lazy("Certificate as a PDF file, or badge"),
        help_text=gettext_lazy("A badge may be a JSON, PNG or SVG file. The file is compared and not kept."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.json,.png,.svg"}),
    )

    @property
    def helper(self) -> FormHelper:
        """A box with one button."""
        helper = FormHelper()
        helper.disable_csrf = True
        helper.add_input(Submit("", _("Compare the file"), css_class="button-quiet"))
        return helper

    def clean_file(self) -> UploadedFile:
        """Not larger than any certificate of ours could be."""
        file: UploadedFile = self.cleaned_data["file"]
        if file.size is None or file.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 5 MB; no certificate of ours is."))
        return file


class RevokeForm(forms.Form):
    """Why a certificate is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Shown to everybody who verifies the certificate. Write nothing private."),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


class NameForm(forms.Form):
    """A name as it shall be printed."""

    printed_name = forms.CharField(
        label=gettext_lazy("Name as it shall be printed"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField", "dir": "auto"}),
    )

    def clean_printed_name(self) -> str:
        """One line, and nothing that could pass for a link or for code: as at registration."""
        try:
            return tidy_name(str(self.cleaned_data["printed_name"]))
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class OwnNameForm(forms.Form):
    """The name as its owner writes it, and in Latin letters where it is written in others."""

    printed_name = forms.CharField(
        label=gettext_lazy("Your name, in the letters in which you write it"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "name"}),
    )
    latin_name = forms.CharField(
        label=gettext_lazy("The same in Latin letters"),
        help_text=gettext_lazy("Printed below it, smaller. Leave it empty if you need no second line."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    is_for_certificate = False

    @property
    def helper(self) -> FormHelper:
        """One button, which says what happens."""
        helper = FormHelper()
        helper.add_input(Submit("", _("Ask for this name") if self.is_for_certificate else _("This is right")))
        return helper


class RefuseNameForm(forms.Form):
    """Why a person does not get another name on the certificate."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The person reads it on the own page."),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

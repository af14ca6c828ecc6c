"""Input of organisers about materials: what they are, and their versions."""

import hashlib
from typing import Any, BinaryIO, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions.documents import document_of
from sessions.models.materials import LARGEST
from sessions.uploads import OversizeFile


class MaterialForm(forms.ModelForm):
    """A material, with a box instead of a moment: it is published when the box is ticked."""

    is_published = forms.BooleanField(label=gettext_lazy("published"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("is_published", self.instance.published_at is not None)

    def clean(self) -> dict[str, Any]:
        """Keep the moment in which it was published first."""
        cleaned = super().clean() or self.cleaned_data
        published = self.instance.published_at or timezone.now()
        self.instance.published_at = published if cleaned.get("is_published") else None
        return cleaned


class MaterialFileForm(forms.ModelForm):
    """A version: a new file or a link. Either takes the place of the other."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget = forms.FileInput()  # Django's own would link past our view

    def clean_file(self) -> Any:
        """The file, if it is small enough and of a kind that we offer; never by its name alone."""
        file = self.cleaned_data.get("file")
        if not isinstance(file, UploadedFile):
            return file
        if isinstance(file, OversizeFile) or (file.size or 0) > LARGEST:
            raise forms.ValidationError(_too_large(file.size or 0))
        document = document_of(cast(BinaryIO, file.file))
        if document is None:
            raise forms.ValidationError(
                _("This is not a PDF, PowerPoint, Word or OpenDocument file without macros. Save it as a PDF.")
            )
        self.instance.ending, self.instance.size = document.ending, file.size
        self.instance.sha256 = _digest(file)
        return file

    def clean(self) -> dict[str, Any]:
        """A link that is entered replaces the file that was kept."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("link") and not isinstance(cleaned.get("file"), UploadedFile) and "file" not in self.errors:
            cleaned["file"] = False
            self.instance.ending, self.instance.size, self.instance.sha256 = "", None, ""
        return cleaned


def _too_large(size: int) -> str:
    return _(
        "The file has %(size)s MB; %(limit)s MB can be kept here. Make its pictures smaller, save it as a PDF, or put "
        "it elsewhere and enter the link."
    ) % {"size": -(-size // 1024**2), "limit": LARGEST // 1024**2}


def _digest(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()

"""What belongs to a session for reading again: slides, recordings, readings, and how often they were fetched."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registrations.models import Programme, Translated
from sessions.documents import DOCUMENTS, Document
from sessions.models.agenda import TrainingSession

LARGEST = 50 * 1024**2  # bytes of one file; the form says so beforehand


class Material(Translated):
    """One thing to read or watch again, in one or more languages. Seen by others from `published_at` on."""

    TRANSLATED = ("title",)

    class Kind(models.TextChoices):
        """What it is."""

        SLIDES = "slides", pgettext_lazy("material", "Slides")
        RECORDING = "recording", pgettext_lazy("material", "Recording")
        READING = "reading", pgettext_lazy("material", "Reading")

    session = models.ForeignKey(
        TrainingSession, on_delete=models.CASCADE, related_name="materials", verbose_name=_("session")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=300)
    rights = models.CharField(
        _("rights"),
        max_length=300,
        blank=True,
        help_text=_("Who holds them and what others may do, such as CC BY 4.0."),
    )
    source = models.CharField(
        _("source"), max_length=300, blank=True, help_text=_("Who made it, or where it was published first.")
    )
    position = models.PositiveSmallIntegerField(_("place in the order"), default=0)
    published_at = models.DateTimeField(
        _("published"), null=True, blank=True, help_text=_("Empty: only organisers see it.")
    )

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = pgettext_lazy("something to read or watch", "material")
        verbose_name_plural = _("materials")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text('title')}"

    @property
    def source_language(self) -> str:
        """The programme's."""
        return self.session.source_language


class MaterialFileQuerySet(models.QuerySet["MaterialFile"]):
    """Versions of materials."""

    def on_show(self, now: dt.datetime) -> Self:
        """Those that the public may fetch."""
        return self.filter(material__published_at__lte=now, material__session__programme__published_at__lte=now)

    def for_programme(self, programme: Programme, now: dt.datetime) -> Self:
        """What a programme's readers may fetch at this moment, in order, with its materials: one query."""
        rows = self.filter(material__session__programme=programme, material__published_at__lte=now)
        order = ["material__session__number", "material__position", "material_id", "language"]
        return rows.select_related("material__session__programme").order_by(*order)


def _place(_file: "MaterialFile", name: str) -> str:
    """Where a file is kept: nothing of the name that somebody gave it but an ending that we offer."""
    ending = name.rpartition(".")[2].lower()
    return f"materials/{uuid.uuid4().hex}.{ending if ending in DOCUMENTS else 'bin'}"


class MaterialFile(models.Model):
    """A material in one language: a file that we keep, or a link to where it is."""

    material = models.ForeignKey(
        Material,
        on_delete=models.CASCADE,
        related_name="files",
        verbose_name=pgettext_lazy("something to read or watch", "material"),
    )
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, blank=True, help_text=_("Empty: not known.")
    )
    file = models.FileField(
        _("file"),
        upload_to=_place,
        max_length=100,
        blank=True,
        help_text=_("PDF, PowerPoint, Word or OpenDocument, 50 MB at most. Link to anything larger."),
    )
    link = models.URLField(
        _("link"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["https"])],
        help_text=_("Where it is kept, if not here. It begins with https://."),
    )
    ending = models.CharField(max_length=5, blank=True, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), null=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    fetched = models.PositiveBigIntegerField(
        _("fetched"), default=0, editable=False, help_text=_("Once per person and day, robots aside.")
    )

    objects = MaterialFileQuerySet.as_manager()

    class Meta:
        ordering = ["material", "language"]
        verbose_name = _("language version")
        verbose_name_plural = _("language versions")
        constraints = [
            models.UniqueConstraint(
                fields=["material", "language"],
                name="material_once_per_language",
                violation_error_message=_("The material has a version in this language already."),
            ),
            models.CheckConstraint(
                condition=(Q(file="") & ~Q(link="")) | (~Q(file="") & Q(link="")),
                name="material_is_a_file_or_a_link",
                violation_error_message=_("Choose a file or enter a link, one of the two."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.material} ({self.get_language_display()})" if self.language else str(self.material)

    @property
    def document(self) -> Document | None:
        """What kind of document the file is; None for a link."""
        return DOCUMENTS.get(self.ending)

    @property
    def download_name(self) -> str:
        """What the file is called on the reader's side: plain letters in every language."""
        session = self.material.session
        return f"{session.programme.slug}-{session.number}-{self.material.kind}-{self.language or 'file'}.{self.ending}"


class FetchSalt(models.Model):
    """What makes one day's visitors indistinguishable afterwards: thrown away when the day is over."""

    day = models.DateField(unique=True)
    salt = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.day)


class MaterialFetch(models.Model):
    """That somebody fetched a material today, so that the second time is not counted. Deleted with the day's salt."""

    material_file = models.ForeignKey(MaterialFile, on_delete=models.CASCADE, related_name="fetches")
    day = models.DateField(db_index=True)
    visitor = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["material_file", "day", "visitor"], name="fetch_once_per_person_and_day")
        ]

    def __str__(self) -> str:
        return str(self.day)

"""Impact stories, and the index of what the library has."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_countries.fields import CountryField

from registrations.models import Programme, Translated
from sessions.models import Appearance, TrainingSession


class Story(Translated):
    """What somebody was up against, and what was done about it, as a talk told it. Public from `published_at` on."""

    TRANSLATED = ("title", "challenge", "solution", "city")

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="stories", verbose_name=_("programme")
    )
    slug = models.SlugField(_("short name in the address"), max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=300)
    challenge = models.TextField(_("challenge"))
    solution = models.TextField(_("solution"))
    talks = models.ManyToManyField(Appearance, related_name="stories", blank=True, verbose_name=_("told in"))
    country = CountryField(_("country or territory"), blank=True)
    city = models.CharField(_("city"), max_length=150, blank=True)
    sdgs = models.JSONField(_("Sustainable Development Goals"), default=list, blank=True)
    source = models.CharField(_("source"), max_length=400, blank=True, help_text=_("The document that it comes from."))
    position = models.PositiveSmallIntegerField(_("place in the order"), default=0)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        ordering = ["programme", "position", "pk"]
        verbose_name = _("impact story")
        verbose_name_plural = _("impact stories")

    def __str__(self) -> str:
        return self.text("title")

    @property
    def source_language(self) -> str:
        """The programme's."""
        return self.programme.language


class EntryQuerySet(models.QuerySet["LibraryEntry"]):
    """What the library has."""

    def on_show(self, now: dt.datetime) -> Self:
        """Entries of programmes that are published."""
        return self.filter(programme__published_at__lte=now)

    def with_rows(self) -> Self:
        """With all that a list shows: one query."""
        return self.select_related("story__programme", "talk__speaker__programme", "talk__session__programme")


class LibraryEntry(models.Model):
    """A talk or a story as it is found: made of them by the sweep, never instead of them."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(TrainingSession, on_delete=models.CASCADE, null=True, related_name="+")
    talk = models.OneToOneField(Appearance, on_delete=models.CASCADE, null=True, related_name="+")
    story = models.OneToOneField(Story, on_delete=models.CASCADE, null=True, related_name="+")
    day = models.DateField(db_index=True)
    place = models.PositiveIntegerField(default=0)
    country = models.CharField(max_length=2, blank=True, db_index=True)
    city = models.CharField(max_length=150, blank=True)
    sdgs = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    changed_at = models.DateTimeField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "place", "pk"]
        verbose_name = pgettext_lazy("of the library", "entry")
        verbose_name_plural = pgettext_lazy("of the library", "entries")
        constraints = [
            models.CheckConstraint(
                condition=Q(talk__isnull=False, story__isnull=True) | Q(talk__isnull=True, story__isnull=False),
                name="entry_is_a_talk_or_a_story",
            )
        ]

    def __str__(self) -> str:
        return str(self.story or self.talk)

    def get_absolute_url(self) -> str:
        """Where it stays."""
        if self.story is not None:
            return reverse("library_story", args=[self.story.slug])
        return reverse("library_talk", args=[self.talk_id])


class LibraryTerm(models.Model):
    """A term that occurs in the library, folded as `registrations.folding` does."""

    term = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.term


class LibraryHit(models.Model):
    """That an entry has a term, and how much it counts there."""

    term = models.ForeignKey(LibraryTerm, on_delete=models.CASCADE, related_name="hits")
    entry = models.ForeignKey(LibraryEntry, on_delete=models.CASCADE, related_name="hits")
    weight = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "entry"], name="hit_once_per_term_and_entry")]

    def __str__(self) -> str:
        return f"{self.term_id} {self.entry_id}"

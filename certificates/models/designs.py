"""How a programme's certificates look and what they say, version by version."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates.designs import DEFAULT_MAIN, DEFAULT_SECOND
from registrations.models import Programme, User


class DesignPicture(models.Model):
    """A logo or a signature, kept once however often it is used; it is never changed."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+", verbose_name=_("programme"))
    sha256 = models.CharField(_("SHA-256 of the picture"), max_length=64)
    content = models.BinaryField(_("PNG"))
    width = models.PositiveSmallIntegerField(_("width in pixels"))
    height = models.PositiveSmallIntegerField(_("height in pixels"))
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("picture of a design")
        verbose_name_plural = _("pictures of designs")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "sha256"],
                name="design_picture_once",
                violation_error_message=_("The programme has this picture already."),
            )
        ]

    def __str__(self) -> str:
        return self.sha256


class CertificateDesignQuerySet(models.QuerySet["CertificateDesign"]):
    """Designs."""

    def in_force(self, programme: Programme) -> "CertificateDesign | None":
        """The programme's latest version; None where its certificates look as all do, by default or by choice."""
        latest = self.filter(programme=programme).order_by("-version").first()
        return None if latest is None or latest.is_default else latest


class CertificateDesign(models.Model):
    """One version of a programme's own design. It is never edited: a change is a new version.

    `wording` maps a language to its texts by the names in `certificates.designs.TEXTS`; what is left out is said in the
    words that every certificate has. `signatories` is a list of {"name", "title", "picture": id of a picture or null}.
    """

    class Paper(models.TextChoices):
        """Landscape, both."""

        A4 = "a4", _("A4")
        LETTER = "letter", _("US Letter")

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="certificate_designs", verbose_name=_("programme")
    )
    version = models.PositiveSmallIntegerField(_("version"))
    is_default = models.BooleanField(_("back to the default design"), default=False)
    paper = models.CharField(_("paper"), max_length=10, choices=Paper.choices, default=Paper.A4)
    main_colour = models.CharField(_("main colour"), max_length=7, default=DEFAULT_MAIN)
    second_colour = models.CharField(_("second colour"), max_length=7, default=DEFAULT_SECOND)
    logo = models.ForeignKey(
        DesignPicture, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("logo")
    )
    logo_text = models.CharField(_("what the logo shows"), max_length=200, blank=True)
    signatories = models.JSONField(_("signatories"), default=list, blank=True)
    wording = models.JSONField(_("wording"), default=dict, blank=True)
    created_at = models.DateTimeField(_("created"))
    created_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("created by")
    )

    objects = CertificateDesignQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "-version"]
        verbose_name = _("certificate design")
        verbose_name_plural = _("certificate designs")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "version"],
                name="certificate_design_version_once",
                violation_error_message=_("The programme has a design of this version already."),
            ),
            models.CheckConstraint(
                condition=Q(paper__in=["a4", "letter"]),
                name="certificate_design_paper_is_known",
                violation_error_message=_("Choose A4 or US Letter."),
            ),
            models.CheckConstraint(
                condition=Q(main_colour__regex=r"^#[0-9a-f]{6}$", second_colour__regex=r"^#[0-9a-f]{6}$"),
                name="certificate_design_colours_are_hex",
                violation_error_message=_("Write a colour as # and six digits or letters from a to f."),
            ),
        ]

    def __str__(self) -> str:
        return _("Design version %(version)s") % {"version": self.version}

    @property
    def picture_ids(self) -> set[int]:
        """The signatures' pictures, by id."""
        return {person["picture"] for person in self.signatories if person.get("picture")}

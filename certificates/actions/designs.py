"""Designs: pictures kept, a design tried out, a version put in force."""

import datetime as dt

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from certificates.errors import Refused
from certificates.models import CertificateDesign, DesignPicture
from certificates.pictures import accepted
from certificates.rendering import CannotRender, draw, render
from certificates.specimens import LONG_NAME, specimen, specimen_sheet
from registrations.models import Programme, User

SMALL = 30  # pixels per inch: enough to see whether the words fit


def keep_picture(programme: Programme, content: bytes, *, now: dt.datetime) -> DesignPicture:
    """Look at an uploaded picture and keep it, drawn anew. Raises `Refused` with a sentence where it cannot be used."""
    picture = accepted(content)
    row, _is_new = DesignPicture.objects.get_or_create(
        programme=programme,
        sha256=picture.sha256,
        defaults={
            "content": picture.content,
            "width": picture.width,
            "height": picture.height,
            "added_at": now,
        },
    )
    return row


def try_out(design: CertificateDesign, *, now: dt.datetime) -> None:
    """Draw the design in every language, with a long name. Refuses, in a sentence, what cannot be printed."""
    for language, label in settings.LANGUAGES:
        with translation.override(language):
            made = specimen(
                design.programme, name=LONG_NAME, latin_name=LONG_NAME, language=language, design=design, now=now
            )
            sheet = specimen_sheet(made)
        try:
            draw(sheet, pixels_per_inch=SMALL)
            render(sheet, issued_at=now)
        except CannotRender as error:
            text = _("In %(language)s this cannot be printed: %(reason)s.")
            raise Refused(text % {"language": label, "reason": error}) from error


def adopt_design(design: CertificateDesign, *, by: User | None, now: dt.datetime) -> CertificateDesign:
    """Record a design that is in no database yet as its programme's next version. Certificates issued keep theirs.

    The design in force once more changes nothing, as after a second click.
    """
    current = CertificateDesign.objects.in_force(design.programme)
    if current and _look(current) == _look(design):
        return current
    if not design.is_default:
        try_out(design, now=now)
    design.created_at, design.created_by = now, by
    for _attempt in range(3):
        latest = CertificateDesign.objects.filter(programme=design.programme).aggregate(last=Max("version"))["last"]
        design.version = (latest or 0) + 1
        try:
            with transaction.atomic():
                design.save(force_insert=True)
        except IntegrityError:
            design.pk = None  # somebody else took this number
        else:
            return design
    raise Refused(_("Somebody else changes this design now. Try again."))


def _look(design: CertificateDesign) -> dict[str, object]:
    """All that the design says, without its number and who made it when."""
    apart = {"id", "version", "created_at", "created_by_id"}
    return {
        field.attname: getattr(design, field.attname) for field in design._meta.fields if field.attname not in apart
    }

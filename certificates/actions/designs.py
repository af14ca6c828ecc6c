"""Designs: pictures kept, a design tried out, a version put in force."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from certificates.errors import Refused
from certificates.looks import Looks
from certificates.models import CertificateDesign, DesignPicture
from certificates.pictures import accepted
from certificates.rendering import CannotRender, draw, render
from certificates.specimens import LONG_NAME, for_another, specimen, specimen_sheet
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


@dataclass(frozen=True, slots=True)
class DesignProblem:
    """Why a design cannot be printed in a language: letters that no font has, or a reason in words not translated yet."""

    language: str
    letters: str
    reason: str

    def __str__(self) -> str:
        reason = _("no font has “%(letters)s”") % {"letters": self.letters} if self.letters else _(self.reason)
        label = dict(settings.LANGUAGES)[self.language]
        return _("In %(language)s this cannot be printed: %(reason)s.") % {"language": label, "reason": reason}


def problem_of(design: CertificateDesign, *, now: dt.datetime) -> DesignProblem | None:
    """What is wrong in the first language in which the design, drawn with a long name, cannot be printed."""
    made = specimen(design.programme, name=LONG_NAME, latin_name=LONG_NAME, language="en", design=design, now=now)
    looks = Looks()
    for language, _label in settings.LANGUAGES:
        with translation.override(language):
            sheet = specimen_sheet(for_another(made, design.programme, name=LONG_NAME, language=language), looks)
        try:
            with translation.override(None):
                draw(sheet, pixels_per_inch=SMALL)
                render(sheet, issued_at=now)
        except CannotRender as error:
            return DesignProblem(language, error.letters, str(error))
    return None


def try_out(design: CertificateDesign, *, now: dt.datetime) -> None:
    """Draw the design in every language, with a long name. Refuses, in a sentence, what cannot be printed."""
    problem = problem_of(design, now=now)
    if problem:
        raise Refused(str(problem))


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

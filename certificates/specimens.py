"""Specimens: certificates that are in no database, to look at before any is issued."""

import datetime as dt
from copy import copy
from dataclasses import replace

from django.utils.translation import gettext as _

from certificates import letters
from certificates.actions.records import snapshot
from certificates.looks import Looks
from certificates.models import Certificate, CertificateDesign
from certificates.rendering import Sheet
from certificates.wording import sheet_of
from registrations.models import Programme, Registration
from registrations.wordings import Values, Wording
from sessions.models import TrainingSession

# Names that nobody has to have, one for each script that a design should be looked at in.
SAMPLES = {
    "en": "Amina Wanjirũ Odhiambo",
    "fr": "Éléonore Lefèvre-Nguyễn",
    "es": "José María Núñez Ibáñez",
    "ru": "Александра Преображенская",
    "ar": "فاطمة الزهراء بنت محمد",
    "zh-hans": "欧阳明月",
}
LONG_NAME = "Maria da Conceição Aparecida dos Santos Vasconcelos de Albuquerque e Castro"
SERIAL, CODE = "BZ-SPECIMEN-00000", "specimen"


def specimen(
    programme: Programme,
    *,
    name: str,
    language: str,
    design: CertificateDesign | None,
    now: dt.datetime,
    latin_name: str = "",
) -> Certificate:
    """A certificate of the programme for somebody who attended all of it."""
    sessions = list(TrainingSession.objects.filter(programme=programme))
    minutes = sum(int(session.length.total_seconds()) for session in sessions) // 60
    total = len(sessions) or 5
    return Certificate(
        serial=SERIAL,
        code=CODE,
        issued_at=now,
        language=language,
        programme_title=programme.text("title", language),
        printed_name=name,
        latin_name=latin_name,
        sessions_attended=total,
        sessions_total=total,
        minutes_attended=minutes or 600,
        **{**snapshot(programme, now=now), "is_synthetic": True, "design": design},
    )


def for_another(certificate: Certificate, programme: Programme, *, name: str, language: str) -> Certificate:
    """The same specimen for somebody else, in another language, without asking for the programme's facts again."""
    other = copy(certificate)
    other.printed_name, other.language = name, language
    other.programme_title = programme.text("title", language)
    return other


def specimen_sheet(certificate: Certificate, looks: Looks | None = None) -> Sheet:
    """What the specimen prints: marked as one, without a word of people who were made up. For `looks` see `sheet_of`."""
    return replace(sheet_of(certificate, looks), specimen=_("SPECIMEN – not a certificate"))


def mail_values(wording: Wording, registration: Registration, *, now: dt.datetime) -> Values:
    """What stands for the placeholders in the mail about a specimen of this person's, as the mail could read."""
    programme, language = registration.programme, registration.language
    certificate = specimen(programme, name=registration.printed_name, language=language, design=None, now=now)
    return {**letters.values_of(certificate), "old_serial": SERIAL}

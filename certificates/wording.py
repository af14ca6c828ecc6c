"""The words of a certificate, in its owner's language, around the facts of its snapshot."""

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from certificates.designs import filled
from certificates.looks import Looks
from certificates.models import Certificate
from certificates.rendering import Sheet

# Typst takes the language alone; Chinese needs its region for the right shapes of shared ideographs.
TYPST_LANGUAGES = {"zh-hans": ("zh", "cn")}
UNSPACED = {"ar", "zh-hans"}


def sheet_of(certificate: Certificate, looks: Looks | None = None) -> Sheet:
    """Everything that the certificate prints. `looks` keeps designs from being fetched for each certificate anew."""
    language, region = TYPST_LANGUAGES.get(certificate.language, (certificate.language, None))
    with translation.override(certificate.language):
        words = _words(certificate)
        return Sheet(
            language=language,
            region=region,
            has_letter_spacing=certificate.language not in UNSPACED,
            document_title=_("Certificate of completion: %(name)s") % {"name": certificate.printed_name},
            heading=words["heading"],
            certifies=words["before_name"],
            name=certificate.printed_name,
            completed=words["after_name"],
            programme=certificate.programme_title,
            dates=period(certificate.start_date, certificate.end_date),
            attendance=words["details"],
            issuer_label=_("Issued by"),
            issuers=certificate.issuers,
            date_label=_("Date of issue"),
            date=day(certificate.issue_date),
            serial_label=_("Serial number"),
            serial=certificate.serial,
            code_label=_("Verification code"),
            code=certificate.code,
            verify=_("Scan the picture, or enter the code at"),
            verify_address=settings.SITE_URL + reverse("certificates:verify_form"),
            verify_url=verify_url(certificate),
            qr_alt=_("QR code that leads to this certificate’s verification page"),
            specimen=_("SPECIMEN – synthetic person") if certificate.is_synthetic else "",
            specimen_word=pgettext("across a certificate", "SPECIMEN") if certificate.is_synthetic else "",
            latin_name=certificate.latin_name,
            design=(looks or Looks()).of(certificate.design, certificate.language),
        )


def usual_words(certificate: Certificate) -> dict[str, str]:
    """What a certificate says by the names in `certificates.designs.TEXTS`, where its design says nothing else."""
    return {
        "heading": _("Certificate of Completion"),
        "before_name": _("This is to certify that"),
        "after_name": _("has completed the training programme"),
        "details": attendance(certificate),
    }


def own_words(certificate: Certificate) -> dict[str, str]:
    """What the design has it say instead, in its language, with the placeholders replaced; empty without a design."""
    if certificate.design is None:
        return {}
    with translation.override(certificate.language):
        return _own_words(certificate, certificate.design.wording.get(certificate.language, {}))


def _words(certificate: Certificate) -> dict[str, str]:
    return usual_words(certificate) | own_words(certificate)


def _own_words(certificate: Certificate, texts: Mapping[str, str]) -> dict[str, str]:
    facts = {
        "name": certificate.printed_name,
        "programme": certificate.programme_title,
        "dates": period(certificate.start_date, certificate.end_date),
        "first_day": day(certificate.start_date),
        "last_day": day(certificate.end_date),
        "sessions_attended": str(certificate.sessions_attended),
        "sessions_total": str(certificate.sessions_total),
        "time": duration(certificate.minutes_attended),
        "issue_date": day(certificate.issue_date),
        "serial": certificate.serial,
        "issuer": _(", ").join(certificate.issuers),
    }
    return {key: filled(text, facts) for key, text in texts.items() if text}


def verify_url(certificate: Certificate) -> str:
    """The full address of the public verification page."""
    return settings.SITE_URL + reverse("certificates:verify", args=[certificate.code])


def day(date: dt.date) -> str:
    """A date as the language writes it in full; in English 2 March 2026, which cannot be misread."""
    return formats.date_format(date, "j F Y" if (get_language() or "").startswith("en") else "DATE_FORMAT")


def period(first: dt.date, last: dt.date) -> str:
    """One day, or from the first to the last."""
    if first == last:
        return day(first)
    return pgettext("dates", "%(first)s – %(last)s") % {"first": day(first), "last": day(last)}


def attendance(certificate: Certificate) -> str:
    """How many sessions and how much time."""
    sessions = ngettext(
        "%(attended)d of %(total)d session attended",
        "%(attended)d of %(total)d sessions attended",
        certificate.sessions_total,
    ) % {"attended": certificate.sessions_attended, "total": certificate.sessions_total}
    return _("%(sessions)s, %(time)s of presence") % {
        "sessions": sessions,
        "time": duration(certificate.minutes_attended),
    }


def duration(minutes: int) -> str:
    """Hours and minutes: 702 is "11 hours 42 minutes"."""
    hours, rest = divmod(minutes, 60)
    hours_text = ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    minutes_text = ngettext("%(count)d minute", "%(count)d minutes", rest) % {"count": rest}
    if not hours:
        return minutes_text
    return _("%(hours)s %(minutes)s") % {"hours": hours_text, "minutes": minutes_text} if rest else hours_text

"""The mails that bring a certificate, in its owner's language."""

import datetime as dt
from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext_lazy

from certificates.models import Certificate
from certificates.wording import verify_url
from registrations import mail
from registrations.letter_links import name_link
from registrations.letters import PERSONAL_LINK
from registrations.models import Mail
from registrations.wordings import EditedTexts, Values, Wording

ISSUED = Wording(
    name="certificate_issued",
    label=gettext_lazy("Certificate issued"),
    occasion=gettext_lazy("When a certificate is ready."),
    subject=gettext_lazy("Your certificate: %(title)s"),
    template="certificates/mail/issued.txt",
    placeholders=("name", "programme", "serial", "verify_link", "personal_link"),
    required=("personal_link",),
)
CORRECTED = replace(
    ISSUED,
    name="certificate_corrected",
    label=gettext_lazy("Certificate corrected"),
    occasion=gettext_lazy("When a corrected certificate takes the place of another."),
    template="certificates/mail/corrected.txt",
    placeholders=(*ISSUED.placeholders, "old_serial"),
)
WORDINGS = (ISSUED, CORRECTED)


def letter(certificate: Certificate, *, now: dt.datetime, edited: EditedTexts | None = None) -> Mail:
    """A mail, not yet queued, that says where the certificate is. Its key allows one per certificate, ever.

    Expects the certificate's registration, programme and predecessor fetched.
    """
    wording, registration = CORRECTED if certificate.supersedes_id else ISSUED, certificate.registration
    language, key = certificate.language, f"certificate-{certificate.pk}"
    with translation.override(language):
        values = values_of(certificate)
        return mail.draft_worded(
            wording.name, wording, values, registration=registration, key=key, now=now, language=language, edited=edited
        )


def values_of(certificate: Certificate) -> Values:
    """What stands for the placeholders in the mail about this certificate."""
    return {
        "name": certificate.printed_name,
        "programme": certificate.programme_title,
        "serial": certificate.serial,
        "old_serial": certificate.supersedes.serial if certificate.supersedes else "",
        "verify_link": verify_url(certificate),
        "personal_link": PERSONAL_LINK,
    }


name_link("certificates:verify", gettext_lazy("Check the certificate"), is_quiet=True)

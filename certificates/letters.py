"""The mails that bring a certificate, in its owner's language."""

import datetime as dt

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.models import Certificate
from certificates.wording import verify_url
from registrations import mail
from registrations.letter_links import name_link
from registrations.letters import PERSONAL_LINK
from registrations.models import Mail


def letter(certificate: Certificate, *, now: dt.datetime) -> Mail:
    """A mail, not yet queued, that says where the certificate is. Its key allows one per certificate, ever.

    Expects the certificate's registration, programme and predecessor fetched.
    """
    kind = "corrected" if certificate.supersedes_id else "issued"
    context = {"certificate": certificate, "verify_url": verify_url(certificate), "personal_link": PERSONAL_LINK}
    with translation.override(certificate.language):
        subject = _("Your certificate: %(title)s") % {"title": certificate.programme_title}
        body = render_to_string(f"certificates/mail/{kind}.txt", context)
    return mail.draft(
        f"certificate_{kind}",
        registration=certificate.registration,
        subject=subject,
        body=body.strip() + "\n",
        key=f"certificate-{certificate.pk}",
        now=now,
    )


name_link("certificates:verify", gettext_lazy("Check the certificate"), is_quiet=True)

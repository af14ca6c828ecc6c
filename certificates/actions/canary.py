"""A trial mail to oneself, before certificates go to others."""

import datetime as dt

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from certificates.errors import Refused
from certificates.models import CertificateDesign
from certificates.specimens import SAMPLES, specimen
from certificates.wording import verify_url
from registrations import mail
from registrations.models import Mail, Programme, Registration, User
from registrations.throttle import is_too_often_for

PER_HOUR = 10


def send_canary(programme: Programme, *, by: User, now: dt.datetime) -> Mail:
    """Queue the mail that brings a certificate to the organiser who asks, marked as a specimen.

    It says what the real one says; its links lead to the page of specimens, since a specimen has no page of its own.
    """
    if not by.email:
        raise Refused(_("Your account has no e-mail address, so the trial mail cannot be sent."))
    if is_too_often_for(f"user-{by.pk}", "certificates.canary", limit=PER_HOUR, seconds=3600):
        raise Refused(_("Ten trial mails went to you within the last hour. Wait a while."))
    language = translation.get_language() or "en"
    language = language if language in SAMPLES else "en"
    address = settings.SITE_URL + reverse("admin:certificates_preflight", args=[programme.pk])
    with translation.override(language):
        made = specimen(
            programme,
            name=SAMPLES[language],
            language=language,
            design=CertificateDesign.objects.in_force(programme),
            now=now,
        )
        made.registration = Registration(programme=programme, printed_name=SAMPLES[language], language=language)
        context = {"certificate": made, "verify_url": verify_url(made), "personal_link": address}
        words = render_to_string("certificates/mail/issued.txt", context).strip()
        notice = _("SPECIMEN: this is what participants get. The PDFs are at %(address)s") % {"address": address}
        draft = mail.draft_to_team(
            "certificate_canary",
            programme=programme,
            to=by.email,
            language=language,
            subject=_("SPECIMEN: Your certificate: %(title)s") % {"title": made.programme_title},
            body=f"{notice}\n\n{words}\n",
            key=f"certificate-canary-{programme.pk}-{by.pk}-{now.isoformat()}",
            now=now,
        )
    mail.queue_many([draft])
    return draft

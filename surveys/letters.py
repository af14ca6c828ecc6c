"""The mails about surveys, in the language of whoever reads them."""

import datetime as dt

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations import mail
from registrations.letter_links import name_link
from registrations.letters import PERSONAL_LINK
from registrations.models import Mail, Registration, Topic
from sessions.letters import in_words
from surveys.models import Survey

FOLDER = "surveys/mail"
KINDS = ("survey_invitation", "survey_reminder", "survey_thanks")


def invitation(survey: Survey, registration: Registration, *, now: dt.datetime) -> Mail:
    """Asks somebody to answer; the only invitation of this person to this survey."""
    with translation.override(registration.language):
        subject = _("Please tell us: %(survey)s") % {"survey": survey.text("title")}
        return _letter("survey_invitation", survey, registration, subject, key="", now=now)


def reminder(survey: Survey, registration: Registration, *, number: int, now: dt.datetime) -> Mail:
    """Asks somebody again who has not answered; ``number`` counts the reminders from 1."""
    with translation.override(registration.language):
        subject = _("A reminder: %(survey)s") % {"survey": survey.text("title")}
        return _letter("survey_reminder", survey, registration, subject, key=f":{number}", now=now)


def thanks(survey: Survey, registration: Registration, *, now: dt.datetime) -> Mail:
    """Thanks somebody who has answered."""
    with translation.override(registration.language):
        subject = _("Thank you for your answers: %(survey)s") % {"survey": survey.text("title")}
        return _letter("survey_thanks", survey, registration, subject, key="", now=now)


def _letter(kind: str, survey: Survey, registration: Registration, subject: str, *, key: str, now: dt.datetime) -> Mail:
    context = {
        "registration": registration,
        "survey": survey,
        "title": survey.text("title"),
        "introduction": survey.text("introduction"),
        "thanks": survey.text("thanks"),
        "programme": survey.programme,
        "closes": in_words(survey.closes_at, survey.programme),
        "answer_link": _below_personal_link("surveys:answer", survey),
        "decline_link": _below_personal_link("surveys:decline", survey),
        "personal_link": PERSONAL_LINK,
    }
    body = render_to_string(f"{FOLDER}/{kind.removeprefix('survey_')}.txt", context).strip() + "\n"
    return mail.draft(
        kind,
        registration=registration,
        subject=subject,
        body=body,
        key=f"{kind}:{survey.pk}:{registration.pk}{key}",
        now=now,
        topic=Topic.SURVEYS,
    )


def _below_personal_link(route: str, survey: Survey) -> str:
    """A page below the personal link, whose secret stands in no stored mail."""
    token = "0" * 32
    page, own = reverse(route, args=[token, survey.form_id]), reverse("personal_page", args=[token])
    return PERSONAL_LINK + page.removeprefix(own)


name_link("surveys:answer", gettext_lazy("Answer the survey"))
name_link("surveys:decline", gettext_lazy("Do not ask me again"), is_quiet=True)

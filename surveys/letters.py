"""The mails about surveys, in the language of whoever reads them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations import mail
from registrations.letter_links import name_link
from registrations.letters import PERSONAL_LINK, usual_values
from registrations.models import Mail, Registration, Topic
from registrations.wordings import EditedTexts, Values, Wording
from sessions.letters import in_words
from surveys.models import Survey

FOLDER = "surveys/mail"
KINDS = ("survey_invitation", "survey_reminder", "survey_thanks")
_ASKS = ("name", "programme", "survey", "closes", "answer_link", "decline_link", "personal_link")

INVITATION = Wording(
    name="survey_invitation",
    label=gettext_lazy("Invitation to the survey after the training"),
    occasion=gettext_lazy("While the survey is open, to everybody whom it asks."),
    subject=gettext_lazy("Please tell us: %(survey)s"),
    template=f"{FOLDER}/invitation.txt",
    placeholders=(*_ASKS, "anonymity"),
    required=("answer_link", "anonymity"),
    topic=Topic.SURVEYS,
)
INVITATIONS: Mapping[str, Wording] = {
    Survey.Kind.POST_TRAINING: INVITATION,
    Survey.Kind.PRE_TRAINING: replace(
        INVITATION,
        name="survey_invitation_before",
        label=gettext_lazy("Invitation to the survey before the training"),
        options={"is_before": True},
    ),
    Survey.Kind.SESSION_PULSE: replace(
        INVITATION,
        name="survey_invitation_session",
        label=gettext_lazy("Invitation to the survey about a session"),
        placeholders=(*_ASKS, "anonymity", "session"),
        options={"is_pulse": True},
    ),
}
REMINDER = Wording(
    name="survey_reminder",
    label=gettext_lazy("Reminder of a survey"),
    occasion=gettext_lazy("Some days after the invitation, to everybody who has not answered."),
    subject=gettext_lazy("A reminder: %(survey)s"),
    template=f"{FOLDER}/reminder.txt",
    placeholders=_ASKS,
    required=("answer_link",),
    topic=Topic.SURVEYS,
)
THANKS = Wording(
    name="survey_thanks",
    label=gettext_lazy("Thanks for the answers"),
    occasion=gettext_lazy("After the answers have arrived, where the survey’s plan says so."),
    subject=gettext_lazy("Thank you for your answers: %(survey)s"),
    template=f"{FOLDER}/thanks.txt",
    placeholders=("name", "programme", "survey", "thanks", "personal_link"),
    topic=Topic.SURVEYS,
)
WORDINGS = (*INVITATIONS.values(), REMINDER, THANKS)


def invitation(
    survey: Survey, registration: Registration, *, now: dt.datetime, edited: EditedTexts | None = None
) -> Mail:
    """Asks somebody to answer; the only invitation of this person to this survey."""
    return _letter("survey_invitation", INVITATIONS[survey.kind], survey, registration, now=now, edited=edited)


def reminder(
    survey: Survey, registration: Registration, *, number: int, now: dt.datetime, edited: EditedTexts | None = None
) -> Mail:
    """Asks somebody again who has not answered; ``number`` counts the reminders from 1."""
    return _letter("survey_reminder", REMINDER, survey, registration, key=f":{number}", now=now, edited=edited)


def thanks(survey: Survey, registration: Registration, *, now: dt.datetime, edited: EditedTexts | None = None) -> Mail:
    """Thanks somebody who has answered."""
    return _letter("survey_thanks", THANKS, survey, registration, now=now, edited=edited)


def values_of(survey: Survey, registration: Registration) -> Values:
    """What stands for the placeholders in a mail about this survey, in the language in use."""
    usual = usual_values(registration)
    return {
        **usual,
        "survey": survey.text("title"),
        "session": str(survey.session) if survey.session else "",
        "closes": in_words(survey.closes_at, registration.programme),
        "answer_link": below_personal_link("surveys:answer", survey.form_id),
        "decline_link": below_personal_link("surveys:decline", survey.form_id),
        "anonymity": _anonymity() if survey.is_anonymous else "",
        "thanks": survey.text("thanks") or _thanks(usual["programme"]),
    }


def specimen_values(wording: Wording, registration: Registration, *, now: dt.datetime) -> Values:
    """Values of a mail as it could read: about the latest survey of its kind, any survey, or one that is made up."""
    surveys = Survey.objects.for_programme(registration.programme).select_related("programme", "session")
    kinds = [kind for kind, invites in INVITATIONS.items() if invites.name == wording.name] or list(INVITATIONS)
    survey = surveys.filter(kind__in=kinds).order_by("opens_at").last()
    if survey is None:
        closes_at = now + dt.timedelta(days=14)
        survey = Survey(programme=registration.programme, title=_("An example"), form_id="example", closes_at=closes_at)
    values = values_of(survey, registration)
    return {**values, "session": values["session"] or _("An example")}


def below_personal_link(route: str, *rest: str) -> str:
    """A page below the personal link, whose secret stands in no stored mail."""
    token = "0" * 32
    page, own = reverse(route, args=[token, *rest]), reverse("personal_page", args=[token])
    return PERSONAL_LINK + page.removeprefix(own)


def _anonymity() -> str:
    return _(
        "This survey is anonymous: your answers are kept without any way back to you. It is only noted that you have"
        " answered, so that you are not asked again."
    )


def _thanks(programme: str) -> str:
    told = _(
        "thank you for answering the survey about “%(programme)s”. The organisers read the results and publish them."
    )
    return told % {"programme": programme}


def _letter(
    kind: str,
    wording: Wording,
    survey: Survey,
    registration: Registration,
    *,
    key: str = "",
    now: dt.datetime,
    edited: EditedTexts | None,
) -> Mail:
    key = f"{kind}:{survey.pk}:{registration.pk}{key}"
    with translation.override(registration.language):
        values = values_of(survey, registration)
        return mail.draft_worded(kind, wording, values, registration=registration, key=key, now=now, edited=edited)


name_link("surveys:answer", gettext_lazy("Answer the survey"))
name_link("surveys:decline", gettext_lazy("Do not ask me again"), is_quiet=True)

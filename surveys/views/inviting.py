"""Where organisers say whom a survey asks, and where a person says not to be asked again."""

import functools
import operator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from registrations.access import personal
from registrations.backoffice import user_of
from registrations.letters import PERSONAL_LINK, STOP_LINK
from registrations.models import Mail, Registration
from surveys import letters
from surveys.actions import decline, plan_invitations, start_inviting, stop_inviting, to_invite
from surveys.audience import asked, plan_of
from surveys.errors import Refused
from surveys.models import Invitation, InvitationPlan, Survey
from surveys.models.inviting import MOST_REMINDERS, validate_reminder_days
from surveys.views.dashboard import staff_context
from surveys.wording import number_text


class DaysField(forms.CharField):
    """Numbers of days, parted by commas."""

    def prepare_value(self, value: Any) -> Any:
        """As it is typed."""
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """The list of numbers, or a sentence on what to write."""
        texts = [part.strip() for part in str(super().clean(value) or "").replace("،", ",").split(",") if part.strip()]
        days = [int(text) if text.isdecimal() and len(text) < 3 else 0 for text in texts]
        validate_reminder_days(days)
        return days


class InvitationPlanForm(forms.Form):
    """Whom a survey asks and when they are reminded."""

    audience = forms.ChoiceField(
        label=gettext_lazy("Who is asked"), choices=InvitationPlan.Audience.choices, widget=forms.RadioSelect
    )
    least_sessions = forms.IntegerField(
        label=gettext_lazy("Sessions attended at least"),
        min_value=1,
        max_value=100,
        help_text=gettext_lazy("Counts where those are asked who attended enough sessions."),
    )
    reminder_days = DaysField(
        label=gettext_lazy("Reminders, in days after the invitation"),
        widget=forms.TextInput({"dir": "ltr", "inputmode": "numeric"}),
        required=False,
        max_length=60,
        help_text=gettext_lazy(
            "Parted by commas: 3, 7. Empty: no reminders. Only those get one who have not answered."
        ),
    )
    sends_thanks = forms.BooleanField(
        label=gettext_lazy("Thank by mail"),
        required=False,
        help_text=gettext_lazy("In an anonymous survey everybody is thanked at once, when it is over."),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A count and what it counts."""

    what: str
    count: str


@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom the survey asks, what has been sent, the mail as it reads; the plan is changed, started and stopped here."""
    surveys = Survey.objects.organised_by(user_of(request)).select_related("programme", "session")
    survey = get_object_or_404(surveys, pk=pk)
    plan = plan_of(survey)
    form = InvitationPlanForm(request.POST if "save" in request.POST else None, initial=_initial(plan))
    if request.method == "POST" and _is_done(request, survey, form):
        return redirect("admin:surveys_survey_invitations", pk)
    plan = plan_of(survey)
    now = timezone.now()
    context = {
        "title": _("Invitations"),
        "survey": survey,
        "plan": plan,
        "form": form,
        "is_open": survey.is_open(now),
        "is_over": survey.has_closed(now),
        "lines": _lines(survey, plan),
        "to_invite": to_invite(plan).count(),
        "mail": _specimen(survey),
        "most_reminders": MOST_REMINDERS,
    }
    return render(request, "admin/surveys/invitations.html", {**staff_context(request), **context})


def _initial(plan: InvitationPlan) -> dict[str, Any]:
    return {
        "audience": plan.audience,
        "least_sessions": plan.least_sessions,
        "reminder_days": plan.reminder_days,
        "sends_thanks": plan.sends_thanks,
    }


def _is_done(request: HttpRequest, survey: Survey, form: InvitationPlanForm) -> bool:
    """Do what was asked for; where it is refused, say why and return False."""
    user, now = user_of(request), timezone.now()
    try:
        if "start" in request.POST:
            start_inviting(survey, by=user, now=now)
            messages.success(request, _("Invitations go out within a minute while the survey is open."))
        elif "stop" in request.POST:
            stop_inviting(survey, by=user, now=now)
            messages.success(request, _("No more invitations and reminders are sent."))
        elif form.is_valid():
            plan_invitations(survey, **form.cleaned_data)
            messages.success(request, _("The plan is saved."))
        else:
            return False
    except Refused as reason:
        if form.is_bound:
            form.add_error(None, str(reason))
            return False
        messages.error(request, str(reason))
    return True


def _lines(survey: Survey, plan: InvitationPlan) -> list[Line]:
    """The counts of the page; three queries besides those that find who is asked."""
    sent = survey.invitations.aggregate(
        invited=Count("pk", filter=Q(invited_at__isnull=False)),
        reminded=Count("pk", filter=Q(reminders__gt=0)),
        declined=Count("pk", filter=Q(declined_at__isnull=False)),
    )
    own = [Q(key__startswith=f"{kind}:{survey.pk}:") for kind in letters.KINDS]
    mails = Mail.objects.stuck().filter(functools.reduce(operator.or_, own))
    return [
        Line(_("are asked"), number_text(asked(survey, plan).count())),
        Line(_("were invited"), number_text(sent["invited"])),
        Line(_("were reminded"), number_text(sent["reminded"])),
        Line(_("have answered"), number_text(survey.marks.count())),
        Line(_("do not want to be asked"), number_text(sent["declined"])),
        Line(_("mails did not arrive for sure"), number_text(mails.count())),
    ]


def _specimen(survey: Survey) -> Mail:
    """The invitation as somebody would read it whose name is a placeholder, in the reader's language."""
    person = Registration(
        pk=0,
        programme=survey.programme,
        printed_name=_("(name)"),
        language=translation.get_language() or "en",
    )
    specimen = letters.invitation(survey, person, now=timezone.now())
    specimen.body = specimen.body.replace(PERSONAL_LINK, _("(personal link)") + "/")
    specimen.body = specimen.body.replace(STOP_LINK, _("(link that stops this kind of mail)"))
    return specimen


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def declining(request: HttpRequest, registration: Registration, form_id: str) -> HttpResponse:
    """One button: no more mail about this survey. Opening the page alone changes nothing."""
    survey = get_object_or_404(Survey.objects.for_programme(registration.programme), form_id=form_id)
    is_done = Invitation.objects.filter(survey=survey, registration=registration, declined_at__isnull=False).exists()
    if request.method == "POST" and not is_done:
        decline(survey, registration, now=timezone.now())
        return redirect("surveys:decline", registration.link_token, form_id)
    context = {"registration": registration, "survey": survey, "survey_title": survey.told("title"), "is_done": is_done}
    return render(request, "surveys/decline.html", context)

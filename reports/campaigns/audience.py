"""Who gets a message: computed by the floors that know, and less those who do not want such mail."""

from collections.abc import Callable, Mapping

from certificates.models import Certificate
from registrations.models import Registration
from registrations.models.registration import RegistrationQuerySet
from reports.campaigns.models import Campaign
from sessions.models import Attendance
from surveys.audience import asked
from surveys.models import AnsweredMark, Invitation

Audience = Campaign.Audience


def audience_of(campaign: Campaign) -> dict[int, str]:
    """Those whom the rule means now and who may be written to: their language by their key, in the order of keys.

    Three queries at most, however many they are; keys are compared here, since no database takes 100,000 in a query.
    """
    rule = Audience(campaign.audience)
    people = reachable(_PEOPLE.get(rule, _seated)(campaign)).order_by("pk").values_list("pk", "language")
    if rule in _KEYS:
        keys, is_meant = _KEYS[rule]
        found = keys(campaign)
        return {pk: language for pk, language in people if (pk in found) is is_meant}
    return dict(people)


def reachable(people: RegistrationQuerySet) -> RegistrationQuerySet:
    """Those of them who may be written to: they agree, and did not stop such messages."""
    return people.filter(consent_withdrawn_at__isnull=True, erased_at__isnull=True, wants_news=True)


def _seated(campaign: Campaign) -> RegistrationQuerySet:
    return Registration.objects.for_programme(campaign.programme).seated()


def _not_answered(campaign: Campaign) -> RegistrationQuerySet:
    """Nobody where the survey is gone; nobody who asked to be left alone about it, or stopped mail about surveys."""
    if campaign.survey is None:
        return _seated(campaign).none()
    done = AnsweredMark.objects.filter(survey=campaign.survey).values("registration")
    declined = Invitation.objects.filter(survey=campaign.survey, declined_at__isnull=False).values("registration")
    people = asked(campaign.survey).filter(wants_surveys=True)
    return people.exclude(pk__in=done).exclude(pk__in=declined)


def _attended(campaign: Campaign) -> set[int]:
    """Those who were present in at least so many sessions, as surveys and the workspace count it."""
    presences = Attendance.objects.presences(campaign.programme)
    least = campaign.sessions or 1
    return {
        person
        for person, sessions in presences.items()
        if sum(bool(presence.seconds) for presence in sessions.values()) >= least
    }


def _certified(campaign: Campaign) -> set[int]:
    valid = Certificate.objects.for_programme(campaign.programme).current()
    return set(valid.values_list("registration_id", flat=True))


_PEOPLE: Mapping[Audience, Callable[[Campaign], RegistrationQuerySet]] = {
    Audience.REGISTERED: lambda campaign: Registration.objects.for_programme(campaign.programme).active(),
    Audience.WAITING: lambda campaign: Registration.objects.for_programme(campaign.programme).waiting(),
    Audience.NOT_ANSWERED: _not_answered,
}
# Of those with a seat: who is among these, or who is not.
_KEYS: Mapping[Audience, tuple[Callable[[Campaign], set[int]], bool]] = {
    Audience.FEWER: (_attended, False),
    Audience.AT_LEAST: (_attended, True),
    Audience.CERTIFIED: (_certified, True),
    Audience.NOT_CERTIFIED: (_certified, False),
}

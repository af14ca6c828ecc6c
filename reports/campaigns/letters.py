"""A message as one of its readers gets it: in the own language, or in the original where that is missing."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from registrations import mail
from registrations.letters import usual_values
from registrations.models import Mail, Registration, Topic
from registrations.wordings import Values, Wording, Words, put_in
from reports.campaigns.models import Campaign
from reports.letters.kinds import CAMPAIGN, SURVEY_CAMPAIGN
from surveys import letters as survey_letters

KIND = "campaign"


@dataclass(frozen=True, slots=True)
class Version:
    """The words for readers of one language. Standing in for a missing version, they say so in that language."""

    words: Words
    language: str
    is_fallback: bool


def key_of(campaign: Campaign, registration: Registration) -> str:
    """What makes a mail the only one of this message to this person."""
    return f"{KIND}:{campaign.pk}:{registration.pk}"


def wording_of(campaign: Campaign) -> Wording:
    """What may stand in the message."""
    return SURVEY_CAMPAIGN if campaign.audience == Campaign.Audience.NOT_ANSWERED else CAMPAIGN


def version_of(campaign: Campaign, language: str) -> Version:
    """The version for readers of a language: both its texts, or the whole original with a word about it."""
    original = campaign.source_language
    if language == original or campaign.is_told_in(language):
        return Version(Words(campaign.text("subject", language), campaign.text("body", language)), language, False)
    return stand_in(Words(campaign.subject, campaign.body), original, language)


def stand_in(words: Words, original: str, language: str) -> Version:
    """The original for readers of another language."""
    with translation.override(language):
        name = str(dict(settings.LANGUAGES)[original])
        told = _("We do not have this message in your language. It follows in this one: %(language)s.") % {
            "language": name
        }
    return Version(Words(words.subject, f"{told}\n\n{words.body}"), original, True)


def values_of(campaign: Campaign, registration: Registration) -> Values:
    """What stands for the placeholders, in the language in use."""
    if campaign.survey is not None and wording_of(campaign) is SURVEY_CAMPAIGN:
        return survey_letters.values_of(campaign.survey, registration)
    return usual_values(registration)


def drafted(campaign: Campaign, registration: Registration, versions: dict[str, Version], *, now: dt.datetime) -> Mail:
    """The mail to one reader, not yet queued. `versions` keeps those made already."""
    language = registration.language
    if language not in versions:
        versions[language] = version_of(campaign, language)
    version = versions[language]
    with translation.override(language):
        words = put_in(wording_of(campaign), version.words, values_of(campaign, registration))
    draft = mail.draft(
        KIND,
        registration=registration,
        subject=words.subject,
        body=words.body,
        key=key_of(campaign, registration),
        now=now,
        topic=Topic.NEWS,
    )
    draft.language = version.language
    return draft


def all_versions(campaign: Campaign) -> Mapping[str, Words]:
    """The original and every version begun, by language."""
    versions = {code: entered_in(campaign, code) for code, _name in settings.LANGUAGES}
    own = {code: words for code, words in versions.items() if words.subject or words.body}
    return {**own, campaign.source_language: Words(campaign.subject, campaign.body)}


def entered_in(campaign: Campaign, language: str) -> Words:
    """What is written in a language; empty where nothing is."""
    if language == campaign.source_language:
        return Words(campaign.subject, campaign.body)
    return Words(campaign.entered("subject", language), campaign.entered("body", language))

"""Messages to many in words and numbers: whom the rule means, who reads which version, what became of the mails."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from reports.campaigns.actions import mails_of
from reports.campaigns.letters import entered_in
from reports.campaigns.models import Campaign
from surveys.wording import number_text


@dataclass(frozen=True, slots=True)
class LanguageLine:
    """How many read the message in a language, and whether its version is there."""

    code: str
    name: str
    readers: int
    is_written: bool
    is_original: bool


@dataclass(frozen=True, slots=True)
class StateLine:
    """A number and what it counts."""

    what: str
    count: str


def rule_text(campaign: Campaign) -> str:
    """Whom the message is for, in a sentence without a full stop."""
    audience = Campaign.Audience(campaign.audience)
    if audience is Campaign.Audience.FEWER:
        told = ngettext(
            "Those who attended fewer than %(n)s session",
            "Those who attended fewer than %(n)s sessions",
            campaign.sessions or 1,
        )
        return told % {"n": campaign.sessions}
    if audience is Campaign.Audience.AT_LEAST:
        told = ngettext(
            "Those who attended at least %(n)s session",
            "Those who attended at least %(n)s sessions",
            campaign.sessions or 1,
        )
        return told % {"n": campaign.sessions}
    if audience is Campaign.Audience.NOT_ANSWERED and campaign.survey:
        return _("Those who have not answered “%(survey)s”") % {"survey": campaign.survey.text("title")}
    return capfirst(str(audience.label))


def coverage_lines(campaign: Campaign, readers: Mapping[str, int]) -> list[LanguageLine]:
    """Each language with its readers, the original first."""
    original = campaign.source_language
    lines = [
        LanguageLine(
            code=code,
            name=str(name),
            readers=readers.get(code, 0),
            is_written=all((words := entered_in(campaign, code), words.subject, words.body)),
            is_original=code == original,
        )
        for code, name in settings.LANGUAGES
    ]
    return sorted(lines, key=lambda line: (not line.is_original, -line.readers))


def state_lines(campaign: Campaign) -> tuple[list[StateLine], bool]:
    """What became of the mails, and whether something still happens; one query."""
    open_ones = Q(sent_at=None, doubtful_at=None, failed_at=None, held_at=None)
    counts = mails_of(campaign).aggregate(
        sent=Count("pk", filter=Q(sent_at__isnull=False)),
        waiting=Count("pk", filter=open_ones),
        unsure=Count("pk", filter=Q(sent_at=None) & (Q(failed_at__isnull=False) | Q(doubtful_at__isnull=False))),
        held=Count("pk", filter=Q(held_at__isnull=False)),
    )
    words = {
        "sent": pgettext("number of mails", "handed over"),
        "waiting": pgettext("number of mails", "waiting to leave"),
        "unsure": pgettext("number of mails", "failed or in doubt"),
        "held": pgettext("number of mails", "held back"),
    }
    lines = [StateLine(_("people written to"), number_text(campaign.queued))]
    lines += [
        StateLine(what, number_text(counts[name])) for name, what in words.items() if counts[name] or name == "sent"
    ]
    return lines, campaign.is_running or bool(counts["waiting"])

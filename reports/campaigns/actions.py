"""A message is written, sent in the background, and stopped."""

import datetime as dt
import time
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from registrations import mail
from registrations.models import Mail, Programme, Registration, User
from registrations.models.mail import MailQuerySet
from registrations.models.mail_text import LONGEST_BODY, LONGEST_SUBJECT
from registrations.wordings import Words
from reports.campaigns.audience import audience_of, reachable
from reports.campaigns.letters import KIND, Version, all_versions, drafted, wording_of
from reports.campaigns.models import MOST_SESSIONS, Campaign
from reports.errors import Refused
from reports.letters.checking import problems_of
from sessions.chunks import in_chunks
from surveys.models import Survey

CHUNK = 200
SWEEP_SECONDS = 15  # then the next sweep goes on, and a worker has its hands free for the mails themselves


def begin(programme: Programme, *, by: User | None, now: dt.datetime) -> Campaign:
    """An empty message to everybody with a seat, to be written."""
    return Campaign.objects.create(programme=programme, created_at=now, created_by=by)


@transaction.atomic
def write(
    campaign: Campaign, words: Words, *, language: str, audience: str, sessions: int | None, survey: Survey | None
) -> Campaign:
    """Keep the words in one language and the rule. Empty words take a version away.

    Raises Refused for a message that was sent, and for a rule that lacks its number or its survey.
    """
    drafts = Campaign.objects.drafts().select_for_update(of=("self",)).select_related("programme")
    draft = drafts.filter(pk=campaign.pk).first()
    if draft is None:
        raise Refused(_("This message was sent. Write a new one."))
    _refuse_unstorable(words)
    draft.audience, draft.sessions, draft.survey = _rule(audience, sessions, survey)
    if language == draft.source_language:
        draft.subject, draft.body = words.subject, words.body
    else:
        told = {name: text for name, text in (("subject", words.subject), ("body", words.body)) if text}
        others = {code: texts for code, texts in draft.translations.items() if code != language}
        draft.translations = {**others, language: told} if told else others
    draft.save(update_fields=["audience", "sessions", "survey", "subject", "body", "translations"])
    return draft


def _refuse_unstorable(words: Words) -> None:
    for text, longest in ((words.subject, LONGEST_SUBJECT), (words.body, LONGEST_BODY)):
        if "\0" in text:
            raise Refused(_("This text contains a character that cannot be sent. Write it again by hand."))
        if len(text) > longest:
            told = _("This is too long: at most %(limit)s characters fit, and there are %(length)s.")
            raise Refused(told % {"limit": longest, "length": len(text)})


def _rule(audience: str, sessions: int | None, survey: Survey | None) -> tuple[str, int | None, Survey | None]:
    if audience not in Campaign.Audience.values:
        raise Refused(_("Say who shall get the message."))
    if audience in {Campaign.Audience.FEWER, Campaign.Audience.AT_LEAST}:
        if sessions is None or not 1 <= sessions <= MOST_SESSIONS:
            raise Refused(_("Say how many sessions: a number from 1 to %(most)s.") % {"most": MOST_SESSIONS})
        return audience, sessions, None
    if audience == Campaign.Audience.NOT_ANSWERED:
        if survey is None:
            raise Refused(_("Choose the survey."))
        return audience, None, survey
    return audience, None, None


@transaction.atomic
def start(campaign: Campaign, *, by: User | None, now: dt.datetime) -> Campaign:
    """Begin to send; a sweep goes on with it. Twice is as good as once.

    Raises Refused where words are missing or cannot be sent, and where nobody would get the message.
    """
    # The programme's row stays free: whoever registers meanwhile takes a seat of it.
    rows = Campaign.objects.select_for_update(of=("self",)).select_related("programme", "survey__programme")
    locked = rows.get(pk=campaign.pk)
    if locked.is_draft:
        _refuse_unready(locked, now)
        Campaign.objects.filter(pk=locked.pk).update(started_at=now, started_by=by)
        locked.refresh_from_db(fields=["started_at", "started_by"])
    return locked


def _refuse_unready(campaign: Campaign, now: dt.datetime) -> None:
    if campaign.survey is not None and not campaign.survey.is_open(now):
        raise Refused(_("This survey takes no answers now, so nobody is asked to give one."))
    names = dict(settings.LANGUAGES)
    for language, words in all_versions(campaign).items():
        for sentences in problems_of(wording_of(campaign), words).values():
            raise Refused(f"{names[language]}: {sentences[0]}")
    if not audience_of(campaign):
        raise Refused(_("Nobody would get this message now."))


@transaction.atomic
def stop(campaign: Campaign, *, by: User | None, now: dt.datetime) -> Campaign:
    """Send no more: what is queued and has not left is held back. Twice is as good as once."""
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if locked.is_draft:
        raise Refused(_("This message is not being sent."))
    Campaign.objects.filter(pk=locked.pk, stopped_at__isnull=True).update(stopped_at=now, stopped_by=by)
    mails_of(locked).open().filter(claimed_at__isnull=True).order_by().update(held_at=now)
    locked.refresh_from_db()
    return locked


def discard(campaign: Campaign) -> None:
    """Throw a message away that was never sent."""
    Campaign.objects.drafts().filter(pk=campaign.pk).delete()


def mails_of(campaign: Campaign) -> MailQuerySet:
    """The mails of a message."""
    return Mail.objects.filter(programme=campaign.programme_id, kind=KIND, key__startswith=f"{KIND}:{campaign.pk}:")


def send_all(*, now: dt.datetime) -> int:
    """Go on with every message that is being sent; how many mails were queued. Safe to run twice at once."""
    running = Campaign.objects.running().select_related("programme", "survey__programme", "survey__session")
    return sum(carry_on(campaign, now=now) for campaign in running.order_by("started_at", "pk"))


def carry_on(campaign: Campaign, *, now: dt.datetime) -> int:
    """Queue the mails of one message in chunks, committed one by one, until all are, it is stopped or time is up."""
    keys = [key for key in audience_of(campaign) if key > campaign.cursor]
    versions: dict[str, Version] = {}
    queued, give_up_at = 0, time.monotonic() + SWEEP_SECONDS
    for part in in_chunks(keys, CHUNK):
        done = _queue(campaign, part, versions, now)
        if done is None:
            return queued
        queued += done
        if time.monotonic() > give_up_at and part[-1] != keys[-1]:
            return queued
    Campaign.objects.running().filter(pk=campaign.pk).update(finished_at=now)
    return queued


@transaction.atomic
def _queue(campaign: Campaign, keys: Sequence[int], versions: dict[str, Version], now: dt.datetime) -> int | None:
    """One chunk; None where the message was stopped. Another sweep may have gone further meanwhile."""
    locked = Campaign.objects.running().select_for_update().filter(pk=campaign.pk).first()
    if locked is None:
        return None
    people = reachable(Registration.objects.filter(pk__in=keys, pk__gt=locked.cursor)).select_related("programme")
    drafts = [drafted(campaign, person, versions, now=now) for person in people.order_by("pk")]
    mail.queue_many(drafts)
    cursor, queued = max(locked.cursor, keys[-1]), locked.queued + len(drafts)
    Campaign.objects.filter(pk=locked.pk).update(cursor=cursor, queued=queued)
    return len(drafts)

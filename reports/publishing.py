"""Publishing the results of a large programme: asked for on a page, counted and frozen by a worker."""

import datetime as dt
import logging
from dataclasses import dataclass
from typing import Self

from django.db import transaction

from registrations.doorbell import ring
from registrations.kept import PATIENCE
from registrations.models import Programme, User
from reports import counting
from reports.actions import (
    made_public,
    public_results_at_hand,
    publish_results,
    refuse_before_its_end,
    refuse_unless_disclosed,
)
from reports.edition import drafted, told_words
from reports.errors import SENTENCES, Hindered, Hindrance
from reports.method import NotDisclosed, unsaid
from reports.models import ReportDraft
from reports.tasks import publish_where_asked as sweep

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish to publish that is not fulfilled yet: who had it and when, and the sentence that says why it was refused."""

    asked_at: dt.datetime
    asked_by: User | None
    refusal: str
    now: dt.datetime

    @classmethod
    def of(cls, draft: ReportDraft, *, now: dt.datetime) -> Self | None:
        """`None` where nothing is wished for, and where what it was refused for does not hold any more."""
        if draft.publication_asked_at is None:
            return None
        refusal = ""
        if draft.publication_refused_for:
            refusal = _still_refused(draft, Hindrance(draft.publication_refused_for), now)
            if not refusal:
                return None
        return cls(draft.publication_asked_at, draft.publication_asked_by, refusal, now)

    @property
    def is_waiting(self) -> bool:
        """Whether a worker is to answer."""
        return not self.refusal

    @property
    def is_late(self) -> bool:
        """Whether a worker should have answered by now."""
        return self.is_waiting and self.asked_at < self.now - PATIENCE

    @property
    def looks_again(self) -> bool:
        """Whether a page loads itself again until there is an answer."""
        return self.is_waiting and not self.is_late


@transaction.atomic
def ask_to_publish(programme: Programme, *, by: User | None, now: dt.datetime) -> None:
    """Have a worker publish the results as it counts them. Twice is as good as once.

    A wish that was refused gives way to this one.
    Raises `Hindered` as `publish_results` does, as far as that is known without counting.
    """
    refuse_before_its_end(programme, now=now)
    results = public_results_at_hand(programme, now=now)
    if results:
        refuse_unless_disclosed(programme, drafted(programme, results))
    ReportDraft.objects.get_or_create(programme=Programme.objects.get(pk=programme.pk))
    others = ReportDraft.objects.filter(programme=programme.pk).exclude(pk__in=ReportDraft.objects.asked())
    others.update(publication_asked_at=now, publication_asked_by=by, publication_refused_for="")
    ring(sweep)


def publish_where_asked(*, now: dt.datetime) -> None:
    """Publish what is asked for. What fails is tried again by the next sweep, and hinders no other."""
    asked = ReportDraft.objects.asked().order_by("publication_asked_at", "pk")
    for draft in list(asked.select_related("programme", "publication_asked_by")):
        try:
            _publish(draft, now=now)
        except Exception:
            logger.exception("The results of a programme could not be published: %s", draft.programme_id)


def _publish(draft: ReportDraft, *, now: dt.datetime) -> None:
    """Count, then freeze unless another worker has done so meanwhile. What must not be published waits no more."""
    exact = counting.keep(draft.programme, now=now).results
    with transaction.atomic():
        programme = Programme.objects.select_for_update().get(pk=draft.pk)
        wish = ReportDraft.objects.asked().filter(pk=draft.pk, publication_asked_at=draft.publication_asked_at)
        if not wish.exists():
            return
        try:
            publish_results(programme, by=draft.publication_asked_by, now=now, results=made_public(exact))
        except Hindered as refusal:
            wish.update(publication_refused_for=refusal.why)


def _still_refused(draft: ReportDraft, why: Hindrance, now: dt.datetime) -> str:
    """The sentence in the reader's language; "" where it could be published for all that is known without counting."""
    programme = draft.programme
    if why is Hindrance.METHOD:
        fields = unsaid(told_words(programme, draft.words))
        return str(NotDisclosed(fields)) if fields else ""
    holds = {
        Hindrance.NOT_PUBLIC: programme.published_at is None,
        Hindrance.NOT_OVER: not programme.has_ended(now),
        Hindrance.NOBODY: not programme.seats_taken,
    }
    return str(SENTENCES[why]) if holds[why] else ""

"""Publishing the results of a large programme: asked for on a page, counted and frozen by a worker."""

import datetime as dt
import logging

from django.db import transaction

from registrations.doorbell import ring
from registrations.models import Programme, User
from reports import counting
from reports.actions import (
    made_public,
    public_results_at_hand,
    publish_results,
    refuse_before_its_end,
    refuse_unless_disclosed,
)
from reports.edition import drafted
from reports.errors import Refused
from reports.models import ReportDraft
from reports.tasks import publish_where_asked as sweep

logger = logging.getLogger(__name__)


@transaction.atomic
def ask_to_publish(programme: Programme, *, by: User | None, now: dt.datetime) -> None:
    """Have a worker publish the results as it counts them. Twice is as good as once.

    Raises `Refused` as `publish_results` does, as far as that is known without counting.
    """
    refuse_before_its_end(programme, now=now)
    results = public_results_at_hand(programme, now=now)
    if results:
        refuse_unless_disclosed(programme, drafted(programme, results))
    ReportDraft.objects.get_or_create(programme=Programme.objects.get(pk=programme.pk))
    waiting = ReportDraft.objects.filter(programme=programme.pk, publication_asked_at__isnull=True)
    waiting.update(publication_asked_at=now, publication_asked_by=by)
    ring(sweep)


def publish_where_asked(*, now: dt.datetime) -> None:
    """Publish what is asked for. What fails is tried again by the next sweep, and hinders no other."""
    asked = ReportDraft.objects.filter(publication_asked_at__isnull=False).order_by("publication_asked_at", "pk")
    for draft in list(asked.select_related("programme", "publication_asked_by")):
        try:
            _publish(draft, now=now)
        except Exception:
            logger.exception("The results of a programme could not be published: %s", draft.programme_id)


def _publish(draft: ReportDraft, *, now: dt.datetime) -> None:
    """Count, then freeze unless another worker has done so meanwhile. What must not be published is asked for no more."""
    exact = counting.keep(draft.programme, now=now).results
    with transaction.atomic():
        still = ReportDraft.objects.filter(pk=draft.pk, publication_asked_at=draft.publication_asked_at)
        if not still.update(publication_asked_at=None, publication_asked_by=None):
            return
        try:
            by = draft.publication_asked_by
            publish_results(draft.programme, by=by, now=now, results=made_public(exact))
        except Refused as refusal:
            logger.info("The results of programme %s are not published: %s", draft.programme_id, refusal)

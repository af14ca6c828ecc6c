"""Keeping what somebody has answered so far."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from registrations.models import Registration
from surveys.models import AnsweredMark, Draft, Survey

KEPT_AFTER_THE_END = dt.timedelta(days=30)
"""So long after a survey's end answers that were never sent may still be copied, or sent where it opens again."""


@transaction.atomic
def keep(
    survey: Survey,
    registration: Registration,
    answers: Mapping[str, object],
    *,
    language: str,
    started_at: dt.datetime,
    now: dt.datetime,
) -> Draft | None:
    """Put answers into the person's draft, beginning one at `started_at` where there is none; the draft.

    What is kept of other questions stays: two windows that send different pages at once both keep theirs, and the same
    page sent twice is kept once. None, and nothing kept, where the person has answered meanwhile.
    """
    Registration.objects.select_for_update(no_key=True).only("pk").get(pk=registration.pk)
    if AnsweredMark.objects.filter(survey=survey, registration=registration).exists():
        return None
    draft = Draft.objects.filter(survey=survey, registration=registration).first()
    if draft is None:
        draft = Draft(survey=survey, registration=registration, started_at=started_at)
    draft.answers = {**draft.answers, **answers}
    draft.language, draft.updated_at = language, now
    draft.save()
    return draft


def forget_drafts(*, now: dt.datetime) -> int:
    """Delete the drafts of surveys that ended long ago; how many there were."""
    forgotten, _rows = Draft.objects.filter(survey__closes_at__lt=now - KEPT_AFTER_THE_END).delete()
    return forgotten

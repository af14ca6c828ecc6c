"""Deciding whether a survey is anonymous, and keeping it so."""

import datetime as dt
from random import SystemRandom
from secrets import randbits

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from surveys.errors import Refused
from surveys.models import AnsweredMark, Response, Survey

KEY_BITS = 63
"""Keys of anonymous responses and of marks are drawn by lot from all that the column holds: their order says nothing."""

MIXED_AFTER = dt.timedelta(days=2)


@transaction.atomic
def set_anonymous(survey: Survey, *, is_anonymous: bool) -> Survey:
    """Make a survey anonymous, or name its responses; the survey. Raises Refused from its first response on.

    The row is locked first: whoever is sending answers at this moment is waited for, and then counts.
    """
    held = Survey.objects.select_for_update(no_key=True).only("is_anonymous").get(pk=survey.pk)
    unanswered = Survey.objects.filter(
        ~Exists(AnsweredMark.objects.filter(survey=OuterRef("pk"))),
        ~Exists(Response.objects.filter(survey=OuterRef("pk"))),
        pk=survey.pk,
    )
    if held.is_anonymous != is_anonymous and not unanswered.update(is_anonymous=is_anonymous):
        raise Refused(
            _("Somebody has answered this survey already. Whether it is anonymous was promised and cannot change.")
        )
    survey.is_anonymous = is_anonymous
    return survey


def mix_marks(*, now: dt.datetime) -> int:
    """Write the marks of anonymous surveys anew in an order drawn by lot; how many surveys had any to mix.

    A mark and its response are written together, and a database can be asked which rows were: by the transaction, and
    by the order on its pages. Afterwards the marks say only that they were written now. Surveys that closed more than
    two days ago have been mixed and are left alone.
    """
    recent = Survey.objects.filter(is_anonymous=True, closes_at__gte=now - MIXED_AFTER, opens_at__lte=now)
    return sum(_mix(survey) for survey in recent.order_by("pk"))


@transaction.atomic
def _mix(survey: Survey) -> bool:
    """Whoever answers meanwhile waits at most for this; a mark that is there stays there for everybody else."""
    marks = list(AnsweredMark.objects.select_for_update().filter(survey=survey).order_by())
    people = [mark.registration_id for mark in marks]
    SystemRandom().shuffle(people)
    AnsweredMark.objects.filter(pk__in=[mark.pk for mark in marks]).delete()
    AnsweredMark.objects.bulk_create(
        AnsweredMark(pk=randbits(KEY_BITS), survey=survey, registration_id=person) for person in people
    )
    return bool(people)

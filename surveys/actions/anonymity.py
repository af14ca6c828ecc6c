"""Deciding whether a survey is anonymous."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from surveys.errors import Refused
from surveys.models import AnsweredMark, Response, Survey


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

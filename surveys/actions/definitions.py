"""Saying which responses of a survey are valid."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from registrations.models import Registration, User
from surveys.errors import Refused
from surveys.models import BaseDefinition, Survey


@transaction.atomic
def define_base(
    survey: Survey,
    *,
    name: str,
    sectors: Iterable[str],
    must_be_complete: bool,
    by: User | None,
    now: dt.datetime,
) -> BaseDefinition:
    """Adopt a definition of the valid response as the survey's next version; earlier ones are never edited.

    The definition already in force is returned as it is when nothing would change. Raises Refused without a name and
    for an unknown sector.
    """
    Survey.objects.select_for_update().get(pk=survey.pk)
    proposed = _proposed_definition(survey, name=name, sectors=sectors, must_be_complete=must_be_complete)
    latest = survey.base_definitions.first()
    if latest and _content(latest) == _content(proposed):
        return latest
    highest = survey.base_definitions.aggregate(highest=Max("version"))["highest"] or 0
    proposed.version, proposed.created_by, proposed.created_at = highest + 1, by, now
    proposed.save(force_insert=True)
    return proposed


def _proposed_definition(
    survey: Survey, *, name: str, sectors: Iterable[str], must_be_complete: bool
) -> BaseDefinition:
    chosen = set(sectors)
    if not name.strip():
        raise Refused(_("Give the definition a name."))
    unknown = chosen - set(Registration.Sector.values)
    if unknown:
        raise Refused(_("There is no sector “%(sector)s”.") % {"sector": min(unknown)})
    in_order = [sector for sector in Registration.Sector.values if sector in chosen]
    return BaseDefinition(survey=survey, name=name.strip(), sectors=in_order, must_be_complete=must_be_complete)


def _content(definition: BaseDefinition) -> tuple[str, list[str], bool]:
    return definition.name, definition.sectors, definition.must_be_complete

"""Saying which responses of a survey are valid."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Required, TypedDict, Unpack

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from registrations.models import Registration, User
from surveys.base import Definition
from surveys.errors import Refused
from surveys.models import BaseDefinition, Survey


class Conditions(TypedDict, total=False):
    """A name and what a response must be to count; see `surveys.base.Definition`."""

    name: Required[str]
    sectors: Iterable[str]
    must_be_complete: bool
    must_be_finished: bool
    leaves_out_tests: bool
    leaves_out_duplicates: bool
    least_seconds: int
    languages: Iterable[str]


@transaction.atomic
def define_base(
    survey: Survey, *, by: User | None, now: dt.datetime, **conditions: Unpack[Conditions]
) -> BaseDefinition:
    """Adopt a definition of the valid response as the survey's next version; earlier ones are never edited.

    The definition already in force is returned as it is when nothing would change. Raises Refused without a name and
    for an unknown sector or language.
    """
    Survey.objects.select_for_update().get(pk=survey.pk)
    content = _checked(conditions)
    latest = survey.base_definitions.first()
    if latest and all(getattr(latest, name) == value for name, value in content.items()):
        return latest
    highest = survey.base_definitions.aggregate(highest=Max("version"))["highest"] or 0
    return BaseDefinition.objects.create(survey=survey, version=highest + 1, created_by=by, created_at=now, **content)


def proposed_definition(survey: Survey, **conditions: Unpack[Conditions]) -> Definition:
    """What `define_base` would adopt, to look at its effect. Raises Refused as it does."""
    content: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in _checked(conditions).items()
    }
    return Definition(version=survey.definition_in_force().version + 1, **content)


def _checked(conditions: Conditions) -> dict[str, Any]:
    """Every field of a definition, with lists in their usual order."""
    name = conditions["name"].strip()
    if not name:
        raise Refused(_("Give the definition a name."))
    sectors = _in_order(conditions.get("sectors", ()), Registration.Sector.values, _("There is no sector “%(value)s”."))
    known = [code for code, _name in settings.LANGUAGES]
    languages = _in_order(conditions.get("languages", ()), known, _("There is no language “%(value)s”."))
    return {
        "name": name,
        "sectors": sectors,
        "must_be_complete": conditions.get("must_be_complete", False),
        "must_be_finished": conditions.get("must_be_finished", False),
        "leaves_out_tests": conditions.get("leaves_out_tests", True),
        "leaves_out_duplicates": conditions.get("leaves_out_duplicates", False),
        "least_seconds": conditions.get("least_seconds", 0),
        "languages": languages,
    }


def _in_order(chosen: Iterable[str], known: Sequence[str], refusal: str) -> list[str]:
    given = set(chosen)
    if unknown := given - set(known):
        raise Refused(refusal % {"value": min(unknown)})
    return [value for value in known if value in given]

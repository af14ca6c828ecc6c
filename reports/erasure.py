"""Erasing a person from every floor at once, and from the back office's own record of what was done."""

import datetime as dt
from collections.abc import Iterator

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from certificates.actions import forget_person as forget_on_certificates
from registrations.erased import ERASED
from registrations.erasing import erase
from registrations.models import Registration, User
from sessions.actions import forget_person as forget_attendance
from surveys.actions import forget_person as forget_answers


@transaction.atomic
def erase_person(registration: Registration, *, by: User | None = None, now: dt.datetime) -> Registration:
    """Erase a person: all of it or nothing, and twice as once. `by` did it on the person's behalf; None is the person.

    Every floor forgets on its own, from the top down, since the lowest still says who the person is. Figures stay.
    """
    locked = Registration.objects.select_for_update().get(pk=registration.pk)
    if not locked.is_erased:
        _forget_log_entries(locked)
        forget_on_certificates(locked)
        forget_answers(locked)
        forget_attendance(locked, by=by, now=now)
    return erase(registration, by=by, now=now)


def _forget_log_entries(registration: Registration) -> None:
    """The admin's log keeps what a row was called; who did what, and when, stays."""
    for model, keys in _rows_of(registration):
        kinds = [ContentType.objects.get_for_model(each, for_concrete_model=False) for each in _family(model)]
        entries = LogEntry.objects.filter(content_type__in=kinds, object_id__in=[str(key) for key in keys])
        entries.order_by().update(object_repr=ERASED, change_message="")


def _rows_of(registration: Registration) -> Iterator[tuple[type[models.Model], list[object]]]:
    """Every table that leads to the registration, with the keys of its rows about this one."""
    yield Registration, [registration.pk]
    for relation in relations():
        model = relation.related_model
        rows = model._base_manager.filter(**{relation.field.name: registration.pk})
        yield model, list(rows.order_by().values_list("pk", flat=True))


def relations() -> list[models.ForeignObjectRel]:
    """The columns by which tables lead to a registration, those without a name on the other side too."""
    found = Registration._meta.get_fields(include_hidden=True)
    return [each for each in found if isinstance(each, models.ForeignObjectRel)]


def _family(model: type[models.Model]) -> list[type[models.Model]]:
    """The model and those that stand for it."""
    return [each for each in apps.get_models() if each._meta.concrete_model is model._meta.concrete_model]

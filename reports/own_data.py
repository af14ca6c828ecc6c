"""Everything that is stored about one person in one programme, part by part, as plain values. One query for each part."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from registrations.models import Registration, Retention
from registrations.spreadsheet import csv_lines
from registrations.two_zones import SpanOnBoth, TwoZones
from reports.own_data_kinds import PARTS, Kind, PartKind
from reports.retention_plan import kept_until
from sessions.models import AttendanceRow

Value = str | int | bool | None
MOST_SHOWN = 10
CSV_HEADER = ("part", "item", "field", "value")


@dataclass(frozen=True, slots=True)
class Field:
    """One value. `name` and `value` are for machines (moments in ISO 8601 and UTC, choices by their codes).

    `label` and `shown` are for people, in the active language; of a moment there is `moment`.
    """

    name: str
    value: Value
    label: str
    shown: str
    moment: SpanOnBoth | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What is stored for one reason, and until when: `key` names it in downloads, `items` are its rows, oldest first."""

    key: str
    title: str
    why: str
    kept: tuple[str, ...]
    items: tuple[tuple[Field, ...], ...]

    @property
    def shown(self) -> tuple[tuple[Field, ...], ...]:
        """What the page shows of it: the latest few, so that it loads over a slow line."""
        return self.items[-MOST_SHOWN:]

    @property
    def more(self) -> int:
        """How many are in the downloads only."""
        return max(len(self.items) - MOST_SHOWN, 0)


def own_parts(registration: Registration, zones: TwoZones) -> list[Part]:
    """Every part, those without a row too; one query for each table, however many rows there are, and one more."""
    retention = Retention.of(registration.programme)
    return [
        Part(
            part.key,
            str(part.title),
            str(part.why),
            tuple(kept_until(retention, part.key)),
            tuple(_items(part, registration, zones)),
        )
        for part in PARTS
    ]


def as_json(registration: Registration, parts: Iterable[Part], now: dt.datetime) -> str:
    """The parts as one JSON object: part to items, an item to its values by name."""
    document = {
        "programme": registration.programme.slug,
        "made_at": now.isoformat(),
        **{part.key: [{each.name: each.value for each in item} for item in part.items] for part in parts},
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_csv(parts: Iterable[Part]) -> Iterator[str]:
    """The same as lines of `CSV_HEADER`; items count from 1. Cells that look like formulas are guarded."""
    rows = (
        (part.key, str(number), each.name, "" if each.value is None else str(each.value))
        for part in parts
        for number, item in enumerate(part.items, start=1)
        for each in item
    )
    return csv_lines(CSV_HEADER, rows)


def _items(part: PartKind, registration: Registration, zones: TwoZones) -> Iterator[tuple[Field, ...]]:
    for kind in part.kinds:
        first = _type_of(kind.model, is_shown=len(part.kinds) > 1)
        for row in _rows(kind, registration):
            yield (first, *(_field(row, path, zones) for path in kind.paths), *_answers(row, kind.document))


def _rows(kind: Kind, registration: Registration) -> models.QuerySet[Any]:
    rows = kind.model._default_manager.filter(**{kind.owner: registration.pk}).order_by("pk")
    rows = rows.select_related(*kind.related) if kind.related else rows
    return rows.defer("attendance_import__content") if kind.model is AttendanceRow else rows


def _type_of(model: type[models.Model], *, is_shown: bool) -> Field:
    """Which table it is from: several stand in one part."""
    label = capfirst(str(model._meta.verbose_name)) if is_shown else ""
    return Field("kind_of_record", str(model._meta.model_name), _("Kind of record"), label)


def _field(row: models.Model, path: str, zones: TwoZones) -> Field:
    *way, name = path.split("__")
    for step in way:
        row = getattr(row, step)
    raw: Any = getattr(row, name)
    label = capfirst(str(getattr(row._meta.get_field(name), "verbose_name", name)))
    plain = _plain(raw)
    if isinstance(raw, dt.datetime):
        return Field(path, plain, label, "", zones.moment(raw))
    return Field(path, plain, label, _shown(row, name, raw))


def _plain(raw: Any) -> Value:
    if raw is None or isinstance(raw, bool | int):
        return raw
    return raw.astimezone(dt.UTC).isoformat() if isinstance(raw, dt.datetime) else str(raw)


def _shown(row: models.Model, name: str, raw: Any) -> str:
    if isinstance(raw, bool):
        return _("Yes") if raw else _("No")
    if name == "country":
        return str(getattr(raw, "name", raw))
    display = getattr(row, f"get_{name}_display", None)
    return str(display() if display else "" if raw is None else raw)


def _answers(row: models.Model, name: str) -> Sequence[Field]:
    """Of a document each answer by the name of its question."""
    document: dict[str, Any] = getattr(row, name) if name else {}
    return [Field(f"{name}.{key}", _plain(value), key, str(value)) for key, value in document.items()]

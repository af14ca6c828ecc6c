"""Many responses written at once: streamed by COPY where PostgreSQL is, else inserted in one statement."""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from typing import Any, TypeVar

from django.db import connection, models

from surveys.actions.sifting import KEY_BITS, Sieve, Sifted
from surveys.models import AnsweredMark, Response, ResponseImport, Survey

Item = TypeVar("Item")
Columns = Mapping[str, Sequence[object]]


@dataclass(frozen=True, slots=True)
class Ready:
    """The responses of one block as the database takes them; `data` is a text for COPY, or one tuple for each row."""

    found: Sifted
    statement: str
    data: str | list[tuple[Any, ...]]


def ready(survey: Survey, batch: ResponseImport, sieve: Sieve, found: Sifted) -> Ready:
    """Everything about the writing of a block that needs no database, so that it can be done ahead of it.

    Answers are JSON texts, moments are texts in ISO 8601 in UTC. Columns that the block does not have are the same in
    each row: `language`, `submitted_at`, and what their fields have by default.
    """
    same = {
        "survey_id": survey.pk, "batch_id": batch.pk, "language": survey.language, "submitted_at": sieve.moment
    }  # fmt: skip
    constants = {name: value for name, value in {**_defaults(), **same}.items() if name not in found.columns}
    make = _copied if connection.vendor == "postgresql" else _inserted
    return Ready(found, *make(found.columns, constants, found.rows))


def write_responses(survey: Survey, lot: Ready) -> None:
    """Write one block, and mark those whose responses they are. The database's constraints hold as for every row.

    Must be called within a transaction.
    """
    if lot.data:
        with connection.cursor() as cursor:
            if isinstance(lot.data, str):
                with cursor.copy(lot.statement) as copy:
                    copy.write(lot.data)
            else:
                cursor.executemany(lot.statement, lot.data)
    AnsweredMark.objects.bulk_create(
        AnsweredMark(pk=secrets.randbits(KEY_BITS), survey=survey, registration_id=pk) for pk in lot.found.people
    )


def remove_rows(rows: models.QuerySet[Response]) -> None:
    """Remove responses, with what others know about them, without fetching a million rows first."""
    for relation in Response._meta.related_objects:
        relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": rows}).delete()
    rows._raw_delete(rows.db)


def checked_at_once() -> None:
    """Foreign keys of this transaction are checked block by block, while the next block is made, not all at its end."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def ahead(items: Iterator[Item]) -> Iterator[Item]:
    """The same items, each made while the one before is dealt with: the database writes one block meanwhile."""
    with ThreadPoolExecutor(1) as maker:
        following = maker.submit(next, items, None)
        while (item := following.result()) is not None:
            following = maker.submit(next, items, None)
            yield item


def _defaults() -> dict[str, object]:
    """The value of each column of a response about which nothing is said; the key is the database's."""
    fields: Iterable[models.Field[Any, Any]] = Response._meta.concrete_fields
    return {each.attname: each.get_default() for each in fields if not each.primary_key and each.name != "answers"}


def _copied(varying: Columns, constants: Mapping[str, object], rows: int) -> tuple[str, str]:
    """PostgreSQL's text format: a tab between columns, \\N for nothing, a backslash is doubled.

    A column that is left out is NULL. Source: https://www.postgresql.org/docs/current/sql-copy.html, "Text Format".
    """
    constants = {name: value for name, value in constants.items() if value is not None}
    names = ", ".join(f'"{name}"' for name in (*varying, *constants))
    end = "".join("\t" + _text(value) for value in constants.values()) + "\n"
    lines = map("\t".join, zip(*(_texts(name, values) for name, values in varying.items()), strict=True))
    text = end.join(lines) + end if rows else ""
    return f"COPY {Response._meta.db_table} ({names}) FROM STDIN", text


def _texts(name: str, values: Sequence[object]) -> Iterable[str]:
    if name == "answers":  # JSON escapes tabs and line ends itself
        return [str(value).replace("\\", "\\\\") for value in values]
    return map(_text, values)


def _text(value: object) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    text = str(value)
    if "\\" in text or "\t" in text or "\n" in text or "\r" in text:
        text = text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    return text


def _inserted(varying: Columns, constants: Mapping[str, object], rows: int) -> tuple[str, list[tuple[Any, ...]]]:
    """By the same values as Django's own insert: SQLite keeps moments as texts in UTC without their zone."""
    names = ", ".join(f'"{name}"' for name in (*varying, *constants))
    places = ", ".join(["%s"] * (len(varying) + len(constants)))
    moments = {each.column for each in Response._meta.concrete_fields if isinstance(each, models.DateTimeField)}
    columns: list[Iterable[object]] = [
        map(_naive, values) if name in moments else values for name, values in varying.items()
    ]
    columns += [repeat(_naive(value) if name in moments else value, rows) for name, value in constants.items()]
    statement = f"INSERT INTO {Response._meta.db_table} ({names}) VALUES ({places})"  # noqa: S608  our own columns
    return statement, list(zip(*columns, strict=True))


def _naive(value: object) -> object:
    return str(value).replace("T", " ").removesuffix("+00:00") if value is not None else None

"""Indexes for searches inside words, on PostgreSQL with its extension pg_trgm; elsewhere a search reads every row."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import DatabaseError, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

Step = Callable[[Any, BaseDatabaseSchemaEditor], None]


def made(name: str, table: str, columns: Sequence[str], *, is_upper: bool = False) -> Step:
    """A step of a migration: an index that `icontains`, which compares in upper case, finds trigrams in.

    `is_upper`: the columns hold texts in upper case, in which `holds` searches.
    """
    words = ", ".join(f'"{column}" gin_trgm_ops' if is_upper else _upper(column) for column in columns)

    def make(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        if _has_trigrams(editor):
            editor.execute(f'CREATE INDEX IF NOT EXISTS "{name}" ON "{table}" USING gin ({words})')

    return make


def _upper(column: str) -> str:
    return f'upper("{column}"::text) gin_trgm_ops'


def gone(name: str) -> Step:
    """The way back."""

    def drop(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(f'DROP INDEX IF EXISTS "{name}"')

    return drop


def _has_trigrams(editor: BaseDatabaseSchemaEditor) -> bool:
    """Whether the extension is there, put in now where the server has it and lets us: its owner may, it is a trusted one."""
    if editor.connection.vendor != "postgresql":
        return False
    try:
        with transaction.atomic(using=editor.connection.alias):
            editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError:
        return False
    return True

"""Lists of the back office that stay fast when they are long."""

from functools import partial
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connections
from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.utils.functional import cached_property

from registrations.met_dates import met_dates

FOUND_AT_MOST = 20_000  # keys that a search hands on
BEFORE, COUNT = "before_a_search", "found_by_a_search"  # noted on the rows found; a copy of them does not have it


class KeyPaginator(Paginator):
    """Finds the keys of a page first, from the nearer end of the list, then fetches its rows.

    Skipping rows costs as much as reading them: keys are read from an index, and nothing is skipped twice as far as needed.
    """

    @cached_property
    def count(self) -> int:
        """How many rows there are; what a search has counted is not counted again."""
        known = vars(self.object_list).get(COUNT) if isinstance(self.object_list, QuerySet) else None
        return super().count if known is None else int(known)

    def page(self, number: Any) -> Page:
        """The rows of a page, in their order. Two queries."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        last = min(first + self.per_page, self.count)
        rows = self.object_list
        if not isinstance(rows, QuerySet):
            return super().page(number)
        keys = _keys(rows, first, last, self.count)
        found = {row.pk: row for row in vars(rows).get(BEFORE, rows).order_by().filter(pk__in=keys)}
        return Page([found[key] for key in keys if key in found], number, self)


def _keys(rows: QuerySet[Any], first: int, last: int, count: int) -> list[Any]:
    if first <= count // 2:
        return list(rows.values_list("pk", flat=True)[first:last])
    return list(rows.reverse().values_list("pk", flat=True)[count - last : count - first])[::-1]


def found_once(rows: QuerySet[Any], found: QuerySet[Any]) -> QuerySet[Any]:
    """Those of `rows` that a search has `found`, by their keys, so that count, page and dates do not search again.

    It also keeps PostgreSQL from walking along the order of the list until it meets what was searched for. What finds
    more than 20,000 rows is met soon, so it is left as it is; SQLite, too, is left alone. One query.
    """
    if connections[found.db].vendor != "postgresql":
        return found
    keys = list(found.order_by().values_list("pk", flat=True)[: FOUND_AT_MOST + 1])
    if len(keys) <= FOUND_AT_MOST:
        found = rows.filter(_AnyOf(F("pk"), Value(keys)))
        vars(found)[COUNT] = len(keys)
    else:
        vars(found)["datetimes"] = partial(met_dates, found)  # what the dates above a list are asked of
    vars(found)[BEFORE] = rows  # the rows of a page, whose keys are known then, are fetched without searching
    return found


class _AnyOf(Func):
    """`pk = ANY(array)`: one parameter, however many keys."""

    output_field = BooleanField()
    arg_joiner = " = ANY("
    template = "(%(expressions)s::bigint[]))"

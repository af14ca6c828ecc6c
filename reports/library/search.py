"""Entries by words, the best first: the same code and the same order on PostgreSQL and on SQLite."""

import math
from collections.abc import Sequence

from django.db.models import Case, When

from registrations.folding import HAN_RUN
from reports.library.models import EntryQuerySet, LibraryEntry, LibraryHit, LibraryTerm

SHORTEST_PREFIX = 3
MOST_SHOWN = 1_000
MOST_ENDINGS = 100  # words that begin with one that was looked for


def ranked(entries: EntryQuerySet, terms: Sequence[str]) -> tuple[list[int], int]:
    """Keys of the entries that have every term, best first, 1,000 at most; and how many there are in all.

    A term is found where a word begins with it. Its worth is its weight in the entry (dampened) times its rarity, as in
    tf-idf (Spärck Jones, 1972); equals stand in the entries' own order. Two queries per term and two more.
    """
    total = LibraryEntry.objects.count()
    scores: dict[int, float] | None = None
    for term in terms:
        found = _weights(term)
        rarity = math.log(1 + total / max(len(found), 1))
        worth = {pk: (1 + math.log(weight)) * rarity for pk, weight in found.items()}
        scores = worth if scores is None else {pk: scores[pk] + worth[pk] for pk in scores.keys() & worth.keys()}
        if not scores:
            return [], 0
    order = [pk for pk in entries.values_list("pk", flat=True) if pk in (scores or {})]
    order.sort(key=lambda pk: -round((scores or {})[pk], 9))
    return order[:MOST_SHOWN], len(order)


def in_order(entries: EntryQuerySet, keys: Sequence[int]) -> EntryQuerySet:
    """These entries in the order of the keys."""
    place = Case(*(When(pk=pk, then=number) for number, pk in enumerate(keys)))
    return entries.filter(pk__in=keys).order_by(place)


def _weights(term: str) -> dict[int, int]:
    """Weight by entry. Words of two letters and Chinese pairs are meant as they stand.

    Terms first, then their hits: put together in one query, SQLite reads every hit that there is.
    """
    is_exact = len(term) < SHORTEST_PREFIX and not (len(term) == 1 and HAN_RUN.fullmatch(term))
    lookup = {"term": term} if is_exact else {"term__startswith": term}
    terms = list(LibraryTerm.objects.filter(**lookup).order_by("term").values_list("pk", flat=True)[:MOST_ENDINGS])
    found: dict[int, int] = {}
    for entry, weight in LibraryHit.objects.filter(term__in=terms).values_list("entry_id", "weight").iterator():
        found[entry] = found.get(entry, 0) + weight
    return found

"""In which languages a session can be heard, for its pages; and which one a person mostly followed."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Max, Min, OuterRef, Q, QuerySet, Subquery

from registrations.models import Programme, Registration
from sessions.models import LanguageChoice, SessionLanguage, TrainingSession


def languages_of(programme: Programme) -> dict[int, list[SessionLanguage]]:
    """The languages of each session, by its key; one query. Sessions without any have no entry."""
    found: dict[int, list[SessionLanguage]] = {}
    rows = SessionLanguage.objects.filter(session__programme=programme).select_related("session")
    for row in rows:
        found.setdefault(row.session_id, []).append(row)
    return found


def with_own_first(rows: Iterable[SessionLanguage], registration: Registration) -> list[SessionLanguage]:
    """The languages that can be joined, the person's own before the others."""
    return sorted(
        (row for row in rows if row.address), key=lambda row: (row.language != registration.language, not row.is_floor)
    )


def language_followed(registration: Registration, present: Collection[int], *, session: int | None = None) -> str:
    """The language that a person mostly heard in the sessions of the programme, or in one; "" where none is known.

    `present`: the sessions in which the person was, by their keys. Of languages heard equally often the latest. One query.
    """
    chosen = LanguageChoice.objects.filter(session=OuterRef("pk"), registration=registration).values("language")
    rows = _floors(registration.programme, session).annotate(chosen=Subquery(chosen[:1]))
    heard = (
        _heard(own, first, last, is_present=key in present)
        for key, first, last, own in rows.values_list("pk", "first", "last", "chosen")
    )
    return most_common(filter(None, heard))


def languages_followed(
    programme: Programme, present: Mapping[int, Collection[int]], *, session: int | None = None
) -> dict[int, str]:
    """As `language_followed`, of everybody of whom one is known, by registration; two queries."""
    rows = LanguageChoice.objects.filter(session__programme=programme).order_by()
    chosen = {(key, person): own for key, person, own in rows.values_list("session", "registration", "language")}
    floors = list(_floors(programme, session).values_list("pk", "first", "last"))
    found = {}
    for person in {*present, *(person for _key, person in chosen)}:
        own = present.get(person, ())
        heard = (_heard(chosen.get((key, person)), first, last, is_present=key in own) for key, first, last in floors)
        if language := most_common(filter(None, heard)):
            found[person] = language
    return found


def _floors(programme: Programme, session: int | None) -> QuerySet[Any]:
    """The sessions in the order of time, each with the first and last language that is spoken there, by their codes."""
    rows = TrainingSession.objects.filter(programme=programme).order_by("starts_at", "pk")
    rows = rows if session is None else rows.filter(pk=session)
    spoken = Q(languages__is_floor=True)
    return rows.annotate(
        first=Min("languages__language", filter=spoken), last=Max("languages__language", filter=spoken)
    )


def _heard(chosen: str | None, first: str | None, last: str | None, *, is_present: bool) -> str:
    """What was chosen; else, of whoever was there, what was spoken, where that was one language."""
    if chosen:
        return chosen
    return (first or "") if is_present and first == last else ""


def uses(programme: Programme) -> Mapping[int, Counter[str]]:
    """How many joined each session in each language; one query."""
    found: dict[int, Counter[str]] = {}
    rows = LanguageChoice.objects.filter(session__programme=programme, registration__in=Registration.objects.seated())
    for session, language in rows.order_by().values_list("session_id", "language"):
        found.setdefault(session, Counter())[language] += 1
    return found


def most_common(languages: Iterable[str]) -> str:
    """The most frequent of them in the order of time; of equals the latest."""
    listed = list(languages)
    counts = Counter(listed)
    return max(counts, key=lambda each: (counts[each], len(listed) - listed[::-1].index(each)), default="")

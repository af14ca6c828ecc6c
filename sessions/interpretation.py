"""In which languages a session can be heard, for its pages; and which one a person mostly used."""

from collections import Counter
from collections.abc import Iterable, Mapping

from registrations.models import Programme, Registration
from sessions.models import LanguageChoice, SessionLanguage


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


def mostly_used(registration: Registration) -> str:
    """The language in which a person joined most sessions, "" where none is known; of equals the latest."""
    choices = LanguageChoice.objects.filter(registration=registration).order_by("chosen_at", "pk")
    return most_common(choices.values_list("language", flat=True))


def used_by(programme: Programme) -> dict[int, str]:
    """The language mostly used by each registration that chose one; one query."""
    rows = LanguageChoice.objects.filter(session__programme=programme).order_by("chosen_at", "pk")
    chosen: dict[int, list[str]] = {}
    for person, language in rows.values_list("registration_id", "language"):
        chosen.setdefault(person, []).append(language)
    return {person: most_common(languages) for person, languages in chosen.items()}


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

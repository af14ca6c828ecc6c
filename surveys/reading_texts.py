"""Finding texts among thousands: by the words in them, by code, by what coders decided."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models.fields.json import KeyTextTransform
from django.http import HttpRequest

from surveys.codebooks import Codebook
from surveys.coding import agreed, is_disputed
from surveys.models import Question, Response

DISPUTED, NOT_MINE, UNCODED = "disputed", "not-mine", "uncoded"
LONGEST_SEARCH = 100
LOOKS = (DISPUTED, NOT_MINE, UNCODED)


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: words in the text, and a code by its name or one of LOOKS after a minus sign."""

    words: str = ""
    code: str = ""

    @property
    def look(self) -> str:
        """One of LOOKS, or ""."""
        return self.code.removeprefix("-") if self.code.startswith("-") else ""


def searched_words(request: HttpRequest) -> str:
    """The words of a search in the address. Without NULs, which PostgreSQL refuses."""
    return request.GET.get("words", "").replace("\0", " ").strip()[:LONGEST_SEARCH]


def found(question: Question, keys: Iterable[int], search: Search, book: Codebook, *, coder: int) -> list[int]:
    """The responses, in the order of ``keys``, whose text is looked for; one query where words are."""
    kept = list(keys)
    if search.words:
        holding = set(
            Response.objects.filter(survey=question.survey_id, **{f"answers__{question.name}__icontains": search.words})
            .order_by()
            .values_list("pk", flat=True)
        )
        kept = [key for key in kept if key in holding]
    return [key for key in kept if _is_found(book, key, search, coder)]


def texts_of(question: Question, keys: Sequence[int]) -> dict[int, str]:
    """What some responses say, in the order of the keys; one query."""
    texts = dict(
        Response.objects.filter(pk__in=keys).order_by().values_list("pk", KeyTextTransform(question.name, "answers"))
    )
    return {key: texts[key] for key in keys if texts.get(key)}


def _is_found(book: Codebook, key: int, search: Search, coder: int) -> bool:
    given = book.texts.get(key, {})
    if search.look == DISPUTED:
        return is_disputed(given)
    if search.look == NOT_MINE:
        return coder not in given
    if search.look == UNCODED:
        return not given
    return search.code in agreed(given) if search.code else True

"""The codebooks of a survey's open questions with what coders gave to each text: three queries for all of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from surveys.coding import Given, is_disputed
from surveys.models import Question, Survey
from surveys.models.coding import Code, CodedText, Coding


@dataclass(frozen=True, slots=True)
class Codebook:
    """One question's codes in use, in order, and by response what each coder who went through its text gave."""

    codes: tuple[Code, ...]
    texts: Mapping[int, Given]

    @property
    def names(self) -> tuple[str, ...]:
        """The codes by their names."""
        return tuple(code.name for code in self.codes)

    def of(self, responses: Collection[int]) -> list[Given]:
        """What was given to the texts of some responses; an empty mapping for one that nobody has gone through."""
        return [self.texts.get(pk, {}) for pk in responses]

    def coded(self, responses: Collection[int]) -> int:
        """How many of these texts somebody has gone through."""
        return sum(bool(given) for given in self.of(responses))

    def disputed(self, responses: Collection[int]) -> int:
        """On how many of these texts coders decided differently."""
        return sum(is_disputed(given) for given in self.of(responses))


EMPTY = Codebook((), {})


def codebooks(survey: Survey) -> dict[str, Codebook]:
    """The codebooks of a survey by the names of their questions; one query where there is none, three otherwise."""
    codes = list(
        Code.objects.filter(question__survey=survey, withdrawn_at__isnull=True)
        .select_related("question")
        .order_by("question", "position", "pk")
    )
    if not codes:
        return {}
    gone_through = CodedText.objects.filter(question__survey=survey).order_by()
    given = Coding.objects.for_survey(survey).standing().order_by()
    texts = _texts(
        gone_through.values_list("question__name", "response_id", "coder_id"),
        given.values_list("code__question__name", "response_id", "coder_id", "code__name"),
    )
    by_question: dict[str, list[Code]] = defaultdict(list)
    for code in codes:
        by_question[code.question.name].append(code)
    return {name: Codebook(tuple(found), texts.get(name, {})) for name, found in by_question.items()}


def codebook(question: Question) -> Codebook:
    """The codebook of one question."""
    return codebooks(question.survey).get(question.name, EMPTY)


def _texts(
    gone_through: Iterable[tuple[str, int, int]], given: Iterable[tuple[str, int, int, str]]
) -> dict[str, dict[int, dict[int, set[str]]]]:
    texts: dict[str, dict[int, dict[int, set[str]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    for name, response, coder in gone_through:
        texts[name][response].setdefault(coder, set())
    for name, response, coder, code in given:
        texts[name][response][coder].add(code)
    return texts

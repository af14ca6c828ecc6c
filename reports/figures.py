"""A programme's results as plain values: every figure with its numerator, its denominator and what it is counted over.

Codes (`female`, `KE`, `Africa`) stand where a reader sees words, so that one frozen document is read in any language.
"""

import json
import types
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from fractions import Fraction
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

FORMAT = "baraza-results/1"
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: a count (no denominator), a share, or a mean (the sum of the ratings over their number).

    A numerator of None is withheld, because it would tell of fewer people than may be told of; `percent` then holds
    the share in whole percent where that much may be said. A denominator of 0 means that nobody could be counted.
    """

    id: str
    base: str
    numerator: int | None
    denominator: int | None = None
    percent: int | None = None

    @property
    def value(self) -> Fraction | None:
        """The exact value; None where it is withheld or nobody was counted."""
        if self.numerator is None or self.denominator == 0:
            return None
        return Fraction(self.numerator, 1 if self.denominator is None else self.denominator)

    @property
    def is_withheld(self) -> bool:
        """Whether the exact figure is kept back."""
        return self.numerator is None


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of a breakdown: whom it counts (several keys when lines were put together) and how many they are."""

    keys: tuple[str, ...]
    figure: Figure


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A base parted by one property. `is_withheld`: some people stand in no line, because they are too few."""

    cells: tuple[Cell, ...]
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """One or more UN regions: everybody in them, the countries that are told apart, and the others together."""

    names: tuple[str, ...]
    figure: Figure
    countries: tuple[Cell, ...]
    others: Cell | None = None


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    """What the programme was. Dates are ISO 8601 days; `is_synthetic`: its people were made up by a generator."""

    slug: str
    title: str
    start_date: str
    end_date: str
    time_zone: str
    is_synthetic: bool


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """The completion rule in force, as far as it asks the same of everybody: sessions (0: no number of them) and survey.

    `share_required` in percent of a session's minutes. The rule may ask for more; the figures follow all of it.
    """

    version: int
    sessions_required: int
    share_required: int
    is_survey_required: bool


@dataclass(frozen=True, slots=True)
class SessionFigures:
    """One session; `starts_at` is ISO 8601 with offset, `present` None where no attendance was recorded."""

    number: int
    theme: str
    starts_at: str
    present: Figure | None


@dataclass(frozen=True, slots=True)
class AudienceFigures:
    """One kind of audience (`live_views`, `playbacks`, `slide_downloads`): in all, by session number, by channel."""

    kind: str
    total: Figure
    by_session: tuple[Cell, ...]
    by_channel: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """The same text in another language."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class OptionFigure:
    """One option, or one value of a rating: how many of those who answered the question chose it."""

    value: str
    label: str
    figure: Figure
    versions: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """One question over the valid responses; `mean` of ratings only. `is_withheld`: too few answered to say more.

    Those who answered, declined, were not shown the question or gave an answer outside its options add up to the base.
    """

    name: str
    label: str
    kind: str
    answered: Figure
    declined: int | None
    not_shown: int | None
    outside: int | None
    mean: Figure | None
    options: tuple[OptionFigure, ...]
    is_withheld: bool = False
    hint: str = ""
    is_required: bool = False
    versions: tuple[Version, ...] = ()
    hints: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True)
class DefinitionFacts:
    """Which responses are valid: the named version that was in force. No sectors or languages: all of them."""

    name: str
    version: int
    sectors: tuple[str, ...]
    must_be_complete: bool
    must_be_finished: bool = False
    leaves_out_tests: bool = False
    leaves_out_duplicates: bool = False
    least_seconds: int = 0
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldworkFacts:
    """How a survey was held: its words to everybody who was asked, from when to when (ISO 8601), who was asked.

    `invited` are the responses of those with a seat over all with a seat: the response rate. `languages` are the
    responses by the language in which they were given.
    """

    introduction: str
    opens_at: str
    closes_at: str
    invited: Figure
    languages: Breakdown
    versions: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True)
class SurveyFigures:
    """One survey: who responded, which responses are valid and why others are not, and each question."""

    form_id: str
    title: str
    responses: Figure
    valid: Figure
    excluded: tuple[Cell, ...]
    definition: DefinitionFacts
    gender: Breakdown
    countries: Figure
    cities: Figure
    questions: tuple[QuestionFigures, ...]
    is_withheld: bool = False
    fieldwork: FieldworkFacts | None = None
    versions: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that is counted of a programme. `threshold` is the percentage of a session's minutes from which a
    person counts as present; 0 means any time at all. `smallest_cell` is 0 in exact results, k in published ones.
    """

    programme: ProgrammeFacts
    rule: RuleFacts | None
    registrations: Figure
    countries: Figure
    gender: Breakdown
    sector: Breakdown
    regions: tuple[Region, ...]
    sessions: Figure
    speakers: Figure
    threshold: int
    agenda: tuple[SessionFigures, ...]
    attended: Figure | None
    completed: Figure | None
    certificates: Figure
    audience: tuple[AudienceFigures, ...]
    surveys: tuple[SurveyFigures, ...]
    smallest_cell: int = 0
    is_geography_withheld: bool = False
    format: str = field(default=FORMAT)

    def as_dict(self) -> dict[str, Any]:
        """The results as JSON values; the same results give the same values in the same order."""
        return cast(dict[str, Any], json.loads(self.as_json()))

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Results":
        """Read what `as_dict` wrote. Raises ValueError for a document of another format."""
        if data.get("format") != FORMAT:
            raise ValueError(f"not {FORMAT}: {data.get('format')}")
        return _read(cls, data)

    def as_json(self) -> str:
        """The canonical document; the SHA-256 of its UTF-8 bytes is printed on the page."""
        return canonical(asdict(self))

    def figures(self) -> Iterator[Figure]:
        """Every figure, in the order of the document."""
        return _figures(self)

    def figure(self, figure_id: str) -> Figure:
        """The figure of this id. Raises KeyError when there is none."""
        for figure in self.figures():
            if figure.id == figure_id:
                return figure
        raise KeyError(figure_id)


def canonical(document: dict[str, Any]) -> str:
    """A document as canonical JSON: keys sorted, no spaces, letters as they are. Databases may have shuffled its keys."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _figures(value: object) -> Iterator[Figure]:
    if isinstance(value, Figure):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _figures(item)
    elif is_dataclass(value):
        for item in fields(value):
            yield from _figures(getattr(value, item.name))


def _read(kind: type[Record], data: dict[str, Any]) -> Record:
    hints = get_type_hints(kind)
    return kind(**{name: _value(hint, data[name]) for name, hint in hints.items() if name in data})


def _value(hint: Any, value: Any) -> Any:
    """`value` as the type `hint` says: a record, a tuple of them, one or None, or a plain value."""
    if get_origin(hint) in {Union, types.UnionType}:
        inner = next(part for part in get_args(hint) if part is not type(None))
        return None if value is None else _value(inner, value)
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], item) for item in value)
    return _read(hint, value) if isinstance(hint, type) and is_dataclass(hint) else value

"""One figure followed to where it comes from: what was asked, of whom, what was left out, and what computed it."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from reports import words
from reports.edition import Edition
from reports.figure_ids import FigureId
from reports.figures import Figure, QuestionFigures, SurveyFigures
from reports.naming import Named, names, option_label, printed, question_label, survey_title, version
from reports.survey_telling import as_definition
from surveys.models import Question
from surveys.wording import definition_name, definition_text, number_text, reason_text

DIGITS = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is said of a figure: what it is, and its text, which may be exact to the letter."""

    term: str
    texts: tuple[str, ...]
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything that is known of one figure."""

    id: str
    chapter: str
    name: str
    value: str
    question: tuple[Line, ...]
    counted: tuple[Line, ...]
    base: tuple[Line, ...]


def trace(edition: Edition, figure_id: str) -> Trace:
    """Follow one figure. Raises KeyError where the edition has none of this id."""
    named = names(edition.results)[figure_id]
    k = 0 if named.option else edition.results.smallest_cell
    return Trace(
        id=figure_id,
        chapter=named.chapter,
        name=named.name,
        value=printed(named.figure, is_mean=named.is_mean, k=k),
        question=tuple(_question(named)),
        counted=tuple(_counted(named, edition.results.smallest_cell)),
        base=tuple(_base(named, edition)),
    )


def _question(named: Named) -> Iterator[Line]:
    survey, question = named.survey, named.question
    if survey is None:
        return
    yield Line(_("Survey"), (survey_title(survey),))
    if question is None:
        return
    kinds = {value: str(label) for value, label in Question.Kind.choices}
    yield Line(_("Question as it was asked"), (question_label(question),))
    if question.hint:
        yield Line(_("Hint beside it"), (version(question.hint, question.hints),))
    yield Line(_("Kind of question"), (kinds.get(question.kind, question.kind),))
    if question.options:
        yield Line(_("Its options"), tuple(option_label(option) for option in question.options))
    if named.option:
        yield Line(_("The answer that is counted here"), (named.option,))


def _counted(named: Named, k: int) -> Iterator[Line]:
    figure = named.figure
    yield Line(_("Selection"), _selection(figure))
    if figure.is_withheld:
        yield Line(_("Why no number is told"), (_withheld(named, k),))
    elif named.is_mean:
        yield Line(_("Sum of the ratings"), (number_text(figure.numerator or 0),))
        yield Line(_("Number of ratings"), (number_text(figure.denominator or 0),))
    else:
        yield Line(_("Numerator: how many were counted"), (number_text(figure.numerator or 0),))
        if figure.denominator is not None:
            yield Line(_("Denominator: out of how many"), (number_text(figure.denominator),))
    if figure.value is not None and figure.denominator:
        yield Line(_("Exact value"), (_exact(figure.value, figure),), is_code=True)
        yield Line(_("Rounded"), (_("Once, half up, when it is printed."),))


def _withheld(named: Named, k: int) -> str:
    return words.hidden_options_note(k) if named.option else words.withheld_reason(k)


def _selection(figure: Figure) -> tuple[str, ...]:
    """Of whom it was counted: everybody, or those with these values."""
    selection = FigureId.of(figure.id).selection
    if not selection:
        return (_("Everybody in the base; nothing was filtered."),)
    return tuple(f"{variable} = {value}" for variable, value in selection)


def _exact(value: Fraction, figure: Figure) -> str:
    """The fraction as it stands, and its first digits, cut and not rounded."""
    digits = value.numerator * 10**DIGITS // value.denominator
    whole, part = divmod(digits, 10**DIGITS)
    return f"{figure.numerator} / {figure.denominator} = {whole}.{part:0{DIGITS}d}…"


def _base(named: Named, edition: Edition) -> Iterator[Line]:
    if named.survey is None:
        yield Line(_("Counted over"), (_base_name(named.figure),))
        return
    yield from _survey_base(named.survey)
    if named.question:
        yield from _question_base(named.question)


def _base_name(figure: Figure) -> str:
    names_of = {
        "registrations": _("Registrations of people who confirmed their address, have a seat and did not withdraw."),
        "sessions": _("The sessions of the programme."),
        "speakers": _("The people who speak in a session."),
    }
    return names_of.get(figure.base) or _("Audiences as each platform counted them: views, not people.")


def _survey_base(survey: SurveyFigures) -> Iterator[Line]:
    definition = as_definition(survey.definition)
    yield Line(_("Definition of the valid response"), (definition_name(definition), definition_text(definition)))
    yield Line(_("Responses"), (number_text(survey.responses.numerator or 0),))
    excluded = tuple(
        _("%(count)s: %(reason)s")
        % {"count": number_text(cell.figure.numerator or 0), "reason": reason_text(cell.keys[0])}
        for cell in survey.excluded
    )
    if excluded:
        yield Line(_("Left out, by reason"), excluded)
    if survey.valid.numerator is not None:
        yield Line(_("Valid responses"), (number_text(survey.valid.numerator),))


def _question_base(question: QuestionFigures) -> Iterator[Line]:
    parts = [
        (_("Answered this question"), question.answered.numerator),
        (_("Saw it and left it out"), question.declined),
        (_("Were not asked"), question.not_shown),
        (_("Answered something that it does not offer"), question.outside),
    ]
    for term, count in parts:
        if count is not None:
            yield Line(term, (number_text(count),))

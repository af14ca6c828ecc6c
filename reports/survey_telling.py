"""A survey on the results page: how its base came about, and each question with its chart, table and n."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports import words
from reports.exhibits import Exhibit, Row, bars, levels, row
from reports.figures import DefinitionFacts, OptionFigure, QuestionFigures, SurveyFigures
from surveys.base import Definition
from surveys.models import Question
from surveys.wording import definition_name, definition_text, figure_text, number_text, reason_text, share_text


@dataclass(frozen=True, slots=True)
class ToldQuestion:
    """A question in words; no exhibit where its answers are texts, or too few to be told."""

    label: str
    answered_id: str
    exhibit: Exhibit | None
    note: str


@dataclass(frozen=True, slots=True)
class ToldSurvey:
    """A survey in words."""

    id: str
    title: str
    responses: Row
    valid: Row
    excluded: tuple[Row, ...]
    definition_name: str
    definition_text: str
    respondents: str
    gender: Exhibit | None
    questions: tuple[ToldQuestion, ...]
    is_withheld: bool


def told_survey(survey: SurveyFigures, *, k: int) -> ToldSurvey:
    """Turn the figures of a survey into what the page shows of it."""
    definition = as_definition(survey.definition)
    return ToldSurvey(
        id=f"survey.{survey.form_id}",
        title=survey.title,
        responses=row(_("Responses"), survey.responses, k=k),
        valid=row(_("Valid responses"), survey.valid, k=k),
        excluded=tuple(
            row(reason_text(cell.keys[0]), cell.figure, k=k) for cell in survey.excluded if cell.figure.numerator
        ),
        definition_name=definition_name(definition),
        definition_text=definition_text(definition),
        respondents=_respondents(survey),
        gender=_gender(survey, k=k),
        questions=tuple(_question(question, k=k) for question in survey.questions),
        is_withheld=survey.is_withheld,
    )


def as_definition(facts: DefinitionFacts) -> Definition:
    """The frozen definition as the value that `surveys.wording` puts into words."""
    return Definition(facts.version, facts.name, facts.sectors, facts.must_be_complete)


def _respondents(survey: SurveyFigures) -> str:
    countries, cities = survey.countries.numerator or 0, survey.cities.numerator or 0
    where = ngettext("%(n)s country or territory", "%(n)s countries and territories", countries)
    text = where % {"n": number_text(countries)}
    if not cities:
        return _("Those who responded live in %(countries)s.") % {"countries": text}
    towns = ngettext("%(n)s city", "%(n)s cities", cities) % {"n": number_text(cities)}
    return _("Those who responded live in %(countries)s and named %(cities)s.") % {"countries": text, "cities": towns}


def _gender(survey: SurveyFigures, *, k: int) -> Exhibit | None:
    cells = [cell for cell in survey.gender.cells if cell.figure.numerator or cell.figure.percent]
    if not cells:
        return None
    rows = [row(words.gender_label(cell.keys), cell.figure, k=k) for cell in cells]
    base = words.base_text("responses", survey.responses.numerator or 0)
    note = words.withheld_note(k) if survey.gender.is_withheld else ""
    return bars(f"survey.{survey.form_id}.gender", _("Who responded"), rows, base=base, note=note)


def _question(question: QuestionFigures, *, k: int) -> ToldQuestion:
    base, exhibit, note = _base(question), None, ""
    if question.is_withheld:
        note = _("Fewer than %(k)s people answered; nothing more is told.") % {"k": number_text(k)}
    elif question.kind == Question.Kind.TEXT:
        note = _("%(base)s. Texts are read by the programme’s team and are not published.") % {"base": base}
    else:
        exhibit = _exhibit(question, base, k=k)
    return ToldQuestion(question.label, question.answered.id, exhibit, note)


def _base(question: QuestionFigures) -> str:
    """Who answered, and who of the valid responses did not."""
    answers = words.base_text("answered", question.answered.numerator or 0)
    valid = words.base_text("valid_responses", question.answered.denominator or 0)
    parts = [_("%(answers)s out of %(valid)s") % {"answers": answers, "valid": valid}]
    declined, not_shown = question.declined or 0, question.not_shown or 0
    if declined:
        parts.append(ngettext("%(n)s left it out", "%(n)s left it out", declined) % {"n": number_text(declined)})
    if not_shown:
        parts.append(ngettext("%(n)s was not asked", "%(n)s were not asked", not_shown) % {"n": number_text(not_shown)})
    return "; ".join(parts)


def _exhibit(question: QuestionFigures, base: str, *, k: int) -> Exhibit:
    stem = question.answered.id.rpartition(".")[0]
    rows = [row(option.label, option.figure, k=k) for option in question.options]
    if question.kind == Question.Kind.RATING:
        exhibit = levels(stem, question.label, rows, base=base)
        mean = question.mean
        return (
            exhibit
            if mean is None
            else replace(
                exhibit, key=figure_text(mean.value), key_id=mean.id, key_text=_("mean of ratings from 1 to 5")
            )
        )
    exhibit = bars(stem, question.label, rows, base=base)
    if question.kind == Question.Kind.SELECT_MULTIPLE:
        return replace(
            exhibit, note=_("Several answers were possible: shares are of the people who answered, not of ticks.")
        )
    return _with_yes(exhibit, question)


def _with_yes(exhibit: Exhibit, question: QuestionFigures) -> Exhibit:
    """The share of "yes" stands out where that is an answer."""
    yes: OptionFigure | None = next((option for option in question.options if option.value == "yes"), None)
    if yes is None or yes.figure.value is None:
        return exhibit
    return replace(exhibit, key=share_text(yes.figure.value, 0), key_text=yes.label)

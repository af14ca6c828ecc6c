"""A survey in a results report: how its base came about, its ratings together, and each question with chart and n."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations.isolation import isolated
from reports import words
from reports.exhibits import Exhibit, Row, bars, mean_row, row
from reports.figures import DefinitionFacts, OptionFigure, QuestionFigures, SurveyFigures
from reports.naming import cells_of, option_label, question_label, survey_title
from reports.summary import Sentence
from surveys.base import Definition
from surveys.models import Question
from surveys.wording import definition_name, definition_text, figure_text, number_text, reason_text

UNTOLD = frozenset({"note"})
WRITTEN = frozenset({"text", "date"})


@dataclass(frozen=True, slots=True)
class ToldQuestion:
    """A question in words; no exhibit where its answers are texts, or too few to be told."""

    label: str
    answered_id: str
    exhibit: Exhibit | None
    note: str


@dataclass(frozen=True, slots=True)
class ToldBase:
    """How the valid responses of a survey came about, in words. `rate` is the response rate."""

    id: str
    title: str
    responses: Row
    valid: Row
    rate: Row | None
    excluded: tuple[Row, ...]
    definition_name: str
    definition_text: str
    respondents: Sentence
    gender: Exhibit | None
    is_withheld: bool


def told_base(survey: SurveyFigures, *, k: int) -> ToldBase:
    """Turn the figures of a survey's base into words."""
    definition, invited = as_definition(survey.definition), survey.fieldwork and survey.fieldwork.invited
    return ToldBase(
        id=stem_of(survey),
        title=survey_title(survey),
        responses=row(_("Responses"), survey.responses, k=k),
        valid=row(_("Valid responses"), survey.valid, k=k),
        rate=row(_("Response rate"), invited, k=k) if invited and invited.value is not None else None,
        excluded=tuple(
            row(reason_text(cell.keys[0]), cell.figure, k=k) for cell in survey.excluded if cell.figure.numerator
        ),
        definition_name=definition_name(definition),
        definition_text=definition_text(definition),
        respondents=_respondents(survey),
        gender=_gender(survey, k=k),
        is_withheld=survey.is_withheld,
    )


def told_questions(survey: SurveyFigures, *, k: int) -> dict[str, ToldQuestion]:
    """Each question by its id."""
    return {
        f"{stem_of(survey)}.{question.name}": _question(question, k=k)
        for question in survey.questions
        if question.kind not in UNTOLD
    }


def survey_charts(survey: SurveyFigures, *, k: int) -> Iterator[Exhibit]:
    """The charts of a survey that are of no single question: who responded, all ratings together."""
    charts = (_gender(survey, k=k), _ratings(survey))
    yield from (chart for chart in charts if chart)


def as_definition(facts: DefinitionFacts) -> Definition:
    """The frozen definition as the value that `surveys.wording` puts into words."""
    return Definition(**asdict(facts))


def stem_of(survey: SurveyFigures) -> str:
    """What the ids of a survey's figures begin with."""
    return f"survey.{survey.form_id}"


def scale(question: QuestionFigures) -> tuple[int, int]:
    """The lowest and the highest value of a rating."""
    values = [int(option.value) for option in question.options]
    return min(values, default=1), max(values, default=5)


def _respondents(survey: SurveyFigures) -> Sentence:
    """Where those who responded live; the numbers lead to their pages."""
    countries, cities = survey.countries.numerator or 0, survey.cities.numerator or 0
    where = ngettext("%(n)s country or territory", "%(n)s countries and territories", countries)
    numbers = {"countries": (where % {"n": number_text(countries)}, survey.countries.id)}
    if not cities:
        return Sentence(_("Those who responded live in %(countries)s."), numbers)
    towns = ngettext("%(n)s city", "%(n)s cities", cities) % {"n": number_text(cities)}
    pattern = _("Those who responded live in %(countries)s and named %(cities)s.")
    return Sentence(pattern, {**numbers, "cities": (towns, survey.cities.id)})


def _gender(survey: SurveyFigures, *, k: int) -> Exhibit | None:
    cells = cells_of(survey.gender)
    if not cells:
        return None
    rows = [row(words.gender_label(cell.keys), cell.figure, k=k) for cell in cells]
    base = words.base_text("responses", survey.responses.numerator or 0)
    note = words.withheld_note(k) if survey.gender.is_withheld else ""
    chart_id, base_id = f"{stem_of(survey)}.gender", survey.responses.id
    return bars(chart_id, _("Who responded"), rows, base=base, base_id=base_id, note=note)


def _ratings(survey: SurveyFigures) -> Exhibit | None:
    """The means of all ratings on one scale; None where there are not at least two."""
    rated = [question for question in survey.questions if question.mean and question.mean.value is not None]
    if len(rated) < 2 or len({scale(question) for question in rated}) > 1:
        return None
    lowest, highest = scale(rated[0])
    rows = [mean_row(question_label(q), q.mean, lowest=lowest, highest=highest) for q in rated if q.mean]
    title = _("Ratings on average, from %(lowest)s to %(highest)s") % {
        "lowest": number_text(lowest),
        "highest": number_text(highest),
    }
    base = words.base_text("valid_responses", survey.valid.numerator or 0)
    exhibit = bars(f"{stem_of(survey)}.ratings", title, rows, base=base, base_id=survey.valid.id, note=_signs(rated[0]))
    return replace(exhibit, form="means")


def _signs(question: QuestionFigures) -> str:
    """What the values of a rating stand for: "1 poor; 2 needs improvement"."""
    signs = [(option.value, option_label(option)) for option in question.options]
    told = (isolated(f"{number_text(int(value))} {label}") for value, label in signs if label != value)
    return "; ".join(told)


def _question(question: QuestionFigures, *, k: int) -> ToldQuestion:
    base, exhibit, note = _base(question), None, ""
    if question.is_withheld:
        note = _("Fewer than %(k)s people answered; nothing more is told.") % {"k": number_text(k)}
    elif question.kind in WRITTEN:
        note = _("%(base)s. Texts are read by the programme’s team and are not published.") % {"base": base}
    elif not question.options:
        note = _mean_alone(question, base)
    else:
        exhibit = _exhibit(question, base, k=k)
    return ToldQuestion(question_label(question), question.answered.id, exhibit, note)


def _mean_alone(question: QuestionFigures, base: str) -> str:
    if question.mean is None or question.mean.value is None:
        return base
    return _("Mean %(mean)s; %(base)s.") % {"mean": figure_text(question.mean.value), "base": base}


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
    rows = [row(option_label(option), option.figure, k=0) for option in question.options]
    note = " ".join(_notes(question, k=k))
    exhibit = bars(stem, question_label(question), rows, base=base, base_id=question.answered.id, note=note)
    if question.kind == Question.Kind.RATING:
        return _with_mean(replace(exhibit, form="levels"), question)
    return _with_yes(exhibit, question)


def _notes(question: QuestionFigures, *, k: int) -> Iterator[str]:
    if question.kind == Question.Kind.SELECT_MULTIPLE:
        yield _("Several answers were possible: shares are of the people who answered, not of ticks.")
    if any(option.figure.is_withheld for option in question.options):
        yield words.hidden_options_note(k)


def _with_mean(exhibit: Exhibit, question: QuestionFigures) -> Exhibit:
    mean = question.mean
    if mean is None or mean.is_withheld:
        return exhibit
    lowest, highest = scale(question)
    if (lowest, highest) == (1, 5):
        text = _("mean of ratings from 1 to 5")
    else:
        ends = {"lowest": number_text(lowest), "highest": number_text(highest)}
        text = _("mean of ratings from %(lowest)s to %(highest)s") % ends
    return replace(exhibit, key=figure_text(mean.value), key_id=mean.id, key_text=text)


def _with_yes(exhibit: Exhibit, question: QuestionFigures) -> Exhibit:
    """The share of "yes" stands out where that is an answer."""
    yes: OptionFigure | None = next((option for option in question.options if option.value == "yes"), None)
    if yes is None or (yes.figure.value is None and yes.figure.percent is None):
        return exhibit
    return replace(exhibit, key=words.percent_text(yes.figure, 0), key_id=yes.figure.id, key_text=option_label(yes))

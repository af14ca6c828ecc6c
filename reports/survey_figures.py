"""The figures of one survey, as `surveys.results` computes them, in the shape of a published report."""

from collections import Counter

from registrations.models import Registration
from reports.figures import (
    Breakdown,
    Cell,
    DefinitionFacts,
    Figure,
    OptionFigure,
    QuestionFigures,
    SurveyFigures,
)
from surveys.base import Definition
from surveys.models import Response, Survey
from surveys.results import QuestionResult, survey_results

RESPONSES = "responses"
VALID = "valid_responses"
ANSWERED = "answered"


def survey_figures(survey: Survey) -> SurveyFigures:
    """Every figure of a survey over its valid responses, and who responded over all responses."""
    results = survey_results(survey)
    stem = f"survey.{survey.form_id}"
    responses = results.base.responses
    people = _Respondents(survey)
    return SurveyFigures(
        form_id=survey.form_id,
        title=survey.title,
        responses=Figure(f"{stem}.responses", RESPONSES, responses),
        valid=Figure(f"{stem}.valid", RESPONSES, results.n, responses),
        excluded=tuple(
            Cell((reason,), Figure(f"{stem}.excluded.{reason}", RESPONSES, count, responses))
            for reason, count in results.base.excluded
        ),
        definition=_definition_facts(results.definition),
        gender=people.gender(stem),
        countries=Figure(f"{stem}.countries", RESPONSES, people.countries),
        cities=Figure(f"{stem}.cities", RESPONSES, people.cities),
        questions=tuple(_question(question, results.n, f"{stem}.{question.name}") for question in results.questions),
    )


class _Respondents:
    """Everybody who responded, validly or not: gender, countries, cities. One query."""

    def __init__(self, survey: Survey) -> None:
        self.rows = list(
            Response.objects.filter(survey=survey)
            .order_by()
            .values_list("registration__gender", "registration__country", "registration__city")
        )

    def gender(self, stem: str) -> Breakdown:
        counts = Counter(gender for gender, _country, _city in self.rows)
        return Breakdown(
            tuple(
                Cell((value,), Figure(f"{stem}.gender.{value}", RESPONSES, counts[value], len(self.rows)))
                for value in Registration.Gender.values
            )
        )

    @property
    def countries(self) -> int:
        return len({country for _gender, country, _city in self.rows})

    @property
    def cities(self) -> int:
        """Different cities that were named; upper and lower case and outer spaces make no difference."""
        named = {(country, " ".join(city.casefold().split())) for _gender, country, city in self.rows}
        return sum(bool(city) for _country, city in named)


def _definition_facts(definition: Definition) -> DefinitionFacts:
    return DefinitionFacts(definition.name, definition.version, tuple(definition.sectors), definition.must_be_complete)


def _question(question: QuestionResult, valid: int, stem: str) -> QuestionFigures:
    """Shares and the mean are over those who answered the question, that figure over the valid responses."""
    figures = question.statistics
    mean = None if figures.total is None else Figure(f"{stem}.mean", ANSWERED, figures.total, figures.n)
    return QuestionFigures(
        name=question.name,
        label=question.label,
        kind=question.kind,
        answered=Figure(f"{stem}.answered", VALID, figures.n, valid),
        declined=figures.declined,
        not_shown=figures.not_shown,
        outside=figures.outside,
        mean=mean,
        options=tuple(
            OptionFigure(
                option.value,
                question.labels[option.value],
                Figure(f"{stem}.{option.value}", ANSWERED, option.count, option.n),
            )
            for option in figures.options
        ),
    )

"""The figures of one survey, as `surveys.results` computes them, in the shape of a published report."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict

from registrations.models import Registration, Translated
from reports.figures import (
    Breakdown,
    Cell,
    DefinitionFacts,
    FieldworkFacts,
    Figure,
    OptionFigure,
    QuestionFigures,
    SurveyFigures,
    Version,
)
from surveys.base import Definition
from surveys.models import Question, Response, Survey
from surveys.results import QuestionResult, SurveyReading, SurveyResults

RESPONSES = "responses"
VALID = "valid_responses"
ANSWERED = "answered"
INVITED = "invited"
UNKNOWN = "unknown"


def survey_figures(survey: Survey) -> SurveyFigures:
    """Every figure of a survey over its valid responses, and who responded over all responses."""
    reading = SurveyReading.of(survey)
    results = reading.results()
    stem = f"survey.{survey.form_id}"
    responses = results.base.responses
    people = _Respondents(survey)
    asked = {question.name: question for question in reading.questions}
    return SurveyFigures(
        form_id=survey.form_id,
        title=survey.title,
        responses=Figure(f"{stem}.responses", RESPONSES, responses),
        valid=Figure(f"{stem}.valid", RESPONSES, results.n, responses),
        excluded=tuple(
            Cell((reason,), Figure(f"{stem}.excluded.{reason}", RESPONSES, count, responses))
            for reason, count in results.base.told
        ),
        definition=_definition_facts(results.definition),
        gender=people.gender(stem),
        countries=Figure(f"{stem}.countries", RESPONSES, people.countries),
        cities=Figure(f"{stem}.cities", RESPONSES, people.cities),
        questions=tuple(
            _question(question, asked[question.name], results.n, f"{stem}.{question.name}")
            for question in results.questions
        ),
        fieldwork=_fieldwork(survey, results, people.languages(stem), stem),
        versions=_versions(survey, "title"),
    )


class _Respondents:
    """Everybody who responded, validly or not: what they were when they answered. One query."""

    def __init__(self, survey: Survey) -> None:
        self.rows = list(
            Response.objects.filter(survey=survey).order_by().values_list("gender", "country", "city", "language")
        )

    def gender(self, stem: str) -> Breakdown:
        counts = Counter(gender or UNKNOWN for gender, _country, _city, _language in self.rows)
        values = [*Registration.Gender.values, *([UNKNOWN] if counts[UNKNOWN] else [])]
        return self._breakdown(f"{stem}.gender", values, counts)

    def languages(self, stem: str) -> Breakdown:
        counts = Counter(language or UNKNOWN for _gender, _country, _city, language in self.rows)
        return self._breakdown(f"{stem}.language", sorted(counts, key=lambda value: (-counts[value], value)), counts)

    def _breakdown(self, stem: str, values: Iterable[str], counts: Mapping[str, int]) -> Breakdown:
        n = len(self.rows)
        return Breakdown(
            tuple(Cell((value,), Figure(f"{stem}.{value}", RESPONSES, counts.get(value, 0), n)) for value in values)
        )

    @property
    def countries(self) -> int:
        return len({country for _gender, country, _city, _language in self.rows if country})

    @property
    def cities(self) -> int:
        """Different cities that were named; upper and lower case and outer spaces make no difference."""
        named = {(country, " ".join(city.casefold().split())) for _gender, country, city, _language in self.rows}
        return sum(bool(city) for _country, city in named)


def _fieldwork(survey: Survey, results: SurveyResults, languages: Breakdown, stem: str) -> FieldworkFacts:
    zone = survey.programme.zone
    return FieldworkFacts(
        introduction=survey.introduction,
        opens_at=survey.opens_at.astimezone(zone).isoformat(),
        closes_at=survey.closes_at.astimezone(zone).isoformat(),
        invited=Figure(f"{stem}.rate", INVITED, results.invited_responses, results.invited),
        languages=languages,
        versions=_versions(survey, "introduction"),
    )


def _versions(row: Translated, field: str) -> tuple[Version, ...]:
    """What a text says in other languages, in the order of their codes."""
    found = ((language, row.entered(field, language)) for language in sorted(row.translations))
    return tuple(Version(language, text) for language, text in found if text)


def _definition_facts(definition: Definition) -> DefinitionFacts:
    return DefinitionFacts(**asdict(definition))


def _question(question: QuestionResult, row: Question, valid: int, stem: str) -> QuestionFigures:
    """Shares and the mean are over those who answered the question, that figure over the valid responses."""
    figures = question.statistics
    versions = {choice.value: _versions(choice, "label") for choice in row.choices.all()}
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
                versions.get(option.value, ()),
            )
            for option in figures.options
        ),
        hint=row.hint,
        is_required=row.is_required,
        versions=_versions(row, "label"),
        hints=_versions(row, "hint"),
    )

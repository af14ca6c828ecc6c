"""Every figure of a results document with its name in the reader's language: for its page, for lists, for comparisons."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports import words
from reports.figures import (
    AudienceFigures,
    Breakdown,
    Cell,
    Figure,
    OptionFigure,
    QuestionFigures,
    Results,
    SurveyFigures,
    Version,
)
from surveys.wording import figure_text, number_text, reason_text


@dataclass(frozen=True, slots=True)
class Named:
    """A figure, the chapter it belongs to, its name, and what was asked where it comes from a survey.

    `option`: the label of the answer that it counts.
    """

    figure: Figure
    chapter: str
    name: str
    survey: SurveyFigures | None = None
    question: QuestionFigures | None = None
    option: str = ""

    @property
    def is_mean(self) -> bool:
        """Whether it is the sum of ratings over their number; otherwise it counts."""
        return bool(self.question and self.question.mean == self.figure)


def version(original: str, versions: Sequence[Version]) -> str:
    """A frozen text in the reader's language, or the original where that is missing."""
    language = get_language()
    return next((each.text for each in versions if each.language == language and each.text), original)


def survey_title(survey: SurveyFigures) -> str:
    """A survey's title for the reader."""
    return version(survey.title, survey.versions)


def question_label(question: QuestionFigures) -> str:
    """A question for the reader."""
    return version(question.label, question.versions)


def option_label(option: OptionFigure) -> str:
    """An option for the reader."""
    return version(option.label, option.versions)


def names(results: Results) -> dict[str, Named]:
    """Every figure by its id, in the order of the document."""
    return {named.figure.id: named for named in _all(results)}


def printed(figure: Figure, *, is_mean: bool, k: int) -> str:
    """A figure as one text: a mean, a share with its count, or a count."""
    if is_mean:
        return figure_text(figure.value)
    count = words.count_text(figure, smallest_cell=k)
    if figure.denominator is None:
        return count
    share = words.percent_text(figure)
    if figure.percent is not None:
        return share
    if figure.numerator is None:
        return count
    return _("%(share)s (%(count)s of %(all)s)") % {
        "share": share,
        "count": count,
        "all": number_text(figure.denominator),
    }


def _all(results: Results) -> Iterator[Named]:
    people = _("Registrations")
    yield Named(results.registrations, people, _("People registered"))
    yield Named(results.countries, people, _("Countries and territories"))
    yield from _breakdown(results.gender, people, _("Gender"), words.gender_label)
    yield from _breakdown(results.sector, people, _("Sector"), words.sector_label)
    yield from _places(results, people)
    yield from _course(results)
    for audience in results.audience:
        yield from _audience(audience)
    for survey in results.surveys:
        yield from _survey(survey)


def _breakdown(breakdown: Breakdown, chapter: str, what: str, label: words.Label) -> Iterator[Named]:
    for cell in breakdown.cells:
        yield Named(cell.figure, chapter, _pair(what, label(cell.keys)))


def _places(results: Results, chapter: str) -> Iterator[Named]:
    for region in results.regions:
        name = words.region_name(region.names)
        yield Named(region.figure, chapter, _pair(_("Region"), name))
        for cell in region.countries:
            yield Named(cell.figure, chapter, _pair(name, words.country_name(cell.keys[0])))
        if region.others:
            yield Named(region.others.figure, chapter, _pair(name, _("other countries and territories together")))


def _course(results: Results) -> Iterator[Named]:
    chapter = _("Attendance and certificates")
    yield Named(results.sessions, chapter, _("Live sessions"))
    yield Named(results.speakers, chapter, _("Speakers"))
    for session in results.agenda:
        if session.present:
            label = f"{number_text(session.number)}. {session.theme}"
            yield Named(session.present, chapter, _pair(_("Present in session"), label))
    optional = [
        (results.attended, _("Present in at least one session")),
        (results.completed, _("Met every requirement")),
    ]
    yield from (Named(figure, chapter, name) for figure, name in optional if figure)
    yield Named(results.certificates, chapter, _("Certificates issued"))


def _audience(audience: AudienceFigures) -> Iterator[Named]:
    chapter, what = _("Audience"), words.audience_label(audience.kind).capitalize()
    yield Named(audience.total, chapter, what)
    for cell in audience.by_session:
        label = _("Session %(number)s") % {"number": number_text(int(cell.keys[0]))}
        yield Named(cell.figure, chapter, _pair(what, label))
    for cell in audience.by_channel:
        yield Named(cell.figure, chapter, _pair(what, cell.keys[0]))


def _survey(survey: SurveyFigures) -> Iterator[Named]:
    chapter = survey_title(survey)
    named: Iterable[Named] = (
        Named(survey.responses, chapter, _("Responses")),
        Named(survey.valid, chapter, _("Valid responses")),
        *(Named(cell.figure, chapter, _pair(_("Not counted"), reason_text(cell.keys[0]))) for cell in survey.excluded),
        *_breakdown(survey.gender, chapter, _("Who responded"), words.gender_label),
        Named(survey.countries, chapter, _("Countries and territories of those who responded")),
        Named(survey.cities, chapter, _("Cities that were named")),
        *_fieldwork(survey, chapter),
    )
    yield from (replace(each, survey=survey) for each in named)
    for question in survey.questions:
        yield from (replace(each, survey=survey, question=question) for each in _question(question, chapter))


def _fieldwork(survey: SurveyFigures, chapter: str) -> Iterator[Named]:
    if survey.fieldwork:
        yield Named(survey.fieldwork.invited, chapter, _("Response rate"))
        yield from _breakdown(survey.fieldwork.languages, chapter, _("Language of the response"), language_label)


def language_label(keys: Sequence[str]) -> str:
    """One language, or several joined with "or"."""
    return words.alternatives(keys, words.language_names())


def _question(question: QuestionFigures, chapter: str) -> Iterator[Named]:
    label = question_label(question)
    yield Named(question.answered, chapter, f"{label} – {_('answered')}")
    if question.mean:
        yield Named(question.mean, chapter, f"{label} – {_('mean')}")
    for option in question.options:
        text = option_label(option)
        yield Named(option.figure, chapter, f"{label} – {text}", option=text)


def _pair(what: str, which: str) -> str:
    return _("%(what)s: %(which)s") % {"what": what, "which": which}


def cells_of(breakdown: Breakdown) -> list[Cell]:
    """The lines that tell of anybody."""
    return [cell for cell in breakdown.cells if cell.figure.numerator or cell.figure.percent]

"""What a survey report must disclose about how it was made: the eleven items of AAPOR, from the data and in own words.

Source: American Association for Public Opinion Research, Code of Professional Ethics and Practices (April 2021),
section III.A, items 1 to 11, which its Transparency Initiative asks for in every public report. What the records know
is said from the frozen figures; what only people know (who paid, who asked, whom to ask) is entered by an organiser.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.isolation import isolated
from reports import words
from reports.composition import Block, Kind, Wording
from reports.dates import date_range, day_of
from reports.errors import Hindered, Hindrance
from reports.figures import Results, SurveyFigures
from reports.naming import survey_title
from reports.survey_telling import as_definition
from surveys.wording import definition_name, definition_text, number_text, share_text

Words = Mapping[str, Mapping[str, str]]

FIELDS = (
    "strategy",
    "sponsor",
    "conductor",
    "instruments",
    "population",
    "recruitment",
    "mode",
    "dates",
    "sizes",
    "weighting",
    "processing",
    "limitations",
    "contact",
)
NEEDED = ("sponsor", "conductor", "contact")
"""What no record can know, so that nothing is published without it."""

_ITEMS: tuple[tuple[str, ...], ...] = (
    ("strategy",),
    ("sponsor", "conductor"),
    ("instruments",),
    ("population",),
    ("recruitment",),
    ("mode",),
    ("dates",),
    ("sizes",),
    ("weighting",),
    ("processing",),
    ("limitations", "contact"),
)
_TITLES = (
    gettext_lazy("How the data were collected"),
    gettext_lazy("Who paid for it and who conducted it"),
    gettext_lazy("What was asked"),
    gettext_lazy("Whom it is about"),
    gettext_lazy("How people were chosen and invited"),
    gettext_lazy("How people answered"),
    gettext_lazy("When they answered"),
    gettext_lazy("How many answered, and how precise that is"),
    gettext_lazy("Weighting"),
    gettext_lazy("How the data were processed and checked"),
    gettext_lazy("Limits, and whom to ask"),
)
_LABELS = {
    "strategy": gettext_lazy("More on how the data were collected"),
    "sponsor": gettext_lazy("Sponsor: who paid for the survey"),
    "conductor": gettext_lazy("Who conducted the survey"),
    "instruments": gettext_lazy("More on the questionnaire"),
    "population": gettext_lazy("More on whom it is about"),
    "recruitment": gettext_lazy("More on how people were invited"),
    "mode": gettext_lazy("More on how people answered"),
    "dates": gettext_lazy("More on when they answered"),
    "sizes": gettext_lazy("More on numbers and precision"),
    "weighting": gettext_lazy("More on weighting"),
    "processing": gettext_lazy("More on processing and checks"),
    "limitations": gettext_lazy("More on the limits of the survey"),
    "contact": gettext_lazy("Whom to ask"),
}


class NotDisclosed(Hindered):
    """Something is missing that every report of a survey must say; `fields` are what organisers must enter."""

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__(
            Hindrance.METHOD,
            _("Enter this first, because every report of a survey must say it: %(missing)s.")
            % {"missing": words.listed([label(field) for field in fields])},
        )
        self.fields = tuple(fields)


@dataclass(frozen=True, slots=True)
class Item:
    """One of the eleven items: what the records say, and what the organisers add."""

    number: int
    title: str
    sentences: tuple[str, ...]
    own: tuple[Wording, ...]

    @property
    def is_told(self) -> bool:
        """Whether it says anything."""
        return bool(self.sentences or self.own)


def label(field: str) -> str:
    """What an organiser is asked for."""
    return str(_LABELS[field])


def title_of(field: str) -> str:
    """The item that a field belongs to."""
    return str(_TITLES[next(place for place, item in enumerate(_ITEMS) if field in item)])


def missing(results: Results, entered: Words) -> list[str]:
    """The fields that must be filled in before anything is published. A report that tells of no survey needs none."""
    return unsaid(entered) if surveys_of(results) else []


def unsaid(entered: Words) -> list[str]:
    """The fields that a report of a survey needs and that nobody has filled in."""
    return [field for field in NEEDED if not any(entered.get(field, {}).values())]


def surveys_of(results: Results) -> list[SurveyFigures]:
    """The surveys that are told of."""
    return [survey for survey in results.surveys if survey.responses.numerator]


def items(results: Results, entered: Words, language: str) -> tuple[Item, ...]:
    """The eleven items in the reader's language; none where no survey is told of."""
    if not surveys_of(results):
        return ()
    told = [
        _strategy(results),
        iter(()),
        _instruments(results),
        _population(results),
        _recruitment(),
        _mode(results),
        _dates(results),
        _sizes(results),
        iter((_("Nothing is weighted: every valid response counts once."),)),
        _processing(results),
        _limits(results),
    ]
    return tuple(
        Item(place + 1, str(_TITLES[place]), tuple(sentences), tuple(_own(entered, _ITEMS[place], language)))
        for place, sentences in enumerate(told)
    )


def _own(entered: Words, fields: tuple[str, ...], language: str) -> Iterator[Wording]:
    for field in fields:
        wording = Block(0, Kind.TEXT, texts=dict(entered.get(field, {}))).wording(language)
        if wording and field in NEEDED:
            text = {
                "sponsor": _("Sponsor: %(who)s"),
                "conductor": _("Conducted by: %(who)s"),
                "contact": _("Questions about this survey: %(who)s"),
            }[field] % {"who": isolated(wording.text)}
            yield Wording(text, language)
        elif wording:
            yield wording


def _title(survey: SurveyFigures) -> str:
    return isolated(survey_title(survey))


def _strategy(results: Results) -> Iterator[str]:
    for survey in surveys_of(results):
        yield _("A survey among the participants: “%(title)s”.") % {"title": _title(survey)}
    if results.registrations.numerator:
        yield _(
            "Registrations, attendance and certificates are counted from the programme’s own records, not from answers."
        )


def _instruments(results: Results) -> Iterator[str]:
    for survey in surveys_of(results):
        count = len(survey.questions)
        if count:
            yield ngettext(
                "“%(title)s” asks %(n)s question. Its wording and its options stand below.",
                "“%(title)s” asks %(n)s questions. Their wording and their options stand below, in the order of the form.",
                count,
            ) % {"title": _title(survey), "n": number_text(count)}
        else:
            yield _("“%(title)s” is told without its questions, because too few people answered.") % {
                "title": _title(survey)
            }


def _population(results: Results) -> Iterator[str]:
    values = {
        "people": words.base_text("registrations", results.registrations.numerator or 0),
        "title": isolated(results.programme.title),
        "dates": date_range(day_of(results.programme.start_date), day_of(results.programme.end_date)),
    }
    yield (
        _(
            "Everybody with a seat in “%(title)s” (%(dates)s): %(people)s of people who confirmed their address and "
            "did not withdraw."
        )
        % values
    )
    countries = results.countries.numerator or 0
    if countries:
        yield ngettext(
            "They live in %(n)s country or territory.", "They live in %(n)s countries and territories.", countries
        ) % {"n": number_text(countries)}


def _recruitment() -> Iterator[str]:
    yield _("No sample was drawn: everybody in this population was asked (an attempted census).")
    yield _("Whoever answered chose to do so.")


def _mode(results: Results) -> Iterator[str]:
    yield _("People filled in the questionnaire themselves, online.")
    for survey in surveys_of(results):
        languages = survey.fieldwork.languages.cells if survey.fieldwork else ()
        names = [_language(cell.keys) for cell in languages if cell.figure.numerator or cell.figure.percent]
        if names:
            yield _("Answers to “%(title)s” came in these languages: %(languages)s.") % {
                "title": _title(survey),
                "languages": words.listed(names),
            }


def _language(keys: tuple[str, ...]) -> str:
    return words.alternatives(keys, words.language_names())


def _dates(results: Results) -> Iterator[str]:
    for survey in surveys_of(results):
        if survey.fieldwork:
            days = date_range(day_of(survey.fieldwork.opens_at), day_of(survey.fieldwork.closes_at))
            yield _("“%(title)s” was open %(days)s.") % {"title": _title(survey), "days": days}


def _sizes(results: Results) -> Iterator[str]:
    for survey in surveys_of(results):
        yield _("“%(title)s”: %(responses)s.") % {
            "title": _title(survey),
            "responses": words.base_text("responses", survey.responses.numerator or 0),
        }
        rate = survey.fieldwork.invited if survey.fieldwork else None
        if rate and rate.value is not None:
            yield _("Response rate: %(share)s of the %(all)s people who were asked.") % {
                "share": share_text(rate.value),
                "all": number_text(rate.denominator or 0),
            }
        if survey.valid.numerator:
            yield _("The figures are counted over %(valid)s.") % {
                "valid": words.base_text("valid_responses", survey.valid.numerator)
            }
    yield _(
        "There is no margin of error, because everybody was asked. The response rate, and those who responded beside "
        "those who registered, show how far the answers carry."
    )


def _processing(results: Results) -> Iterator[str]:
    for survey in surveys_of(results):
        definition = as_definition(survey.definition)
        yield _("Valid responses to “%(title)s”: “%(name)s”. %(text)s") % {
            "title": _title(survey),
            "name": isolated(definition_name(definition)),
            "text": definition_text(definition),
        }
    yield _("Each person’s answers count once; a question that was left out is not counted as an answer.")
    yield _(
        "Figures are computed exactly and rounded once, half up: shares to one decimal, means to two. Rounded shares "
        "need not add up to 100%."
    )
    if results.smallest_cell:
        k = number_text(results.smallest_cell)
        yield _("Groups of fewer than %(k)s people are told together with others or not at all.") % {"k": k}


def _limits(results: Results) -> Iterator[str]:
    yield _(
        "What is told holds for those who answered. Those who did not may think otherwise, and what people say of "
        "themselves was not checked."
    )
    if results.programme.is_synthetic:
        yield _("The people in these figures are synthetic: they say nothing about real persons.")

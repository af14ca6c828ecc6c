"""The results in a few sentences, in the reader's language, each number of which leads to where it comes from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations.isolation import isolated
from registrations.models import Registration
from reports import words
from reports.figures import Breakdown, Figure, Results, SurveyFigures
from reports.naming import cells_of, survey_title
from surveys.wording import number_text

Number = tuple[str, str]
"""A number as printed, and the id of its figure."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with named gaps, and the numbers that stand in them."""

    pattern: str
    numbers: Mapping[str, Number]

    def __str__(self) -> str:
        return self.pattern % {name: text for name, (text, _id) in self.numbers.items()}

    @property
    def html(self) -> SafeString:
        """With a link from each number to its page, relative to the page of the report."""
        links = {
            name: format_html('<a class="trace" href="figures/{}/">{}</a>', figure_id, text)
            for name, (text, figure_id) in self.numbers.items()
        }
        return mark_safe(conditional_escape(self.pattern) % links)  # noqa: S308 (pattern and links are escaped)


def summary(results: Results) -> tuple[Sentence, ...]:
    """Who registered, who was certified, who answered."""
    return (*_registered(results), *_certified(results), *_watched(results), *_answered(results))


def _registered(results: Results) -> Iterator[Sentence]:
    n, countries = results.registrations.numerator or 0, results.countries.numerator or 0
    if not n:
        return
    pattern = ngettext(
        "%(people)s people from %(countries)s country or territory registered.",
        "%(people)s people from %(countries)s countries and territories registered.",
        countries,
    )
    yield Sentence(pattern, {"people": _count(results.registrations), "countries": _count(results.countries)})
    women, men = (_share_of(results.gender, value) for value in (Registration.Gender.FEMALE, Registration.Gender.MALE))
    if women and men:
        yield Sentence(_("%(women)s of them are women, %(men)s are men."), {"women": women, "men": men})
    yield from _sectors(results.sector)


def _sectors(breakdown: Breakdown) -> Iterator[Sentence]:
    """The largest sector, where it stands alone and has a share."""
    cells = [cell for cell in cells_of(breakdown) if len(cell.keys) == 1 and cell.figure.value is not None]
    if len(cells) < 2:
        return
    ordered = sorted(cells, key=lambda cell: -(cell.figure.numerator or 0))
    parts, numbers = [], {}
    for place, cell in enumerate(ordered):
        label = words.sector_label(cell.keys).replace("%", "%%")
        parts.append(_("%(sector)s %(share)s") % {"sector": label, "share": f"%(share{place})s"})
        numbers[f"share{place}"] = (words.percent_text(cell.figure), cell.figure.id)
    pattern = _("By where they work: %(sectors)s.").replace("%(sectors)s", words.listed(parts))
    yield Sentence(pattern, numbers)


def _certified(results: Results) -> Iterator[Sentence]:
    if results.certificates.numerator:
        pattern = _("%(people)s met every requirement and received a certificate, %(share)s of those who registered.")
        share = (words.percent_text(results.certificates), results.certificates.id)
        yield Sentence(pattern, {"people": _count(results.certificates), "share": share})


def _watched(results: Results) -> Iterator[Sentence]:
    for audience in results.audience:
        what = words.audience_label(audience.kind).replace("%", "%%")
        pattern = _("Counted by the platforms: %(count)s %(what)s.").replace("%(what)s", what)
        yield Sentence(pattern, {"count": _count(audience.total)})


def _answered(results: Results) -> Iterator[Sentence]:
    for survey in results.surveys:
        if not survey.responses.numerator:
            continue
        title = isolated(survey_title(survey)).replace("%", "%%")
        if survey.valid.numerator is None:
            pattern = _("%(responses)s responded to the survey “%(title)s”.")
        else:
            pattern = _("%(responses)s responded to the survey “%(title)s”; %(valid)s of the responses are valid.")
        yield Sentence(pattern.replace("%(title)s", title), _responses(survey))


def _responses(survey: SurveyFigures) -> dict[str, Number]:
    numbers = {"responses": _count(survey.responses)}
    return numbers if survey.valid.numerator is None else {**numbers, "valid": _count(survey.valid)}


def _count(figure: Figure) -> Number:
    return number_text(figure.numerator or 0), figure.id


def _share_of(breakdown: Breakdown, value: str) -> Number | None:
    for cell in breakdown.cells:
        if cell.keys == (value,) and (cell.figure.value is not None or cell.figure.percent is not None):
            return words.percent_text(cell.figure), cell.figure.id
    return None

"""The variables by which responses are selected and told apart: what their authors are, and what they answered.

Every variable parts the responses: each belongs to one group, that of the value "" where nothing is known. So groups add
up to the whole, and a question with several answers is one variable for each option, named "question/option" as Kobo
names its columns.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django_countries import countries

from registrations.geography import COUNTRIES, is_ldc_on
from registrations.models import Registration
from surveys.coarsening import attendance_class
from surveys.models import Question, Survey

PERSON, ANSWER = "person", "answer"
UNKNOWN = ""
YES, NO = "yes", "no"
ANSWER_PREFIX = "answer."

Given = str | None


class UnknownVariable(KeyError):
    """There is no variable of this name."""


def as_it_is(value: Given) -> str:
    """The value itself; nothing is ""."""
    return value or UNKNOWN


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable. ``labels`` are its known values in order, each with its label in the reader's language.

    ``section`` and ``column`` say where the value of a response stands (`surveys.segments`), ``group_of`` what it is in
    this variable. ``of_person`` is the field of a registration that says the same of people who have not answered, and
    ``of_field`` makes the column's value of it; "" where a registration does not know. ``unknown`` is how the group of
    those of whom nothing is known is called, where that is something of its own.
    """

    name: str
    label: str
    section: str
    column: str
    labels: Mapping[str, str] = field(default_factory=dict, compare=False)
    group_of: Callable[[Given], str] = field(default=as_it_is, compare=False)
    of_person: str = ""
    of_field: Callable[[Given], str] = field(default=as_it_is, compare=False)
    unknown: str = field(default="", compare=False)

    def label_of(self, value: str) -> str:
        """What a value means, in the reader's language."""
        if self.column == "country" and self.group_of is as_it_is and value:
            return str(countries.name(value)) or value
        return str(self.labels.get(value, value or self.unknown or _("Not known")))


def variables_of(survey: Survey, questions: Iterable[Question]) -> dict[str, Variable]:
    """Every variable of a survey by its name, those of people first; ``questions`` with their choices fetched.

    A question whose name one of these has already is called "answer.NAME". Groups of countries are those of the day on
    which the survey closes.
    """
    day = survey.closes_at.astimezone(survey.programme.zone).date()
    found = {variable.name: variable for variable in _of_people(day)}
    for question in questions:
        for variable in _of_question(question):
            name = ANSWER_PREFIX + variable.name if variable.name in found else variable.name
            found[name] = Variable(
                name,
                variable.label,
                ANSWER,
                question.name,
                variable.labels,
                variable.group_of,
            )
    return found


def find(variables: Mapping[str, Variable], name: str) -> Variable:
    """A variable by its name; any question also by "answer.NAME". Raises UnknownVariable (a KeyError)."""
    found = variables.get(name) or variables.get(name.removeprefix(ANSWER_PREFIX))
    if found is None or (name.startswith(ANSWER_PREFIX) and found.section != ANSWER):
        raise UnknownVariable(name)
    return found


def _of_people(day: dt.date) -> Iterable[Variable]:
    yield _registrant("gender", _("Gender"), _labels(Registration.Gender.choices))
    yield _registrant("sector", _("Sector"), _labels(Registration.Sector.choices))
    yield _registrant("country", _("Country or territory"), _CODES)
    yield Variable("region", _("Region"), PERSON, "region", _regions(), of_person="country", of_field=region_of)
    yield _grouped("subregion", _("Subregion"), _subregions(), _subregion)
    yield _grouped("ldc", _("Least developed countries"), _yes_no(), _member(lambda code: is_ldc_on(code, day)))
    yield _grouped(
        "lldc", _("Landlocked developing countries"), _yes_no(), _member(lambda code: COUNTRIES[code].is_lldc)
    )
    yield _grouped(
        "sids", _("Small island developing States"), _yes_no(), _member(lambda code: COUNTRIES[code].is_sids)
    )
    yield _registrant("language", _("Language"), _labels(settings.LANGUAGES))
    yield Variable("attendance", _("Sessions attended"), PERSON, "sessions", _attendance_labels(), _attendance)
    yield Variable(
        *("language_followed", _("Language followed"), PERSON, "language_followed"),
        _labels(settings.LANGUAGES),
        unknown=_("Not recorded"),
    )


def _registrant(name: str, label: str, labels: Mapping[str, str]) -> Variable:
    return Variable(name, label, PERSON, name, labels, of_person=name)


def _grouped(name: str, label: str, labels: Mapping[str, str], group_of: Callable[[Given], str]) -> Variable:
    return Variable(name, label, PERSON, "country", labels, group_of, of_person="country")


def _of_question(question: Question) -> Iterable[Variable]:
    options = question.options
    if question.kind == Question.Kind.SELECT_MULTIPLE:
        for value, label in options.items():
            name = f"{question.name}/{value}"
            yield Variable(name, f"{question.label} {label}", ANSWER, question.name, _yes_no(), partial(_ticked, value))
    elif question.kind == Question.Kind.RANK:
        yield Variable(question.name, question.label, ANSWER, question.name, options, _first)
    elif options:
        yield Variable(question.name, question.label, ANSWER, question.name, options)


def region_of(country: Given) -> str:
    """The M49 region of a code, "" for none and for an unknown one."""
    return COUNTRIES[country].region if country and country in COUNTRIES else UNKNOWN


def _subregion(country: Given) -> str:
    return COUNTRIES[country].subregion if country and country in COUNTRIES else UNKNOWN


def _member(is_one: Callable[[str], bool]) -> Callable[[Given], str]:
    def group_of(country: Given) -> str:
        if not country or country not in COUNTRIES:
            return UNKNOWN
        return YES if is_one(country) else NO

    return group_of


def _attendance(sessions: Given) -> str:
    return attendance_class(int(sessions)) if sessions else UNKNOWN


def _ticked(option: str, answer: Given) -> str:
    if not answer:
        return UNKNOWN
    return YES if option in answer.split(" ") else NO


def _first(answer: Given) -> str:
    return answer.split(" ")[0] if answer else UNKNOWN


def _regions() -> dict[str, str]:
    """M49 regions with their names."""
    return {
        "Africa": _("Africa"),
        "Americas": _("Americas"),
        "Antarctica": _("Antarctica"),
        "Asia": _("Asia"),
        "Europe": _("Europe"),
        "Oceania": _("Oceania"),
    }


def _subregions() -> dict[str, str]:
    """M49 subregions with their names."""
    return {
        "Northern Africa": _("Northern Africa"),
        "Sub-Saharan Africa": _("Sub-Saharan Africa"),
        "Latin America and the Caribbean": _("Latin America and the Caribbean"),
        "Northern America": _("Northern America"),
        "Antarctica": _("Antarctica"),
        "Central Asia": _("Central Asia"),
        "Eastern Asia": _("Eastern Asia"),
        "South-eastern Asia": _("South-eastern Asia"),
        "Southern Asia": _("Southern Asia"),
        "Western Asia": _("Western Asia"),
        "Eastern Europe": _("Eastern Europe"),
        "Northern Europe": _("Northern Europe"),
        "Southern Europe": _("Southern Europe"),
        "Western Europe": _("Western Europe"),
        "Australia and New Zealand": _("Australia and New Zealand"),
        "Melanesia": _("Melanesia"),
        "Micronesia": _("Micronesia"),
        "Polynesia": _("Polynesia"),
    }


def _yes_no() -> dict[str, str]:
    return {YES: _("Yes"), NO: _("No")}


def _attendance_labels() -> dict[str, str]:
    """Classes of sessions attended, as `coarsening.attendance_class` calls them."""
    return {"0": _("None"), "1": _("One or two"), "3": _("Three or more")}


def _labels(choices: Iterable[tuple[str, Any]]) -> dict[str, str]:
    return {value: str(label) for value, label in choices}


_CODES = MappingProxyType({code: code for code in COUNTRIES})

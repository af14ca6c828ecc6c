"""The figures of a survey: `manage.py survey_results SURVEY [--where N=V]... [--by NAME] [--level staff|all] [--json]`.

NAME is a variable: gender, sector, country, region, subregion, ldc, lldc, sids, language, attendance, language_followed,
the name of a closed question, or QUESTION/OPTION of one with several answers (also answer.NAME where a question is called
like another variable). VALUE is written as it is stored, and nothing stands for what is not known.

With --by each group has its own figures, and with --level staff, which is the default there, cells under five and
those from which they would follow are left out of the groups (null in JSON). With --level all nothing is; asked for
--level staff, the figures of the whole selection are as analysts see them, too.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from surveys.facts import Selection
from surveys.grouped import groups_as_dict, selection_as_dict
from surveys.models import Survey
from surveys.protection import Protection
from surveys.results import SurveyReading
from surveys.variables import UnknownVariable
from surveys.wording import NONE

STAFF, EVERYTHING = "staff", "all"


class Command(BaseCommand):
    """Prints a survey's figures over its base."""

    help = "Print the figures of a survey, of a selection, or of groups: a table, or JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which survey, which of its responses, told how."""
        parser.add_argument("survey", metavar="SURVEY", help="the survey's form id")
        parser.add_argument(
            "--where",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help="only responses of this value; repeatable",
        )
        parser.add_argument(
            "--by", metavar="NAME", default="", help="figures for each group that a variable tells apart"
        )
        parser.add_argument(
            "--level", choices=(STAFF, EVERYTHING), default="", help="what is kept back: cells under five, or nothing"
        )
        parser.add_argument("--json", action="store_true", help="print JSON only")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the figures. Exit 1 with a sentence for a survey, a variable or a selection that cannot be had."""
        survey = Survey.objects.select_related("programme").filter(form_id=options["survey"]).first()
        if survey is None:
            raise CommandError(_("There is no survey with the form id “%(id)s”.") % {"id": options["survey"]})
        reading = SurveyReading.of(survey)
        try:
            figures = _figures(reading, _selection(reading, options["where"]), options["by"], options["level"])
        except UnknownVariable as unknown:
            raise CommandError(_unknown_text(reading, str(unknown.args[0]))) from None
        if options["json"]:
            self.stdout.write(json.dumps(figures, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(_told(figures)))


def _figures(reading: SurveyReading, where: Selection, by: str, level: str) -> dict[str, Any]:
    """The figures of a selection, with those of its groups under "groups"."""
    if level == STAFF and Protection(reading, where, sees_people=False).is_view_hidden():
        raise CommandError(_("This selection is of so few people that nothing may be told of it."))
    figures = selection_as_dict(reading, where) if level == STAFF else reading.results(where).as_dict()
    if by:
        figures["groups"] = groups_as_dict(reading, by, where, sees_people=level == EVERYTHING)
    return figures


def _selection(reading: SurveyReading, given: list[str]) -> dict[str, str]:
    """The selection from NAME=VALUE. Raises CommandError, or UnknownVariable."""
    where: dict[str, str] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise CommandError(_("Write a selection as NAME=VALUE, not “%(text)s”.") % {"text": text})
        variable = reading.variable(name)
        if variable.name in where:
            raise CommandError(_("Select by “%(name)s” once only.") % {"name": name})
        where[variable.name] = value
        known = {*variable.labels, *reading.respondents_by(variable.name)}
        if value not in known:
            raise CommandError(
                _("“%(name)s” has no value “%(value)s”. There are: %(known)s.")
                % {"name": name, "value": value, "known": ", ".join(sorted(known - {""})) or NONE}
            )
    return where


def _unknown_text(reading: SurveyReading, name: str) -> str:
    return _("There is no variable “%(name)s”. There are: %(known)s.") % {
        "name": name,
        "known": ", ".join(reading.variables),
    }


def _told(figures: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    """The figures as lines: the base, then each question with its options."""
    base = figures["base"]
    yield f"{indent}{figures.get('survey', '')} {base['definition']}".rstrip()
    excluded = ", ".join(f"{reason} {_shown(count)}" for reason, count in base["excluded"].items())
    yield f"{indent}  responses {_shown(base['responses'])}, n = {_shown(base['n'])} (left out: {excluded})"
    for question in figures["questions"]:
        facts = (f"{key} {_shown(question[key])}" for key in ("n", "declined", "not_shown"))
        mean = f", mean {question['mean']}, median {_shown(question['median'])}" if question["mean"] else ""
        yield f"{indent}  {question['name']} ({question['type']}): {', '.join(facts)}{mean}"
        for option in question["options"]:
            share = NONE if option["share"] is None else f"{option['share']} %"
            yield f"{indent}    {_shown(option['count']):>9} {share:>8}  {option['value']}  {option['label']}"
    for value, group in figures.get("groups", {}).items():
        yield f"{indent}= {value or NONE}"
        yield from _told(group, indent + "  ")


def _shown(figure: object) -> str:
    return NONE if figure is None else str(figure)

"""A workbook read as a form, with everything that is wrong with it."""

import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.conditions import Asked, condition_problems
from surveys.errors import Refused
from surveys.statistics import TEXT
from surveys.xlsform.checking import refuse_what_odk_refuses
from surveys.xlsform.form import Form, FormChoice, FormGroup, FormQuestion, Item, walked
from surveys.xlsform.languages import code_of
from surveys.xlsform.options import KNOWN, lists_of
from surveys.xlsform.problems import Findings, Problem, sheet_place
from surveys.xlsform.settings_sheet import SettingsSheet, original_language
from surveys.xlsform.survey_sheet import SurveySheet
from surveys.xlsform.table import Column, Row, Table, Tongues, table_of
from surveys.xlsform.workbook import form_sheets

SHEETS = ("survey", "choices", "settings")
MOST_SAID = 30
MOST_CHOICES = 10_000  # of all questions together: each keeps its own


@dataclass(frozen=True)
class Reading:
    """What a workbook says: the form as far as it can be read, what is wrong, and what was left out without harm."""

    form: Form
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]

    def usable(self, *, skip_unsupported: bool = False) -> Form:
        """The form. Raises Refused with the list of what is wrong and, unless it may be skipped, of what is unsupported."""
        standing = [problem for problem in self.problems if not (skip_unsupported and problem.is_unsupported)]
        if standing:
            raise Refused(listed(standing))
        return self.form


def listed(problems: Sequence[Problem]) -> str:
    """Problems as one text, a line each."""
    lines = list(dict.fromkeys(map(str, problems)))
    more = len(lines) - MOST_SAID
    if more > 0:
        lines = lines[:MOST_SAID]
        lines.append(ngettext("… and %(count)s more.", "… and %(count)s more.", more) % {"count": more})
    heading = _("The form cannot be loaded as it is:")
    return "\n".join([heading, *lines])


def read_form(content: bytes, *, zone: zoneinfo.ZoneInfo) -> Reading:
    """Read an XLSForm; moments without an offset are taken in `zone`. Raises Refused for what is no form at all."""
    findings = Findings()
    tables = {sheet.title: table_of(sheet, findings) for sheet in form_sheets(content) if sheet.title in SHEETS}
    if "survey" not in tables or not tables["survey"].rows:
        raise Refused(_("This is no XLSForm: there is no sheet “survey” with a row for each question."))
    survey = tables["survey"]
    if Column("type") not in survey.columns or Column("name") not in survey.columns:
        raise Refused(_("This is no XLSForm: the sheet “survey” needs the columns “type” and “name” in its first row."))
    return _read(
        survey, tables.get("choices", EMPTY["choices"]), tables.get("settings", EMPTY["settings"]), zone, findings
    )


EMPTY = {name: Table(name, (), ()) for name in SHEETS}


def _read(survey: Table, choices: Table, settings: Table, zone: zoneinfo.ZoneInfo, findings: Findings) -> Reading:
    row = settings.rows[0] if settings.rows else Row("settings", 2, {})
    tongues = Tongues(original_language(row, [survey, choices], findings))
    lists = lists_of(choices, tongues, findings)
    note_columns(choices, KNOWN, findings)
    sheet = SurveySheet(lists, tongues, languages_of([survey, choices]), findings)
    items = sheet.read(survey)
    for name in sheet.unread:
        findings.note(sheet_place("survey"), _("the column “%(column)s” is left out.") % {"column": name[:60]})
    if Column("is_other") not in choices.columns:
        items = with_others_found(items)
    form = SettingsSheet(row, tongues, zone, findings).form(items)
    if not form.questions:
        findings.wrong(sheet_place("survey"), _("there is no question in it."))
    count = sum(len(question.choices) for question in form.questions)
    if count > MOST_CHOICES:
        findings.wrong(
            sheet_place("survey"),
            _("its questions have %(count)s options together; at most %(most)s are kept.")
            % {"count": count, "most": MOST_CHOICES},
        )
    for name, sentence in condition_problems(asked_of(items)):
        findings.wrong(sheet.places.get(name, sheet_place("survey")), sentence)
    if not any(not problem.is_unsupported for problem in findings.problems):
        refuse_what_odk_refuses(form, findings)
    return Reading(form, tuple(findings.problems), tuple(findings.notes))


def languages_of(tables: Sequence[Table]) -> tuple[str, ...]:
    """The codes of the languages that columns are in."""
    named = (column.language for table in tables for column in table.columns)
    return tuple(dict.fromkeys(code_of(language) for language in named if language))


def note_columns(table: Table, known: frozenset[str], findings: Findings) -> None:
    """Say which columns are not read."""
    for name in dict.fromkeys(column.name for column in table.columns):
        if name not in known:
            findings.note(sheet_place(table.title), _("the column “%(column)s” is left out.") % {"column": name[:60]})


def asked_of(items: tuple[Item, ...]) -> list[Asked]:
    """The questions and groups as their conditions are checked."""
    return [
        Asked(
            item.name,
            item.relevant,
            item.constraint if isinstance(item, FormQuestion) else "",
            tuple(parent.name for parent in parents),
            is_group=isinstance(item, FormGroup),
        )
        for item, parents in walked(items)
    ]


def with_others_found(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The options "other" marked where a question for a text belongs to them, as its name says."""
    texts = {item.name for item, _parents in walked(items) if isinstance(item, FormQuestion) and item.kind == TEXT}
    return tuple(_with_others(item, texts) for item in items)


def _with_others(item: Item, texts: set[str]) -> Item:
    if isinstance(item, FormGroup):
        return replace(item, items=tuple(_with_others(inner, texts) for inner in item.items))
    if f"{item.name}_other" not in texts:
        return item
    return replace(item, choices=tuple(_marked(choice) for choice in item.choices))


def _marked(choice: FormChoice) -> FormChoice:
    return replace(choice, is_other=choice.is_other or choice.value == "other")

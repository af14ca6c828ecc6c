"""A form written as the sheets of a workbook."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from registrations.later import later
from surveys.statistics import (
    DATE,
    DECIMAL,
    INTEGER,
    NOTE,
    RANK,
    RATING,
    SELECT_MULTIPLE,
    SELECT_ONE,
    TEXT,
    YES_NO,
    rating_values,
)
from surveys.xlsform.form import Form, FormChoice, FormGroup, FormQuestion, Item, Translations
from surveys.xlsform.languages import heading_of
from surveys.xlsform.options import YES_NO as YES_AND_NO
from surveys.xlsform.options import exclusive_check, standard_word
from surveys.xlsform.scales import scale_of_values, stated

if TYPE_CHECKING:
    from openpyxl.cell import Cell as XlsxCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

openpyxl, openpyxl_cells = later("openpyxl"), later("openpyxl.cell.cell")

Line = dict[str, str]
ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
TYPES = {kind: kind for kind in (INTEGER, DECIMAL, DATE, TEXT, NOTE)}
"""The kinds that XLSForm calls by the same name."""
SELECTS = {
    RATING: "select_one",
    YES_NO: "select_one",
    SELECT_ONE: "select_one",
    SELECT_MULTIPLE: "select_multiple",
    RANK: "rank",
}


class FormWriter:
    """The lines of the three sheets."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.languages = form.languages
        self.lists: dict[str, tuple[FormChoice, ...]] = {}
        self.survey = list(self.lines(form.items))

    def texts(self, original: Mapping[str, str], translations: Translations) -> Line:
        """Texts under the heads of their languages."""
        found = {}
        for name, text in original.items():
            for code in self.languages:
                words = text if code == self.form.language else translations.get(code, {}).get(name, "")
                if words:
                    found[f"{name}::{heading_of(code)}"] = words
        return found

    def lines(self, items: Sequence[Item]) -> Iterator[Line]:
        """The rows of the survey sheet."""
        for item in items:
            if isinstance(item, FormQuestion):
                yield self.question(item)
            else:
                yield self.group(item)
                yield from self.lines(item.items)
                yield {"type": "end_group", "name": item.name}

    def group(self, group: FormGroup) -> Line:
        """The row where a group begins."""
        return {
            "type": "begin_group",
            "name": group.name,
            **self.texts({"label": group.label}, group.translations),
            "appearance": group.appearance,
            "relevant": group.relevant,
        }

    def question(self, question: FormQuestion) -> Line:
        """The row of a question."""
        words = {
            "label": question.label,
            "hint": question.hint,
            "constraint_message": question.constraint_message,
            "required_message": question.required_message,
        }
        return {
            **self.typed(question),
            "name": question.name,
            **self.texts(words, question.translations),
            "required": "yes" if question.is_required else "",
            "relevant": question.relevant,
            "constraint": checked(question),
            "appearance": question.appearance,
            "counts_for_validity": "yes" if question.counts_for_validity else "",
            "bank_key": question.bank_key,
        }

    def typed(self, question: FormQuestion) -> Line:
        """The type of a question, its list, its parameters, and its kind where the type does not tell it."""
        if question.kind in TYPES:
            return {"type": TYPES[question.kind]}
        if question.kind == RATING and not question.choices:
            scale = stated(question.parameters)
            return {"type": "range", "parameters": " ".join(f"{name}={value}" for name, value in scale.items())}
        choices = offered(question, self.languages)
        list_name = self.enter(question.list_name or self.own_list(question), choices)
        kind = "" if question.kind == kind_told(question, choices) else question.kind
        return {"type": f"{SELECTS[question.kind]} {list_name}", "baraza_kind": kind}

    def own_list(self, question: FormQuestion) -> str:
        """The name of a list that has none of its own."""
        return "yes_no" if question.kind == YES_NO and not question.choices else question.name

    def enter(self, name: str, choices: tuple[FormChoice, ...]) -> str:
        """Put a list down under this name, or one like it where another list has the name already."""
        number, free = 1, name
        while self.lists.setdefault(free, choices) != choices:
            number += 1
            free = f"{name}_{number}"
        return free

    @property
    def choices(self) -> list[Line]:
        """The rows of the choices sheet."""
        return [
            {
                "list_name": list_name,
                "name": choice.value,
                **self.texts({"label": choice.label}, choice.translations),
                "exclusive": "yes" if choice.is_exclusive else "",
                "is_other": "yes" if choice.is_other else "",
            }
            for list_name, choices in self.lists.items()
            for choice in choices
        ]

    @property
    def settings(self) -> list[Line]:
        """The row of the settings sheet."""
        form = self.form
        versions = {
            code: {"survey_title" if name == "title" else name: text for name, text in texts.items()}
            for code, texts in form.translations.items()
        }
        words = self.texts({"survey_title": "", "introduction": form.introduction, "thanks": form.thanks}, versions)
        return [
            {
                "form_title": form.title,
                "form_id": form.form_id,
                "version": form.version,
                "default_language": heading_of(form.language),
                "style": "pages",
                "baraza_kind": form.kind or "",
                "session": "" if form.session_number is None else str(form.session_number),
                "anonymous": "" if form.is_anonymous is None else "yes" if form.is_anonymous else "no",
                "opens_at": form.opens_at.isoformat() if form.opens_at else "",
                "closes_at": form.closes_at.isoformat() if form.closes_at else "",
                **words,
            }
        ]


def offered(question: FormQuestion, languages: Sequence[str]) -> tuple[FormChoice, ...]:
    """All options of a question with options, also those that have no words of their own."""
    known = {choice.value: choice for choice in question.choices}
    if question.kind == YES_NO:
        return tuple(known.get(value) or standard(value, languages) for value in YES_AND_NO)
    if question.kind == RATING:
        return tuple(known.get(value) or FormChoice(value, value) for value in rating_values(question.parameters))
    return question.choices


def standard(value: str, languages: Sequence[str]) -> FormChoice:
    """A yes or a no in the words of every language that has them here."""
    words = {code: standard_word(value, code) for code in languages}
    label = words.pop(languages[0])
    return FormChoice(value, label, {code: {"label": word} for code, word in words.items() if word})


def kind_told(question: FormQuestion, choices: tuple[FormChoice, ...]) -> str:
    """The kind that a reader takes from the type, the values and the appearance alone."""
    if SELECTS[question.kind] != "select_one":
        return question.kind
    values = tuple(choice.value for choice in choices)
    if values == YES_AND_NO:
        return YES_NO
    return RATING if "likert" in question.appearance and scale_of_values(values) is not None else SELECT_ONE


def checked(question: FormQuestion) -> str:
    """The check of a question, with what ODK and Kobo need to be told of options that stand alone."""
    if question.kind != SELECT_MULTIPLE:
        return question.constraint
    own = exclusive_check(tuple(choice.value for choice in question.choices if choice.is_exclusive))
    if own and question.constraint:
        return f"({question.constraint}) and {own}"
    return own or question.constraint


def heads_of(lines: Sequence[Line], first: Sequence[str]) -> list[str]:
    """The columns that any line fills in, the given ones first and always there."""
    filled = {name: None for line in lines for name, text in line.items() if text}
    return list(dict.fromkeys([*first, *filled]))


def written(form: Form) -> bytes:
    """The form as an XLSX workbook of string cells, which nothing runs."""
    writer = FormWriter(form)
    book = openpyxl().Workbook(write_only=True)
    for title, lines, first in sheets_of(writer):
        sheet = book.create_sheet(title)
        heads = heads_of(lines, first)
        sheet.append([text_cell(sheet, head) for head in heads])
        for line in lines:
            sheet.append([text_cell(sheet, line.get(head, "")) for head in heads])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def sheets_of(writer: FormWriter) -> list[tuple[str, list[Line], list[str]]]:
    """The three sheets: title, lines, and the columns that come first."""
    original = f"label::{heading_of(writer.form.language)}"
    return [
        ("survey", writer.survey, ["type", "name", original]),
        ("choices", writer.choices, ["list_name", "name", original, "exclusive", "is_other"]),
        ("settings", writer.settings, ["form_title", "form_id", "version", "default_language", "style"]),
    ]


def text_cell(sheet: "WriteOnlyWorksheet", text: str) -> "XlsxCell | None":
    """A text that stays one: openpyxl would take what begins with "=" for a formula, and "_x0041_" stands for an A."""
    clean = ESCAPE.sub("_x005F_", openpyxl_cells().ILLEGAL_CHARACTERS_RE.sub("", text))
    if not clean:
        return None
    cell: XlsxCell = openpyxl_cells().WriteOnlyCell(sheet, value=clean)
    cell.data_type = "s"
    return cell

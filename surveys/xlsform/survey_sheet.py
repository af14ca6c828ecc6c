"""The survey sheet: its rows as questions and groups."""

from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from surveys.conditions import UNSUPPORTED, expression_problem, sentence_of
from surveys.expressions import ExpressionError, parse
from surveys.models import Group, Question
from surveys.statistics import TEXT
from surveys.xlsform.form import FormGroup, FormQuestion, Item
from surveys.xlsform.limits import limited
from surveys.xlsform.options import NO, SPECIFY, Lists, in_languages
from surveys.xlsform.problems import Findings
from surveys.xlsform.question_row import WORDS, QuestionReader
from surveys.xlsform.table import Row, Table, Tongues
from surveys.xlsform.types import NOT_ASKED, RowType, bracket_of, row_type

READ = frozenset(
    {*WORDS, "type", "name", "required", "relevant", "constraint", "appearance", "parameters", "disabled"}
    | {"baraza_kind", "bank_key", "counts_for_validity"}
)
DEEPEST = 10  # groups inside each other
LEAVE_OUT = frozenset({"calculation", "choice_filter", "trigger", "repeat_count", "save_to", "read_only"})
"""Columns that change what a question is: without them it is another question."""
DECORATION = frozenset(
    {"default", "media", "image", "audio", "video", "big_image", "autoplay", "bind", "body", "instance"}
)
"""Columns without which a question is still the same."""


@dataclass
class SurveySheet:
    """Reads row by row."""

    lists: Lists
    tongues: Tongues
    languages: tuple[str, ...]
    findings: Findings
    places: dict[str, str] = field(default_factory=dict)  # where each name stands
    stack: list[tuple[Row, FormGroup, list[Item]]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    skipping: list[str] = field(default_factory=list)  # what has been opened inside something that is left out
    unread: dict[str, None] = field(default_factory=dict)  # columns that mean nothing here

    def read(self, table: Table) -> tuple[Item, ...]:
        """The questions and groups in their order."""
        for row in table:
            if row.get("disabled").lower() not in NO:
                self.findings.note(row.place, _("the row is disabled and is left out."))
            else:
                self.take(row)
        for row, group, _items in self.stack:
            self.findings.wrong(
                row.place,
                _("the group “%(name)s” begins and never ends. Add a row “end_group”.") % {"name": group.name},
            )
        return tuple(self.items)

    def take(self, row: Row) -> None:
        """One row."""
        opening, what = bracket_of(row.get("type"))
        if self.skipping:
            self.skip(opening, what)
        elif opening == "begin" and what == "group" and len(self.stack) >= DEEPEST:
            self.skipping.append(what)
            self.findings.wrong(
                row.place, _("groups stand inside each other more than %(most)s deep.") % {"most": DEEPEST}
            )
        elif opening == "begin" and what == "group":
            self.begin(row)
        elif opening == "begin":
            self.skipping.append(what)
            self.findings.unsupported(
                row.place, _("repeats are not supported. Ask for each answer in a question of its own.")
            )
        elif opening == "end":
            self.end(row, what)
        else:
            self.ask(row)

    def skip(self, opening: str, what: str) -> None:
        """A row inside something that is left out."""
        if opening == "begin":
            self.skipping.append(what)
        elif opening == "end":
            self.skipping.pop()

    def begin(self, row: Row) -> None:
        """A group begins."""
        original, versions = self.tongues.texts(row, ["label"])
        name = row.get("name")
        self.check_name(row, name)
        for problem in limited(Group, label=original.get("label", ""), appearance=row.get("appearance")):
            self.findings.wrong(row.place, problem)
        self.refuse_columns(row)
        self.check_expression(row, "relevant")
        group = FormGroup(name, original.get("label", ""), versions, row.get("appearance").lower(), row.get("relevant"))
        self.stack.append((row, group, self.items))
        self.items = []

    def end(self, row: Row, what: str) -> None:
        """A group ends."""
        if what != "group" or not self.stack:
            self.findings.wrong(row.place, _("this row ends a group, and none has begun."))
            return
        _row, group, around = self.stack.pop()
        around.append(replace(group, items=tuple(self.items)))
        self.items = around

    def ask(self, row: Row) -> None:
        """A question."""
        text = row.get("type")
        asked = row_type(text)
        if not text:
            if row.get("name") or row.filled("label"):
                self.findings.wrong(row.place, _("the row has no type."))
        elif text.lower() in NOT_ASKED:
            self.findings.note(row.place, _("“%(type)s” is left out: nobody is asked for it.") % {"type": text[:60]})
        elif not asked.kind:
            self.findings.unsupported(
                row.place, _("questions of the type “%(type)s” are not supported.") % {"type": text[:60]}
            )
        elif self.can_be_asked(row):
            self.items += self.questions_of(row, asked)

    def can_be_asked(self, row: Row) -> bool:
        """Whether nothing in the row asks for what is not supported; finds it otherwise."""
        stands = self.refuse_columns(row)
        return self.check_expression(row, "relevant") and self.check_expression(row, "constraint") and stands

    def refuse_columns(self, row: Row) -> bool:
        """Find cells in columns that are not supported; False where the row means something else without them."""
        stands = True
        for column, text in row.cells.items():
            name = column.name.partition("::")[0]
            if name in LEAVE_OUT and not (name == "read_only" and text.lower() in NO):
                stands = False
                self.findings.unsupported(row.place, _("the column “%(column)s” is not supported.") % {"column": name})
            elif name in DECORATION:
                self.findings.unsupported(row.place, _("the column “%(column)s” is not supported.") % {"column": name})
            elif column.name not in READ:
                self.unread[column.name] = None
        for name in WORDS:
            if any(column.name == name and "${" in text for column, text in row.cells.items()):
                self.findings.unsupported(
                    row.place, _("texts that take in an answer, such as ${name}, are not supported.")
                )
                return stands
        return stands

    def check_expression(self, row: Row, name: str) -> bool:
        """Find what is wrong with an expression; False where it is right in XLSForm and not supported."""
        text = row.get(name)
        problem = expression_problem(text, is_constraint=name == "constraint")
        if not problem:
            return True
        place = f"{row.place}, {name}"
        try:
            parse(text)
        except ExpressionError as error:
            if error.fault in UNSUPPORTED:
                self.findings.unsupported(place, sentence_of(error))
                return False
        self.findings.wrong(place, problem)
        return True

    def check_name(self, row: Row, name: str) -> None:
        """Find a name that is missing, used twice, or not allowed."""
        if not name:
            self.findings.wrong(row.place, _("the row has no name. Fill in the column “name”."))
            return
        for problem in limited(Question, name=name):
            self.findings.wrong(row.place, problem)
        if name in self.places:
            self.findings.wrong(
                row.place,
                _("the name “%(name)s” is used already: %(place)s.") % {"name": name[:60], "place": self.places[name]},
            )
        self.places.setdefault(name, row.place)

    def questions_of(self, row: Row, asked: RowType) -> list[FormQuestion]:
        """The question of a row, and the one for a text that "or other" brings along."""
        self.check_name(row, row.get("name"))
        question = QuestionReader(self.lists, self.tongues, self.languages, self.findings).question(row, asked)
        if question is None:
            return []
        if not asked.has_other:
            return [question]
        name = f"{question.name}_other"
        if name in self.places:
            self.check_name(row, name)
        self.places.setdefault(name, row.place)
        label, versions = in_languages(SPECIFY, self.tongues.original, self.languages)
        condition = f"selected(${{{question.name}}}, 'other')"
        return [question, FormQuestion(name, TEXT, label, translations=versions, relevant=condition)]

"""One row of the survey sheet as a question."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from surveys.models import Question
from surveys.statistics import NOTE, RATING, SELECT_MULTIPLE, SELECT_ONE, YES_NO
from surveys.xlsform.form import FormChoice, FormQuestion
from surveys.xlsform.limits import limited
from surveys.xlsform.options import YES_NO as YES_AND_NO
from surveys.xlsform.options import (
    Lists,
    bare_number,
    exclusive_check,
    exclusive_values,
    is_standard,
    says_yes,
    with_other,
)
from surveys.xlsform.problems import Findings
from surveys.xlsform.scales import scale_of_range, scale_of_values
from surveys.xlsform.table import Row, Tongues
from surveys.xlsform.types import RowType

WORDS = ("label", "hint", "constraint_message", "required_message")


@dataclass(frozen=True)
class QuestionReader:
    """Reads questions; what it finds wrong goes to the findings."""

    lists: Lists
    tongues: Tongues
    languages: tuple[str, ...]
    findings: Findings

    def question(self, row: Row, asked: RowType) -> FormQuestion | None:
        """The question of a row; None where it cannot be read."""
        original, versions = self.tongues.texts(row, WORDS)
        name = row.get("name")
        if "label" not in original:
            self.findings.wrong(
                row.place, _("the question “%(name)s” has no label in the form’s language.") % {"name": name[:60]}
            )
            return None
        for problem in limited(Question, **original, appearance=row.get("appearance"), list_name=asked.list_name):
            self.findings.wrong(row.place, problem)
        question = FormQuestion(
            name,
            asked.kind,
            translations=versions,
            is_required=says_yes(row, "required", self.findings) and asked.kind != NOTE,
            relevant=row.get("relevant"),
            constraint=row.get("constraint"),
            appearance=row.get("appearance").lower(),
            counts_for_validity=says_yes(row, "counts_for_validity", self.findings),
            bank_key=row.get("bank_key"),
            label=original["label"],
            hint=original.get("hint", ""),
            required_message=original.get("required_message", ""),
            constraint_message=original.get("constraint_message", ""),
        )
        return self.with_parameters(row, self.with_options(row, question, asked))

    def with_options(self, row: Row, question: FormQuestion, asked: RowType) -> FormQuestion:
        """The question with the options of its list."""
        if not asked.list_name:
            return question
        if asked.list_name not in self.lists:
            self.findings.wrong(
                row.place,
                _("the choices sheet has no list “%(list)s”.") % {"list": asked.list_name[:60]},
            )
            return question
        choices = self.lists[asked.list_name]
        if asked.has_other:
            choices = with_other(choices, self.tongues.original, self.languages)
        constraint = question.constraint
        if question.kind == SELECT_MULTIPLE:
            choices, constraint = unchecked(choices, constraint)
        list_name = "" if asked.list_name == question.name else asked.list_name
        return replace(question, choices=choices, constraint=constraint, list_name=list_name)

    def with_parameters(self, row: Row, question: FormQuestion) -> FormQuestion | None:
        """The question as the kind that it really is, with its scale."""
        parameters = parameters_of(row.get("parameters"))
        if question.kind == RATING:
            return self.range(row, question, parameters)
        for name in parameters:
            self.findings.unsupported(
                row.place, _("the parameter “%(name)s” is not supported here.") % {"name": name[:60]}
            )
        if question.kind == SELECT_ONE:
            return self.one_of(row, question)
        return question

    def range(self, row: Row, question: FormQuestion, parameters: Mapping[str, str]) -> FormQuestion | None:
        """A question for a point on a scale."""
        list_name = parameters.get("tick_labelset", "")
        for name in sorted(parameters.keys() - {"start", "end", "step", "tick_labelset"}):
            self.findings.note(row.place, _("the parameter “%(name)s” is left out.") % {"name": name[:60]})
        scale = scale_of_range(parameters)
        if scale is None:
            self.findings.unsupported(
                row.place, _("the range must go from start to end in steps, with 101 values at most.")
            )
            return None
        if list_name and list_name not in self.lists:
            self.findings.wrong(row.place, _("the choices sheet has no list “%(list)s”.") % {"list": list_name[:60]})
        labels = tuple(choice for choice in self.lists.get(list_name, ()) if not bare_number(choice))
        shown = "" if not labels or list_name == question.name else list_name
        return replace(question, parameters=scale, choices=labels, list_name=shown)

    def one_of(self, row: Row, question: FormQuestion) -> FormQuestion:
        """A question with options: a rating, a question for yes or no, or one of many."""
        values = tuple(choice.value for choice in question.choices)
        scale = scale_of_values(values)
        said = row.get("baraza_kind").lower()
        likely = RATING if scale is not None and "likert" in question.appearance else SELECT_ONE
        kind = said or (YES_NO if values == YES_AND_NO else likely)
        fits = {RATING: scale is not None, YES_NO: values == YES_AND_NO, SELECT_ONE: True}
        if not fits.get(kind, False):
            self.findings.wrong(
                row.place, _("the kind “%(kind)s” does not fit the question’s options.") % {"kind": kind[:60]}
            )
            return question
        kept = question.choices
        if kind == YES_NO:
            kept = tuple(choice for choice in kept if not is_standard(choice, self.tongues.original))
        if kind == RATING:
            kept = tuple(choice for choice in kept if not bare_number(choice))
        return replace(
            question,
            kind=kind,
            choices=kept,
            parameters=scale if kind == RATING and scale is not None else {},
            list_name=question.list_name if kept else "",
        )


def unchecked(choices: tuple[FormChoice, ...], constraint: str) -> tuple[tuple[FormChoice, ...], str]:
    """Options that stand alone are marked, also where only the check says so; our own check for them is taken off."""
    stand_alone = exclusive_values(constraint)
    marked = tuple(
        replace(choice, is_exclusive=choice.is_exclusive or choice.value in stand_alone) for choice in choices
    )
    own = exclusive_check(tuple(choice.value for choice in marked if choice.is_exclusive))
    if not own:
        return marked, constraint
    if constraint == own:
        return marked, ""
    suffix = f") and {own}"
    if constraint.startswith("(") and constraint.endswith(suffix):
        return marked, constraint[1 : -len(suffix)]
    return marked, constraint


def parameters_of(text: str) -> dict[str, str]:
    """The parameters of a row: "start=1 end=5", parted by blanks, commas or semicolons."""
    pairs = (part.partition("=") for part in text.replace(";", " ").replace(",", " ").split())
    return {name.strip().lower(): value.strip() for name, _sign, value in pairs}

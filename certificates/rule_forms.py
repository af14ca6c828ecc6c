"""The form on which a rule is put together, row by row and group by group, with buttons that need no JavaScript.

Each row names itself in a hidden field, `item=0-1:minutes`: its place in the tree and its kind. A button that adds or
removes sends the whole form; the tree is read back with what was typed, changed, and shown again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from certificates.actions.rules import Offer
from certificates.completion import Rule
from certificates.requirements import (
    DEEPEST,
    MOST,
    Group,
    Mode,
    Node,
)
from certificates.rule_items import Item, add, item_from, item_of, remove
from certificates.rule_rows import FORMS, Choices, GroupForm, RowForm, ShareForm, YesForm
from registrations.models import Programme


@dataclass
class Row:
    """A row to be shown: its form, its place, the rows inside it."""

    path: str
    form: RowForm
    members: list["Row"]
    depth: int
    new_kinds: list[tuple[str, Any]]

    @property
    def is_group(self) -> bool:
        """Whether it has rows inside."""
        return isinstance(self.form, GroupForm)

    @property
    def is_outermost(self) -> bool:
        """Whether it is the rule itself, which cannot be removed."""
        return self.depth == 1

    def walk(self) -> Iterator["Row"]:
        """This row and all inside it, in reading order."""
        yield self
        for member in self.members:
            yield from member.walk()

    def node(self) -> Node:
        """What the row asks for; only where every form is valid."""
        if isinstance(self.form, GroupForm):
            return self.form.group(tuple(member.node() for member in self.members))
        return self.form.node()


class RuleEditor:
    """The whole form. `is_bound`: what was typed is to be checked; else it is only shown again."""

    def __init__(
        self, programme: Programme, root: Item, share: str, *, is_bound: bool = False, focus: str = ""
    ) -> None:
        self.programme, self.is_bound, self.focus = programme, is_bound, focus
        self._choices = Choices.of(programme)
        values = {"share_required": share}
        self.share = ShareForm(values if is_bound else None, initial=values)
        self.root = self._row(root, "0", 1)

    @classmethod
    def of_rule(cls, programme: Programme, rule: Rule) -> "RuleEditor":
        """The form filled with a rule."""
        return cls(programme, item_of(rule.root), str(rule.share_required))

    @classmethod
    def sent(cls, programme: Programme, data: QueryDict) -> "RuleEditor":
        """What was sent, after the button that was pressed has done its work."""
        root, share = item_from(data), data.get("share_required", "")
        if "add" in data:
            place = str(data["add"])
            return cls(programme, root, share, focus=add(root, place, data.get(f"{place}-new", "")))
        if "remove" in data:
            return cls(programme, root, share, focus=remove(root, str(data["remove"])))
        return cls(programme, root, share, is_bound=True)

    def is_valid(self) -> bool:
        """Whether it is a rule that somebody could meet; errors stand at their fields."""
        if not self.is_bound:
            return False
        rows = list(self.root.walk())
        if not all([self.share.is_valid(), *(row.form.is_valid() for row in rows)]):
            return False
        offer = Offer.of(self.programme)
        for row in rows:
            node = None if row.is_group else row.form.node()
            problem = _group_problem(row) if node is None or isinstance(node, Group) else offer.refusal(node)
            if problem:
                row.form.add_error(_field_of(row), problem)
        yeses = [row for row in rows if isinstance(row.form, YesForm)]
        for row in yeses[1:]:
            row.form.add_error("about", _("A rule asks for an organiser’s yes once; remove one of the two."))
        if len(rows) > MOST:
            self.root.form.add_error("mode", _("The rule is too long: at most 40 requirements and groups."))
        return all(not row.form.errors for row in rows)

    def rule(self) -> Rule:
        """The rule of a valid form."""
        root = self.root.node()
        assert isinstance(root, Group)  # noqa: S101 - the outermost row is a group by construction
        return Rule(self.share.cleaned_data["share_required"], root)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Every error with the id of its field, for the list at the top."""
        forms_ = [self.share, *(row.form for row in self.root.walk())]
        return [
            (str(form[name].id_for_label or form[name].auto_id), str(message))
            for form in forms_
            if form.is_bound
            for name, messages in form.errors.items()
            for message in messages
        ]

    def _row(self, item: Item, path: str, depth: int) -> Row:
        form_class = FORMS[item.kind]
        values = {name: item.values.get(name, []) for name in form_class.base_fields}
        data = QueryDict(mutable=True)
        for name, sent in values.items():
            data.setlist(f"{path}-{name}", sent)
        initial = {name: _plain(form_class, name, sent) for name, sent in values.items()}
        form = form_class(data if self.is_bound else None, initial=initial, prefix=path, choices=self._choices)
        if path == self.focus:
            form.fields[form.main_field].widget.attrs["autofocus"] = True
        members = [self._row(member, f"{path}-{place}", depth + 1) for place, member in enumerate(item.members)]
        return Row(path, form, members, depth, _new_kinds(depth))


def _plain(form_class: type[RowForm], name: str, sent: list[str]) -> Any:
    is_many = isinstance(form_class.base_fields[name], forms.MultipleChoiceField)
    return sent if is_many else "".join(sent[:1])


def _new_kinds(depth: int) -> list[tuple[str, Any]]:
    kinds = [(kind, form.legend) for kind, form in FORMS.items() if kind != "group"]
    return [*kinds, ("group", _("A group of requirements"))] if depth < DEEPEST else kinds


def _group_problem(row: Row) -> str:
    if not row.members:
        return (
            _("Add at least one requirement here.")
            if row.is_outermost
            else _("Add a requirement, or remove the group.")
        )
    data = row.form.cleaned_data
    if data["mode"] == Mode.AT_LEAST and data["count"] > len(row.members):
        return _("There are only %(count)d in this group.") % {"count": len(row.members)}
    return ""


def _field_of(row: Row) -> str:
    is_counted = row.is_group and row.members and row.form.cleaned_data["mode"] == Mode.AT_LEAST
    return "count" if is_counted else row.form.main_field

"""The form on which a rule is put together, row by row and group by group, with buttons that need no JavaScript.

Each row names itself in a hidden field, `item=0-1:minutes`: its place in the tree and its kind. A button that adds or
removes sends the whole form; the tree is read back with what was typed, changed, and shown again.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.actions.rules import Offer
from certificates.completion import Rule
from certificates.models import Assignment
from certificates.requirements import (
    DEEPEST,
    LONGEST_TEXT,
    MOST,
    MOST_MINUTES,
    MOST_SESSIONS,
    AssignmentAccepted,
    Group,
    Minutes,
    Mode,
    Node,
    OrganisersYes,
    Sessions,
    SurveyAnswered,
    TheseSessions,
)
from registrations.models import Programme
from sessions.models import TrainingSession
from surveys.models import Survey

ITEM = re.compile(r"(0(?:-\d{1,3}){0,3}):([a-z_]{1,20})")


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen from in a programme: values and labels."""

    sessions: list[tuple[str, str]]
    surveys: list[tuple[str, str]]
    assignments: list[tuple[str, str]]

    @classmethod
    def of(cls, programme: Programme) -> "Choices":
        """Fetch them; three queries."""
        return cls(
            [(str(each.pk), str(each)) for each in TrainingSession.objects.for_programme(programme)],
            [(str(each.pk), each.title) for each in Survey.objects.for_programme(programme)],
            [(str(each.pk), each.title) for each in Assignment.objects.filter(programme=programme)],
        )


class RowForm(forms.Form):
    """One requirement; what it is called, and the field that its errors stand at."""

    kind = ""
    legend: Any = ""
    main_field = ""
    required_css_class = "required"

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(choices)

    def offer(self, choices: Choices) -> None:
        """Fill in what can be chosen."""

    def node(self) -> Node:
        """The requirement that a valid form stands for."""
        raise NotImplementedError


class SessionsForm(RowForm):
    """So many sessions, whichever."""

    kind, legend, main_field = "sessions", gettext_lazy("Sessions attended"), "at_least"
    at_least = forms.IntegerField(label=gettext_lazy("At least so many"), min_value=1, max_value=MOST_SESSIONS)

    def node(self) -> Sessions:
        """The requirement."""
        return Sessions(self.cleaned_data["at_least"])


class MinutesForm(RowForm):
    """So many minutes in all."""

    kind, legend, main_field = "minutes", gettext_lazy("Minutes of presence in all"), "at_least"
    at_least = forms.IntegerField(label=gettext_lazy("At least so many"), min_value=1, max_value=MOST_MINUTES)

    def node(self) -> Minutes:
        """The requirement."""
        return Minutes(self.cleaned_data["at_least"])


class TheseSessionsForm(RowForm):
    """Particular sessions, all of them."""

    kind, legend, main_field = "these_sessions", gettext_lazy("Particular sessions attended"), "sessions"
    sessions = forms.MultipleChoiceField(
        label=gettext_lazy("Each of these"), widget=forms.CheckboxSelectMultiple(attrs={"class": "rule-checks"})
    )

    def offer(self, choices: Choices) -> None:
        """The programme's sessions."""
        self.fields["sessions"].choices = choices.sessions

    def node(self) -> TheseSessions:
        """The requirement."""
        return TheseSessions(tuple(sorted(map(int, self.cleaned_data["sessions"]))))


class SurveyForm(RowForm):
    """A survey answered."""

    kind, legend, main_field = "survey", gettext_lazy("Survey answered"), "survey"
    survey = forms.ChoiceField(label=gettext_lazy("Which survey"), required=False)

    def offer(self, choices: Choices) -> None:
        """The programme's surveys, or any."""
        self.fields["survey"].choices = [("", _("Any survey of the programme")), *choices.surveys]

    def node(self) -> SurveyAnswered:
        """The requirement."""
        chosen = self.cleaned_data["survey"]
        return SurveyAnswered(int(chosen) if chosen else None)


class AssignmentForm(RowForm):
    """An assignment accepted."""

    kind, legend, main_field = "assignment", gettext_lazy("Assignment accepted"), "assignment"
    assignment = forms.ChoiceField(
        label=gettext_lazy("Which assignment"),
        help_text=gettext_lazy("Assignments are entered on a page of their own; an organiser accepts them."),
    )

    def offer(self, choices: Choices) -> None:
        """The programme's assignments."""
        self.fields["assignment"].choices = [("", "–"), *choices.assignments]

    def node(self) -> AssignmentAccepted:
        """The requirement."""
        return AssignmentAccepted(int(self.cleaned_data["assignment"]))


class YesForm(RowForm):
    """An organiser's yes."""

    kind, legend, main_field = "yes", gettext_lazy("An organiser’s yes"), "about"
    about = forms.CharField(
        label=gettext_lazy("What the organiser confirms"),
        help_text=gettext_lazy("Participants read it. Example: took part in the group work."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.TextInput(attrs={"class": "vTextField", "dir": "auto"}),
    )

    def node(self) -> OrganisersYes:
        """The requirement."""
        return OrganisersYes(" ".join(self.cleaned_data["about"].split()))


class GroupForm(RowForm):
    """How many members of a group are asked for."""

    kind, legend, main_field = "group", gettext_lazy("Group"), "mode"
    mode = forms.ChoiceField(
        label=gettext_lazy("How many of these must be met"),
        choices=[
            (Mode.ALL.value, gettext_lazy("All of them")),
            (Mode.ANY.value, gettext_lazy("Any one of them")),
            (Mode.AT_LEAST.value, gettext_lazy("At least a number of them")),
        ],
    )
    count = forms.IntegerField(label=gettext_lazy("How many"), required=False, min_value=1, max_value=MOST)

    def clean(self) -> dict[str, Any]:
        """A number where one is asked for."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("mode") == Mode.AT_LEAST and data.get("count") is None and "count" not in self.errors:
            self.add_error("count", _("Write how many of them must be met."))
        return data

    def group(self, members: tuple[Node, ...]) -> Group:
        """The group around its members."""
        mode = Mode(self.cleaned_data["mode"])
        return Group(mode, members, self.cleaned_data["count"] if mode is Mode.AT_LEAST else 0)


FORMS: Mapping[str, type[RowForm]] = {
    form.kind: form
    for form in (SessionsForm, MinutesForm, TheseSessionsForm, SurveyForm, AssignmentForm, YesForm, GroupForm)
}


class ShareForm(forms.Form):
    """From when on a session counts as attended, everywhere in the rule."""

    share_required = forms.IntegerField(
        label=gettext_lazy("A session counts as attended from this share of its length on, in percent"),
        help_text=gettext_lazy("It holds for the whole rule, for the certificate and for the published results."),
        min_value=1,
        max_value=100,
    )


@dataclass
class Item:
    """A row as it was typed: its kind, the values of its fields, and the rows inside it."""

    kind: str
    values: dict[str, list[str]] = field(default_factory=dict)
    members: list["Item"] = field(default_factory=list)


def item_of(node: Node) -> Item:
    """A node of a rule as a row."""
    match node:
        case Sessions(at_least):
            return Item("sessions", {"at_least": [str(at_least)]})
        case Minutes(at_least):
            return Item("minutes", {"at_least": [str(at_least)]})
        case TheseSessions(keys):
            return Item("these_sessions", {"sessions": [str(key) for key in keys]})
        case SurveyAnswered(survey):
            return Item("survey", {"survey": [str(survey or "")]})
        case AssignmentAccepted(assignment):
            return Item("assignment", {"assignment": [str(assignment)]})
        case OrganisersYes(about):
            return Item("yes", {"about": [about]})
        case Group(mode, members, count):
            values = {"mode": [mode.value], "count": [str(count) if mode is Mode.AT_LEAST else ""]}
            return Item("group", values, [item_of(member) for member in members])


def item_from(data: QueryDict) -> Item:
    """The tree that a form sent; rows that are nowhere in it are left out, and an empty tree is an empty group."""
    places: dict[str, Item] = {}
    for sent in data.getlist("item")[: MOST * 2]:
        found = ITEM.fullmatch(sent)
        if not found or found[2] not in FORMS:
            continue
        path, kind = found[1], found[2]
        item = Item(kind, {name: data.getlist(f"{path}-{name}") for name in FORMS[kind].base_fields})
        parent = places.get(path.rpartition("-")[0])
        if parent is not None and parent.kind == "group":
            parent.members.append(item)
        elif path != "0" or places or kind != "group":
            continue
        places[path] = item
    return places.get("0", Item("group", {"mode": [Mode.ALL.value]}))


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
            return cls(programme, root, share, focus=_add(root, data["add"], data.get(f"{data['add']}-new", "")))
        if "remove" in data:
            return cls(programme, root, share, focus=_remove(root, data["remove"]))
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
            problem = _group_problem(row) if row.is_group else offer.refusal(row.form.node())
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


def _find(root: Item, path: str) -> Item | None:
    item = root
    for place in path.split("-")[1:]:
        if not place.isdecimal() or int(place) >= len(item.members):
            return None
        item = item.members[int(place)]
    return item if path.split("-")[0] == "0" else None


def _add(root: Item, path: str, kind: str) -> str:
    """Put an empty row of this kind at the end of a group. Returns its place, "" where it cannot be."""
    group = _find(root, path)
    is_too_deep = kind == "group" and path.count("-") + 2 > DEEPEST
    if group is None or group.kind != "group" or kind not in FORMS or is_too_deep:
        return ""
    starts: dict[str, Callable[[], Item]] = {"group": lambda: Item("group", {"mode": [Mode.ANY.value]})}
    group.members.append(starts.get(kind, lambda: Item(kind))())
    return f"{path}-{len(group.members) - 1}"


def _remove(root: Item, path: str) -> str:
    """Take a row away with all that is in it. Returns the place of the group that it was in."""
    parent_path, _dash, place = path.rpartition("-")
    parent, item = _find(root, parent_path), _find(root, path)
    if not parent_path or parent is None or item is None:
        return ""
    del parent.members[int(place)]
    return parent_path

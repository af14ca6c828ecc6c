"""A rule as it is being typed: rows in a tree, read from what the form sent, with rows added and removed."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import QueryDict

from certificates.requirements import (
    DEEPEST,
    MOST,
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
from certificates.rule_rows import FORMS

ITEM = re.compile(r"(0(?:-\d{1,3}){0,3}):([a-z_]{1,20})")


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


def _find(root: Item, path: str) -> Item | None:
    item = root
    for place in path.split("-")[1:]:
        if not place.isdecimal() or int(place) >= len(item.members):
            return None
        item = item.members[int(place)]
    return item if path.split("-")[0] == "0" else None


def add(root: Item, path: str, kind: str) -> str:
    """Put an empty row of this kind at the end of a group. Returns its place, "" where it cannot be."""
    group = _find(root, path)
    is_too_deep = kind == "group" and path.count("-") + 2 > DEEPEST
    if group is None or group.kind != "group" or kind not in FORMS or is_too_deep:
        return ""
    starts: dict[str, Callable[[], Item]] = {"group": lambda: Item("group", {"mode": [Mode.ANY.value]})}
    group.members.append(starts.get(kind, lambda: Item(kind))())
    return f"{path}-{len(group.members) - 1}"


def remove(root: Item, path: str) -> str:
    """Take a row away with all that is in it. Returns the place of the group that it was in."""
    parent_path, _dash, place = path.rpartition("-")
    parent, item = _find(root, parent_path), _find(root, path)
    if not parent_path or parent is None or item is None:
        return ""
    del parent.members[int(place)]
    return parent_path

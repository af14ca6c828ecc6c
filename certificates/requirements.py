"""What a completion rule asks for, as data: requirements under groups, and their form as JSON. Plain Python.

A rule has one share, the same for all of it: a session counts as attended from that percentage of its length on. So
"attended" means one thing in the rule, on the certificate and in the results.

JSON: a requirement is `{"kind": "sessions", "at_least": 4}`, `{"kind": "minutes", "at_least": 300}`,
`{"kind": "these_sessions", "sessions": [3, 5]}`, `{"kind": "survey", "survey": 7}` (`null`: any survey of the
programme), `{"kind": "assignment", "assignment": 2}` or `{"kind": "yes", "about": "..."}`; a group is
`{"kind": "group", "mode": "all" | "any" | "at_least", "count": 2, "members": [...]}`, `count` for `at_least` only.
"""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

DEEPEST = 3  # groups within each other, the outermost included
MOST = 40  # requirements and groups in a rule
LONGEST_TEXT = 200
MOST_SESSIONS = 1000
MOST_MINUTES = 100_000


class Malformed(ValueError):
    """Data that is no rule; `str(error)` says where, for whoever reads a log."""


@dataclass(frozen=True, slots=True)
class Sessions:
    """At least so many sessions attended, whichever."""

    at_least: int


@dataclass(frozen=True, slots=True)
class Minutes:
    """At least so many minutes of presence in all sessions together."""

    at_least: int


@dataclass(frozen=True, slots=True)
class TheseSessions:
    """Each of these sessions attended; by their keys, in ascending order."""

    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SurveyAnswered:
    """A survey answered; `None`: any of the programme's."""

    survey: int | None = None


@dataclass(frozen=True, slots=True)
class AssignmentAccepted:
    """An assignment accepted by an organiser."""

    assignment: int


@dataclass(frozen=True, slots=True)
class OrganisersYes:
    """An organiser's confirmation; `about` says of what, in the organisers' own words, and may be empty."""

    about: str = ""


Requirement = Sessions | Minutes | TheseSessions | SurveyAnswered | AssignmentAccepted | OrganisersYes


class Mode(enum.StrEnum):
    """How many members of a group are asked for."""

    ALL = "all"
    ANY = "any"
    AT_LEAST = "at_least"


@dataclass(frozen=True, slots=True)
class Group:
    """Requirements and groups of which all, any, or at least `count` are to be met."""

    mode: Mode
    members: tuple["Node", ...]
    count: int = 0

    @property
    def needed(self) -> int:
        """How many members are to be met."""
        if self.mode is Mode.AT_LEAST:
            return self.count
        return len(self.members) if self.mode is Mode.ALL else 1


Node = Requirement | Group


def walk(node: Node) -> Iterator[Node]:
    """A node and everything in it, in reading order."""
    yield node
    if isinstance(node, Group):
        for member in node.members:
            yield from walk(member)


def leaves(node: Node) -> Iterator[Requirement]:
    """The requirements of a tree, in reading order."""
    return (each for each in walk(node) if not isinstance(each, Group))


def depth(node: Node) -> int:
    """How many groups lie within each other; 0 for a requirement."""
    return 1 + max(map(depth, node.members), default=0) if isinstance(node, Group) else 0


def simple(*, sessions_required: int, is_survey_required: bool) -> Group:
    """The commonest rule: so many sessions (none where 0), and perhaps the survey."""
    asked: list[Node] = [Sessions(sessions_required)] if sessions_required else []
    return Group(Mode.ALL, (*asked, *([SurveyAnswered()] if is_survey_required else [])))


def as_json(node: Node) -> dict[str, Any]:
    """The node as JSON; `from_json` reads it back as it was."""
    match node:
        case Sessions(at_least):
            return {"kind": "sessions", "at_least": at_least}
        case Minutes(at_least):
            return {"kind": "minutes", "at_least": at_least}
        case TheseSessions(keys):
            return {"kind": "these_sessions", "sessions": list(keys)}
        case SurveyAnswered(survey):
            return {"kind": "survey", "survey": survey}
        case AssignmentAccepted(assignment):
            return {"kind": "assignment", "assignment": assignment}
        case OrganisersYes(about):
            return {"kind": "yes", "about": about}
        case Group(mode, members, count):
            counted = {"count": count} if mode is Mode.AT_LEAST else {}
            return {"kind": "group", "mode": mode.value, **counted, "members": [as_json(each) for each in members]}


def from_json(data: object) -> Group:
    """Read a rule's tree and check it whole. Raises `Malformed`."""
    root = _node(data, DEEPEST)
    if not isinstance(root, Group):
        raise Malformed("the outermost is not a group")
    if sum(1 for _each in walk(root)) > MOST:
        raise Malformed(f"more than {MOST} requirements")
    if sum(isinstance(each, OrganisersYes) for each in walk(root)) > 1:
        raise Malformed("an organiser's yes is asked for twice")
    return root


def _node(data: object, groups_left: int) -> Node:
    if not isinstance(data, dict):
        raise Malformed("not an object")
    match data.get("kind"):
        case "sessions":
            return Sessions(_number(data, "at_least", MOST_SESSIONS))
        case "minutes":
            return Minutes(_number(data, "at_least", MOST_MINUTES))
        case "these_sessions":
            return TheseSessions(_keys(data.get("sessions")))
        case "survey":
            return SurveyAnswered(None if data.get("survey") is None else _number(data, "survey"))
        case "assignment":
            return AssignmentAccepted(_number(data, "assignment"))
        case "yes":
            return OrganisersYes(_text(data.get("about", "")))
        case "group":
            return _group(data, groups_left)
    raise Malformed(f"an unknown kind: {data.get('kind')!r}"[:80])


def _group(data: Mapping[str, object], groups_left: int) -> Group:
    members = data.get("members")
    if not groups_left:
        raise Malformed(f"more than {DEEPEST} groups within each other")
    if data.get("mode") not in set(Mode) or not isinstance(members, list):
        raise Malformed("a group without mode or members")
    if not members and groups_left < DEEPEST:
        raise Malformed("an empty group")
    mode = Mode(str(data["mode"]))
    count = _number(data, "count", len(members)) if mode is Mode.AT_LEAST else 0
    return Group(mode, tuple(_node(each, groups_left - 1) for each in members), count)


def _number(data: Mapping[str, object], name: str, largest: int | None = None) -> int:
    value = data.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1 or (largest is not None and value > largest):
        raise Malformed(f"{name} is not a whole number from 1 on" + (f" to {largest}" if largest is not None else ""))
    return value


def _keys(value: object) -> tuple[int, ...]:
    if not isinstance(value, list) or not value or not all(type(key) is int and key > 0 for key in value):
        raise Malformed("sessions is not a list of keys")
    return tuple(sorted(set(value)))


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise Malformed(f"about is not a text of at most {LONGEST_TEXT} characters")
    return value

"""What the completion rule says, in words: for the person whom it is about and for those who set it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates.completion import Evaluation, Rule
from certificates.prospects import Outlook, Prospect, Prospects, Window, prospect
from certificates.requirements import (
    AssignmentAccepted,
    Group,
    Minutes,
    Mode,
    Node,
    OrganisersYes,
    Requirement,
    Sessions,
    SurveyAnswered,
    TheseSessions,
)
from registrations.isolation import isolated


@dataclass(frozen=True, slots=True)
class Names:
    """What is named in a rule by its key: the numbers of sessions, the titles of surveys and assignments."""

    sessions: Mapping[int, int] = field(default_factory=dict)
    surveys: Mapping[int, str] = field(default_factory=dict)
    assignments: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """A requirement or a group in words, with what belongs to it."""

    text: str
    members: tuple["Line", ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A requirement or a group in words, and where one person stands with it."""

    text: str
    state: str
    detail: str
    outlook: Outlook
    members: tuple["Standing", ...] = ()

    @property
    def is_met(self) -> bool:
        """Whether it is done."""
        return self.outlook is Outlook.MET


def rule_lines(rule: Rule, names: Names) -> tuple[Line, ...]:
    """The rule as sentences: what all must meet stands at the top, any other group under a line of its own."""
    line = _line(rule.root, rule, names)
    return line.members if rule.root.mode is Mode.ALL else (line,)


def _line(node: Node, rule: Rule, names: Names) -> Line:
    if not isinstance(node, Group):
        return Line(requirement_text(node, rule.share_required, names))
    return Line(group_text(node), tuple(_line(member, rule, names) for member in node.members))


def rule_text(rule: Rule, names: Names) -> str:
    """The whole rule in one line."""
    return _("; ").join(_flat(line) for line in rule_lines(rule, names)) or _("Nothing is asked for")


def _flat(line: Line) -> str:
    if not line.members:
        return line.text
    members = _("; ").join(_flat(member) for member in line.members)
    return _("%(heading)s (%(members)s)") % {"heading": line.text, "members": members}


def group_text(group: Group) -> str:
    """How many of its members a group asks for."""
    if group.mode is Mode.ALL:
        return _("All of these")
    return ngettext("At least %(count)d of these", "At least %(count)d of these", group.needed) % {
        "count": group.needed
    }


def requirement_text(node: Requirement, share: int, names: Names) -> str:
    """What one requirement asks for."""
    return _TEXTS[type(node)](node, share, names)


def _sessions(node: Sessions, share: int, names: Names) -> str:
    return ngettext(
        "Attend at least %(count)d session for %(share)d%% of its time",
        "Attend at least %(count)d sessions, each for %(share)d%% of its time",
        node.at_least,
    ) % {"count": node.at_least, "share": share}


def _minutes(node: Minutes, share: int, names: Names) -> str:
    return ngettext(
        "Be present for at least %(count)d minute in all",
        "Be present for at least %(count)d minutes in all",
        node.at_least,
    ) % {"count": node.at_least}


def _these(node: TheseSessions, share: int, names: Names) -> str:
    numbers = sorted(names.sessions[key] for key in node.keys if key in names.sessions)
    lost = len(node.keys) - len(numbers)
    listed = [str(number) for number in numbers]
    if lost:
        listed.append(ngettext("%(count)d that is gone", "%(count)d that are gone", lost) % {"count": lost})
    return ngettext(
        "Attend session %(numbers)s for %(share)d%% of its time",
        "Attend sessions %(numbers)s, each for %(share)d%% of its time",
        len(node.keys),
    ) % {"numbers": _(", ").join(listed), "share": share}


def _survey(node: SurveyAnswered, share: int, names: Names) -> str:
    if node.survey is None:
        return _("Answer the survey")
    return _("Answer the survey “%(title)s”") % {"title": isolated(names.surveys.get(node.survey, "–"))}


def _assignment(node: AssignmentAccepted, share: int, names: Names) -> str:
    title = names.assignments.get(node.assignment, "–")
    return _("Have the assignment “%(title)s” accepted") % {"title": isolated(title)}


def _yes(node: OrganisersYes, share: int, names: Names) -> str:
    if not node.about:
        return _("Be confirmed by an organiser")
    return _("Be confirmed by an organiser: %(about)s") % {"about": isolated(node.about)}


_TEXTS: dict[type, Callable[[Any, int, Names], str]] = {
    Sessions: _sessions,
    Minutes: _minutes,
    TheseSessions: _these,
    SurveyAnswered: _survey,
    AssignmentAccepted: _assignment,
    OrganisersYes: _yes,
}


def standings(evaluation: Evaluation, prospects: Prospects, names: Names) -> list[Standing]:
    """The rule as a list to tick off, with what is met, missing, still to reach and out of reach."""
    whole = _standing(prospect(evaluation, prospects), evaluation, names)
    return list(whole.members if evaluation.rule.root.mode is Mode.ALL else [whole])


def exception_text(evaluation: Evaluation) -> str:
    """Why somebody is complete whom the rule would not let pass; empty for all others."""
    if not evaluation.is_by_exception or evaluation.override is None:
        return ""
    return _("By exception: %(reason)s") % {"reason": evaluation.override.reason}


def _standing(found: Prospect, evaluation: Evaluation, names: Names) -> Standing:
    node = found.result.node
    members = tuple(_standing(member, evaluation, names) for member in found.members)
    if isinstance(node, Group):
        detail = _("%(met)d met") % {"met": found.result.have}
        return Standing(group_text(node), state_text(found.outlook), detail, found.outlook, members)
    text = requirement_text(node, evaluation.rule.share_required, names)
    return Standing(text, state_text(found.outlook), _DETAILS[type(node)](found, evaluation), found.outlook)


def state_text(outlook: Outlook) -> str:
    """An outlook in a word or two."""
    return {
        Outlook.MET: _("Met"),
        Outlook.REACHABLE: _("Still reachable"),
        Outlook.AWAITED: _("Not decided yet"),
        Outlook.LOST: _("No longer reachable"),
    }[outlook]


def _sessions_detail(found: Prospect, evaluation: Evaluation) -> str:
    node = found.result.node
    total = len(node.keys) if isinstance(node, TheseSessions) else evaluation.sessions_total
    said = ngettext("%(attended)d of %(total)d session", "%(attended)d of %(total)d sessions", total)
    return _and_what_is_left(said % {"attended": found.result.have, "total": total}, found)


def _minutes_detail(found: Prospect, evaluation: Evaluation) -> str:
    have = found.result.have
    said = ngettext("%(count)d minute so far", "%(count)d minutes so far", have) % {"count": have}
    return _and_what_is_left(said, found)


def _and_what_is_left(said: str, found: Prospect) -> str:
    parts = [said]
    if found.outlook is not Outlook.MET and found.to_come:
        left = ngettext("%(count)d still to come", "%(count)d still to come", found.to_come)
        parts.append(left % {"count": found.to_come})
    if found.outlook is not Outlook.MET and found.unrecorded:
        left = ngettext("%(count)d not recorded yet", "%(count)d not recorded yet", found.unrecorded)
        parts.append(left % {"count": found.unrecorded})
    return _("; ").join(parts)


def _survey_detail(found: Prospect, evaluation: Evaluation) -> str:
    if found.outlook is Outlook.MET:
        return _("Answered")
    words = {
        Window.OPEN: _("Still to answer"),
        Window.AHEAD: _("Not open yet"),
        Window.CLOSED: _("The survey is closed"),
    }
    return words[found.window] if found.window else _("Not announced yet")


def _assignment_detail(found: Prospect, evaluation: Evaluation) -> str:
    if found.outlook is Outlook.MET:
        return _("Accepted")
    return _("Not accepted yet") if found.window is not Window.CLOSED else _("Past its day and not accepted yet")


def _yes_detail(found: Prospect, evaluation: Evaluation) -> str:
    return _("Confirmed") if found.outlook is Outlook.MET else _("Not confirmed yet")


_DETAILS: dict[type, Callable[[Prospect, Evaluation], str]] = {
    Sessions: _sessions_detail,
    TheseSessions: _sessions_detail,
    Minutes: _minutes_detail,
    SurveyAnswered: _survey_detail,
    AssignmentAccepted: _assignment_detail,
    OrganisersYes: _yes_detail,
}


def missing_text(evaluation: Evaluation, names: Names) -> str:
    """What would complete it, where one thing is missing: "One more session", or one of several things."""
    said = [last_thing_text(node, names) for node in evaluation.last_things]
    return _(" or ").join(dict.fromkeys(said))


def last_thing_text(node: Requirement, names: Names) -> str:
    """The one thing that is missing from a requirement."""
    if isinstance(node, Sessions):
        return _("One more session")
    if isinstance(node, TheseSessions):
        numbers = [str(number) for number in sorted(names.sessions[key] for key in node.keys if key in names.sessions)]
        return _("One session of: %(numbers)s") % {"numbers": _(", ").join(numbers)}
    if isinstance(node, Minutes):
        return _("Minutes of presence")
    if isinstance(node, SurveyAnswered):
        return _survey(node, 0, names)
    return _assignment(node, 0, names) if isinstance(node, AssignmentAccepted) else _yes(node, 0, names)

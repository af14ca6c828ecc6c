"""What the completion rule says, in words: for the person whom it is about and for those who set it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates.completion import Evaluation, Rule


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that the rule asks for, and whether it is done."""

    text: str
    detail: str
    is_met: bool


def summary(evaluation: Evaluation) -> str:
    """Where the person stands, in one line: "4 of 5 sessions; survey still to answer"."""
    parts = [_sessions_attended(evaluation)]
    if not evaluation.is_attendance_met:
        parts.append(
            ngettext("%(count)d more needed", "%(count)d more needed", evaluation.sessions_missing)
            % {"count": evaluation.sessions_missing}
        )
    if evaluation.rule.is_survey_required:
        parts.append(_("survey answered") if evaluation.is_survey_met else _("survey still to answer"))
    return _("; ").join(parts)


def requirements(evaluation: Evaluation) -> list[Requirement]:
    """The rule as a list to tick off."""
    listed = [Requirement(sessions_text(evaluation.rule), _sessions_attended(evaluation), evaluation.is_attendance_met)]
    if evaluation.rule.is_survey_required:
        detail = _("Answered") if evaluation.has_answered_survey else _("Still to answer")
        listed.append(Requirement(_("Answer the survey"), detail, evaluation.is_survey_met))
    return listed


def sessions_text(rule: Rule) -> str:
    """What the rule asks for in sessions."""
    return ngettext(
        "Attend at least %(count)d session for %(share)d%% of its time",
        "Attend at least %(count)d sessions, each for %(share)d%% of its time",
        rule.sessions_required,
    ) % {"count": rule.sessions_required, "share": rule.share_required}


def rule_text(rule: Rule) -> str:
    """The whole rule in one line."""
    asked = [sessions_text(rule)]
    if rule.is_survey_required:
        asked.append(_("answer the survey"))
    return _("; ").join(asked)


def _sessions_attended(evaluation: Evaluation) -> str:
    return ngettext(
        "%(attended)d of %(total)d session", "%(attended)d of %(total)d sessions", evaluation.sessions_total
    ) % {"attended": evaluation.sessions_attended, "total": evaluation.sessions_total}

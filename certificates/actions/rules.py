"""Drafting and adopting a rule, and what it says about everybody."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates.completion import Evaluation, Rule
from certificates.errors import Refused
from certificates.facts import judged, judged_one
from certificates.models import Assignment, Certificate, CompletionRule, RuleDraft, columns_of
from certificates.requirements import (
    AssignmentAccepted,
    Minutes,
    Requirement,
    Sessions,
    SurveyAnswered,
    TheseSessions,
    leaves,
)
from registrations.models import Programme, Registration, User
from sessions.models import TrainingSession
from surveys.models import Survey


@transaction.atomic
def set_rule(programme: Programme, rule: Rule, *, by: User | None, now: dt.datetime) -> CompletionRule:
    """Put a new version of the rule in force; the same rule again changes nothing. Earlier versions stay as they were."""
    refuse_impossible(programme, rule)
    # The programme's row is the lock under which version numbers are taken.
    Programme.objects.select_for_update().get(pk=programme.pk)
    current = CompletionRule.objects.in_force(programme)
    if current and current.rule == rule:
        return current
    return CompletionRule.objects.create(
        programme=programme,
        version=current.version + 1 if current else 1,
        created_at=now,
        created_by=by,
        **columns_of(rule),
    )


def draft_rule(programme: Programme, rule: Rule, *, by: User | None, now: dt.datetime) -> RuleDraft:
    """Write a rule down, to see what it would change. It decides nothing until it is adopted."""
    refuse_impossible(programme, rule)
    return RuleDraft.objects.create(programme=programme, created_at=now, created_by=by, **columns_of(rule))


def adopt(draft: RuleDraft, *, against: int, by: User | None, now: dt.datetime) -> CompletionRule:
    """Put a draft in force as the version after `against`, the one that it was compared with (0: there was none).

    Refuses where another version came into force meanwhile, since then the comparison was about something else.
    Adopting the same draft twice gives the same version.
    """
    if draft.adopted_as is not None:
        return draft.adopted_as
    refuse_impossible(draft.programme, draft.rule)
    current = CompletionRule.objects.in_force(draft.programme)
    if current and current.rule == draft.rule:
        raise Refused(_("This is the rule in force already; nothing would change."))
    if against != (current.version if current else 0):
        raise Refused(_stale())
    try:
        with transaction.atomic():
            made = CompletionRule.objects.create(
                programme=draft.programme,
                version=against + 1,
                created_at=now,
                created_by=by,
                **columns_of(draft.rule),
            )
            RuleDraft.objects.filter(pk=draft.pk).update(adopted_as=made)
    except IntegrityError as error:
        raise Refused(_stale()) from error
    draft.refresh_from_db()
    return made


def _stale() -> str:
    return _("Another version came into force meanwhile. Look again at what this one would change, then adopt it.")


def refuse_impossible(programme: Programme, rule: Rule) -> None:
    """Refuse a rule that asks for nothing, or for something that the programme does not have."""
    if not 1 <= rule.share_required <= 100:
        raise Refused(_("The share must be between 1 and 100 percent."))
    if not rule.root.members:
        raise Refused(_("Add at least one requirement: a rule that asks for nothing would certify everybody."))
    offer = Offer.of(programme)
    for node in leaves(rule.root):
        reason = offer.refusal(node)
        if reason:
            raise Refused(reason)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a programme has that a rule can ask for: seconds by session key, surveys, assignments."""

    sessions: dict[int, int]
    surveys: set[int]
    assignments: set[int]

    @classmethod
    def of(cls, programme: Programme) -> "Offer":
        """Fetch it; three queries."""
        return cls(
            {s.pk: int(s.length.total_seconds()) for s in TrainingSession.objects.for_programme(programme)},
            set(Survey.objects.for_programme(programme).values_list("pk", flat=True)),
            set(Assignment.objects.filter(programme=programme).values_list("pk", flat=True)),
        )

    def refusal(self, node: Requirement) -> str:
        """Why nobody could ever meet the requirement; empty where somebody could."""
        match node:
            case Sessions(at_least):
                return self._too_many_sessions(at_least)
            case Minutes(at_least):
                return self._too_many_minutes(at_least)
            case TheseSessions(keys):
                return "" if set(keys) <= set(self.sessions) else _("One of the sessions is not in this programme.")
            case SurveyAnswered(survey):
                return "" if survey is None or survey in self.surveys else _("The survey is not of this programme.")
            case AssignmentAccepted(assignment):
                return "" if assignment in self.assignments else _("The assignment is not of this programme.")
        return ""

    def _too_many_sessions(self, at_least: int) -> str:
        total = len(self.sessions)
        if not total:
            return _("The programme has no sessions yet. Enter them first, then say how many are to be attended.")
        if at_least <= total:
            return ""
        sentence = ngettext(
            "The programme has %(count)d session; nobody could attend as many as that.",
            "The programme has %(count)d sessions; nobody could attend as many as that.",
            total,
        )
        return sentence % {"count": total}

    def _too_many_minutes(self, at_least: int) -> str:
        total = sum(self.sessions.values()) // 60
        if at_least <= total:
            return ""
        sentence = ngettext(
            "All sessions together last %(count)d minute; nobody could be present for longer.",
            "All sessions together last %(count)d minutes; nobody could be present for longer.",
            total,
        )
        return sentence % {"count": total}


def evaluations(programme: Programme, *, rule: Rule | None = None) -> dict[int, Evaluation]:
    """What the rule in force (or `rule`, to try one out) says about everybody who has a seat, by registration id.

    Empty where the programme has no rule. People are judged in chunks: the number of queries grows with the chunks and
    not with the people.
    """
    return dict(each_evaluation(programme, rule=rule))


def each_evaluation(programme: Programme, *, rule: Rule | None = None) -> Iterator[tuple[int, Evaluation]]:
    """As `evaluations`, one by one: for whoever only counts."""
    rule = rule or _rule_in_force(programme)
    if rule is not None:
        yield from ((pk, found[0]) for pk, found in judged(programme, [rule]))


def evaluations_of(programme: Programme, rule: Rule, people: Sequence[int]) -> dict[int, Evaluation]:
    """What a rule says about some of those who have a seat, by registration id."""
    return {pk: found[0] for pk, found in judged(programme, [rule], people)}


def evaluation_of(registration: Registration) -> Evaluation | None:
    """What the rule in force says about one person; `None` where there is no rule."""
    rule = _rule_in_force(registration.programme)
    return judged_one(registration, rule) if rule else None


def _rule_in_force(programme: Programme) -> Rule | None:
    current = CompletionRule.objects.in_force(programme)
    return current.rule if current else None


@dataclass(frozen=True, slots=True)
class IssuePreview:
    """What issuing certificates now would do, in numbers of people; `by_exception` are among the complete."""

    seated: int
    complete: int
    by_exception: int
    issued: int
    due: int
    unrendered: int
    lacking_survey_only: int
    lacking_one_session_only: int
    lacking_one_other_thing: int
    lacking_more: int

    @property
    def is_anything_due(self) -> bool:
        """Whether a run would do anything."""
        return self.due + self.unrendered > 0


def issued_ids(programme: Programme) -> set[int]:
    """The registrations that have a certificate, valid or revoked."""
    certificates = Certificate.objects.for_programme(programme).latest_of_each()
    return set(certificates.values_list("registration_id", flat=True))


class PreviewTally:
    """Counts who is due and who misses by how much, one person after the other; `issued` have a certificate."""

    def __init__(self, issued: set[int]) -> None:
        self.issued = issued
        self.seated = self.complete = self.by_exception = self.due = 0
        self.lacking = {"survey": 0, "session": 0, "other": 0, "more": 0}

    def add(self, pk: int, evaluation: Evaluation) -> None:
        """One more person."""
        self.seated += 1
        self.by_exception += evaluation.is_by_exception
        if evaluation.is_complete:
            self.complete += 1
            self.due += pk not in self.issued
        else:
            self.lacking[_gap(evaluation)] += 1

    def preview(self, unrendered: int) -> IssuePreview:
        """The numbers; the complete and the four groups that lack something add up."""
        return IssuePreview(
            seated=self.seated,
            complete=self.complete,
            by_exception=self.by_exception,
            issued=len(self.issued),
            due=self.due,
            unrendered=unrendered,
            lacking_survey_only=self.lacking["survey"],
            lacking_one_session_only=self.lacking["session"],
            lacking_one_other_thing=self.lacking["other"],
            lacking_more=self.lacking["more"],
        )


def preview(programme: Programme) -> IssuePreview:
    """Who is due and who misses by how much, as it stands now."""
    counted = PreviewTally(issued_ids(programme))
    for pk, evaluation in each_evaluation(programme):
        counted.add(pk, evaluation)
    return counted.preview(Certificate.objects.for_programme(programme).unrendered().count())


def _gap(evaluation: Evaluation) -> str:
    """What kind of gap there is; where one of several things would close it, the kind only if they are all of one."""
    if not evaluation.is_one_thing_short:
        return "more"
    kinds = {type(node) for node in evaluation.last_things}
    if kinds == {SurveyAnswered}:
        return "survey"
    return "session" if kinds <= {Sessions, TheseSessions} else "other"

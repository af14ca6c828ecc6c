import pytest

from certificates import actions, facts
from certificates.actions.comparing import compare, funnel, one_short
from certificates.completion import Rule
from certificates.errors import Refused
from certificates.models import CompletionRule
from certificates.requirements import (
    AssignmentAccepted,
    Group,
    Minutes,
    Mode,
    OrganisersYes,
    SurveyAnswered,
    TheseSessions,
)
from tests.certificates_factories import (
    AssignmentFactory,
    CertificateFactory,
    CompletionRuleFactory,
    a_graduate,
    a_programme,
)
from tests.registrations_factories import NOW, ProgrammeFactory, RegistrationFactory, UserFactory
from tests.sessions_factories import TrainingSessionFactory
from tests.surveys_factories import SurveyFactory

pytestmark = pytest.mark.django_db


def a_rule(sessions_required=2, share_required=80, is_survey_required=True):
    return Rule.simple(sessions_required, share_required, is_survey_required=is_survey_required)


def set_rule(programme, by=None, **changes):
    return actions.set_rule(programme, a_rule(**changes), by=by, now=NOW)


def with_two_sessions(programme):
    TrainingSessionFactory.create_batch(2, programme=programme)
    return programme


def test_a_changed_rule_is_a_new_version_and_the_old_one_stays():
    programme, by = with_two_sessions(ProgrammeFactory()), UserFactory()
    first = set_rule(programme, by)
    second = set_rule(programme, by, share_required=70)
    assert [first.version, second.version] == [1, 2]
    assert list(CompletionRule.objects.order_by("version").values_list("share_required", "created_by")) == [
        (80, by.pk),
        (70, by.pk),
    ]
    assert CompletionRule.objects.in_force(programme) == second


def test_the_same_rule_again_changes_nothing():
    programme = with_two_sessions(ProgrammeFactory())
    assert set_rule(programme) == set_rule(programme)
    assert CompletionRule.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"share_required": 0}, "The share must be between 1 and 100 percent."),
        ({"share_required": 101}, "The share must be between 1 and 100 percent."),
        ({"sessions_required": 2}, "The programme has 1 session; nobody could attend as many as that."),
    ],
)
def test_a_rule_that_nobody_can_meet_is_refused(changes, sentence):
    session = TrainingSessionFactory()
    with pytest.raises(Refused) as refusal:
        set_rule(session.programme, **changes)
    assert str(refusal.value) == sentence


def test_sessions_are_not_asked_for_where_there_are_none():
    programme = ProgrammeFactory()
    with pytest.raises(Refused) as refusal:
        set_rule(programme, sessions_required=1)
    assert str(refusal.value) == (
        "The programme has no sessions yet. Enter them first, then say how many are to be attended."
    )
    assert set_rule(programme, sessions_required=0).version == 1


def test_everybody_with_a_seat_is_judged():
    programme = a_programme(people=0)
    complete = a_graduate(programme)
    no_survey = a_graduate(programme, has_answered=False)
    one_session = a_graduate(programme, sessions=1)
    a_second_short = a_graduate(programme, seconds=5759)
    just_enough = a_graduate(programme, seconds=5760)
    absent = RegistrationFactory(programme=programme)
    RegistrationFactory(programme=programme, withdrawn=True)
    judged = actions.evaluations(programme)
    assert {pk: evaluation.is_complete for pk, evaluation in judged.items()} == {
        complete.pk: True,
        no_survey.pk: False,
        one_session.pk: False,
        a_second_short.pk: False,
        just_enough.pk: True,
        absent.pk: False,
    }
    for person in (complete, no_survey, absent):
        assert actions.evaluation_of(person) == judged[person.pk]


@pytest.mark.parametrize("people", [1, 3])
def test_judging_takes_as_many_queries_for_three_as_for_one(people, django_assert_num_queries):
    programme = a_programme(people=people)
    with django_assert_num_queries(6):
        assert len(actions.evaluations(programme)) == people


def test_without_a_rule_nobody_is_judged():
    person = RegistrationFactory()
    assert actions.evaluations(person.programme) == {}
    assert actions.evaluation_of(person) is None


def test_a_rule_that_asks_for_nothing_is_refused():
    with pytest.raises(Refused) as refusal:
        actions.set_rule(ProgrammeFactory(), Rule(80, Group(Mode.ALL, ())), by=None, now=NOW)
    assert str(refusal.value) == ("Add at least one requirement: a rule that asks for nothing would certify everybody.")


def test_what_another_programme_has_cannot_be_asked_for():
    programme = with_two_sessions(ProgrammeFactory())
    asked = {
        TheseSessions((TrainingSessionFactory().pk,)): "One of the sessions is not in this programme.",
        SurveyAnswered(SurveyFactory().pk): "The survey is not of this programme.",
        AssignmentAccepted(AssignmentFactory().pk): "The assignment is not of this programme.",
        Minutes(241): "All sessions together last 240 minutes; nobody could be present for longer.",
    }
    for requirement, sentence in asked.items():
        with pytest.raises(Refused) as refusal:
            actions.set_rule(programme, Rule(80, Group(Mode.ANY, (requirement,))), by=None, now=NOW)
        assert str(refusal.value) == sentence
    assert actions.set_rule(programme, Rule(80, Group(Mode.ALL, (Minutes(240),))), by=None, now=NOW).version == 1


def test_every_kind_of_requirement_is_judged_from_its_rows():
    programme = a_programme(people=0)
    survey, assignment = programme.surveys.get(), AssignmentFactory(programme=programme)
    last = programme.sessions.order_by("number").last()
    asked = [TheseSessions((last.pk,)), SurveyAnswered(survey.pk), AssignmentAccepted(assignment.pk), OrganisersYes()]
    rule = Rule(80, Group(Mode.AT_LEAST, tuple(asked), 3))
    all_of_it, too_little, taken_back = [a_graduate(programme) for _number in range(3)]
    actions.accept(assignment, [all_of_it.pk, taken_back.pk], by=None, now=NOW)
    actions.withdraw_acceptances(assignment, [taken_back.pk], by=None, now=NOW)
    judged = actions.evaluations(programme, rule=rule)
    assert {pk: e.is_complete for pk, e in judged.items()} == {
        all_of_it.pk: True,
        too_little.pk: False,
        taken_back.pk: False,
    }
    actions.confirm(programme, [too_little.pk], by=None, now=NOW)
    assert actions.evaluations(programme, rule=rule)[too_little.pk].is_complete


@pytest.mark.parametrize("people", [1, 3])
def test_judging_every_kind_takes_as_many_queries_for_three_as_for_one(people, django_assert_num_queries):
    programme = a_programme(people=people)
    rule = Rule(80, Group(Mode.ANY, (SurveyAnswered(), AssignmentAccepted(1), OrganisersYes())))
    with django_assert_num_queries(7):
        assert len(actions.evaluations(programme, rule=rule)) == people


def test_people_are_judged_in_chunks(monkeypatch):
    programme = a_programme(people=5)
    at_once = actions.evaluations(programme)
    monkeypatch.setattr(facts, "CHUNK", 2)
    assert actions.evaluations(programme) == at_once


def test_a_draft_decides_nothing_until_it_is_adopted():
    programme, by = a_programme(people=1), UserFactory()
    draft = actions.draft_rule(programme, a_rule(3), by=by, now=NOW)
    assert CompletionRule.objects.in_force(programme).version == 1
    made = actions.adopt(draft, against=1, by=by, now=NOW)
    assert (made.version, made.rule, made.created_by, made.draft) == (2, a_rule(3), by, draft)
    assert actions.adopt(draft, against=1, by=by, now=NOW) == made
    assert CompletionRule.objects.count() == 2


def test_a_draft_that_was_compared_with_an_older_version_is_not_adopted():
    programme = a_programme(people=1)
    one, other = (actions.draft_rule(programme, a_rule(n), by=None, now=NOW) for n in (1, 3))
    actions.adopt(one, against=1, by=None, now=NOW)
    with pytest.raises(Refused) as refusal:
        actions.adopt(other, against=1, by=None, now=NOW)
    assert str(refusal.value) == (
        "Another version came into force meanwhile. Look again at what this one would change, then adopt it."
    )
    assert actions.adopt(other, against=2, by=None, now=NOW).version == 3


def test_the_rule_in_force_is_not_adopted_again():
    programme = a_programme(people=0)
    draft = actions.draft_rule(programme, a_rule(), by=None, now=NOW)
    with pytest.raises(Refused) as refusal:
        actions.adopt(draft, against=1, by=None, now=NOW)
    assert str(refusal.value) == "This is the rule in force already; nothing would change."


def test_comparing_names_who_gains_and_who_loses_and_who_keeps_a_certificate():
    programme = a_programme(people=1)
    certified = CertificateFactory(
        registration=a_graduate(programme, sessions=2), rule=programme.completion_rules.get()
    )
    loses, gains = a_graduate(programme, sessions=2), a_graduate(programme, has_answered=False)
    found = compare(programme, a_rule(3, is_survey_required=False), programme.completion_rules.get())
    assert (found.seated, found.before, found.after) == (4, 3, 2)
    assert (found.gaining, found.losing) == ([gains.pk], [certified.registration_id, loses.pk])
    assert found.certified == 1


def test_comparing_with_no_rule_makes_everybody_who_is_complete_gain():
    programme = a_programme(people=2)
    found = compare(programme, a_rule(), None)
    assert (found.before, found.after, len(found.gaining), found.losing) == (0, 2, 2, [])


@pytest.mark.parametrize("people", [1, 3])
def test_comparing_takes_as_many_queries_for_three_as_for_one(people, django_assert_num_queries):
    programme = a_programme(people=people)
    current = programme.completion_rules.get()
    with django_assert_num_queries(5):
        assert len(compare(programme, a_rule(3, 100), current).losing) == 0


def test_the_funnel_counts_who_meets_what_and_exceptions_apart():
    programme = a_programme(people=2)
    a_graduate(programme, has_answered=False)
    a_graduate(programme, sessions=0, has_answered=False)
    excepted = a_graduate(programme, sessions=1, has_answered=False)
    short = a_graduate(programme, sessions=1)
    actions.make_exception(excepted, reason="Ill", by=None, now=NOW)
    rule = programme.completion_rules.get().rule
    found = funnel(programme, rule)
    assert (found.seated, found.met, found.by_exception, found.lacking, found.one_short) == (6, 2, 1, 3, 2)
    assert [(step.met, step.last_thing_of) for step in found.steps] == [(3, 1), (3, 1)]
    assert list(one_short(programme, rule, 0)) == [short.pk]
    assert len(one_short(programme, rule)) == 2


def test_another_rule_can_be_tried_out():
    programme = a_programme(people=0)
    person = a_graduate(programme, sessions=1)
    tried = actions.evaluations(programme, rule=Rule.simple(1, 80, is_survey_required=True))
    assert tried[person.pk].is_complete
    assert not actions.evaluations(programme)[person.pk].is_complete


def test_preview_counts_who_is_due_and_who_misses_by_one_thing():
    programme = a_programme(people=2)
    a_graduate(programme, has_answered=False)
    a_graduate(programme, sessions=1)
    a_graduate(programme, sessions=0, has_answered=False)
    preview = actions.preview(programme)
    assert (preview.seated, preview.complete, preview.issued, preview.due) == (5, 2, 0, 2)
    assert (preview.lacking_survey_only, preview.lacking_one_session_only, preview.lacking_more) == (1, 1, 1)


def test_rules_of_other_programmes_do_not_count():
    programme = ProgrammeFactory()
    CompletionRuleFactory()
    assert CompletionRule.objects.in_force(programme) is None

import pytest

from certificates import actions
from certificates.completion import Rule
from certificates.errors import Refused
from certificates.models import CompletionRule
from tests.certificates_factories import CompletionRuleFactory, a_graduate, a_programme
from tests.registrations_factories import NOW, ProgrammeFactory, RegistrationFactory, UserFactory
from tests.sessions_factories import TrainingSessionFactory

pytestmark = pytest.mark.django_db


def set_rule(programme, by=None, **changes):
    rule = {"sessions_required": 2, "share_required": 80, "is_survey_required": True, **changes}
    return actions.set_rule(programme, **rule, by=by, now=NOW)


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
    with django_assert_num_queries(5):
        assert len(actions.evaluations(programme)) == people


def test_without_a_rule_nobody_is_judged():
    person = RegistrationFactory()
    assert actions.evaluations(person.programme) == {}
    assert actions.evaluation_of(person) is None


def test_another_rule_can_be_tried_out():
    programme = a_programme(people=0)
    person = a_graduate(programme, sessions=1)
    tried = actions.evaluations(programme, rule=Rule(1, 80, is_survey_required=True))
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

import pytest

from sessions.actions import decide, match_again, undecide
from sessions.models import AttendanceEvent, AttendanceIdentity
from tests.registrations_factories import RegistrationFactory, UserFactory
from tests.sessions.steps import LATER, applied, previewed, refusal, seconds, stay
from tests.sessions_factories import AttendanceIdentityFactory, TrainingSessionFactory

pytestmark = pytest.mark.django_db


def identity(name):
    return AttendanceIdentity.objects.get(name=name)


@pytest.fixture
def sessions():
    """Two sessions of one programme."""
    first = TrainingSessionFactory()
    return first, TrainingSessionFactory(programme=first.programme)


def test_a_decision_holds_for_the_programme_s_other_sessions_past_and_future(sessions):
    first, second = sessions
    third = TrainingSessionFactory(programme=first.programme)
    ana = RegistrationFactory(programme=first.programme)
    for session in (first, second):
        applied(session, stay(session, "Zaphod Q", "z@example.org", 0, 100))
    user = UserFactory()
    assert decide(identity("Zaphod Q"), ana, by=user, now=LATER) == 2
    applied(third, stay(third, "Zaphod Q", "z@example.org", 0, 50))
    assert [seconds(session) for session in (first, second, third)] == [{ana.pk: 100}, {ana.pk: 100}, {ana.pk: 50}]
    event = AttendanceEvent.objects.get(kind="decided")
    assert (event.by, event.at, event.identity, event.registration) == (user, LATER, identity("Zaphod Q"), ana)


def test_a_decision_on_a_name_that_says_nothing_holds_in_its_session_only(sessions):
    first, _second = sessions
    ana = RegistrationFactory(programme=first.programme)
    for session in sessions:
        applied(session, stay(session, "iPad", "", 0, 100))
    decide(AttendanceIdentity.objects.get(session=first), ana, now=LATER)
    assert [seconds(session) for session in sessions] == [{ana.pk: 100}, {}]
    applied(first, stay(first, "iPad", "", 100, 200))
    assert seconds(first) == {ana.pk: 200}


def test_a_decision_can_be_changed_to_somebody_else_to_nobody_and_be_taken_back(sessions):
    session, _second = sessions
    ana, bo = [RegistrationFactory(programme=session.programme, email=f"{name}@example.org") for name in ("ana", "bo")]
    applied(session, stay(session, "Zaphod", "ana@example.org", 0, 100))
    assert seconds(session) == {ana.pk: 100}
    for person, expected in ((bo, {bo.pk: 100}), (None, {})):
        decide(identity("Zaphod"), person, now=LATER)
        assert seconds(session) == expected
    assert identity("Zaphod").is_nobody
    undecide(identity("Zaphod"), now=LATER)
    undecide(identity("Zaphod"), now=LATER)
    assert (seconds(session), identity("Zaphod").decision) == ({ana.pk: 100}, "auto")
    assert list(AttendanceEvent.objects.order_by("pk").values_list("kind", flat=True))[-3:] == [
        "decided", "decided", "undecided"
    ]  # fmt: skip


def test_a_decision_before_the_file_is_applied_counts_with_it(sessions):
    session, _second = sessions
    ana = RegistrationFactory(programme=session.programme)
    previewed(session, stay(session, "Zaphod", "z@example.org"))
    decide(identity("Zaphod"), ana, now=LATER)
    assert seconds(session) == {}


def test_a_host_who_is_said_to_be_a_participant_counts(sessions):
    session, _second = sessions
    ana = RegistrationFactory(programme=session.programme)
    done = applied(session, stay(session, "Training desk", "desk@example.org", is_guest=False))
    decide(done.rows.get().identity, ana, now=LATER)
    assert seconds(session) == {ana.pk: 7200}


def test_decide_refuses_people_of_other_programmes_and_those_who_withdrew():
    unknown = AttendanceIdentityFactory()
    gone = RegistrationFactory(programme=unknown.programme, withdrawn=True)
    assert refusal(decide, unknown, RegistrationFactory(), now=LATER) == (
        "This person is not registered for the programme of this session."
    )
    assert refusal(decide, unknown, gone, now=LATER) == (
        "This person has withdrawn from the programme, so nothing can count for them."
    )


def test_an_address_that_a_person_decided_on_is_known_in_later_files(sessions):
    first, second = sessions
    ana = RegistrationFactory(programme=first.programme, given_name="Ana", family_name="Kovač")
    applied(first, stay(first, "Zaphod", "private@example.org"))
    decide(identity("Zaphod"), ana, now=LATER)
    applied(second, stay(second, "Ford Prefect", "private@example.org", 0, 100))
    assert (identity("Ford Prefect").because, seconds(second)) == ("known_address", {ana.pk: 100})


def test_match_again_finds_who_registered_late_and_leaves_decisions_alone(sessions):
    session, _second = sessions
    done = applied(session, stay(session, "Late", "late@example.org"), stay(session, "No", "no@example.org"))
    decide(identity("No"), None, now=LATER)
    late, _no = [
        RegistrationFactory(programme=session.programme, email=f"{name}@example.org") for name in ("late", "no")
    ]
    user = UserFactory()
    assert match_again(session.programme, by=user, now=LATER) == 1
    assert match_again(session.programme, by=user, now=LATER) == 0
    assert (seconds(session), done.rows.unmatched().count()) == ({late.pk: 7200}, 0)
    assert list(AttendanceEvent.objects.filter(kind="matched_again").values_list("details", "by")) == [
        ({"found": 0}, user.pk), ({"found": 1}, user.pk)
    ]  # fmt: skip


def test_a_likely_match_waits_with_its_candidates(sessions):
    session, _second = sessions
    robert = RegistrationFactory(programme=session.programme, given_name="Robert", family_name="Kamau")
    applied(session, stay(session, "Bob Kamau"))
    waiting = identity("Bob Kamau")
    assert (waiting.decision, waiting.registration, [key for key, _because in waiting.suggestions]) == (
        "confirm", None, [robert.pk]
    )  # fmt: skip
    assert seconds(session) == {}


@pytest.mark.parametrize("count", [1, 3])
def test_match_again_takes_the_same_number_of_queries_for_more_people(count, sessions, django_assert_num_queries):
    session, _second = sessions
    applied(session, *[stay(session, "x", f"p{number}@example.org") for number in range(count)])
    for number in range(count):
        RegistrationFactory(programme=session.programme, email=f"p{number}@example.org")
    with django_assert_num_queries(16):
        assert match_again(session.programme, now=LATER) == count

import pytest

from sessions.actions import decide, match_again, record_by_hand
from sessions.models import AttendanceIdentity
from sessions.review import review_items, waiting
from sessions.trails import trail_of
from tests.registrations_factories import RegistrationFactory
from tests.sessions.steps import LATER, applied, previewed, stay
from tests.sessions_factories import AFTERWARDS, TrainingSessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return TrainingSessionFactory()


def person(session, given_name, family_name="Kamau", **details):
    return RegistrationFactory(
        programme=session.programme, given_name=given_name, family_name=family_name,
        printed_name=f"{given_name} {family_name}", **details,
    )  # fmt: skip


def test_review_puts_likely_ones_first_with_candidates_reasons_and_evidence(session):
    robert = person(session, "Robert")
    other = TrainingSessionFactory(programme=session.programme)
    lines = [
        stay(session, "Bob Kamau", "", 0, 60),
        stay(session, "A stranger"),
        stay(session, "Organisers", "desk@example.org", -1000, 9000, is_guest=False),
    ]
    applied(session, *lines)
    previewed(other, stay(other, "Bob Kamau", "", 0, 120))
    found = review_items(list(waiting(session.programme)))
    assert [(each.identity.name, each.is_likely, each.lines, each.numbers) for each in found] == [
        ("Bob Kamau", True, 2, (1, 2)),
        ("A stranger", False, 1, (1,)),
    ]
    likely = found[0]
    assert [candidate.registration for candidate in likely.candidates] == [robert]
    assert all(likely.candidates[0].reasons)
    assert (likely.joined, (likely.left - other.starts_at).seconds) == (session.starts_at, 120)
    assert [each.name for each in waiting(session.programme, other)] == ["Bob Kamau"]
    decide(likely.identity, robert, now=LATER)
    assert [each.name for each in waiting(session.programme)] == ["A stranger"]


def test_review_leaves_out_candidates_who_withdrew_since(session):
    robert = person(session, "Robert")
    applied(session, stay(session, "Bob Kamau"))
    type(robert).objects.filter(pk=robert.pk).update(withdrawn_at=LATER, seated_at=None)
    [item] = review_items(list(waiting(session.programme)))
    assert item.candidates == ()
    match_again(session.programme, now=LATER)
    assert AttendanceIdentity.objects.get().decision == "none"


@pytest.mark.parametrize("count", [1, 3])
def test_review_takes_the_same_number_of_queries_for_more_items(count, session, django_assert_num_queries):
    for name in ("Robert", "William", "Elizabeth"):
        person(session, name, f"{name}son")
    shown = ["Bob Robertson", "Bill Williamson", "Liz Elizabethson"]
    applied(session, *[stay(session, name) for name in shown[:count]])
    with django_assert_num_queries(3):
        assert len(review_items(list(waiting(session.programme, session)))) == count


def test_every_minute_can_be_followed_to_its_row(session):
    ana = person(session, "Ana", email="ana@example.org")
    applied(session, stay(session, "Ana", ana.email, -900, 600), stay(session, "iPad", ana.email, 300, 900))
    applied(session, stay(session, "Ana", ana.email, 3000, 3600), file_name="second.csv")
    record_by_hand(ana, session, minutes=100, note="Was in the room", now=AFTERWARDS)
    trail = trail_of(ana, session)
    assert (trail.presence.source, trail.presence.minutes) == ("hand", 100)
    by_hand, by_file = trail.trails
    assert (by_hand.evidence.note, by_hand.is_prevailing, by_hand.rows) == ("Was in the room", True, ())
    assert (by_file.evidence.seconds, by_file.is_prevailing) == (1500 + 600, False)
    followed = [(each.row.attendance_import.file_name, each.row.line, each.seconds) for each in by_file.rows]
    assert followed == [("report.csv", 2, 1200), ("report.csv", 3, 600), ("second.csv", 2, 600)]
    assert [entry.minutes for entry in trail.entries] == [100]


@pytest.mark.parametrize("count", [1, 3])
def test_trail_takes_three_queries(count, session, django_assert_num_queries):
    ana = person(session, "Ana", email="ana@example.org")
    for number in range(count):
        applied(session, stay(session, "Ana", ana.email, number, 600))
    with django_assert_num_queries(3):
        assert len(trail_of(ana, session).trails[0].rows) == count


def test_trail_of_somebody_who_was_not_there_is_empty(session):
    trail = trail_of(person(session, "Ana"), session)
    assert (trail.presence, trail.trails, trail.entries) == (None, (), ())

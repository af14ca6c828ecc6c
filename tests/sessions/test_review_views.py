import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions.models import Attendance, AttendanceEvent, AttendanceIdentity
from sessions.tasks import match_where_asked
from tests.registrations_factories import RegistrationFactory, TeamMemberFactory
from tests.sessions.pages import messages_of, queries
from tests.sessions.steps import LATER, applied, stay
from tests.sessions_factories import AttendanceImportFactory, AttendanceRowFactory, TrainingSessionFactory

pytestmark = pytest.mark.django_db

PAGES = ["review", "review_decisions", "review_identity"]
POSTS = [
    "review_undo", "review_resume", "review_match_again", "review_decide", "review_later", "review_search",
    "review_undecide",
]  # fmt: skip
ABOUT_ONE = {"review_identity", "review_decide", "review_later", "review_search", "review_undecide"}


@pytest.fixture
def session(db):
    return TrainingSessionFactory()


@pytest.fixture
def client(session, organiser_client):
    return organiser_client(session.programme)


@pytest.fixture
def robert(session):
    return person(session, "Robert Kamau")


def person(session, name, **details):
    given, family = name.split(" ", 1)
    return RegistrationFactory(
        programme=session.programme, given_name=given, family_name=family, printed_name=name, **details
    )


def likely(session, name, *candidates, **details):
    """A name in an applied file that waits with candidates, one hour long."""
    row = AttendanceRowFactory(attendance_import__session=session, name=name, **details)
    suggestions = [[each.pk, ["nickname_and_family_name"]] for each in candidates]
    decision = "confirm" if len(candidates) == 1 else "none"
    AttendanceIdentity.objects.filter(pk=row.identity_id).update(decision=decision, suggestions=suggestions)
    return AttendanceIdentity.objects.get(pk=row.identity_id)


def address(name, programme, *more):
    return reverse(f"admin:training_sessions_{name}", args=[programme.pk, *more])


def decide(client, identity, choice, **more):
    where = address("review_decide", identity.programme, identity.pk)
    return client.post(where, {"choice": getattr(choice, "pk", choice), **more}, follow=True)


def names(response):
    """The name that is asked about, and the next ones."""
    dossier = response.context["dossier"]
    return [dossier and dossier.identity.name, *(each.name for each in response.context["following"])]


def test_review_shows_evidence_beside_each_candidate(session, client, robert):
    other = TrainingSessionFactory(programme=session.programme)
    Attendance.objects.create(registration=robert, session=other, source="file", seconds=3600, recorded_at=LATER)
    applied(session, stay(session, "Bob Kamau", "bob@home.example", 0, 1800))
    page = client.get(address("review", session.programme))
    dossier = page.context["dossier"]
    [seen] = dossier.sightings
    assert (seen.session, seen.file.platform, seen.lines, seen.minutes) == (session, "zoom", 1, 30)
    [candidate] = dossier.proposed
    assert (candidate.registration, candidate.key, candidate.minutes, candidate.sessions) == (robert, "1", 60, 1)
    assert [each.presence for each in candidate.recorded] == [None]
    assert candidate.reasons[0] in page.text
    assert "bob@home.example" in page.text
    assert robert.email in page.text


def test_one_post_decides_and_leads_to_the_next(session, client, robert, afterwards):
    bob, bobby = likely(session, "Bob Kamau", robert), likely(session, "Bobby K", robert)
    assert names(client.get(address("review", session.programme))) == ["Bob Kamau", "Bobby K"]
    response = decide(client, bob, robert)
    assert response.redirect_chain == [(address("review", session.programme), 302)]
    assert messages_of(response) == ["“Bob Kamau” is Robert Kamau. That concerns 1 line."]
    assert names(response) == ["Bobby K"]
    assert Attendance.objects.get().registration == robert
    response = decide(client, bobby, "nobody")
    assert messages_of(response) == ["“Bobby K” is nobody who is registered. That concerns 1 line."]
    assert names(response) == [None]
    assert "All are decided" in response.text


def test_undo_takes_back_one_deed_after_the_other(session, client, robert, afterwards):
    bob, bobby = likely(session, "Bob Kamau", robert), likely(session, "Bobby K", robert)
    decide(client, bob, robert)
    client.post(address("review_later", session.programme, bobby.pk), follow=True)
    undo = address("review_undo", session.programme)
    response = client.post(undo, follow=True)
    assert messages_of(response) == ["“Bobby K” is back."]
    assert names(response) == ["Bobby K"]
    response = client.post(undo, follow=True)
    assert response.redirect_chain == [(address("review_identity", session.programme, bob.pk), 302)]
    assert messages_of(response) == ["The decision on “Bob Kamau” was taken back."]
    assert (Attendance.objects.count(), AttendanceIdentity.objects.unknown().count()) == (0, 2)
    assert messages_of(client.post(undo, follow=True)) == ["There is nothing to undo."]


def test_undo_of_a_change_restores_the_decision_before(session, client, robert, afterwards):
    bob, other = likely(session, "Bob Kamau", robert), person(session, "Bob Other")
    decide(client, bob, other)
    decide(client, bob, robert, change="1")
    client.post(address("review_undo", session.programme))
    assert AttendanceIdentity.objects.get().registration == other


def test_undo_leaves_what_somebody_else_decided_since(session, client, robert, organiser_client, afterwards):
    bob, other = likely(session, "Bob Kamau", robert), person(session, "Bob Other")
    decide(client, bob, other)
    decide(organiser_client(session.programme), bob, robert, change="1")
    response = client.post(address("review_undo", session.programme), follow=True)
    assert messages_of(response) == ["Somebody else has decided that since. “Bob Kamau” is Robert Kamau."]
    assert AttendanceIdentity.objects.get().registration == robert


def test_queue_does_not_overrule_somebody_who_was_quicker(session, client, robert, organiser_client, afterwards):
    bob, other = likely(session, "Bob Kamau", robert), person(session, "Bob Other")
    decide(organiser_client(session.programme), bob, robert)
    response = decide(client, bob, other)
    assert messages_of(response) == ["Somebody else was quicker. “Bob Kamau” is Robert Kamau."]
    assert AttendanceIdentity.objects.get().registration == robert


def test_later_ones_come_back_when_asked_for(session, client, robert):
    bob = likely(session, "Bob Kamau", robert)
    response = client.post(address("review_later", session.programme, bob.pk), follow=True)
    assert (names(response), response.context["set_aside"]) == ([None], 1)
    assert "The rest is set aside" in response.text
    assert names(client.post(address("review_resume", session.programme), follow=True)) == ["Bob Kamau"]


def test_equal_names_list_their_bearers_and_propose_none(session, client):
    bearers = [person(session, "Ana Silva", email=f"ana{number}@example.org") for number in range(2)]
    applied(session, stay(session, "Ana Silva"))
    page = client.get(address("review", session.programme))
    dossier = page.context["dossier"]
    assert {each.registration for each in dossier.proposed} == set(bearers)
    assert dossier.is_several
    assert "Several registered people have this name." in page.text
    assert "checked" not in page.text.split('id="decide"')[1]


def test_names_that_say_nothing_come_last_and_hold_for_their_session(session, client, robert):
    applied(session, stay(session, "iPad"), stay(session, "Zz Unheard"), stay(session, "Bob Kamau"))
    page = client.get(address("review", session.programme))
    assert names(page) == ["Bob Kamau", "Zz Unheard", "iPad"]
    tablet = AttendanceIdentity.objects.get(name="iPad")
    page = client.get(address("review_identity", session.programme, tablet.pk))
    assert "holds for this session only" in page.text


def test_search_stays_out_of_the_address(session, client, robert, afterwards):
    stranger = likely(session, "Somebody")
    where = address("review_search", session.programme, stranger.pk)
    response = client.post(where, {"q": "kamau ROB"}, follow=True)
    assert response.redirect_chain == [(address("review_identity", session.programme, stranger.pk), 302)]
    assert [(each.registration, each.key) for each in response.context["dossier"].found] == [(robert, "1")]
    decide(client, stranger, robert)
    assert Attendance.objects.get().registration == robert


def test_queue_of_one_session_stays_there(session, client, robert, afterwards):
    other = TrainingSessionFactory(programme=session.programme)
    here, there = likely(session, "Bob Kamau", robert), likely(other, "Bobby K", robert)
    page = client.get(address("review", session.programme), {"session": other.number})
    assert (names(page), page.context["total"]) == (["Bobby K"], 1)
    where = address("review_decide", session.programme, there.pk) + f"?session={other.number}"
    response = client.post(where, {"choice": "nobody"})
    assert response.url == address("review", session.programme) + f"?session={other.number}"
    assert client.get(address("review", session.programme), {"session": "9"}).status_code == 404
    assert names(client.get(address("review", session.programme))) == [here.name]


def test_decisions_are_listed_changed_and_taken_back(session, client, robert, afterwards):
    bob = likely(session, "Bob Kamau", robert)
    decide(client, bob, "nobody")
    page = client.get(address("review_decisions", session.programme))
    assert [each.name for each in page.context["page"]] == ["Bob Kamau"]
    page = client.get(address("review_identity", session.programme, bob.pk))
    assert "Decided: nobody who is registered." in page.text
    decide(client, bob, robert, change="1")
    assert Attendance.objects.get().registration == robert
    response = client.post(address("review_undecide", session.programme, bob.pk), follow=True)
    assert response.redirect_chain == [(address("review_decisions", session.programme), 302)]
    assert (list(response.context["page"]), Attendance.objects.count()) == ([], 0)


def test_match_again_is_asked_for_and_done_once_in_the_background(session, client, afterwards):
    applied(session, stay(session, "Ana Late", "ana@example.org"))
    ana = person(session, "Ana Late", email="ana@example.org")
    for _press in range(2):
        response = client.post(address("review_match_again", session.programme), follow=True)
    assert messages_of(response)[-1] == "The names are being matched again. Look here in a moment."
    assert AttendanceIdentity.objects.get().registration is None
    for _sweep in range(2):
        match_where_asked()
    assert Attendance.objects.get().registration == ana
    events = AttendanceEvent.objects.filter(kind__in=["match_asked", "matched_again"])
    assert sorted(events.values_list("kind", flat=True)) == ["match_asked", "matched_again"]


@pytest.mark.parametrize("choice", ["", "x", "0", "99999999999999999999"])
def test_nobody_else_than_the_programme_s_people_can_be_chosen(session, client, choice):
    bob = likely(session, "Bob Kamau")
    assert decide(client, bob, choice).status_code == 404
    assert decide(client, bob, RegistrationFactory()).status_code == 404
    assert AttendanceIdentity.objects.get().is_unknown


def test_somebody_who_withdrew_cannot_be_chosen(session, client):
    bob = likely(session, "Bob Kamau")
    response = decide(client, bob, RegistrationFactory(programme=session.programme, withdrawn=True))
    assert messages_of(response)[0].startswith("This person has withdrawn")
    assert AttendanceIdentity.objects.get().is_unknown


def test_names_in_files_are_text_and_nothing_else(session, client, robert, afterwards):
    bob = likely(session, "<script>alert(1)</script>", robert)
    for response in (client.get(address("review", session.programme)), decide(client, bob, robert)):
        assert "<script>alert" not in response.text
    assert "<script>alert" not in client.get(address("review_decisions", session.programme)).text


@pytest.mark.parametrize("name", PAGES + POSTS)
def test_analysts_and_organisers_of_other_programmes_have_no_access(session, analyst_client, organiser_client, name):
    bob = likely(session, "Bob Kamau")
    where = address(name, session.programme, *([bob.pk] if name in ABOUT_ONE else []))
    for browser in (analyst_client(session.programme), organiser_client(TeamMemberFactory().programme)):
        method = browser.post if name in POSTS else browser.get
        assert method(where, {"choice": "nobody", "q": "a"}).status_code == 404
    assert AttendanceIdentity.objects.get().is_unknown


@pytest.mark.parametrize("name", sorted(ABOUT_ONE))
def test_names_of_another_programme_are_not_found(session, client, name):
    elsewhere = likely(TrainingSessionFactory(), "Bob Kamau")
    method = client.post if name in POSTS else client.get
    assert method(address(name, session.programme, elsewhere.pk), {"choice": "nobody"}).status_code == 404


@pytest.mark.parametrize("name", PAGES + POSTS)
def test_visitors_are_sent_to_the_login(session, name):
    where, browser = address(name, session.programme, *([1] if name in ABOUT_ONE else [])), Client()
    method = browser.post if name in POSTS else browser.get
    assert method(where).url.startswith("/admin/login/")


@pytest.mark.parametrize("name", POSTS)
def test_what_changes_something_takes_posts_only(session, client, name):
    where = address(name, session.programme, *([1] if name in ABOUT_ONE else []))
    assert client.get(where).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_queue_takes_the_same_number_of_queries_for_more(session, client, count):
    people = [person(session, f"Robert Kamau{number}") for number in range(count)]
    for number in range(count):
        identity = likely(session, f"Bob {number}", *people)
        more = AttendanceImportFactory(session=session, applied=True)
        AttendanceRowFactory(attendance_import=more, identity=identity)
    with queries(7):
        page = client.get(address("review", session.programme))
    assert (len(names(page)), len(page.context["dossier"].proposed)) == (count, count)


@pytest.mark.parametrize("count", [1, 3])
def test_decisions_take_the_same_number_of_queries_for_more(session, client, robert, afterwards, count):
    for number in range(count):
        decide(client, likely(session, f"Bob {number}"), robert)
    with queries(2):
        assert len(client.get(address("review_decisions", session.programme)).context["page"]) == count


def test_a_choice_that_no_person_has_is_not_found(session, client, robert):
    identity = likely(session, "Bob Kamau", robert)
    for choice in ("9" * 5000, "9" * 19, "²", "-1", "", "\0"):
        assert decide(client, identity, choice).status_code == 404
    assert AttendanceIdentity.objects.unknown().get() == identity


def test_a_search_in_the_queue_keeps_no_nul(session, client, robert):
    identity = likely(session, "Bob Kamau", robert)
    client.post(address("review_search", session.programme, identity.pk), {"q": "rob\0kam"})
    assert client.get(address("review_identity", session.programme, identity.pk)).context["search"] == "rob kam"


def test_a_decision_is_looked_at_and_taken_in_one_transaction(session, client, robert):
    identity = likely(session, "Bob Kamau", robert)
    where = address("review_decide", session.programme, identity.pk)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.post(where, {"choice": robert.pk})
    steps = [query["sql"] for query in captured]
    opened = next(sql.split()[1] for sql in steps if sql.startswith("SAVEPOINT"))
    begins, ends = steps.index(f"SAVEPOINT {opened}"), steps.index(f"RELEASE SAVEPOINT {opened}")
    about = [place for place, sql in enumerate(steps) if AttendanceIdentity._meta.db_table in sql]
    assert begins < about[0]
    assert about[-1] < ends

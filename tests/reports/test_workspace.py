import datetime as dt
import itertools
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from certificates.models import IssueRun
from certificates.tasks import count_completion
from registrations.models import KeptFigures, Programme, TeamMember
from reports.actions import publish_results
from reports.models import ResultsReport, Workspace
from reports.standing import standings
from reports.tasks import count_standing
from reports.workspace import workspace
from sessions.models import AttendanceIdentity
from sessions.tasks import count_attendance
from tests.certificates_factories import CertificateFactory, CompletionRuleFactory, a_programme
from tests.check_in_factories import CorrectionRequestFactory
from tests.conftest import signed_in
from tests.registrations_factories import (
    MailFactory,
    ProgrammeFactory,
    RegistrationFactory,
    TeamMemberFactory,
    UserFactory,
    large,
)
from tests.reports_factories import cohort
from tests.sessions_factories import (
    AFTERWARDS,
    AttendanceFactory,
    AttendanceImportFactory,
    AttendanceRowFactory,
    TrainingSessionFactory,
)
from tests.surveys_factories import SurveyFactory

pytestmark = pytest.mark.django_db

PAGES = ["change", "results"]
DEEDS = ["publish", "publish_results", "take_back"]


def address(programme, page="change"):
    return reverse(f"admin:reports_workspace_{page}", args=[programme.pk])


def text(response):
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def links(response):
    """Where the page leads, as far as the back office goes."""
    return set(re.findall(r'(?:href|action)="(/admin/[^"]*)"', response.content.decode()))


@pytest.fixture
def programme():
    programme, _people = cohort(40)
    CompletionRuleFactory(programme=programme)
    publish_results(programme, by=None, now=AFTERWARDS)
    return programme


@pytest.fixture
def people(programme, administrator_client, organiser_client, analyst_client, client):
    return {
        "administrator": administrator_client,
        "organiser": organiser_client(programme),
        "analyst": analyst_client(programme),
        "organiser of another": organiser_client(ProgrammeFactory()),
        "participant of the team who left": signed_in(
            TeamMemberFactory(programme=programme, user=UserFactory(is_staff=False)).user
        ),
        "anonymous": client,
    }


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("change", [200, 200, 200, 404, 302, 302]),
        ("results", [200, 200, 404, 404, 302, 302]),
    ],
)
def test_pages_open_to_their_team_only(programme, people, page, expected):
    assert [person.get(address(programme, page)).status_code for person in people.values()] == expected


@pytest.mark.parametrize("deed", DEEDS)
def test_deeds_are_refused_to_everybody_but_organisers(programme, people, deed):
    for name in ["analyst", "organiser of another"]:
        assert people[name].post(address(programme, deed)).status_code == 404
    for name in ["participant of the team who left", "anonymous"]:
        assert "/admin/login/" in people[name].post(address(programme, deed))["Location"]
    assert ResultsReport.objects.filter(withdrawn_at__isnull=True).count() == 1
    for name in ["organiser", "administrator"]:
        assert people[name].get(address(programme, deed)).status_code == 405


def test_every_link_of_an_organisers_workspace_opens(programme, people):
    page = people["organiser"].get(address(programme))

    statuses = {link: people["organiser"].get(link.replace("&amp;", "&")).status_code for link in links(page)}

    assert len(statuses) > 15
    ways = {link for link in statuses if link not in {"/admin/logout/"} and "set_language" not in link}
    assert {link: statuses[link] for link in ways if statuses[link] != 200} == {}


def test_every_link_of_an_analysts_workspace_opens_and_none_leads_to_a_person(programme, people):
    page = people["analyst"].get(address(programme))

    for link in links(page) - {"/admin/logout/"}:
        response = people["analyst"].get(link)
        assert response.status_code == 200, link
        assert "Given1" not in response.content.decode(), link
    assert not any("registration" in link or "attendance" in link or "certificate" in link for link in links(page))


def test_workspace_shows_stages_with_their_figures(programme, people):
    seated = programme.registrations.seated().count()

    words = text(people["organiser"].get(address(programme)))

    for stage in ["Registrations", "Sessions", "Attendance", "Completion", "Certificates", "Survey", "Results"]:
        assert stage in words
    assert f"registered {seated}" in words
    assert "edition on show 1" in words


def test_workspace_leads_a_new_programme_on(organiser_client):
    programme = ProgrammeFactory(published_at=None)
    client = organiser_client(programme)

    assert "Enter the sessions" in text(client.get(address(programme)))
    assert f"{reverse('admin:training_sessions_trainingsession_add')}?programme={programme.pk}" in links(
        client.get(address(programme))
    )

    TrainingSessionFactory(programme=programme, starts_at=timezone.now() + dt.timedelta(days=9))
    assert "then publish it" in text(client.get(address(programme)))
    client.post(address(programme, "publish"))
    programme.refresh_from_db()
    assert programme.published_at is not None

    assert "Say what a certificate asks for" in text(client.get(address(programme)))
    CompletionRuleFactory(programme=programme)
    assert "Prepare the survey" in text(client.get(address(programme)))


def test_publishing_a_programme_without_sessions_is_refused_with_a_sentence(organiser_client):
    programme = ProgrammeFactory(published_at=None)

    response = organiser_client(programme).post(address(programme, "publish"), follow=True)

    programme.refresh_from_db()
    assert programme.published_at is None
    assert "a programme without them has nothing to announce" in text(response)


def test_publishing_results_goes_to_the_public_page_and_taking_back_removes_it(organiser_client, client):
    programme, _people = cohort(30)
    staff = organiser_client(programme)

    staff.post(address(programme, "publish_results"))
    report = ResultsReport.objects.get()
    assert report.published_by == TeamMember.objects.get(programme=programme).user
    assert client.get(f"/programmes/{programme.slug}/results/", {"fresh": 1}).status_code == 200

    assert "Edition 1 is taken back" in text(staff.post(address(programme, "take_back"), follow=True))
    assert client.get(f"/programmes/{programme.slug}/results/", {"fresh": 2}).status_code == 404
    assert staff.post(address(programme, "take_back")).status_code == 404


def test_preview_says_whether_there_is_anything_new(organiser_client):
    programme, _people = cohort(30)
    staff = organiser_client(programme)

    assert "Publish the results" in text(staff.get(address(programme, "results")))
    staff.post(address(programme, "publish_results"))
    assert "Edition 1 is public and shows these figures" in text(staff.get(address(programme, "results")))
    programme.registrations.update(gender="female")
    assert "Publish a new edition" in text(staff.get(address(programme, "results")))


def test_preview_without_people_leads_back_with_a_sentence(organiser_client):
    programme = ProgrammeFactory()

    response = organiser_client(programme).get(address(programme, "results"), follow=True)

    assert response.redirect_chain == [(address(programme), 302)]
    assert "There is nothing to publish yet" in text(response)


def test_work_under_way_is_shown_with_progress_and_the_page_looks_again(organiser_client):
    programme = a_programme(people=2)
    staff = organiser_client(programme)
    assert b'http-equiv="refresh"' not in staff.get(address(programme)).content

    AttendanceImportFactory(session=programme.sessions.first(), rows_total=40, rows_done=10)
    IssueRun.objects.create(programme=programme, requested_at=AFTERWARDS)
    page = staff.get(address(programme))

    assert b'http-equiv="refresh" content="4"' in page.content
    assert '<progress id="work-1" max="40" value="10">' in page.content.decode()
    assert "10 of 40" in text(page)
    assert "waiting for a worker" in text(page)


def test_lines_that_wait_for_a_decision_and_stuck_mails_are_shown(organiser_client):
    programme = a_programme(people=1)
    row = AttendanceRowFactory(attendance_import__session=programme.sessions.first())
    row.attendance_import.applied_at = AFTERWARDS
    row.attendance_import.save()
    MailFactory(registration=programme.registrations.first(), doubtful_at=AFTERWARDS)
    programme.registrations.update(address_bounced_at=AFTERWARDS)

    page = organiser_client(programme).get(address(programme))
    words = text(page)

    assert "Names to be decided" in words
    queue = reverse("admin:training_sessions_review", args=[programme.pk])
    assert f'href="{queue}?session={row.session.number}"' in page.content.decode()
    assert f'href="{queue}"' in page.content.decode()
    assert "1 mail could not be sent for certain" in words
    assert "Mail to 1 person comes back." in words


def test_what_waits_for_a_person_is_counted_and_comes_next(organiser_client):
    programme = a_programme(people=1)
    session = programme.sessions.first()
    row = AttendanceRowFactory(attendance_import__session=session)
    AttendanceIdentity.objects.filter(pk=row.identity_id).update(decision="confirm")
    AttendanceImportFactory(session=session, previewed=True)
    CorrectionRequestFactory(session=session, registration=programme.registrations.first())

    facts = standings([programme], now=AFTERWARDS)[programme.pk]
    waiting = (facts.files_waiting, facts.names_waiting, facts.names_likely, facts.corrections_waiting)
    assert waiting == (1, 1, 1, 1)
    page = organiser_client(programme).get(address(programme))
    assert "1 file of attendance waits for you" in text(page)
    for name in ("files", "review", "corrections", "live"):
        assert f'href="{reverse(f"admin:training_sessions_{name}", args=[programme.pk])}"' in page.content.decode()


def test_analyst_gets_no_way_to_a_person(analyst_client):
    programme = a_programme(people=1)
    AttendanceRowFactory(attendance_import__session=programme.sessions.first())

    page = analyst_client(programme).get(address(programme)).content.decode()

    assert "/admin/training_sessions/" not in page


def test_list_has_ones_own_programmes_with_stage_and_next_step(organiser_client):
    programme = ProgrammeFactory(title="Our course", published_at=None)
    ProgrammeFactory(title="Their course")

    words = text(organiser_client(programme).get(reverse("admin:reports_workspace_changelist")))

    assert "Our course" in words
    assert "Their course" not in words
    assert "Enter the sessions" in words


def some_programmes(user, number):
    for _number in range(number):
        programme = a_programme(people=number, sessions=number)
        SurveyFactory(programme=programme)
        TeamMemberFactory(programme=programme, user=user)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("admin:reports_workspace_changelist", 13), ("admin:index", 14)])
def test_lists_take_as_many_queries_for_three_programmes_as_for_one(number, name, queries, django_assert_num_queries):
    user = UserFactory()
    some_programmes(user, number)
    client = signed_in(user)

    with django_assert_num_queries(queries):
        client.get(reverse(name))


@pytest.mark.parametrize("number", [1, 3])
def test_workspace_takes_as_many_queries_for_many_rows_as_for_one(number, django_assert_num_queries):
    user = UserFactory()
    some_programmes(user, number)
    client = signed_in(user)

    with django_assert_num_queries(28):
        client.get(address(Programme.objects.last()))


def test_index_begins_with_ones_own_programmes(organiser_client):
    programme = ProgrammeFactory(title="Our course")

    words = text(organiser_client(programme).get(reverse("admin:index")))

    assert words.index("Your programmes") < words.index("Our course") < words.index("Recent actions")
    assert "Add a programme" in words


def test_index_of_somebody_without_a_programme_says_so():
    words = text(signed_in(UserFactory()).get(reverse("admin:index")))

    assert "You are on no programme’s team yet" in words
    assert "Add a programme" not in words


def test_adding_a_programme_leads_to_its_workspace(organiser_client):
    staff = organiser_client(ProgrammeFactory())
    form = {
        "title": "A new course",
        "slug": "a-new-course",
        "start_date": "2026-09-01",
        "end_date": "2026-09-05",
        "time_zone": "Africa/Nairobi",
        "language": "en",
        "teaching_languages": ["en"],
        "registration_opens_at_0": "2026-06-01",
        "registration_opens_at_1": "09:00",
        "registration_closes_at_0": "2026-08-30",
        "registration_closes_at_1": "18:00",
        "partners-TOTAL_FORMS": "0",
        "partners-INITIAL_FORMS": "0",
        "published_at_0": "",
        "published_at_1": "",
    }

    response = staff.post(reverse("admin:reports_workspace_add"), form)

    made = Programme.objects.get(slug="a-new-course")
    assert response["Location"] == address(made)
    assert "Enter the sessions" in text(staff.get(address(made)))


def test_analysts_do_not_add_programmes(analyst_client):
    client = analyst_client(ProgrammeFactory())

    assert client.get(reverse("admin:reports_workspace_add")).status_code == 403


def test_workspace_is_the_programme_under_another_name():
    programme = ProgrammeFactory()

    assert Workspace.objects.get(pk=programme.pk).title == programme.title


def test_sessions_count_those_with_a_seat_and_what_prevails():
    session = TrainingSessionFactory()
    programme = session.programme
    people = [RegistrationFactory(programme=programme) for _number in range(3)]
    withdrawn = RegistrationFactory(programme=programme, withdrawn=True)
    for person in [*people, withdrawn]:
        AttendanceFactory(session=session, registration=person)
    AttendanceFactory(session=session, registration=people[0], source="hand", seconds=0)

    desk = workspace(programme, is_organiser=True, now=AFTERWARDS)

    assert [line.present for line in desk.sessions] == ["2"]


def test_a_session_that_only_people_who_withdrew_attended_is_not_recorded():
    session = TrainingSessionFactory()
    AttendanceFactory(session=session, registration=RegistrationFactory(programme=session.programme, withdrawn=True))

    facts = standings([session.programme], now=AFTERWARDS)[session.programme.pk]

    assert (facts.sessions_held, facts.sessions_recorded, facts.first_unrecorded) == (1, 0, session.pk)


def test_workspace_names_certificates_whose_pdf_could_not_be_made(programme, organiser_client):
    rule = programme.completion_rules.get()
    broken, made = programme.registrations.seated()[:2]
    CertificateFactory(rule=rule, registration=made)
    certificate = CertificateFactory(rule=rule, registration=broken, render_error="no font has “힣”")
    client = organiser_client(programme)

    page = client.get(address(programme))

    assert "1 certificate is recorded, but its PDF could not be made." in text(page)
    way = f"{reverse('admin:certificates_certificate_changelist')}?programme={programme.pk}&state=broken"
    assert way.replace("&", "&amp;") in links(page)
    assert certificate.serial in text(client.get(way))


def count_all(programme):
    KeptFigures.objects.filter(programme=programme).update(
        counted_at=None
    )  # else what was counted within this minute would stay
    for count in (count_standing, count_completion, count_attendance):
        count(programme.pk)


def test_a_large_programme_shows_kept_figures_and_the_tasks_count_again(organiser_client):
    programme = large(a_programme(people=1))
    client = organiser_client(programme)

    def told():
        words = text(client.get(address(programme)))
        return [each in words for each in ("registered being counted", "registered 1", "registered 2")]

    first = told()
    count_all(programme)
    counted = told()
    RegistrationFactory(programme=programme)
    count_standing(programme.pk)  # asked twice within a minute
    assert (first, counted, told()) == ([True, False, False], [False, True, False], [False, True, False])
    count_all(programme)
    assert told() == [False, False, True]


def test_nothing_that_is_not_counted_yet_is_told_as_a_figure(organiser_client):
    programme = large(a_programme(people=1))
    client = organiser_client(programme)
    page = client.get(address(programme))
    words = text(page)
    assert "Everybody is being counted in the background." in words
    assert "Some are being counted for the first time." in words
    figures = ["registered", "names to be decided", "requests for correction", "have met every requirement", "issued"]
    assert [f"{each} being counted" in words for each in (*figures, "due")] == [True] * 6
    assert b'http-equiv="refresh"' in page.content
    assert "being counted" in text(client.get(reverse("admin:index")))
    count_all(programme)
    page = client.get(address(programme))
    assert ("being counted" in text(page), b'http-equiv="refresh"' in page.content) == (False, False)


@pytest.mark.parametrize(
    ("hours", "minutes", "sentences"),
    [(0, 0, [False, False]), (2, 0, [True, False]), (2, 20, [True, True])],
    ids=["young", "old", "nobody answers"],
)
def test_old_figures_are_shown_with_their_age(hours, minutes, sentences, organiser_client):
    programme = large(a_programme(people=1))
    client = organiser_client(programme)
    client.get(address(programme))
    count_all(programme)
    now = timezone.now()
    rows = KeptFigures.objects.filter(programme=programme)
    rows.update(counted_at=now - dt.timedelta(hours=hours), asked_at=now - dt.timedelta(hours=hours))
    if minutes:
        rows.update(asked_at=now - dt.timedelta(minutes=minutes))
    index, page = text(client.get(reverse("admin:index"))), text(client.get(address(programme)))
    assert [f"(Figures of {hours} hours ago.)" in index, "no worker has counted them yet" in page] == sentences


def test_pages_of_large_programmes_stay_under_twenty_queries_whether_a_worker_counts_or_not(
    django_assert_max_num_queries,
):
    user, long_ago = UserFactory(), timezone.now() - dt.timedelta(hours=2)
    programmes = [large(CompletionRuleFactory().programme) for _number in range(3)]
    for programme in (*programmes, ProgrammeFactory()):
        TeamMemberFactory(programme=programme, user=user)
    client = signed_in(user)
    pages = (address(programmes[0]), reverse("admin:reports_workspace_changelist"), reverse("admin:index"))
    for page in pages:
        client.get(page)
    for programme in programmes:
        count_all(programme)
    rows, now = list(KeptFigures.objects.values("programme_id", "kind", "figures")), timezone.now()
    moments = (None, long_ago, now)  # never counted, counted long ago, just now
    states = [[{**row, "counted_at": each, "asked_at": each or long_ago} for row in rows] for each in moments]
    states.append([])
    for page, state in itertools.product(pages, states):
        KeptFigures.objects.all().delete()
        KeptFigures.objects.bulk_create([KeptFigures(**row) for row in state])
        with django_assert_max_num_queries(19):
            client.get(page)

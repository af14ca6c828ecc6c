"""Check-in, one's own attendance, corrections and the live view in a real browser, on a phone and without JavaScript."""

import datetime as dt
import gzip

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from certificates.tasks import count_completion
from registrations.kept import LARGE
from registrations.models import KeptFigures, Mail, Programme
from reports.tasks import count_results, count_standing
from sessions import codes
from sessions.models import CheckIn
from sessions.tasks import count_attendance
from tests.browser.test_face import BUDGET, findings, overflow
from tests.certificates_factories import CompletionRuleFactory
from tests.check_in_factories import CheckInDeskFactory, CheckInFactory, CorrectionRequestFactory
from tests.registrations_factories import PASSWORD, ProgrammeFactory, RegistrationFactory, TeamMemberFactory
from tests.sessions_factories import AttendanceFactory, TrainingSessionFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def programme(db):
    """A programme of two sessions, the second of which began half an hour ago."""
    now = timezone.now().replace(microsecond=0)
    programme = ProgrammeFactory(
        title="Trade across borders",
        start_date=now.date() - dt.timedelta(days=2),
        end_date=now.date() + dt.timedelta(days=1),
    )
    CompletionRuleFactory(programme=programme)
    for number in (1, 2):
        starts_at = now - dt.timedelta(days=2 - number, minutes=30)
        TrainingSessionFactory(programme=programme, number=number, starts_at=starts_at, theme=f"Theme {number}")
    return programme


@pytest.fixture
def first(programme):
    return programme.sessions.get(number=1)


@pytest.fixture
def running(programme):
    return programme.sessions.get(number=2)


@pytest.fixture
def person(programme):
    return RegistrationFactory(programme=programme, printed_name="Wanjirũ Mwangi")


@pytest.fixture
def organiser(visitor, programme):
    """`organiser(width=360)`: a page in which an organiser of the programme has signed in."""
    username = TeamMemberFactory(programme=programme).user.username

    def arrive(**options):
        page = visitor(**options)
        page.goto("/admin/login/")
        page.locator("#id_username").fill(username)
        page.locator("#id_password").fill(PASSWORD)
        page.locator("#login-form [type=submit]").click()
        return page

    return arrive


def own_page(person):
    return reverse("personal_page", args=[person.link_token])


def desk_page(session):
    return reverse("admin:training_sessions_check_in", args=[session.pk])


def scan_address(desk):
    return reverse("training_sessions:scan", args=[desk.session.pk, codes.long_code(desk.secret, timezone.now())])


def test_code_from_the_screen_is_typed_on_a_phone_without_javascript(visitor, organiser, running, person):
    staff, phone = organiser(has_javascript=False), visitor(width=360, has_javascript=False)
    staff.goto(desk_page(running))
    staff.get_by_role("button", name="Open the check-in").click()
    phone.goto(own_page(person))
    staff.reload()
    phone.get_by_label("The six digits on the organisers’ screen").fill(staff.locator(".code").inner_text())
    phone.get_by_role("button", name="Check in").click()
    expect(phone.get_by_text("You are checked in.")).to_be_visible()
    staff.reload()
    expect(staff.get_by_text("1 person has checked in")).to_be_visible()
    assert CheckIn.objects.get().registration == person


def test_scan_takes_one_button_where_the_own_page_was_open_and_a_mail_elsewhere(visitor, running, person):
    desk = CheckInDeskFactory(session=running)
    known, other = visitor(width=360, has_javascript=False), visitor(width=360, has_javascript=False)
    stranger = RegistrationFactory(programme=person.programme)
    known.goto(own_page(person))
    known.goto(scan_address(desk))
    known.get_by_role("button", name="Check in as Wanjirũ Mwangi").click()
    expect(known.get_by_role("heading", level=1)).to_have_text("You are checked in.")

    other.goto(scan_address(desk))
    other.get_by_label("E-mail").fill(stranger.email)
    other.get_by_role("button", name="Send me the mail").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Please look into your mail")
    assert list(Mail.objects.values_list("to", flat=True)) == [stranger.email]
    other.goto(own_page(stranger))
    other.get_by_role("button", name="Yes, check me in").click()
    expect(other.get_by_text("You are checked in.")).to_be_visible()


def test_screen_brings_itself_up_to_date_in_place(organiser, running, person):
    desk, page = CheckInDeskFactory(session=running), organiser()
    page.clock.install()
    page.goto(desk_page(running))
    page.evaluate("window.isTheSamePage = true")
    CheckInFactory(session=running, registration=person)
    page.clock.fast_forward(31_000)
    expect(page.get_by_text("1 person has checked in")).to_be_visible()
    accepted = [codes.short_code(desk.secret, timezone.now() - back * codes.STEP) for back in (0, 1)]
    assert page.locator(".code").inner_text().replace(" ", "") in accepted
    assert page.evaluate("window.isTheSamePage") is True


def test_correction_is_asked_on_a_phone_and_granted_from_the_queue(visitor, organiser, first, person):
    AttendanceFactory(session=first, registration=person, seconds=600)
    phone, staff = visitor(width=360, has_javascript=False), organiser(has_javascript=False)
    phone.goto(own_page(person))
    phone.get_by_role("link", name="My attendance").click()
    phone.get_by_role("link", name="Ask for a correction of session 1").click()
    phone.get_by_label("What is recorded wrongly?").fill("I joined from a colleague’s computer.")
    phone.get_by_role("button", name="Ask for a correction").click()
    expect(phone.get_by_text("Your request waits for an answer")).to_be_visible()

    staff.goto(reverse("admin:reports_workspace_change", args=[person.programme.pk]))
    staff.get_by_role("link", name="Requests for correction").click()
    expect(staff.get_by_text("I joined from a colleague’s computer.")).to_be_visible()
    staff.get_by_label("Minutes to grant").fill("115")
    staff.get_by_label("Answer to the participant").fill("We saw you there.")
    staff.get_by_role("button", name="Grant the minutes").click()
    expect(staff.get_by_text("No request waits for an answer.")).to_be_visible()

    phone.reload()
    expect(phone.get_by_text("Your request was granted")).to_be_visible()
    expect(phone.get_by_text("“We saw you there.”")).to_be_visible()
    assert sorted(Mail.objects.values_list("kind", flat=True)) == ["correction_answered", "corrections_wait"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_of_presence_are_accessible_and_fit_a_phone(
    visitor, organiser, programme, first, running, person, language
):
    desk = CheckInDeskFactory(session=running)
    AttendanceFactory(session=first, registration=person)
    AttendanceFactory(session=first, registration=person, source="check_in")
    CorrectionRequestFactory(session=first, registration=person)
    CorrectionRequestFactory(session=first, answered_at=first.ends_at, minutes=5)
    phone, unknown = visitor(width=360, language=language), visitor(width=360, language=language)
    staff = organiser(width=360, language=language)
    pages = [
        (phone, own_page(person)),
        (phone, reverse("training_sessions:check_in", args=[person.link_token, running.pk])),
        (phone, scan_address(desk)),
        (unknown, scan_address(desk)),
        (phone, reverse("my_attendance", args=[person.link_token])),
        (phone, reverse("training_sessions:ask_for_correction", args=[person.link_token, running.pk])),
        (staff, desk_page(running)),
        (staff, reverse("admin:training_sessions_live", args=[programme.pk])),
        (staff, reverse("admin:training_sessions_corrections", args=[programme.pk])),
    ]
    found = {}
    for page, address in pages:
        page.goto(address)
        found[address] = (page.locator("html").get_attribute("dir"), overflow(page), findings(page))
    direction = "rtl" if language == "ar" else "ltr"
    assert found == {address: (direction, 0, []) for _page, address in pages}


def test_own_pages_stay_within_the_budget(visitor, first, running, person):
    CheckInDeskFactory(session=running)
    for source in ("file", "check_in"):
        AttendanceFactory(session=first, registration=person, source=source)
    CorrectionRequestFactory(session=first, registration=person)
    sizes = {}
    for name in ("personal_page", "my_attendance"):
        page, responses = visitor(width=360), []
        page.on("response", lambda response, seen=responses: seen.append(response))
        page.goto(reverse(name, args=[person.link_token]), wait_until="networkidle")
        sizes[name] = sum(len(gzip.compress(response.body(), 6)) for response in responses)
        assert len(responses) <= 3
    assert {name: size for name, size in sizes.items() if size > BUDGET} == {}


@pytest.mark.parametrize(("language", "has_javascript"), [("ar", True), ("en", False)])
def test_a_page_of_a_large_programme_shows_its_figures_as_soon_as_they_are_counted(
    organiser, programme, first, person, language, has_javascript
):
    Programme.objects.filter(pk=programme.pk).update(seats_taken=LARGE)
    page = organiser(width=360, language=language, has_javascript=has_javascript)
    for name in ("reports_workspace_change", "reports_workspace_dashboard", "certificates_funnel"):
        KeptFigures.objects.all().delete()
        page.goto(reverse(f"admin:{name}", args=[programme.pk]))
        waiting = page.locator("[data-look]")
        expect(waiting).to_be_visible()
        if has_javascript:
            assert (findings(page), overflow(page)) == ([], 0)
        for count in (count_standing, count_results, count_completion, count_attendance):
            count(programme.pk)
        expect(waiting).to_have_count(0, timeout=20_000)
        expect(page.locator("h1")).to_be_visible()

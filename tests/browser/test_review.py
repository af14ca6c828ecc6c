"""The review queue and the pages of attendance in a real browser: by keyboard alone, on a phone, without JavaScript."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from sessions.actions import decide, record_by_hand
from sessions.models import Attendance, AttendanceIdentity
from tests.browser.test_face import findings, overflow
from tests.check_in_factories import CorrectionRequestFactory
from tests.registrations_factories import PASSWORD, ProgrammeFactory, RegistrationFactory, TeamMemberFactory
from tests.sessions_factories import AttendanceImportFactory, AttendanceRowFactory, TrainingSessionFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def programme(db):
    today = timezone.now().date()
    return ProgrammeFactory(start_date=today - dt.timedelta(days=2), end_date=today + dt.timedelta(days=2))


@pytest.fixture
def upload(programme):
    """A file of the programme's only session, which was yesterday; it is applied."""
    session = TrainingSessionFactory(programme=programme, starts_at=timezone.now() - dt.timedelta(days=1))
    return AttendanceImportFactory(session=session, applied=True, platform="zoom")


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


def likely(upload, number):
    """A name in the file that is likely one registered person's."""
    family = f"Kamau {number:02}"
    person = RegistrationFactory(
        programme=upload.programme, given_name="Robert", family_name=family, printed_name=f"Robert {family}"
    )
    row = AttendanceRowFactory(attendance_import=upload, name=f"Bob {family}")
    AttendanceIdentity.objects.filter(pk=row.identity_id).update(
        decision="confirm", because="nickname_and_family_name", suggestions=[[person.pk, ["nickname_and_family_name"]]]
    )
    return person


def review_page(programme):
    return reverse("admin:training_sessions_review", args=[programme.pk])


def test_thirty_likely_matches_take_thirty_keys(organiser, programme, upload):
    people = [likely(upload, number) for number in range(30)]
    page = organiser()
    page.goto(review_page(programme))
    pressed = 0
    for number in range(30):
        expect(page.locator("#identity bdi")).to_have_text(f"Bob Kamau {number:02}")
        page.keyboard.press("1")
        pressed += 1
    expect(page.get_by_role("heading", name="All are decided")).to_be_focused()
    expect(page.locator("#said")).to_contain_text("“Bob Kamau 29” is Robert Kamau 29.")
    assert pressed == 30
    assert list(Attendance.objects.order_by("registration").values_list("registration", flat=True)) == [
        person.pk for person in people
    ]
    page.keyboard.press("u")
    expect(page.locator("#identity")).to_be_focused()
    expect(page.locator("#identity bdi")).to_have_text("Bob Kamau 29")
    expect(page.locator("#said")).to_contain_text("The decision on “Bob Kamau 29” was taken back.")
    assert AttendanceIdentity.objects.unknown().count() == 1
    assert Attendance.objects.count() == 29


def test_other_keys_of_the_queue(organiser, programme, upload):
    for number in range(3):
        likely(upload, number)
    page = organiser()
    page.goto(review_page(programme))
    name = page.locator("#identity bdi")
    page.keyboard.press("s")
    expect(name).to_have_text("Bob Kamau 01")
    page.keyboard.press("0")
    expect(name).to_have_text("Bob Kamau 02")
    page.keyboard.press("7")  # nobody's key
    page.keyboard.press("Control+1")
    page.get_by_label("Somebody else: name or e-mail").fill("10 kamau 00")  # keys in a field are letters of a word
    page.get_by_label("Somebody else: name or e-mail").fill("kamau 00")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Found by your search")).to_be_visible()
    assert "kamau" not in page.url
    page.keyboard.press("2")
    expect(page.get_by_role("heading", name="The rest is set aside")).to_be_focused()
    decided = AttendanceIdentity.objects.filter(decided_at__isnull=False).order_by("name")
    assert [str(each.registration) for each in decided] == ["None", "Robert Kamau 00"]
    page.get_by_role("button", name="Look at the 1 name that is set aside").click()
    expect(name).to_have_text("Bob Kamau 00")
    page.get_by_label("Decide by single keys").uncheck()
    page.keyboard.press("1")
    page.reload()
    expect(name).to_have_text("Bob Kamau 00")
    expect(page.get_by_label("Decide by single keys")).not_to_be_checked()


def test_queue_works_without_javascript(organiser, programme, upload):
    for number in range(2):
        likely(upload, number)
    page = organiser(width=360, has_javascript=False)
    page.goto(review_page(programme))
    page.get_by_role("button", name="It is Robert Kamau 00").click()
    expect(page.get_by_text("“Bob Kamau 00” is Robert Kamau 00.")).to_be_visible()
    page.get_by_role("button", name="Nobody who is registered").click()
    page.get_by_role("button", name="Undo the last").click()
    expect(page.locator("#identity bdi")).to_have_text("Bob Kamau 01")
    page.get_by_role("button", name="Later").click()
    expect(page.get_by_role("heading", name="The rest is set aside")).to_be_visible()
    assert Attendance.objects.count() == 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_of_attendance_are_accessible_and_fit_a_phone(organiser, programme, upload, language):
    people = [likely(upload, number) for number in range(3)]
    row = AttendanceRowFactory(attendance_import=upload, registration=people[0])
    waits = AttendanceImportFactory(session=upload.session, previewed=True)
    AttendanceRowFactory(attendance_import=waits, identity=row.identity)
    record_by_hand(people[0], upload.session, minutes=9, note="Left early", now=timezone.now())
    decide(AttendanceIdentity.objects.get(name="Bob Kamau 02"), people[2], now=timezone.now())
    CorrectionRequestFactory(session=upload.session, registration=people[0])
    waiting = AttendanceIdentity.objects.unknown().order_by("name").last()
    pages = [
        review_page(programme),
        reverse("admin:training_sessions_review_identity", args=[programme.pk, waiting.pk]),
        reverse("admin:training_sessions_review_decisions", args=[programme.pk]),
        reverse("admin:training_sessions_trainingsession_attendance", args=[upload.session.pk]),
        reverse("admin:training_sessions_history", args=[upload.session.pk]),
        reverse("admin:training_sessions_person", args=[upload.session.pk, people[0].pk]),
        reverse("admin:reports_workspace_change", args=[programme.pk]),
    ]
    page = organiser(width=360, language=language)
    found = {}
    for address in pages:
        page.goto(address)
        found[address] = (page.locator("html").get_attribute("dir"), overflow(page), findings(page))
    assert found == dict.fromkeys(pages, ("rtl" if language == "ar" else "ltr", 0, []))

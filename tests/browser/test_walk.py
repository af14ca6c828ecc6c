"""The whole journey in a real browser without JavaScript, with a real mail server and the tasks that workers run."""

import datetime as dt
import re
import socket
from email import message_from_bytes
from email.policy import default as email_policy

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone
from playwright.sync_api import expect

from certificates.completion import Rule
from certificates.models import Certificate, CompletionRule, columns_of
from certificates.tasks import continue_issue_runs
from registrations.tasks import send_due_mail
from sessions.readers.zoom_writer import ReportLine, write_meeting_report
from sessions.tasks import carry_on_imports
from surveys.models import BaseDefinition
from tests.registrations_factories import PASSWORD, PrivacyTextFactory, ProgrammeFactory, TeamMemberFactory
from tests.sessions_factories import TrainingSessionFactory
from tests.surveys_factories import ChoiceFactory, QuestionFactory, SurveyFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LINK = re.compile(r"(/my/\S+?/)")


class Inbox:
    """What the mail server was given."""

    def __init__(self):
        self.messages = []

    async def handle_DATA(self, server, session, envelope):
        self.messages.append(message_from_bytes(envelope.original_content, policy=email_policy))
        return "250 taken"


@pytest.fixture
def inbox(settings):
    """A mail server on this machine; what the product sends arrives here."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(Inbox(), hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "registrations.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
    yield controller.handler.messages
    controller.stop()


@pytest.fixture
def programme(db):
    """A programme whose two sessions have just ended and whose registration is still open."""
    now = timezone.now().replace(microsecond=0)
    programme = ProgrammeFactory(
        title="Selling Across Borders",
        start_date=now.date() - dt.timedelta(days=2),
        end_date=now.date() + dt.timedelta(days=1),
        registration_opens_at=now - dt.timedelta(days=9),
        registration_closes_at=now + dt.timedelta(days=1),
        published_at=now,
    )
    for number in (1, 2):
        starts_at = now - dt.timedelta(hours=30 - number * 8)
        TrainingSessionFactory(
            programme=programme, number=number, starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=2)
        )
    CompletionRule.objects.create(
        programme=programme,
        version=1,
        created_at=now,
        **columns_of(Rule.simple(2, 75, is_survey_required=True)),
    )
    survey = SurveyFactory(
        programme=programme, opens_at=now - dt.timedelta(days=1), closes_at=now + dt.timedelta(days=9)
    )
    BaseDefinition.objects.get_or_create(
        survey=survey, version=1, defaults={"name": "Every response", "created_at": now}
    )
    QuestionFactory(survey=survey, name="overall", kind="rating", label="The course as a whole", position=1)
    useful = QuestionFactory(survey=survey, name="useful", kind="select_multiple", label="What was useful?", position=2)
    ChoiceFactory(question=useful, value="cases", label="Case studies")
    ChoiceFactory(question=useful, value="talks", label="Talks")
    PrivacyTextFactory()
    return programme


def report_of(session, name):
    """Zoom's report of a session in which `name` was present from start to end, without an address."""
    start = session.starts_at.astimezone(session.programme.zone).replace(tzinfo=None)
    return write_meeting_report([ReportLine(name, "", start, start + session.length, is_guest=True)])


def sign_in(page, username):
    page.goto("/admin/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def test_a_participant_walks_from_the_public_page_to_the_verified_certificate(visitor, programme, inbox):
    person = visitor(width=360, has_javascript=False)
    staff = visitor(has_javascript=False)
    organiser = TeamMemberFactory(programme=programme).user

    # Registers, finds the mail, confirms.
    person.goto("/programmes/")
    person.get_by_role("link", name="Selling Across Borders").first.click()
    person.get_by_role("link", name="Register", exact=False).first.click()
    person.get_by_label("Given name").fill("Wanjirũ")
    person.get_by_label("Family name").fill("Mwangi")
    person.get_by_label("Female", exact=True).check()
    person.get_by_label("Country or territory").select_option("KE")
    person.get_by_label("Sector", exact=True).select_option("private")
    person.get_by_label("E-mail").fill("Wanjiru@Example.org")
    person.get_by_label("I agree").check()
    person.get_by_role("button", name="Register").click()
    expect(person.get_by_role("heading", level=1)).to_have_text("Please look into your mail")
    send_due_mail()
    assert [message["to"] for message in inbox] == ["wanjiru@example.org"]
    link = LINK.search(inbox[0].get_body(("plain",)).get_content())[1]
    person.goto(link)
    person.get_by_role("button", name="Confirm").click()
    expect(person.get_by_role("heading", level=1)).to_have_text("Wanjirũ Mwangi")
    expect(person.get_by_text("Registered", exact=True)).to_be_visible()

    # The organiser imports attendance; a worker's sweep reads it, then applies what the organiser approved.
    sign_in(staff, organiser.username)
    for session in programme.sessions.order_by("number"):
        staff.goto(f"/admin/training_sessions/trainingsession/{session.pk}/attendance/")
        staff.get_by_label("Reports or lists of attendance").set_input_files(
            {"name": "report.csv", "mimeType": "text/csv", "buffer": report_of(session, "Mwangi, Wanjiru")}
        )
        staff.get_by_role("button", name="Read the files").click()
    carry_on_imports()
    for session in programme.sessions.order_by("number"):
        staff.goto(f"/admin/training_sessions/trainingsession/{session.pk}/attendance/")
        staff.get_by_role("group", name="Files of attendance").get_by_role("link", name="report.csv").click()
        staff.get_by_role("button", name="Apply").click()
    carry_on_imports()

    # Answers the survey.
    person.goto(link)
    expect(person.get_by_text("120 minutes")).to_have_count(2)
    person.get_by_role("link", name="Answer the survey").first.click()
    person.get_by_role("group", name="The course as a whole").get_by_label("5").check()
    person.get_by_label("Case studies").check()
    person.get_by_role("button", name="Send my answers").click()

    # The organiser issues; a worker's sweep makes the certificate.
    staff.goto(f"/admin/certificates/issuerun/programme/{programme.pk}/")
    staff.get_by_role("link", name="Check before issuing").click()
    staff.get_by_role("button", name="Issue").click()
    continue_issue_runs()
    certificate = Certificate.objects.get()

    # Downloads it and has it verified.
    person.goto(link)
    with person.expect_download() as download:
        person.get_by_role("link", name="Download the certificate (PDF)").first.click()
    assert download.value.path().read_bytes()[:5] == b"%PDF-"
    person.goto("/verify/")
    person.get_by_label("Verification code").fill(certificate.code)
    person.get_by_role("button", name="Verify").click()
    expect(person.get_by_text("Wanjirũ Mwangi", exact=True)).to_be_visible()
    expect(person.get_by_text("Valid.")).to_be_visible()

    # Staff find the answer on the dashboard, with its base.
    survey = programme.surveys.get()
    staff.goto(f"/admin/surveys/survey/{survey.pk}/dashboard/")
    expect(staff.get_by_role("heading", name="The course as a whole")).to_be_visible()
    expect(staff.get_by_text(re.compile(r"n = 1\b")).first).to_be_visible()

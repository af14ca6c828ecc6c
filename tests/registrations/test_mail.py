import datetime as dt
import re
import socket
from email import message_from_bytes
from email.policy import default as email_policy

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend as InMemory
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext as _

from registrations.actions import confirm, register
from registrations.details import RegistrationDetails
from registrations.erasing import erase
from registrations.errors import Refused
from registrations.html_part import BUTTON_STYLE
from registrations.letters import Kind, compose
from registrations.mail import (
    LEASE,
    MAX_ATTEMPTS,
    READ_AHEAD,
    SendReport,
    draft,
    draft_to_team,
    pause_after,
    queue,
    queue_many,
    send_again,
    send_due,
)
from registrations.models import Mail, Registration, Topic
from tests.registrations_factories import NOW, MailFactory, PrivacyTextFactory, ProgrammeFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


def later(**units):
    return NOW + dt.timedelta(**units)


class Sink:
    """What an SMTP server was given, and how it shall answer."""

    def __init__(self):
        self.messages = []
        self.recipient_answer = "250 OK"
        self.data_answer = "250 taken"
        self.drops = ""

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.drops == "at recipient":
            server.transport.abort()
        if self.recipient_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_answer

    async def handle_DATA(self, server, session, envelope):
        self.messages.append(message_from_bytes(envelope.original_content, policy=email_policy))
        if self.drops == "after data":
            server.transport.abort()
        return self.data_answer


class Server(Controller):
    def factory(self):
        return SMTP(self.handler, enable_SMTPUTF8=True, hostname="sink.example.org")


@pytest.fixture
def sink(settings):
    handler = Sink()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Server(handler, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "registrations.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    settings.SITE_URL = "https://baraza.example.org"
    handler.server = server
    yield handler
    if server.server is not None:
        server.stop()


def test_a_sent_mail_is_plain_text_and_html_with_stable_headers(sink):
    mail = MailFactory(subject="Bienvenue à tous", body="Bonjour,\n\n{personal_link}\n", language="fr")
    report = send_due(now=NOW)
    message = sink.messages[0]
    mail.refresh_from_db()

    assert report == SendReport(sent=1)
    assert (mail.status, mail.sent_at, mail.attempts, mail.error) == ("sent", NOW, 1, "")
    assert {name: message[name] for name in ("Subject", "To", "Message-ID", "Auto-Submitted", "Content-Language")} == {
        "Subject": "Bienvenue à tous",
        "To": mail.to,
        "Message-ID": f"<{mail.uuid}@baraza.example.org>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "fr",
    }
    assert (message.get_content_type(), [part.get_content_type() for part in message.iter_parts()]) == (
        "multipart/alternative",
        ["text/plain", "text/html"],
    )
    assert [name for name in message if name.lower().startswith("list-")] == []
    link = f"https://baraza.example.org/my/{mail.registration.link_token}/"
    assert text_in(message) == f"Bonjour,\n\n{link}\n"
    with translation.override("fr"):
        button = f'<a href="{link}" style="{BUTTON_STYLE}">{_("Open my page")}</a>'
    assert re.findall("<p>(.*)</p>", html_in(message)) == ["Bonjour,", button]


def text_in(message):
    return message.get_body(("plain",)).get_content().replace("\r\n", "\n")


def html_in(message):
    return message.get_body(("html",)).get_content().replace("\r\n", "\n")


def test_mail_that_one_can_do_without_says_how_to_stop_it(sink, client):
    mail = MailFactory(topic="reminders", body="A text.\n\n--\nNo more of these:\n{stop_link}\n")
    other = MailFactory(topic="reminders", registration=mail.registration)
    send_due(now=NOW)
    message, address = sink.messages[0], sink.messages[0]["List-Unsubscribe"].strip(" <>")
    path = address.removeprefix("https://baraza.example.org")

    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert [mail.registration.link_token in text for text in (address, text_in(message))] == [False, False]
    assert [address in text for text in (text_in(message), html_in(message))] == [True, True]
    assert client.get(path).status_code == 200  # as a scanner does: nothing changes
    mail.registration.refresh_from_db()
    assert mail.registration.wants_reminders is True
    answer = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
    mail.registration.refresh_from_db()
    wanted = [getattr(mail.registration, topic.field) for topic in Topic]
    assert (answer.status_code, wanted) == (200, [False, True, True])
    late = MailFactory(topic="reminders", registration=mail.registration)
    assert (send_due(now=NOW), other.topic) == (SendReport(), "reminders")
    late.refresh_from_db()
    assert late.status == "held"
    client.post(path, {"again": "1"})
    mail.registration.refresh_from_db()
    assert mail.registration.wants_reminders is True


def test_who_leaves_while_a_message_is_queued_gets_it_no_more(sink):
    person = RegistrationFactory(seated_at=None, withdrawn_at=NOW)
    news, other = (MailFactory(registration=person, topic=topic) for topic in ("news", ""))
    assert send_due(now=NOW) == SendReport(sent=1)
    for mail in (news, other):
        mail.refresh_from_db()
    assert (news.status, other.status) == ("held", "sent")


def test_sweeping_twice_sends_once_over_one_connection(sink):
    MailFactory.create_batch(3)

    assert (send_due(now=NOW), send_due(now=NOW)) == (SendReport(sent=3), SendReport())
    assert len(sink.messages) == 3


@pytest.mark.parametrize("mails", [1, 3])
def test_a_mail_costs_a_claim_and_a_record(mails, django_assert_num_queries):
    MailFactory.create_batch(mails)

    with django_assert_num_queries(3 + 2 * mails):
        send_due(now=NOW)


def test_a_sweep_sends_more_than_it_reads_at_once(sink):
    MailFactory.create_batch(READ_AHEAD + 1)

    assert send_due(now=NOW) == SendReport(sent=READ_AHEAD + 1)
    assert len(sink.messages) == READ_AHEAD + 1


def test_answers_go_to_the_programmes_contact(sink):
    MailFactory(registration__programme__contact_email="contact@example.org")
    send_due(now=NOW)

    assert sink.messages[0]["Reply-To"] == "contact@example.org"


def test_a_refused_recipient_fails_with_the_servers_words_less_the_address(sink):
    mail = MailFactory(to="gone@example.org")
    sink.recipient_answer = "550 5.1.1 <gone@example.org>: no such user (gone@example.org)"
    report = send_due(now=NOW)
    mail.refresh_from_db()

    assert (report, mail.status) == (SendReport(failed=1), "failed")
    assert mail.error == "550 5.1.1 …: no such user (…)"


def test_a_refusal_of_one_does_not_stop_the_next(sink):
    MailFactory.create_batch(2)
    sink.recipient_answer = "550 no"

    assert send_due(now=NOW) == SendReport(failed=2)


def test_a_busy_server_gets_the_mail_again_later(sink):
    mail = MailFactory()
    sink.recipient_answer = "451 4.7.1 greylisted"
    reports = [send_due(now=NOW), send_due(now=later(seconds=59))]
    sink.recipient_answer = "250 OK"
    reports.append(send_due(now=later(seconds=60)))
    mail.refresh_from_db()

    assert reports == [SendReport(postponed=1), SendReport(), SendReport(sent=1)]
    assert (mail.status, mail.attempts, mail.error) == ("sent", 2, "")


def test_a_refused_text_fails_and_a_busy_server_does_not_take_it_yet(sink):
    mail = MailFactory()
    sink.data_answer = "452 disk full"
    assert send_due(now=NOW) == SendReport(postponed=1)
    sink.data_answer = "554 5.7.1 looks like spam"
    assert send_due(now=later(hours=1)) == SendReport(failed=1)
    mail.refresh_from_db()

    assert mail.error == "554 5.7.1 looks like spam"


def test_a_line_that_breaks_after_the_text_leaves_the_mail_in_doubt(sink):
    mail = MailFactory()
    sink.drops = "after data"
    reports = [send_due(now=NOW), send_due(now=later(days=1))]
    mail.refresh_from_db()

    assert reports == [SendReport(doubtful=1), SendReport()]
    assert (mail.status, len(sink.messages)) == ("doubtful", 1)


def test_a_line_that_breaks_before_the_text_puts_the_mail_back(sink):
    mail = MailFactory()
    sink.drops = "at recipient"
    assert send_due(now=NOW) == SendReport(postponed=1)
    sink.drops = ""
    assert send_due(now=later(minutes=1)) == SendReport(sent=1)
    mail.refresh_from_db()

    assert (mail.status, mail.attempts, len(sink.messages)) == ("sent", 2, 1)


def test_without_a_server_the_sweep_stops_at_the_first(sink):
    first, second = MailFactory.create_batch(2)
    sink.server.stop()
    report = send_due(now=NOW)
    first.refresh_from_db()
    second.refresh_from_db()

    assert report == SendReport(postponed=1)
    assert [(mail.status, mail.attempts) for mail in (first, second)] == [("queued", 1), ("queued", 0)]
    assert first.due_at == later(minutes=1)


def test_after_many_attempts_a_person_has_to_look(sink):
    mail = MailFactory(attempts=MAX_ATTEMPTS - 1)
    sink.recipient_answer = "451 busy"
    send_due(now=NOW)
    mail.refresh_from_db()

    assert (mail.status, mail.error) == ("failed", "451 busy")


def test_pauses_double_up_to_six_hours():
    assert [pause_after(attempts).total_seconds() / 60 for attempts in (1, 2, 3, 9, 10, 100)] == [
        1,
        2,
        4,
        256,
        360,
        360,
    ]


class DiesAtTheSecond(InMemory):
    """As a process that is killed while it sends its second mail."""

    def send_messages(self, messages):
        if outbox.outbox:
            raise SystemExit
        return super().send_messages(messages)


def test_a_sender_that_dies_leaves_one_mail_in_doubt(settings):
    settings.EMAIL_BACKEND = f"{__name__}.DiesAtTheSecond"
    MailFactory.create_batch(3)
    with pytest.raises(SystemExit):
        send_due(now=NOW)
    assert [mail.status for mail in Mail.objects.order_by("pk")] == ["sent", "sending", "queued"]

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_due(now=later(hours=1)) == SendReport(sent=1, doubtful=1)
    assert len(outbox.outbox) == 2


def test_an_expired_lease_is_in_doubt_and_not_sent_again():
    mail = MailFactory(claimed_at=NOW, attempts=1)
    reports = [send_due(now=NOW + LEASE), send_due(now=NOW + LEASE + dt.timedelta(seconds=1))]
    mail.refresh_from_db()

    assert reports == [SendReport(), SendReport(doubtful=1)]
    assert (mail.status, outbox.outbox) == ("doubtful", [])


def test_a_person_may_send_a_doubtful_mail_again_with_the_same_message_id():
    mail = MailFactory(claimed_at=NOW, doubtful_at=NOW, attempts=1)
    send_again(mail, now=later(hours=1))
    assert send_due(now=later(hours=1)) == SendReport(sent=1)

    assert outbox.outbox[0].extra_headers["Message-ID"].startswith(f"<{mail.uuid}@")
    mail.refresh_from_db()
    with pytest.raises(Refused, match="failed or is in doubt"):
        send_again(mail, now=later(hours=2))


def test_held_mail_is_never_sent():
    registration = RegistrationFactory(programme=ProgrammeFactory(synthetic_seed=7))
    mail = queue("test", registration=registration, subject="S", body="B", key="k", now=NOW)

    assert (mail.status, send_due(now=NOW), outbox.outbox) == ("held", SendReport(), [])


def test_mail_queued_while_its_reader_was_being_erased_is_gone():
    read_before = RegistrationFactory()
    erase(Registration.objects.get(pk=read_before.pk), now=NOW)
    queue("test", registration=read_before, subject="S", body="Dear Amina", key="k", now=NOW)

    assert (send_due(now=NOW), outbox.outbox, Mail.objects.count()) == (SendReport(), [], 0)


def test_queueing_twice_is_queueing_once():
    registration = RegistrationFactory()
    first = queue("test", registration=registration, subject="First", body="B", key="k", now=NOW)
    again = queue("test", registration=registration, subject="Second", body="B", key="k", now=NOW)

    assert (first.pk, again.subject, Mail.objects.count()) == (again.pk, "First", 1)


def test_mail_to_the_team_belongs_to_a_programme_and_to_nobody_who_registered(sink):
    words = {"to": "organiser@example.org", "language": "fr", "subject": "A\nsubject", "body": "A text.", "now": NOW}
    real, made_up = ProgrammeFactory(contact_email="contact@example.org"), ProgrammeFactory(synthetic_seed=1)
    queue_many([draft_to_team("test", programme=one, key=f"team:{one.pk}", **words) for one in (real, made_up)])

    assert send_due(now=NOW) == SendReport(sent=1)
    assert [(message["To"], message["Subject"]) for message in sink.messages] == [
        ("organiser@example.org", "A subject")
    ]
    assert list(Mail.objects.order_by("pk").values_list("registration", "held_at")) == [
        (None, None),
        (None, NOW),
    ]


@pytest.mark.parametrize("people", [1, 3])
def test_queueing_many_costs_one_statement(people, django_assert_num_queries):
    programme = ProgrammeFactory()
    registrations = [RegistrationFactory(programme=programme) for _ in range(people)]
    drafts = [
        draft("test", registration=person, subject="S", body="B", key=f"k{person.pk}", now=NOW)
        for person in registrations
    ]
    with django_assert_num_queries(1):
        queue_many(drafts)


def test_a_line_break_in_a_title_cannot_add_a_header():
    registration = RegistrationFactory()
    queue("test", registration=registration, subject="A\r\nBcc: x@example.org", body="B", key="k", now=NOW)

    assert send_due(now=NOW) == SendReport(sent=1)
    assert (outbox.outbox[0].subject, outbox.outbox[0].bcc) == ("A Bcc: x@example.org", [])


def test_a_mail_that_cannot_be_written_fails_alone():
    MailFactory(to="a@example.org\nBcc: b@example.org")
    MailFactory()

    assert send_due(now=NOW) == SendReport(failed=1, sent=1)


def test_a_placeholder_typed_as_a_name_stays_out_of_the_first_mail():
    details = RegistrationDetails(
        given_name="{personal_link}", email="a@example.org", gender="male", country="FR", sector="ngo", language="fr"
    )
    registration = register(ProgrammeFactory(), details, privacy_text=PrivacyTextFactory(), now=NOW)
    send_due(now=NOW)

    assert outbox.outbox[0].body.count(f"/my/{registration.link_token}/") == 1


def test_the_first_mail_says_nothing_that_a_stranger_typed():
    details = RegistrationDetails(
        given_name="Click now", email="a@example.org", gender="male", country="FR", sector="ngo", organisation="Win big"
    )
    register(ProgrammeFactory(), details, privacy_text=PrivacyTextFactory(), now=NOW)
    body = Mail.objects.get().body

    assert ("Click" in body, "Win" in body, "{personal_link}" in body) == (False, False, True)


def test_names_reach_mails_as_typed():
    registration = RegistrationFactory(pending=True, given_name="Seán", family_name="O'Brien & Co")
    confirm(registration, now=NOW)

    assert Mail.objects.get().body.startswith("Hello Seán O'Brien & Co,\n\nYou are registered for “Programme")


@pytest.mark.parametrize("language, first", [("en", "First day: 10 March 2026"), ("fr", "10 mars 2026")])
def test_the_mail_about_the_seat_says_when_it_is(language, first):
    body = compose(Kind.REGISTERED, RegistrationFactory(language=language)).body

    assert (first in body, "Africa/Nairobi" in body) == (True, True)


@pytest.mark.parametrize("kind", Kind)
def test_every_letter_greets_and_begins_its_sentences_with_capitals(kind):
    paragraphs = compose(kind, RegistrationFactory(printed_name="Amina Otieno")).body.split("\n\n")
    greeting = "Hello," if kind in {Kind.CONFIRM, Kind.ADDRESS} else "Hello Amina Otieno,"

    assert paragraphs[0] == greeting
    assert [text for text in paragraphs if text[0].islower()] == []

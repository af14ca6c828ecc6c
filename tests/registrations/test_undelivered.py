import contextlib
import datetime as dt
import mailbox
import socket
import socketserver
import ssl
import threading
import uuid

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.core.management import CommandError, call_command

from registrations.bounces import Reason, Verdict
from registrations.delivery import message_for
from registrations.mail import send_again
from registrations.models import Bounce, Mail
from registrations.reading_reports import Reading, read_bounces
from registrations.undelivered import Noted, note, note_arrival, note_refusal
from tests import bounce_samples
from tests.bounce_samples import sample
from tests.registrations_factories import NOW, MailFactory, RegistrationFactory

pytestmark = pytest.mark.django_db

HARD = Verdict(True, Reason.NO_ADDRESS, "5.1.1", "550 5.1.1 unknown")
SOFT = Verdict(False, Reason.UNREACHABLE, "4.4.1", "timed out")


def sent(days_ago=0, **more):
    """A mail that was handed over."""
    moment = NOW - dt.timedelta(days=days_ago)
    return MailFactory(queued_at=moment, claimed_at=moment, sent_at=moment, attempts=1, **more)


def bounce(mail, verdict=HARD, now=NOW):
    return note([mail.uuid], verdict, way=Bounce.Way.REPORT, now=now)


def marked(mail):
    mail.registration.refresh_from_db()
    return mail.registration.address_bounced_at


def test_failure_for_good_marks_the_address_and_two_reports_are_one():
    mail = sent()
    later = NOW + dt.timedelta(hours=1)

    assert (bounce(mail), bounce(mail, now=later), bounce(mail, SOFT, now=later)) == (
        Noted.BOUNCE,
        Noted.KNOWN,
        Noted.KNOWN,
    )
    assert [(row.is_hard, row.status, row.noted_at) for row in Bounce.objects.all()] == [(True, "5.1.1", NOW)]
    assert marked(mail) == NOW


def test_failure_for_good_takes_the_place_of_a_passing_one():
    mail = sent()

    assert (bounce(mail, SOFT), marked(mail)) == (Noted.BOUNCE, None)
    assert (bounce(mail, HARD), marked(mail)) == (Noted.BOUNCE, NOW)
    assert Bounce.objects.get().reason == "no_address"


@pytest.mark.parametrize(
    "days, came_back, is_marked",
    [((3, 1, 0), 3, True), ((0.2, 0.1, 0), 3, False), ((3, 1, 0), 2, False), ((3, 0), 2, False)],
)
def test_three_passing_failures_in_a_row_over_two_days_mark_the_address(days, came_back, is_marked):
    person = RegistrationFactory()
    mails = [sent(each, registration=person) for each in days]
    for mail in mails[len(mails) - came_back :]:
        bounce(mail, SOFT)

    assert (marked(mails[-1]) is not None) == is_marked


@pytest.mark.parametrize(
    "change",
    [{"claimed_at": NOW - dt.timedelta(days=15)}, {"claimed_at": None, "sent_at": None}, {"uuid": uuid.UUID(int=7)}],
)
def test_report_on_a_mail_that_was_not_sent_lately_changes_nothing(change):
    mail = sent()
    number = mail.uuid
    Mail.objects.filter(pk=mail.pk).update(**change)

    assert note([number], HARD, way=Bounce.Way.REPORT, now=NOW) is Noted.UNKNOWN
    assert (Bounce.objects.count(), marked(mail)) == (0, None)


def test_report_on_a_former_address_says_nothing_of_the_present_one():
    mail = sent(to="former@example.org")

    assert (bounce(mail), marked(mail)) == (Noted.BOUNCE, None)


def test_mail_that_arrives_after_the_mark_takes_it_away():
    person = RegistrationFactory(address_bounced_at=NOW)
    for mail, expected in (
        (sent(1, registration=person), NOW),
        (sent(-1, registration=person), None),
    ):
        note_arrival([mail.uuid], now=NOW + dt.timedelta(days=2))
        assert marked(mail) == expected


def test_refusal_at_the_door_is_a_bounce_and_a_new_attempt_forgets_it():
    mail = MailFactory(claimed_at=NOW, failed_at=NOW)
    note_refusal(mail, "the header cannot be written", now=NOW)
    assert Bounce.objects.count() == 0

    note_refusal(mail, "550 5.1.1 …: no such user", now=NOW)
    assert (Bounce.objects.get().way, marked(mail)) == ("refusal", NOW)
    send_again(mail, now=NOW)
    assert Bounce.objects.count() == 0


# The mailbox ------------------------------------------------------------------------------------------------------


@pytest.fixture
def maildir(tmp_path, settings):
    """A real maildir; `put(bytes)` delivers a letter as a mail server does."""
    box = mailbox.Maildir(tmp_path / "bounces", create=True)
    settings.BOUNCE_MAILBOX = f"maildir:{tmp_path / 'bounces'}"
    return box


def test_mailbox_is_read_once_and_only_our_own_reports_go(maildir):
    mail, other = sent(), sent()
    stranger = uuid.uuid4()
    maildir.add(sample(bounce_samples.POSTFIX, mail.uuid))
    maildir.add(sample(bounce_samples.EXIM, other.uuid))
    maildir.add(sample(bounce_samples.EXIM, other.uuid))
    maildir.add(sample(bounce_samples.POSTFIX, stranger))
    maildir.add(sample(bounce_samples.AUTO_REPLY, mail.uuid))

    assert read_bounces(now=NOW) == Reading(bounce=2, known=1, unknown=1, other=1)
    assert read_bounces(now=NOW) == Reading()
    left = [(message.get_flags(), message["Subject"]) for message in mailbox.Maildir(maildir._path)]
    assert sorted(left) == [
        ("S", "Automatic reply: I am away"),
        ("S", "Undelivered Mail Returned to Sender"),
    ]
    assert (marked(mail), marked(other)) == (NOW, None)
    words = " ".join(Bounce.objects.values_list("words", flat=True))
    assert ("@" in words, "otieno" in words) == (False, False)


def test_letter_that_breaks_the_parser_does_not_keep_us_from_the_next(maildir):
    deep = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(3000))
    mail = sent()
    maildir.add(deep.encode())
    maildir.add(
        b"Content-Type: multipart/report; boundary=x\nTo: =?a?b?=\n\n--x\nContent-Type: message/delivery-status\n\n"
    )
    maildir.add(sample(bounce_samples.EXCHANGE, mail.uuid))

    assert read_bounces(now=NOW) == Reading(bounce=1, other=2)


def test_mailbox_that_is_not_there_is_a_line_in_the_log(settings, caplog, tmp_path):
    settings.BOUNCE_MAILBOX = f"maildir:{tmp_path / 'nowhere'}"

    assert read_bounces(now=NOW) == Reading()
    assert [record.getMessage() for record in caplog.records] == [
        "The mailbox for bounces cannot be read (BOUNCE_MAILBOX): FileNotFoundError"
    ]


def test_command_tells_what_was_found(maildir, settings, capsys, at_now):
    maildir.add(sample(bounce_samples.GMAIL, sent().uuid))
    call_command("read_bounces")
    assert capsys.readouterr().out.startswith("Mail that came back: 1; known already: 0;")
    settings.BOUNCE_MAILBOX = ""
    with pytest.raises(CommandError):
        call_command("read_bounces")
    assert read_bounces(now=NOW) == Reading()


class ImapFolder(socketserver.StreamRequestHandler):
    """As much of an IMAP server as reading a folder takes (RFC 3501); `server.letters` by number, `server.log` said."""

    def handle(self):
        self.say("* OK ready")
        for line in self.rfile:
            tag, _blank, command = line.decode().strip().partition(" ")
            self.server.log.append(command)
            self.answer(command)
            self.say(f"{tag} OK done")
            if command == "LOGOUT":
                return

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def answer(self, command):
        words = command.split()
        letters = self.server.letters
        if command == "CAPABILITY":
            self.say("* CAPABILITY IMAP4rev1 UIDPLUS")
        elif words[0] == "SELECT":
            self.say(f"* {len(letters)} EXISTS")
        elif words[:2] == ["UID", "SEARCH"]:
            self.say("* SEARCH " + " ".join(letters))
        elif words[:2] == ["UID", "FETCH"]:
            content = letters[words[2]]
            self.wfile.write(
                f"* 1 FETCH (UID {words[2]} BODY[]<0> {{{len(content)}}}\r\n".encode() + content + b")\r\n"
            )


def test_folder_of_an_imap_server_is_read_like_a_maildir(settings):
    mail = sent()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), ImapFolder) as server:
        server.log = []
        server.letters = {
            "4": sample(bounce_samples.POSTFIX, mail.uuid),
            "9": sample(bounce_samples.POSTFIX, uuid.uuid4()),
        }
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        settings.BOUNCE_MAILBOX = f"imap://post%40example.org@127.0.0.1:{server.server_address[1]}/Bounces"
        settings.BOUNCE_MAILBOX_PASSWORD = "secret"
        assert read_bounces(now=NOW) == Reading(bounce=1, unknown=1)
        server.shutdown()

    assert server.log[1:] == [
        'LOGIN post@example.org "secret"',
        'SELECT "Bounces"',
        "UID SEARCH UNSEEN UNDELETED",
        "UID FETCH 4 (BODY.PEEK[]<0.262144>)",
        "UID STORE 4 +FLAGS.SILENT (\\Seen \\Deleted)",
        "UID FETCH 9 (BODY.PEEK[]<0.262144>)",
        "UID STORE 9 +FLAGS.SILENT (\\Seen)",
        "UID EXPUNGE 4",
        "LOGOUT",
    ]


def test_server_that_cannot_show_who_it_is_gets_no_password(settings, tmp_path, caplog):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, NOW, NOW + dt.timedelta(days=9999))
    pem = tmp_path / "own.pem"
    pem.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.BOUNCE_MAILBOX = f"imaps://post@localhost:{server.getsockname()[1]}/INBOX"
        threading.Thread(target=greet, args=(server, context), daemon=True).start()
        assert read_bounces(now=NOW) == Reading()
    assert "SSLCertVerificationError" in caplog.text


def greet(server, context):
    connection = server.accept()[0]
    with connection, contextlib.suppress(OSError):
        context.wrap_socket(connection, server_side=True)


def test_reports_go_to_the_address_that_carries_the_number(settings):
    mail = MailFactory()
    assert message_for(mail).from_email == settings.DEFAULT_FROM_EMAIL

    settings.BOUNCE_ADDRESS = "bounces+{mail}@sender.example"
    message = message_for(mail)
    assert (message.from_email, message.message()["From"], message.message()["X-Baraza-Mail"]) == (
        f"bounces+{mail.uuid.hex}@sender.example",
        settings.DEFAULT_FROM_EMAIL,
        str(mail.uuid),
    )

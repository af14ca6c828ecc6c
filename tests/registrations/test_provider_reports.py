import base64
import hashlib
import hmac
import json
import smtplib

import pytest
import requests
from anymail.exceptions import AnymailRecipientsRefused, AnymailRequestsAPIError
from anymail.signals import AnymailTrackingEvent, tracking
from django.core import mail as outbox
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage

from config import urls
from config.environment import bounce_address, provider_settings
from registrations import provider
from registrations.mail import send_due
from registrations.models import Bounce, Registration, Topic
from registrations.provider_reports import provider_urls, verdict_of
from registrations.smtp import InDoubt
from tests.registrations_factories import NOW, MailFactory, RegistrationFactory

pytestmark = pytest.mark.django_db

SECRET = "reports:a-long-secret-of-our-own"
SIGNING_KEY = "key-of-the-provider"
BASIC = {"Authorization": "Basic " + base64.b64encode(SECRET.encode()).decode()}


@pytest.fixture
def provided(settings, at_now):
    """`provided(name)`: the site as it is where this provider is named in the settings."""

    def name(provider_name):
        settings.MAIL_PROVIDER = provider_name
        settings.ANYMAIL = {
            "WEBHOOK_SECRET": SECRET,
            "MAILGUN_WEBHOOK_SIGNING_KEY": SIGNING_KEY,
            "MANDRILL_WEBHOOK_KEY": SIGNING_KEY,
            "MANDRILL_WEBHOOK_URL": "https://training.example.org/mail-reports/mandrill/",
        }
        settings.ROOT_URLCONF = (*urls.urlpatterns, *provider_urls())
        return f"/mail-reports/{provider_name}/"

    return name


def sent(**more):
    return MailFactory(claimed_at=NOW, sent_at=NOW, **more)


def mailgun(mail, event="failed", severity="permanent", key=SIGNING_KEY):
    """What Mailgun posts: signed with a key of the account."""
    token, moment = "t" * 50, "1772452800"
    signature = hmac.new(key.encode(), f"{moment}{token}".encode(), hashlib.sha256).hexdigest()
    return {
        "signature": {"token": token, "timestamp": moment, "signature": signature},
        "event-data": {
            "event": event,
            "severity": severity,
            "timestamp": 1772452800.5,
            "recipient": mail.to,
            "message": {"headers": {"message-id": f"{mail.uuid}@training.example.org"}},
            "delivery-status": {"code": 550, "message": f"5.1.1 <{mail.to}> unknown", "description": ""},
        },
    }


def postmark(mail, kind="HardBounce", details="smtp;550 5.1.1 no such person"):
    """What Postmark posts: with name and password."""
    return {
        "RecordType": "Bounce",
        "Type": kind,
        "ID": 4323372036854775807,
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Details": details,
        "Description": "The server was unable to deliver your message",
        "Email": mail.to,
        "BouncedAt": "2026-03-02T12:00:00Z",
        "Metadata": {"mail": str(mail.uuid)},
    }


def post(client, address, document, headers=BASIC):
    return client.post(address, json.dumps(document), content_type="application/json", headers=headers)


def test_signed_report_of_mailgun_marks_the_address(provided, client):
    address, mail = provided("mailgun"), sent()
    assert post(client, address, mailgun(mail, severity="temporary")).status_code == 200
    assert Bounce.objects.count() == 0
    assert [post(client, address, mailgun(mail)).status_code for _twice in range(2)] == [200, 200]
    bounce = Bounce.objects.get()
    mail.registration.refresh_from_db()

    assert (bounce.way, bounce.is_hard, bounce.status, bounce.words) == ("provider", True, "5.1.1", "5.1.1 … unknown")
    assert mail.registration.address_bounced_at == NOW


def test_report_of_postmark_is_known_by_the_number_we_gave_along(provided, client):
    address, soft, hard = provided("postmark"), sent(), sent()
    post(client, address, postmark(soft, kind="SoftBounce", details=""))
    post(client, address, postmark(hard))
    post(client, address, {**postmark(hard), "Metadata": {}, "MessageID": "nothing of ours"})

    assert list(Bounce.objects.order_by("pk").values_list("is_hard", "reason", "status")) == [
        (False, "other", ""),
        (True, "no_address", "5.1.1"),
    ]


def test_signed_report_of_mandrill_sends_no_signal(provided, client):
    address, mail = provided("mandrill"), sent()
    document = json.dumps(
        [
            {
                "event": "hard_bounce",
                "ts": 1772452800,
                "_id": "x",
                "msg": {"email": mail.to, "metadata": {"mail": mail.uuid.hex}},
            }
        ]
    )
    signed = f"https://training.example.org{address}mandrill_events{document}".encode()
    signature = base64.b64encode(hmac.new(SIGNING_KEY.encode(), signed, hashlib.sha1).digest()).decode()
    answer = client.post(address, {"mandrill_events": document}, headers={**BASIC, "X-Mandrill-Signature": signature})

    assert (answer.status_code, Bounce.objects.get().is_hard, tracking.receivers) == (200, True, [])


@pytest.mark.parametrize("wrong", ["password", "no password", "signature", "unknown mail"])
def test_forged_report_changes_nothing(provided, client, wrong):
    address, mail = provided("mailgun"), sent()
    document = mailgun(mail, key="another key" if wrong == "signature" else SIGNING_KEY)
    if wrong == "unknown mail":
        document["event-data"]["message"]["headers"]["message-id"] = "00000000-0000-4000-8000-000000000000@x"
    headers = {"password": {"Authorization": "Basic cmVwb3J0czpndWVzc2Vk"}, "no password": {}}.get(wrong, BASIC)

    assert post(client, address, document, headers).status_code == (200 if wrong == "unknown mail" else 400)
    assert Bounce.objects.count() == 0


@pytest.mark.parametrize("document", [[], {}, "text", {"RecordType": "Bounce", "BouncedAt": 7}])
def test_report_that_cannot_be_read_is_a_mistake_of_its_sender(provided, client, document):
    assert post(client, provided("postmark"), document).status_code in {200, 400}
    assert Bounce.objects.count() == 0


@pytest.mark.parametrize("body", ["null", "[3]", "[" * 10_000, '{"event": "bounce", "time": 1e300}', "\0"])
@pytest.mark.parametrize("name", ["mailgun", "mailjet", "postmark"])
def test_report_of_another_shape_is_no_trouble_of_ours(provided, client, name, body):
    answer = client.post(provided(name), body, content_type="application/json", headers=BASIC)
    assert (answer.status_code in {200, 400}, Bounce.objects.count()) == (True, 0)


def test_arrival_takes_the_mark_away(provided, client):
    address, person = provided("mailgun"), RegistrationFactory(address_bounced_at=NOW - NOW.resolution)
    post(client, address, mailgun(sent(registration=person), event="delivered"))
    person.refresh_from_db()

    assert person.address_bounced_at is None


def test_a_complaint_stops_the_topic_of_its_mail_and_no_other(provided, client):
    address, reminder, ticket, moved = provided("mailgun"), sent(topic="reminders"), sent(), sent(topic="news")
    Registration.objects.filter(pk=moved.registration_id).update(email="new@example.org")
    for event in ("complained", "unsubscribed", "opened"):
        assert [post(client, address, mailgun(mail, event)).status_code for mail in (reminder, ticket, moved)] == [
            200
        ] * 3
    people = [Registration.objects.get(pk=mail.registration_id) for mail in (reminder, ticket, moved)]
    unwanted = [[topic.value for topic in Topic if not person.wants(topic)] for person in people]
    assert (unwanted, Bounce.objects.count()) == ([["reminders"], [], []], 0)


def test_a_provider_whose_reports_could_not_be_read_is_refused(settings):
    settings.MAIL_PROVIDER, settings.ANYMAIL = "mailgun", {"WEBHOOK_SECRET": SECRET}
    with pytest.raises(ImproperlyConfigured, match="MAILGUN_WEBHOOK_SIGNING_KEY"):
        provider_urls()


def test_no_address_is_there_without_a_provider(settings):
    assert (settings.MAIL_PROVIDER, provider_urls()) == ("", [])


@pytest.mark.parametrize(
    "event, expected",
    [
        ({"event_type": "bounced", "description": "Transient: MailboxFull"}, (False, "other")),
        ({"event_type": "bounced", "description": "Permanent: General"}, (True, "other")),
        ({"event_type": "bounced", "mta_response": "550 5.7.1 no"}, (False, "refused")),
        ({"event_type": "rejected", "reject_reason": "bounced"}, (True, "no_address")),
        ({"event_type": "rejected", "reject_reason": "spam"}, (False, "refused")),
        ({"event_type": "bounced", "esp_event": {"hard_bounce": False}}, (False, "other")),
        ({"event_type": "bounced", "esp_event": {"msys": {"message_event": {"bounce_class": "22"}}}}, (False, "other")),
        ({"event_type": "bounced", "esp_event": {"msys": {"message_event": {"bounce_class": "10"}}}}, (True, "other")),
        ({"event_type": "bounced", "esp_event": {"data": {"bounce": {"type": "Transient"}}}}, (False, "other")),
        ({"event_type": "failed"}, (False, "other")),
    ],
)
def test_verdict_on_an_event(event, expected):
    verdict = verdict_of(AnymailTrackingEvent(**event))

    assert (verdict.is_hard, verdict.reason.value) == expected


@pytest.mark.parametrize("secret", [None, "short:secret", "nocolonbutverylongindeedtobeasecret"])
def test_a_provider_without_a_good_secret_is_refused(monkeypatch, secret):
    if secret:
        monkeypatch.setenv("ANYMAIL_WEBHOOK_SECRET", secret)
    with pytest.raises(ImproperlyConfigured, match="ANYMAIL_WEBHOOK_SECRET"):
        provider_settings()


@pytest.mark.parametrize(
    "address", ["nobody", "@example.org", "a-name-that-leaves-no-room-for-the-number+{mail}@example.org"]
)
def test_an_address_that_no_mail_could_leave_with_is_refused(monkeypatch, address):
    monkeypatch.setenv("BOUNCE_ADDRESS", address)
    with pytest.raises(ImproperlyConfigured, match="BOUNCE_ADDRESS"):
        bounce_address()


# Sending by a provider --------------------------------------------------------------------------------------------


def test_mail_goes_to_the_provider_with_its_number(settings):
    settings.MAIL_PROVIDER, settings.EMAIL_BACKEND = "test", "registrations.provider.EmailBackend"
    mail = MailFactory()

    assert send_due(now=NOW).sent == 1
    assert outbox.outbox[0].anymail_test_params["metadata"] == {"mail": str(mail.uuid)}


def response(code):
    made = requests.Response()
    made.status_code = code
    return made


@pytest.mark.parametrize(
    "trouble, expected",
    [
        (AnymailRecipientsRefused(), smtplib.SMTPRecipientsRefused),
        (AnymailRequestsAPIError(response=response(422)), smtplib.SMTPDataError),
        (AnymailRequestsAPIError(response=response(503)), smtplib.SMTPException),
        (type("Both", (AnymailRequestsAPIError, requests.ReadTimeout), {})("slow"), InDoubt),
        (type("Both", (AnymailRequestsAPIError, requests.ConnectionError), {})("gone"), smtplib.SMTPException),
    ],
)
def test_troubles_of_a_provider_are_said_as_a_mail_server_says_them(settings, trouble, expected):
    settings.MAIL_PROVIDER = "test"
    backend = provider.EmailBackend()

    def fail(messages):
        raise trouble

    backend.inner.send_messages = fail
    with pytest.raises(expected) as caught:
        backend.send_messages([EmailMessage("s", "b", to=["a@example.org"])])
    assert caught.type is expected

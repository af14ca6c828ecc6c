import uuid

import pytest

from registrations.bounces import LONGEST, Reason, Verdict, judge, read_report
from registrations.redacting import without_addresses
from tests import bounce_samples
from tests.bounce_samples import sample

NUMBER = uuid.UUID("7d9b7c2e-3f0a-4a51-9d53-0f1e2d3c4b5a")


@pytest.mark.parametrize(
    "name, is_hard, reason, status, words",
    [
        ("POSTFIX", True, "no_address", "5.1.1", "smtp; 550 5.1.1 …: Recipient address rejected: … is not known here"),
        ("EXIM", False, "full", "5.2.2", "smtp; 552 5.2.2 The mailbox is over its limit"),
        (
            "EXIM_OF_OLD",
            True,
            "no_address",
            "5.1.1",
            "host mail.city.example [192.0.2.55]: 550 5.1.1 No such person: …",
        ),
        (
            "EXCHANGE",
            True,
            "no_address",
            "5.1.10",
            "smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient … not found",
        ),
        (
            "GMAIL",
            False,
            "unreachable",
            "4.4.1",
            "smtp; The recipient server did not accept our requests to connect. [mx.gmail.example 192.0.2.7: timed out]",
        ),
        ("AMAZON_SES", False, "refused", "5.7.1", "smtp; 554 5.7.1 Our users complained about this sender"),
        ("VERP", True, "no_address", "5.1.2", ""),
    ],
)
def test_report_names_the_mail_and_says_why(name, is_hard, reason, status, words):
    report = read_report(sample(getattr(bounce_samples, name), NUMBER))

    assert report.mails == (NUMBER,)
    assert report.verdict == Verdict(is_hard, Reason(reason), status, words)


def test_report_in_another_script_is_read_without_its_address():
    report = read_report(sample(bounce_samples.GLOBAL, NUMBER))

    assert (report.mails, report.verdict.is_hard, report.verdict.status) == ((NUMBER,), True, "5.1.1")
    assert "@" not in report.verdict.words


@pytest.mark.parametrize("name", ["DELAYED", "AUTO_REPLY", "READ_RECEIPT"])
def test_what_reports_no_failure_is_no_bounce(name):
    assert read_report(sample(getattr(bounce_samples, name), NUMBER)) is None


@pytest.mark.parametrize(
    "raw", [b"", b"\x00\xff" * 50, b"Content-Type: multipart/report\n\n--\n", b"To: \xe9@\xe9\n\n"]
)
def test_what_is_no_letter_is_no_bounce(raw):
    assert read_report(raw) is None


def test_report_with_a_large_mail_in_it_is_read_from_its_beginning():
    returned = b"Subject: Reminder\n\n" + b"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9w\n" * 180_000
    raw = sample(bounce_samples.POSTFIX, NUMBER).replace(b"Hello,\n", returned)

    assert len(raw) > 10_000_000 > LONGEST
    assert read_report(raw) == read_report(sample(bounce_samples.POSTFIX, NUMBER))


@pytest.mark.parametrize(
    "status, said, expected",
    [
        ("5.1.1", "", (True, "no_address", "5.1.1")),
        ("5.0.0", "550 5.7.1 spam", (False, "refused", "5.7.1")),
        ("5.0.0", "550 go away", (True, "other", "5.0.0")),
        ("", "550 no such user", (True, "other", "")),
        ("", "552 too much", (False, "full", "")),
        ("", "451 later", (False, "other", "")),
        ("5.4.4", "unrouteable", (True, "no_address", "5.4.4")),
        ("5.4.7", "expired", (False, "unreachable", "5.4.7")),
        ("5.1.8", "your domain", (False, "refused", "5.1.8")),
        ("5.2.1", "disabled", (True, "no_address", "5.2.1")),
        ("4.2.2", "", (False, "full", "4.2.2")),
    ],
)
def test_codes_say_whether_it_is_for_good(status, said, expected):
    verdict = judge(status, said)

    assert (verdict.is_hard, verdict.reason.value, verdict.status) == expected


@pytest.mark.parametrize("status, said", [("2.0.0", "250 delivered"), ("", "host 192.0.2.55 said hello"), ("", "")])
def test_words_without_a_failure_are_none(status, said):
    assert judge(status, said) is None


def test_words_are_kept_without_people_in_them():
    said = "550 <jane.doe@x.example>\r\nuser Jane.Doe (jane.doe@x.example)\x00 unknown"

    assert without_addresses(said, of=["jane.doe@x.example"]) == "550 … user … (…) unknown"
    assert len(without_addresses("a" * 5000)) == 200

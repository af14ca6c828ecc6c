"""Delivery reports (RFC 3464): which mail did not arrive, and whether trying again makes sense. Plain Python.

Codes are those of RFC 3463. A code that begins with 5 is for good, unless it speaks of a mailbox that is full or of what the
other side thinks of us or of the text (5.7, 5.6): the address exists then, and there is nothing to correct about it.
"""

import email
import enum
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser

from registrations.redacting import without_addresses

LONGEST = 256 * 1024  # bytes of a report that are read: what matters stands before the mail that came back
OWN_HEADER = "X-Baraza-Mail"  # on every mail of ours, for providers who replace the Message-ID


class Reason(enum.StrEnum):
    """Why a mail came back."""

    NO_ADDRESS = "no_address"
    FULL = "full"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a failure means. `status` as in RFC 3463, "" where none was given; `words` without any address."""

    is_hard: bool
    reason: Reason
    status: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A failure, and the mails of ours that it names, the surest first; nobody can guess such a number."""

    mails: tuple[uuid.UUID, ...]
    verdict: Verdict


_ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?!\.?\d)")
_REPLY = re.compile(r"(?<![\d.])([45])(\d\d)(?![\d.])")
_OWN_NUMBER = re.compile(r"(?<![0-9a-f])[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}(?![0-9a-f])", re.IGNORECASE)

_SOFT_AFTER_ALL = {(2, 2), (3, 4), (4, 7), (1, 7), (1, 8)}  # full, too large, expired, our own address is not liked
_SOFT_SUBJECTS = {6, 7}  # the text, policy and reputation
_REASON_OF_SUBJECT = {
    1: Reason.NO_ADDRESS,
    3: Reason.UNREACHABLE,
    4: Reason.UNREACHABLE,
    6: Reason.REFUSED,
    7: Reason.REFUSED,
}
_REASON_OF_DETAIL = {
    (1, 7): Reason.REFUSED,
    (1, 8): Reason.REFUSED,
    (2, 1): Reason.NO_ADDRESS,
    (2, 2): Reason.FULL,
    (3, 4): Reason.REFUSED,
    (4, 4): Reason.NO_ADDRESS,
    (4, 310): Reason.NO_ADDRESS,
}

_ENVELOPE = ("To", "Delivered-To", "X-Original-To", "Envelope-To")
_ANSWERED = ("X-Original-Message-ID", "In-Reply-To", "References")
_REPORTED = ("Original-Envelope-Id", "X-Original-Message-ID", "Original-Message-ID")
_RETURNED = (OWN_HEADER, "Message-ID", "Return-Path")
_OLD_STYLE = re.compile(rf"^\s*(?:{OWN_HEADER}|Message-ID|Return-Path):(.*)$", re.IGNORECASE | re.MULTILINE)


# What a code means --------------------------------------------------------------------------------------------------


def judge(status: str, said: str = "", *, of: tuple[str, ...] = ()) -> Verdict | None:
    """What a code and a server's words mean; None where neither speaks of a failure. `of`: addresses not to be kept."""
    code = _code_in(status, said)
    words = without_addresses(said, of=of)
    if code is None:
        reply = _REPLY.search(said)
        if reply is None:
            return None
        is_full = reply[2] == "52"
        return Verdict(reply[1] == "5" and not is_full, Reason.FULL if is_full else Reason.OTHER, "", words)
    kind, subject, detail = code
    is_soft = kind == 4 or subject in _SOFT_SUBJECTS or (subject, detail) in _SOFT_AFTER_ALL
    reason = _REASON_OF_DETAIL.get((subject, detail)) or _REASON_OF_SUBJECT.get(subject, Reason.OTHER)
    return Verdict(not is_soft, reason, f"{kind}.{subject}.{detail}", words)


def _code_in(status: str, said: str) -> tuple[int, int, int] | None:
    """The code that says most: the status, unless it says nothing (5.0.0) and the server's own words say more."""
    found = [_ENHANCED.search(text) for text in (status, said)]
    codes = [(int(each[1]), int(each[2]), int(each[3])) for each in found if each and each[1] != "2"]
    return next((code for code in codes if code[1:] != (0, 0)), codes[0] if codes else None)


# Reading a report ---------------------------------------------------------------------------------------------------


def read_report(raw: bytes) -> Report | None:
    """What a letter in the mailbox for bounces says; None where it reports no failure: answers, delays, receipts."""
    letter = email.message_from_bytes(raw[:LONGEST])
    blocks = [block for part in _parts(letter, "delivery-status") for block in _blocks(part)]
    verdict = _verdict_of(blocks) if blocks else _verdict_of_old_style(letter)
    if verdict is None:
        return None
    return Report(tuple(dict.fromkeys(_own_numbers(letter, blocks))), verdict)


def own_number(text: str) -> uuid.UUID | None:
    """The number of a mail of ours in a Message-ID or an address, with or without its dashes."""
    found = _OWN_NUMBER.search(text)
    return uuid.UUID(found[0]) if found else None


def _parts(letter: Message, ending: str) -> Iterator[Message]:
    """The parts of a kind, in its older form and in that of RFC 6533 ("global-...")."""
    for part in letter.walk():
        if part.get_content_type() in {f"message/{ending}", f"message/global-{ending}"}:
            yield part


def _blocks(part: Message) -> Iterator[Message]:
    """Groups of fields, however the parser cut them."""
    payload = part.get_payload()
    for block in payload if isinstance(payload, list) else []:
        if not isinstance(block, Message):
            continue
        yield block
        rest = block.get_payload()
        if isinstance(rest, str):
            yield from (HeaderParser().parsestr(text) for text in re.split(r"\n\s*\n", rest.strip()) if text)


def _verdict_of(blocks: list[Message]) -> Verdict | None:
    for block in blocks:
        action = _field(block, "Action").lower()
        status, said = _field(block, "Status"), _field(block, "Diagnostic-Code")
        recipients = tuple(_field(block, name).partition(";")[2] for name in ("Final-Recipient", "Original-Recipient"))
        if action and not action.startswith("failed"):
            continue
        verdict = judge(status, said, of=recipients)
        if verdict is not None:
            return verdict
    return None


def _verdict_of_old_style(letter: Message) -> Verdict | None:
    """Of a report without fields for machines, as Exim wrote them for long: a header says that it is one."""
    failed = _field(letter, "X-Failed-Recipients")
    if not failed:
        return None
    said = _text(letter).partition("------")[0]
    told = next((line for line in said.splitlines() if _ENHANCED.search(line) or _REPLY.search(line)), said)
    recipients = tuple(failed.split(","))
    return judge("", told, of=recipients) or Verdict(True, Reason.OTHER, "", without_addresses(said, of=recipients))


def _own_numbers(letter: Message, blocks: list[Message]) -> Iterator[uuid.UUID]:
    texts = [_field(letter, name) for name in _ENVELOPE]
    texts += [_field(block, name) for block in blocks for name in _REPORTED]
    texts += [_field(returned, name) for returned in _returned(letter) for name in _RETURNED]
    texts += [_field(letter, name) for name in _ANSWERED]
    if not blocks:
        texts += _OLD_STYLE.findall(_text(letter))
    for text in texts:
        yield from (uuid.UUID(found) for found in _OWN_NUMBER.findall(text))


def _returned(letter: Message) -> Iterator[Message]:
    """The headers of the mail that came back, whole or alone."""
    for part in letter.walk():
        kind = part.get_content_type()
        if kind in {"message/rfc822", "message/global"}:
            payload = part.get_payload()
            yield from (each for each in payload if isinstance(each, Message)) if isinstance(payload, list) else ()
        elif kind in {"text/rfc822-headers", "message/global-headers"}:
            yield HeaderParser().parsestr(_text(part))


def _field(block: Message, name: str) -> str:
    """All values of a field on one line."""
    return " ".join(" ".join(str(value).split()) for value in block.get_all(name, []))


def _text(part: Message) -> str:
    """The text of a part that is no multipart, in whatever charset."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        payload = part.get_payload()
        return "".join(str(each) for each in payload) if isinstance(payload, list) else str(payload)
    return content.decode("utf-8", "replace")

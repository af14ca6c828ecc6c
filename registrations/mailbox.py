"""The mailbox to which reports on undelivered mail go: a maildir, or a folder of an IMAP server. Plain Python.

Letters are read a few kilobytes each, however large they are, and stay unread until their reader has said what became of
them.
"""

import contextlib
import imaplib
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

TIMEOUT = 20  # seconds that a server may take to answer
AT_ONCE = 500  # letters that one visit reads at most; the next visit reads on
_SEEN = "S"


class Unreachable(Exception):
    """The mailbox cannot be read; says why without its address."""


class Mailbox(Protocol):
    """Letters that nobody has read yet."""

    def unread(self, longest: int) -> Iterator[tuple[str, bytes]]:
        """The key of each and its first bytes, `longest` at most."""

    def mark_read(self, key: str) -> None:
        """Leave it for whoever looks after the mailbox."""

    def remove(self, key: str) -> None:
        """It is done with."""


@contextlib.contextmanager
def opened(address: str, password: str = "") -> Iterator[Mailbox]:
    """The mailbox at `maildir:/a/folder` or `imaps://user@host/folder`. Raises Unreachable where it cannot be read.

    `imap://` is for a server on the same machine: nothing is encrypted.
    """
    parts = urlsplit(address)
    try:
        if parts.scheme == "maildir":
            yield _Maildir(Path(parts.path))
            return
        with _Imap(address, password) as mailbox:
            yield mailbox
    except (OSError, imaplib.IMAP4.error) as problem:
        raise Unreachable(type(problem).__name__) from problem


class _Maildir:
    """Files in `new` and `cur`; the flag S in a name says that it was read (cr.yp.to/proto/maildir.html)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def unread(self, longest: int) -> Iterator[tuple[str, bytes]]:
        fresh = sorted((self.folder / "new").iterdir())
        passed_on = [path for path in sorted((self.folder / "cur").iterdir()) if _SEEN not in _flags(path)]
        for path in [*fresh, *passed_on][:AT_ONCE]:
            with contextlib.suppress(FileNotFoundError), path.open("rb") as file:  # another reader was faster
                yield str(path.relative_to(self.folder)), file.read(longest)

    def mark_read(self, key: str) -> None:
        path = self.folder / key
        flags = "".join(sorted({*_flags(path), _SEEN}))
        with contextlib.suppress(FileNotFoundError):
            path.rename(self.folder / "cur" / f"{path.name.partition(':')[0]}:2,{flags}")

    def remove(self, key: str) -> None:
        (self.folder / key).unlink(missing_ok=True)


def _flags(path: Path) -> str:
    return path.name.partition(":2,")[2]


class _Imap:
    """A folder of an IMAP server (RFC 3501). Removing needs UIDPLUS, so that only our own letters go (RFC 4315)."""

    def __init__(self, address: str, password: str) -> None:
        parts = urlsplit(address)
        self.server = _connected(parts.hostname or "", parts.port, is_encrypted=parts.scheme == "imaps")
        self.user, self.password = unquote(parts.username or ""), password
        self.name = unquote(parts.path.strip("/")) or "INBOX"
        self.removed: list[str] = []

    def __enter__(self) -> "_Imap":
        self.server.login(self.user, self.password)
        answer, _data = self.server.select(f'"{self.name}"')
        if answer != "OK":
            raise imaplib.IMAP4.error("no such folder")
        return self

    def __exit__(self, *_problem: object) -> None:
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            if self.removed and "UIDPLUS" in self.server.capabilities:
                self.server.uid("EXPUNGE", ",".join(self.removed))
            self.server.logout()

    def unread(self, longest: int) -> Iterator[tuple[str, bytes]]:
        _answer, found = self.server.uid("SEARCH", "UNSEEN", "UNDELETED")
        for key in (found[0] or b"").decode().split()[:AT_ONCE]:
            _answer, data = self.server.uid("FETCH", key, f"(BODY.PEEK[]<0.{longest}>)")
            content = next((each[1] for each in data if isinstance(each, tuple)), None)
            if content is not None:
                yield key, content

    def mark_read(self, key: str) -> None:
        self.server.uid("STORE", key, "+FLAGS.SILENT", r"(\Seen)")

    def remove(self, key: str) -> None:
        self.server.uid("STORE", key, "+FLAGS.SILENT", r"(\Seen \Deleted)")
        self.removed.append(key)


def _connected(host: str, port: int | None, *, is_encrypted: bool) -> imaplib.IMAP4:
    """A server whose certificate has been checked, which imaplib leaves out where it is not told to."""
    if is_encrypted:
        context = ssl.create_default_context()
        return imaplib.IMAP4_SSL(host, port or 993, ssl_context=context, timeout=TIMEOUT)
    return imaplib.IMAP4(host, port or 143, timeout=TIMEOUT)

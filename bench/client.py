"""A client of our own: plain sockets kept open, many visitors at once, no more work per request than counting needs.

It shares the machine with what it measures, so it must be cheap: about a tenth of a millisecond per request.
"""

import gzip
import re
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Self

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
_GZIPPED = re.compile(rb"\r\ncontent-encoding: *gzip", re.IGNORECASE)
_COOKIE = re.compile(rb"\r\nset-cookie: *([^=;\r]+)=([^;\r]*)", re.IGNORECASE)
PATIENCE = 30  # seconds for one answer
HOME = "127.0.0.1"


class UnexpectedAnswer(Exception):
    """The server said something else than the measurement needs; what it said follows."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One response: its status, its header lines and its body as it came over the line; seconds to its first byte."""

    status: int
    head: bytes
    raw: bytes
    waited: float = 0

    @property
    def body(self) -> str:
        """The body as text, unpacked."""
        return (gzip.decompress(self.raw) if _GZIPPED.search(self.head) else self.raw).decode()

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies it sets."""
        return {name.decode(): value.decode() for name, value in _COOKIE.findall(self.head)}

    def expect(self, status: int) -> Self:
        """Itself, if its status is this one."""
        if self.status != status:
            raise UnexpectedAnswer(f"{self.status} instead of {status}: {self.head.decode()}\n{self.body[:2000]}")
        return self


class Connection:
    """A connection to 127.0.0.1 that is kept open; opened again where the server closed it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.line: socket.socket | None = None

    def get(self, path: str, *, cookies: Mapping[str, str] | None = None, address: str = HOME) -> Answer:
        """Fetch a page as a browser would, compressed; `address`: whom a proxy would name as the client."""
        return self._ask(self._head("GET", path, cookies or {}, address) + b"\r\n")

    def post(self, path: str, body: bytes, *, cookies: Mapping[str, str], address: str = HOME) -> Answer:
        """Send a form."""
        head = self._head("POST", path, cookies, address)
        kind = b"Content-Type: application/x-www-form-urlencoded\r\n"
        return self._ask(head + kind + b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def close(self) -> None:
        """Hang up."""
        if self.line:
            self.line.close()
            self.line = None

    def _head(self, method: str, path: str, cookies: Mapping[str, str], address: str) -> bytes:
        host = f"{HOME}:{self.port}"
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Accept-Encoding: gzip"]
        lines.append(f"X-Forwarded-For: {address}")
        if cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in cookies.items()))
        if method == "POST":
            lines.append(f"Origin: http://{host}")
        return "\r\n".join([*lines, ""]).encode()

    def _ask(self, request: bytes) -> Answer:
        if self.line is None:
            self.line = socket.create_connection((HOME, self.port), timeout=PATIENCE)
            self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        began = time.perf_counter()
        self.line.sendall(request)
        received = self._until(b"", lambda data: b"\r\n\r\n" in data)
        waited = time.perf_counter() - began
        head, _, raw = received.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if length:
            expected = int(length[1])
            raw = self._until(raw, lambda data: len(data) >= expected)
        elif _CHUNKED.search(head):
            raw = _joined(self._until(raw, lambda data: data.endswith(b"0\r\n\r\n")))
        if b"\r\nconnection: close" in head.lower():
            self.close()
        return Answer(int(head[9:12]), head + b"\r\n", raw, waited)

    def _until(self, data: bytes, is_complete: Callable[[bytes], bool]) -> bytes:
        assert self.line
        while not is_complete(data):
            more = self.line.recv(65536)
            if not more:
                raise UnexpectedAnswer(f"The server hung up after: {data[:500]!r}")
            data += more
        return data


def _joined(chunks: bytes) -> bytes:
    """The body out of its chunks (RFC 9112, 7.1)."""
    parts = []
    while chunks:
        size, _, chunks = chunks.partition(b"\r\n")
        length = int(size, 16)
        parts.append(chunks[:length])
        chunks = chunks[length + 2 :]
    return b"".join(parts)


@dataclass(frozen=True, slots=True)
class Load:
    """What a load came to: visits that were completed, in how many seconds, and the client's own share of a core."""

    visits: int
    seconds: float
    client_share: float

    @property
    def rate(self) -> float:
        """Completed visits per second."""
        return self.visits / self.seconds


Visit = Callable[[Connection], None]


def load(port: int, visit: Visit, *, clients: int, seconds: float) -> Load:
    """Let this many clients visit over and over, each as soon as it has its answer; the first trouble is raised."""
    crowd = _Crowd(port, visit, time.perf_counter() + seconds)
    started, worked = time.perf_counter(), time.process_time()
    threads = [threading.Thread(target=crowd.visit_on, daemon=True) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if crowd.troubles:
        raise crowd.troubles[0]
    spent = time.perf_counter() - started
    return Load(sum(crowd.visits), spent, (time.process_time() - worked) / spent)


class _Crowd:
    """Clients at work, each on a thread and a connection of its own."""

    def __init__(self, port: int, visit: Visit, until: float) -> None:
        self.port, self.visit, self.until = port, visit, until
        self.visits: list[int] = []
        self.troubles: list[Exception] = []

    def visit_on(self) -> None:
        """Visit until the time is up or something goes wrong."""
        connection, visits = Connection(self.port), 0
        try:
            while time.perf_counter() < self.until and not self.troubles:
                self.visit(connection)
                visits += 1
        except Exception as trouble:
            self.troubles.append(trouble)
        finally:
            connection.close()
            self.visits.append(visits)

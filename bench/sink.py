"""A mail server that counts what it takes and drops its line when told to."""

import asyncio
import re
import threading
from collections import Counter

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

_MESSAGE_ID = re.compile(rb"^message-id:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


class Sink:
    """Listens on a port of 127.0.0.1. `taken` counts the messages that were acknowledged, by Message-ID."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.taken: Counter[str] = Counter()
        self.dropped = 0
        self._to_drop = 0
        self._lock = threading.Lock()
        self._controller = Controller(self, hostname="127.0.0.1", port=port)

    def start(self) -> None:
        """Listen."""
        self._controller.start()

    def stop(self) -> None:
        """Listen no longer."""
        self._controller.stop()

    def drop_next(self) -> None:
        """Break the line of the next message once its text is here, before it is acknowledged."""
        with self._lock:
            self._to_drop += 1

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take a message, or break the line."""
        with self._lock:
            if self._to_drop:
                self._to_drop -= 1
                self.dropped += 1
                if isinstance(server.transport, asyncio.Transport):
                    server.transport.abort()
                return "421 gone"
            found = _MESSAGE_ID.search(envelope.content if isinstance(envelope.content, bytes) else b"")
            self.taken[found[1].decode() if found else "?"] += 1
        return "250 taken"

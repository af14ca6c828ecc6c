"""Gunicorn's threaded worker, which answers an address that is too long with a page that says what to do."""

import socket
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from gunicorn.http.errors import LimitRequestLine
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker


class Worker(ThreadWorker):
    """As gunicorn's own but for one answer."""

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: BaseException) -> None:
        """Answer a request that could not be read."""
        if not isinstance(exc, LimitRequestLine):
            super().handle_error(req, client, addr, exc)
            return
        self.log.warning("An address was too long.")
        try:
            write_nonblock(client, too_long())
        except OSError:
            self.log.debug("Nobody waits for the answer any more.")


def too_long() -> bytes:
    """The whole HTTP response. The language of the reader stands in what was not read, so all of them are spoken."""
    page = render_to_string("414.html", {"told": list(_told())}).encode()
    head = (
        "HTTP/1.1 414 URI Too Long\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Cache-Control: no-store\r\nContent-Length: {len(page)}\r\n\r\n"
    )
    return head.encode() + page


def _told() -> Iterator[dict[str, str]]:
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            yield {
                "language": code,
                "direction": "rtl" if translation.get_language_bidi() else "ltr",
                "heading": _("This address is too long"),
                "text": _(
                    "More was sent in the address than we can read. Go back in your browser, where what you wrote still "
                    "stands, and search with a few words."
                ),
                "link": _("Go to the programmes"),
            }

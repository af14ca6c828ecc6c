"""Personal links stay out of the logs, and what a visitor did wrong takes one line in them."""

import logging
import re

PERSONAL_LINK = re.compile(r"/(my|stop)/[^/\s\"']+")


class HidePersonalLinks(logging.Filter):
    """Replaces the token of a personal link, or of one that stops mail, in a log line, whoever wrote the line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the line through, without its tokens."""
        message = record.getMessage()
        if "/my/" in message or "/stop/" in message:
            record.msg, record.args = PERSONAL_LINK.sub(r"/\1/***", message), ()
        return True


class OneLineForVisitors(logging.Filter):
    """Drops the traceback where the answer says that the request was wrong (4xx): ours tell more among fewer."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the line through."""
        if 400 <= getattr(record, "status_code", 0) < 500:
            record.exc_info = record.exc_text = None
        return True

"""What the tests of the organisers' pages have in common."""

import contextlib
import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

OUR_TABLES = re.compile('FROM "(training_sessions|registrations_registration)')


def uploaded(content, name="report.csv"):
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type="text/csv")


def messages_of(response):
    """What the page says at its top."""
    return [str(message) for message in response.context["messages"]]


@contextlib.contextmanager
def queries(count):
    """So many queries on our tables; the admin's frame asks more, for every app that there is."""
    with CaptureQueriesContext(connection) as asked:
        yield
    ours = [query["sql"] for query in asked if OUR_TABLES.search(query["sql"])]
    assert len(ours) == count, "\n".join(ours)

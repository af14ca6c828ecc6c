"""Requests sent at the same moment, on PostgreSQL: the limit of a day and one request per pair hold."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from registrations.errors import Refused
from registrations.models import Contact, Mail
from registrations.models.registration import RegistrationQuerySet
from registrations.people import contacts
from tests.registrations_factories import NOW, ProgrammeFactory, member

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MORE = contacts.REQUESTS_PER_DAY + 4


@pytest.fixture(autouse=True)
def _needs_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")


def ask_all_at_once(pairs):
    """Every pair's request in a thread of its own, all released together."""
    gate = threading.Barrier(len(pairs))

    def ask(pair):
        sender, recipient = pair
        try:
            connection.ensure_connection()
            gate.wait(timeout=60)
            contacts.ask(sender.registration, recipient, sentence="Hello.", now=NOW)
        except Refused:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(len(pairs)) as pool:
        list(pool.map(ask, pairs))


def one_asks_many():
    programme = ProgrammeFactory(directory_opened_at=NOW)
    sender = member(programme)
    ask_all_at_once([(sender, member(programme)) for _each in range(MORE)])
    return Contact.objects.count()


def test_limit_of_a_day_holds_for_requests_at_the_same_moment():
    assert one_asks_many() == contacts.REQUESTS_PER_DAY
    assert Mail.objects.count() == contacts.REQUESTS_PER_DAY


def test_without_the_lock_the_same_requests_pass_the_limit(monkeypatch):
    """The negative control: everybody counts before anybody writes."""
    gate, count = threading.Barrier(MORE, timeout=60), contacts._refuse_too_many

    def count_and_wait(*args):
        count(*args)
        gate.wait()

    monkeypatch.setattr(contacts, "_refuse_too_many", count_and_wait)
    monkeypatch.setattr(RegistrationQuerySet, "select_for_update", lambda self, **_options: self)
    assert one_asks_many() == MORE


def test_two_who_ask_each_other_at_the_same_moment_have_one_request():
    programme = ProgrammeFactory(directory_opened_at=NOW)
    one, other = member(programme), member(programme)
    ask_all_at_once([(one, other), (other, one)] * 3)
    assert (Contact.objects.count(), Mail.objects.count()) == (1, 1)

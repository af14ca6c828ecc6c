"""What people do to each other at the same moment, on PostgreSQL: limits hold, and an erasure leaves nothing behind."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from registrations.erasing import erase
from registrations.errors import Refused
from registrations.models import Contact, Mail, ProfileReport
from registrations.models.registration import RegistrationQuerySet
from registrations.people import contacts, safety
from tests.registrations_factories import NOW, ContactFactory, ProgrammeFactory, member

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MORE = contacts.REQUESTS_PER_DAY + 4
WAITS = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


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


def somebody_waits(cursor):
    cursor.execute("SELECT pg_stat_clear_snapshot()")  # what is looked at in a transaction stays as it was
    cursor.execute(WAITS)
    return cursor.fetchone()


def beside_an_erasure(erased, act):
    """Let somebody act while somebody is erased: from the last line of the erasure on, until its end is waited for."""

    def acting():
        try:
            act()
        except Refused:
            pass
        finally:
            connection.close()

    thread = threading.Thread(target=acting)
    with transaction.atomic(), connection.cursor() as cursor:
        erase(erased, now=NOW)
        thread.start()
        while thread.is_alive() and not somebody_waits(cursor):
            time.sleep(0.01)
    thread.join()


def reports_kept():
    programme = ProgrammeFactory(directory_opened_at=NOW)
    sender, recipient = member(programme).registration, member(programme).registration
    message = ContactFactory(sender=sender, recipient=recipient)
    beside_an_erasure(sender, lambda: safety.report_message(message, text="Rude", now=NOW))
    return ProfileReport.objects.count()


def test_a_report_that_meets_an_erasure_is_not_kept():
    assert reports_kept() == 0


def test_without_the_lock_a_report_that_meets_an_erasure_is_kept(monkeypatch):
    """The negative control: the report waits only when all of it is written."""
    monkeypatch.setattr(RegistrationQuerySet, "select_for_update", lambda self, **_options: self)
    assert reports_kept() == 1


def test_a_request_that_meets_an_erasure_leaves_no_mail_to_the_old_address():
    programme = ProgrammeFactory(directory_opened_at=NOW)
    sender, recipient = member(programme).registration, member(programme)
    beside_an_erasure(recipient.registration, lambda: contacts.ask(sender, recipient, sentence="Hello.", now=NOW))
    assert (Contact.objects.count(), Mail.objects.count()) == (0, 0)

import pytest
from django.db import transaction
from kombu.exceptions import OperationalError

from registrations.doorbell import ring
from registrations.tasks import send_due_mail

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rung(monkeypatch):
    """The ids that reached the broker."""
    calls = []
    monkeypatch.setattr(send_due_mail, "apply_async", lambda args=(), kwargs=None, **options: calls.append(args))
    return calls


def test_ring_waits_for_the_commit(rung):
    with transaction.atomic():
        ring(send_due_mail, 7)
        assert rung == []
    assert rung == [(7,)]


def test_what_is_rolled_back_is_not_rung_for(rung):
    with transaction.atomic():
        ring(send_due_mail)
        transaction.set_rollback(True)
    assert rung == []


def test_a_sweep_that_many_ask_for_comes_once(rung):
    for _person in range(3):
        ring(send_due_mail)
    assert rung == [()]


def test_tasks_about_one_thing_each_come(rung):
    for pk in (1, 2):
        ring(send_due_mail, pk)
    assert rung == [(1,), (2,)]


@pytest.mark.parametrize("problem", [OperationalError("gone"), ConnectionRefusedError()])
def test_without_a_broker_the_work_waits_for_its_sweep(monkeypatch, caplog, problem):
    def refuse(*args, **kwargs):
        raise problem

    monkeypatch.setattr(send_due_mail, "apply_async", refuse)
    with transaction.atomic():
        ring(send_due_mail)
    assert "waits for its sweep" in caplog.text

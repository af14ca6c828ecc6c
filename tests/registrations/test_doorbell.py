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


@pytest.mark.parametrize("problem", [OperationalError("gone"), ConnectionRefusedError()])
def test_without_a_broker_the_work_waits_for_its_sweep(monkeypatch, caplog, problem):
    def refuse(*args, **kwargs):
        raise problem

    monkeypatch.setattr(send_due_mail, "apply_async", refuse)
    with transaction.atomic():
        ring(send_due_mail)
    assert "waits for its sweep" in caplog.text

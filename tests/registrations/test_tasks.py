import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.core import mail as outbox

from config.celery import app
from registrations import tasks
from registrations.models import Mail, Programme, Registration
from tests.registrations_factories import NOW, MailFactory, ProgrammeFactory, RegistrationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


def test_the_schedule_names_tasks_that_exist():
    own = {entry["task"] for entry in app.conf.beat_schedule.values() if entry["task"].startswith("registrations.")}

    assert own == {task.name for task in (tasks.send_due_mail, tasks.move_up_waiting_lists, tasks.clear_expired)}


def test_due_mail_is_sent():
    MailFactory()
    tasks.send_due_mail()
    tasks.send_due_mail()

    assert (len(outbox.outbox), Mail.objects.get().status) == (1, "sent")


def test_waiting_lists_move_up():
    programme = ProgrammeFactory(capacity=1)
    RegistrationFactory(programme=programme, waiting=True)
    tasks.move_up_waiting_lists()
    tasks.move_up_waiting_lists()

    assert (Registration.objects.get().status, Programme.objects.get().seats_taken) == ("seated", 1)


def test_expired_sessions_are_forgotten():
    Session.objects.create(session_key="old", session_data="", expire_date=NOW - dt.timedelta(days=1))
    Session.objects.create(session_key="new", session_data="", expire_date=NOW + dt.timedelta(days=1))
    tasks.clear_expired()

    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]

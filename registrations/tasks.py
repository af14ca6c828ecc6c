"""Sweeps that beat starts; each finds what is due and may run twice."""

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from registrations import actions, mail
from registrations.changing_address import forget_lapsed
from registrations.reading_reports import read_bounces as read_the_bounces


@shared_task(name="registrations.tasks.send_due_mail")
def send_due_mail() -> None:
    """Send the mail that is due."""
    mail.send_due(now=timezone.now())


@shared_task(name="registrations.tasks.read_bounces")
def read_bounces() -> None:
    """Read what came back."""
    read_the_bounces(now=timezone.now())


@shared_task(name="registrations.tasks.move_up_waiting_lists")
def move_up_waiting_lists() -> None:
    """Give seats that became free to those who wait."""
    actions.move_up_waiting_lists(now=timezone.now())


@shared_task(name="registrations.tasks.clear_expired")
def clear_expired() -> None:
    """Forget staff sessions that have run out, and new addresses that nobody confirmed."""
    call_command("clearsessions")
    forget_lapsed(now=timezone.now())

"""The Celery door. The database knows what is due; sweeps find it."""

from celery import shared_task
from django.utils import timezone

from surveys import actions


@shared_task(name="surveys.tasks.write_to_people")
def write_to_people() -> None:
    """Send the invitations, reminders and mails of thanks that are due."""
    actions.write_to_people(now=timezone.now())

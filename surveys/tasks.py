"""The Celery door. The database knows what is due; sweeps find it."""

from celery import shared_task
from django.utils import timezone

from registrations import kept
from registrations.models import Programme
from surveys import actions, outcomes, sealing
from surveys.models import ResponseImport, Survey


@shared_task(name="surveys.tasks.write_to_people")
def write_to_people() -> None:
    """Send the invitations, reminders and mails of thanks that are due."""
    actions.write_to_people(now=timezone.now())


@shared_task(name="surveys.tasks.mix_marks")
def mix_marks() -> None:
    """Break what the database itself remembers of who gave which anonymous response, and forget old drafts."""
    actions.mix_marks(now=timezone.now())
    actions.forget_drafts(now=timezone.now())


@shared_task(name="surveys.tasks.seal_large_surveys")
def seal_large_surveys() -> None:
    """Keep large surveys as columns, so that their pages are fast."""
    sealing.seal_due(now=timezone.now())


@shared_task(name="surveys.tasks.carry_on_response_import")
def carry_on_response_import(pk: int) -> None:
    """Do what is due for one file of responses: read it, write what was approved, or remove what was undone."""
    found = ResponseImport.objects.filter(pk=pk).first()
    if found is not None:
        actions.carry_on_import(found, now=timezone.now())


@shared_task(name="surveys.tasks.carry_on_response_imports")
def carry_on_response_imports() -> None:
    """Do what is due for every file of responses."""
    for pk in list(ResponseImport.objects.due(timezone.now()).order_by("pk").values_list("pk", flat=True)):
        carry_on_response_import(pk)


@shared_task(name=outcomes.TASK)
def count_respondents(programme: int) -> None:
    """Count again what became of everybody whom the surveys of a large programme asked."""
    found = Programme.objects.filter(pk=programme).first()
    for survey in Survey.objects.filter(programme=found).select_related("programme"):
        kept.keep(survey.programme, {outcomes.kind_of(survey.pk): outcomes.figures(survey)}, now=timezone.now())

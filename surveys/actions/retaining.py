"""Answers in people's own words whose time is over: the words go, that there were some stays counted."""

import datetime as dt

from django.db import transaction

from registrations.models import Programme, RetentionRecord
from registrations.retaining import record
from surveys.actions.erasing import names_without_texts, without_texts
from surveys.models import Draft, Question, Response, Survey

CHUNK = 500
What = RetentionRecord.What


def delete_texts(programme: Programme, *, now: dt.datetime) -> int:
    """Put a mark in the place of every text of the next responses; how many rows were looked at, 0 when none is left.

    Of surveys that are closed: the others wait. Figures stay, since texts count by being there only.
    """
    closed = Survey.objects.for_programme(programme).filter(closes_at__lte=now).order_by("pk")
    for survey in closed.filter(questions__kind=Question.Kind.TEXT).distinct():
        if done := _next_responses(survey, now) or _drafts(survey, now):
            return done
    return 0


@transaction.atomic
def _next_responses(survey: Survey, now: dt.datetime) -> int:
    """Goes on behind the last one it has done."""
    rows = Response.objects.select_for_update().filter(survey=survey).order_by("pk")
    if survey.texts_deleted_to is not None:
        rows = rows.filter(pk__gt=survey.texts_deleted_to)
    found = list(rows.only("pk", "answers", "survey")[:CHUNK])
    if not found:
        return 0
    closed = names_without_texts({survey.pk})[survey.pk]
    changed = []
    for response in found:
        answers = without_texts(response.answers, closed)
        if answers != response.answers:
            response.answers = answers
            changed.append(response)
    Response.objects.bulk_update(changed, ["answers"])
    Survey.objects.filter(pk=survey.pk).update(texts_deleted_to=found[-1].pk)
    record(survey.programme, What.RESPONSES, len(changed), now=now)
    return len(found)


@transaction.atomic
def _drafts(survey: Survey, now: dt.datetime) -> int:
    """What was begun stays counted as begun, without its words."""
    closed = names_without_texts({survey.pk})[survey.pk]
    changed = 0
    for draft in Draft.objects.select_for_update().filter(survey=survey).order_by("pk"):
        answers = without_texts(draft.answers, closed)
        if answers != draft.answers:
            Draft.objects.filter(pk=draft.pk).update(answers=answers)
            changed += 1
    return record(survey.programme, What.DRAFTS, changed, now=now)

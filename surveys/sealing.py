"""Sealing: large surveys are kept as columns beside their rows. Background work, safe to run twice and to do without."""

import datetime as dt

from django.db import connection, transaction
from django.db.models import Count, Max
from django.db.utils import OperationalError

from surveys import segments
from surveys.columns import alone, chain, digest_of, encoded, rows_after
from surveys.models import Response, ResponseSegment, Survey
from surveys.segments import MOST_RESPONSES, Segment

SEALED_FROM = 10_000
"""Smaller surveys are read from their rows."""
LEAST_UNSEALED = 4_096
"""So many new responses are worth sealing; that many rows are read in a tenth of a second."""
SETTLED_AFTER = dt.timedelta(hours=1)
LOCK_TIMEOUT = "250ms"


def seal_due(*, now: dt.datetime) -> int:
    """Seal what is worth it in every large survey; return how many segments were written."""
    large = Response.objects.order_by().values("survey").annotate(total=Count("pk")).filter(total__gte=SEALED_FROM)
    surveys = Survey.objects.filter(pk__in=[row["survey"] for row in large])
    return sum(seal(survey, now=now, least=LEAST_UNSEALED) for survey in surveys)


def seal(survey: Survey, *, now: dt.datetime, least: int = 1) -> int:
    """Seal a survey where at least so many responses are not; return how many segments were written.

    The last segment is written anew with what came since, until it is full. An anonymous survey, whose keys are in no
    order, is sealed an hour after it has closed. Segments whose rows are not as many as they were are dropped first.
    """
    if survey.is_anonymous and now < survey.closes_at + SETTLED_AFTER:
        return 0
    questions = list(survey.questions.all())
    _drop_what_is_wrong(survey, digest_of(questions))
    newest, links = _settled_key(survey), chain(survey, digest_of(questions))
    last = links[-1][2] if links else None
    if newest is None or rows_after(survey, last).filter(pk__lte=newest).count() < least:
        return 0
    full = ResponseSegment.objects.filter(survey=survey, responses=MOST_RESPONSES)
    after, written = full.aggregate(last=Max("last_key"))["last"], 0
    rows = rows_after(survey, after).filter(pk__lte=newest)
    for sheet in encoded(rows.iterator(MOST_RESPONSES), questions):
        if not _write(survey, after, sheet.segment, digest_of(questions)):
            break
        after, written = int(sheet.segment.keys[-1]), written + 1
    return written


def wrong_segments(survey: Survey) -> list[int]:
    """The keys of segments that say anything else than the rows, in full; slow, for a check now and then."""
    questions = list(survey.questions.all())
    wrong = []
    for stored in ResponseSegment.objects.filter(survey=survey).iterator(chunk_size=1):
        rows = rows_after(survey, stored.after_key).filter(pk__lte=stored.last_key)
        anew = [segments.written(sheet.segment) for sheet in encoded(rows, questions)]
        if anew != [bytes(stored.content)] or segments.seal_of(bytes(stored.content)) != stored.sha256:
            wrong.append(stored.pk)
    return wrong


def _drop_what_is_wrong(survey: Survey, digest: str) -> None:
    """Drop segments of another form, and from the first one on whose rows are not as many as they were."""
    ResponseSegment.objects.filter(survey=survey).exclude(questions=digest).delete()
    stored = ResponseSegment.objects.filter(survey=survey).order_by("last_key")
    for after, last, responses in stored.values_list("after_key", "last_key", "responses"):
        if rows_after(survey, after).filter(pk__lte=last).count() != responses:
            ResponseSegment.objects.filter(survey=survey, last_key__gte=last).delete()
            return


def _settled_key(survey: Survey) -> int | None:
    """The highest key below which no response can appear any more; None where there is none, or too much is going on.

    PostgreSQL hands out keys before rows are visible: whoever is writing is waited for, a moment.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
                cursor.execute("LOCK TABLE surveys_response IN SHARE MODE")
            newest: int | None = Response.objects.filter(survey=survey).aggregate(newest=Max("pk"))["newest"]
            return newest
    except OperationalError:
        return None


def _write(survey: Survey, after: int | None, segment: Segment, digest: str) -> bool:
    """Put a segment in the place of all that follows a key, unless its rows have changed meanwhile."""
    last, content = int(segment.keys[-1]), segments.written(segment)
    with transaction.atomic():
        alone(survey)
        if rows_after(survey, after).filter(pk__lte=last).count() != len(segment):
            return False
        later = ResponseSegment.objects.filter(survey=survey)
        (later if after is None else later.filter(last_key__gt=after)).delete()
        ResponseSegment.objects.create(
            survey=survey,
            after_key=after,
            last_key=last,
            responses=len(segment),
            questions=digest,
            content=content,
            sha256=segments.seal_of(content),
        )
    return True

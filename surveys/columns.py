"""Where the responses to be counted come from: sealed segments of a large survey, rows for all that is not in one.

Responses are never changed, so a stretch of them can be sealed: kept as columns beside the rows. `surveys.sealing` does
that in the background, for large surveys only. Whoever deletes responses, or adds some with keys among old ones, calls
`forget` in the same transaction. Decoded segments are kept in the process, up to MOST_BYTES.
"""

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from surveys import counts, segments
from surveys.counts import Judged, Rule, state_of
from surveys.models import Question, Response, ResponseSegment, Survey
from surveys.segments import MOST_RESPONSES, Segment
from surveys.variables import region_of

MOST_UNSEALED = 50_000
"""A page does not wait for more rows than this to be read."""
MOST_BYTES = 96 * 2**20
MOST_JUDGED = 8
ADVISORY_CLASS = 20_170
"""A number that no other advisory lock of ours has."""

Texts = Sequence[str]
Numbers = Sequence[int | None]
STATES = {flags: state_of(*flags) for flags in product((False, True), repeat=3)}

FIELDS = (
    "pk",
    "answers",
    "gender",
    "sector",
    "country",
    "region",
    "language",
    "language_followed",
    "sessions_attended",
    "seconds",
    "is_finished",
    "is_test",
    "is_duplicate",
)


@dataclass(slots=True, eq=False)
class Sheet:
    """A decoded segment with what rules said of it, the latest few."""

    segment: Segment
    judged: "OrderedDict[Rule, Judged]" = field(default_factory=OrderedDict)

    def by(self, rule: Rule) -> Judged:
        """What a rule says of each response."""
        found = self.judged.get(rule)
        if found is None:
            found = self.judged[rule] = counts.judge(self.segment, rule)
            while len(self.judged) > MOST_JUDGED:
                self.judged.popitem(last=False)
        return found

    @property
    def size(self) -> int:
        """Bytes that it may come to take."""
        return self.segment.size + MOST_JUDGED * len(self.segment)


class Kept:
    """Decoded segments by primary key and hash, the latest used, up to a number of bytes. Threads share it."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._sheets: OrderedDict[tuple[int, str], Sheet] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[int, str]) -> Sheet | None:
        """The sheet, if it is here."""
        with self._lock:
            if key in self._sheets:
                self._sheets.move_to_end(key)
            return self._sheets.get(key)

    def put(self, key: tuple[int, str], sheet: Sheet) -> None:
        """Keep a sheet, and drop those that were not used for longest."""
        with self._lock:
            self._sheets[key] = sheet
            while len(self._sheets) > 1 and sum(each.size for each in self._sheets.values()) > self.most:
                self._sheets.popitem(last=False)

    def clear(self) -> None:
        """Drop everything."""
        with self._lock:
            self._sheets.clear()


kept = Kept(MOST_BYTES)


def sheets_of(survey: Survey, questions: Sequence[Question], *, most_unsealed: int | None = None) -> list[Sheet] | None:
    """All responses of a survey, in two queries where its segments are at hand and three where they are not.

    None where more rows than ``most_unsealed`` would have to be read, which is a matter for the background.
    """
    links = chain(survey, digest_of(questions))
    sheets = _sealed([(pk, sha256) for pk, sha256, _last in links])
    if sheets is None:
        return sheets_of(survey, questions, most_unsealed=most_unsealed)
    rows = rows_after(survey, links[-1][2] if links else None)
    if most_unsealed is None:
        return [*sheets, *encoded(rows.iterator(MOST_RESPONSES), questions)]
    found = list(rows[: most_unsealed + 1])
    return None if len(found) > most_unsealed else [*sheets, *encoded(found, questions)]


def forget(survey: Survey) -> None:
    """Drop the segments of a survey whose responses were removed or came in among old ones; they are made anew.

    Within a transaction: until it ends, nobody seals.
    """
    alone(survey)
    ResponseSegment.objects.filter(survey=survey).delete()


def digest_of(questions: Iterable[Question]) -> str:
    """What the columns of a survey depend on: what is kept of people, its questions, and which of them ask for a text."""
    return hashlib.sha256(json.dumps([segments.PERSON_COLUMNS, _asked(questions)], sort_keys=True).encode()).hexdigest()


def _asked(questions: Iterable[Question]) -> dict[str, bool]:
    return {question.name: question.kind == Question.Kind.TEXT for question in questions}


def chain(survey: Survey, digest: str) -> list[tuple[int, str, int]]:
    """The segments that follow each other without a gap from the first response on: key, hash and last key of each."""
    stored = ResponseSegment.objects.filter(survey=survey, questions=digest).order_by("last_key")
    links: list[tuple[int, str, int]] = []
    for pk, sha256, after, last in stored.values_list("pk", "sha256", "after_key", "last_key"):
        if after == (links[-1][2] if links else None):
            links.append((pk, sha256, last))
    return links


def _sealed(heads: Sequence[tuple[int, str]]) -> list[Sheet] | None:
    """The decoded segments, those that are not at hand read in one query; None where one has just been dropped."""
    sheets = {key: kept.get(key) for key in heads}
    missing = [pk for (pk, _sha256), sheet in sheets.items() if sheet is None]
    stored = ResponseSegment.objects.filter(pk__in=missing).values_list("pk", "sha256", "content")
    for pk, sha256, held in stored.iterator(chunk_size=1) if missing else ():
        content = bytes(held)
        if segments.seal_of(content) != sha256:
            raise ValueError(f"segment {pk} is not what was written")
        sheets[pk, sha256] = sheet = Sheet(segments.read(content))
        kept.put((pk, sha256), sheet)
    found = [sheet for sheet in (sheets[key] for key in heads) if sheet is not None]
    return found if len(found) == len(heads) else None


def rows_after(survey: Survey, key: int | None) -> QuerySet[Response, tuple[Any, ...]]:
    """The rows with keys above one, in the order of their keys."""
    rows = Response.objects.filter(survey=survey) if key is None else Response.objects.filter(survey=survey, pk__gt=key)
    return rows.order_by("pk").values_list(*FIELDS)


def encoded(rows: Iterable[tuple[Any, ...]], questions: Iterable[Question]) -> Iterator[Sheet]:
    """Rows as columns, as many segments as they need."""
    asked, waiting = _asked(questions), iter(rows)
    while chunk := list(islice(waiting, MOST_RESPONSES)):
        keys, answers, *person = zip(*chunk, strict=True)
        yield Sheet(segments.encode(keys, _person(*person), answers, asked))


def _person(
    gender: Texts, sector: Texts, country: Texts, region: Texts, language: Texts, followed: Texts,
    sessions: Numbers, seconds: Numbers,
    *states: Sequence[bool],
) -> list[Sequence[str]]:  # fmt: skip
    """The columns of PERSON_COLUMNS from those of the rows. The region of a known country goes before what is written."""
    regions = {code: region_of(code) for code in set(country)}
    return [
        *(gender, sector, country),
        [regions[code] or written for code, written in zip(country, region, strict=True)],
        *(language, followed),
        ["" if number is None else str(number) for number in sessions],
        ["" if number is None else str(number) for number in seconds],
        [STATES[flags] for flags in zip(*states, strict=True)],
    ]


def alone(survey: Survey) -> None:
    """Let nobody else write or drop segments of a survey until the transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [ADVISORY_CLASS, survey.pk % 2**31])

"""From a file to a report: by a platform's reader, or by columns that a person mapped."""

import datetime as dt
import hashlib
import logging
import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass

from registrations.models import Programme
from sessions.models import AttendanceImport, ColumnMapping, TrainingSession
from sessions.readers import Order, ReadError, Reason, Report, Sheet, Source, read
from sessions.readers.files import opened
from sessions.readers.mapped import Mapping, guess, read_mapped

logger = logging.getLogger(__name__)

Question = AttendanceImport.Question


class Asked(Exception):
    """The file leaves something open. With the columns as they are guessed, and what was wrong with those that were said."""

    def __init__(self, question: str, mapping: Mapping | None = None, problem: str = "") -> None:
        super().__init__(question)
        self.question = question
        self.mapping = mapping
        self.problem = problem


class Unusable(Exception):
    """The file cannot be used: a code of `questions`, or of a `ReadError`, and the details of its sentence."""

    def __init__(self, code: str, details: dict[str, object] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.details = details or {}


@dataclass(frozen=True)
class FileFacts:
    """A file and what is known of it from elsewhere."""

    programme: Programme
    session: TrainingSession | None
    file_name: str
    content: bytes
    time_zone: str
    order: Order | None = None
    mapping: Mapping | None = None  # said by a person

    @classmethod
    def of(cls, upload: AttendanceImport) -> "FileFacts":
        """Those of an import, with the answers to its questions."""
        return cls(
            programme=upload.programme,
            session=upload.session,
            file_name=upload.file_name,
            content=bytes(upload.content),
            time_zone=upload.time_zone,
            order=Order(upload.order) if upload.order else None,
            mapping=Mapping.from_json(upload.mapping or {}) if upload.is_mapping_answered else None,
        )

    @property
    def sha256(self) -> str:
        """What tells it apart from every other file."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """Whose clock the file shows."""
        return zoneinfo.ZoneInfo(self.time_zone)


def parse(file: FileFacts, near: dt.date | None) -> Report:
    """What the file says. Raises `Asked` where nobody knows its columns, `Unusable` where it cannot be read.

    Columns that a person said for this file come first, then those remembered for the programme's files of its shape,
    then the platforms' readers. One query.
    """
    try:
        return _parse(file, near)
    except ReadError as error:
        raise Unusable(error.reason, dict(error.details)) from None
    except (Asked, Unusable):
        raise
    except (
        Exception
    ) as error:  # a stranger's file: whatever a reader trips over is a refusal, and is not tried for ever
        logger.error("A reader failed with %s", type(error).__name__)
        raise Unusable("unreadable") from None


def _parse(file: FileFacts, near: dt.date | None) -> Report:
    known = dict(ColumnMapping.objects.filter(programme=file.programme).values_list("shape", "mapping"))
    if file.mapping is not None or known:
        sheets, document = opened(file.content, file.file_name)
        mapping = file.mapping or _remembered(sheets, known)
        if mapping is not None:
            return _by(mapping, Source(file.file_name, sheets, near, file.order, document))
    try:
        return read(file.content, file.file_name, near=near, order=file.order)
    except ReadError as error:
        if error.reason != Reason.UNKNOWN_LAYOUT:
            raise
        sheets, _document = opened(file.content, file.file_name)
        if not sheets:
            raise
        raise Asked(Question.MAPPING, _guessed(sheets)) from None


def _by(mapping: Mapping, source: Source) -> Report:
    try:
        return read_mapped(source, mapping)
    except ReadError as error:
        raise Asked(Question.MAPPING, mapping, problem=error.reason) from None


def _remembered(sheets: Sequence[Sheet], known: dict[str, object]) -> Mapping | None:
    values = known.get(guess(sheets).shape) if sheets else None
    return Mapping.from_json(values) if isinstance(values, dict) else None


def _guessed(sheets: Sequence[Sheet]) -> Mapping:
    """By heads and cells; as an organiser of another programme said, where files of this shape were seen there."""
    guessed = guess(sheets)
    elsewhere = ColumnMapping.objects.filter(shape=guessed.shape).exclude(shape="").order_by("-said_at").first()
    return Mapping.from_json(elsewhere.mapping) if elsewhere else guessed

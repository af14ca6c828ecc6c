"""The shapes in which programs export responses, told by their heads, and the mapping that follows from them.

A head stands for a question where it is its name or exactly its text in one of its languages; nothing is guessed from
likeness. Sources: KoboToolbox "XML values and headers" and its labels (support.kobotoolbox.org, export options),
LimeSurvey 5 and 6 "Export results" as CSV with question codes, texts, or both; the sheet behind Google Forms; the
workbook of Microsoft Forms.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.importing.asked import Asked, plain
from surveys.importing.mapping import IGNORED, OPTION, QUESTION, SPECIAL, UNDECIDED, ColumnMapping

PLAIN, KOBO, LIMESURVEY, GOOGLE, MICROSOFT = "plain", "kobo", "limesurvey", "google", "microsoft"
PLATFORMS = (PLAIN, KOBO, LIMESURVEY, GOOGLE, MICROSOFT)

_KOBO_LEFT_OUT = (
    "today username deviceid subscriberid simserial phonenumber audit background-audio _id _validation_status _notes "
    "_status _submitted_by __version__ _tags _index _version_ _geolocation _attachments _xform_id_string formhub/uuid "
    "meta/instanceid meta/instancename meta/rootuuid meta/deprecatedid rootuuid _parent_index _duration end"
)
_LIMESURVEY_LEFT_OUT = (
    "lastpage;last page;seed;datestamp;date last action;ipaddr;ip address;refurl;referrer url;token;access code;"
    "firstname;first name;lastname;last name;interviewtime;total time"
)
KNOWN: Mapping[str, Mapping[str, str]] = {
    PLAIN: {
        **{use: use for use in SPECIAL},
        "_submission_time": "submitted_at",
        "end": "submitted_at",
        "start": "started_at",
        "_uuid": "key",
        "_id": "key",
        "e-mail": "email",
    },
    KOBO: {
        **dict.fromkeys(_KOBO_LEFT_OUT.split(), IGNORED),
        "start": "started_at",
        "_submission_time": "submitted_at",
        "_uuid": "key",
    },
    LIMESURVEY: {
        **dict.fromkeys(_LIMESURVEY_LEFT_OUT.split(";"), IGNORED),
        **dict.fromkeys(("id", "response id"), "key"),
        **dict.fromkeys(("submitdate", "date submitted"), "submitted_at"),
        **dict.fromkeys(("startdate", "date started"), "started_at"),
        **dict.fromkeys(("startlanguage", "start language"), "language"),
        **dict.fromkeys(("email", "email address"), "email"),
    },
    GOOGLE: {
        **dict.fromkeys(
            ("timestamp", "horodateur", "marca temporal", "carimbo de data/hora", "zeitstempel", "отметка времени",
             "时间戳记", "طابع زمني"),
            "submitted_at",
        ),
        **dict.fromkeys(
            ("email address", "username", "adresse e-mail", "nom d'utilisateur", "dirección de correo electrónico",
             "endereço de e-mail", "адрес электронной почты", "电子邮件地址", "عنوان البريد الإلكتروني"),
            "email",
        ),
        **dict.fromkeys(("score", "note", "puntuación"), IGNORED),
    },
    MICROSOFT: {
        "id": "key",
        **dict.fromkeys(("start time", "heure de début", "hora de inicio", "время начала", "开始时间", "وقت البدء"),
                        "started_at"),
        **dict.fromkeys(
            ("completion time", "heure de fin", "hora de finalización", "время завершения", "完成时间", "وقت الإكمال"),
            "submitted_at",
        ),
        **dict.fromkeys(
            ("email", "adresse de messagerie", "correo electrónico", "электронная почта", "电子邮件", "البريد الإلكتروني"),
            "email",
        ),
        **dict.fromkeys(("language", "langue", "idioma"), "language"),
        **dict.fromkeys(
            ("name", "nom", "nombre", "имя", "姓名", "名称", "الاسم", "last modified time", "total points",
             "quiz feedback"),
            IGNORED,
        ),
    },
}  # fmt: skip
_BRACKETS = re.compile(r"(?P<base>.*?)\s*\[(?P<part>[^\[\]]+)\]\s*")
_CODE_AND_TEXT = re.compile(r"(?P<code>[A-Za-z]\w*(?:\[\w+\])?)\.\s+\S.*")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a file seems to be, and what its columns seem to mean."""

    platform: str
    mapping: ColumnMapping


def platform_of(heads: Sequence[str]) -> str:
    """Which program wrote a file; `PLAIN` where its heads do not say so."""
    found = {plain(head) for head in heads}
    bare = {head.strip().lower() for head in heads}
    if bare & {"_uuid", "_submission_time", "__version__", "formhub/uuid", "meta/instanceid"}:
        return KOBO
    if found & {"submitdate", "date submitted"} and found & {
        "lastpage",
        "last page",
        "startlanguage",
        "start language",
    }:
        return LIMESURVEY
    if _uses(found, MICROSOFT) >= {"key", "started_at", "submitted_at"}:
        return MICROSOFT
    first = plain(heads[0]) if heads else ""
    return GOOGLE if KNOWN[GOOGLE].get(first) == "submitted_at" and first not in KNOWN[PLAIN] else PLAIN


def _uses(heads: set[str], platform: str) -> set[str]:
    return {use for head, use in KNOWN[platform].items() if head in heads and use}


def proposed(heads: Sequence[str], questions: Sequence[Asked]) -> Proposal:
    """The mapping that follows from the heads. Columns that mean nothing known are undecided."""
    platform, found = platform_of(heads), Finder(questions)
    uses = [found.use_of(head, platform) for head in heads]
    whole = {use for use in uses if use.startswith(QUESTION)}
    for at, use in enumerate(uses):  # Kobo may write both the whole answer and a column for each option
        if use.startswith(OPTION) and QUESTION + use.split(":")[1] in whole:
            uses[at] = IGNORED
        elif use and use != UNDECIDED and use in uses[:at]:
            uses[at] = IGNORED if use in SPECIAL else UNDECIDED
    return Proposal(platform, ColumnMapping(tuple(uses), time_zone="UTC" if platform == KOBO else ""))


class Finder:
    """Finds the questions that heads stand for."""

    def __init__(self, questions: Sequence[Asked]) -> None:
        self.by_name = {question.name: question for question in questions}
        self.by_text: dict[str, Asked | None] = {}
        for question in questions:
            for text in {plain(label) for label in question.labels} - {""}:
                self.by_text[text] = None if text in self.by_text else question  # asked twice: a person decides

    def question(self, text: str) -> Asked | None:
        """The question of this name or text."""
        wanted = text.strip()
        return self.by_name.get(wanted) or self.by_name.get(wanted.lower()) or self.by_text.get(plain(wanted))

    def use_of(self, head: str, platform: str) -> str:
        """What a column of this head is: names of questions come before everything that a program writes beside them."""
        found = self.by_name.get(head.strip())
        if found:
            return QUESTION + found.name
        known = KNOWN[platform]
        for written in (head.strip().lower(), plain(head)):
            if written in known:
                return known[written]
        found_use = self._asked(head)
        if found_use:
            return found_use
        named = head.strip().lower()
        return named if named in SPECIAL and named not in ("key", "link") else UNDECIDED

    def _asked(self, head: str) -> str:
        """A question, or one of its options."""
        found = self.question(head) or self.question(head.rpartition("/")[2])
        if found:
            return QUESTION + found.name
        coded = _CODE_AND_TEXT.fullmatch(head)
        if coded and self._asked(coded["code"]):
            return self._asked(coded["code"])
        bracketed = _BRACKETS.fullmatch(head)
        if bracketed:
            return self._part(bracketed["base"], bracketed["part"])
        base, slash, part = head.rpartition("/")
        return self._part(base.rpartition("/")[2], part) or self._part(base, part) if slash else ""

    def _part(self, base: str, part: str) -> str:
        """An option of a question, or a question that is a row of a matrix."""
        found = self.question(base)
        if found and found.takes_several:
            value = found.values_by_word().get(plain(part)) or (found.other if plain(part) == "other" else "")
            return f"{OPTION}{found.name}:{value}" if value else ""
        row = self.question(part)
        return QUESTION + row.name if row else ""

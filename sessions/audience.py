"""Tables of audience figures: what their columns and words mean, in six languages. Pure Python.

A table has a line for each figure (session, channel, kind, count) or for each channel of a session, with a column for
each kind of figure.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sessions.readers.columns import cell_at, head
from sessions.readers.moments import without_accents

LONGEST_CHANNEL = 120
GREATEST = 10**12
"""More views than there can be; a greater number is a mistake."""
MOST_LINES = 5_000
MOST_PROBLEMS = 50


class Kind(StrEnum):
    """What is counted; as `AudienceFigure.Kind` writes it."""

    LIVE_VIEWS = "live_views"
    PLAYBACKS = "playbacks"
    SLIDE_DOWNLOADS = "slide_downloads"


class Wrong(StrEnum):
    """What may be wrong with a line."""

    SESSION = "session"  # no session of the programme
    CHANNEL = "channel"  # none, or too long
    OWN_CHANNEL = "own_channel"  # Baraza's own counts are not entered
    KIND = "kind"
    COUNT = "count"
    TWICE = "twice"  # the same figure stands there a second time
    NOTHING = "nothing"  # no figure in the line


@dataclass(frozen=True, slots=True)
class Key:
    """What one figure is about: the key of a session, a kind, a channel as it is called."""

    session: int
    kind: str
    channel: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that cannot be used: why, and what stands in it."""

    line: int
    wrong: Wrong
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """The figures of a table. With a problem, none of them shall be used."""

    figures: Mapping[Key, int]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What a table may speak of: sessions by number and title (`word`), channels as they are called, and our own."""

    sessions: Mapping[str, int]
    channels: Sequence[str]
    own_channel: str


def word(text: str) -> str:
    """A head or a title as words are compared: lower case, without accents, single spaces."""
    return without_accents(head(text)).replace("_", " ").strip(" :.")


def _words(*texts: str) -> frozenset[str]:
    return frozenset(map(word, texts))


SESSION = _words(
    *(
        "session",
        "session number",
        "no",
        "webinar",
        "séance",
        "n°",
        "webinaire",
        "sesión",
        "seminario",
        "seminario web",
    ),
    *("занятие", "сессия", "вебинар", "№", "培训场次", "场次", "网络研讨会", "جلسة", "الجلسة", "ندوة", "الندوة"),
)
CHANNEL = _words(
    *("channel", "platform", "outlet", "canal", "plateforme", "média", "plataforma", "medio", "канал", "платформа"),
    *("渠道", "平台", "قناة", "القناة", "منصة", "المنصة"),
)
KIND = _words("kind", "type", "measure", "tipo", "medida", "вид", "тип", "类型", "指标", "نوع", "النوع")
COUNT = _words(
    *("count", "number", "total", "nombre", "número", "cantidad", "recuento", "количество", "число", "数量", "次数"),
    *("عدد", "العدد"),
)
KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(
        _words(
            *(
                "live views",
                "live view",
                "live",
                "vues en direct",
                "visionnages en direct",
                "visualizaciones en directo",
            ),
            *("vistas en directo", "просмотры в прямом эфире", "прямые просмотры", "直播观看次数", "直播观看", "直播"),
            *("المشاهدات المباشرة", "مشاهدات مباشرة"),
        ),
        Kind.LIVE_VIEWS,
    ),
    **dict.fromkeys(
        _words(
            *("playbacks", "playback", "playback views", "replays", "replay views", "lectures en différé"),
            *("vues en différé", "rediffusions", "reproducciones", "просмотры в записи", "просмотры записи"),
            *("回放次数", "回放", "مشاهدات التسجيلات", "مشاهدات التسجيل"),
        ),
        Kind.PLAYBACKS,
    ),
    **dict.fromkeys(
        _words(
            *("slide downloads", "slide download", "downloads", "téléchargements de diapositives", "téléchargements"),
            *("descargas de diapositivas", "descargas", "скачивания слайдов", "скачивания", "幻灯片下载次数", "下载"),
            *("عمليات تنزيل الشرائح", "تنزيلات"),
        ),
        Kind.SLIDE_DOWNLOADS,
    ),
}
_GROUPS = re.compile(r"\d{1,3}(?:([.,'’٬ ])\d{3})(?:\1\d{3})*")
_PLAIN = re.compile(r"(\d+)(?:[.,]0+)?")
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\u2007", " "))


def count_of(text: str) -> int | None:
    """A whole number as people write it, thousands parted or not, in any digits; None for anything else."""
    digits = "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in text[:60])
    plain = digits.translate(_SPACES).strip()
    if _GROUPS.fullmatch(plain):
        plain = re.sub(r"\D", "", plain)
    match = _PLAIN.fullmatch(plain)
    if not match or len(match[1]) > 18 or len(text) > 60:
        return None
    count = int(match[1])
    return count if count <= GREATEST else None


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column is what; `kinds` are those of the wide form, empty in the long one."""

    session: int
    channel: int
    kind: int | None
    count: int | None
    kinds: Mapping[int, Kind]


def columns_of(heads: Sequence[str]) -> Columns | None:
    """The columns by their heads; None where they are not enough."""
    words = [word(text) for text in heads]
    places = {use: _place(words, known) for use, known in USES.items()}
    session, channel = places["session"], places["channel"]
    kinds = {place: KINDS[text] for place, text in enumerate(words) if text in KINDS}
    if session is None or channel is None:
        return None
    if places["kind"] is not None and places["count"] is not None:
        return Columns(session, channel, places["kind"], places["count"], {})
    return Columns(session, channel, None, None, kinds) if kinds else None


USES = {"session": SESSION, "channel": CHANNEL, "kind": KIND, "count": COUNT}


def _place(words: Sequence[str], known: frozenset[str]) -> int | None:
    return next((place for place, text in enumerate(words) if text in known), None)


def read_lines(lines: Sequence[tuple[int, Sequence[str]]], columns: Columns, known: Known) -> Found:
    """The figures of the lines below the heads, each with its number in the file; empty lines are passed over."""
    figures: dict[Key, int] = {}
    problems: list[Problem] = []
    spelling = {channel.casefold(): channel for channel in known.channels}
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        for found in _line(number, cells, columns, known, spelling):
            if isinstance(found, Problem):
                problems.append(found)
            elif found[0] in figures:
                problems.append(Problem(number, Wrong.TWICE, found[0].channel))
            else:
                figures[found[0]] = found[1]
    return Found(figures, tuple(problems))


def channel_of(text: str, spelling: Mapping[str, str]) -> str:
    """A channel as it is called already, else as it is written here."""
    tidy = " ".join(text.split())
    return spelling.get(tidy.casefold(), tidy)


def _line(
    number: int, cells: Sequence[str], columns: Columns, known: Known, spelling: dict[str, str]
) -> list[tuple[Key, int] | Problem]:
    session_text, channel_text = cell_at(cells, columns.session), cell_at(cells, columns.channel)
    session = known.sessions.get(session_word(session_text))
    channel = channel_of(channel_text, spelling)
    if session is None:
        return [Problem(number, Wrong.SESSION, session_text[:80])]
    if not channel or len(channel) > LONGEST_CHANNEL or not channel.isprintable():
        return [Problem(number, Wrong.CHANNEL, channel_text[:80])]
    if channel.casefold() == known.own_channel.casefold():
        return [Problem(number, Wrong.OWN_CHANNEL, channel_text[:80])]
    spelling.setdefault(channel.casefold(), channel)
    return _figures(number, cells, columns, session, channel)


def _figures(
    number: int, cells: Sequence[str], columns: Columns, session: int, channel: str
) -> list[tuple[Key, int] | Problem]:
    told = {place: cell_at(cells, place).strip() for place in columns.kinds}
    places: dict[int, Kind] = {place: kind for place, kind in columns.kinds.items() if told[place]}
    if columns.kind is not None and columns.count is not None:
        kind_text = cell_at(cells, columns.kind)
        if word(kind_text) not in KINDS:
            return [Problem(number, Wrong.KIND, kind_text[:80])]
        places = {columns.count: KINDS[word(kind_text)]}
    if not places:
        return [Problem(number, Wrong.NOTHING, channel)]
    return [_figure(number, cell_at(cells, place), Key(session, kind.value, channel)) for place, kind in places.items()]


def _figure(number: int, text: str, key: Key) -> tuple[Key, int] | Problem:
    count = count_of(text)
    return Problem(number, Wrong.COUNT, text[:80]) if count is None else (key, count)


def session_word(text: str) -> str:
    """What a cell calls a session: its number, alone or after a word ("Session 3"), or its title."""
    plain = word(text)
    first, _space, last = plain.rpartition(" ")
    number = last if first in SESSION or not first else plain
    count = count_of(number)
    return plain if count is None else str(count)

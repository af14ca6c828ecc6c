"""Zoom's meeting report: participants of one meeting, one line per connection, as CSV.

Layouts: classic (2020-2024), with a summary block above, and the newer one with lower-case heads (2024+); in English,
Spanish, Portuguese, French, Korean and Russian by their heads, in other languages by their shape. Times carry no zone.
Sources of the heads: public parsers and their tests of real exports; Zoom support article KB0082659 for e-mails, which
are empty for whoever neither signed in nor registered.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from sessions.readers.moments import MOMENT, Order, moment, order_of
from sessions.readers.report import Connection, Exclusion, Meeting, ReadError, Reason, Report, Role, Source, reader

# Heads as `head` writes them: lower case, straight apostrophes, no space before a bracket.
NAMES = {
    "name(original name)", "name", "nombre(nombre original)", "nome(nome original)", "nom(nom original)",
    "이름(원래 이름)", "имя(настоящее имя)", "user name(original name)",
}  # fmt: skip
EMAILS = {
    "user email", "email", "e-mail", "e-mail del usuario", "correo electrónico", "adresse e-mail de l'utilisateur",
    "사용자 이메일", "электронная почта пользователя", "e-mail do usuário",
}  # fmt: skip
JOINS = {
    "join time", "hora para unirse", "hora de entrada", "ingressar na hora", "heure d'arrivée", "참가 시간", "время входа",
    "horário de entrada",
}  # fmt: skip
LEAVES = {
    "leave time", "hora para salir", "hora de salida", "hora de saída", "heure de départ", "나간 시간", "время выхода",
    "horário de saída",
}  # fmt: skip
WAITING = {"in waiting room", "en sala de espera", "na sala de espera", "salle d'attente"}
GUESTS = {"guest", "invitado", "convidado", "invité"}
TOTALS = {"total duration(minutes)", "duración total(minutos)", "duração total(minutos)", "durée totale(minutes)"}
TOPICS = {"topic", "tema", "tópico", "sujet", "тема"}
HOSTS = {"host", "anfitrión", "anfitrião", "hôte", "организатор"}
YES = {"yes", "sí", "si", "sim", "oui", "예", "да"}
NO = {"no", "não", "non", "아니요", "нет"}

BIDI = dict.fromkeys([0x200E, 0x200F, 0x61C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
ADDRESS = re.compile(r"[^\s()<>,;]+@[^\s()<>,;]+")
NAME_LENGTH, EMAIL_LENGTH, TOPIC_LENGTH = 300, 254, 300


@dataclass(frozen=True)
class Columns:
    """Where the table of participants has what; `None` where it does not."""

    name: int
    email: int | None
    joined: int
    left: int
    guest: int | None
    waiting: int | None


@dataclass(frozen=True)
class Summary:
    """What the block above the table says of the meeting."""

    topic: str = ""
    hosts: frozenset[str] = frozenset()  # e-mails and names, in lower case


@reader
def read_zoom(source: Source) -> Report | None:
    """One meeting's participants, or `None` where no line is the head of Zoom's table."""
    lines_of_file = source.sheets[0].rows if source.sheets else []
    start = head_index(lines_of_file)
    if start is None:
        return None
    heads = [head(cell) for cell in lines_of_file[start][1]]
    columns, summary = columns_of(heads, lines_of_file[start + 1 :]), summary_of(lines_of_file[:start])
    lines = [line for line in lines_of_file[start + 1 :] if line[1] != lines_of_file[start][1]]
    order = order_of(
        (cell_at(cells, at) for _, cells in lines for at in (columns.joined, columns.left)), near=source.near
    )
    connections = [connection(number, cells, columns, order, summary) for number, cells in lines]
    connections = [found for found in connections if found.name or found.email]
    if not connections:
        raise ReadError(Reason.NO_LINES)
    if all(found.excluded_because == Exclusion.NO_TIMES for found in connections):
        raise ReadError(Reason.NO_TIMES)
    return Report("zoom", variant_of(heads, start, lines_of_file), [Meeting(summary.topic, connections)])


def head(cell: str) -> str:
    """A head as the lists above write it."""
    plain = unicodedata.normalize("NFC", cell).translate(BIDI).replace("’", "'").casefold()
    return re.sub(r"\s*[(（]\s*", "(", re.sub(r"\s+", " ", plain)).replace("）", ")").strip()


def is_head(cells: list[str]) -> bool:
    """Whether these cells are the head of the table of participants: a name and a time."""
    heads = {head(cell) for cell in cells}
    return bool(heads & NAMES) and bool(heads & (JOINS | TOTALS))


def head_index(lines: Sequence[tuple[int, list[str]]]) -> int | None:
    """Which of the first lines is the table's head. Raises `ReadError` for reports of Zoom's that have no usable times."""
    first = head(lines[0][1][0]) if lines else ""
    if first == "attendee report":
        raise ReadError(Reason.UNKNOWN_LAYOUT)
    for index, (_number, cells) in enumerate(lines[:20]):
        following = lines[index + 1][1] if index + 1 < len(lines) else []
        if is_head(cells) or has_shape(cells, following):
            return index
    return None


def has_shape(cells: list[str], following: list[str]) -> bool:
    """`Name (Original name)` in a language that is not listed above, over a line with two times."""
    brackets = [cell for cell in cells[:1] if re.fullmatch(r"[^()]+\([^()]+\)", head(cell))]
    return bool(brackets) and head(cells[0]) not in NAMES and len(times_in(following)) >= 2


def times_in(cells: list[str]) -> list[int]:
    """Which cells are times."""
    return [index for index, cell in enumerate(cells) if MOMENT.fullmatch(cell)]


def columns_of(heads: list[str], lines: Sequence[tuple[int, list[str]]]) -> Columns:
    """By their heads, from the name on: what stands before it in wide reports is about the meeting."""
    name = next((index for index, text in enumerate(heads) if text in NAMES), 0)

    def at(aliases: set[str]) -> int | None:
        return next((index for index, text in enumerate(heads) if index > name and text in aliases), None)

    joined, left = at(JOINS), at(LEAVES)
    if joined is None and at(TOTALS) is not None:
        raise ReadError(Reason.NO_TIMES)
    if joined is None or left is None:
        joined, left = next((tuple(times_in(cells)[:2]) for _, cells in lines if len(times_in(cells)) >= 2), (0, 0))
    if not joined:
        raise ReadError(Reason.NO_TIMES if lines else Reason.NO_LINES)
    email = at(EMAILS)
    if email is None:
        email = next(
            (index for _, cells in lines for index, cell in enumerate(cells) if "@" in cell and index > name), None
        )
    return Columns(name, email, joined, left, at(GUESTS), at(WAITING))


def summary_of(lines: Sequence[tuple[int, list[str]]]) -> Summary:
    """Topic and host from the block above the table: a line of heads, a line of values."""
    if len(lines) < 2:
        return Summary()
    pairs = list(zip((head(cell) for cell in lines[0][1]), lines[1][1], strict=False))
    topic = next((value for name, value in pairs if name in TOPICS), "")
    named = [
        value.casefold() for name, value in pairs if name in HOSTS | EMAILS or ("@" in value and name not in TOPICS)
    ]
    addresses = [address for value in named for address in ADDRESS.findall(value)]
    hosts = {value for value in [*named, *addresses] if value}
    return Summary(clean(topic)[:TOPIC_LENGTH], frozenset(hosts))


def connection(number: int, cells: list[str], columns: Columns, order: Order, summary: Summary) -> Connection:
    """One line of the table."""
    name = clean(cell_at(cells, columns.name))[:NAME_LENGTH]
    email = clean(cell_at(cells, columns.email)).lower()[:EMAIL_LENGTH]
    joined, left = moment(cell_at(cells, columns.joined), order), moment(cell_at(cells, columns.left), order)
    return Connection(
        line=number,
        name=name,
        email=email if "@" in email else "",
        joined=joined,
        left=left,
        role=Role.HOST if is_host(cells, columns, summary, name, email) else Role.ATTENDEE,
        excluded_because=exclusion(cells, columns, joined, left),
    )


def is_host(cells: list[str], columns: Columns, summary: Summary, name: str, email: str) -> bool:
    """The host named in the summary; without one, whoever is of the host's own account (not a guest)."""
    if summary.hosts:
        return name.casefold() in summary.hosts or email in summary.hosts
    return cell_at(cells, columns.guest).casefold() in NO


def exclusion(
    cells: list[str], columns: Columns, joined: dt.datetime | None, left: dt.datetime | None
) -> Exclusion | None:
    """Why the line does not count, if so."""
    if cell_at(cells, columns.waiting).casefold() in YES:
        return Exclusion.WAITING_ROOM
    return Exclusion.NO_TIMES if joined is None or left is None else None


def cell_at(cells: list[str], index: int | None) -> str:
    """The cell, or "" where the line is shorter or has no such column."""
    return cells[index] if index is not None and index < len(cells) else ""


def clean(text: str) -> str:
    """Composed letters, no direction marks or control characters, single spaces."""
    composed = unicodedata.normalize("NFC", text).translate(BIDI)
    if not composed.isprintable():
        composed = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in composed)
    return " ".join(composed.split())


def variant_of(heads: list[str], start: int, lines: Sequence[tuple[int, list[str]]]) -> str:
    """A word for the layout: `classic`, `summary` (a block above it), `newer` (2024 and later)."""
    if start == 0:
        return "classic"
    return "newer" if {head(cell) for cell in lines[0][1]} & HOSTS or "email" in heads else "summary"

"""Livestorm: the people of an event, those who came and those who only registered, as CSV or workbook.

Heads of names and registration are those of public parsers, in French and English; what the columns of attendance are
called is not certain, so that several names are known for each. One line per person: durations are totals.
"""

from sessions.readers.columns import addresses, cleaned, column, head, moments_of, order_for, place_of, same_clock
from sessions.readers.durations import HOUR, MINUTE, seconds_of
from sessions.readers.layout import LOOKED_AT, Lines, place_like
from sessions.readers.moments import Order
from sessions.readers.registrants import Columns, People, where_times_are_missing
from sessions.readers.report import Meeting, ReadError, Reason, Report, Role, Source, reader
from sessions.readers.zoom_words import YES

GIVEN = {"first name", "prénom", "firstname", "vorname", "nombre", "nome"}
FAMILY = {"last name", "nom", "lastname", "nachname", "apellido", "apellidos", "cognome", "sobrenome"}
EMAILS = {"email", "e-mail", "email address", "adresse email", "adresse e-mail", "correo electrónico"}
# Parts of heads; the first that fits.
REGISTERED = ("registration date", "registered at", "registered on", "date d'inscription", "inscrit le", "anmeldedatum")
COUNTRY = ("country(from ip)", "pays(depuis ip)", "country from ip", "pays depuis ip")
ATTENDED = ("attended live", "attended", "has attended", "a participé", "a assisté", "assisté", "participation", "présent",
            "status", "statut", "attendance(yes", "teilgenommen", "asistió")  # fmt: skip
DURATIONS = ("attendance duration", "time attended", "attendance time", "viewing time", "duration", "durée", "time spent",
             "temps passé", "temps de présence", "temps de connexion", "minutes", "dauer", "duración")  # fmt: skip
JOINED = ("joined at", "joined", "join time", "join date", "arrivée", "a rejoint", "heure de connexion", "entered")
LEFT = ("left at", "leave time", "left", "départ", "a quitté", "heure de déconnexion", "exited")
ROLES = ("role", "rôle", "team member", "membre de l'équipe", "is host", "rolle")
STAFF = (
    "team member",
    "membre de l'équipe",
    "organizer",
    "organisateur",
    "moderator",
    "modérateur",
    "host",
    "animateur",
)
REPLAY = ("replay",)
HEAD_AMONG = 20


@reader
def read_livestorm(source: Source) -> Report | None:
    """Who came and who registered only, or `None` where the file is not Livestorm's or says nothing of attendance."""
    found = [table for sheet in source.sheets if (table := table_in(sheet.rows, source.file_name))]
    if not found:
        return None
    times = [column(lines, place_like(heads, parts)) for heads, lines in found for parts in (JOINED, LEFT)]
    dates = order_for(source, *times)
    people = People()
    for heads, lines in found:
        people.add(columns_of(heads, lines, dates.order))
    if not people.connections and not people.absent:
        raise ReadError(Reason.NO_LINES)
    meeting = Meeting("", people.connections, people.still_absent)
    return Report("livestorm", "registrants", [meeting], dates.stated, dates.notes)


def table_in(rows: Lines, file_name: str) -> tuple[list[str], Lines] | None:
    """Names, addresses, attendance, and a mark of Livestorm's: its country column, its registration date, its file name."""
    for index, (_line, cells) in enumerate(rows[:HEAD_AMONG]):
        heads = without_replay(list(map(head, cells)))
        is_people = all(place_of(heads, names) is not None for names in (GIVEN, FAMILY, EMAILS))
        is_attendance = any(place_like(heads, parts) is not None for parts in (ATTENDED, DURATIONS, JOINED))
        is_theirs = "livestorm" in file_name.casefold() or place_like(heads, (*COUNTRY, *REGISTERED)) is not None
        if is_people and is_attendance and is_theirs:
            return heads, rows[index + 1 :]
    return None


def without_replay(heads: list[str]) -> list[str]:
    """Heads, blank where they speak of the recording: watching it later is no attendance."""
    return ["" if any(part in text for part in REPLAY) else text for text in heads]


def columns_of(heads: list[str], lines: Lines, order: Order) -> Columns:
    """The columns of one table; times count where both are there, else the stated duration."""
    parts = zip(*(column(lines, place_of(heads, names)) for names in (GIVEN, FAMILY)), strict=True)
    times = (moments_of(column(lines, place_like(heads, names)), order) for names in (JOINED, LEFT))
    joined, left = same_clock(*times)
    stays = duration_place(heads, lines)
    return Columns(
        lines=[line for line, _cells in lines],
        names=cleaned([f"{given} {family}" for given, family in parts]),
        emails=addresses(column(lines, place_of(heads, EMAILS))),
        joined=joined,
        left=left,
        seconds=where_times_are_missing(durations_of(heads, lines, stays), joined, left),
        attended=column(lines, place_like(["" if at == stays else text for at, text in enumerate(heads)], ATTENDED)),
        roles=roles_of(heads, lines),
    )


def duration_place(heads: list[str], lines: Lines) -> int | None:
    """By its head, else the first column that holds durations with their units and nothing else."""
    known = place_like(heads, DURATIONS)
    if known is not None:
        return known
    filled = ((at, [text for text in column(lines[:LOOKED_AT], at) if text]) for at, text in enumerate(heads) if text)
    return next((at for at, texts in filled if texts and None not in map(seconds_of, texts)), None)


def durations_of(heads: list[str], lines: Lines, at: int | None) -> list[int | None]:
    """Seconds. Plain numbers count in the unit of their head, else as minutes unless that makes more than ten hours."""
    texts, name = column(lines, at), heads[at] if at is not None else ""
    most = max((int(text) for text in texts if text.isdecimal()), default=0)
    guess = 1 if most > 10 * HOUR // MINUTE else MINUTE
    unit = 1 if "sec" in name else MINUTE if "min" in name else HOUR if "hour" in name or "heure" in name else guess
    return [seconds_of(text, unit=unit) for text in texts]


def roles_of(heads: list[str], lines: Lines) -> list[Role]:
    """Hosts and moderators, by a role or by a yes in a column that asks for it."""
    at = place_like(heads, ROLES)
    is_question = at is not None and any(part in heads[at] for part in STAFF)
    return [
        Role.HOST
        if (text.casefold() in YES if is_question else any(part in head(text) for part in STAFF))
        else Role.ATTENDEE
        for text in column(lines, at)
    ]

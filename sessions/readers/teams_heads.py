"""Where the reports of Microsoft Teams have what: numbers of sections, heads in the languages that are known, places."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sessions.readers.columns import cell_at, clean, place_of
from sessions.readers.moments import Order, moment

SECTION = re.compile(r"(\d)\s?[.．、]\s?\D.*")

NAMES = {
    "name", "full name", "imię i nazwisko", "名前", "氏名", "nombre", "nombre completo", "nome", "nome completo", "nom",
    "nom complet", "naam", "volledige naam", "имя", "полное имя", "姓名", "名称", "全名", "이름", "الاسم", "الاسم الكامل",
    "ad", "tam ad", "namn", "vollständiger name",
}  # fmt: skip
GIVEN = {"first name", "given name", "registration first name", "nombre de pila", "prénom", "vorname"}
FAMILY = {"last name", "surname", "family name", "registration last name", "apellidos", "nachname", "nom de famille"}
JOINS = {
    "join time", "first join", "first join time", "pierwsze dołączenie", "godzina dołączenia", "初めての参加", "参加時刻",
    "参加時間", "primera entrada", "hora de entrada", "hora para unirse", "primeiro ingresso", "hora de ingresso",
    "horário de ingresso", "erster beitritt", "beitrittszeit", "beitrittszeitpunkt", "première participation",
    "heure de participation", "heure d'arrivée", "primo accesso", "ora di accesso", "время входа", "время присоединения",
    "加入时间", "首次加入", "首次加入时间", "eerste deelname",
}  # fmt: skip
LEAVES = {
    "leave time", "last leave", "last leave time", "ostatnie wyjście", "godzina opuszczenia", "最終退出", "退出時刻",
    "退出時間", "última salida", "hora de salida", "última saída", "hora de saída", "horário de saída",
    "letztes verlassen", "austrittszeit", "verlassenszeit", "dernier départ", "heure de départ", "ultima uscita",
    "ora di uscita", "время выхода", "离开时间", "最后离开", "最后离开时间", "laatste vertrek",
}  # fmt: skip
DURATIONS = {
    "duration", "in-meeting duration", "czas udziału w spotkaniu", "czas trwania", "会議の長さ", "期間", "長さ",
    "duración", "duración de la reunión", "duración en la reunión", "duração", "duração na reunião", "dauer",
    "dauer der besprechung", "durée", "durée de la réunion", "durata", "durata riunione", "длительность",
    "продолжительность", "持续时间", "会议持续时间", "duur",
}  # fmt: skip
EMAILS = {
    "email", "e-mail", "email address", "e-mail address", "registration email", "adres e-mail", "メール",
    "メール アドレス", "メールアドレス", "電子メール", "correo electrónico", "correo", "e-mail-adresse", "adresse e-mail",
    "courrier", "indirizzo di posta elettronica", "posta elettronica", "электронная почта", "адрес электронной почты",
    "эл. почта", "电子邮件", "电子邮件地址", "邮箱", "電子郵件", "이메일", "البريد الإلكتروني", "e-posta", "e-mailadres",
}  # fmt: skip
ROLES = {
    "role", "rola", "役割", "ロール", "rol", "função", "rolle", "rôle", "ruolo", "роль", "角色", "역할", "الدور", "roll",
}  # fmt: skip
TITLES = {
    "meeting title", "event title", "webinar title", "tytuł spotkania", "会議のタイトル", "会議タイトル",
    "título de la reunión", "título da reunião", "titel der besprechung", "besprechungstitel", "titre de la réunion",
    "titolo riunione", "titolo della riunione", "название собрания", "会议标题", "會議標題", "모임 제목", "عنوان الاجتماع",
    "toplantı başlığı", "titel van vergadering", "vergadertitel",
}  # fmt: skip


class Columns(NamedTuple):
    """Where a table has what; `None` where it has not. Of two names, given name and family name are put together."""

    names: tuple[int, ...]
    joined: int
    left: int
    duration: int | None
    email: int | None
    role: int | None


def section_of(cells: Sequence[str]) -> int | None:
    """The number of a line that heads a section, in any language and any digits: `3. In-Meeting Activities`."""
    if len(cells) > 1 and any(cells[1:]):
        return None
    match = SECTION.fullmatch(clean(cells[0]))
    return int(match[1]) if match else None


def is_table_head(line: Sequence[str]) -> bool:
    """Whether these are the heads of a table of connections, as Teams and no other platform has them."""
    times = place_of(line, JOINS) is not None and place_of(line, LEAVES) is not None
    named = bool({"full name"} & set(line)) or place_of(line, ROLES) is not None
    timed = place_of(line, DURATIONS) is not None and place_of(line, NAMES | GIVEN) is not None
    return is_id(line) or (times and named and timed)


def is_id(line: Sequence[str]) -> bool:
    """Whether a head marks the account's name, `Participant ID (UPN)`: so in every language."""
    return any("(upn)" in text for text in line)


def columns_of(line: Sequence[str], rows: Sequence[tuple[int, list[str]]]) -> Columns:
    """By known heads, then by what stands below them, then by place: name, joined, left, duration, e-mail, role."""
    shaped = times_in(rows)
    joined = place_of(line, JOINS)
    joined = joined if joined is not None else shaped[0] if shaped else 1
    left = place_of(line, LEAVES)
    left = left if left is not None else next((index for index in shaped if index > joined), joined + 1)
    duration = place_of(line, DURATIONS)
    duration = left + 1 if duration is None else duration
    email = email_of(line, rows, left + 2)
    taken = {joined, left, duration, email}
    role = place_of(line, ROLES)
    if role is None:
        free = range(left + 2, len(line))
        role = next((index for index in free if index not in taken and not is_id(line[index : index + 1])), None)
    return Columns(names_of(line), joined, left, duration, email, role)


def names_of(line: Sequence[str]) -> tuple[int, ...]:
    """The column of the name, or those of given name and family name."""
    given, family, whole = place_of(line, GIVEN), place_of(line, FAMILY), place_of(line, NAMES)
    if whole is None and given is not None and family is not None:
        return given, family
    return (whole or 0,)


def times_in(rows: Sequence[tuple[int, list[str]]]) -> list[int]:
    """The columns of moments in the first lines that have two of them."""
    for _line, cells in rows[:50]:
        found = [
            index
            for index, cell in enumerate(cells)
            if moment(cell, Order.DAY_FIRST) or moment(cell, Order.MONTH_FIRST)
        ]
        if len(found) >= 2:
            return found
    return []


def email_of(line: Sequence[str], rows: Sequence[tuple[int, list[str]]], place: int) -> int | None:
    """The column of addresses. The account's name is none, except where there is no other column and it is an address."""
    known = place_of(line, EMAILS)
    if known is not None:
        return known
    account = next((index for index, text in enumerate(line) if "(upn)" in text), None)
    below = [cell_at(cells, place) for _line, cells in rows]
    if account != place and place < len(line) and all("@" in cell for cell in below if cell):
        return place
    return account

"""Dates and times as exports write them, in many languages. Which of 03/04 is the month is decided once per file."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

# A numeric date at the beginning of a text: 18/3/2026, 2026-03-18, 18.03.26, "2026. 3. 18.", 2026年3月18日.
NUMERIC = re.compile(r"(\d{1,4})\s?([/.\-年년])\s?(\d{1,2})\s?([/.\-月월])\s?(\d{1,4})\s?[日일.]?(?:\s?г\.?)?")
DIGIT = re.compile(r"\d")
HALVES = {
    **dict.fromkeys(["am", "上午", "凌晨", "早上", "午前", "오전", "ص", "صباحا", "дп", "sa", "πμ", "vorm"], 0),
    **dict.fromkeys(["pm", "下午", "中午", "晚上", "午後", "오후", "م", "مساء", "пп", "ch", "μμ", "nachm"], 12),
}
_HALF = r"[ap]\.?\s?m\b\.?|[дп]\.?\s?п\.?|[πμ]\.?\s?μ\.?|" + "|".join(sorted(HALVES, key=len, reverse=True))
CLOCK = re.compile(
    rf"""(?:(?:at|à|a\s?las?|às|um|klo?\.?|в|@)\s*)?(?:(?P<before>{_HALF})\s*)?(?P<hour>\d{{1,2}})
    (?:\s?(?P<mark>[:.：∶٫時时点點시]|h(?:rs?|\b|(?=\s?\d))\.?|u(?=\d)|ч\.?|:)\s?
        (?:(?P<minute>\d{{2}})(?:\s?(?:[:.：]|min\.?|m|分|분|')\s?(?P<sec>\d{{2}})(?:[.,]\d+)?\s?(?:s|秒|초)?)?\s?(?:分|분|min\.?|m\b|')?)?
    )?
    (?:\s?(?P<after>{_HALF}))?(?:\s?(?:Uhr|hrs?|h|ч\.?|น\.?))?
    (?:\s?\(?(?P<zone>(?-i:[A-Z]{{1,5}})|(?:UTC|GMT)?[+\-\u2212]\d{{1,2}}:?(?:\d{{2}})?)\)?)?""",
    re.VERBOSE | re.IGNORECASE,
)
# Named months without accents, in lower case: English, French, Spanish, Portuguese, German, Italian, Dutch, Russian,
# Ukrainian, Polish, Czech, Turkish, Indonesian, Swahili, Greek, Arabic (Egypt and the Gulf, the Levant, the Maghreb).
MONTH_NAMES = (
    "jan january janvier janv enero ene janeiro januar jänner gennaio gen januari января январь янв січня stycznia"
    " styczen sty ledna leden ocak oca ιανουαριου ιαν يناير جانفي",
    "feb february fevrier fevr febrero fevereiro fev februar febbraio februari февраля февраль фев февр лютого lutego"
    " luty lut unora unor subat sub φεβρουαριου φεβ فبراير شباط فيفري",
    "mar march mars marzo março marco marz maerz mrz maart mrt maret машр марта март мар березня marca marzec brezna"
    " brezen mart machi μαρτιου μαρ مارس اذار",
    "apr april avril avr abril abr aprile апреля апрель апр квітня квитня kwietnia kwiecien kwi dubna duben nisan nis"
    " aprili απριλιου απρ ابريل نيسان افريل",
    "may mai mayo maio maggio mag mei мая май травня maja maj kvetna kveten mayis μαιου μαι مايو ايار ماي",
    "jun june juin junio junho juni giugno giu июня июнь июн червня czerwca czerwiec cze cervna cerven haziran haz"
    " ιουνιου ιουν يونيو حزيران جوان",
    "jul july juillet juil julio julho juli luglio lug июля июль июл липня lipca lipiec lip cervence cervenec temmuz"
    " tem julai ιουλιου ιουλ يوليو تموز جويلية",
    "aug august aout agosto ago augustus августа август авг серпня sierpnia sierpien sie srpna srpen agustos agu"
    " agustus agu agosti αυγουστου αυγ اغسطس اب اوت",
    "sep sept september septembre septiembre setiembre setembro set settembre сентября сентябрь сен сент вересня"
    " wrzesnia wrzesien wrz zari eylul eyl septemba σεπτεμβριου σεπ سبتمبر ايلول",
    "oct october octobre octubre outubro out oktober okt ottobre ott октября октябрь окт жовтня pazdziernika"
    " pazdziernik paz rijna rijen ekim eki oktoba οκτωβριου οκτ اكتوبر",
    "nov november novembre noviembre novembro ноября ноябрь ноя нояб листопада listopada listopad lis kasim kas"
    " novemba νοεμβριου νοε نوفمبر",
    "dec december decembre diciembre dic dezembro dez dezember dicembre декабря декабрь дек грудня grudnia grudzien"
    " gru prosince prosinec aralik ara desember desemba des δεκεμβριου δεκ ديسمبر",
)
MONTHS = {name: number for number, names in enumerate(MONTH_NAMES, 1) for name in names.split()}
SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\u2007\u3000\t", " ") | dict.fromkeys("\u200e\u200f\u061c", ""))
SECONDS = {f"{number:02}": dt.timedelta(seconds=number) for number in range(60)}


class Order(StrEnum):
    """Order of the fields of a date that does not begin with its year."""

    MONTH_FIRST = "MDY"
    DAY_FIRST = "DMY"


@dataclass(frozen=True)
class DateOrder:
    """In which order a file's dates are read, and whether neither the file nor the session's day settles it."""

    order: Order
    is_open: bool = False

    @property
    def notes(self) -> tuple[str, ...]:
        """For the report: `date_order_open`, so that a person is asked."""
        return ("date_order_open",) if self.is_open else ()

    @property
    def stated(self) -> Order | None:
        """For the report: the order that was taken, where the file leaves it open."""
        return self.order if self.is_open else None


def moment(text: str, order: Order) -> dt.datetime | None:
    """The moment that `text` names; `None` where it names none.

    Naive, in the file's own clock; aware, in UTC, where the text says so (`Z`, `UTC`, `GMT`, `+02:00`). Abbreviations
    such as EDT mean different zones in different places and are left out.
    """
    plain = text.translate(SPACES).strip()
    if len(plain) > 60 or not DIGIT.search(plain):
        return None
    for left, right in splits(plain):
        day, clock = date_of(left, order), clock_of(right)
        if day and clock:
            return joined(day, clock)
    return None


def moments_by_text(texts: Iterable[str], order: Order) -> dict[str, dt.datetime | None]:
    """The moment that each text names; see `moment`. A minute in which a thousand came is read once."""
    minutes: dict[str, dt.datetime | None] = {}
    found: dict[str, dt.datetime | None] = {}
    for text in texts:
        front, _, back = text.rpartition(":")  # `03/18/2026 09:25` and `45 AM`
        after = SECONDS.get(back[:2]) if front[-3:-2] == ":" else None
        if after is None:
            found[text] = moment(text, order)
            continue
        half = back[2:]
        minute = front + half
        if minute not in minutes:
            minutes[minute] = moment(f"{front}:00{half}", order)
        starts = minutes[minute]
        found[text] = starts + after if starts else None
    return found


def splits(text: str) -> Iterable[tuple[str, str]]:
    """Every way to take a text for a date and a time: the time stands last, or first."""
    if text[10:11] == "T":
        yield text[:10], text[11:]
    cuts = [match.start() for match in re.finditer(r"\s|(?<=[日일])", text)]
    for cut in cuts:
        yield text[:cut].rstrip(" ,،、"), text[cut:].lstrip(" -–,")
    for cut in cuts:
        yield text[cut:].strip(), text[:cut].rstrip(" ,،、")


def joined(day: dt.date, clock: dt.time) -> dt.datetime | None:
    """A day and a time of day; in UTC where the time states its distance from it."""
    try:
        return dt.datetime.combine(day, clock).astimezone(dt.UTC) if clock.tzinfo else dt.datetime.combine(day, clock)
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=4096)
def date_of(text: str, order: Order) -> dt.date | None:
    """The day that a text names, and nothing but a day."""
    plain = text.translate(SPACES).strip()
    match = NUMERIC.fullmatch(plain)
    try:
        if match:
            return dt.date(*date_fields(match, order))
        return named_date(plain) if 6 <= len(plain) <= 60 else None
    except ValueError:
        return None


def named_date(text: str) -> dt.date | None:
    """`Mar 22, 2026`, `22 mars 2026`, `domingo, 22 de marzo de 2026`: a month's name, a day and a year."""
    words = re.findall(r"\d+|[^\W\d_]+", without_accents(text))
    months = [MONTHS[word] for word in words if word in MONTHS]
    numbers = [int(word) for word in words if word.isdecimal() and len(word) <= 4]
    if "thang" in words and len(numbers) == 3:
        return dt.date(numbers[2], numbers[1], numbers[0])
    if not months or len(numbers) != 2:
        return None
    day, year = numbers if numbers[0] <= 31 else (numbers[1], numbers[0])
    return dt.date(full_year(year), months[-1], day)


def without_accents(text: str) -> str:
    """Lower case, marks taken off."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))


def date_fields(match: re.Match[str], order: Order) -> tuple[int, int, int]:
    """Year, month, day. A year in front, or dots as in 31.12.2026, leave no choice."""
    first, second, third = int(match[1]), int(match[3]), int(match[5])
    if len(match[1]) > 2:
        return full_year(first), second, third
    if match[2] == "." or order == Order.DAY_FIRST:
        return full_year(third), second, first
    return full_year(third), first, second


def full_year(year: int) -> int:
    """Of two digits in this century; of the Buddhist era, 543 years earlier."""
    if year < 100:
        return 2000 + year
    return year - 543 if 2400 <= year < 2700 else year


@lru_cache(maxsize=4096)
def clock_of(text: str) -> dt.time | None:
    """The time of day that a text names: `09:01:11 AM`, `9h02`, `9.02`, `12h`, `오전 9:01`, `7:13 PM EDT`, `09:01+02:00`."""
    match = CLOCK.fullmatch(text.translate(SPACES).strip()) if len(text) <= 40 else None
    if match is None or not (match["mark"] or match["before"] or match["after"]):
        return None
    if match["mark"] in (".", ":", "：", "∶", "٫", "u") and match["minute"] is None:
        return None
    try:
        hour = hour_of_day(int(match["hour"]), match["before"] or match["after"])
        return dt.time(hour, int(match["minute"] or 0), int(match["sec"] or 0), tzinfo=offset_of(match["zone"] or ""))
    except ValueError:
        return None


def hour_of_day(hour: int, half: str | None) -> int:
    """From 0 to 23. `13:05 PM`, which some exports write, is 13:05; raises `ValueError` for 0 PM."""
    if half is None or hour > 12:
        return hour
    if hour == 0:
        raise ValueError(hour)
    return hour % 12 + HALVES[re.sub(r"[.\s]", "", half.casefold())]


def offset_of(zone: str) -> dt.timezone | None:
    """The distance from UTC that a zone states; `None` where it states none."""
    sign = re.fullmatch(r"(?:UTC|GMT)?([+\-\u2212])(\d{1,2}):?(\d{2})?", zone.upper())
    if sign is None:
        return dt.UTC if zone.upper() in ("Z", "UTC", "GMT") else None
    minutes = int(sign[2]) * 60 + int(sign[3] or 0)
    return dt.timezone(dt.timedelta(minutes=minutes if sign[1] == "+" else -minutes))


def settled(texts: Iterable[str], *, near: dt.date | None, said: Order | None = None) -> DateOrder:
    """The order in which a file writes its dates, and whether that is sure.

    A field above 12 settles it, then what a person `said`. Where every date can be read both ways, the reading that
    falls on `near`, the session's day, or the day next to it, is sure; else the closer one is taken, month first where
    there is no such day, which is what platforms write unless told otherwise, and the order is open.
    """
    plain = (text if text.isascii() else text.translate(SPACES) for text in set(texts))
    dates = {text.split(" ", 1)[0] if text[:1].isdecimal() else text for text in plain}
    found = [match for match in map(NUMERIC.match, dates) if match and len(match[1]) < 3 and match[2] in "/-"]
    if any(int(match[1]) > 12 for match in found):
        return DateOrder(Order.DAY_FIRST)
    if any(int(match[3]) > 12 for match in found):
        return DateOrder(Order.MONTH_FIRST)
    if said is not None:
        return DateOrder(said)
    if not any(match[1].lstrip("0") != match[3].lstrip("0") for match in found):
        return DateOrder(Order.MONTH_FIRST)
    if near is None:
        return DateOrder(Order.MONTH_FIRST, is_open=True)
    distances = {order: distance(found, order, near) for order in Order}
    order = min(Order, key=lambda each: distances[each])
    return DateOrder(order, is_open=not distances[order] <= 1 < max(distances.values()))


def distance(matches: list[re.Match[str]], order: Order, near: dt.date) -> int:
    """Days between `near` and the nearest date of the file, read in this order."""
    fields = {date_fields(match, order) for match in matches}
    return min((abs((dt.date(*date) - near).days) for date in fields if all(date)), default=0)

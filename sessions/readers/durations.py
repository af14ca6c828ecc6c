"""Durations as exports write them, in many languages."""

import re

HOUR, MINUTE, DAY = 3600, 60, 86_400
NAMES = {
    DAY: "d day days jour jours tag tage dia dias día días 天 日",
    HOUR: "h hr hrs hour hours heure heures hora horas std stunde stunden ora ore godz godzina godziny godzin ч час часа"
    " часов год години година hod hodin hodina hodiny uur tim timme timmar time timer saat sa jam giờ saa 時間 小时 小時"
    " 时 時 시간 ساعة ساعات ساعه س ώρα ώρες ω घंटा घंटे",
    MINUTE: "m min mins mn minute minutes minuto minutos minuten minuti minuta minuty minut minuter minutter м мин минута"
    " минуты минут хв хвилин dk dakika menit phút 分 分钟 分鐘 分間 분 دقيقة دقائق دقيقه د λεπτό λεπτά λ मिनट",
    1: "s sec secs sek second seconds seconde secondes segundo segundos seg sekunde sekunden secondi secondo sekunda"
    " sekundy sekund sekunder с сек секунда секунды секунд sn saniye detik giây 秒 秒钟 秒鐘 초 ثانية ثواني ثوان ث"
    " δευτερόλεπτα δ सेकंड",
}
UNITS = {name: size for size, names in NAMES.items() for name in names.split()}
PART = re.compile(r"(\d{1,6}(?:[.,]\d{1,6})?)\s*([^\W\d_]+)\.?[\s,،]*(?:(?:and|et|und|y|e|и|و|ve|dan)\s*(?=\d))?")
CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2})(?:[.,]\d+)?")
ISO = re.compile(r"P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?", re.IGNORECASE)
NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,9})?")
SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\u2007\u3000\t", " "))


def seconds_of(text: str, *, unit: int | None = None) -> int | None:
    """Seconds of `3h 23m 20s`, `1 h 15 min`, `1 時間 2 分`, `59 Min. 0 Sek.`, `1:00:00`, `32:14` (minutes), `PT1H2M`.

    A plain number counts in `unit` seconds (60 under a head that says minutes) and is `None` without one, as is
    everything else that is no duration.
    """
    plain = text.translate(SPACES).strip().casefold().lstrip("<≈~ ")
    if not plain or len(plain) > 60:
        return None
    if NUMBER.fullmatch(plain):
        return None if unit is None else round(float(plain.replace(",", ".")) * unit)
    clock = CLOCK.fullmatch(plain)
    if clock:
        return int(clock[1] or 0) * HOUR + int(clock[2]) * MINUTE + int(clock[3])
    french = re.fullmatch(r"(\d{1,3})\s?h\s?(\d{1,2})", plain)
    if french:
        return int(french[1]) * HOUR + int(french[2]) * MINUTE
    iso = ISO.fullmatch(plain) if plain.startswith("p") and len(plain) > 2 else None
    if iso:
        return sum(int(number or 0) * size for number, size in zip(iso.groups(), (DAY, HOUR, MINUTE, 1), strict=True))
    return of_parts(plain)


def of_parts(text: str) -> int | None:
    """The sum of numbers with units, each unit at most once and the larger first."""
    position, total, last = 0, 0.0, DAY * 2
    while position < len(text):
        part = PART.match(text, position)
        size = UNITS.get(part[2]) if part else None
        if part is None or size is None or size >= last:
            return None
        position, total, last = part.end(), total + float(part[1].replace(",", ".")) * size, size
    return round(total)

"""Presence marks of sign-in sheets: X, ✓, 1, P, présent, sí, да, 出席, حاضر, and what says that somebody was absent."""

import re
from collections.abc import Iterable, Sequence

from sessions.readers.moments import without_accents

CROSSES = {"x", "xx", "✗", "✘", "×", "☒", "✕", "✖", "❌", "х"}  # the last is Cyrillic
PRESENT = (
    "+ 1 anwesend asistio assinado atrasado attended compareceu evet firmado geldi hadir in ja late ndiyo"
    " o obecna obecnosc obecny ok oui p participou pres pres. present present(e) presenta presente"
    " presentes presents presenza retard si signe signed sim tak tarde true v var verdadeiro verdadero"
    " verspatet vrai wahr y ya yes був була был была было д да есть опоздал опоздала присутній"
    " присутствовал присутствовала присутствует так явился حاضر حاضرة حضر حضرت متأخر موجود نعم √ ○ ◎ ● ◯"
    " ☑ ✅ ✓ ✔ 〇 はい 出席 到 参加 已到 已签到 是 有 签到 迟到 예 참석 출석"
)
ABSENT = (
    "- -- / 0 a abs absen absent absent(e) absente absents abwesend assente ausente ausentes entschuldigt"
    " exc excuse excused f falsch false falso falta faltou faux fehlt gelmedi hapana hayir justifie n nao"
    " nein nie nieobecna nieobecny no no-show non noshow tidak yok відсутній н не нет ні отсутствовал"
    " отсутствовала отсутствует غائب غائبة غياب لا لم – — △ いいえ 否 未到 欠席 缺勤 缺席 请假 결석"
    " 아니요"
)
PHRASES = {"en retard": True, "a participe": True, "no show": False, "did not attend": False, "не был": False}


TOTALS = re.compile(
    without_accents(
        r"^[^\w]*(?:sous.?|sub.?)?(?:total|totaux|totals|totales|totais|totale|summe|gesamt|somme"
        r"|suma|razem|итого|всего|разом|всього|totaal|celkem|jumla\b|tong cong|συνολο|totalt|סהכ"
        r"|合计|总计|共计|小计|合計|합계|المجموع|الإجمالي|إجمالي|toplam|jumlah|nombre de|number of|numero de|anzahl"
        r"|количество)"
    )
    + r"(?!\w)"
)


def is_total(cells: Sequence[str]) -> bool:
    """Whether a line adds others up: its first cell with anything in it, a running number aside, says so."""
    first = next((cell for cell in cells if cell and not cell.isdigit()), "")
    return bool(TOTALS.match(without_accents(first)))


def bare(text: str) -> str:
    """A mark as the lists above write it."""
    return without_accents(text.strip().rstrip(".!")).strip() or text.strip()


PRESENT_MARKS = {bare(word) for word in PRESENT.split()} | {text for text, is_there in PHRASES.items() if is_there}
ABSENT_MARKS = {bare(word) for word in ABSENT.split()} | {text for text, is_there in PHRASES.items() if not is_there}


class Marks:
    """How one column marks presence: a cross beside ticks, or beside `P` and `A`, says absent; alone it says present."""

    def __init__(self, cells: Iterable[str]) -> None:
        values = [bare(cell) for cell in cells if cell]
        self.known = sum(value in PRESENT_MARKS or value in ABSENT_MARKS or value in CROSSES for value in values)
        self.total = len(values)
        self.crosses_are_absent = any(value in PRESENT_MARKS for value in values)
        self.any_present = self.crosses_are_absent or any(value in CROSSES for value in values)

    @property
    def are_plain(self) -> bool:
        """Whether nearly every cell with something in it holds a mark that is known, and somebody was there."""
        return self.any_present and self.known * 10 >= self.total * 9

    def says_present(self, cell: str, *, by_any_sign: bool = False) -> bool:
        """Whether a cell marks its person as present; `by_any_sign` as a signature does."""
        value = bare(cell)
        if not value or value in ABSENT_MARKS or (value in CROSSES and self.crosses_are_absent):
            return False
        return by_any_sign or value in PRESENT_MARKS or value in CROSSES

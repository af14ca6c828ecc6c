"""What a column of a sign-in sheet is for, by its head: English, French, Spanish, Portuguese, German, Italian, Russian,
Ukrainian, Polish, Turkish, Indonesian, Arabic, Chinese, Japanese and Korean words."""

import re
from collections.abc import Sequence
from enum import StrEnum

from sessions.readers.columns import head
from sessions.readers.moments import without_accents


class Use(StrEnum):
    """What a column holds."""

    EMAIL = "email"
    FAMILY = "family"
    GIVEN = "given"
    NAME = "name"
    LEFT = "left"
    JOINED = "joined"
    DURATION = "duration"
    STAMP = "stamp"  # the moment at which a form was sent: whoever sent it was there
    DATE = "date"
    MARK = "mark"
    SIGNATURE = "signature"
    OTHER = "other"


# Tried in this order, on heads in lower case without accents. `\b` parts words of alphabets; Chinese has none.
PATTERNS: tuple[tuple[Use, str], ...] = (
    (
        Use.EMAIL,
        r"mail|courriel|correo|почт|邮箱|邮件|電子郵件|メール|이메일|بريد|ايميل|\beposta|e-posta|пошт|barua pepe"
        r"|דוא|מייל|e-post\b|\bepost",
    ),
    (
        Use.OTHER,
        r"^(n|no|nr|num|numero|lp|id|s/n|sn)?[^\w]*$|^№|^序号$|^م$|^номер$|^#"
        r"|\b(phone|tel|telephone|telefono|telefone|mobile|gsm|whatsapp|телефон)\b|手机|电话|هاتف|fonction"
        r"|position|organi[sz]ation|institution|company|entreprise|empresa|structure|country|pays\b|pais\b"
        r"|gender|sexe|sexo|организаци|должност|单位|部门|公司|مؤسسة|المنظمة|firma\s+\w+|comment|remark"
        r"|observation|note\b",
    ),
    (
        Use.STAMP,
        r"timestamp|time stamp|horodat|marca temporal|carimbo|zeitstempel|отметка времени"
        r"|informazioni cronologiche|submitted|completion time|submission|提交时间|طابع زمني",
    ),
    (
        Use.SIGNATURE,
        r"signature|emargement|\bfirma\b|\bfirmas\b|assinatura|rubrica|подпись|підпис|签名|簽名|署名|서명"
        r"|توقيع|unterschrift|podpis|\bimza\b|tanda tangan|\bsigned\b|\bvisa\b",
    ),
    (
        Use.DURATION,
        r"duration|duree|duracion|duracao|\bdauer|durata|продолжительн|длительн|тривал|时长|時間数"
        r"|参加時間|시간\(|المدة|\bmin(ute)?s?\b|\bminutos\b|\bminuten\b|\bminuti\b|минут|分钟|分鐘|دقائق"
        r"|time in session|hours attended|heures de presence|time attended|temps (de presence|total)"
        r"|horas (asistidas|totales)|czas trwania|\bsure\b",
    ),
    (
        Use.LEFT,
        r"depart|\bout\b|sign.?out|check.?out|clock.?out|salida|saida|sortie|\bfin\b|\bend\b|\bended"
        r"|\bleft\b|leave|leaving|уход|ухода|выход|убыти|вибутт|конец|окончани|вихід|离开|離開|签退|簽退|离场"
        r"|退室|退出|終了|퇴장|퇴실|مغادرة|المغادرة|خروج|الخروج|انصراف|\bgehen|\bende\b|\bbis\b|\bgeht\b"
        r"|uscita|partenza|\bhasta\b|vertrek|avgang|odchod|gio ra\b|kutoka|αποχωρησ|יציאה|\bexit"
        r"|wyjsc|cikis|pulang|keluar|termino|\bfine\b",
    ),
    (
        Use.JOINED,
        r"arriv|(?<!/)\bin\b|sign.?in|check.?in|clock.?in|entrada|entree|entry|llegada|chegada|ingreso|ingresso"
        r"|debut|\bstart|\bjoin|приход|прибыти|прибутт|вход|начал|вхід|到达|到達|签到时间|到场|进入|入室|開始|입장"
        r"|입실|وصول|الوصول|دخول|الدخول|وقت الحضور|ankunft|ankomst|aankomst|prichod|gio vao|kuingia"
        r"|προσελευσ|αφιξ|הגעה|כניסה|beginn|kommen|\bvon\b|\bkommt\b|entrata|arrivo"
        r"|inizio|\bdesde\b|\bfrom\b|przyjsci|wejsci|giris|datang|masuk|inicio|\bheures?$|\btime$|^hora$"
        r"|^uhrzeit$|^время$|^ora$|^时间$|^الوقت$|^часы$|\bhoraires?$|^horario$",
    ),
    (
        Use.NAME,
        r"nom.{0,4}\bet\b.{0,4}prenom|nom.{0,3}prenom|prenom.{0,6}\bnom\b|nom complet|full.?name"
        r"|nombre completo|nome completo|apellido.{0,6}nombre|nombre.{0,6}apellido|cognome.{0,4}nome"
        r"|nome.{0,4}cognome|nome.{0,6}sobrenome|(first|given).{0,14}(last|family)"
        r"|(last|family|sur).{0,14}(first|given)|vor.{0,6}nachname|name, vorname|nachname, vorname"
        r"|фамилия.{0,4}имя|имя.{0,5}фамилия|\bф\.?\s?и\.?\s?о\b|фио|прізвище.{0,6}ім|姓名|氏名|名前|성명"
        r"|이름|الاسم الكامل|اسم المشارك|imie i nazwisko|ονοματεπωνυμο|ho va ten|ho ten"
        r"|jmeno a prijmeni|nazwisko i imie|ad.{0,3}soyad|nama lengkap",
    ),
    (
        Use.FAMILY,
        r"last.?name|surname|family.?name|nom de famille|apellidos?\b|sobrenome|apelido|фамилия|прізвище"
        r"|^姓$|姓氏|^성$|اسم العائلة|اللقب|الكنية|nachname|familienname|cognome|nazwisko|soyad"
        r"|achternaam|efternamn|etternavn|efternavn|prijmeni|επωνυμο|שם משפחה"
        r"|^last$|^family$|\bnom\(s\)? de",
    ),
    (
        Use.GIVEN,
        r"first.?name|given.?names?|forename|prenom|vorname|الاسم الاول|الاسم الشخصي|^名$|名字"
        r"|имя и отчество|\bimie\b|voornaam|fornamn|fornavn|\bjmeno\b|שם פרטי|^first$|^given$"
        r"|primer nombre|primeiro nome|nama depan",
    ),
    (
        Use.NAME,
        r"\bnoms?\b|\bnames?\b|\bnombres?\b|\bnomes?\b|\bимя\b|\bім'?я\b|участник|учасник|participant"
        r"|partecipant|attendee|student|learner|trainee|teilnehm|nominativo|参加者|参会人|学员|学生|昵称"
        r"|المشارك|الاسم|\bاسم\b|\bnama\b|\badi\b|^ad$|\bnaam\b|\bnamn\b|\bnavn\b|\bjina\b|ονομα"
        r"|^שם$|apprenant|stagiaire|asistente|alumn|aluno|слушател",
    ),
    (
        Use.MARK,
        r"present|presenc|presenz|asisten|asistio|asisti|attend|присутств|явка|посещ|присутн|出席|签到|考勤|到会"
        r"|출석|حضور|الحضور|حاضر|anwesen|obecn|\bkatilim|hadir|frequenc|participo|a participe|compareceu"
        r"|status|statut|estado|状态|состояние|الحالة",
    ),
    (
        Use.DATE,
        r"\bdates?\b|fecha|\bdata\b|\bдата\b|日期|التاريخ|تاريخ|datum|\bjour\b|\bday\b|\bdia\b|\btarih"
        r"|tanggal|날짜",
    ),
)
COMPILED = tuple((use, re.compile(without_accents(pattern))) for use, pattern in PATTERNS)
HALF_DAYS = re.compile(
    without_accents(
        r"matin|apres.?midi|morning|afternoon|evening|soir|manana|tarde|noche|manha|noite|утр|дневн|вечер|до обеда"
        r"|после обеда|上午|下午|午前|午後|오전|오후|صباح|مساء|vormittag|nachmittag|mattin|pomeriggio|\bam\b"
        r"|\bpm\b|half"
    )
)
# A given name's column is often headed only "Nombre", "Nome", "Имя" or "Nom" beside one for the family name.
HALVES_OF_A_NAME = {
    "nombre",
    "nombres",
    "nome",
    "nomes",
    "имя",
    "ім'я",
    "name",
    "names",
    "الاسم",
    "nama",
    "ad",
    "adi",
    "名",
}


def use_of(cell: str) -> Use | None:
    """What a head says that its column holds; `None` where it says nothing that we know."""
    plain = plain_head(cell)
    if not plain or len(plain) > 80:
        return None
    return next((use for use, pattern in COMPILED if pattern.search(plain)), None)


def plain_head(cell: str) -> str:
    """A head without case, accents, and signs such as the asterisk of a field that must be filled in."""
    return re.sub(r"[*:_\s]+", " ", without_accents(head(cell)).replace("ı", "i")).strip()


def uses_of(cells: Sequence[str]) -> list[Use | None]:
    """What the columns hold. A lone `Nom` is a whole name; beside `Prénom` it is only the family’s."""
    uses = [use_of(cell) for cell in cells]
    if uses.count(Use.NAME) == 1:
        place = uses.index(Use.NAME)
        bare = plain_head(cells[place])
        if (
            Use.GIVEN in uses
            and Use.FAMILY not in uses
            and bare in {"nom", "noms", "name", "nombre", "familia", "الاسم"}
        ):
            uses[place] = Use.FAMILY
        elif Use.FAMILY in uses and Use.GIVEN not in uses and bare in HALVES_OF_A_NAME:
            uses[place] = Use.GIVEN
    return uses

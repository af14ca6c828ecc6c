"""What a name in a report is: a person's, a device's, a caller's number, nobody's; and the names that it may hold.

Shown names and their quirks: FORMATS.md §0.7 — `Shown (Original)` (Zoom), `account(nickname)` (Tencent), suffixes such as
`(Guest)` and a prefix `[Org]` (Teams), device names, masked numbers.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from sessions.names import Name, name_of, ordered
from sessions.sounds import latin_words, script_of


class Kind(Enum):
    """What a shown name is."""

    PERSON = auto()
    PHONE = auto()
    ANONYMOUS = auto()  # says in so many words that it does not say
    GUEST = auto()  # Guest 7, Participant, Room 3
    DEVICE = auto()  # an iPad, and nobody's name
    EMPTY = auto()  # no letter in it


BRACKETED = re.compile(r"[(（]([^()（）]*)[)）]")
TAGGED = re.compile(r"\[[^\[\]]*\]")
QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]")
CONNECTED = re.compile(r"\s*[&＆+/;、]\s*|\s+(?:and|und|et|for|with|и|та|و)\s+|[和与與]", re.IGNORECASE)
POSSESSIVE = re.compile(
    r"['’`´]\s?s\b|['’](?:n?[iıuü]n|[yn]?[iıuü])\b|(?<=[가-힣])의\b|(?<=\w)的|(?<=\w)の", re.IGNORECASE
)
CAPITALS = re.compile(r"\b[A-Z]{2}\b")
NUMBER = re.compile(r"[\d+*•·.#xX()\-–\s]+")

# Compared with the words of names, which have their letters and marks apart.
_PHONE = """
call in user|call in|caller|phone user|phone|telephone|telephone user|dial in|dial in user|anrufer|telefon|telefono|
usuario telefonico|llamada|telefone|usuario do telefone|utilisateur telephonique|участник по телефону|电话用户|電話用戶
"""
PHONE = frozenset(" ".join(ordered(part)) for part in _PHONE.split("|"))
_ANONYMOUS = """
anonymous anonym anonyme anonimo anonima anonymus anonymer anonyymi аноним анонимный анонім 匿名用户
匿名 匿名用戶 匿名ユーザー 익명 مجهول unknown desconocido inconnu unbekannt неизвестный unnamed noname
"""
ANONYMOUS = frozenset(ordered(_ANONYMOUS))
_GUEST = """
guest guests invitado invitada invite invitee convidado convidada gast gosc гость гість ospite misafir tamu khach 게스트
ゲスト 访客 訪客 来宾 用户 ضيف visitor user usuario utilisateur benutzer participant participants participante teilnehmer
attendee student teacher admin external externo externa externe extern unverified verified verificado
nicht no non sin nao ne uberprufter verifie verificar verificato uberpruft zweryfikowany niezweryfikowany zewnetrzny
esterno esterna внешний внешняя проверено проверен непроверенный 外部 未確認 未验证 未驗證 외부 미확인 host cohost moderator
organizer organiser organizador organisateur presenter panelist conference meeting room zoom teams webex meet sala salle
raum saal 会议室
会議室 test tester somebody someone nobody name nome nombre nom
"""
GUEST = frozenset(ordered(_GUEST))
_DEVICES = """
iphone ipad ipod macbook imac galaxy samsung huawei xiaomi redmi oppo oneplus realme tecno infinix itel pixel thinkpad
chromebook android laptop desktop pc tablet smartphone lenovo asus motorola mobile handy celular movil portatil komputer
windows notebook phone telefon telefono telefone mbp nokia vivo
поко телефон компьютер айфон айпад 아이폰 아이패드 手机 电脑 平板
"""
DEVICES = frozenset(ordered(_DEVICES))
# Words that belong to a device where they follow one: iPhone Pro Max, iPhone de María.
MODELS = frozenset(
    [
        "pro",
        "max",
        "mini",
        "air",
        "plus",
        "lite",
        "note",
        "ultra",
        "se",
        "tab",
        "book",
        "fold",
        "flip",
        "edge",
        "nova",
        "mate",
        "poco",
        "prime",
        "neo",
        "go",
    ]
)
_OF = "de von di du do da del la van z of cua milik του της الخاص ب av af"
OF = frozenset(ordered(_OF))


_PROXIES = """
assistant assistante asistente assistente secretary secretaire secretaria wife husband son daughter mother father spouse
behalf proxy substitute deputy replacing replacement instead representing delegate colleague friend pa ea
esposa esposo hijo hija marido filho filha epouse epoux remplacant remplacante suplente adjoint vertretung помощник секретарь
"""
PROXIES = frozenset(ordered(_PROXIES))


@dataclass(frozen=True)
class Reading:
    """A name that a shown name may hold, in its own order, and whether it stands in brackets."""

    text: str
    is_inside: bool

    @cached_property
    def name(self) -> Name:
        """Its words."""
        return name_of(self.text)

    @cached_property
    def latin(self) -> tuple[str, ...]:
        """Its words in Latin letters."""
        return latin_words(self.name)

    @cached_property
    def scripts(self) -> frozenset[str]:
        """The scripts of its words."""
        return frozenset(script_of(word[0]) for word in self.name.bare)


class Shown:
    """A name as a report shows it. Everything about it is found out when it is asked for."""

    def __init__(self, text: str) -> None:
        self.text = unicodedata.normalize("NFKC", text)

    @cached_property
    def kind(self) -> Kind:
        """What it is; a device that says whose it is, is a person's."""
        readings = self._pieces
        if any(is_number(piece) or is_caller(piece) for piece, _inside in readings):
            return Kind.PHONE
        kinds = [kind_of(piece) for piece, _inside in readings]
        if Kind.PERSON in kinds:
            return Kind.PERSON
        return next((kind for kind in (Kind.ANONYMOUS, Kind.DEVICE, Kind.GUEST) if kind in kinds), Kind.EMPTY)

    @cached_property
    def is_device(self) -> bool:
        """Whether it is named after a device that belongs to somebody: `iPhone de María José`."""
        return any(not inside and is_device(piece) for piece, inside in self._pieces)

    @cached_property
    def readings(self) -> list[Reading]:
        """Every name that it may hold, the one outside of brackets first; those of no person left out."""
        found = [Reading(text, inside) for piece, inside in self._pieces for text in variants(piece)]
        return list(dict.fromkeys(each for each in found if kind_of(each.text) is Kind.PERSON))

    @cached_property
    def owners(self) -> list[Reading]:
        """The readings without what makes them a device's: who it belongs to."""
        found = [
            Reading(owner_of(each.text), each.is_inside) if self.is_device or is_device(each.text) else each
            for each in self.readings
        ]
        return [each for each in found if each.name.words]

    @cached_property
    def guesses(self) -> list[Reading]:
        """The owners, and with two capitals taken for initials: JB N'Guessan."""
        spaced = [Reading(text, each.is_inside) for each in self.owners if (text := spaced_initials(each.text))]
        return [*self.owners, *spaced]

    @cached_property
    def is_proxy(self) -> bool:
        """Whether it says that somebody is there for somebody else: Aster Bekele (assistant)."""
        return any(word in PROXIES for word in ordered(self.text))

    @cached_property
    def parts(self) -> list[Reading]:
        """The names of several people in one, where a sign or a word between them says so."""
        texts = [text for piece, _inside in self._pieces for text in CONNECTED.split(piece)]
        found = [Reading(text, False) for text in texts if kind_of(text) is Kind.PERSON]
        return found if len(found) > 1 and CONNECTED.search(self.text) else []

    @cached_property
    def _pieces(self) -> list[tuple[str, bool]]:
        """What stands outside of brackets, and in each of them."""
        untagged = TAGGED.sub(" ", self.text)
        pieces = [(BRACKETED.sub(" ", untagged), False), *((inner, True) for inner in BRACKETED.findall(untagged))]
        if NUMBER.fullmatch(untagged):  # +1 (555) 0100
            pieces = [(untagged, False)]
        return [(piece.strip(), inside) for piece, inside in pieces if piece.strip()]


def variants(text: str) -> list[str]:
    """A text, without the nickname in quotes, and each script of it by itself."""
    unquoted = " ".join(QUOTED.sub(" ", text).split())
    texts = [text, unquoted] if unquoted and unquoted != text else [text]
    scripts: dict[str, list[str]] = {}
    for token in unquoted.split():
        letters = [sign for sign in token if sign.isalpha()]
        if letters:
            scripts.setdefault(script_of(letters[0]), []).append(token)
    return texts + [" ".join(tokens) for tokens in scripts.values()] if len(scripts) > 1 else texts


def spaced_initials(text: str) -> str:
    """Two capitals as initials, where the rest is not in capitals too: JB N'Guessan. '' where there are none."""
    spaced = CAPITALS.sub(lambda found: " ".join(found[0]), text)
    return spaced if spaced != text and any(sign.islower() for sign in text) else ""


def kind_of(text: str) -> Kind:
    """What one text is by its words, numbers aside."""
    words = [word for word in ordered(text) if not word.isdigit()]
    bare = [word.rstrip("0123456789") for word in words]
    if not any(sign.isalpha() for sign in "".join(words)):
        return Kind.EMPTY
    if any(word in ANONYMOUS for word in bare) and all(word in ANONYMOUS or word in GUEST for word in bare):
        return Kind.ANONYMOUS
    if all(word in GUEST for word in bare):
        return Kind.GUEST
    return Kind.DEVICE if is_device(text) and not name_of(owner_of(text)).words else Kind.PERSON


def is_number(text: str) -> bool:
    """Whether this is a number, masked or not: 1555***0100."""
    return bool(NUMBER.fullmatch(text)) and sum(sign.isdigit() or sign in "*•" for sign in text) >= 6


def is_caller(text: str) -> bool:
    """Whether this is what platforms call somebody who rang: Call-in User_3."""
    words = [word.strip("0123456789") for word in ordered(text.replace("_", " "))]
    return " ".join(word for word in words if word) in PHONE


def is_device(text: str) -> bool:
    """Whether a device is among the words."""
    return any(word in DEVICES for word in ordered(POSSESSIVE.sub(" ", text)))


def owner_of(text: str) -> str:
    """What is left of a device's name without device, model and possessive."""
    kept: list[str] = []
    follows_device = False
    for word in POSSESSIVE.sub(" ", text).replace("-", " ").split():
        plain = "".join(ordered(word))
        is_model = plain in DEVICES or (follows_device and plain in MODELS) or any(sign.isdigit() for sign in plain)
        if not is_model and not (follows_device and plain in OF):
            kept.append(word)
        follows_device = is_model
    return " ".join(kept)

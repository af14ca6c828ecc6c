"""What somebody was in a meeting, by the word that an export has for it. A word that stands in no list is an attendee's."""

from collections.abc import Sequence

from sessions.readers.columns import head, once_each
from sessions.readers.report import Role

ORGANIZERS = {
    "organizer", "organiser", "co-organizer", "co-organiser", "coorganizer", "organizador", "organizadora",
    "coorganizador", "coorganizadora", "coorganizador(a)", "organizador(a)", "organisateur", "organisatrice",
    "co-organisateur", "organisator", "mitorganisator", "mede-organisator", "organizzatore", "organizzatrice",
    "co-organizzatore", "coorganizzatore", "organizator", "organizatorka", "współorganizator", "организатор",
    "соорганизатор", "організатор", "组织者", "召集人", "組織者", "召集者", "開催者", "主催者", "이끌이", "주최자",
    "المنظم", "منظم", "منظم الاجتماع", "düzenleyen", "organizatör", "arrangör", "arrangør", "järjestäjä", "organizátor",
    "szervező", "organizer rapat", "penyelenggara", "người tổ chức", "người chủ trì", "διοργανωτής", "מארגן",
}  # fmt: skip
PRESENTERS = {
    "presenter", "producer", "presentador", "presentadora", "presentador(a)", "moderador", "moderadora",
    "apresentador", "apresentadora", "apresentador(a)", "présentateur", "présentatrice", "intervenant", "referent",
    "referentin", "präsentator", "moderator", "relatore", "relatrice", "presentatore", "presentatrice", "presentator",
    "prezenter", "prezenterka", "osoba prowadząca", "prowadzący", "выступающий", "докладчик", "ведущий", "доповідач",
    "演示者", "演讲者", "主讲人", "發表者", "簡報者", "発表者", "プレゼンター", "발표자", "المقدم", "مقدم", "مقدم العرض",
    "sunucu", "presentatör", "föredragshållare", "præsentationsvært", "presentatør", "esittäjä", "prezentující", "előadó",
    "penyaji", "người trình bày", "παρουσιαστής", "מציג",
}  # fmt: skip


def role_of(word: str) -> Role:
    """The role that a word names, in any of the languages above."""
    plain = head(word)
    if plain in ORGANIZERS:
        return Role.ORGANIZER
    return Role.PRESENTER if plain in PRESENTERS else Role.ATTENDEE


def roles(words: Sequence[str]) -> Sequence[Role]:
    """The roles of a column; see `role_of`."""
    return once_each(role_of, words)

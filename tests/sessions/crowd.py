"""Rosters as training programmes have them, and what the people in them look like in a report, with who they really are.

Names of many scripts with namesakes, siblings, fathers and sons, junior and senior, one-word names, names that are the
beginning of other names, accents that tell people apart. Everything follows from a seed.
"""

import random
import unicodedata
from dataclasses import dataclass, field

from sessions.matching import Candidate, Identity

# Given names, then family names; the first are the most frequent. `|` parts spellings that one person may use.
POOLS = {
    "arabic": (
        "Mohamed|Mohammed|Muhammad Ahmed|Ahmad Fatima|Fatma Ali Hassan|Hasan Mahmoud Youssef|Yousef|Yusuf Aisha|Aicha "
        "Omar|Umar Ibrahim Khadija Salma Nour Hussein|Hussain Abdallah|Abdullah Samir Mariam Amina Karim|Kareem",
        "Ahmed Ali Mohamed Hassan Ibrahim Mahmoud Al-Sayed El-Amin Benali Haddad Khalil Mansour Osman Salah Nasser",
    ),
    "chinese": ("Wei Li Min Xiaoming Jing Fang Lei Na Yan Jun Xin", "Zhang Wang Li Chen Liu Yang Huang Zhao Wu Zhou"),
    "vietnamese": (
        "Thị_Hương Thị_Hường Văn_Minh Minh Linh Thị_Lan Văn_Nam Ngọc_Anh Anh Thu_Hà Thu_Hạ Đức",
        "Nguyễn Trần Lê Phạm Huỳnh Võ Đặng",
    ),
    "spanish": (
        "María José María_José José_Ángel Juan Carlos Ana Luis Lucía Rosa Rosa_Isabel Sofía Miguel Ángel",
        "García García_López Fernández López Martínez Muñoz_Peña Quispe Quispe_Mamani Rodríguez Pérez Gómez",
    ),
    "portuguese": (
        "Ana Ana_Paula João Maria Paulo Bruno Antônio Antonio Luíza",
        "Silva da_Silva Santos Oliveira Costa Conceição Sousa Souza",
    ),
    "ethiopian": (
        "Aster Abebe Bekele Tesfaye Tigist Haile Mariam Abeba Dawit Selam",
        "Abebe Bekele Tesfaye Haile Haile_Mariam Mariam Dawit Girma Tadesse",
    ),
    "russian": (
        "Dmitry|Dmitrii|Dmitri Olena|Olena Elena|Yelena Ivan Anna Aleksandr|Alexander Aleksandra|Alexandra "
        "Sergey|Sergei Olga",
        "Ivanov Ivanova Shevchenko Petrov Petrova Kuznetsov Kuznetsova Melnyk Popov Popova",
    ),
    "english": (
        "John Robert Elizabeth William Mary James Jon Jonathan Emily Samuel Grace Thomas Margaret Robert_James John_Paul",
        "Smith Jones Brown Kamau Odhiambo Mwangi Mensah Okafor Chen O'Connor Smith_Jr Taylor Johnson Johnston",
    ),
    "indian": (
        "Rajesh Rajesh_Kumar Priya Amit Amit_Kumar Sunita Anita Vijay Ravi Deepa",
        "Kumar Sharma Singh Raghunathan Patel Devi Gupta Rao Reddy",
    ),
    "korean": ("Min-jun Minjun Seo-yeon Ji-woo Jiwoo Hye-jin Sung-min", "Kim Lee Park Choi Jung"),
    "turkish": ("Mehmet İpek Ayşe Fatma Mustafa Emine Zeynep", "Yılmaz Şahin Kaya Demir Çelik Öztürk"),
    "french": (
        "Aïssatou Aissatou Jean-Baptiste Zoë Mamadou Ousmane Émilie Emilie Fatou",
        "Diallo N'Guessan Traoré Traore Koné Ba Müller Muller",
    ),
    "indonesian": ("Wahyuni Sri Siti Siti_Nurhaliza Budi Nur Sukarno Dewi", "Wahyuni binti_Ahmad Sukarno Santoso - - -"),
}  # fmt: skip
SHORT_FORMS = {
    "Robert": "Bob", "Elizabeth": "Liz", "William": "Bill", "James": "Jim", "Margaret": "Maggie", "Samuel": "Sam",
    "Thomas": "Tom", "Jonathan": "Jon", "Aleksandr": "Sasha", "Dmitry": "Dima", "Olga": "Olya", "José": "Pepe",
}  # fmt: skip
IN_ARABIC = {
    "Mohamed": "محمد",
    "Ahmed": "أحمد",
    "Ali": "علي",
    "Hassan": "حسن",
    "Ibrahim": "إبراهيم",
    "Mahmoud": "محمود",
}
_IN_PINYIN = "Zhang Wang Li Chen Liu Yang Wei Min Jing Fang Lei"
IN_HAN = dict(zip(_IN_PINYIN.split(), "张王李陈刘杨伟敏静芳磊", strict=True))
DOMAINS = ["gmail.com", "example.org", "moh.example", "who.example", "health.example"]


@dataclass(frozen=True)
class Person:
    """Somebody, registered or not."""

    given: str
    family: str
    email: str
    key: int | None = None
    printed: str = ""
    spellings: tuple[str, ...] = ()

    @property
    def name(self):
        return f"{self.given} {self.family}".strip()


@dataclass
class Crowd:
    """People, and identities with the key of whoever it really is; None for whom nobody may be matched."""

    people: list[Person]
    identities: list[tuple[Identity, int | None, str]] = field(default_factory=list)

    @property
    def candidates(self):
        return [Candidate(each.key, each.email, tuple({each.name, each.printed or each.name})) for each in self.people]


def crowd_of(size, seed):
    """A roster, and the identities of two thirds of its people and of as many strangers as a tenth of it."""
    chance = random.Random(seed)
    crowd = Crowd([person for key in range(size) for person in [invented(chance, key)]])
    by_name, addresses = {key_of(person.name) for person in crowd.people}, {person.email for person in crowd.people}
    for person in chance.sample(crowd.people, size * 2 // 3):
        way = chance.choice(WAYS)
        crowd.identities.append((*way(chance, person, crowd.people), way.__name__))
    for _number in range(size // 10):
        stranger = invented(chance, None)
        if key_of(stranger.name) not in by_name:  # exactly one name without an address cannot be told apart by anybody
            shown = chance.choice([stranger.name, stranger.name.split()[0], f"{stranger.given}'s iPhone"])
            email = chance.choice(["", stranger.email, slipped(chance, chance.choice(crowd.people).email)])
            if email not in addresses:
                crowd.identities.append((Identity(shown, email), None, "stranger"))
    return crowd


def invented(chance, key):
    """A person of one of the pools, frequent names often."""
    givens, families = POOLS[chance.choice(sorted(POOLS))]
    spellings = tuple(frequent(chance, givens.split()).replace("_", " ").split("|"))
    family = frequent(chance, families.split()).replace("_", " ").removeprefix("-")
    given = spellings[0] if chance.random() < 0.8 else chance.choice(spellings)
    printed = "".join(IN_HAN[part] for part in (family, given)) if {given, family} <= IN_HAN.keys() else ""
    local = plain(f"{given[0]}.{family}" if chance.random() < 0.4 and family else f"{given}.{family}").strip(".")
    number = "" if chance.random() < 0.4 else str(chance.randrange(100))
    email = f"{local}{number}@{chance.choice(DOMAINS)}".replace("'", "")
    if key is not None:
        email = f"{local}{number}.{letters(key)}@{email.partition('@')[2]}".replace("'", "")
    return Person(given, family, email, key, printed if chance.random() < 0.3 else "", spellings)


def letters(number):
    """A number in letters, so that addresses of two people may be one slip apart."""
    return chr(97 + number % 26) + (letters(number // 26) if number >= 26 else "")


def frequent(chance, words):
    """One of the words, the first ones most often."""
    return words[min(int(chance.expovariate(3 / len(words))), len(words) - 1)]


def plain(text):
    """Without accents, in lower case, without spaces."""
    bare = "".join(
        c
        for c in unicodedata.normalize("NFD", text.lower().replace("đ", "d").replace("ı", "i"))
        if c.isalnum() or c == "."
    )
    return bare.encode("ascii", "ignore").decode() or "x"


def key_of(name):
    """Names that nobody can tell apart."""
    return "".join(sorted(plain(name).replace(".", "")))


def slipped(chance, text):
    """With one letter left out, doubled, changed or swapped with the next."""
    at = chance.randrange(max(len(text) - 2, 1))
    other = chance.choice("aeinorst")
    return chance.choice(
        [
            text[:at] + text[at + 1 :],
            text[:at] + text[at : at + 1] + text[at:],
            text[:at] + other + text[at + 1 :],
            text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :],
        ]
    )


# How somebody may look in a report: the identity, and who it is.


def signed_in(chance, person, people):
    shown = chance.choice(
        [person.name, person.name.upper(), f"{person.family}, {person.given}", f"{person.given}'s iPad", "iPhone"]
    )
    return Identity(shown, person.email), person.key


def guest(chance, person, people):
    dressed = [
        "{0}",
        "Dr. {0}",
        "{0} (Guest)",
        "[Ministry] {0}",
        "{0} 🌻",
        "{1} {2}",
        "{2}, {1}",
        "{0} (home)",
        "x1988({0})",
    ]
    text = chance.choice(dressed).format(person.name, person.family, person.given)
    return Identity(unaccented(text) if chance.random() < 0.4 else text, ""), person.key


def unaccented(text):
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def part_of_name(chance, person, people):
    words = person.name.split()
    kept = words[:1] if len(words) < 3 or chance.random() < 0.4 else [w for w in words if w != chance.choice(words)]
    return Identity(" ".join(kept), ""), person.key


def initials(chance, person, people):
    text = chance.choice([f"{person.given} {person.family[:1]}.", f"{person.given[0]}. {person.family}"])
    return Identity(text, ""), person.key


def other_spelling(chance, person, people):
    given = SHORT_FORMS.get(person.given) or chance.choice(person.spellings)
    return Identity(f"{given} {person.family}".strip(), ""), person.key


def other_script(chance, person, people):
    words = [IN_ARABIC.get(word, "") for word in person.name.split()]
    return Identity(" ".join(words) if all(words) else person.printed or person.name, ""), person.key


def misspelt(chance, person, people):
    names = {key_of(other.name) for other in people} - {key_of(person.name)}
    slips = [slipped(chance, person.name) for _attempt in range(9)]  # a slip into another's very name shows nothing
    return Identity(next((slip for slip in slips if key_of(slip) not in names), person.name), ""), person.key


def other_address(chance, person, people):
    email = f"{plain(person.given)}{chance.randrange(1000)}@private.example"
    return Identity(person.name, chance.choice([email, "office@shared.example"])), person.key


def address_misspelt(chance, person, people):
    return Identity(person.name, slipped(chance, person.email)), person.key


def address_and_name_changed(chance, person, people):
    return Identity(
        chance.choice([person.given, slipped(chance, person.name), "iPad"]), slipped(chance, person.email)
    ), person.key


def on_anothers_device(chance, person, people):
    owner = chance.choice(people)
    return Identity(f"{owner.given}'s iPhone", ""), person.key


def on_anothers_account(chance, person, people):
    words = set(person.name.split())  # Sri on the account of Sri Santoso, or a namesake's, would show nothing
    others = [
        other for other in people if not words <= set(other.name.split()) and key_of(other.name) != key_of(person.name)
    ]
    return Identity(person.name, chance.choice(others).email), person.key


def with_another(chance, person, people):
    other = chance.choice(people)
    signs = [" & ", " and ", " / ", "＆", " for ", " " if person.family and other.family else " & "]
    joined = chance.choice(signs).join([person.name, other.name])
    return Identity(chance.choice([joined, f"Room 3 ({joined})"]), ""), None


def with_more(chance, person, people):
    return Identity(f"{person.name} {chance.choice(people).given}", ""), person.key


def junior(chance, person, people):
    name = f"{person.name} {chance.choice(['Jr', 'Jr.', 'Sr.', 'II'])}"
    return Identity(name, ""), next((each.key for each in people if key_of(each.name) == key_of(name)), None)


def anonymous(chance, person, people):
    return Identity(
        chance.choice(["iPad (2)", "Guest 7", "1555***0100", "(匿名用户)", "Zoom user", "Training Desk"]), ""
    ), None


WAYS = [
    signed_in, signed_in, signed_in, signed_in, guest, guest, guest, part_of_name, initials, other_spelling, other_script,
    misspelt, other_address, address_misspelt, address_and_name_changed, on_anothers_device, on_anothers_account,
    with_another, with_more, junior, anonymous,
]  # fmt: skip

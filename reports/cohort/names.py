"""Given and family names by part of the world, for made-up people. Any likeness to a real person is chance."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NamePool:
    """Given names of women, of men, family names, and the languages that its people prefer."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]
    languages: tuple[str, ...]
    family_first: bool = False


def _pool(women: str, men: str, families: str, languages: str, *, family_first: bool = False) -> NamePool:
    return NamePool(
        tuple(women.split()), tuple(men.split()), tuple(families.split()), tuple(languages.split()), family_first
    )


POOLS = {
    "Sub-Saharan Africa": _pool(
        "Amina Wanjiru Thandiwe Ngozi Fatou Abena Zainab Chipo Mariam Hawa Lerato Adjoa Nyambura Aïssatou Tsitsi Efua",
        "Kwame Juma Tendai Chinedu Moussa Kofi Ibrahim Tafadzwa Ousmane Sipho Emeka Baraka Yusuf Themba Issa Otieno",
        "Mwangi Okafor Diallo Mensah Dlamini Kamau Traoré Banda Owusu Ndlovu Adeyemi Sow Moyo Nkosi Keita Achieng Phiri",
        "en fr",
    ),
    "Northern Africa": _pool(
        "فاطمة Leïla Nadia Amal سلمى Samira Yasmine Rania هدى Meriem",
        "محمد Karim Omar Youssef أحمد Tarek Samir Hicham خالد Mourad",
        "Benali El-Sayed Mansouri Haddad Ziani Cherif Bouazza Hassan Trabelsi Amrani",
        "ar fr en",
    ),
    "Western Asia": _pool(
        "ليلى Layla Rana نور Dina Aylin Maha سارة Hala Nino",
        "علي Faisal Khalil يوسف Ziad Murat Hasan عمر Nabil Giorgi",
        "Al-Khatib Nasser Yılmaz Saleh Darwish Khoury Hamdan Al-Amiri Qasim Barakat",
        "ar en",
    ),
    "Eastern Asia": _pool(
        "敏 静 Xiaoling Yan 丽 Mei Hui 娜 Ling Yuki",
        "伟 强 Jianguo Wei 磊 Hao Jun 勇 Ming Kenji",
        "王 李 张 Zhang Liu Chen Yang Huang Zhao Wu",
        "zh-hans en",
        family_first=True,
    ),
    "South-eastern Asia": _pool(
        "Siti Maria Thi-Lan Dewi Malee Aisyah Grace Linh Sreymom Rosa",
        "Budi Jose Anh Somchai Rizal Ahmad Ramon Minh Sokha Agus",
        "Nguyễn Santos Rahman Wijaya Reyes Trần Suwan Sok Hidayat Cruz",
        "en",
    ),
    "Southern Asia": _pool(
        "Priya Nasreen अनिता Fatima Sunita Anjali Shabnam सीता Dilani Rubina",
        "Rajesh Imran विजय Arif Suresh Kamal Farhan राम Nuwan Tariq",
        "Sharma Khan Das Perera Rahman Thapa Ahmed Gurung Hossain Patel",
        "en",
    ),
    "Central Asia": _pool(
        "Айгуль Dilnoza Гульнара Madina Жанна Nargiza",
        "Азамат Rustam Тимур Bekzod Ерлан Sanjar",
        "Karimov Абдуллаев Nazarov Исмаилов Rakhimov Садыков",
        "ru en",
    ),
    "Eastern Europe": _pool(
        "Ольга Natalia Ирина Elena Мария Svetlana",
        "Иван Sergei Андрей Dmitri Павел Alexei",
        "Petrenko Ковач Popov Левченко Ionescu Nowak",
        "ru en",
    ),
    "Latin America and the Caribbean": _pool(
        "María Lucía Valentina Ana Camila Gabriela Sofía Beatriz Josefina Shanice",
        "José Carlos Luis Miguel Andrés João Diego Rafael Marlon Esteban",
        "González Rodríguez Silva Fernández Quispe Ramírez Baptiste Souza Morales Herrera",
        "es en",
    ),
    "Oceania": _pool(
        "Mele Sina Ana Litia Talei Grace",
        "Sione Tevita Ratu Manu Peni John",
        "Tuilagi Vaʻa Kaloumaira Fifita Waqa Toke",
        "en",
    ),
    "elsewhere": _pool(
        "Anna Claire Ingrid Sara Julia Marta",
        "Thomas Pierre Erik Marco Jonas David",
        "Müller Martin Hansen Rossi Smith Novak",
        "en fr",
    ),
}

CITY_SYLLABLES = [
    "ba",
    "ra",
    "za",
    "ki",
    "su",
    "mo",
    "le",
    "na",
    "to",
    "ri",
    "ka",
    "vi",
    "lo",
    "sha",
    "do",
    "mi",
    "ne",
    "gu",
    "ta",
    "pe",
]

ORGANISATIONS = {
    "government": (
        "Ministry of Trade",
        "Ministry of Commerce",
        "Export Promotion Agency",
        "City Council",
        "Customs Service",
    ),
    "private": (
        "Sunrise Trading",
        "Blue Harbour Logistics",
        "Green Valley Foods",
        "Digital Market Ltd",
        "Crafts Online",
    ),
    "academia": ("School of Economics", "Institute of Development Studies", "University Business Faculty"),
    "un_igo": ("United Nations country office", "Regional economic community", "Intergovernmental trade centre"),
    "ngo": ("Women Entrepreneurs Network", "Rural Development Trust", "Youth Innovation Hub"),
    "other": ("Independent",),
}

POSITIONS = ("Officer", "Director", "Adviser", "Analyst", "Manager", "Coordinator", "Founder", "Lecturer")


def pool_of(region: str, subregion: str) -> NamePool:
    """The pool of a UN M49 sub-region; Africa south of the Sahara and small regions are grouped."""
    if subregion in POOLS:
        return POOLS[subregion]
    if region == "Africa":
        return POOLS["Sub-Saharan Africa"]
    return POOLS.get(region, POOLS["elsewhere"])

"""From bytes to text: which encoding a file is in is found out by what the text looks like, never believed."""

import codecs
import re
from itertools import pairwise

from sessions.readers.report import ReadError, Reason

BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
UTF_7 = (b"+/v8", b"+/v9", b"+/v+", b"+/v/")

# Letters beyond ASCII in languages whose spreadsheets save files in a code page of one byte per letter. The first page
# prevails unless another explains clearly more of a file.
LANGUAGES = {
    "cp1252": ("éèêëàâçîïôùûüœæ", "áéíóúüñ", "áâãàçéêíóôõú", "äöüß", "àèéìòù", "åäöæøé", "áéíóúýðþæö", "áéíóúâêç"),
    "cp1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áéíóöőúüű", "ăâîșțşţ", "čćđšž", "áäčďéíĺľňóôŕšťúýž"),
    "cp1251": ("абвгдежзийклмнопрстуфхцчшщъыьэюяёєіїґўјљњћџђ",),
    "cp1253": ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋ",),
    "cp1254": ("çğıiöşüâîû",),
    "cp1256": ("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگک",),
    "cp1255": ("אבגדהוזחטיךכלםמןנסעףפץצקרשת",),
    "cp1257": ("āčēģīķļņšūž", "ąčęėįšųūž", "äöõüšž"),
    "cp874": ("".join(map(chr, range(0x0E01, 0x0E4F))),),
    "koi8-r": ("абвгдежзийклмнопрстуфхцчшщъыьэюяё",),
    "mac-roman": ("éèêëàâçîïôùûüœæ", "áéíóúüñ", "áâãàçéêíóôõú", "äöüß"),
    "cp850": ("éèêëàâçîïôùûüœæ", "áéíóúüñ", "áâãàçéêíóôõú", "äöüß"),
}
EXPECTED_SIGNS = set("’‘“”„–—…«»°ºª¿¡€£·•№✓✔™®©§×\u00a0")
# Pages whose letters do not stand beside Latin ones within a word.
OTHER_SCRIPTS = {"cp1251", "cp1253", "cp1255", "cp1256", "cp874", "koi8-r"}
MARGIN = 0.15  # how much more of the letters another page must explain
CASED = {"cp1251", "koi8-r", "cp1253"}
# What is not written where cp1252 is: Polish `£ukasz`, `Wiœniewska`, `No¿yce`, Turkish `Giriþ` are read in the wrong page.
MISREAD = re.compile(r"£(?=[^\W\d_])|(?<=[^\W\d_])[¿¡þ]|[œŒ](?![uidet])", re.IGNORECASE)
LEVEL_ONE = 0xD8  # below it begin the 3,755 common characters of Chinese; small Russian letters begin above it
LEAST = 0.3  # of the letters, below which no page explains the file
SAMPLE = 60_000  # letters beyond ASCII that are looked at


def decoded(content: bytes) -> str:
    """UTF-8, 16 or 32 by their marks, UTF-16 by its zero bytes, UTF-8 if it is valid, else a code page.

    Raises `ReadError` for what is no text.
    """
    if content.startswith(UTF_7):
        raise ReadError(Reason.ENCODING)
    encoding = next((name for bom, name in BOMS if content.startswith(bom)), None) or without_mark(content)
    try:
        text = content.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        if encoding:
            # An odd byte at the very end is what a cut-off download leaves.
            raise ReadError(Reason.CUT_OFF if error.start > len(content) - 4 else Reason.ENCODING) from None
        page, likeness = code_page(content)
        text = content.decode(page, errors="replace")
        refuse_what_is_no_text(text)
        if likeness < LEAST or not re.search(r"[,;\t\n\r]", text):  # the latter: EBCDIC
            raise ReadError(Reason.ENCODING) from None
    refuse_what_is_no_text(text)
    return text


def without_mark(content: bytes) -> str | None:
    """UTF-16 by its zeros: every other byte of digits, tabs and ends of lines is one, whatever script names are in."""
    odd, even = content[1:4000:2], content[0:4000:2]
    high, low = odd.count(0), even.count(0)
    if high * 12 > len(odd) and high > low * 8:
        return "utf-16-le"
    return "utf-16-be" if low * 12 > len(even) and low > high * 8 else None


def refuse_what_is_no_text(text: str) -> None:
    """By control characters, of which text has next to none, and by letters that no encoding explains."""
    if "\0" in text:
        raise ReadError(Reason.NUL)
    sample = text[:20_000]
    controls = len(re.findall(r"[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]", sample))
    if controls * 100 > len(sample) or sample.count("\ufffd") * 20 > len(sample):
        raise ReadError(Reason.NOT_TEXT)


def code_page(content: bytes) -> tuple[str, float]:
    """The code page in which the letters beyond ASCII are letters of one language, and the share of them that are."""
    runs = re.findall(rb"[\x80-\xff]+", content[:1_000_000])
    double = of_two_bytes(content, runs)
    if double:
        return double, 1.0
    counts = [0] * 256
    for byte in b"".join(runs)[:SAMPLE]:
        counts[byte] += 1
    beside_latin = re.findall(rb"[A-Za-z][\x80-\xff]+|[\x80-\xff]+[A-Za-z]", content[:1_000_000])
    among_latin = len(beside_latin) * 2 > len(runs)
    pages = LANGUAGES.keys() - (OTHER_SCRIPTS if among_latin else set())
    scores = {
        page: explained(page, LANGUAGES[page], counts) - misread(page, content[:SAMPLE])
        for page in LANGUAGES
        if page in pages
    }
    best = max(scores, key=lambda page: scores[page])
    best = best if scores[best] > scores["cp1252"] + MARGIN else "cp1252"
    return best, scores[best]


def explained(page: str, languages: tuple[str, ...], counts: list[int]) -> float:
    """The share of a file's letters beyond ASCII that belong to the language of this page that fits best."""
    letters = {byte: bytes([byte]).decode(page, errors="replace") for byte in range(128, 256) if counts[byte]}
    total = sum(counts[byte] for byte in letters) or 1
    if any(letter == "\ufffd" for letter in letters.values()):
        return 0.0
    signs = sum(counts[byte] for byte, letter in letters.items() if letter in EXPECTED_SIGNS)
    known = [sum(counts[byte] * weight(letter, language) for byte, letter in letters.items()) for language in languages]
    found = (max(known) + signs) / total
    if page in CASED:  # Hebrew has the same bytes, and no capitals
        capitals = sum(counts[byte] for byte, letter in letters.items() if letter.isupper()) / total
        return found if 0.02 < capitals < 0.6 else found * 0.7
    return found


def misread(page: str, content: bytes) -> float:
    """The share of the letters beyond ASCII that do not stand like that in a word: capitals within it, and `MISREAD`."""
    text = content.decode(page, errors="replace")
    capitals = sum(before.islower() and letter > "\x7f" and letter.isupper() for before, letter in pairwise(text))
    odd = capitals + (len(MISREAD.findall(text)) if page == "cp1252" else 0)
    return odd / max(sum(letter > "\x7f" for letter in text), 1)


def weight(letter: str, language: str) -> float:
    """Capitals beyond ASCII are rarer than small letters: whoever needs many of them reads in the wrong page."""
    if letter in language:
        return 1.0
    return 0.9 if letter.lower() in language else 0.0


def of_two_bytes(content: bytes, runs: list[bytes]) -> str | None:
    """Japanese, Korean or Chinese, where letters are pairs of bytes."""
    text = strictly(content, "cp932")
    if text and share(text, "\u3040", "\u30ff") > 0.15 and share(text, "\uff61", "\uff9f") < 0.2:
        return "cp932"
    if not runs or sum(len(run) % 2 for run in runs) * 20 > len(runs):
        return None
    korean = strictly(content, "cp949")
    if korean and share(korean, "\uac00", "\ud7a3") > 0.95:
        return "cp949"
    leads = b"".join(run[::2] for run in runs)
    for page in ("gb18030", "big5"):
        text = strictly(content, page)
        is_common = page != "gb18030" or 2 * sum(lead < LEVEL_ONE for lead in leads) > len(leads)
        if text and is_common and share(text, "\u4e00", "\u9fff") > 0.6 and min(max(map(len, runs)), 4) >= 4:
            return page
    return None


def strictly(content: bytes, page: str) -> str | None:
    """The text, if every byte fits."""
    try:
        return content.decode(page)
    except UnicodeDecodeError:
        return None


def share(text: str, first: str, last: str) -> float:
    """Which share of the letters beyond ASCII lies in a range."""
    foreign = [letter for letter in text[:SAMPLE] if letter > "\x7f"]
    return sum(first <= letter <= last for letter in foreign) / len(foreign) if foreign else 0.0

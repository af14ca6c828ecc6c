import datetime as dt
import io
import re
import subprocess

import pikepdf
import pytest
import segno
from PIL import Image

from certificates.rendering import (
    BREAK,
    CannotRender,
    ideograph_fonts,
    longest_piece,
    qr_picture,
    render,
    with_breaks,
)
from certificates.wording import duration, period, sheet_of
from tests.certificates_factories import CertificateFactory

ISSUED_AT = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
NAMES = {
    "latin": "Amina Wanjirũ Odhiambo",
    "vietnamese": "Nguyễn Thị Ánh Tuyết",
    "cyrillic": "Александра Преображенская",
    "arabic": "فاطمة الزهراء بنت محمد",
    "hebrew": "יוסף כהן",
    "chinese": "欧阳明月",
    "japanese": "山田太郎",
    "kana": "やまだ タロウ",
    "korean": "김민수",
    "devanagari": "प्रियंका श्रीवास्तव",
    "bengali": "রহিমা খাতুন",
    "tamil": "தமிழ்ச்செல்வி",
    "thai": "สมชาย ศรีสุวรรณ",
    "khmer": "សុខ វិបុល",
    "amharic": "አበበ ገብረመድህን",
    "georgian": "გიორგი ბერიძე",
    "armenian": "Արամ Պետրոսյան",
    "mixed": "محمد Smith 王小明 Иванов",
}


def a_certificate(**attributes):
    """A certificate that is in no database."""
    facts = {
        "language": "en",
        "printed_name": "Amina Odhiambo",
        "programme_title": "Data for Cities",
        "serial": "BZ-DC-2026-00042",
        "code": "abcdefghijklmnopqrstuvwx",
        "issued_at": ISSUED_AT,
        "rule": None,
        "registration": None,
        **attributes,
    }
    return CertificateFactory.build(**facts)


def drawn(**attributes):
    return render(sheet_of(a_certificate(**attributes)), issued_at=ISSUED_AT)


def text_of(content):
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode()


def picture(content, resolution=72):
    command = ["pdftoppm", "-r", str(resolution), "-png", "-"]
    return Image.open(io.BytesIO(subprocess.run(command, input=content, capture_output=True, check=True).stdout))


def test_the_pdf_prints_every_fact():
    text = re.sub(r"\s+", " ", text_of(drawn(issuer="Institute of Tests\nOffice of Examples")))
    for fact in (
        "Certificate of Completion",
        "Amina Odhiambo",
        "Data for Cities",
        "10 March 2026 – 24 March 2026",
        "2 of 3 sessions attended, 5 hours 50 minutes of presence",
        "Institute of Tests",
        "Office of Examples",
        "2 March 2026",
        "BZ-DC-2026-00042",
        "abcdefghijklmnopqrstuvwx",
        "http://127.0.0.1:8000/verify/",
    ):
        assert fact in text
    assert "SPECIMEN" not in text


def test_one_landscape_page_of_a4():
    with pikepdf.open(io.BytesIO(drawn())) as pdf:
        assert len(pdf.pages) == 1
        assert [round(float(side)) for side in pdf.pages[0].mediabox] == [0, 0, 842, 595]


@pytest.mark.parametrize("script", NAMES)
def test_title_and_xmp_carry_the_exact_name(script):
    name = NAMES[script]
    with pikepdf.open(io.BytesIO(drawn(printed_name=name))) as pdf, pdf.open_metadata() as xmp:
        assert str(pdf.docinfo["/Title"]) == f"Certificate of completion: {name}"
        assert xmp["dc:title"] == f"Certificate of completion: {name}"
        assert xmp["dc:description"] == name
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("2", "A", "1")


@pytest.mark.parametrize("script", ["latin", "vietnamese", "cyrillic", "chinese", "georgian", "armenian", "amharic"])
def test_the_text_layer_has_the_name_where_shaping_allows(script):
    assert NAMES[script] in text_of(drawn(printed_name=NAMES[script]))


@pytest.mark.parametrize("script", NAMES)
def test_a_name_leaves_ink_in_the_middle_and_none_at_the_edges(script):
    page = picture(drawn(printed_name=NAMES[script])).convert("L")
    width, height = page.size
    line = page.crop((int(width * 0.08), int(height * 0.28), int(width * 0.92), int(height * 0.46)))
    assert sum(value < 128 for value in line.tobytes()) > 200
    margins = [
        page.crop((int(width * 0.05), 60, int(width * 0.08), 500)),
        page.crop((int(width * 0.92), 60, int(width * 0.95), 500)),
    ]
    assert [min(margin.tobytes()) > 200 for margin in margins] == [True, True]


@pytest.mark.parametrize(
    "name",
    ["Maria da Conceição " * 10, "Wolfeschlegelsteinhausenbergerdorff" * 5, "王" * 200, "x" * 200, "फ" * 200],
    ids=["words", "one word", "ideographs", "letters", "devanagari"],
)
def test_a_long_name_shrinks_and_is_never_cut(name):
    name = name.strip()[:200]
    content = drawn(printed_name=name, programme_title="Programme " * 20, issuer="\n".join(["Institute " * 6] * 5))
    assert "".join(name.split()) in "".join(text_of(content).replace(BREAK, "").split()) or "फ" in name
    page = picture(content).convert("L")
    width, _height = page.size
    for left, right in ((0.05, 0.085), (0.915, 0.95)):
        assert min(page.crop((int(width * left), 60, int(width * right), 480)).tobytes()) > 200
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == 1


def test_the_same_certificate_gives_the_same_bytes():
    assert drawn(printed_name=NAMES["mixed"]) == drawn(printed_name=NAMES["mixed"])
    assert drawn() != drawn(serial="BZ-DC-2026-00043")


@pytest.mark.parametrize("letter", ["\U0001f469", "\u0378", "\ue000"])
def test_a_letter_that_no_font_has_is_an_error_and_no_empty_box(letter):
    with pytest.raises(CannotRender):
        drawn(printed_name=f"Amina {letter}")


@pytest.mark.parametrize("name", ['#panic("x")', "*bold* _it_ $x$", "\\u{41} @ref <label>", '"], "x": "', "</svg>"])
def test_a_name_is_drawn_as_it_is_and_never_read_as_markup(name):
    assert name in text_of(drawn(printed_name=name))


def test_specimens_say_so():
    assert "SPECIMEN – synthetic person" in text_of(drawn(is_synthetic=True))


@pytest.mark.parametrize("language", ["ar", "zh-hans", "en", "fr", "ru", "es"])
def test_the_file_says_its_language(language):
    with pikepdf.open(io.BytesIO(drawn(language=language))) as pdf:
        assert str(pdf.Root.Lang) == {"zh-hans": "zh-CN"}.get(language, language)


def test_an_arabic_certificate_is_laid_out_from_right_to_left():
    """The square picture stands on the left there, and on the right in English."""
    dark = {}
    for language in ("en", "ar"):
        page = picture(drawn(language=language)).convert("L")
        width, height = page.size
        sides = {"left": (0.1, 0.2), "right": (0.8, 0.9)}
        counts = {
            side: sum(
                v < 100
                for v in page.crop((int(width * a), int(height * 0.72), int(width * b), int(height * 0.92))).tobytes()
            )
            for side, (a, b) in sides.items()
        }
        dark[language] = max(counts, key=lambda side: counts[side])
    assert dark == {"en": "right", "ar": "left"}


def test_the_square_picture_holds_the_address_of_the_verification_page():
    """Every module that the picture draws is a dark one of the code, and none is left out."""
    sheet = sheet_of(a_certificate())
    assert sheet.verify_url == "http://127.0.0.1:8000/verify/abcdefghijklmnopqrstuvwx/"
    drawn_modules = {
        (int(row), int(column) + step)
        for column, row, length in re.findall(r"M(\d+) (\d+)\.5h(\d+)", qr_picture(sheet.verify_url))
        for step in range(int(length))
    }
    matrix = segno.make_qr(sheet.verify_url, error="m", mask=2).matrix
    assert drawn_modules == {
        (row, column) for row, line in enumerate(matrix) for column, dark in enumerate(line) if dark
    }
    assert qr_picture(sheet.verify_url) != qr_picture(sheet.verify_url + "x")


def test_the_longest_piece_is_what_no_line_break_can_divide():
    assert longest_piece(["Maria da Conceição"]) == "Conceição"
    assert longest_piece(["王小明 Li"]) == "Li"
    assert longest_piece([]) == ""


def test_times_and_dates_read_well():
    assert [duration(minutes) for minutes in (0, 1, 59, 60, 61, 702)] == [
        "0 minutes",
        "1 minute",
        "59 minutes",
        "1 hour",
        "1 hour 1 minute",
        "11 hours 42 minutes",
    ]
    assert period(dt.date(2026, 3, 10), dt.date(2026, 3, 10)) == "10 March 2026"


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("Amina 欧阳明月", ["SC"]),
        ("김민수", ["KR", "SC"]),
        ("山田 タロウ", ["JP", "SC"]),
        ("やまだ 김", ["JP", "KR", "SC"]),
    ],
)
def test_ideographs_are_drawn_as_in_the_region_of_the_other_letters(text, regions):
    assert ideograph_fonts(text) == [f"Noto {style} CJK {region}" for region in regions for style in ("Serif", "Sans")]


def test_endless_words_are_broken_between_letters_with_their_marks():
    assert with_breaks("Anna Maria " + "x" * 60) == "Anna Maria " + "x" * 60
    assert with_breaks("né" * 31).split(BREAK) == ["né" * 15, "né" * 15, "né"]
    marked = "e\u0301" * 61
    assert [len(part) for part in with_breaks(marked).split(BREAK)] == [60, 60, 2]

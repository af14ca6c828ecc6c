"""Names in every script, judged by the picture of the page and not by its text layer."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from certificates.rendering import draw
from certificates.wording import sheet_of
from tests.certificates.test_rendering import NAMES, a_certificate

INK = 140  # darker than this is ink
JOINER_BREAK = "\u200c"
UNASSIGNED = "\u0378"  # in no font: a box


def page_of(name, resolution=50):
    """The whole page, grey."""
    sheet = replace(sheet_of(a_certificate(printed_name=name, programme_title="x")), certifies="", completed="")
    return Image.open(io.BytesIO(draw(sheet, pixels_per_inch=resolution))).convert("L")


def line_of(name, resolution=50):
    """The part of the page where the name stands, cut to its ink; None where there is none."""
    page = page_of(name, resolution)
    width, height = page.size
    line = page.crop((int(width * 0.08), int(height * 0.27), int(width * 0.92), int(height * 0.47)))
    dark = line.point(lambda value: 255 if value < INK else 0)
    box = dark.getbbox()
    return dark.crop(box) if box else None


def ink(picture):
    return sum(value > 0 for value in picture.tobytes())


def halves(picture):
    """The ink of the left half and of the right one."""
    middle = picture.width // 2
    return ink(picture.crop((0, 0, middle, picture.height))), ink(
        picture.crop((middle, 0, picture.width, picture.height))
    )


@pytest.mark.parametrize("script", NAMES)
def test_a_name_is_drawn_with_its_letters_and_not_with_boxes(script):
    name = NAMES[script]
    line = line_of(name)
    boxes = line_of("".join(letter if letter == " " else UNASSIGNED for letter in name))
    assert line is not None
    assert ink(line) > 60
    assert line.tobytes() != boxes.tobytes()


@pytest.mark.parametrize(
    "name",
    [NAMES["arabic"], "محمد", NAMES["devanagari"], "কৃষ্ণা চন্দ্র", NAMES["khmer"], "ශ්‍රී ලංකා"],
    ids=["arabic", "one word", "devanagari", "bengali", "khmer", "sinhala"],
)
def test_letters_take_the_shapes_that_their_neighbours_give_them(name):
    """A break between every two letters gives another picture: without shaping both would be the same."""
    apart = JOINER_BREAK.join(name)
    assert line_of(name).tobytes() != line_of(apart).tobytes()


@pytest.mark.parametrize("letters", ["amina", "иван", "გიორგი", "王小明", "አበበ"])
def test_letters_that_never_join_look_the_same_with_breaks_between_them(letters):
    """The control of the test above."""
    assert line_of(letters).tobytes() == line_of(JOINER_BREAK.join(letters)).tobytes()


@pytest.mark.parametrize(
    ("name", "light_side"),
    [
        ("iiii MMMM", "left"),
        ("іііі ЖЖЖЖ", "left"),
        ("יייי שששש", "right"),
        ("ا ا ا ا ضضضضض", "right"),
    ],
)
def test_the_first_word_stands_where_its_script_begins(name, light_side):
    left, right = halves(line_of(name))
    assert ("left" if left < right else "right") == light_side


def test_scripts_mixed_in_one_line_each_keep_their_direction():
    """Latin first, then Hebrew from right to left: its light word stands at the far right of the line."""
    line = line_of("MMMM יייי שששש")
    third = line.width // 3
    parts = [ink(line.crop((start, 0, start + third, line.height))) for start in (0, third, 2 * third)]
    assert min(parts) == parts[2]


@pytest.mark.parametrize("script", [script for script in NAMES if script != "mixed"])
def test_a_long_name_in_any_script_leaves_the_edges_of_the_page_white(script):
    name = " ".join([NAMES[script]] * 12)[:190].strip()
    page = page_of(name, resolution=40)
    width, height = page.size
    for left, right in ((0.045, 0.09), (0.91, 0.955)):
        edge = page.crop((int(width * left), int(height * 0.2), int(width * right), int(height * 0.7)))
        assert min(edge.tobytes()) > INK


@pytest.mark.parametrize("script", ["arabic", "chinese", "khmer"])
def test_a_name_in_latin_letters_stands_below_smaller(script):
    sheet = sheet_of(a_certificate(printed_name=NAMES[script], programme_title="x"))
    both = sheet_of(a_certificate(printed_name=NAMES[script], programme_title="x", latin_name="Amina Odhiambo"))
    assert draw(sheet, pixels_per_inch=40) != draw(both, pixels_per_inch=40)

import io
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from PIL import Image

from surveys.charts import Column, Mark, Stack, columns_chart, stacked_bars
from surveys.charts.frame import framed
from surveys.charts.lettering import taken_apart
from surveys.pictures import as_png

SVG = "{http://www.w3.org/2000/svg}"
NAMES = {"title": "Views", "description": "n = 4"}
LEVELS = [("1", "Low"), ("2", "Middle"), ("3", "High")]


def stack(*percents):
    shares = tuple(Fraction(percent, 100) for percent in percents)
    return Stack("A question", "2.0", " · n = 4", shares, tuple(f"{percent}%" for percent in percents))


def boxes(svg, name):
    found = ElementTree.fromstring(svg).iter(f"{SVG}rect")
    return [(box.get("x"), box.get("width")) for box in found if box.get("class") == f"chart-{name}"]


def test_diverging_bars_share_the_middle_of_the_scale():
    svg = stacked_bars([stack(50, 0, 50), stack(0, 50, 50)], LEVELS, **NAMES, is_diverging=True)
    assert boxes(svg, "level") == [("0%", "40%"), ("40%", "40%"), ("20%", "40%"), ("60%", "40%")]
    middles = {line.get("x1") for line in ElementTree.fromstring(svg).iter(f"{SVG}line")}
    assert middles == {"40%"}


def test_diverging_bars_are_mirrored():
    svg = stacked_bars([stack(50, 0, 50), stack(0, 50, 50)], LEVELS, **NAMES, is_diverging=True, direction="rtl")
    assert boxes(svg, "level") == [("60%", "40%"), ("20%", "40%"), ("40%", "40%"), ("0%", "40%")]


def test_a_bar_of_nobody_is_an_empty_track():
    assert boxes(stacked_bars([stack(0, 0, 0)], LEVELS, **NAMES, is_diverging=True), "level") == []


def test_levels_without_labels_have_a_short_key():
    svg = stacked_bars([stack(50, 0, 50)], [("1", "first"), ("2", ""), ("3", "last")], **NAMES)
    assert [round(float(width[:-1]), 2) for _x, width in boxes(svg, "swatch")] == [33.33] * 3


def test_a_stack_refuses_what_is_no_distribution():
    with pytest.raises(ValueError, match="one base"):
        stack(60, 50)


def test_columns_are_as_tall_as_their_count_and_told_while_they_are_few():
    columns = [Column("1", 10, "10"), Column("2", 5, "5"), Column("3", 0, "0"), Column("4", 5, "5")]
    root = ElementTree.fromstring(columns_chart(columns, **NAMES, mark=Mark(Fraction(1), "Deadline")))
    heights = [box.get("height") for box in root.iter(f"{SVG}rect")]
    notes = [text.text for text in root.iter(f"{SVG}text")]
    assert heights == ["150", "75", "0", "75"]
    assert notes == ["10", "5", "0", "5", "1", "2", "3", "4", "Deadline"]


def test_many_columns_tell_the_largest_and_keep_their_labels_apart():
    columns = [Column(f"{number} Nov", number, str(number)) for number in range(1, 61)]
    notes = [text.text for text in ElementTree.fromstring(columns_chart(columns, **NAMES)).iter(f"{SVG}text")]
    assert notes[0] == "60"
    assert 3 <= len(notes[1:]) <= 8


def test_labels_of_strangers_stay_text():
    hostile = "</text><script>alert(1)</script>"
    svg = columns_chart([Column(hostile, 1, hostile)], title=hostile, description=hostile)
    assert "<script" not in svg
    assert hostile in [text.text for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("direction, x, part", [("ltr", 24.0, 0.0), ("rtl", 936.0, 1.0)])
def test_texts_are_taken_out_of_a_picture_with_their_places(direction, x, part):
    chart = stacked_bars([stack(50, 0, 50)], LEVELS, **NAMES, width=912, direction=direction)
    drawing, lines = taken_apart(framed(chart, title="لا أوافق", notes=("n = 4",), width=960, direction=direction))
    assert "<text" not in drawing
    title = lines[0]
    assert (title.x, title.part, title.is_rtl) == (x, part, direction == "rtl")
    assert [run.text for run in title.runs] == ["لا أوافق"]
    values = [line for line in lines if len(line.runs) == 2]
    assert [run.text for run in values[0].runs] == ["2.0", " · n = 4"]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_picture_becomes_a_png_of_twice_its_size(direction):
    chart = stacked_bars([stack(50, 0, 50)], [("1", "لا (أبدا)"), ("2", "同意"), ("3", "Да")], **NAMES, width=912)
    picture = framed(chart, title="لا", notes=(), width=960, direction=direction)
    image = Image.open(io.BytesIO(as_png(picture)))
    assert (image.format, image.width) == ("PNG", 1920)

import re
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from surveys.charts import Bar, horizontal_bars, rating_distribution

SVG = "{http://www.w3.org/2000/svg}"
NAMES = {"title": "Sector", "description": "447 people by sector"}


def bar(label="Government", count=1, of=4, **more):
    return Bar(label, count, f"{100 * count / of:.1f} %", Fraction(count, of), **more)


def boxes(svg, name):
    """(x, width) of the rectangles of one class, in document order."""
    found = ElementTree.fromstring(svg).iter(f"{SVG}rect")
    return [(box.get("x"), box.get("width")) for box in found if box.get("class") == f"chart-{name}"]


def texts(svg, name):
    """What each text of one class says, its lines parted by a slash."""
    found = ElementTree.fromstring(svg).iter(f"{SVG}text")
    return ["/".join(text.itertext()) for text in found if text.get("class") == f"chart-{name}"]


def test_horizontal_bars_are_as_long_as_their_share():
    svg = horizontal_bars([bar(count=1), bar(count=3), bar(count=0), bar(count=1, of=3)], **NAMES)
    assert boxes(svg, "bar") == [("0%", "25%"), ("0%", "75%"), ("0%", "0%"), ("0%", "33.3333%")]
    assert boxes(svg, "track") == [("0%", "100%")] * 4


def test_horizontal_bars_grow_from_the_right_in_arabic():
    svg = horizontal_bars([bar("حكومة", count=1)], **NAMES, direction="rtl")
    root = ElementTree.fromstring(svg)
    label, value = root.iter(f"{SVG}text")
    assert root.get("direction") == "rtl"
    assert boxes(svg, "bar") == [("75%", "25%")]
    assert (label.get("text-anchor"), label[0].get("x")) == ("start", "100%")
    assert (value.get("text-anchor"), value.get("x")) == ("end", "0%")


def test_horizontal_bars_print_label_count_and_share():
    svg = horizontal_bars([bar("Academia", count=1234, of=4936, count_text="1 234")], **NAMES)
    assert texts(svg, "label") == ["Academia"]
    assert texts(svg, "value") == ["1 234/ · 25.0 %"]


def test_horizontal_bars_leave_out_a_share_that_is_not_given():
    assert texts(horizontal_bars([Bar("Nobody", 0, "", Fraction(0))], **NAMES), "value") == ["0"]


def test_horizontal_bars_without_bars_are_an_empty_picture():
    root = ElementTree.fromstring(horizontal_bars([], **NAMES))
    assert [child.tag for child in root] == [f"{SVG}title", f"{SVG}desc"]


def test_labels_of_strangers_stay_text():
    hostile = "<script>'1'</script>&amp;\x00\x08\ud800"
    svg = horizontal_bars([bar(hostile)], **NAMES)
    assert "<script" not in svg
    assert texts(svg, "label") == ["<script>'1'</script>&amp;\ufffd\ufffd\ufffd"]


def test_titles_of_strangers_stay_text():
    svg = horizontal_bars([], title='"><script>', description="</desc><b>")
    root = ElementTree.fromstring(svg)
    assert [child.text for child in root] == ['"><script>', "</desc><b>"]


def test_long_labels_are_wrapped_and_cut():
    label = "NGO and civil society, including foundations, faith-based and volunteer organisations"
    svg = horizontal_bars([bar(label)], **NAMES)
    assert texts(svg, "label") == ["NGO and civil society,/including foundations,/faith-based and volunteer…"]


def test_long_labels_fit_a_wide_download():
    label = "NGO and civil society, including foundations"
    svg = horizontal_bars([bar(label)], **NAMES, width=720)
    assert texts(svg, "label") == [label]
    assert ElementTree.fromstring(svg).get("width") == "720"


def test_a_word_without_end_is_cut():
    (label,) = texts(horizontal_bars([bar("x" * 100_000)], **NAMES), "label")
    lines = label.split("/")
    assert len(lines) == 3
    assert max(map(len, lines)) < 40


def test_rating_distribution_stacks_its_levels():
    levels = [bar(str(level), count=count, of=20) for level, count in enumerate([1, 2, 3, 4, 10], start=1)]
    assert boxes(rating_distribution(levels, **NAMES), "level") == [
        ("0%", "5%"),
        ("5%", "10%"),
        ("15%", "15%"),
        ("30%", "20%"),
        ("50%", "50%"),
    ]
    assert boxes(rating_distribution(levels, **NAMES, direction="rtl"), "level") == [
        ("95%", "5%"),
        ("85%", "10%"),
        ("70%", "15%"),
        ("50%", "20%"),
        ("0%", "50%"),
    ]


def test_rating_distribution_prints_a_legend_with_counts():
    svg = rating_distribution([bar("Poor", 1, of=4), bar("Good", 3, of=4)], **NAMES)
    assert texts(svg, "label") == ["Poor", "Good"]
    assert texts(svg, "value") == ["1/ · 25.0 %", "3/ · 75.0 %"]
    assert len(boxes(svg, "swatch")) == 2


def test_rating_distribution_marks_levels_by_position_or_as_told():
    levels = [bar("Poor", 2, of=4), bar("Good", 2, of=4, mark="10")]
    root = ElementTree.fromstring(rating_distribution(levels, **NAMES))
    marks = [text.text for text in root.iter(f"{SVG}text") if text.get("text-anchor") == "middle"]
    assert marks == ["1", "10", "1", "10"]


def test_rating_distribution_grows_darker_level_by_level():
    svg = rating_distribution([bar(count=1, of=11) for _ in range(11)], **NAMES)
    fills = re.findall(r'class="chart-level"[^>]* fill="#(..)(..)(..)"', svg)
    light = [2126 * int(red, 16) + 7152 * int(green, 16) + 722 * int(blue, 16) for red, green, blue in fills]
    assert len(set(light)) == 11
    assert light == sorted(light, reverse=True)


def test_rating_distribution_of_no_answers_is_an_empty_track():
    svg = rating_distribution([Bar("Poor", 0, "", Fraction(0)), Bar("Good", 0, "", Fraction(0))], **NAMES)
    assert boxes(svg, "level") == []
    assert boxes(svg, "track") == [("0%", "100%")]


def test_rating_distribution_refuses_shares_over_the_whole():
    with pytest.raises(ValueError, match="more than 1"):
        rating_distribution([bar(count=3), bar(count=2)], **NAMES)


@pytest.mark.parametrize(("count", "share"), [(1, Fraction(5, 4)), (1, Fraction(-1, 4)), (-1, Fraction(0))])
def test_bar_refuses_what_is_no_share(count, share):
    with pytest.raises(ValueError, match="not a share"):
        Bar("Government", count, "", share)


@pytest.mark.parametrize("draw", [horizontal_bars, rating_distribution])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_charts_need_no_style_and_are_named_pictures(draw, direction):
    svg = draw([bar(), bar()], **NAMES, direction=direction)
    root = ElementTree.fromstring(svg)
    title, desc = root[0], root[1]
    assert "style" not in svg
    assert (root.get("role"), root.get("width")) == ("img", "100%")
    assert (title.text, desc.text) == ("Sector", "447 people by sector")
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == (title.get("id"), desc.get("id"))


def test_charts_have_the_same_bytes_again_and_ids_of_their_own():
    once, again = horizontal_bars([bar()], **NAMES), horizontal_bars([bar()], **NAMES)
    other = horizontal_bars([bar(count=2)], **NAMES)
    assert once == again
    assert ElementTree.fromstring(once)[0].get("id") != ElementTree.fromstring(other)[0].get("id")

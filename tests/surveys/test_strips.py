from fractions import Fraction
from xml.etree import ElementTree

import pytest

from surveys.strips import distribution_strip, scale_key

SHARES = [Fraction(1, 10), Fraction(0), Fraction(1, 10), Fraction(3, 10), Fraction(5, 10)]


def boxes(svg):
    rects = ElementTree.fromstring(svg).findall("{http://www.w3.org/2000/svg}rect")
    return [(rect.get("x"), rect.get("width")) for rect in rects[1:]]


def test_a_strip_has_a_box_for_each_share_that_is_not_0():
    svg = distribution_strip(SHARES, title="Overall", description="Five levels")

    assert boxes(svg) == [("0.000%", "10.000%"), ("10.000%", "10.000%"), ("20.000%", "30.000%"), ("50.000%", "50.000%")]


def test_a_strip_grows_from_the_right_where_reading_does():
    svg = distribution_strip(SHARES, title="Overall", description="Five levels", direction="rtl")

    assert boxes(svg)[0] == ("90.000%", "10.000%")


def test_a_strip_escapes_its_texts_and_needs_no_style():
    svg = distribution_strip(SHARES, title="<script>", description="&", direction="rtl")

    assert "<script>" not in svg
    assert "style" not in svg
    ElementTree.fromstring(svg)


@pytest.mark.parametrize("shares", [[Fraction(1, 2)] * 5, [Fraction(2)]])
def test_a_strip_refuses_shares_over_the_whole(shares):
    with pytest.raises(ValueError, match="shares of one base"):
        distribution_strip(shares, title="", description="")


def test_the_key_names_each_colour():
    svg = scale_key(["1", "2", "3", "4", "5"], title="Key", description="From 1 to 5")

    texts = ElementTree.fromstring(svg).findall("{http://www.w3.org/2000/svg}text")
    assert [text.text for text in texts] == ["1", "2", "3", "4", "5"]

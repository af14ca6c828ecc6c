from hypothesis import given
from hypothesis import strategies as st

from registrations.placeholders import filled, has_stray_brace, lacking, unknown


def test_placeholders_are_replaced_once_and_as_text():
    values = {"name": "{programme} {0.__class__} %(x)s", "programme": "P"}

    assert filled("{name} in {programme}, {other}", values) == "{programme} {0.__class__} %(x)s in P, {other}"


def test_a_value_that_is_empty_leaves_one_empty_line():
    assert filled("A\n\n{nothing}\n\nB", {"nothing": ""}) == "A\n\nB"


def test_what_is_wrong_with_a_text_is_found():
    text = "{name}, {Name}, { name }, {x.y} {Name} {"

    assert unknown(text, ["name"]) == ["Name", " name ", "x.y"]
    assert lacking(text, ["name", "link"]) == ["link"]
    assert [has_stray_brace(each) for each in (text, "{a}", "}{")] == [True, False, True]


@given(st.text(alphabet="ab{} \n%(", max_size=40), st.text(alphabet="ab{}", max_size=10))
def test_no_value_is_read_for_placeholders(text, value):
    marked = filled(text, {"a": "\0"})

    assert filled(text, {"a": value}).count(value) >= marked.count("\0")
    others = [name for name in unknown(marked, []) if "\0" not in name]  # "{{a}}" shows "{value}"
    assert others == [name for name in unknown(filled(text, {}), []) if name != "a"]

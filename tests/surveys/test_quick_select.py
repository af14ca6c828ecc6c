import pytest
from django.forms import Select
from django.test.html import parse_html

from registrations.selects import QuickSelect

CHOICES = [("", "All"), ("a", "A & <b>"), ("b", '"q"'), ("3", "three")]


@pytest.mark.parametrize("value", [None, "", "a", "b", 3, "unknown"])
def test_a_quick_list_is_djangos_own(value):
    attrs = {"id": "id_x", "aria-invalid": "true", "required": True, "disabled": False}
    lists = [kind(choices=CHOICES, attrs={"class": "k"}).render("n", value, attrs) for kind in (Select, QuickSelect)]
    assert parse_html(lists[0]) == parse_html(lists[1])

import pytest

from registrations.addresses import tidy_address
from registrations.errors import Refused


@pytest.mark.parametrize(
    "typed, kept",
    [
        (" Ann@Example.ORG ", "ann@example.org"),
        ("ann@Bücher.example", "ann@xn--bcher-kva.example"),
        ("ann@xn--bcher-kva.example", "ann@xn--bcher-kva.example"),
        ("\u212aate@example.org", "kate@example.org"),
        ("a.b+c@example.org", "a.b+c@example.org"),
    ],
)
def test_one_spelling_for_each_address(typed, kept):
    assert tidy_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ann",
        "ann@",
        "@example.org",
        "ann@example.org\nBcc: b@example.org",
        "ann\x00@example.org",
        "ann@example..org",
        "ann@" + "a" * 300 + ".org",
        "two words@example.org",
        "иван@example.org",
        "ſam@example.org",
        "ann@example.org, bob@example.org",
    ],
)
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(Refused):
        tidy_address(typed)

from itertools import islice

from certificates.serials import prefixes, serial


def test_a_prefix_has_the_initials_of_the_address_and_the_year():
    assert next(prefixes("cross-border-ecommerce-2022", 2022)) == "BZ-CBE-2022"
    assert next(prefixes("2022", 2022)) == "BZ-P-2022"
    assert next(prefixes("a-b-c-d-e-f-g-h-i-j", 2026)) == "BZ-ABCDEFGH-2026"


def test_a_taken_prefix_gets_a_figure():
    assert list(islice(prefixes("data-cities", 2026), 3)) == ["BZ-DC-2026", "BZ-DC2-2026", "BZ-DC3-2026"]


def test_numbers_have_five_digits_or_more():
    assert [serial("BZ-DC-2026", number) for number in (1, 42, 123456)] == [
        "BZ-DC-2026-00001",
        "BZ-DC-2026-00042",
        "BZ-DC-2026-123456",
    ]

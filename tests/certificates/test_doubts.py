import pytest

from certificates.doubts import address_key, alike, covering, doubts, name_key, rarest_script


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Amina Wanjirũ Odhiambo", []),
        ("José-María O’Brien, Jr.", []),
        ("欧阳明月", []),
        ("やまだ タロウ 山田", []),
        ("فاطمة الزهراء", []),
        ("محمد Smith", []),
        ("李", []),
        ("AMINA ODHIAMBO", ["capitals"]),
        ("amina odhiambo", ["small"]),
        ("X", ["one_letter"]),
        ("amina@example.org", ["small", "address"]),
        ("Amina 2", ["digits"]),
        ("Amina $ Odhiambo", ["signs"]),
        ("Аmina Odhiambo", ["mixed_word"]),
    ],
)
def test_doubts_of_a_name(name, found):
    assert doubts(name) == found


def test_persons_who_look_like_one():
    people = [
        (1, "Amina Odhiambo", "amina@example.org"),
        (2, "ODHIAMBO, Amína", "a@example.org"),
        (3, "Li Na", "li.na+x@gmail.com"),
        (4, "Li Nanna", "lina@googlemail.com"),
        (5, "Somebody Else", "else@example.org"),
    ]
    assert alike(people) == [[1, 2], [3, 4]]
    assert name_key("ODHIAMBO, Amína") == ("amina", "odhiambo")
    assert address_key("A+b@Example.org") == "a@example.org"


def test_the_rarest_script_is_that_of_the_fewest():
    assert rarest_script({1: "Amina", 2: "Li", 3: "محمد", 4: "محمد", 5: "სოფო"}) == 5
    assert rarest_script({}) is None


def test_covering_texts_hold_every_letter_and_whole_names():
    texts = covering(["abc", "cab", "d", "xyz"], longest=5)
    assert texts == ["abc d", "xyz"]

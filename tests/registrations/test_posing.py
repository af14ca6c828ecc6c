"""Names that read like somebody else's, and others that do not."""

import pytest

from registrations.posing import passes_for

ORGANISERS = ["The organisers", "Les organisateurs", "Организаторы", "المنظمون", "主办方", "Trade & borders (2026)"]


@pytest.mark.parametrize(
    "name",
    [
        "the ORGANISERS",
        "“Organizers”",
        "The  Orgánisers!",
        "T h e o r g a n i s e r s",
        "Тhе оrgаnіѕеrѕ",  # Cyrillic letters among Latin ones
        "ТНЕ ORGANISERS",
        "Τhe οrganiserѕ",  # Greek and Cyrillic ones
        "0rgan1sers",
        "ＴＨＥ ｏｒｇａｎｉｓｅｒｓ",
        "ᴏʀɢᴀɴɪꜱᴇʀꜱ",
        "οrganiζers",  # a Greek z, which is an s of the other spelling
        "ʟᴇꜱ ᴏʀɢᴀɴɪꜱᴀᴛᴇᴜʀꜱ",
        "łes organisateurs",
        "organisateurs",
        "организаторы",
        "الْمنظّمون",
        "منظمون",
        "主 办 方",
        "Trade/borders – 2026",
    ],
)
def test_name_that_reads_like_the_organisers_passes_for_them(name):
    assert passes_for(name, ORGANISERS)


@pytest.mark.parametrize("name", ["Organa Isers", "Amina Otieno", "Thea", "主", "«»", "", "Ольга Организова"])
def test_other_names_do_not(name):
    assert not passes_for(name, [*ORGANISERS, "", "The"])


@pytest.mark.parametrize(("name", "other"), [("Liza", "Lisa"), ("Elena Gomez", "Elena Gomes")])
def test_name_of_somebody_else_that_is_spelled_otherwise_does_not(name, other):
    assert not passes_for(name, [other])

"""Proposals: who meets whom, why, and in which order."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registrations.matching_people import Meeting, Seeker, Thing, between, keys_of, proposals


def thing(text, topic=None):
    return Thing(text, keys_of(text), topic)


def seeker(key="b", offers=(), needs=(), languages=("en",), sector="government", country="KE"):
    things = (tuple(map(thing, texts)) for texts in (offers, needs))
    return Seeker(key, *things, frozenset(languages), sector, country)


ME = seeker("me", offers=["Urban planning"], needs=["Customs law"])


@pytest.mark.parametrize(
    ("offered", "wanted"),
    [
        ("customs laws", "Customs law"),
        ("The law of customs", "customs law"),
        ("EU customs law", "customs law"),
        ("law", "customs law"),
        ("Les systèmes d’information géographique", "système d'information géographique"),
        ("Leyes de aduanas", "ley de aduana"),
        ("таможенное право", "Таможенного права"),
        ("стандарты торговли", "стандартов для торговли"),
        ("التجارة الإلكترونية", "تجارة إلكترونيّة"),
        ("中国海关法", "海关"),
        ("ISO 9001", "iso 9001"),
    ],
)
def test_phrases_meet_whatever_their_case_accents_and_endings(offered, wanted):
    found = between(seeker("me", needs=[wanted]), seeker(offers=[offered]))
    assert found.gives == (Meeting(offered, wanted),)


@pytest.mark.parametrize(
    ("offered", "wanted"),
    [("customs law", "labour law"), ("trade", "tradition"), ("ISO 9001", "ISO 9000"), ("的", "海关"), ("", "law")],
)
def test_phrases_with_other_words_do_not_meet(offered, wanted):
    assert between(seeker("me", needs=[wanted]), seeker(offers=[offered])) is None


def test_topic_meets_the_same_topic_in_whatever_words():
    mine = Seeker("me", (), (Thing("Customs", keys_of("Customs"), 7),), frozenset({"en"}), "government", "KE")
    theirs = Seeker("b", (Thing("Douanes", keys_of("Douanes"), 7),), (), frozenset({"en"}), "government", "KE")
    assert between(mine, theirs).gives == (Meeting("Douanes", "Customs"),)


def test_proposal_says_all_its_reasons():
    other = seeker(
        "b", offers=["customs laws", "yoga"], needs=["planning"], languages=["fr", "en"], sector="ngo", country="KE"
    )
    found = between(seeker("me", ["Urban planning"], ["Customs law"], ["en", "fr", "ar"]), other)
    assert found.gives == (Meeting("customs laws", "Customs law"),)
    assert found.takes == (Meeting("planning", "Urban planning"),)
    assert (found.languages, found.is_mutual, found.is_other_sector, found.is_other_country) == (
        ("en", "fr"),
        True,
        True,
        False,
    )


def test_nobody_is_proposed_without_a_shared_language_or_to_themselves():
    assert proposals(ME, [seeker(offers=["Customs law"], languages=["fr"]), ME]) == []


def test_mutual_ones_come_first_then_more_in_common_then_another_sector_and_country():
    more = seeker("more", offers=["customs law", "law"], languages=["en"])
    mutual = seeker("mutual", offers=["customs law"], needs=["urban planning"])
    sector = seeker("sector", offers=["customs law"], sector="ngo")
    country = seeker("country", offers=["customs law"], country="FR")
    plain = seeker("a plain one", offers=["customs law"])
    found = proposals(ME, [plain, country, sector, more, mutual])
    assert [each.key for each in found] == ["mutual", "more", "sector", "country", "a plain one"]
    assert [each.key for each in proposals(ME, [plain, mutual], most=1)] == ["mutual"]


WORDS = st.lists(st.sampled_from(["customs law", "law", "ports", "trade data", "data", "GIS"]), max_size=3)
PEOPLE = st.lists(
    st.builds(
        seeker,
        offers=WORDS,
        needs=WORDS,
        languages=st.sets(st.sampled_from(["en", "fr", "ar"]), min_size=1),
        sector=st.sampled_from(["government", "ngo"]),
        country=st.sampled_from(["KE", "FR"]),
    ),
    max_size=6,
)


@settings(max_examples=30)
@given(PEOPLE, st.randoms(use_true_random=False))
def test_proposals_are_the_same_in_any_order_and_each_is_one_of_the_other(people, random):
    people = [
        Seeker(str(number), each.offers, each.needs, each.languages, each.sector, each.country)
        for number, each in enumerate(people)
    ]
    shuffled = random.sample(people, len(people))
    for me in people:
        found = proposals(me, people)
        assert found == proposals(me, shuffled)
        for proposal in found:
            back = between(people[int(proposal.key)], me)
            assert (back.is_mutual, bool(back.gives), bool(back.takes)) == (
                proposal.is_mutual,
                bool(proposal.takes),
                bool(proposal.gives),
            )


def test_a_thousand_people_are_looked_through_at_once():
    texts = [f"field {number} of work" for number in range(50)]
    people = [
        seeker(str(number), [texts[number % 50], texts[(number + 7) % 50]], [texts[(number * 3) % 50]])
        for number in range(1000)
    ]
    began = time.process_time()
    assert len(proposals(people[0], people)) > 30
    assert time.process_time() - began < 0.3

"""The directory behind the personal link: who is in it, who sees whom, and how the list is narrowed."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from registrations.actions import register, withdraw
from registrations.consenting import give_consent, withdraw_consent
from registrations.details import RegistrationDetails
from registrations.errors import Refused
from registrations.models import Profile, ProfileItem, Programme
from registrations.people.directory import Wanted, countries_in, narrowed, proposed_to, topics_of
from registrations.people.profiles import ProfileDetails, leave, opt_in
from registrations.people.running import close_directory, name_topics, open_directory
from registrations.people.safety import block
from tests.registrations_factories import (
    NOW,
    PartnerFactory,
    PrivacyTextFactory,
    ProgrammeFactory,
    RegistrationFactory,
    TopicFactory,
    member,
)

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(days=1)


@pytest.fixture
def programme():
    return ProgrammeFactory(directory_opened_at=NOW)


@pytest.fixture
def go(client, at_now):
    """`go(registration, name, *rest, **posted)`: a page of the directory, looked at or sent to."""

    def ask(registration, name, *rest, query="", **posted):
        address = reverse(f"registrations:{name}", args=[registration.link_token, *rest]) + query
        return client.post(address, posted) if posted else client.get(address)

    return ask


def names_seen_by(profile, **wanted):
    registration = profile.registration
    found = narrowed(registration, Wanted(**wanted), topics_of(registration))
    return [each.shown_name for each in found]


FORM = {"languages": ["en"], "offered_words": "customs law\n\nports", "needed_words": "", "show_me": "on"}


def test_opting_in_stores_what_was_said_and_shows_it_to_the_others(go, programme):
    other = member(programme)
    registration = RegistrationFactory(programme=programme, given_name="Amina", family_name="Otieno", country="KE")
    page = go(registration, "people_profile", **FORM, about="I clear\nships.", another_language="sw")
    assert page.url == reverse("registrations:people_matches", args=[registration.link_token])
    profile = registration.profile
    assert (profile.shown_name, profile.about, profile.languages) == ("Amina Otieno", "I clear ships.", ["en", "sw"])
    assert list(profile.items.values_list("side", "words")) == [("offer", "customs law"), ("offer", "ports")]
    shown = go(other.registration, "person", profile.key).content.decode()
    assert [word in shown for word in ("Amina Otieno", "Kenya", "customs law", "Kiswahili", "I clear ships.")] == [
        True
    ] * 5
    assert registration.email not in shown


def test_nothing_is_stored_without_the_tick_or_without_anything_said(go, programme):
    registration = RegistrationFactory(programme=programme)
    for wrong in (
        {"show_me": ""},
        {"languages": []},
        {"offered_words": ""},
        {"offered_words": "see www.example.org"},
        {"offered_words": "buy at cheap.example now"},
        {"about": "<script>alert(1)</script>"},
        {"offered_words": "\n".join(f"thing {n}" for n in range(7))},
        {"offered_words": "x" * 81},
        {"about": "x" * 301},
        {"contact": "x" * 201},
        {"shown_name": "x" * 201},
        {"shown_name": "cheap.example"},
    ):
        page = go(registration, "people_profile", **{**FORM, **wrong})
        assert (page.status_code, Profile.objects.count()) == (422, 0), wrong
        assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize(
    "name",
    ["THE ORGANISERS", "Trаde today", "Commerce, aujourd’hui", "Institute of Trade", "Grace (office)"],
)
def test_nobody_in_the_list_is_called_as_the_organisers_are(name, go, programme):
    Programme.objects.filter(pk=programme.pk).update(
        title="Trade Today", translations={"fr": {"title": "Commerce aujourd’hui"}}, contact_name="Grace, office"
    )
    PartnerFactory(programme=programme, name="Institute of Trade")
    person = RegistrationFactory(programme=programme)
    told = {"offered_words": "Law", "languages": ["en"], "show_me": "on"}
    page = go(person, "people_profile", **told, shown_name=name)
    assert (page.status_code, Profile.objects.count()) == (422, 0)
    assert f"“{name}” could be taken for the organisers." in page.text
    assert go(person, "people_profile", **told, shown_name=f"{name} Otieno").status_code == 302


def test_the_word_for_organisers_is_refused_in_every_language(programme, settings):
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            word = gettext("organiser")
        with pytest.raises(Refused, match="could be taken for the organisers"):
            member(programme, printed_name=word.upper())


def test_the_contact_of_a_programme_may_be_in_its_list_under_the_own_name(programme):
    office = {"contact_name": "Amina Otieno", "contact_email": "Amina@Example.org"}
    Programme.objects.filter(pk=programme.pk).update(**office)
    programme.refresh_from_db()
    name = {"printed_name": office["contact_name"]}
    assert member(programme, email="amina@example.org", **name).shown_name == office["contact_name"]
    with pytest.raises(Refused, match="write it in full"):
        member(programme, **name)


def test_opting_in_twice_is_opting_in_once_and_coming_back_has_another_address(programme):
    profile = member(programme, offers=["law"])
    details = ProfileDetails(languages=("fr", "en"), offered_words=("ports",))
    again = opt_in(profile.registration, details, now=LATER)
    assert (again.pk, again.key, again.opted_in_at, again.languages) == (profile.pk, profile.key, NOW, ["en", "fr"])
    leave(profile.registration, now=LATER)
    back = opt_in(profile.registration, details, now=LATER)
    assert (back.pk, back.key == profile.key, back.opted_in_at) == (profile.pk, False, LATER)
    assert ProfileItem.objects.count() == 1


@pytest.mark.parametrize("person", [{"pending": True}, {"waiting": True}, {"withdrawn": True}])
def test_only_those_with_a_seat_are_let_in(go, programme, person):
    seen = member(programme)
    registration = RegistrationFactory(programme=programme, **person)
    with pytest.raises(Refused):
        opt_in(registration, ProfileDetails(languages=("en",), offered_words=("law",)), now=NOW)
    for page in (go(registration, "people"), go(registration, "people_profile"), go(registration, "person", seen.key)):
        assert page.status_code == 403
        assert seen.shown_name not in page.content.decode()


def test_nobody_sees_the_list_who_is_not_in_it(go, programme):
    seen, registration = member(programme), RegistrationFactory(programme=programme)
    for name, rest in (("people", ()), ("people_matches", ()), ("people_contacts", ()), ("person", (seen.key,))):
        assert go(registration, name, *rest).url == reverse(
            "registrations:people_profile", args=[registration.link_token]
        )


def test_list_is_not_there_until_the_organisers_open_it(go, client):
    registration = RegistrationFactory()
    home, way = reverse("personal_page", args=[registration.link_token]), "People in this programme"
    assert go(registration, "people").status_code == 404
    assert way not in client.get(home).content.decode()
    open_directory(registration.programme, now=NOW)
    assert go(registration, "people_profile").status_code == 200
    assert way in client.get(home).content.decode()
    close_directory(registration.programme, now=NOW)
    assert go(registration, "people_profile").status_code == 404


def test_another_programme_s_people_and_guessed_keys_are_not_found(go, programme):
    own, other = member(programme), member(ProgrammeFactory(directory_opened_at=NOW), given_name="Zora")
    assert "Zora" not in go(own.registration, "people").content.decode()
    for key in (other.key, "a" * 22, str(other.pk), "x" * 500):
        for name in ("person", "person_report", "person_block", "partnership"):
            assert go(own.registration, name, key).status_code == 404
        assert go(own.registration, "person_ask", key, sentence="Hello").status_code == 404
    assert go(own.registration, "people", query="with/%00/").status_code == 404
    assert proposed_to(own.registration, own, {}) == []


def test_whoever_goes_is_gone_at_once(go, programme):
    PrivacyTextFactory()
    own = member(programme)
    others = {name: member(programme, given_name=name, family_name="X") for name in ("Left", "Out", "Dissent", "Hid")}
    leave(others["Left"].registration, now=LATER)
    withdraw(others["Out"].registration, now=LATER)
    withdraw_consent(others["Dissent"].registration, now=LATER)
    Profile.objects.filter(pk=others["Hid"].pk).update(hidden_at=LATER)
    assert names_seen_by(own) == []
    for profile in others.values():
        assert go(own.registration, "person", profile.key).status_code == 404
        assert go(profile.registration, "people").status_code in (302, 403)


def test_coming_back_to_the_programme_is_not_coming_back_to_the_list(programme):
    own, text = member(programme), PrivacyTextFactory()
    gone, dissenting = member(programme), member(programme)
    withdraw(gone.registration, now=NOW)
    person = gone.registration
    details = RegistrationDetails(
        given_name="A", email=person.email, gender="female", country="KE", sector="ngo", language="en"
    )
    register(programme, details, privacy_text=text, now=LATER)
    seat = {"confirmed_at": LATER, "seated_at": LATER}
    type(person).objects.filter(pk=person.pk).update(**seat)
    withdraw_consent(dissenting.registration, now=LATER)
    give_consent(dissenting.registration, privacy_text=text, now=LATER + dt.timedelta(hours=1))
    type(person).objects.filter(pk=dissenting.registration_id).update(withdrawn_at=None, **seat)
    assert names_seen_by(own) == []


def test_list_is_narrowed_by_words_country_sector_and_language(programme):
    topic = TopicFactory(programme=programme, label="Customs", translations={"fr": {"label": "Douanes"}})
    own = member(programme)
    member(programme, printed_name="A", country="FR", languages=("fr",), offers=["Élevage laitier"])
    member(programme, printed_name="B", country="KE", sector="ngo", needs=["海关法"], about="Ports of Mombasa")
    member(programme, printed_name="C", country="KE", topics=([topic.pk], []))
    assert names_seen_by(own) == ["A", "B", "C"]
    for wanted, expected in (
        ({"words": "elevage"}, ["A"]),
        ({"words": "MOMB port"}, ["B"]),
        ({"words": "海关"}, ["B"]),
        ({"words": "douane"}, ["C"]),
        ({"words": "100% _"}, []),
        ({"country": "KE"}, ["B", "C"]),
        ({"sector": "ngo"}, ["B"]),
        ({"language": "fr"}, ["A"]),
        ({"language": "en", "country": "KE", "words": "something"}, ["B", "C"]),
        ({"words": "nothing"}, []),
    ):
        assert names_seen_by(own, **wanted) == expected, wanted
    assert countries_in(own.registration) == [("FR", "France"), ("KE", "Kenya")]


def test_filters_that_are_no_choice_count_as_none(go, programme):
    own = member(programme)
    member(programme, given_name="Zora")
    for query in ("?country=XX&sector=%00&language=zz&page=" + "9" * 5000, "?q=" + "a" * 5000, "?q=%00"):
        assert go(own.registration, "people", query=query).status_code == 200
    assert "Zora" in go(own.registration, "people", query="?country=XX").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_pages_need_as_many_queries_for_three_as_for_one(go, programme, number, django_assert_num_queries):
    own = member(programme, needs=["law"], topics=([TopicFactory(programme=programme).pk], []))
    others = [member(programme, offers=["law"], country=country) for country in ("FR", "KE", "CN")[:number]]
    block(own.registration, member(programme).registration, now=NOW)
    for name, rest, queries in (("people", (), 8), ("people_matches", (), 9), ("person", (others[0].key,), 9)):
        with django_assert_num_queries(queries):
            assert go(own.registration, name, *rest).status_code == 200


def test_proposals_say_why_in_words(go, programme):
    topic = TopicFactory(programme=programme, label="Customs")
    own = member(programme, offers=["Urban planning"], topics=([], [topic.pk]), languages=("en", "fr"), country="KE")
    both = member(programme, needs=["planning"], topics=([topic.pk], []), languages=("fr",), country="FR", sector="ngo")
    member(programme, offers=["yoga"])
    member(programme, topics=([topic.pk], []), languages=("ar",))
    page = go(own.registration, "people_matches").content.decode()
    text = " ".join(page.replace("<bdi>", "").replace("</bdi>", "").split())
    assert [each.card.key for each in proposed_to(own.registration, own, topics_of(own.registration))] == [both.key]
    for sentence in (
        "Goes both ways",
        "Offers “Customs”, which you look for.",
        "Looks for “planning”; you offer “Urban planning”.",
        "Works in another sector and in another country than you.",
    ):
        assert sentence in text
    assert '<bdi lang="fr">Français</bdi>' in page


def test_topic_that_goes_stays_in_the_words_of_those_who_chose_it(programme):
    topic = TopicFactory(programme=programme, label="Customs", translations={"fr": {"label": "Douanes"}})
    profile, other = member(programme, topics=([topic.pk], [])), member(programme)
    name_topics(programme, ["Ports", "", "ports", " Customs "], now=NOW)
    assert list(programme.topics.values_list("label", "pk")) == [
        ("Ports", programme.topics.get(label="Ports").pk),
        ("Customs", topic.pk),
    ]
    name_topics(programme, ["Ports"], now=NOW)
    assert list(profile.items.values_list("words", "topic")) == [("Customs", None), ("something", None)]
    assert names_seen_by(other, words="customs") == [profile.shown_name]
    for wrong in ([f"topic {n}" for n in range(41)], ["x" * 81], ["http://example.org"]):
        with pytest.raises(Refused):
            name_topics(programme, wrong, now=NOW)


def test_leaving_is_asked_about_and_then_done(go, programme):
    own = member(programme)
    assert go(own.registration, "people_leave").status_code == 200
    go(own.registration, "people_leave", sure="yes")
    assert Profile.objects.get().withdrawn_at == timezone.now()
    assert "Show me in the list" in go(own.registration, "people_profile").content.decode()

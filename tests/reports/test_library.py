"""The public library: its terms, its index, its pages."""

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
from django.core.management import call_command
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from registrations.folding import asked_terms, terms_of
from registrations.models import Programme
from reports.library.citing import Citation
from reports.library.index import index_library
from reports.library.marking import excerpt, marked
from reports.library.models import LibraryEntry, LibraryHit, Story
from sessions.models import Material, MaterialFile
from tests.registrations_factories import NOW, ProgrammeFactory
from tests.sessions_factories import AppearanceFactory, TrainingSessionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("later")]

LATER = dt.datetime(2026, 8, 1, 12, tzinfo=dt.UTC)
CITIES = "cities-webinars-2020"


@pytest.fixture
def later(monkeypatch):
    """Every programme of the factories is over."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)


def talk_of(title="Tariffs", **fields):
    return AppearanceFactory(talk=title, role="speaker", **fields)


def story_of(title="A way", **fields):
    fields = {"programme": ProgrammeFactory(), "slug": "a-way", "challenge": "Hard.", "solution": "Easy.", **fields}
    return Story.objects.create(title=title, published_at=NOW, **fields)


def found(client, **query):
    """Titles that the list shows, in order."""
    page = client.get(reverse("library"), query)
    assert page.status_code == 200
    return [card.title.told.text for card in page.context["cards"]]


@pytest.mark.parametrize(
    "one, other",
    [
        ("Économie", "economie"),
        ("ИНФОРМАЦИЯ её", "информация ее"),
        ("التِّجَارَة", "التجاره"),
        ("إلكترونية", "الكترونيه"),
        ("تـــجارة", "تجارة"),
        ("ｅ－commerce", "e-commerce"),
        ("Straße", "STRASSE"),
    ],
)
def test_writings_of_a_word_fall_together(one, other):
    assert terms_of(one) == terms_of(other)


def test_chinese_is_cut_into_pairs_and_the_arabic_article_falls():
    assert terms_of("跨境电商 2020") == ["跨境", "境电", "电商", "2020"]
    assert terms_of("电") == ["电"]
    assert terms_of("التجارة تجارة") == ["تجاره", "تجاره"]


def test_long_questions_are_cut():
    assert len(asked_terms(" ".join(f"w{number}" for number in range(5000)))) == 12


@given(st.text(max_size=300), st.text(max_size=20))
def test_marked_pieces_put_together_are_the_text(text, question):
    assert "".join(piece.text for piece in marked(text, asked_terms(question))) == text


def test_marks_stand_where_the_words_are():
    assert [piece.text for piece in marked("Trade and Économie", asked_terms("econ")) if piece.is_found] == ["Économie"]
    assert [piece.text for piece in marked("中国跨境电商发展", asked_terms("跨境电商")) if piece.is_found] == [
        "跨境电商"
    ]
    long = f"{'word ' * 200}needle {'word ' * 200}"
    assert [piece.text for piece in excerpt(long, ["needle"]) if piece.is_found] == ["needle"]
    assert sum(len(piece.text) for piece in excerpt(long, ["needle"])) < 260


def test_citation_is_told_in_three_ways():
    one = Citation("k", ("Ana Díaz",), "50% & more", "Session 1", "ITC", dt.date(2020, 12, 4), "https://x.org/1")
    assert one.plain == "Ana Díaz (2020). 50% & more. Session 1. ITC. https://x.org/1"
    assert r"  title = {{50\% \& more}}," in one.bibtex
    assert one.ris.split("\r\n")[:3] == ["TY  - GEN", "AU  - Ana Díaz", "TI  - 50% & more"]
    assert one.ris.endswith("ER  - \r\n")


def test_library_has_talks_of_programmes_that_are_over(client):
    talk_of("Told")
    AppearanceFactory(talk="Opening", role="opening")
    running = ProgrammeFactory(start_date=dt.date(2026, 7, 1), end_date=dt.date(2026, 9, 1))
    talk_of("Running", session=TrainingSessionFactory(programme=running))
    hidden = talk_of("Hidden")
    Programme.objects.filter(pk=hidden.session.programme_id).update(published_at=None)
    index_library(now=LATER)
    assert found(client) == ["Told"]
    assert client.get(reverse("library_talk", args=[hidden.pk])).status_code == 404


def test_index_changes_only_what_changed_and_forgets_what_is_gone():
    talk, story = talk_of(), story_of()
    assert index_library(now=LATER) == 2
    assert index_library(now=LATER) == 0
    story.delete()
    talk.talk = "Customs"
    talk.save()
    assert index_library(now=LATER) == 1
    assert LibraryEntry.objects.count() == 1
    assert not LibraryHit.objects.filter(term__term="tariffs").exists()
    Programme.objects.update(published_at=None)
    assert index_library(now=LATER) == 1
    assert LibraryEntry.objects.count() == 0


@pytest.mark.parametrize("question", ["TARIF", "tariffs customs", "库海", "таможн", "تجارة", "deja"])
def test_words_are_found_in_six_languages(client, question):
    talk = talk_of("Tariffs and customs déjà vu")
    talk.translations = {
        "zh-hans": {"talk": "仓库海关"},
        "ru": {"talk": "Таможня"},
        "ar": {"talk": "التِّجارة"},
    }
    talk.save()
    talk_of("Something else")
    index_library(now=LATER)
    assert found(client, q=question) == ["Tariffs and customs déjà vu"]


def test_all_words_are_needed_and_titles_come_first(client):
    session = TrainingSessionFactory(theme="Ports", description="About warehouses.")
    talk_of("Ships", session=session)
    talk_of("Warehouses", session=TrainingSessionFactory())
    index_library(now=LATER)
    assert found(client, q="warehouses") == ["Warehouses", "Ships"]
    assert found(client, q="ships warehouses") == ["Ships"]
    assert found(client, q="ships aeroplanes") == []


def test_search_of_ten_thousand_characters_is_answered_politely(client):
    page = client.get(reverse("library"), {"q": "a" * 4000})
    assert (page.status_code, "Only the first 200 characters" in page.text) == (200, True)


@pytest.mark.parametrize("query", [{"q": "\0"}, {"q": "' OR 1=1"}, {"page": "x"}, {"sdg": "99"}, {"theme": "9" * 40}])
def test_strange_questions_get_a_page(client, query):
    talk_of()
    index_library(now=LATER)
    assert client.get(reverse("library"), query).status_code == 200


def test_filters_narrow_by_what_a_story_is_about(client):
    story_of(country="BJ", city="Cotonou", sdgs=[1, 12])
    story_of("Another", slug="b", sdgs=[2])
    index_library(now=LATER)
    for query in ({"country": "BJ"}, {"city": "Cotonou"}, {"sdg": "1"}, {"sdg": "12"}):
        assert found(client, **query) == ["A way"]
    assert found(client, sdg="2") == ["Another"]
    assert found(client, kind="talk") == []
    assert len(found(client, language="en")) == 2
    assert found(client, language="fr") == []


def test_list_takes_as_many_queries_for_three_entries_as_for_one(client, django_assert_num_queries):
    for number in (1, 3):
        for _one in range(number):
            talk_of()
        index_library(now=LATER)
        with django_assert_num_queries(7):
            client.get(reverse("library"))


def test_pages_of_a_story_and_its_talk_lead_to_each_other(client):
    talk = talk_of("Told")
    story = story_of(programme=talk.session.programme)
    story.talks.add(talk)
    material = Material.objects.create(session=talk.session, kind="slides", title="Slides", published_at=NOW)
    MaterialFile.objects.create(material=material, language="en", link="https://slides.example.org/1")
    of_talk = client.get(reverse("library_talk", args=[talk.pk])).text
    assert reverse("library_story", args=["a-way"]) in of_talk
    assert "Slides" in of_talk
    assert reverse("library_talk", args=[talk.pk]) in client.get(reverse("library_story", args=["a-way"])).text
    for ending, start in (("bib", "@misc{baraza-a-way,"), ("ris", "TY  - GEN")):
        assert client.get(reverse("story_citation", args=["a-way", ending])).text.startswith(start)
        assert client.get(reverse("talk_citation", args=[talk.pk, ending])).status_code == 200
    assert client.get(reverse("story_citation", args=["a-way", "exe"])).status_code == 404


def test_feed_is_atom(client):
    story_of()
    index_library(now=LATER)
    root = ET.fromstring(client.get(reverse("library_feed")).content)
    atom = "{http://www.w3.org/2005/Atom}"
    assert [entry.find(f"{atom}title").text for entry in root.iter(f"{atom}entry")] == ["A way"]


def test_series_of_2020_is_in_it(client):
    call_command("load_reference", CITIES)
    call_command("load_reference", CITIES)
    assert Story.objects.count() == 13
    assert LibraryEntry.objects.filter(talk__isnull=False).count() == 14
    assert all(story.talks.count() in (1, 2) for story in Story.objects.all())
    assert MaterialFile.objects.count() == 13
    assert found(client, q="Kolkata festival")[0] == "Kolkata: a great festival moves online"
    assert "not named in the document" in client.get(reverse("library_story", args=["kolkata-festival-online"])).text

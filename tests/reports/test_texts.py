"""A programme's texts in other languages: written by organisers, read by participants, missing ones named."""

import re

import pytest
from django.urls import reverse

from registrations.models import Programme
from reports.texts import coverage, parts_of
from surveys.models import Choice
from tests.registrations_factories import ProgrammeFactory, RegistrationFactory
from tests.sessions_factories import AppearanceFactory, TrainingSessionFactory
from tests.surveys_factories import QuestionFactory, SurveyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    programme = ProgrammeFactory(title="Trade online", summary="A course.", background="", objectives="", audience="")
    session = TrainingSessionFactory(programme=programme, theme="Customs")
    AppearanceFactory(session=session, talk="Parcels", speaker__title="Head", speaker__organisation="Post")
    QuestionFactory(survey=SurveyFactory(programme=programme), name="topic", kind="select_one", options=["a"])
    return programme


def page(programme, language=""):
    address = reverse("admin:reports_workspace_texts", args=[programme.pk])
    return f"{address}?language={language}" if language else address


def key(row, field):
    return f"{row._meta.model_name}-{row.pk}-{field}"


def test_every_text_that_participants_read_is_listed(programme):
    found = [entry.original for part in parts_of(programme) for entry in part.entries]
    survey = programme.surveys.get()
    assert found == [
        "Trade online",
        "A course.",
        "Customs",
        "Parcels",
        "Head",
        "Post",
        survey.title,
        "What about topic?",
        "A",
    ]


def test_a_version_is_saved_and_counted(organiser_client, programme):
    client = organiser_client(programme)
    choice = Choice.objects.get()
    sent = {"language": "fr", key(programme, "title"): " Commerce en  ligne ", key(choice, "label"): "Un"}
    response = client.post(page(programme), sent, follow=True)
    assert "2 texts are saved." in response.content.decode()
    programme.refresh_from_db()
    assert programme.translations == {"fr": {"title": "Commerce en ligne"}}
    french = next(one for one in coverage(programme, parts_of(programme)) if one.code == "fr")
    assert (french.done, french.total, french.missing) == (2, 9, 7)


def test_a_version_in_another_language_stays(organiser_client, programme):
    Programme.objects.update(translations={"es": {"title": "Comercio"}, "fr": {"title": "A", "summary": "B"}})
    programme.refresh_from_db()
    client = organiser_client(programme)
    client.post(page(programme), {"language": "fr", key(programme, "title"): ""})
    programme.refresh_from_db()
    assert programme.translations == {"es": {"title": "Comercio"}, "fr": {"summary": "B"}}


def test_what_is_too_long_is_named_and_nothing_is_lost_or_saved(organiser_client, programme):
    sent = {"language": "fr", key(programme, "title"): "é" * 201, key(programme, "summary"): "Un cours."}
    response = organiser_client(programme).post(page(programme), sent)
    text = response.content.decode()
    assert response.status_code == 400
    assert "at most 200 characters fit, and there are 201" in text
    assert "é" * 201 in text
    assert "Un cours." in text
    programme.refresh_from_db()
    assert programme.translations == {}


def test_two_who_write_in_the_same_language_do_not_overwrite_each_other(organiser_client, programme):
    def post(opened, **texts):
        sent = {key(programme, field): text for field, text in texts.items()}
        response = client.post(page(programme), {"language": "fr", "opened": opened, **sent})
        programme.refresh_from_db()
        return response.status_code, programme.translations["fr"], response.content.decode()

    def shown(text):
        return re.search(r'name="opened" value="(.*?)"', text)[1]

    client = organiser_client(programme)
    first = shown(client.get(page(programme, "fr")).content.decode())
    assert post(first, title="Le leur", summary="")[:2] == (302, {"title": "Le leur"})
    *refused, text = post(first, title="Le mien", summary="Un cours.")
    assert (refused, "“Le leur”" in text, "Le mien" in text) == ([400, {"title": "Le leur"}], True, True)
    assert post(first, title="", summary="Un cours.")[:2] == (302, {"title": "Le leur", "summary": "Un cours."})
    assert post(shown(text), title="Le mien")[:2] == (302, {"title": "Le mien", "summary": "Un cours."})


def test_texts_of_other_programmes_and_other_fields_are_not_touched(organiser_client, programme):
    other = ProgrammeFactory()
    sent = {"language": "fr", key(other, "title"): "X", key(programme, "slug"): "Y"}
    organiser_client(programme).post(page(programme), sent)
    other.refresh_from_db()
    programme.refresh_from_db()
    assert (other.translations, programme.translations) == ({}, {})


@pytest.mark.parametrize("language", ["en", "de", "' OR 1"])
def test_an_unknown_language_and_the_original_are_not_found(organiser_client, programme, language):
    assert organiser_client(programme).get(page(programme, language)).status_code == 404


def test_only_organisers_write(analyst_client, organiser_client, programme):
    assert analyst_client(programme).get(page(programme)).status_code == 404
    assert organiser_client(ProgrammeFactory()).get(page(programme)).status_code == 404


def test_the_reader_gets_the_own_language_and_a_marked_original(client, programme):
    programme.published_at = programme.registration_opens_at
    programme.translations = {"ar": {"title": "التجارة الإلكترونية"}}
    programme.save()
    client.cookies["django_language"] = "ar"
    text = client.get(reverse("programme_page", args=[programme.slug])).content.decode()
    assert "<bdi>التجارة الإلكترونية</bdi>" in text
    assert '<p lang="en" dir="ltr">A course.</p>' in text
    assert '<bdi lang="en" dir="ltr">Customs</bdi>' in text


def test_a_person_reads_mail_in_the_own_language(client, programme):
    programme.translations = {"fr": {"title": "Commerce en ligne"}}
    programme.save()
    person = RegistrationFactory(programme=programme, language="fr")
    text = client.get(reverse("personal_page", args=[person.link_token])).content.decode()
    assert "Commerce en ligne" in text


@pytest.mark.parametrize("sessions", [1, 3])
def test_the_page_takes_a_constant_number_of_queries(organiser_client, programme, sessions, django_assert_num_queries):
    for _number in range(sessions):
        AppearanceFactory(session__programme=programme, speaker__programme=programme)
        QuestionFactory(survey=programme.surveys.get())
    client = organiser_client(programme)
    with django_assert_num_queries(18):
        client.get(page(programme, "fr"))

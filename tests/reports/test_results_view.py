import hashlib
import json
import re

import pytest

from registrations.models import Programme, Registration
from reports.actions import publish_results, take_back
from reports.figures import Results
from tests.certificates_factories import CompletionRuleFactory
from tests.registrations_factories import ProgrammeFactory, RegistrationFactory
from tests.reports_factories import cohort
from tests.sessions_factories import AFTERWARDS, AudienceFigureFactory

pytestmark = pytest.mark.django_db


def address(programme, rest=""):
    return f"/programmes/{programme.slug}/results/{rest}"


def published(people=120, **attributes):
    programme, _people = cohort(people)
    CompletionRuleFactory(programme=programme)
    Programme.objects.filter(pk=programme.pk).update(**attributes)
    return programme, publish_results(programme, by=None, now=AFTERWARDS)


def test_results_are_not_found_before_they_are_published(client):
    programme, _people = cohort(30)

    assert client.get(address(programme)).status_code == 404
    assert client.get(address(programme, "results.json")).status_code == 404


def test_results_are_not_found_after_they_were_taken_back(client):
    programme, report = published()
    take_back(report, by=None, now=AFTERWARDS)

    assert client.get(address(programme)).status_code == 404
    assert client.get(address(programme, "results.json")).status_code == 404


def test_results_of_a_programme_that_is_not_public_any_more_are_not_found(client):
    programme, _report = published()
    Programme.objects.update(published_at=None)

    assert client.get(address(programme)).status_code == 404


def test_page_shows_the_frozen_figures_whatever_happens_to_the_rows(client):
    programme, _report = published()
    before = client.get(address(programme), {"fresh": 1}).content

    Registration.objects.update(gender="female", country="FJ")

    assert client.get(address(programme), {"fresh": 1}).content == before


@pytest.mark.parametrize(("editions", "queries"), [(1, 3), (3, 4)])
def test_page_is_made_of_its_editions_alone(client, django_assert_num_queries, editions, queries):
    programme, _report = published()
    for country in ["FJ", "KE"][: editions - 1]:
        Registration.objects.update(country=country)
        publish_results(programme, by=None, now=AFTERWARDS)

    with django_assert_num_queries(queries):
        client.get(address(programme))


def test_every_figure_that_is_told_leads_to_its_page(client):
    programme, report = published()
    page = client.get(address(programme)).content.decode()
    links = set(re.findall(r' href="figures/([^"]+)/"', page))
    figures = {figure.id: figure for figure in Results.from_dict(report.figures).figures()}

    assert links <= figures.keys()
    told = {key for key, figure in figures.items() if figure.numerator}
    assert {key for key in told - links if ".language." not in key} == set()


def test_ids_of_the_page_are_there_once(client):
    programme, _report = published()
    ids = re.findall(r' id="([^"]+)"', client.get(address(programme)).content.decode())

    assert len(ids) == len(set(ids))


def test_every_number_in_a_table_leads_to_its_page(client):
    programme, _report = published()
    page = client.get(address(programme)).content.decode()
    cells = re.findall(r'<td class="number">(.*?)</td>', page)

    assert len(cells) > 40
    assert [cell for cell in cells if not cell.startswith('<a class="trace" href="figures/')] == []


def test_every_chart_is_a_table_that_says_its_base(client):
    programme, _report = published()
    page = client.get(address(programme)).content.decode()
    exhibits = re.findall(r'<figure class="exhibit".*?</figure>', page, re.DOTALL)

    assert len(exhibits) >= 8
    for exhibit in exhibits:
        is_hidden = "Answers without a count" in exhibit and "<tbody>" not in exhibit
        assert re.search(r">n = [\d,]+ \w+", exhibit)
        assert exhibit.count("<table") == (0 if is_hidden else 1)
        assert exhibit.count("<svg") >= exhibit.count('<th scope="row"')


def test_json_has_the_bytes_that_the_hash_is_of(client):
    programme, report = published()

    response = client.get(address(programme, "results.json"))

    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert hashlib.sha256(response.content).hexdigest() == report.sha256
    assert json.loads(response.content) == report.figures
    assert report.sha256 in client.get(address(programme)).content.decode()


def test_synthetic_people_are_said_to_be_synthetic(client):
    programme, _report = published(synthetic_seed=7)
    other = ProgrammeFactory()
    RegistrationFactory.create_batch(12, programme=other)
    publish_results(other, by=None, now=AFTERWARDS)

    words = "the people behind these figures are synthetic"
    assert words in client.get(address(programme)).content.decode()
    assert words not in client.get(address(other)).content.decode()


def test_page_of_a_series_without_people_tells_its_audience(client):
    programme = ProgrammeFactory()
    figures = [AudienceFigureFactory(session__programme=programme, count=1200) for _n in range(2)]
    assert figures[0].session.programme == programme
    publish_results(programme, by=None, now=AFTERWARDS)

    page = client.get(address(programme)).content.decode()

    assert '<div id="audience.live_views">' in page
    assert "2,400" in page
    assert "people registered" not in page


def test_page_of_a_handful_of_people_tells_how_many_they_are_and_no_more(client):
    programme = ProgrammeFactory()
    RegistrationFactory.create_batch(4, programme=programme)
    publish_results(programme, by=None, now=AFTERWARDS)

    page = client.get(address(programme)).content.decode()

    assert "Too few people registered to tell where they live" in page
    assert "registrations.country" not in page
    assert "registrations.gender" not in page


def test_a_script_in_a_title_is_text(client):
    programme, _people = cohort(30)
    Programme.objects.update(title="<script>alert(1)</script>")
    publish_results(Programme.objects.get(pk=programme.pk), by=None, now=AFTERWARDS)

    page = client.get(address(programme)).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("language", ["ar", "es", "fr", "ru", "zh-hans"])
def test_page_is_told_in_every_language(client, language):
    programme, _report = published()
    client.cookies["django_language"] = language

    response = client.get(address(programme))

    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.content.decode()

"""The list of people, taken away as it is shown."""

import csv
import io

import openpyxl
import pytest
from django.urls import reverse

from tests.registrations_factories import ProgrammeFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
CSV, XLSX = (reverse(f"admin:registrations_registration_export_{ending}") for ending in ("csv", "xlsx"))


def rows_of(response):
    return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"), newline="")))


def test_both_files_hold_what_the_list_shows(organiser_client):
    programme = ProgrammeFactory(title="=Trade")
    for name, country in (("B", "KE"), ("A", "KE"), ("C", "NP")):
        RegistrationFactory(programme=programme, family_name=name, country=country, organisation="=1+1")
    RegistrationFactory(country="KE")
    client = organiser_client(programme)
    rows = rows_of(client.get(CSV, {"country": "KE", "p": "7"}))
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(XLSX, {"country": "KE"}).getvalue())).active

    assert [row[rows[0].index("family_name")] for row in rows] == ["family_name", "A", "B"]
    assert [row[rows[0].index("organisation")] for row in rows[1:]] == ["'=1+1"] * 2
    assert [[cell.value or "" for cell in row] for row in sheet.rows] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]


def test_only_organisers_take_people_away(client, analyst_client):
    programme = RegistrationFactory().programme
    assert [client.get(CSV).status_code, analyst_client(programme).get(CSV).status_code] == [302, 403]


def test_a_filter_that_is_none_leads_back_to_the_list(organiser_client):
    client = organiser_client(RegistrationFactory().programme)
    assert client.get(CSV, {"registered_at__year": "no"}).url == reverse("admin:registrations_registration_changelist")


@pytest.mark.parametrize("people", [1, 3])
def test_an_export_takes_the_same_queries_for_everybody(people, organiser_client, django_assert_num_queries):
    programme = ProgrammeFactory()
    RegistrationFactory.create_batch(people, programme=programme)
    client = organiser_client(programme)
    for address in (CSV, XLSX):
        with django_assert_num_queries(8):
            client.get(address).getvalue()


@pytest.mark.parametrize("people", [1, 3])
def test_an_organisers_list_takes_the_same_queries_for_everybody(people, organiser_client, django_assert_num_queries):
    programme = ProgrammeFactory()
    RegistrationFactory.create_batch(people, programme=programme)
    client = organiser_client(programme)
    with django_assert_num_queries(9):
        client.get(reverse("admin:registrations_registration_changelist"))

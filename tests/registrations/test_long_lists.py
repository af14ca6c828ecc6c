import pytest
from django.db import connection
from django.urls import reverse

from registrations.long_lists import KeyPaginator
from registrations.models import Registration
from tests.registrations_factories import RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", [0, 1, 5, 6])
def test_pages_are_those_of_the_list(number, django_assert_num_queries):
    for name in "dbacefg"[:number]:
        RegistrationFactory(family_name=name)
    people = Registration.objects.order_by("family_name", "pk")
    pages = KeyPaginator(people, 2)
    expected = [list(people[first : first + 2]) for first in range(0, number, 2)] or [[]]
    assert [list(pages.page(page).object_list) for page in pages.page_range] == expected


def test_a_page_takes_two_queries(django_assert_num_queries):
    RegistrationFactory.create_batch(3)
    pages = KeyPaginator(Registration.objects.order_by("pk"), 2)
    assert pages.count == 3
    with django_assert_num_queries(2):
        pages.page(2)


@pytest.mark.postgres
def test_a_search_on_postgresql_finds_the_same_once_and_has_an_index(organiser_client):
    sought = RegistrationFactory(family_name="Mensah", email="a@example.org")
    RegistrationFactory(programme=sought.programme, family_name="Souza", email="b@example.org")
    client, address = organiser_client(sought.programme), reverse("admin:registrations_registration_changelist")
    found = [
        [row.family_name for row in client.get(address, {"q": words}).context["cl"].queryset]
        for words in ("ensa", "EXAMPLE.org", "nobody")
    ]
    assert found == [["Mensah"], ["Mensah", "Souza"], []]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_indexes WHERE indexname IN ('registration_search', 'mail_search')")
        assert cursor.fetchone() == (2,)

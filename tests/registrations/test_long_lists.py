import re
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from registrations import long_lists
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


SECRETS = rb'(csrfmiddlewaretoken" value|nonce)="[^"]*"'
INDEXES = ["registration_search", "registration_found_by", "mail_search"]
COLUMNS = ("given_name", "family_name", "printed_name", "email", "organisation")


def check_holds():
    """`found_by__holds` finds what `icontains` finds in any of the columns, for letters of any kind and LIKE's own."""
    names = ["Aïssatou", "ÇELİK", "strauße", "100%", "a_b", "back\\slash", "Олена", "ab"]
    for name in names:
        RegistrationFactory(family_name=name, email="x@example.org", organisation="Ministry")
    sought = [*names, *(name.lower() for name in names), "%", "_", "\\", "MINIS", "orgMin", "EXAMPLE.org", "zz"]
    people = Registration.objects.order_by("pk")
    for word in sought:
        each = [Q(**{f"{column}__icontains": word}) for column in COLUMNS]
        expected = list(people.filter(Q.create(each, connector=Q.OR)))
        assert list(people.filter(found_by__holds=word)) == expected, word


def test_one_column_finds_what_five_do():
    check_holds()


@pytest.mark.postgres
def test_one_column_finds_what_five_do_on_postgresql():
    check_holds()


@pytest.mark.postgres
def test_a_search_that_finds_many_shows_what_one_that_finds_few_does(organiser_client, monkeypatch):
    programme = RegistrationFactory(email="a@example.org", family_name="Souza").programme
    for day in (1, 40, 400):
        sent = timezone.now() - timedelta(days=day)
        RegistrationFactory(programme=programme, registered_at=sent, confirmed_at=None, seated_at=None)
    client, address = organiser_client(programme), reverse("admin:registrations_registration_changelist")
    queries = {"q": "example"}, {"q": "example", "registered_at__year": timezone.now().year}, {"q": "souza example"}
    pages = []
    for most in (20_000, 0):
        monkeypatch.setattr(long_lists, "FOUND_AT_MOST", most)
        pages.append([re.sub(SECRETS, b"", client.get(address, query).content) for query in queries])
    assert pages[0] == pages[1]


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
        cursor.execute("SELECT count(*) FROM pg_indexes WHERE indexname = ANY(%s)", [INDEXES])
        assert cursor.fetchone() == (3,)

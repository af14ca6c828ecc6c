import pytest


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/my/%00/", "/my/a%00/mail/", "/verify/%00/", "/programmes/%00/results/"])
def test_address_with_a_nul_is_not_found_before_a_database_is_asked(client, django_assert_num_queries, address):
    with django_assert_num_queries(0):
        assert client.get(address).status_code == 404

import importlib

import pytest
from django.apps import apps

from registrations.models import PrivacyText
from tests.registrations_factories import RegistrationFactory

first_text = importlib.import_module("registrations.migrations.0002_privacy_text_one")


@pytest.mark.django_db
def test_the_first_privacy_text_comes_and_goes_unless_somebody_agreed_to_it():
    first_text.remove_first_text(apps, None)
    assert PrivacyText.objects.count() == 0

    first_text.add_first_text(apps, None)
    first_text.add_first_text(apps, None)
    assert list(PrivacyText.objects.values_list("version", "body")) == [(1, first_text.BODY)]

    RegistrationFactory()
    first_text.remove_first_text(apps, None)
    assert PrivacyText.objects.count() == 1

"""What every test may use."""

import gc
import os
import uuid

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone, translation
from hypothesis import HealthCheck, settings

from tests.registrations_factories import NOW, TeamMemberFactory, UserFactory
from tests.sessions_factories import AFTERWARDS

__all__ = ["NOW"]

# A busy machine is slow, and that is no finding. BARAZA_EXAMPLES asks for more examples than every run needs.
settings.register_profile(
    "baraza",
    max_examples=int(os.environ.get("BARAZA_EXAMPLES", "50")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("baraza")


def pytest_collection_finish():
    """What is loaded by now stays: to look through it again and again for garbage took a sixth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Rows that migrations add are gone after the first test that ends in a flush: no test may find them."""
    with django_db_blocker.unblock():
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(autouse=True)
def _nothing_left_over(settings):
    """Counters in the cache, the language and the time zone of one test do not reach another, beside it or after it."""
    settings.CACHES = {"default": {**settings.CACHES["default"], "KEY_PREFIX": uuid.uuid4().hex}}
    with translation.override("en"), timezone.override(None):
        yield


@pytest.fixture
def at_now(monkeypatch):
    """The clock that views and tasks read stands at NOW."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return NOW


@pytest.fixture
def afterwards(monkeypatch):
    """The clock that views and tasks read stands after the last session."""
    monkeypatch.setattr(timezone, "now", lambda: AFTERWARDS)
    return AFTERWARDS


@pytest.fixture
def administrator(db):
    """A member of staff who may do everything."""
    return UserFactory(administrator=True)


@pytest.fixture
def administrator_client(administrator):
    """A browser in which an administrator has signed in."""
    return signed_in(administrator)


@pytest.fixture
def organiser_client():
    """`organiser_client(programme)`: a browser in which an organiser of that programme has signed in."""
    return lambda programme: signed_in(TeamMemberFactory(programme=programme).user)


@pytest.fixture
def analyst_client():
    """`analyst_client(programme)`: a browser in which an analyst of that programme has signed in."""
    return lambda programme: signed_in(TeamMemberFactory(programme=programme, role="analyst").user)


def signed_in(user):
    """A test client of `user`."""
    client = Client()
    client.force_login(user)
    return client

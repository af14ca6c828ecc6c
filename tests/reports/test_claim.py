"""One walk of a programme at a time."""

import datetime as dt

import pytest

from reports.cohort.claim import LEASE, claimed
from reports.cohort.removal import remove_people
from reports.cohort.walk import is_walked
from reports.errors import Refused
from reports.models import CohortWalk
from tests.registrations_factories import NOW, ProgrammeFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


def at(moment):
    return lambda: moment


def test_a_second_walk_is_refused_while_the_first_shows_signs_of_life():
    programme = ProgrammeFactory()
    with claimed(programme, clock=at(NOW)) as claim:
        claim.kept_by(lambda what, done, total: None)("Registering", 1, 2)
        with pytest.raises(Refused), claimed(programme, clock=at(NOW + LEASE)):
            pass
    with claimed(programme, clock=at(NOW)):
        pass


def test_the_walk_of_a_killed_process_is_taken_over():
    programme = ProgrammeFactory()
    CohortWalk.objects.create(programme=programme, claimed_at=NOW)
    with claimed(programme, clock=at(NOW + LEASE + dt.timedelta(seconds=1))) as claim:
        claim.finish()
    assert CohortWalk.objects.values_list("claimed_at", flat=True).get() is None


def test_only_a_finished_walk_counts():
    programme = ProgrammeFactory(synthetic_seed=3)
    with pytest.raises(ZeroDivisionError), claimed(programme, clock=at(NOW)):
        raise ZeroDivisionError
    assert not is_walked(programme, 3)
    with claimed(programme, clock=at(NOW)) as claim:
        claim.finish()
    assert [is_walked(programme, seed) for seed in (3, None, 4)] == [True, True, False]


def test_a_person_whom_the_generator_did_not_make_is_never_removed():
    programme = ProgrammeFactory(synthetic_seed=3)
    RegistrationFactory(programme=programme, email="participant-0001@example.org")
    RegistrationFactory(programme=programme, email="somebody@ministry.example.com")
    with pytest.raises(Refused):
        remove_people(programme)
    assert programme.registrations.count() == 2

import pytest

from certificates import actions
from certificates.models import Acceptance, Certificate, Confirmation, Override
from registrations.models import Registration
from reports.cohort.removal import remove_people
from tests.certificates_factories import AssignmentFactory, a_graduate, a_programme
from tests.registrations_factories import NOW
from tests.sessions_factories import AFTERWARDS


@pytest.mark.django_db
def test_what_was_decided_about_made_up_people_goes_with_them():
    programme = a_programme(people=0, synthetic_seed=7)
    person = a_graduate(programme, sessions=0, email="one@example.org")
    actions.accept(AssignmentFactory(programme=programme), [person.pk], by=None, now=NOW)
    actions.confirm(programme, [person.pk], by=None, now=NOW)
    actions.make_exception(person, reason="Ill", by=None, now=NOW)
    actions.carry_on(actions.request_issue(programme, by=None, now=AFTERWARDS), now=AFTERWARDS)

    remove_people(programme)

    assert [rows.objects.count() for rows in (Acceptance, Confirmation, Override, Certificate, Registration)] == [0] * 5

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from certificates import actions
from certificates.errors import Refused
from certificates.models import Acceptance, Certificate, Confirmation, Override
from tests.certificates_factories import AssignmentFactory, a_graduate, a_programme
from tests.registrations_factories import NOW, RegistrationFactory, UserFactory
from tests.sessions_factories import AFTERWARDS

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(days=1)


def test_an_assignment_is_accepted_once_with_who_and_when():
    programme, by = a_programme(people=2), UserFactory()
    assignment, people = AssignmentFactory(programme=programme), list(programme.registrations.order_by("pk"))
    pks = [person.pk for person in people]
    assert actions.accept(assignment, pks[:1], by=by, now=NOW) == 1
    assert actions.accept(assignment, [*pks, *pks], by=by, now=LATER) == 1
    rows = Acceptance.objects.order_by("registration").values_list("registration", "given_by", "given_at")
    assert list(rows) == [(pks[0], by.pk, NOW), (pks[1], by.pk, LATER)]


def test_only_people_with_a_seat_in_the_programme_are_marked():
    assignment = AssignmentFactory()
    other, waiting = RegistrationFactory(), RegistrationFactory(programme=assignment.programme, waiting=True)
    assert actions.accept(assignment, [other.pk, waiting.pk, 999_999], by=None, now=NOW) == 0
    assert actions.confirm(assignment.programme, [other.pk, waiting.pk], by=None, now=NOW) == 0


def test_what_is_taken_back_stays_on_record_and_can_be_given_again():
    programme, by = a_programme(people=1), UserFactory()
    pk = programme.registrations.get().pk
    actions.confirm(programme, [pk], note="  Group \n work ", by=by, now=NOW)
    assert actions.withdraw_confirmations(programme, [pk], by=by, now=LATER) == 1
    assert actions.withdraw_confirmations(programme, [pk], by=by, now=LATER) == 0
    assert actions.confirm(programme, [pk], by=by, now=LATER) == 1
    rows = Confirmation.objects.order_by("pk").values_list("note", "withdrawn_at", "withdrawn_by")
    assert list(rows) == [("Group work", LATER, by.pk), ("", None, None)]


def test_a_note_that_is_too_long_is_refused():
    with pytest.raises(Refused, match="at most 300"):
        actions.confirm(a_programme(people=0), [], note="x" * 301, by=None, now=NOW)


@pytest.mark.parametrize("people", [1, 3])
def test_marking_takes_as_many_queries_for_three_as_for_one(people, django_assert_num_queries):
    programme = a_programme(people=people)
    pks = list(programme.registrations.values_list("pk", flat=True))
    with django_assert_num_queries(6):
        actions.confirm(programme, pks, by=None, now=NOW)


def test_an_exception_asks_for_a_reason_and_is_made_once():
    person = RegistrationFactory()
    for reason, sentence in (("  ", "Say why"), ("x" * 301, "at most 300")):
        with pytest.raises(Refused, match=sentence):
            actions.make_exception(person, reason=reason, by=None, now=NOW)
    actions.make_exception(person, reason="Ill on the last day", by=None, now=NOW)
    with pytest.raises(Refused, match="made for this person already"):
        actions.make_exception(person, reason="Again", by=None, now=NOW)
    assert Override.objects.get().reason == "Ill on the last day"


def test_no_exception_is_made_for_somebody_without_a_seat():
    with pytest.raises(Refused, match="who have a seat"):
        actions.make_exception(RegistrationFactory(waiting=True), reason="Ill", by=None, now=NOW)


def test_an_exception_that_is_taken_back_counts_no_longer_and_stays_listed():
    person, by = a_graduate(a_programme(people=0), sessions=0), UserFactory()
    override = actions.make_exception(person, reason="Ill", by=by, now=NOW)
    assert actions.evaluation_of(person).is_by_exception
    actions.withdraw_exception(override, by=by, now=LATER)
    assert not actions.evaluation_of(person).is_complete
    assert (override.is_standing, override.withdrawn_by, override.withdrawn_at) == (False, by, LATER)
    with pytest.raises(Refused, match="taken back already"):
        actions.withdraw_exception(override, by=by, now=LATER)


def test_the_database_holds_one_standing_exception_with_a_reason():
    person = RegistrationFactory()
    Override.objects.create(registration=person, reason="Ill", given_at=NOW)
    with pytest.raises(IntegrityError, match=r"override_once_per_person|registration_id"), transaction.atomic():
        Override.objects.create(registration=person, reason="Ill", given_at=NOW)
    with pytest.raises(IntegrityError, match="override_has_a_reason"), transaction.atomic():
        Override.objects.create(registration=RegistrationFactory(), reason="", given_at=NOW)


def test_a_certificate_names_the_exception_by_which_it_was_issued_and_no_other_does():
    programme = a_programme(people=1)
    excepted = a_graduate(programme, sessions=0)
    needless = a_graduate(programme)
    override = actions.make_exception(excepted, reason="Ill", by=None, now=NOW)
    actions.make_exception(needless, reason="Just in case", by=None, now=NOW)
    actions.carry_on(actions.request_issue(programme, by=None, now=AFTERWARDS), now=AFTERWARDS)
    named = dict(Certificate.objects.values_list("registration", "override"))
    assert named[excepted.pk] == override.pk
    assert [key for key in named.values() if key] == [override.pk]
    actions.withdraw_exception(override, by=None, now=AFTERWARDS)
    first = Certificate.objects.get(registration=excepted)
    successor = actions.supersede(first, printed_name="Another Name", by=None, now=AFTERWARDS)
    assert (successor.override, first.sessions_attended) == (override, 0)


def test_preview_counts_exceptions_among_the_complete():
    programme = a_programme(people=1)
    actions.make_exception(a_graduate(programme, sessions=0), reason="Ill", by=None, now=NOW)
    preview = actions.preview(programme)
    assert (preview.complete, preview.by_exception, preview.due, preview.lacking_more) == (2, 1, 2, 0)

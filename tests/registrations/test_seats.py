"""Fifty people and ten seats, on PostgreSQL, and the proof that the guard is what keeps them apart."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection

from registrations.actions import RegistrationDetails, confirm, move_up_waiting_list, register, withdraw
from registrations.models import Mail, Programme, Registration
from registrations.models.programme import ProgrammeQuerySet
from tests.registrations_factories import NOW, PrivacyTextFactory, ProgrammeFactory, RegistrationFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

PEOPLE, SEATS = 50, 10


@pytest.fixture(autouse=True)
def _needs_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")


def all_at_once(act, rows):
    """Call `act` for every row in a thread of its own, all released together; returns results and errors."""
    gate = threading.Barrier(len(rows))

    def run(row):
        try:
            connection.ensure_connection()
            gate.wait(timeout=60)
            return act(row)
        except IntegrityError as problem:
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(len(rows)) as pool:
        return list(pool.map(run, rows))


def fifty_confirm():
    programme = ProgrammeFactory(capacity=SEATS)
    people = [RegistrationFactory(programme=programme, pending=True) for _ in range(PEOPLE)]
    results = all_at_once(lambda person: confirm(person, now=NOW), people)
    return programme, results


def test_fifty_people_confirming_at_once_get_exactly_ten_seats():
    programme, results = fifty_confirm()
    people = Registration.objects.for_programme(programme)

    assert [result for result in results if isinstance(result, Exception)] == []
    assert (people.seated().count(), people.waiting().count()) == (SEATS, PEOPLE - SEATS)
    assert Programme.objects.get().seats_taken == SEATS
    assert Mail.objects.filter(kind="registered").count() == SEATS


def test_without_the_guard_the_same_fifty_oversell(monkeypatch):
    """The negative control: counting first and updating then lets more than ten in, or runs into the constraint."""
    gate = threading.Barrier(PEOPLE, timeout=60)

    def count_then_update(self):
        programme = self.get()
        try:
            gate.wait()
        except threading.BrokenBarrierError:
            pass
        if not programme.has_free_seat:
            return False
        return self.update(seats_taken=programme.seats_taken + 1) == 1

    monkeypatch.setattr(ProgrammeQuerySet, "take_seat", count_then_update)
    programme, results = fifty_confirm()
    refused = [result for result in results if isinstance(result, IntegrityError)]
    seated = Registration.objects.for_programme(programme).seated().count()

    assert seated > SEATS or refused


def test_seats_given_back_at_once_go_to_those_who_wait():
    programme = ProgrammeFactory(capacity=SEATS)
    leaving = [RegistrationFactory(programme=programme) for _ in range(SEATS)]
    waiting = [RegistrationFactory(programme=programme, waiting=True) for _ in range(PEOPLE - SEATS)]
    # Ten with a seat and ten from the head of the list leave at once; every seat finds somebody who still waits.
    all_at_once(lambda person: withdraw(person, now=NOW), leaving + waiting[:SEATS])
    move_up_waiting_list(programme, now=NOW)
    people = Registration.objects.for_programme(programme)

    assert (people.seated().count(), Programme.objects.get().seats_taken) == (SEATS, SEATS)
    assert set(people.seated()) == set(waiting[SEATS : 2 * SEATS])


def test_confirming_and_withdrawing_in_a_crowd_leaves_no_seat_uncounted():
    programme = ProgrammeFactory(capacity=SEATS)
    seated = [RegistrationFactory(programme=programme) for _ in range(SEATS)]
    pending = [RegistrationFactory(programme=programme, pending=True) for _ in range(PEOPLE - SEATS)]

    def act(person):
        return withdraw(person, now=NOW) if person in seated else confirm(person, now=NOW)

    results = all_at_once(act, seated + pending)
    move_up_waiting_list(programme, now=NOW)

    assert [result for result in results if isinstance(result, Exception)] == []
    assert Registration.objects.for_programme(programme).seated().count() == SEATS
    assert Programme.objects.get().seats_taken == SEATS


def test_one_address_registering_fifty_times_at_once_is_one_row_and_one_mail():
    programme, privacy_text = ProgrammeFactory(), PrivacyTextFactory()
    details = RegistrationDetails(
        given_name="Amina", email="amina@example.org", gender="female", country="KE", sector="ngo"
    )
    results = all_at_once(
        lambda _number: register(programme, details, privacy_text=privacy_text, now=NOW), list(range(PEOPLE))
    )

    assert {result.pk for result in results} == {Registration.objects.get().pk}
    assert Mail.objects.count() == 1


def test_one_person_confirming_fifty_times_at_once_takes_one_seat():
    registration = RegistrationFactory(pending=True, programme__capacity=SEATS)
    copies = [Registration.objects.select_related("programme").get(pk=registration.pk) for _ in range(PEOPLE)]
    results = all_at_once(lambda copy: confirm(copy, now=NOW), copies)

    assert {result.status for result in results} == {"seated"}
    assert (Programme.objects.get().seats_taken, Mail.objects.count()) == (1, 1)

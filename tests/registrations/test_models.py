import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from registrations.models import Programme, Registration, TeamMember
from tests.registrations_factories import (
    NOW,
    PrivacyTextFactory,
    ProgrammeFactory,
    RegistrationFactory,
    TeamMemberFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name, broken",
    [
        ("programme_ends_after_its_start", {"end_date": dt.date(2026, 3, 9)}),
        ("programme_registration_closes_after_opening", {"registration_closes_at": NOW - dt.timedelta(days=30)}),
        ("programme_seats_within_capacity", {"capacity": 1, "seats_taken": 2}),
    ],
)
def test_programme_constraints_hold(name, broken):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ProgrammeFactory(**broken)


@pytest.mark.parametrize(
    "name, broken",
    [
        ("registration_has_a_name", {"given_name": "", "family_name": ""}),
        ("registration_names_its_other_sector", {"sector": "other"}),
        ("registration_seat_is_confirmed_and_kept", {"withdrawn_at": NOW}),
        ("registration_confirmed_after_it_was_sent", {"confirmed_at": NOW - dt.timedelta(days=99)}),
    ],
)
def test_registration_constraints_hold(name, broken):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        RegistrationFactory(**broken)


def test_one_registration_per_address_and_programme():
    registration = RegistrationFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        RegistrationFactory(programme=registration.programme, email=registration.email)


def test_one_membership_per_programme_and_user():
    member = TeamMemberFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        TeamMemberFactory(programme=member.programme, user=member.user, role="analyst")


def test_privacy_text_versions_are_unique():
    text = PrivacyTextFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(text).objects.create(version=1, body="Again.", published_at=NOW)


def test_zone_and_languages_are_checked():
    programme = ProgrammeFactory.build(time_zone="Mars/Olympus", teaching_languages=["xx"])
    with pytest.raises(ValidationError) as problem:
        programme.full_clean()

    assert set(problem.value.message_dict) == {"time_zone", "teaching_languages"}


def test_seats_are_taken_up_to_the_capacity_and_given_back():
    seats = Programme.objects.filter(pk=ProgrammeFactory(capacity=2).pk)
    taken = [seats.take_seat() for _ in range(3)]
    seats.give_seat_back()

    assert (taken, seats.take_seat(), seats.take_seat()) == ([True, True, False], True, False)


def test_without_a_capacity_there_is_always_a_seat():
    seats = Programme.objects.filter(pk=ProgrammeFactory().pk)

    assert [seats.take_seat() for _ in range(3)] == [True] * 3


def test_teams_decide_who_sees_what():
    programme = ProgrammeFactory()
    ProgrammeFactory()
    organiser = TeamMemberFactory(programme=programme).user
    analyst = TeamMemberFactory(programme=programme, role=TeamMember.Role.ANALYST).user
    administrator, stranger = UserFactory(administrator=True), UserFactory()
    gone = TeamMemberFactory(programme=programme, user__is_active=False).user

    seen = {
        user: (Programme.objects.organised_by(user).count(), Programme.objects.analysed_by(user).count())
        for user in (organiser, analyst, administrator, stranger, gone)
    }
    assert list(seen.values()) == [(1, 1), (0, 1), (2, 2), (0, 0), (0, 0)]


def test_a_programme_ends_with_its_last_day_in_its_own_zone():
    programme = ProgrammeFactory.build(end_date=dt.date(2026, 3, 24), time_zone="Pacific/Auckland")

    assert programme.has_ended(dt.datetime(2026, 3, 24, 10, 59, tzinfo=dt.UTC)) is False
    assert programme.has_ended(dt.datetime(2026, 3, 24, 11, 0, tzinfo=dt.UTC)) is True


def test_waiting_people_are_in_order_of_their_confirmation():
    programme = ProgrammeFactory()
    moments = [NOW - dt.timedelta(hours=hours) for hours in (1, 3, 2)]
    people = [RegistrationFactory(programme=programme, waiting=True, confirmed_at=moment) for moment in moments]

    assert list(Registration.objects.waiting()) == [people[1], people[2], people[0]]


def test_links_have_192_random_bits():
    tokens = {RegistrationFactory.build(programme=None, privacy_text=None).link_token for _ in range(100)}

    assert {len(token) for token in tokens} == {32}
    assert len(tokens) == 100

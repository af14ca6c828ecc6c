import datetime as dt

import pytest

from registrations.actions import (
    RegistrationDetails,
    change_details,
    confirm,
    move_up_waiting_list,
    move_up_waiting_lists,
    register,
    revoke_link,
    send_link_again,
    send_own_link,
    withdraw,
)
from registrations.errors import Refused
from registrations.models import Mail, Programme, Registration
from tests.registrations_factories import (
    NOW,
    MailFactory,
    PrivacyTextFactory,
    ProgrammeFactory,
    RegistrationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def details(**changes):
    return RegistrationDetails(
        **{
            "given_name": "Amina",
            "family_name": "Otieno",
            "email": "amina@example.org",
            "gender": "female",
            "country": "KE",
            "sector": "government",
            **changes,
        }
    )


def registered(programme, *, now=NOW, **changes):
    return register(programme, details(**changes), privacy_text=PrivacyTextFactory(), now=now)


def kinds():
    return list(Mail.objects.order_by("pk").values_list("kind", flat=True))


def later(**units):
    return NOW + dt.timedelta(**units)


# Registering


def test_register_stores_the_person_and_queues_one_mail():
    registration = registered(ProgrammeFactory(), email="  Amina@Example.ORG ")

    assert (registration.email, registration.printed_name, registration.status) == (
        "amina@example.org",
        "Amina Otieno",
        "pending",
    )
    assert (registration.registered_at, registration.consented_at, registration.privacy_text.version) == (NOW, NOW, 1)
    assert kinds() == ["confirm"]


def test_register_takes_no_seat_before_the_address_is_confirmed():
    programme = ProgrammeFactory(capacity=1)
    registered(programme)

    assert Programme.objects.get().seats_taken == 0


def test_register_twice_leads_to_ones_own_row_and_changes_nothing():
    programme = ProgrammeFactory()
    first = registered(programme)
    again = registered(programme, given_name="Somebody", family_name="Else", now=later(minutes=5))

    assert (again.pk, again.given_name, Registration.objects.count()) == (first.pk, "Amina", 1)
    assert kinds() == ["confirm", "confirm"]


def test_register_sent_twice_at_once_mails_once():
    programme = ProgrammeFactory()
    registered(programme)
    registered(programme, now=later(seconds=1))

    assert kinds() == ["confirm"]


def test_register_again_after_confirming_sends_the_own_link():
    registration = RegistrationFactory()
    registered(registration.programme, email=registration.email)

    assert kinds() == ["link"]


def test_register_after_withdrawing_starts_again():
    registration = RegistrationFactory(withdrawn=True, given_name="Old")
    again = registered(registration.programme, email=registration.email)

    assert (again.pk, again.given_name, again.status) == (registration.pk, "Amina", "pending")
    assert kinds() == ["confirm"]


def test_register_is_per_programme():
    registered(ProgrammeFactory())
    registered(ProgrammeFactory())

    assert Registration.objects.count() == 2
    assert kinds() == ["confirm", "confirm"]


@pytest.mark.parametrize(
    "window, sentence",
    [
        ({"registration_opens_at": later(days=1)}, "Registration for this programme has not opened yet."),
        ({"registration_closes_at": NOW}, "Registration for this programme is closed."),
        ({"published_at": None}, "Registration for this programme is closed."),
    ],
)
def test_register_is_refused_outside_the_window(window, sentence):
    with pytest.raises(Refused) as refusal:
        registered(ProgrammeFactory(**window))

    assert str(refusal.value) == sentence
    assert (Registration.objects.count(), Mail.objects.count()) == (0, 0)


def test_register_holds_back_the_mail_of_synthetic_people():
    registered(ProgrammeFactory(synthetic_seed=1))

    assert Mail.objects.get().status == "held"


def test_links_to_one_address_are_capped_over_all_programmes():
    for minutes in range(0, 200, 5):
        registered(ProgrammeFactory(), now=later(minutes=minutes))

    assert (Registration.objects.count(), kinds()) == (40, ["confirm"] * 10)


# Confirming and seats


def test_confirm_takes_a_seat():
    registration = confirm(RegistrationFactory(pending=True), now=NOW)

    assert (registration.status, registration.confirmed_at, registration.seated_at) == ("seated", NOW, NOW)
    assert Programme.objects.get().seats_taken == 1
    assert kinds() == ["registered"]


def test_confirm_twice_is_confirming_once():
    registration = RegistrationFactory(pending=True)
    confirm(registration, now=NOW)
    confirm(registration, now=later(minutes=1))

    assert (registration.confirmed_at, Programme.objects.get().seats_taken, kinds()) == (NOW, 1, ["registered"])


def test_confirm_joins_the_waiting_list_when_all_seats_are_taken():
    programme = ProgrammeFactory(capacity=1)
    first, second = (RegistrationFactory(programme=programme, pending=True) for _ in range(2))
    confirm(first, now=NOW)
    confirm(second, now=NOW)

    assert (first.status, second.status) == ("seated", "waiting")
    assert kinds() == ["registered", "waiting"]


def test_confirm_does_not_overtake_those_who_wait():
    programme = ProgrammeFactory(capacity=1)
    waiting = RegistrationFactory(programme=programme, waiting=True)
    newcomer = confirm(RegistrationFactory(programme=programme, pending=True), now=NOW)
    waiting.refresh_from_db()

    assert (waiting.status, newcomer.status) == ("seated", "waiting")


def test_confirm_is_refused_after_a_withdrawal_and_after_the_end():
    registration = RegistrationFactory(withdrawn=True)
    with pytest.raises(Refused, match="You withdrew"):
        confirm(registration, now=NOW)
    with pytest.raises(Refused, match="over"):
        confirm(RegistrationFactory(pending=True), now=later(days=60))


def test_withdraw_frees_the_seat_for_whoever_waited_longest():
    programme = ProgrammeFactory(capacity=1)
    seated = RegistrationFactory(programme=programme)
    second = RegistrationFactory(programme=programme, waiting=True, confirmed_at=later(days=-1))
    first = RegistrationFactory(programme=programme, waiting=True, confirmed_at=later(days=-2))
    withdraw(seated, now=NOW)
    first.refresh_from_db()
    second.refresh_from_db()

    assert (seated.status, first.status, second.status) == ("withdrawn", "seated", "waiting")
    assert Programme.objects.get().seats_taken == 1
    assert kinds() == ["withdrawn", "moved_up"]


def test_withdraw_twice_gives_one_seat_back():
    programme = ProgrammeFactory(capacity=3)
    RegistrationFactory(programme=programme)
    registration = RegistrationFactory(programme=programme)
    withdraw(registration, now=NOW)
    withdraw(registration, now=later(minutes=1))

    assert (registration.withdrawn_at, Programme.objects.get().seats_taken, kinds()) == (NOW, 1, ["withdrawn"])


def test_withdraw_after_the_last_day_is_for_staff_only():
    registration = RegistrationFactory()
    afterwards = later(days=30)
    with pytest.raises(Refused, match="too late to withdraw"):
        withdraw(registration, now=afterwards)
    registration.refresh_from_db()
    assert registration.status == "seated"

    withdraw(registration, by=UserFactory(), now=afterwards)
    assert (registration.status, registration.withdrawn_at) == ("withdrawn", afterwards)


def test_withdraw_before_confirming_sends_no_mail():
    withdraw(RegistrationFactory(pending=True), now=NOW)

    assert kinds() == []


def test_raising_the_capacity_moves_people_up_in_order():
    programme = ProgrammeFactory(capacity=1)
    RegistrationFactory(programme=programme)
    waiting = [
        RegistrationFactory(programme=programme, waiting=True, confirmed_at=later(hours=-hours)) for hours in (1, 3, 2)
    ]
    Programme.objects.update(capacity=3)

    assert (move_up_waiting_lists(now=NOW), move_up_waiting_lists(now=NOW)) == (2, 0)
    assert [Registration.objects.get(pk=person.pk).status for person in waiting] == ["waiting", "seated", "seated"]


def test_nobody_moves_up_after_the_programme():
    programme = ProgrammeFactory(capacity=1)
    RegistrationFactory(programme=programme, waiting=True)

    assert move_up_waiting_list(programme, now=later(days=60)) == 0


@pytest.mark.parametrize("waiting", [1, 3])
def test_sweep_over_programmes_without_free_seats_costs_one_query(waiting, django_assert_num_queries):
    programme = ProgrammeFactory(capacity=1)
    RegistrationFactory(programme=programme)
    for _ in range(waiting):
        RegistrationFactory(programme=programme, waiting=True)

    with django_assert_num_queries(1):
        move_up_waiting_lists(now=NOW)


# Links, details


def test_send_link_again_answers_alike_for_unknown_addresses():
    registration = RegistrationFactory()

    assert send_link_again(registration.programme, " PERSON@example.org ", now=NOW) is None
    assert send_link_again(registration.programme, registration.email.upper(), now=NOW) is None
    assert list(Mail.objects.values_list("to", "kind")) == [(registration.email, "link")]


def test_links_are_capped_per_hour_and_day():
    registration = RegistrationFactory()
    sent = [send_own_link(registration, now=later(minutes=10 * step)) for step in range(145)]

    assert (sent[:8], sum(sent)) == ([True, True, True, False, False, False, True, True], 11)


def test_two_requests_for_a_link_within_two_minutes_send_one():
    registration = RegistrationFactory()

    assert [send_own_link(registration, now=later(seconds=s)) for s in (0, 0, 60, 120)] == [True, False, False, True]


def test_other_mail_does_not_count_as_links():
    registration = RegistrationFactory()
    for _ in range(20):
        MailFactory(registration=registration)

    assert send_own_link(registration, now=NOW) is True


def test_revoke_link_makes_the_old_one_worthless():
    registration = RegistrationFactory()
    old = registration.link_token
    revoke_link(registration, now=NOW)

    assert Registration.objects.filter(link_token=old).exists() is False
    assert len(registration.link_token) == 32


def test_change_details_leaves_the_address():
    registration = RegistrationFactory()
    address = registration.email
    change_details(registration, details(city="Kisumu", email="other@example.org"), now=NOW)

    assert (registration.email, registration.city, registration.printed_name) == (address, "Kisumu", "Amina Otieno")


def test_change_details_is_refused_after_withdrawal():
    with pytest.raises(Refused, match="You withdrew"):
        change_details(RegistrationFactory(withdrawn=True), details(), now=NOW)

"""The consent: withdrawn, given again, and what it means for mail."""

import datetime as dt

import pytest

from registrations import actions, mail
from registrations.consenting import give_consent, withdraw_consent
from registrations.models import Consent, Mail
from tests.registrations_factories import NOW, MailFactory, PrivacyTextFactory, ProgrammeFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
LONG_AFTER = NOW + dt.timedelta(days=400)


def write(registration, kind):
    letter = mail.draft(kind, registration=registration, subject="A subject", body="A text.", key=kind, now=NOW)
    mail.queue_many([letter])
    return Mail.objects.get(key=kind)


def test_withdrawing_consent_twice_is_withdrawing_it_once():
    registration = RegistrationFactory()
    withdraw_consent(registration, now=NOW)
    withdraw_consent(registration, now=LONG_AFTER)
    assert (registration.consent_withdrawn_at, Mail.objects.filter(kind="consent_withdrawn").count()) == (NOW, 1)


def test_withdrawn_consent_lets_somebody_move_up_while_the_programme_runs():
    programme = ProgrammeFactory(capacity=1)
    first = RegistrationFactory(programme=programme)
    second = RegistrationFactory(programme=programme, waiting=True)
    withdraw_consent(first, now=NOW)
    second.refresh_from_db()
    assert (first.is_withdrawn, second.is_seated) == (True, True)


def test_withdrawn_consent_after_the_end_leaves_the_seat_and_so_the_figures():
    registration = RegistrationFactory()
    withdraw_consent(registration, now=LONG_AFTER)
    assert (registration.is_seated, registration.has_consent) == (True, False)


def test_queued_mail_is_held_back_but_for_the_link_that_was_asked_for():
    registration = RegistrationFactory()
    MailFactory(registration=registration, kind="reminder", key="reminder")
    MailFactory(registration=registration, kind="link", key="link")
    withdraw_consent(registration, now=NOW)
    statuses = {each.kind: each.status for each in Mail.objects.all()}
    assert statuses == {"reminder": "held", "link": "queued", "consent_withdrawn": "queued", "withdrawn": "held"}


def test_mail_drafted_afterwards_is_held_back_but_for_the_link():
    registration = RegistrationFactory(consent_withdrawn_at=NOW)
    assert (write(registration, "invitation").status, write(registration, "link").status) == ("held", "queued")


def test_mail_queued_by_somebody_who_did_not_know_yet_is_held_back_when_it_would_leave(mailoutbox):
    registration = RegistrationFactory()
    MailFactory(registration=registration, kind="campaign", key="campaign")
    MailFactory(kind="campaign", key="other")
    type(registration).objects.filter(pk=registration.pk).update(consent_withdrawn_at=NOW)
    mail.send_due(now=NOW)
    assert (Mail.objects.get(key="campaign").status, len(mailoutbox)) == ("held", 1)


def test_earlier_agreements_stay_archived():
    texts = [PrivacyTextFactory(version=version) for version in (1, 2, 3)]
    registration = RegistrationFactory(privacy_text=texts[0])
    for day, text in enumerate(texts[1:], start=1):
        withdraw_consent(registration, now=NOW + dt.timedelta(days=day))
        give_consent(registration, privacy_text=text, now=NOW + dt.timedelta(days=day, hours=1))
    archived = list(Consent.objects.values_list("privacy_text", "withdrawn_at"))
    assert registration.privacy_text == texts[2]
    assert archived == [(texts[0].pk, NOW + dt.timedelta(days=1)), (texts[1].pk, NOW + dt.timedelta(days=2))]


def test_giving_a_consent_that_stands_changes_nothing():
    registration = RegistrationFactory()
    give_consent(registration, privacy_text=PrivacyTextFactory(version=2), now=NOW)
    assert (registration.privacy_text.version, Consent.objects.count()) == (1, 0)


def test_registering_again_archives_the_withdrawn_consent_and_gives_a_new_one():
    registration = RegistrationFactory(email="person@example.org")
    withdraw_consent(registration, now=NOW)
    details = actions.RegistrationDetails(
        given_name="Amina",
        email="person@example.org",
        gender="female",
        country="KE",
        sector="ngo",
    )
    later = NOW + dt.timedelta(hours=1)
    text = PrivacyTextFactory(version=2)
    again = actions.register(registration.programme, details, privacy_text=text, now=later)
    assert (again.has_consent, again.privacy_text, again.consented_at) == (True, text, later)
    assert Consent.objects.get().withdrawn_at == NOW

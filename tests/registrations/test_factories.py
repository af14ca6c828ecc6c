from registrations.models import Programme, Registration
from tests.registrations_factories import NOW, MailFactory, ProgrammeFactory, RegistrationFactory


def test_programme_factory_is_open_at_now(db):
    assert ProgrammeFactory().is_registration_open(NOW) is True


def test_registration_factory_counts_its_seats(db):
    programme = ProgrammeFactory(capacity=2)
    people = [
        RegistrationFactory(programme=programme),
        RegistrationFactory(programme=programme, pending=True),
        RegistrationFactory(programme=programme, waiting=True),
        RegistrationFactory(programme=programme, withdrawn=True),
    ]

    assert [person.status for person in people] == ["seated", "pending", "waiting", "withdrawn"]
    assert Programme.objects.get().seats_taken == Registration.objects.seated().count() == 1


def test_mail_factory_belongs_to_one_programme(db):
    mail = MailFactory()

    assert (mail.programme, mail.to, mail.status) == (mail.registration.programme, mail.registration.email, "queued")

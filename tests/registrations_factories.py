"""Rows of the ground floor for tests: a published programme whose registration is open at NOW, and its people."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory, Password

from registrations.kept import LARGE
from registrations.models import (
    Contact,
    DirectoryTopic,
    Mail,
    Partner,
    PrivacyText,
    Profile,
    Programme,
    Registration,
    TeamMember,
    User,
)
from registrations.people.profiles import ProfileDetails, opt_in

NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
PASSWORD = "a password for tests"


class UserFactory(DjangoModelFactory):
    """A member of staff without a programme. `UserFactory(administrator=True)` sees everything."""

    class Meta:
        model = User

    class Params:
        administrator = factory.Trait(is_superuser=True)

    username = factory.Sequence(lambda n: f"staff{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@staff.example.org")
    password = Password(PASSWORD)
    is_staff = True


class ProgrammeFactory(DjangoModelFactory):
    """A published programme in Nairobi without limit; registration runs from February to 9 March 2026."""

    class Meta:
        model = Programme

    slug = factory.Sequence(lambda n: f"programme-{n}")
    title = factory.Sequence(lambda n: f"Programme {n}")
    summary = "What it is about."
    start_date = dt.date(2026, 3, 10)
    end_date = dt.date(2026, 3, 24)
    time_zone = "Africa/Nairobi"
    teaching_languages = factory.LazyFunction(lambda: ["en"])
    registration_opens_at = NOW - dt.timedelta(days=20)
    registration_closes_at = NOW + dt.timedelta(days=7)
    published_at = NOW - dt.timedelta(days=30)


class PartnerFactory(DjangoModelFactory):
    """An organisation that carries a programme."""

    class Meta:
        model = Partner

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Partner {n}")


class TeamMemberFactory(DjangoModelFactory):
    """An organiser; `role=TeamMember.Role.ANALYST` for an analyst."""

    class Meta:
        model = TeamMember

    programme = factory.SubFactory(ProgrammeFactory)
    user = factory.SubFactory(UserFactory)
    role = TeamMember.Role.ORGANISER


class PrivacyTextFactory(DjangoModelFactory):
    """Version 1 unless told otherwise; there is one row per version, however often it is asked for."""

    class Meta:
        model = PrivacyText
        django_get_or_create = ("version",)

    version = 1
    body = "What happens to your data."
    published_at = NOW - dt.timedelta(days=60)


class RegistrationFactory(DjangoModelFactory):
    """A person with a seat, counted in `seats_taken`. Traits: `pending`, `waiting`, `withdrawn`."""

    class Meta:
        model = Registration
        skip_postgeneration_save = True

    class Params:
        pending = factory.Trait(confirmed_at=None, seated_at=None)
        waiting = factory.Trait(seated_at=None)
        withdrawn = factory.Trait(seated_at=None, withdrawn_at=NOW - dt.timedelta(days=1))

    programme = factory.SubFactory(ProgrammeFactory)
    given_name = factory.Sequence(lambda n: f"Given{n}")
    family_name = factory.Sequence(lambda n: f"Family{n}")
    printed_name = factory.LazyAttribute(lambda person: f"{person.given_name} {person.family_name}".strip())
    email = factory.Sequence(lambda n: f"person{n}@example.org")
    gender = Registration.Gender.FEMALE
    country = "KE"
    city = "Nairobi"
    organisation = "City office"
    position = "Planner"
    sector = Registration.Sector.GOVERNMENT
    language = "en"
    privacy_text = factory.SubFactory(PrivacyTextFactory)
    registered_at = NOW - dt.timedelta(days=10)
    consented_at = factory.SelfAttribute("registered_at")
    confirmed_at = factory.LazyAttribute(lambda person: person.registered_at + dt.timedelta(minutes=5))
    seated_at = factory.SelfAttribute("confirmed_at")

    @factory.post_generation
    def _count_its_seat(registration, create, extracted, **kwargs):
        if create and registration.seated_at:
            Programme.objects.filter(pk=registration.programme_id).take_seat()
            registration.programme.refresh_from_db(fields=["seats_taken"])


class MailFactory(DjangoModelFactory):
    """A queued mail to a registration's address."""

    class Meta:
        model = Mail

    registration = factory.SubFactory(RegistrationFactory)
    programme = factory.SelfAttribute("registration.programme")
    key = factory.Sequence(lambda n: f"mail-{n}")
    kind = "test"
    to = factory.SelfAttribute("registration.email")
    language = factory.SelfAttribute("registration.language")
    subject = "A subject"
    body = "A text.\n\n{personal_link}\n"
    queued_at = NOW
    due_at = factory.SelfAttribute("queued_at")


class TopicFactory(DjangoModelFactory):
    """One of a programme's topics."""

    class Meta:
        model = DirectoryTopic

    programme = factory.SubFactory(ProgrammeFactory, directory_opened_at=NOW)
    label = factory.Sequence(lambda n: f"Topic {n}")


def large(programme):
    """The programme as a page reads it, now that it has so many seats that figures about it are kept."""
    Programme.objects.filter(pk=programme.pk).update(seats_taken=LARGE)
    programme.refresh_from_db()
    return Programme.objects.get(pk=programme.pk)


def member(programme, *, offers=(), needs=(), languages=("en",), about="", contact="", topics=((), ()), **person):
    """Somebody with a seat who is in the directory of the programme since NOW: the profile."""
    registration = RegistrationFactory(programme=programme, **person)
    details = ProfileDetails(
        about=about,
        languages=languages,
        contact=contact,
        offered_topics=tuple(topics[0]),
        needed_topics=tuple(topics[1]),
        offered_words=tuple(offers) or ("something",),
        needed_words=tuple(needs),
    )
    profile = opt_in(registration, details, now=NOW)
    return Profile.objects.select_related("registration__programme").get(pk=profile.pk)


class ContactFactory(DjangoModelFactory):
    """A request for contact between two registrations; `agreed=True` for one after which they see their addresses."""

    class Meta:
        model = Contact

    class Params:
        agreed = factory.Trait(agreed_at=NOW)

    sentence = "I work on this, too."
    asked_at = NOW

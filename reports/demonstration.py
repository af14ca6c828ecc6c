"""What a demonstration adds to the reference programmes: logins, and a programme that is open for registration."""

import datetime as dt
import secrets
from dataclasses import dataclass

from django.db import transaction

from certificates.completion import Rule
from certificates.models import CompletionRule, columns_of
from registrations.models import Partner, Programme, TeamMember, User
from registrations.people.running import name_topics
from sessions.models import Appearance, Speaker, TrainingSession
from surveys.models import BaseDefinition, Choice, Question, Survey

SLUG = "open-demonstration"
AGENDA = (
    ("Finding buyers abroad", "How a small producer finds out which markets are open, and what they ask for."),
    ("Payment, parcels, papers", "Getting paid, getting delivered, and the declarations that go with both."),
    ("Your plan for the next six months", "Everyone leaves with a first plan and two people to discuss it with."),
)
SPEAKERS = (
    ("Amara Example", "Trade adviser", "Demonstration Trade Academy"),
    ("Luis Ejemplo", "Logistics lead", "Puerto Demonstration"),
    ("Мария Примерова", "Head of training", "Demonstration Trade Academy"),
)


@dataclass(frozen=True)
class Login:
    """A demonstration account; the password is made anew each time and shown once."""

    role: str
    username: str
    password: str


@transaction.atomic
def make_logins() -> list[Login]:
    """An administrator, and an organiser and an analyst of every programme, with fresh passwords."""
    administrator = _login("administrator", is_superuser=True)
    organiser, analyst = _login("organiser"), _login("analyst")
    for programme in Programme.objects.all():
        for login, role in ((organiser, TeamMember.Role.ORGANISER), (analyst, TeamMember.Role.ANALYST)):
            user = User.objects.get(username=login.username)
            TeamMember.objects.get_or_create(programme=programme, user=user, defaults={"role": role})
    return [administrator, organiser, analyst]


def _login(role: str, *, is_superuser: bool = False) -> Login:
    login = Login(role, f"demo-{role}", secrets.token_urlsafe(9))
    user, _made = User.objects.get_or_create(username=login.username, defaults={"email": f"{role}@example.org"})
    user.is_staff, user.is_superuser = True, is_superuser
    user.set_password(login.password)
    user.save(update_fields=["is_staff", "is_superuser", "password"])
    return login


@transaction.atomic
def open_programme(*, now: dt.datetime) -> Programme:
    """A made-up programme that begins in a week and takes registrations, so that a visitor can try them."""
    present = Programme.objects.filter(slug=SLUG).first()
    if present and present.registration_closes_at > now:
        return present
    if present:
        Programme.objects.filter(pk=present.pk).update(slug=f"{SLUG}-until-{present.end_date.isoformat()}")
    first_day = (now + dt.timedelta(days=7)).date()
    programme = _make_programme(first_day, now)
    speakers = [Speaker.objects.create(programme=programme, name=n, title=t, organisation=o) for n, t, o in SPEAKERS]
    for number, (theme, description) in enumerate(AGENDA, start=1):
        starts_at = dt.datetime.combine(first_day + dt.timedelta(days=number - 1), dt.time(15), programme.zone)
        session = TrainingSession.objects.create(
            programme=programme,
            number=number,
            theme=theme,
            description=description,
            starts_at=starts_at,
            ends_at=starts_at + dt.timedelta(hours=2),
            join_link="https://meeting.example.org/demonstration",
        )
        roles = (Appearance.Role.MODERATOR, Appearance.Role.SPEAKER)
        for position, (speaker, role) in enumerate(zip((speakers[2], speakers[number % 2]), roles, strict=True)):
            Appearance.objects.create(session=session, speaker=speaker, role=role, position=position)
    _make_survey(programme, opens_at=starts_at + dt.timedelta(hours=2), now=now)
    return programme


def _make_programme(first_day: dt.date, now: dt.datetime) -> Programme:
    programme = Programme.objects.create(
        slug=SLUG,
        title="Selling Across Borders Online: a Demonstration",
        summary="Three sessions for small producers who want to sell abroad. A made-up programme: try the registration.",
        background="This programme is here to be tried. Register, read the mail that Baraza writes, confirm, withdraw.",
        objectives="Find a market\nGet paid and deliver\nMake a plan",
        audience="Everyone who tries Baraza.",
        start_date=first_day,
        end_date=first_day + dt.timedelta(days=len(AGENDA) - 1),
        time_zone="Africa/Nairobi",
        teaching_languages=["en"],
        interpretation_languages=["fr", "ar"],
        capacity=40,
        registration_opens_at=now - dt.timedelta(days=1),
        registration_closes_at=dt.datetime.combine(first_day, dt.time(12), dt.UTC),
        contact_name="Demonstration team",
        contact_email="demonstration@example.org",
        published_at=now,
        directory_opened_at=now,
    )
    name_topics(programme, ["Finding buyers", "Payment", "Delivery and customs"], now=now)
    Partner.objects.create(programme=programme, name="Demonstration Trade Academy", description="Runs the sessions.")
    rule = Rule.simple(2, 70, is_survey_required=True)
    CompletionRule.objects.create(programme=programme, version=1, created_at=now, **columns_of(rule))
    return programme


def _make_survey(programme: Programme, *, opens_at: dt.datetime, now: dt.datetime) -> None:
    survey = Survey.objects.create(
        programme=programme,
        form_id=f"open_demonstration_{programme.start_date:%Y_%m_%d}",
        title="Your view of the course",
        opens_at=opens_at,
        closes_at=opens_at + dt.timedelta(days=60),
    )
    BaseDefinition.objects.create(survey=survey, version=1, name="Every response", created_at=now)
    Question.objects.create(
        survey=survey, name="rating_overall", kind="rating", label="The course as a whole", position=1
    )
    useful = Question.objects.create(
        survey=survey, name="useful", kind="select_multiple", label="What was useful to you?", position=2
    )
    for position, (value, label) in enumerate((("markets", "Markets"), ("payment", "Payment"), ("plan", "The plan"))):
        Choice.objects.create(question=useful, value=value, label=label, position=position)
    Question.objects.create(survey=survey, name="suggestions", kind="text", label="What should be better?", position=3)

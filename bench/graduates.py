"""A programme with so many people who have earned a certificate, asked to be issued; run by `manage.py shell`.

Arguments come in the environment: `BENCH_PEOPLE`. Prints nothing.
"""

import datetime as dt
import os

from certificates.actions import request_issue
from certificates.models import CompletionRule
from certificates.requirements import as_json, simple
from registrations.models import PrivacyText, Programme, Registration
from sessions.models import Attendance, TrainingSession

SLUG = "graduates"
STARTS = dt.datetime(2026, 3, 18, 6, tzinfo=dt.UTC)
NOW = STARTS + dt.timedelta(days=2)
LANGUAGES = ("en", "fr", "es", "ru", "zh-hans", "ar")
NAMES = ("Ana Souza", "Aïssatou Diallo", "María José García", "Олена Шевченко", "张伟", "محمد السيد")


def make(people: int, slug: str = SLUG) -> Programme:
    """The programme, one session that everybody attended in full, and a rule that asks for it."""
    programme = Programme.objects.create(
        slug=slug,
        title="Graduates",
        time_zone="UTC",
        start_date=STARTS.date(),
        end_date=STARTS.date(),
        registration_opens_at=STARTS - dt.timedelta(days=9),
        registration_closes_at=STARTS,
        contact_name="Institute of Tests",
    )
    session = TrainingSession.objects.create(
        programme=programme, number=1, theme="Load", starts_at=STARTS, ends_at=STARTS + dt.timedelta(hours=2)
    )
    CompletionRule.objects.create(
        programme=programme,
        version=1,
        share_required=80,
        requirements=as_json(simple(sessions_required=1, is_survey_required=False)),
        created_at=NOW,
    )
    text = PrivacyText.objects.current()
    registrations = Registration.objects.bulk_create(
        (_registration(programme, text, number) for number in range(people)), batch_size=500
    )
    Attendance.objects.bulk_create(
        (
            Attendance(registration=person, session=session, source="file", seconds=7200, recorded_at=NOW)
            for person in registrations
        ),
        batch_size=500,
    )
    return programme


def _registration(programme: Programme, text: PrivacyText | None, number: int) -> Registration:
    name = f"{NAMES[number % len(NAMES)]} {number}"
    return Registration(
        programme=programme,
        email=f"person{number}@example.org",
        given_name=name,
        family_name="",
        printed_name=name,
        gender="female",
        country="KE",
        sector="private",
        language=LANGUAGES[number % len(LANGUAGES)],
        privacy_text=text,
        consented_at=NOW,
        registered_at=NOW,
        confirmed_at=NOW,
        seated_at=NOW,
    )


def run() -> None:
    """Make them and ask for their certificates."""
    request_issue(make(int(os.environ["BENCH_PEOPLE"])), by=None, now=dt.datetime.now(dt.UTC))

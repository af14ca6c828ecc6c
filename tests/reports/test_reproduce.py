"""The 2022 journey through the real doors, and its figures computed a second time by code that shares nothing with ours."""

import json
from io import StringIO

import pandas as pd
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from certificates.models import Certificate
from registrations.models import Mail, Programme, Registration
from reports.cohort.removal import remove_people
from reports.cohort.walk import walk
from reports.errors import Refused
from reports.models import ResultsReport
from sessions.models import Attendance, AttendanceImport
from surveys.models import Response
from tests.registrations_factories import NOW, PrivacyTextFactory, RegistrationFactory

SLUG = "cross-border-ecommerce-2022"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _walked(django_db_setup, django_db_blocker, tmp_path_factory):
    """The 2022 course with its cohort, made once for this module and taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        PrivacyTextFactory()  # a transactional test may have emptied the tables
        walk(SLUG, 7, now=NOW)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # nobody else can: the cohort is never committed
        yield
        transaction.set_rollback(True)


@pytest.fixture
def course(_walked, db):
    return Programme.objects.get(slug=SLUG)


def reproduced(**options):
    """The figures of the command by id, and whether it was content."""
    output, is_content = StringIO(), True
    try:
        call_command("reproduce", programme=SLUG, json=True, stdout=output, **options)
    except CommandError:
        is_content = False
    (programme,) = json.loads(output.getvalue())["programmes"]
    return {figure["id"]: figure for figure in programme["figures"]}, is_content


def table(sql):
    """Rows as pandas reads them, straight from the tables."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return pd.DataFrame(cursor.fetchall(), columns=[column[0] for column in cursor.description])


def independent():
    """Numerator and denominator of every published figure, in pandas."""
    people = table(
        "SELECT r.id, r.gender, r.sector, r.country FROM registrations_registration r"
        " WHERE r.confirmed_at IS NOT NULL AND r.withdrawn_at IS NULL AND r.seated_at IS NOT NULL"
    )
    certificates = table("SELECT id FROM certificates_certificate WHERE revoked_at IS NULL AND superseded_at IS NULL")
    given = table(
        "SELECT p.answers, r.sector FROM surveys_response p"
        " JOIN registrations_registration r ON r.id = p.registration_id"
    )
    responses = pd.DataFrame([json.loads(answers) for answers in given["answers"]])
    sector = given["sector"]
    ratings = [name for name in responses.columns if name.startswith("rating_")]
    closed = ["greater_understanding", "will_apply", "useful", *ratings]
    valid = responses[sector.isin(["private", "government", "un_igo", "ngo"]) & (responses[closed] != "").all(axis=1)]
    n, base = len(people), len(valid)
    figures = {
        "registrations": (n, None),
        "countries": (people["country"].nunique(), None),
        "certificates": (len(certificates), None),
        "responses": (len(responses), None),
        "valid_responses": (base, None),
        "greater_understanding": (int((valid["greater_understanding"] == "yes").sum()), base),
        "will_apply": (int((valid["will_apply"] == "yes").sum()), base),
    }
    for gender in ("female", "male"):
        figures[f"gender_{gender}"] = (int((people["gender"] == gender).sum()), n)
    for name in ("government", "private", "academia", "un_igo", "ngo"):
        figures[f"sector_{name}"] = (int((people["sector"] == name).sum()), n)
    for name in ratings:
        figures[name] = (int(valid[name].astype(int).sum()), base)
    for option in ("practical", "conceptual", "case_studies"):
        ticked = valid["useful"].map(lambda value, option=option: option in value.split(" "))
        figures[f"useful_{option}"] = (int(ticked.sum()), base)
    return figures


def test_reproduce_agrees_with_an_independent_computation(course):
    figures, is_content = reproduced()
    assert {key: (figure["numerator"], figure["denominator"]) for key, figure in figures.items()} == independent()
    assert is_content
    assert {figure["verdict"] for figure in figures.values()} == {"reproduced", "consistent"}


def test_one_changed_row_changes_the_figures(course):
    before, _content = reproduced()
    response = Response.objects.filter(answers__rating_overall="5").first()
    Response.objects.filter(pk=response.pk).update(answers=response.answers | {"rating_overall": "1"})
    person = Registration.objects.filter(programme=course, gender="female").first()
    Registration.objects.filter(pk=person.pk).update(gender="male")
    after, _content = reproduced()
    changed = {key for key in before if before[key] != after[key]}
    assert changed >= {"gender_female", "gender_male"}
    assert {key: (figure["numerator"], figure["denominator"]) for key, figure in after.items()} == independent()


def test_a_figure_that_no_longer_holds_is_not_reproduced(course):
    Registration.objects.filter(programme=course, gender="female").update(gender="male")
    figures, is_content = reproduced()
    assert (figures["gender_female"]["verdict"], is_content) == ("not reproduced", False)


def test_the_cohort_is_labelled_and_its_mail_is_held_back(course):
    assert course.synthetic_seed == 7
    mails = Mail.objects.filter(programme=course)
    assert mails.count() > 0
    assert mails.filter(held_at__isnull=True).count() == 0


def test_certificates_follow_from_rows_not_from_a_flag(course):
    """Those certified are those who attended four sessions for three quarters and answered, counted in SQL and pandas."""
    presence = table("SELECT a.registration_id AS person, a.session_id, a.seconds FROM training_sessions_attendance a")
    attended = presence[presence["seconds"] >= 0.75 * 3 * 3600].groupby("person").size()
    answered = set(table("SELECT registration_id FROM surveys_response")["registration_id"])
    complete = {person for person, sessions in attended.items() if sessions >= 4 and person in answered}
    certified = set(table("SELECT registration_id FROM certificates_certificate")["registration_id"])
    assert certified == complete


def test_a_cohort_is_removed_whole(course):
    remove_people(course)
    course.refresh_from_db()
    left = [
        model.objects.count()
        for model in (Registration, Mail, Attendance, AttendanceImport, Response, Certificate, ResultsReport)
    ]
    assert (left, course.is_synthetic, course.seats_taken) == ([0] * 7, False, 0)


def test_a_synthetic_cohort_is_never_mixed_with_real_people(db):
    Programme.objects.filter(slug=SLUG).update(slug="elsewhere")
    programme = Programme.objects.create(
        slug=SLUG,
        title="A real course",
        start_date=NOW,
        end_date=NOW,
        time_zone="UTC",
        registration_opens_at=NOW,
        registration_closes_at=NOW.replace(year=NOW.year + 1),
    )
    RegistrationFactory(programme=programme)
    with pytest.raises(Refused):
        walk(SLUG, 7, now=NOW)
    assert Registration.objects.filter(programme=programme).count() == 1

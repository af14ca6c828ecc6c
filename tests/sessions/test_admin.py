import datetime as dt

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from sessions.models import Appearance, Attendance, TrainingSession
from tests.check_in_factories import CheckInFactory
from tests.registrations_factories import ProgrammeFactory, RegistrationFactory
from tests.sessions_factories import (
    AppearanceFactory,
    AttendanceFactory,
    AttendanceRowFactory,
    AudienceFigureFactory,
    SessionLanguageFactory,
    SpeakerFactory,
    TrainingSessionFactory,
)

pytestmark = pytest.mark.django_db

MODELS = ["trainingsession", "speaker", "audiencefigure"]
NO_INLINES = {
    f"{prefix}-{key}": "0"
    for prefix in ("appearances", "languages", "materials", "audience_figures")
    for key in ("TOTAL_FORMS", "INITIAL_FORMS")
}


def address(name, *args):
    return reverse(f"admin:training_sessions_{name}", args=args)


def session_data(**changes):
    return {
        "number": "1",
        "theme": "Trade",
        "starts_at_0": "2026-03-18",
        "starts_at_1": "09:00",
        "ends_at_0": "2026-03-18",
        "margin_minutes": "0",
        "ends_at_1": "11:00",
        **changes,
    }


def test_session_times_are_entered_in_the_zone_of_the_programme(organiser_client):
    programme = ProgrammeFactory(time_zone="Asia/Shanghai")
    client = organiser_client(programme)
    client.cookies["reader_zone"] = "America/Lima"
    response = client.post(address("trainingsession_add"), session_data(programme=programme.pk))
    assert response.status_code == 302
    session = TrainingSession.objects.get()
    assert session.starts_at == dt.datetime(2026, 3, 18, 1, tzinfo=dt.UTC)
    page = client.get(address("trainingsession_change", session.pk)).text
    assert 'value="09:00:00"' in page
    assert "In the programme’s time zone, Asia/Shanghai." in page


def test_session_form_begins_with_the_programme_and_the_next_number(organiser_client):
    session = TrainingSessionFactory(number=4)
    page = organiser_client(session.programme).get(address("trainingsession_add"))
    assert page.context["adminform"].form["number"].value() == "5"
    assert page.context["adminform"].form["programme"].value() == str(session.programme.pk)


def test_session_that_ends_before_it_starts_is_refused(organiser_client):
    programme = ProgrammeFactory()
    data = session_data(programme=programme.pk, ends_at_1="08:00")
    response = organiser_client(programme).post(address("trainingsession_add"), data)
    assert response.context["adminform"].form.errors == {"__all__": ["A session must end after it starts."]}


def test_session_of_a_programme_of_others_cannot_be_made(organiser_client):
    other = ProgrammeFactory()
    client = organiser_client(ProgrammeFactory())
    response = client.post(address("trainingsession_add"), session_data(programme=other.pk))
    assert "programme" in response.context["adminform"].form.errors
    assert TrainingSession.objects.count() == 0


def test_session_with_other_times_has_other_minutes(organiser_client):
    session = TrainingSessionFactory()
    AttendanceRowFactory(
        attendance_import__session=session, registration=RegistrationFactory(programme=session.programme)
    )
    came = CheckInFactory(session=session)
    AttendanceFactory(session=session, registration=came.registration, source="check_in")
    data = {**session_data(ends_at_1="10:00"), **NO_INLINES}
    response = organiser_client(session.programme).post(address("trainingsession_change", session.pk), data)
    assert response.status_code == 302
    assert list(Attendance.objects.order_by("source").values_list("source", "seconds")) == [
        ("check_in", 3600),
        ("file", 3600),
    ]


def test_session_offers_speakers_of_its_programme_only(organiser_client):
    session = TrainingSessionFactory()
    SpeakerFactory(programme=session.programme, name="Ana of ours")
    stranger = SpeakerFactory(name="Bo of others")
    client = organiser_client(session.programme)
    page = client.get(address("trainingsession_change", session.pk)).text
    assert "Ana of ours" in page
    assert "Bo of others" not in page
    line = {"appearances-TOTAL_FORMS": "1", "appearances-0-speaker": stranger.pk, "appearances-0-role": "speaker"}
    data = {**session_data(), **NO_INLINES, **line, "appearances-0-position": "1", "appearances-0-session": session.pk}
    response = client.post(address("trainingsession_change", session.pk), data)
    assert response.status_code == 200
    assert Appearance.objects.count() == 0


def test_session_list_shows_the_start_in_the_zone_of_the_programme(organiser_client):
    session = TrainingSessionFactory()
    page = organiser_client(session.programme).get(address("trainingsession_changelist")).text
    assert "18 March 2026, 09:00 (Africa/Nairobi)" in page
    assert address("trainingsession_attendance", session.pk) in page


def test_audience_figure_offers_sessions_of_own_programmes_only(organiser_client):
    figure, other = AudienceFigureFactory(), TrainingSessionFactory(theme="Of others")
    page = organiser_client(figure.session.programme).get(address("audiencefigure_add")).text
    assert figure.session.theme in page
    assert other.theme not in page


@pytest.mark.parametrize("model", MODELS)
def test_lists_show_rows_of_own_programmes_only(organiser_client, model):
    factory = {
        "trainingsession": TrainingSessionFactory,
        "speaker": SpeakerFactory,
        "audiencefigure": AudienceFigureFactory,
    }
    mine, _other = factory[model](), factory[model]()
    programme = mine.session.programme if model == "audiencefigure" else mine.programme
    page = organiser_client(programme).get(address(f"{model}_changelist"))
    assert list(page.context["cl"].queryset) == [mine]


@pytest.mark.parametrize("model", MODELS)
def test_analysts_have_no_access(analyst_client, model):
    client = analyst_client(ProgrammeFactory())
    assert client.get(address(f"{model}_changelist")).status_code == 403
    assert client.get(address(f"{model}_add")).status_code == 403


def test_administrators_see_all(administrator_client):
    AppearanceFactory(), AudienceFigureFactory()
    assert [administrator_client.get(address(f"{model}_changelist")).status_code for model in MODELS] == [200] * 3


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"starts_at_0": "2026-03-09", "ends_at_0": "2026-03-10"}, ["starts_at"]),
        ({"starts_at_0": "2026-03-25", "ends_at_0": "2026-03-25"}, ["starts_at", "ends_at"]),
        ({"starts_at_0": "2026-03-10", "starts_at_1": "00:00", "ends_at_0": "2026-03-10"}, []),
        ({"starts_at_0": "2026-03-24", "ends_at_0": "2026-03-25", "ends_at_1": "00:00"}, []),
    ],
)
def test_session_takes_place_on_the_days_of_its_programme_in_its_zone(organiser_client, changes, wrong):
    programme = ProgrammeFactory(time_zone="Pacific/Auckland")
    data = session_data(programme=programme.pk, **changes)
    response = organiser_client(programme).post(address("trainingsession_add"), data)
    errors = response.context["adminform"].form.errors if wrong else {}
    sentence = "The programme runs from 10 March 2026 to 24 March 2026: choose one of its days."
    assert errors == {name: [sentence] for name in wrong}
    assert TrainingSession.objects.count() == (0 if wrong else 1)


@pytest.mark.parametrize("count", [1, 3])
def test_session_page_takes_the_same_number_of_queries_for_more_speakers(
    organiser_client, django_assert_num_queries, count
):
    session = TrainingSessionFactory()
    client = organiser_client(session.programme)
    for number in range(count):
        AppearanceFactory(session=session, speaker__programme=session.programme)
        SessionLanguageFactory(session=session, language=("fr", "es", "ar")[number])
        AudienceFigureFactory(session=session, channel=f"Channel {number}")

    ContentType.objects.get_for_model(TrainingSession)  # remembered by the process
    with django_assert_num_queries(14):
        assert client.get(address("trainingsession_change", session.pk)).status_code == 200

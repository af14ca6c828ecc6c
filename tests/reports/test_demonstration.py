"""What a demonstration adds."""

import pytest

from reports.demonstration import open_programme
from tests.registrations_factories import NOW

pytestmark = pytest.mark.django_db


def test_the_survey_opens_when_the_last_session_ends():
    programme = open_programme(now=NOW)
    ends = [session.ends_at for session in programme.sessions.order_by("starts_at")]
    assert programme.surveys.get().opens_at == ends[-1]
    days = [end.astimezone(programme.zone).date() for end in ends]
    assert (days[0], days[-1]) == (programme.start_date, programme.end_date)

import io
import json

import pytest
from django.core.management import CommandError, call_command

from tests.sessions.report_files import as_text

HEADS = [
    "Name (Original Name)",
    "User Email",
    "Join Time",
    "Leave Time",
    "Duration (Minutes)",
    "Guest",
    "In Waiting Room",
]
ROWS = [
    HEADS,
    ["Ana", "ANA@x.example", "03/04/2026 09:00:00 AM", "03/04/2026 10:00:00 AM", "60", "Yes", "No"],
    ["Guest 7", "", "03/04/2026 09:00:00 AM", "03/04/2026 09:05:00 AM", "5", "Yes", "Yes"],
]


def said(*arguments):
    out = io.StringIO()
    call_command("read_attendance", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "participants.csv"
    path.write_bytes(as_text(ROWS))
    return path


def test_json_has_the_people_and_what_does_not_count(file):
    assert json.loads(said(file, "--date=2026-03-04", "--json")) == {
        "platform": "zoom",
        "variant": "classic",
        "sessions": [
            {
                "title": None,
                "people": [
                    {
                        "key": "ana@x.example",
                        "email": "ana@x.example",
                        "names": ["Ana"],
                        "seconds": 3600,
                        "first_join": "2026-03-04T09:00:00",
                        "last_leave": "2026-03-04T10:00:00",
                        "role": "attendee",
                    },
                    {
                        "key": "Guest 7",
                        "email": None,
                        "names": ["Guest 7"],
                        "seconds": 0,
                        "first_join": None,
                        "last_leave": None,
                        "role": "attendee",
                    },
                ],
                "absent": [],
                "excluded_rows": [
                    {"row": "Guest 7 2026-03-04T09:00:00-2026-03-04T09:05:00", "reason": "in_waiting_room"}
                ],
            }
        ],
    }


def test_the_day_of_the_session_decides_between_two_readings(file):
    joined = json.loads(said(file, "--date=2026-04-03", "--json"))["sessions"][0]["people"][0]["first_join"]
    assert joined == "2026-04-03T09:00:00"


def test_without_json_it_is_a_table(file):
    assert said(file, "--date=2026-03-04").splitlines() == [
        "zoom: classic",
        "",
        "(no title)",
        "   60.0 min  2026-03-04 09:00  2026-03-04 10:00  attendee   ana@x.example",
        "    0.0 min  -                 -                 attendee   Guest 7",
        "  does not count (in_waiting_room): Guest 7",
        "  2 people, 0 absent, 1 rows that do not count",
    ]


def test_an_order_of_dates_that_nothing_settles_is_said(file):
    assert said(file).splitlines()[1] == (
        "Days and months could be told apart by nothing and are read as MDY; --date decides."
    )


def test_what_cannot_be_read_is_said_in_one_sentence(file, tmp_path):
    file.write_bytes(b"%PDF-1.7 not a report")
    with pytest.raises(CommandError) as refusal:
        said(file)
    assert len(str(refusal.value).splitlines()) == 1
    with pytest.raises(CommandError, match="cannot be opened"):
        said(tmp_path / "nothing.csv")

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

SAMPLES = Path(__file__).parent / "samples"
ROSTER = "email,given_name,family_name,country\naster@example.org,Aster,Bekele,Ethiopia\n"
REPORT = """Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Training Desk,host@academy.example,03/18/2026 08:50:00 AM,03/18/2026 10:30:00 AM,100,No
Aster Bekele,ASTER@example.org,03/18/2026 09:00:00 AM,03/18/2026 10:00:00 AM,60,Yes
Aster Bekele,aster@example.org,03/18/2026 10:00:00 AM,03/18/2026 10:10:00 AM,10,Yes
Aster,,03/18/2026 09:00:00 AM,03/18/2026 10:00:00 AM,60,Yes
"""


@pytest.fixture
def files(tmp_path):
    (tmp_path / "report.csv").write_text(REPORT, encoding="utf-8")
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    return tmp_path


def printed(report, roster, *options):
    out = io.StringIO()
    call_command("match_attendance", str(report), "--roster", str(roster), *options, stdout=out)
    return out.getvalue()


def test_match_attendance_prints_every_identity_once(files):
    assert json.loads(printed(files / "report.csv", files / "roster.csv", "--json")) == {
        "matches": [
            {
                "name": "Training Desk",
                "email": "host@academy.example",
                "decision": "none",
                "registration": None,
                "because": "host_not_registered",
            },
            {
                "name": "Aster Bekele",
                "email": "aster@example.org",
                "decision": "auto",
                "registration": "aster@example.org",
                "because": "email_exact",
            },
            {
                "name": "Aster",
                "email": None,
                "decision": "confirm",
                "registration": "aster@example.org",
                "because": "name_partial",
            },
        ]
    }


def test_match_attendance_names_absent_registrants(files):
    found = printed(SAMPLES / "zoom_webinar_attendee_report.csv", SAMPLES / "roster.csv", "--json")
    absent = [each for each in json.loads(found)["matches"] if each["email"] == "rosa.quispe@example.com"]
    assert [(each["name"], each["decision"]) for each in absent] == [("Rosa Quispe", "auto")]


def test_match_attendance_says_why_in_words(files):
    lines = printed(files / "report.csv", files / "roster.csv").splitlines()
    assert lines[2] == "confirm Aster -> aster@example.org  (The name is a part of the registered one.)"


def test_match_attendance_takes_a_roster_with_semicolons_and_a_byte_order_mark(files):
    (files / "roster.csv").write_text(ROSTER.replace(",", ";"), encoding="utf-8-sig")
    assert "auto    Aster Bekele" in printed(files / "report.csv", files / "roster.csv")


@pytest.mark.parametrize(
    "content, sentence",
    [
        (b"", "roster.csv is not a CSV file: it is empty or holds characters that no text has."),
        (b"PK\x03\x04\0\0", "roster.csv is not a CSV file: it is empty or holds characters that no text has."),
        ("émile".encode("cp1252"), "roster.csv is not in UTF-8. Save it as “CSV UTF-8” and try again."),
        (
            b"email,name\na@example.org,A\n",
            "roster.csv lacks the columns given_name, family_name. Its first line must name the columns "
            "email, given_name, family_name, country.",
        ),
        (
            b"email,given_name,family_name\nAster,,\n",
            "roster.csv, line 2: “Aster” is no e-mail address. Every registered person needs one.",
        ),
        (
            b'email,given_name,family_name\n"a@example.org,A,B\n',
            "roster.csv cannot be read as CSV after line 1: unexpected end of data.",
        ),
    ],
)
def test_match_attendance_says_what_is_wrong_with_a_roster(files, content, sentence):
    (files / "roster.csv").write_bytes(content)
    with pytest.raises(CommandError) as refusal:
        printed(files / "report.csv", files / "roster.csv")
    assert str(refusal.value) == sentence


def test_match_attendance_says_what_is_wrong_with_a_report(files):
    (files / "report.csv").write_bytes(b"")
    with pytest.raises(CommandError, match="empty"):
        printed(files / "report.csv", files / "roster.csv")


def test_match_attendance_says_which_file_is_not_there(files):
    with pytest.raises(CommandError, match=r"roster2\.csv cannot be opened: No such file or directory\."):
        printed(files / "report.csv", files / "roster2.csv")

"""Each sample file of a platform, in its true encoding, beside what a reader must make of it."""

import datetime as dt
import io
import json
import re
import unicodedata
from pathlib import Path

import pytest
from django.core.management import call_command

SAMPLES = Path(__file__).parent / "samples"
EXPECTED = [path for path in sorted(SAMPLES.glob("*.expected.json")) if path.name != "matches.expected.json"]
BIDI = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x61C])


def cleaned(name):
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", name).translate(BIDI)).strip()


def said(file, day):
    out = io.StringIO()
    date = [f"--date={day}"] if day else []
    call_command("read_attendance", str(SAMPLES / file), *date, "--json", stdout=out)
    return json.loads(out.getvalue())


def day_of(expected):
    joins = [person["first_join"] for meeting in expected["sessions"] for person in meeting["people"]]
    return min((dt.date.fromisoformat(joined[:10]) for joined in joins if joined), default=None)


def facts(person, platform):
    names = [cleaned(name) for name in person["names"]]
    found = {**{key: person[key] for key in FACTS}, "key": cleaned(person["key"]), "names": names}
    return found if platform in WITHOUT_ROLES else {**found, "role": person["role"]}


FACTS = ("email", "seconds", "first_join", "last_leave")
WITHOUT_ROLES = {"google_meet"}  # whose reports say of nobody what they were


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.name.removesuffix(".expected.json"))
def test_read_attendance_says_what_is_expected_of_the_sample(path):
    expected = json.loads(path.read_text())
    report = said(expected["file"], day_of(expected))
    assert report["platform"] == expected["platform"]
    assert len(report["sessions"]) == len(expected["sessions"])
    for found, wanted in zip(report["sessions"], expected["sessions"], strict=True):
        assert found["title"] == wanted["title"]
        people, wanted_people = (
            [facts(person, expected["platform"]) for person in meeting["people"]] for meeting in (found, wanted)
        )
        assert people == wanted_people
        assert found["absent"] == wanted["absent"]
        reasons = [row["reason"] for row in wanted["excluded_rows"]]
        assert [row["reason"] for row in found["excluded_rows"]] == reasons

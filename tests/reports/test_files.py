"""An edition as PDF and Word document: what is in it, and that it is the same every time."""

import datetime as dt
import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from xml.etree import ElementTree

import pikepdf
import pytest

from reports import files
from reports.actions import publish_results, take_back
from reports.models import ReportFile
from reports.word_parts import dot, same_every_time
from tests.reports_factories import cohort
from tests.sessions_factories import AFTERWARDS

pytestmark = pytest.mark.django_db

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ELSEWHERE = """
import hashlib, json, sys, time, datetime as dt
time.time = lambda: 4_000_000_000.0
import django
django.setup()
from registrations.models import Programme
from reports import files
from reports.models import ResultsReport
told = json.load(sys.stdin)
report = ResultsReport(
    programme=Programme(**told["programme"]), edition=told["edition"], figures=told["figures"], sha256=told["sha256"],
    content=told["content"], content_sha256=told["content_sha256"],
    published_at=dt.datetime.fromisoformat(told["published_at"]),
)
for kind in ("pdf", "docx"):
    print(hashlib.sha256(files.render(report, kind, "ar")).hexdigest())
"""


def published(people=60):
    programme, _people = cohort(people)
    return publish_results(programme, by=None, now=AFTERWARDS)


def elsewhere(report, *, seed):
    """The hashes of both files as another process makes them, with another seed and in another century."""
    programme = report.programme
    told = {
        "programme": {"slug": programme.slug, "title": programme.title, "time_zone": programme.time_zone},
        "edition": report.edition,
        "figures": report.figures,
        "sha256": report.sha256,
        "content": report.content,
        "content_sha256": report.content_sha256,
        "published_at": report.published_at.isoformat(),
    }
    environment = {
        **os.environ,
        "PYTHONHASHSEED": seed,
        "TZ": "Asia/Tokyo",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    return done.stdout.split()


def test_rendering_again_gives_the_same_bytes_also_elsewhere_and_later():
    report = published()

    here = [hashlib.sha256(files.render(report, kind, "ar")).hexdigest() for kind in ("pdf", "docx")]
    again = [hashlib.sha256(files.render(report, kind, "ar")).hexdigest() for kind in ("pdf", "docx")]

    assert again == here
    assert elsewhere(report, seed="4711") == here


def test_pdf_is_tagged_and_says_its_language():
    made = files.render(published(), "pdf", "fr")

    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "fr"
        assert "/StructTreeRoot" in pdf.Root
        metadata = str(pdf.Root.Metadata.read_bytes())
    assert "pdfuaid" in metadata


def test_word_document_has_headings_tables_and_header_rows():
    made = files.render(published(), "docx", "en")
    document = _xml(made, "word/document.xml")

    styles = [style.get(f"{W}val") for style in document.iter(f"{W}pStyle")]
    assert styles.count("Title") == 1
    assert styles.count("Heading1") >= 4
    tables = list(document.iter(f"{W}tbl"))
    assert len(tables) >= 8
    assert [table for table in tables if table.find(f"{W}tr/{W}trPr/{W}tblHeader") is None] == []
    assert list(document.iter(f"{W}bidi")) == []


def test_word_document_in_arabic_runs_from_right_to_left():
    document = _xml(files.render(published(), "docx", "ar"), "word/document.xml")

    paragraphs = list(document.iter(f"{W}p"))
    assert [p for p in paragraphs if p.find(f"{W}pPr/{W}bidi") is None] == []
    assert all(table.find(f"{W}tblPr/{W}bidiVisual") is not None for table in document.iter(f"{W}tbl"))
    runs = [run for run in document.iter(f"{W}r") if run.find(f"{W}t") is not None]
    assert [run for run in runs if run.find(f"{W}rPr/{W}rtl") is None] == []


def test_zip_loses_its_dates_and_its_order():
    first, second = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(first, "w") as one:
        one.writestr(zipfile.ZipInfo("b", (2001, 1, 1, 0, 0, 0)), "B")
        one.writestr(zipfile.ZipInfo("[Content_Types].xml", (2001, 1, 1, 0, 0, 0)), "C")
    with zipfile.ZipFile(second, "w") as two:
        two.writestr("[Content_Types].xml", "C")
        two.writestr("b", "B")

    assert same_every_time(first.getvalue()) == same_every_time(second.getvalue())


def test_dot_is_a_picture_of_one_pixel():
    assert dot("0B5FA5").startswith(b"\x89PNG")
    assert len(dot("0B5FA5")) < 80


def test_publishing_asks_for_a_file_of_each_kind_in_each_language():
    report = published(20)

    assert ReportFile.objects.filter(report=report).count() == 12
    assert ReportFile.objects.waiting().count() == 12


def test_files_are_made_once_and_kept_with_size_and_hash(client):
    report = published(20)
    ReportFile.objects.exclude(language="en").delete()

    assert files.make_waiting(now=AFTERWARDS) == 2
    assert files.make_waiting(now=AFTERWARDS) == 0

    file = ReportFile.objects.get(format="pdf")
    assert (file.size, file.sha256) == (len(file.content), hashlib.sha256(file.content).hexdigest())
    page = client.get(f"/programmes/{report.programme.slug}/results/").content.decode()
    assert f"/results/{report.edition}/report-en.pdf" in page
    fetched = client.get(f"/programmes/{report.programme.slug}/results/1/report-en.pdf")
    assert (fetched.content, fetched["Content-Type"]) == (bytes(file.content), "application/pdf")


def test_file_in_another_workers_hands_is_left_alone():
    published(20)
    moment = AFTERWARDS
    ReportFile.objects.update(claimed_at=moment)

    assert files.make_waiting(now=moment, clock=lambda: moment + dt.timedelta(minutes=1)) == 0


def test_file_that_cannot_be_made_is_given_up_after_three_attempts():
    published(20)
    ReportFile.objects.exclude(language="en", format="pdf").delete()
    ReportFile.objects.update(format="odt")
    moments = iter(AFTERWARDS + dt.timedelta(hours=hour) for hour in range(9))

    for _attempt in range(4):
        assert files.make_waiting(now=AFTERWARDS, clock=lambda: next(moments)) == 0

    file = ReportFile.objects.get()
    assert (file.attempts, file.is_made, file.problem) == (3, False, "KeyError: 'odt'")


def test_files_of_an_edition_that_was_taken_back_are_neither_made_nor_given(client):
    report = published(20)
    take_back(report, by=None, now=AFTERWARDS)

    assert files.make_waiting(now=AFTERWARDS) == 0
    assert client.get(f"/programmes/{report.programme.slug}/results/1/report-en.pdf").status_code == 404


def _xml(made, name):
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return ElementTree.fromstring(archive.read(name))

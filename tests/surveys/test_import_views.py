"""The pages on which organisers import responses."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registrations.models import TeamMember
from surveys.actions import carry_on_import
from surveys.models import Response, ResponseImport, ResponseMapping
from tests.registrations_factories import TeamMemberFactory
from tests.surveys.import_steps import LATER, applied, make_survey, read, table
from tests.surveys.test_import_shapes import file

pytestmark = pytest.mark.django_db
GOOD = table(("quality", "role"), ("5", "teacher"), ("4", ""))
BAD = table(("quality", "shoe size"), ("5", "39"))


@pytest.fixture
def survey():
    return make_survey()


@pytest.fixture
def organiser(client, survey):
    client.force_login(TeamMemberFactory(programme=survey.programme).user)
    return client


def address(name, batch):
    return reverse(f"admin:surveys_import{name}", args=[batch.pk])


def send(client, survey, content, name="answers.csv"):
    return client.post(
        reverse("admin:surveys_survey_imports", args=[survey.pk]), {"file": SimpleUploadedFile(name, content)}
    )


def test_file_is_taken_in_looked_at_applied_and_undone(organiser, survey):
    answer = send(organiser, survey, GOOD)
    batch = ResponseImport.objects.get()
    assert (answer.status_code, answer.url) == (302, address("", batch))
    assert "look_again.js" in organiser.get(answer.url).content.decode()
    carry_on_import(batch, now=LATER)
    page = organiser.get(answer.url).content.decode()
    assert "Import 2 responses" in page
    assert Response.objects.count() == 0
    assert organiser.post(address("_apply", batch)).status_code == 302
    carry_on_import(batch, now=LATER)
    assert Response.objects.count() == 2
    assert "remove its 2 responses" in organiser.get(address("_undo", batch)).content.decode()
    assert organiser.post(address("_undo", batch)).status_code == 302
    assert carry_on_import(batch, now=LATER).state == "undone"
    assert Response.objects.count() == 0
    assert organiser.get(address("", batch)).status_code == 200


def test_unknown_column_leads_to_the_page_of_columns(organiser, survey):
    batch = read(survey, BAD)
    assert (
        "The survey has no question for this column: “shoe size”" in organiser.get(address("", batch)).content.decode()
    )
    columns = address("_columns", batch)
    assert "39" in organiser.get(columns).content.decode()
    refused = organiser.post(columns, {"column_0": "question:quality", "column_1": "?"})
    assert (refused.status_code, refused.context["form"].errors) == (
        422, {"column_1": ["Choose a question, or leave the column out."]},
    )  # fmt: skip
    twice = organiser.post(columns, {"column_0": "question:quality", "column_1": "question:quality"})
    assert twice.context["form"].errors == {"column_1": ["Only one column can be “quality”."]}
    assert organiser.post(columns, {"column_0": "question:quality", "column_1": ""}).status_code == 302
    assert carry_on_import(batch, now=LATER).state == "previewed"
    assert ResponseMapping.objects.get().mapping["uses"] == ["question:quality", ""]


def test_same_file_again_is_refused_on_the_page(organiser, survey):
    applied(survey, GOOD)
    answer = send(organiser, survey, GOOD)
    assert answer.status_code == 422
    assert "This file is here already" in answer.content.decode()


def test_problems_are_shown_as_text(organiser, survey):
    batch = read(survey, table(("role",), ("<script>alert(1)</script>",)))
    page = organiser.get(address("", batch)).content.decode()
    assert "<script>alert(1)" not in page
    assert "the question offers: teacher, officer, nurse." in page


@pytest.mark.parametrize("content", [b"", b"  \n", b"%PDF-1.4 x", b"PK\x03\x04broken", b"\xff\xfe\x00"])
def test_files_that_are_none_are_refused_with_a_sentence(organiser, survey, content):
    answer = send(organiser, survey, content)
    if answer.status_code == 302:
        batch = ResponseImport.objects.get()
        assert carry_on_import(batch, now=LATER).state == "asks"
        page = organiser.get(address("", batch)).content.decode()
        assert "This file cannot be applied yet" in page
        assert organiser.get(address("_columns", batch)).status_code == 302
    else:
        assert answer.status_code == 422


def test_every_shape_has_its_page(organiser, survey):
    for name in ("kobo.csv", "limesurvey_codes.csv", "google_forms.csv", "microsoft_forms.xlsx"):
        batch = read(survey, file(name), file_name=name)
        assert organiser.get(address("", batch)).status_code == 200
        assert organiser.get(address("_columns", batch)).status_code == 200
    assert organiser.get(reverse("admin:surveys_survey_imports", args=[survey.pk])).status_code == 200


def test_nobody_else_sees_the_files(client, survey):
    batch = applied(survey, GOOD)
    strangers = (
        TeamMemberFactory(programme=survey.programme, role=TeamMember.Role.ANALYST).user,
        TeamMemberFactory().user,
    )
    for user in strangers:
        client.force_login(user)
        assert client.get(reverse("admin:surveys_survey_imports", args=[survey.pk])).status_code == 404
        for name in ("", "_columns", "_undo"):
            assert client.get(address(name, batch)).status_code == 404
        assert client.post(address("_apply", batch)).status_code == 404
        assert client.post(address("_undo", batch)).status_code == 404
    assert Response.objects.count() == 2


@pytest.mark.parametrize("number", [1, 3])
def test_list_of_files_takes_the_same_queries_whatever_their_number(organiser, survey, number):
    for each in range(number):
        applied(survey, table(("quality",), (str(each + 1),)))
    with CaptureQueriesContext(connection) as asked:
        organiser.get(reverse("admin:surveys_survey_imports", args=[survey.pk]))
    ours = [query["sql"] for query in asked if 'FROM "surveys_responseimport"' in query["sql"]]
    assert len(ours) == 2, "\n".join(ours)

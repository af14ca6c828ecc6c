import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from surveys.comparing_figures import verdicts_for
from surveys.figures_file import LONGEST, read_figures
from tests.registrations_factories import ProgrammeFactory
from tests.surveys_factories import QuestionFactory, ResponseFactory, SurveyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

FIGURES_2020 = """\
- {id: respondents, kind: count, printed: "1,500"}
- {id: increased, kind: share, printed: "91 percent", base: respondents, count: 1352}
"""


@pytest.fixture
def survey():
    survey = SurveyFactory(form_id="views")
    QuestionFactory(survey=survey, name="overall", position=0)
    QuestionFactory(survey=survey, name="apply", kind="yes_no", position=1)
    for overall, apply in [("5", "yes"), ("4", "yes"), ("4", "no")]:
        ResponseFactory(survey=survey, answers={"overall": overall, "apply": apply})
    return survey


@pytest.fixture
def address():
    return reverse("admin:surveys_survey_printed_figures")


def told(page):
    return [(row.figure_id, row.outcome_text, row.text) for row in page.context["rows"]]


def test_the_page_tells_what_cannot_be_and_keeps_what_was_typed(organiser_client, address):
    page = organiser_client(ProgrammeFactory()).post(address, {"text": FIGURES_2020})

    assert told(page) == [
        (
            "increased",
            "Cannot be",
            "1,352 of 1,500 is 90.1%, which is printed as 90%. The printed share would need a base of 1,478 to 1,493.",
        ),
        ("respondents", "Not checked", "There is nothing to compare it with. Give “survey” and “question”."),
    ]
    assert page.context["form"]["text"].value() == FIGURES_2020


def test_figures_are_compared_with_surveys(organiser_client, address, survey):
    text = """\
- {id: a, kind: share, printed: 67%, survey: views, question: apply, option: yes}
- {id: b, kind: mean, printed: 4.5, survey: views, question: overall}
- {id: c, kind: count, printed: 3, survey: views}
- {id: d, kind: count, printed: 3, survey: views, question: shoes}
"""

    page = organiser_client(survey.programme).post(address, {"text": text})

    assert told(page) == [
        ("b", "Differs", "We compute 4.3, n = 3. The printed figure is 0.2 higher."),
        ("a", "Agrees", "We compute 67, n = 3."),
        ("c", "Agrees", "We compute 3, n = 3."),
        (
            "d",
            "Not checked",
            "We have no such figure. Look at “survey”, “question” and “option”; it must be a survey that you organise.",
        ),
    ]


def test_analysts_check_figures_but_learn_nothing_of_a_survey(analyst_client, address, survey):
    text = "- {id: a, kind: count, printed: 3, survey: views}"

    page = analyst_client(survey.programme).post(address, {"text": text + "\n" + FIGURES_2020})

    assert {name: outcome for name, outcome, _text in told(page)} == {
        "increased": "Cannot be",
        "a": "Not checked",
        "respondents": "Not checked",
    }


def test_surveys_of_others_are_not_compared(organiser_client, address, survey):
    page = organiser_client(ProgrammeFactory()).post(
        address, {"text": "- {id: a, kind: count, printed: 3, survey: views}"}
    )

    assert [outcome for _id, outcome, _text in told(page)] == ["Not checked"]


def test_a_file_is_read_instead_and_shown(organiser_client, address):
    file = SimpleUploadedFile("figures.csv", 'id,kind,printed\na,count,"1,500"\n'.encode("utf-8-sig"))

    page = organiser_client(ProgrammeFactory()).post(address, {"text": "x", "file": file})

    assert [row.printed for row in page.context["rows"]] == ["1,500"]
    assert page.context["form"]["text"].value() == 'id,kind,printed\na,count,"1,500"\n'


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"text": "  "}, "Paste figures or choose a file."),
        ({"file": b"\xff\xfe\x00"}, "This file is no text in UTF-8. Save it as UTF-8 and upload it again."),
        ({"file": b"a" * (4 * LONGEST + 1)}, "This file is too large for a list of figures."),
    ],
)
def test_what_is_no_text_is_refused_in_a_sentence(organiser_client, address, sent, error):
    data = {name: SimpleUploadedFile("f", value) if name == "file" else value for name, value in sent.items()}

    page = organiser_client(ProgrammeFactory()).post(address, {**data, "text": data.get("text", "typed")})

    assert [message for messages in page.context["form"].errors.values() for message in messages] == [error]
    assert page.context["form"]["text"].value() == data.get("text", "typed")


def test_problems_are_told_with_their_lines_and_escaped(organiser_client, address):
    text = "- {id: a, kind: count, printed: 5}\n- {id: b, kind: '<script>%(x)s', printed: 5}"

    page = organiser_client(ProgrammeFactory()).post(address, {"text": text})

    assert page.context["problems"] == [
        "Line 2: The kind “<script>%(x)s” is not known. Use one of: count, sum, share, share_multi, mean."
    ]
    assert "<script>%" not in page.text
    assert len(page.context["rows"]) == 1


def test_the_form_is_for_staff_of_a_programme(client, organiser_client, analyst_client, administrator_client, address):
    assert client.get(address).status_code == 302
    assert analyst_client(ProgrammeFactory()).get(address).status_code == 200
    assert administrator_client.get(address).status_code == 200
    page = organiser_client(ProgrammeFactory()).get(reverse("admin:surveys_survey_changelist"))
    assert f'href="{address}"' in page.text


@pytest.mark.parametrize("figures", [1, 3])
def test_a_survey_is_read_once_whatever_the_number_of_figures(administrator, survey, figures):
    text = "\n".join(f"- {{id: f{i}, kind: count, printed: 3, survey: views}}" for i in range(figures))
    file = read_figures(text)

    with CaptureQueriesContext(connection) as queries:
        verdicts = verdicts_for(file, by=administrator)

    assert [verdict.outcome for verdict in verdicts] == ["agrees"] * figures
    read = [query["sql"] for query in queries if 'FROM "surveys_survey"' in query["sql"]]
    assert len(read) == 1


def test_the_command_prints_the_same(survey, tmp_path, capsys):
    file = tmp_path / "figures.yaml"
    file.write_text(FIGURES_2020 + "- {id: a, kind: share, printed: 67%, question: apply, option: yes}\n")

    call_command("check_figures", str(file), survey="views")
    lines = capsys.readouterr().out.splitlines()
    call_command("check_figures", str(file), "--json", "--survey", "views")
    facts = json.loads(capsys.readouterr().out)

    assert lines[1].startswith("Cannot be: increased “91 percent”. 1,352 of 1,500 is 90.1%")
    assert lines[-1] == "Cannot be: 1, Differs: 0, Agrees: 1, Possible: 0, Not checked: 1"
    assert [figure["outcome"] for figure in facts["figures"]] == ["unknown", "impossible", "agrees"]
    assert facts["figures"][1]["numbers"]["exact"] == "90.1"


@pytest.mark.parametrize("content", [b"", b"\xff\xff"])
def test_the_command_refuses_in_a_sentence(tmp_path, content):
    file = tmp_path / "figures.yaml"
    file.write_bytes(content)

    with pytest.raises(CommandError, match=r"[.]$"):
        call_command("check_figures", str(file))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("check_figures", str(tmp_path / "none.yaml"))

"""`manage.py import_responses`."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from surveys.models import Response, ResponseImport
from tests.surveys.import_steps import answers, make_survey, table

pytestmark = pytest.mark.django_db
HEADS = ("quality", "role", "topics", "comment")


@pytest.fixture
def path(tmp_path):
    def written(*rows, heads=HEADS):
        (tmp_path / "answers.csv").write_bytes(table(heads, *rows))
        return tmp_path / "answers.csv"

    return written


def run(*arguments):
    """What the command prints, and its exit code."""
    out, code = io.StringIO(), 0
    try:
        call_command("import_responses", *map(str, arguments), stdout=out)
    except SystemExit as end:
        code = end.code
    return out.getvalue(), code


def facts(*arguments):
    printed, code = run(*arguments, "--json")
    return json.loads(printed), code


def test_dry_run_says_what_importing_does_and_writes_nothing(path):
    survey = make_survey()
    file = path(("5", "teacher", "water energy", "Hello"), ("4", "", "", ""))
    tried, code = facts(survey.form_id, file, "--dry-run")
    assert (code, tried["state"], tried["imported"], Response.objects.count()) == (0, "would_apply", 2, 0)
    assert ResponseImport.objects.count() == 0
    done, code = facts(survey.form_id, file)
    assert (code, done["state"], len(answers(survey))) == (0, "applied", 2)
    ignored = {"state", "dry_run", "import"}
    assert {k: v for k, v in tried.items() if k not in ignored} == {k: v for k, v in done.items() if k not in ignored}
    assert done["questions"][2] == {
        "name": "topics", "answered": 1, "declined": 1, "not_shown": 0, "values": {"energy": 1, "water": 1},
    }  # fmt: skip


def test_second_time_changes_nothing_and_says_so(path):
    survey = make_survey()
    file = path(("5", "teacher", "", ""))
    run(survey.form_id, file)
    again, code = facts(survey.form_id, file)
    assert (code, again["state"], len(answers(survey))) == (0, "unchanged", 1)
    assert again["message"].startswith("This file is here already")


def test_unknown_column_is_named(path):
    survey = make_survey()
    file = path(("5", "39"), heads=("quality", "shoe size"))
    printed, code = run(survey.form_id, file)
    assert (code, Response.objects.count(), ResponseImport.objects.count()) == (1, 0, 0)
    assert printed.startswith("The survey has no question for this column: “shoe size”.")
    assert run(survey.form_id, file, "--leave-out", "hat")[0] == "The file has no column “hat”.\n"
    printed, code = run(survey.form_id, file, "--leave-out", "shoe size")
    assert (code, answers(survey)) == (0, [{"quality": "5"}])


def test_values_outside_of_the_choices_are_named_with_row_and_column(path):
    survey = make_survey()
    file = path(("5", "baker", "", ""), ("9", "nurse", "", ""))
    printed, code = run(survey.form_id, file)
    assert (code, Response.objects.count()) == (1, 0)
    assert printed.splitlines()[:3] == [
        "2 cells cannot be taken as answers. Correct them in the file. Nothing was imported.",
        "Row 2, column “role”: “baker” – the question offers: teacher, officer, nurse.",
        "Row 3, column “quality”: “9” – the question offers: 1, 2, 3, 4, 5.",
    ]
    assert run(survey.form_id, file, "--accept-outside")[1] == 0
    assert [each["role"] for each in answers(survey)] == ["baker", "nurse"]


def test_only_the_first_fifty_problems_are_listed_and_all_are_counted(path):
    survey = make_survey()
    found, code = facts(survey.form_id, path(*[("9", "", "", "")] * 60))
    assert (code, found["problem_count"], len(found["problems"])) == (1, 60, 50)


def test_unknown_survey_and_missing_file_are_said(path, tmp_path):
    with pytest.raises(CommandError, match="There is no survey “nowhere”"):
        run("nowhere", path())
    with pytest.raises(CommandError, match="cannot be opened"):
        run(make_survey().form_id, tmp_path / "missing.csv")


def test_same_head_twice_is_said_so(path):
    survey = make_survey()
    printed, code = run(survey.form_id, path(("5", "4"), heads=("quality", "quality")))
    said = "Two columns have the same head: “quality”. Keep one of them. Nothing was imported.\n"
    assert (code, printed) == (1, said)


def test_option_beside_one_that_stands_alone_is_said_so_and_questions_keep_their_order(path):
    survey = make_survey()
    topics = survey.questions.get(name="topics")
    topics.choices.filter(value="water").update(is_exclusive=True)
    told, code = facts(survey.form_id, path(("5", "", "water energy", "")))
    assert (code, told["problems"]) == (
        1,
        ["Row 2, column “topics”: “water energy” – these are not accepted together. On its own only: water."],
    )
    names = [each["name"] for each in told["questions"]]
    assert names == [question.name for question in survey.questions.all() if question.name in names]

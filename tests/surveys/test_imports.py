"""Responses that were given elsewhere: read, previewed, applied, undone."""

import datetime as dt

import pytest

from surveys.actions import apply_responses, approve_import, carry_on_import, say_columns, undo_responses
from surveys.actions.imports import AlreadyImported
from surveys.errors import Refused
from surveys.importing.findings import Findings
from surveys.importing.mapping import ColumnMapping
from surveys.models import AnsweredMark, Response, ResponseImport
from surveys.results import survey_results
from tests.registrations_factories import RegistrationFactory
from tests.surveys.import_steps import LATER, answers, applied, fetched, make_survey, read, table, upload
from tests.surveys_factories import ResponseFactory

pytestmark = pytest.mark.django_db

HEADS = ("quality", "recommend", "role", "topics", "topics_other", "comment", "years")
FILE = table(
    HEADS,
    ("5", "yes", "teacher", "water energy", "", "Shorter, please", "7"),
    ("4", "no", "nurse", "", "", "", ""),
    ("", "", "", "other", "Roads", "<script>alert(1)</script>", "0"),
)


def test_columns_named_like_the_questions_become_responses():
    survey = make_survey()
    batch = applied(survey, FILE)
    assert (batch.state, batch.imported, batch.left_out, batch.rows_total) == ("applied", 3, 0, 3)
    assert answers(survey) == [
        {
            "quality": "5",
            "recommend": "yes",
            "role": "teacher",
            "topics": "energy water",
            "comment": "Shorter, please",
            "years": "7",
        },
        {"quality": "4", "recommend": "no", "role": "nurse", "topics": "", "comment": "", "years": ""},
        {
            "quality": "",
            "recommend": "",
            "role": "",
            "topics": "other",
            "topics_other": "Roads",
            "comment": "<script>alert(1)</script>",
            "years": "0",
        },
    ]
    first = Response.objects.filter(survey=survey).order_by("pk").first()
    assert (first.batch, first.registration, first.language, first.submitted_at) == (batch, None, "en", LATER)


def test_results_count_imported_responses():
    survey = make_survey()
    applied(survey, FILE)
    quality = survey_results(survey).question("quality").statistics
    assert (quality.n, quality.declined, quality.not_shown, quality.mean) == (
        2,
        1,
        0,
        dt.timedelta(seconds=9) / dt.timedelta(seconds=2),
    )


def test_question_without_a_column_was_not_shown_and_an_empty_cell_was_declined():
    survey = make_survey()
    batch = applied(survey, table(("quality", "role"), ("5", ""), ("\\N", "nurse")))
    assert answers(survey) == [{"quality": "5", "role": ""}, {"role": "nurse"}]
    assert Findings.from_json(batch.findings).missing == ("recommend", "topics", "topics_other", "comment", "years")


def test_preview_says_what_applying_does():
    survey = make_survey()
    batch = read(survey, table(*(("quality", "topics"), ("5", "water other"), ("4", ""), ("n/a", ""))))
    found = Findings.from_json(batch.findings)
    assert (batch.state, found.rows, found.imported, found.left_out) == (
        "previewed", 3, 2, {"duplicate": 0, "answered": 0, "blank": 1},
    )  # fmt: skip
    assert [(each.name, each.answered, each.declined, dict(each.values)) for each in found.questions] == [
        ("topics", 1, 1, {"water": 1, "other": 1}),
        ("quality", 2, 0, {"5": 1, "4": 1}),
    ]
    assert Response.objects.count() == 0
    done = apply_responses(batch, now=LATER)
    assert (done.imported, done.left_out, len(answers(survey))) == (2, 1, 2)


def test_unknown_column_is_named_and_nothing_is_imported():
    survey = make_survey()
    batch = read(survey, table(("quality", "qualty", "shoe size"), ("5", "4", "39")))
    found = Findings.from_json(batch.findings)
    assert (batch.state, found.refusal, found.refusal_details) == ("asks", "undecided", {"places": [1, 2]})
    with pytest.raises(Refused):
        approve_import(batch, now=LATER)
    assert Response.objects.count() == 0


def test_columns_that_a_person_says_are_remembered_for_the_next_file_of_the_shape():
    survey = make_survey()
    batch = read(survey, table(("Grade", "shoe size"), ("5", "39")))
    said = ColumnMapping(("question:quality", ""))
    say_columns(batch, mapping=said, accepts_outside=False, now=LATER)
    assert carry_on_import(batch, now=LATER).state == "previewed"
    apply_responses(batch, now=LATER)
    another = applied(survey, table(("Grade", "shoe size"), ("3", "44")))
    assert (another.state, answers(survey)) == ("applied", [{"quality": "5"}, {"quality": "3"}])


def test_columns_can_only_be_what_the_survey_asks():
    batch = read(make_survey(), table(("Grade",), ("5",)))
    for uses in (("question:shoe_size",), ("?",), ("option:quality:5",)):
        with pytest.raises(Refused):
            say_columns(batch, mapping=ColumnMapping(uses), accepts_outside=False, now=LATER)


def test_values_that_are_not_offered_are_named_and_nothing_is_imported():
    survey = make_survey()
    rows = [("5", "teacher"), ("6", "baker"), ("4", "nurse")]
    batch = read(survey, table(("quality", "role"), *rows))
    found = Findings.from_json(batch.findings)
    assert (batch.state, found.problem_count) == ("asks", 2)
    assert [(each.line, each.column, each.question, each.value) for each in found.problems] == [
        (3, "role", "role", "baker"),
        (3, "quality", "quality", "6"),
    ]
    with pytest.raises(Refused):
        approve_import(batch, now=LATER)
    assert Response.objects.count() == 0


def test_values_that_are_not_offered_are_taken_on_the_organisers_word():
    survey = make_survey()
    rows = [("5", "teacher", "night roads"), ("6", "baker", "roads by night; water")]
    batch = read(survey, table(("quality", "role", "topics"), *rows))
    mapping = ColumnMapping.from_json(batch.mapping)
    say_columns(batch, mapping=mapping, accepts_outside=True, now=LATER)
    apply_responses(carry_on_import(batch, now=LATER), now=LATER)
    assert answers(survey) == [
        {"role": "teacher", "topics": "other", "topics_other": "night roads", "quality": "5"},
        {"role": "baker", "topics": "water other", "topics_other": "roads by night", "quality": "6"},
    ]
    quality = survey_results(survey).question("quality").statistics
    assert (quality.n, quality.outside, quality.mean) == (1, 1, 5)


@pytest.mark.parametrize("cell", ["7.5", "seven", "1e99999999"])
def test_numbers_that_are_none_are_refused_even_where_other_values_are_taken(cell):
    survey = make_survey()
    batch = read(survey, table(("years",), (cell,)))
    say_columns(batch, mapping=ColumnMapping(("question:years",)), accepts_outside=True, now=LATER)
    assert carry_on_import(batch, now=LATER).state == "asks"


def test_text_of_a_hundred_kilobytes_is_refused_with_its_row():
    batch = read(make_survey(), table(("comment", "quality"), ("fine", "5"), ("x" * 100_000, "4")))
    found = Findings.from_json(batch.findings)
    assert [(each.line, each.column, len(each.value)) for each in found.problems] == [(3, "comment", 200)]


def test_same_file_again_changes_nothing_and_says_so():
    survey = make_survey()
    applied(survey, FILE)
    with pytest.raises(AlreadyImported):
        upload(survey, FILE)
    assert (ResponseImport.objects.count(), len(answers(survey))) == (1, 3)


def test_undo_removes_exactly_the_batch_and_keeps_its_record():
    survey = make_survey()
    here = ResponseFactory(survey=survey, answers={"quality": "2"})
    other = applied(survey, table(("quality",), ("1",)))
    person = RegistrationFactory(programme=survey.programme, email="ana@example.org")
    batch = applied(survey, table(("email", "quality"), ("Ana@example.org", "5"), ("", "4")))
    assert AnsweredMark.objects.filter(registration=person).count() == 1
    undone = undo_responses(batch, now=LATER)
    assert (undone.state, undone.imported, undone.undone_at, bytes(undone.content)) == ("undone", 2, LATER, b"")
    assert answers(survey) == [{"quality": "2"}, {"quality": "1"}]
    assert list(AnsweredMark.objects.values_list("registration", flat=True)) == [here.registration_id]
    assert other.state == "applied"
    assert undo_responses(undone, now=LATER).state == "undone"


def test_same_file_can_be_imported_again_after_it_was_undone():
    survey = make_survey()
    undo_responses(applied(survey, FILE), now=LATER)
    assert applied(survey, FILE).imported == 3


def test_applying_twice_writes_once():
    survey = make_survey()
    batch = applied(survey, FILE)
    again = apply_responses(batch, now=LATER)
    assert (again.imported, len(answers(survey))) == (3, 3)


def test_address_of_a_participant_links_the_response_and_no_likeness_does():
    survey = make_survey()
    person = RegistrationFactory(programme=survey.programme, email="ana@example.org", city="Kisumu")
    RegistrationFactory(email="bo@example.org")  # of another programme
    rows = [("ANA@example.org ", "5"), ("anna@example.org", "4"), ("bo@example.org", "3"), ("", "2")]
    batch = applied(survey, table(("email", "quality"), *rows))
    found = Findings.from_json(batch.findings)
    assert (found.linked, found.strangers, batch.imported) == (1, 2, 4)
    linked = Response.objects.get(registration=person)
    assert (linked.answers, linked.gender, linked.country, linked.region, linked.city) == (
        {"quality": "5"}, "female", "KE", "Africa", "Kisumu",
    )  # fmt: skip
    assert AnsweredMark.objects.get(registration=person).survey == survey


def test_person_who_has_answered_is_left_out_once_and_for_all():
    survey = make_survey()
    person = RegistrationFactory(programme=survey.programme, email="ana@example.org")
    ResponseFactory(survey=survey, registration=person, answers={"quality": "2"})
    twice = RegistrationFactory(programme=survey.programme, email="bo@example.org")
    rows = [("ana@example.org", "5"), ("bo@example.org", "4"), ("bo@example.org", "1")]
    batch = applied(survey, table(("email", "quality"), *rows))
    assert Findings.from_json(batch.findings).left_out == {"duplicate": 0, "answered": 2, "blank": 0}
    assert (batch.imported, batch.left_out) == (1, 2)
    assert Response.objects.get(registration=twice).answers == {"quality": "4"}


def test_personal_link_links_as_an_address_does():
    survey = make_survey()
    person = RegistrationFactory(programme=survey.programme)
    applied(survey, table(("link", "quality"), (f"https://x.example/en/my/{person.link_token}/survey/a/", "5")))
    assert Response.objects.get().registration == person


def test_response_of_a_known_id_is_imported_once_from_any_later_file():
    survey = make_survey()
    applied(survey, table(("_uuid", "quality"), ("a", "5"), ("b", "4")))
    later = applied(survey, table(("_uuid", "quality"), ("a", "5"), ("b", "4"), ("c", "3"), ("c", "3")))
    assert (later.imported, later.left_out, len(answers(survey))) == (1, 3, 3)


def test_circumstances_are_kept():
    survey = make_survey()
    heads = ("quality", "submitted_at", "start", "language", "gender", "sector", "country", "is_test", "is_finished")
    row = ("5", "2026-03-18T10:00:00+03:00", "2026-03-18 09:58", "fr", "Femme", "academia", "Kenia", "yes", "no")
    applied(survey, table(heads, row))
    found = Response.objects.get()
    assert (found.submitted_at, found.started_at, found.seconds) == (
        dt.datetime(2026, 3, 18, 7, tzinfo=dt.UTC), dt.datetime(2026, 3, 18, 6, 58, tzinfo=dt.UTC), 120,
    )  # fmt: skip
    assert (found.language, found.gender, found.sector, found.country, found.region) == (
        "fr", "female", "academia", "KE", "Africa",
    )  # fmt: skip
    assert (found.is_test, found.is_finished) == (True, False)


def test_dates_that_can_be_read_both_ways_are_asked_about():
    survey = make_survey()
    batch = read(survey, table(("quality", "submitted_at"), ("5", "03/04/2026 10:00")))
    assert (batch.state, Findings.from_json(batch.findings).asks_order) == ("asks", True)
    mapping = ColumnMapping.from_json(batch.mapping)
    say_columns(batch, mapping=ColumnMapping(mapping.uses, "DMY"), accepts_outside=False, now=LATER)
    apply_responses(carry_on_import(batch, now=LATER), now=LATER)
    assert Response.objects.get().submitted_at == dt.datetime(2026, 4, 3, 7, tzinfo=dt.UTC)


def test_anonymous_survey_keeps_nothing_that_leads_to_a_person():
    survey = make_survey(is_anonymous=True)
    RegistrationFactory(programme=survey.programme, email="ana@example.org")
    heads = ("_uuid", "email", "quality", "submitted_at", "gender", "city")
    rows = [(str(n), "ana@example.org", "5", "2026-03-18 09:58", "female", "Kisumu") for n in range(3)]
    applied(survey, table(heads, *rows))
    found = Response.objects.all()
    assert {(r.registration, r.gender, r.city, r.started_at, r.source_key) for r in found} == {(None, "", "", None, "")}
    assert {r.submitted_at for r in found} == {dt.datetime(2026, 3, 18, tzinfo=dt.UTC)}
    assert (len(found), AnsweredMark.objects.count()) == (3, 0)


def test_empty_cell_of_a_question_that_was_not_brought_up_was_not_shown():
    survey = make_survey()
    survey.questions.filter(name="comment").update(relevant="${quality} < 3")
    applied(fetched(survey), table(("quality", "comment"), ("5", ""), ("2", ""), ("1", "Too long")))
    assert answers(survey) == [
        {"quality": "5"},
        {"quality": "2", "comment": ""},
        {"quality": "1", "comment": "Too long"},
    ]


def test_values_outside_of_a_questions_own_condition_are_named():
    survey = make_survey()
    survey.questions.filter(name="years").update(constraint=". <= 60")
    batch = read(fetched(survey), table(("years",), ("7",), ("77",)))
    assert [(each.line, each.value) for each in Findings.from_json(batch.findings).problems] == [(3, "77")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'quality,role\n5,"teacher\n4,nurse', "broken"),
        (b"quality\n5,teacher\n", "too_wide"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"quality,comment\n" + b"5,fine and good\n" * 9 + b"5,\0\n", "nul"),
    ],
)
def test_damaged_files_are_refused_with_a_reason(content, reason):
    batch = read(make_survey(), content)
    found = Findings.from_json(batch.findings)
    assert batch.state == "asks"
    assert found.refusal == reason or (reason is None and found.refusal)


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8-sig"), ("\t", "utf-16"), (",", "cp1252")])
def test_files_are_read_as_spreadsheets_save_them(delimiter, encoding):
    survey = make_survey()
    applied(
        survey, table(("quality", "comment"), ("5", "Déjà très bien; merci"), delimiter=delimiter, encoding=encoding)
    )
    assert answers(survey) == [{"quality": "5", "comment": "Déjà très bien; merci"}]


def test_line_of_a_problem_is_the_line_of_the_file():
    rows = [("5", "two\nlines"), ("", ""), ("4", ""), ("9", "here")]
    batch = read(make_survey(), table(("quality", "comment"), *rows))
    assert [each.line for each in Findings.from_json(batch.findings).problems] == [6]


def test_texts_are_stored_letter_by_letter():
    survey = make_survey()
    texts = ["back\\slash \\n \\N", "tab\tand\nline", "quotes \" and '", "é 中文 عربي 🙂", "=1+1", "{}[]:,", '":""']
    applied(survey, table(("comment",), *[(text,) for text in texts]))
    assert [each["comment"] for each in answers(survey)] == texts

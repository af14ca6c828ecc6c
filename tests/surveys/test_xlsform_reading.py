import io
import zipfile

import pytest
from openpyxl import load_workbook

from surveys.errors import Refused
from surveys.xlsform import FormChoice, FormGroup, FormQuestion, read_form, written
from tests.surveys_forms import SETTINGS, ZONE, book

HEAD = ["type", "name", "label::English (en)"]
RATE = ["text", "wishes", "Wishes?"]


def read(*args, **sheets):
    return read_form(book(*args, **sheets), zone=ZONE)


def problems(*args, **sheets):
    return [str(problem) for problem in read(*args, **sheets).problems]


def test_a_kobo_form_is_read():
    survey = [
        ["type", "name", "label::English (en)", "label::Français (fr)", "hint", "required", "relevant", "constraint",
         "constraint_message", "appearance", "parameters", "$kuid"],
        ["start", "start"],
        ["begin group", "page_1", "About you", "Sur vous", None, None, None, None, None, "field-list"],
        ["integer", "_1_Age", "Your age", "Votre âge", "In years", "true", None,
         ". >= 0 and . < 130", "Is this so?", None, None, "x1"],
        ["select_one yn", "Came", "Did you come?", "Êtes-vous venu ?", None, "yes"],
        ["end group"],
        ["select_multiple topics or_other", "topics", "Which topics?", "Quels sujets ?", None, None, "${Came} = 'yes'",
         "not(selected(., 'none') and count-selected(.) > 1)"],
        ["range", "nps", "Would you recommend it?", None, None, None, None, None, None, None, "start=0 end=10 step=1"],
        ["select_one scale", "useful", "It was useful.", None, None, None, None, None, None, "likert"],
    ]  # fmt: skip
    choices = [
        ["list_name", "name", "label::English (en)", "label::Français (fr)"],
        ["yn", "yes", "Yes", "Oui"],
        ["yn", "no", "No", "Non"],
        ["topics", "trade", "Trade", "Commerce"],
        ["topics", "none", "None", "Aucun"],
        *(["scale", number, label] for number, label in enumerate(["Not at all", "Little", "Some", "Much", "Very"], 1)),
    ]

    reading = read(survey, choices)

    assert reading.problems == ()
    assert reading.notes == (
        "survey sheet, row 2: “start” is left out: nobody is asked for it.",
        "survey sheet: the column “$kuid” is left out.",
    )
    group, topics, other, nps, useful = reading.form.items
    assert isinstance(group, FormGroup)
    assert (group.appearance, group.label, group.translations) == (
        "field-list",
        "About you",
        {"fr": {"label": "Sur vous"}},
    )
    assert group.items[0] == FormQuestion(
        "_1_Age", "integer", "Your age", "In years", {"fr": {"label": "Votre âge"}}, is_required=True,
        constraint=". >= 0 and . < 130", constraint_message="Is this so?",
    )  # fmt: skip
    assert (group.items[1].kind, group.items[1].choices) == ("yes_no", ())
    assert topics.choices == (
        FormChoice("trade", "Trade", {"fr": {"label": "Commerce"}}),
        FormChoice("none", "None", {"fr": {"label": "Aucun"}}, is_exclusive=True),
        FormChoice("other", "Other", {"fr": {"label": "Autre"}}, is_other=True),
    )
    assert topics.constraint == ""
    assert (other.name, other.kind, other.relevant) == ("topics_other", "text", "selected(${topics}, 'other')")
    assert (nps.kind, nps.parameters) == ("rating", {"start": "0", "end": "10", "step": "1"})
    assert (useful.kind, useful.parameters, useful.choices[4].label) == ("rating", {}, "Very")


def test_everything_unsupported_is_named_row_by_row():
    survey = [
        [*HEAD, "calculation", "default", "choice_filter", "media::image", "required", "relevant"],
        ["begin_repeat", "people", "People"],
        ["text", "who", "Who?"],
        ["end_repeat"],
        ["calculate", "sum", None, "1 + 1"],
        ["geopoint", "where", "Where?"],
        ["image", "photo", "A photo"],
        ["select_one_from_file x.csv", "file", "Which?"],
        ["text", "first", "Name?", None, "Ana"],
        ["text", "picture", "See?", None, None, None, "a.png"],
        ["text", "perhaps", "Why?", None, None, None, None, "${first} = 'x'"],
        ["text", "called", "Dear ${first}, why?"],
        ["text", "there", "Why?", None, None, None, None, None, "pulldata('a', 'b', 'c', 'd') = 1"],
        RATE,
    ]

    assert problems(survey) == [
        "survey sheet, row 2: repeats are not supported. Ask for each answer in a question of its own.",
        "survey sheet, row 5: questions of the type “calculate” are not supported.",
        "survey sheet, row 6: questions of the type “geopoint” are not supported.",
        "survey sheet, row 7: questions of the type “image” are not supported.",
        "survey sheet, row 8: questions of the type “select_one_from_file x.csv” are not supported.",
        "survey sheet, row 9: the column “default” is not supported.",
        "survey sheet, row 10: the column “media” is not supported.",
        "survey sheet, row 11: the column “required” says “${first} = 'x'”; write yes or no.",
        "survey sheet, row 12: texts that take in an answer, such as ${name}, are not supported.",
        "survey sheet, row 13, relevant: At character 1: the function pulldata() is not supported.",
    ]
    kept = read(survey).usable(skip_unsupported=True)
    assert [question.name for question in kept.questions] == ["first", "picture", "perhaps", "called", "wishes"]
    with pytest.raises(Refused, match="The form cannot be loaded as it is:\nsurvey sheet, row 2"):
        read(survey).usable()


@pytest.mark.parametrize(
    "survey, sentence",
    [
        (
            [[*HEAD, "relevant"], ["text", "a", "A", "${b} = '1'"], ["text", "b", "B", "${a} = '1'"]],
            "survey sheet, row 2: These questions wait for each other, so that none can ever be shown: a → b → a. "
            "Change one condition.",
        ),
        (
            [[*HEAD, "relevant"], ["text", "a", "A", "${a} = '1'"]],
            "survey sheet, row 2: The condition of “a” asks about “a” itself. Ask about an earlier question.",
        ),
        (
            [[*HEAD, "relevant"], ["text", "a", "A", "${b} = '1'"], ["text", "b", "B"]],
            "survey sheet, row 2: “a” asks about “b”, which comes later. Move “b” before it.",
        ),
        (
            [[*HEAD, "relevant"], ["begin_group", "g", "G", "${a} = '1'"], ["text", "a", "A"], ["end_group"]],
            "survey sheet, row 2: “g” asks about “a”, which comes later. Move “a” before it.",
        ),
        (
            [[*HEAD, "relevant"], ["text", "a", "A", "${gone} = '1'"]],
            "survey sheet, row 2: “a” refers to ${gone}, and there is no question of this name.",
        ),
        (
            [[*HEAD, "constraint"], ["text", "a", "A", ". = yes"]],
            "survey sheet, row 2, constraint: At character 5: write “yes” as 'yes' if it is a text, as ${yes} if it is a "
            "question.",
        ),
        (
            [[*HEAD, "relevant"], ["text", "a", "A", ". = 'x'"]],
            "survey sheet, row 2, relevant: “.” stands for the answer to this very question, which is not given yet. "
            "Write ${name}.",
        ),
        ([HEAD, ["select_one gone", "a", "A"]], "survey sheet, row 2: the choices sheet has no list “gone”."),
        ([HEAD, RATE, RATE], "survey sheet, row 3: the name “wishes” is used already: survey sheet, row 2."),
        ([HEAD, ["text", "a"]], "survey sheet, row 2: the question “a” has no label in the form’s language."),
        ([HEAD, ["text", None, "A"]], "survey sheet, row 2: the row has no name. Fill in the column “name”."),
        (
            [HEAD, ["text", "a b", "A"]],
            "survey sheet, row 2: “a b”: Use letters from a to z, digits and underscores, beginning with no digit.",
        ),
        ([HEAD, [None, "a", "A"]], "survey sheet, row 2: the row has no type."),
        (
            [HEAD, ["begin_group", "g", "G"], RATE],
            "survey sheet, row 2: the group “g” begins and never ends. Add a row “end_group”.",
        ),
        ([HEAD, RATE, ["end_group"]], "survey sheet, row 3: this row ends a group, and none has begun."),
        (
            [HEAD, ["note", "a", "A" * 2001]],
            "survey sheet, row 2: “" + "A" * 40 + "…” is too long: 2001 characters, and there is room for 2000.",
        ),
        (
            [HEAD, ["text", "a", "=A1"]],
            "survey sheet, row 2: a cell holds a formula without its result. Put the text itself into the cell.",
        ),
        (
            [[*HEAD, "parameters"], ["range", "a", "A", "start=1 end=1000"]],
            "survey sheet, row 2: the range must go from start to end in steps, with 101 values at most.",
        ),
        (
            [[*HEAD, "baraza_kind"], ["select_one l", "a", "A", "rating"]],
            "survey sheet, row 2: the kind “rating” does not fit the question’s options.",
        ),
        ([HEAD, ["start", "start"]], "survey sheet: there is no question in it."),
        ([[*HEAD, "label::English (en)"], RATE], "survey sheet: there are two columns “label::English (en)”."),
    ],
)
def test_a_bad_row_is_named_with_what_to_do(survey, sentence):
    choices = [["list_name", "name", "label::English (en)"], ["l", "a", "A"], ["l", "b", "B"]]

    assert sentence in problems(survey, choices)


def test_bad_options_are_named():
    choices = [
        ["list_name", "name", "label"],
        ["l", "a", "A"],
        ["l", "a", "B"],
        ["l", None, "C"],
        ["l", "c"],
        [None, "d", "D"],
    ]

    assert problems([["type", "name", "label"], ["select_one l", "q", "Q"]], choices) == [
        "choices sheet, row 3: the list “l” has the option “a” twice.",
        "choices sheet, row 4: the option has no value. Fill in the column “name”.",
        "choices sheet, row 5: the option “c” has no label in the form’s language.",
        "choices sheet, row 6: the option has no list. Fill in the column “list_name”.",
    ]


@pytest.mark.parametrize(
    "sheet, sentence",
    [
        (None, "settings sheet: the form has no id. Fill in the column “form_id” in the sheet “settings”."),
        (
            [["form_title", "form_id", "default_language"], ["T", "f", "Kiswahili (sw)"]],
            "settings sheet: the form’s language “Kiswahili (sw)” is none of: العربية, 中文, English, Français, Русский, "
            "Español. Name one of them as “default_language”.",
        ),
        (
            [["form_title", "form_id", "baraza_kind"], ["T", "f", "later"]],
            "settings sheet: the kind “later” is none of: post_training, pre_training, session_pulse.",
        ),
        (
            [["form_title", "form_id", "opens_at"], ["T", "f", "soon"]],
            "settings sheet: “soon” in the column “opens_at” is no moment such as 2026-11-30 18:00.",
        ),
        (
            [["form_title", "form_id"], ["T", "f.1"]],
            "settings sheet: “f.1”: Use letters from a to z, digits, underscores and hyphens.",
        ),
        (
            [["form_title", "form_id", "session"], ["T", "f", "9" * 5000]],
            f"settings sheet: “{'9' * 60}” is no number of a session.",
        ),
    ],
)
def test_bad_settings_are_named(sheet, sentence):
    assert sentence in problems([HEAD, RATE], settings=sheet)


def test_a_moment_without_an_offset_is_in_the_programmes_zone():
    settings = [
        ["form_title", "form_id", "opens_at", "closes_at"],
        ["T", "f", "2026-12-01 08:00", "2026-12-05T18:00:00+00:00"],
    ]

    form = read([HEAD, RATE], settings=settings).form

    assert form.opens_at.isoformat() == "2026-12-01T08:00:00+03:00"
    assert form.closes_at.isoformat() == "2026-12-05T18:00:00+00:00"


def refusal(content):
    with pytest.raises(Refused) as refused:
        read_form(content, zone=ZONE)
    return str(refused.value)


def with_part(content, name):
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, b"x")
    return file.getvalue()


def test_what_is_no_form_is_refused_in_a_sentence():
    good = book([HEAD, RATE])
    assert refusal(b"") == "The workbook is empty. An XLSForm has a sheet “survey” with a row for each question."
    assert refusal(b"type,name\n") == (
        "This is no workbook. Save the form as an Excel workbook (.xlsx), and upload that."
    )
    assert refusal(b"\xd0\xcf\x11\xe0" + b"x" * 600) == (
        "This is a workbook of the old kind (.xls). Open it in a spreadsheet program, save it as .xlsx, and upload that."
    )
    assert "macros" in refusal(with_part(good, "xl/vbaProject.bin"))
    assert refusal(book(None, settings=SETTINGS)) == (
        "This is no XLSForm: there is no sheet “survey” with a row for each question."
    )
    assert refusal(book([["question"], ["Why?"]])) == (
        "This is no XLSForm: the sheet “survey” needs the columns “type” and “name” in its first row."
    )
    assert refusal(book([HEAD, *(["text", f"q{n}", "Q"] for n in range(1_001))])) == (
        "The sheet “survey” has 1002 rows; at most 1000 are read. Make two surveys of it."
    )


def test_a_form_of_ten_thousand_rows_is_refused():
    rows = [HEAD, *(["text", f"q{n}", "Q"] for n in range(10_000))]

    assert refusal(book(rows)) == "The sheet “survey” has 10001 rows; at most 1000 are read. Make two surveys of it."


def test_lists_and_their_use_are_bounded():
    choices = [["list_name", "name", "label"], *(["l", f"v{n}", "V"] for n in range(401))]
    survey = [["type", "name", "label"], *(["select_one l", f"q{n}", "Q"] for n in range(26))]

    assert problems(survey, choices) == [
        "choices sheet: the list “l” has 401 options; at most 400 are read.",
        "survey sheet: its questions have 10400 options together; at most 10000 are kept.",
    ]


def test_groups_do_not_stand_inside_each_other_without_end():
    survey = [
        HEAD,
        *(["begin_group", f"g{n}", "G"] for n in range(400)),
        RATE,
        *[["end_group"]] * 400,
        ["text", "a", "A"],
    ]

    reading = read(survey)

    assert [str(problem) for problem in reading.problems] == [
        "survey sheet, row 12: groups stand inside each other more than 10 deep."
    ]
    assert [question.name for question in reading.form.questions] == ["a"]


def test_pyxform_has_a_word_in_it():
    survey = [HEAD, ["begin_group", "meta", "Meta"], RATE, ["end_group"]]

    assert problems(survey)[0].startswith("survey sheet: the check by pyxform, as ODK and Kobo make it, failed: ")


def test_what_is_written_holds_no_formula():
    form = read([HEAD, ["text", "a", "Why?"]]).form
    evil = form.__class__(**{**form.__dict__, "title": "=HYPERLINK(1)"})

    cells = [cell for sheet in load_workbook(io.BytesIO(written(evil))) for row in sheet for cell in row]

    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}

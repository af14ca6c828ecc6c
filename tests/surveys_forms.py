"""Workbooks of forms for tests, and random forms."""

import datetime as dt
import io
import zoneinfo

from hypothesis import strategies as st
from openpyxl import Workbook

from surveys.statistics import rating_values
from surveys.xlsform import Form, FormChoice, FormGroup, FormQuestion
from surveys.xlsform.options import bare_number, is_standard

ZONE = zoneinfo.ZoneInfo("Africa/Nairobi")
SETTINGS = [["form_title", "form_id", "default_language"], ["Feedback", "feedback", "English (en)"]]


def book(survey, choices=None, settings=SETTINGS, **others):
    """A workbook of these sheets, each a list of rows of which the first holds the heads."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for title, rows in {"survey": survey, "choices": choices, "settings": settings, **others}.items():
        if rows is not None:
            sheet = workbook.create_sheet(title)
            for row in rows:
                sheet.append(row)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


WORDS = st.one_of(
    st.sampled_from(
        [
            "=1+1",
            "+41 22",
            "#N/A",
            "_x0041_",
            "Vraiment\u00a0?",
            "a\nb",
            "كيف؟",
            "什么？",
            "👩🏽‍🏫 ok",
            'it\'s "so"',
            "<b>&amp;",
            "3",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co", "Z"], include_characters=" \n"), max_size=30),
).map(lambda text: text.replace("${", "$ {").strip() or "Words")
LANGUAGES = ["fr", "ar", "zh-hans", "sw", "pt-br", "Ngambay"]


@st.composite
def versions(draw, *names):
    languages = draw(st.lists(st.sampled_from(LANGUAGES), unique=True, max_size=2))
    return {
        code: draw(st.dictionaries(st.sampled_from(names), WORDS, min_size=1, max_size=len(names)))
        for code in languages
    }


SCALES = [
    {},
    {"start": "0", "end": "10", "step": "1"},
    {"start": "5", "end": "1", "step": "-1"},
    {"start": "0", "end": "1", "step": "0.5"},
]
VALUES = st.from_regex(r"[A-Za-z0-9_.+/é\-]{1,8}", fullmatch=True)


@st.composite
def choices_of(draw, values):
    return tuple(
        FormChoice(value, draw(WORDS), draw(versions("label")), draw(st.booleans()), draw(st.booleans()))
        for value in values
    )


@st.composite
def questions(draw, number, before):
    kind = draw(
        st.sampled_from(
            "rating yes_no select_one select_multiple rank integer decimal date text note".split()  # noqa: SIM905
        )
    )
    name = f"{draw(st.sampled_from(['q', 'Q', '_q']))}{number}"
    parameters, choices = {}, ()
    if kind == "rating":
        parameters = draw(st.sampled_from(SCALES))
        worded = [value for value in rating_values(parameters) if draw(st.booleans())]
        choices = tuple(choice for choice in draw(choices_of(worded)) if not bare_number(choice))
    elif kind == "yes_no":
        worded = [value for value in ("yes", "no") if draw(st.booleans())]
        choices = tuple(choice for choice in draw(choices_of(worded)) if not is_standard(choice, "en"))
    elif kind in ("select_one", "select_multiple", "rank"):
        values = draw(
            st.one_of(
                st.lists(VALUES, min_size=1, max_size=4, unique=True),
                st.sampled_from([["yes", "no"], ["1", "2", "3", "4", "5"]]),
            )
        )
        choices = draw(choices_of(values))
    relevant = draw(st.sampled_from(["", *(f"${{{other}}} != ''" for other in before)]))
    return FormQuestion(
        name,
        kind,
        draw(WORDS),
        draw(st.sampled_from(["", "A hint"])),
        draw(versions("label", "hint", "constraint_message", "required_message")),
        is_required=kind != "note" and draw(st.booleans()),
        required_message=draw(st.sampled_from(["", "Please."])),
        relevant=relevant,
        constraint=draw(st.sampled_from(["", ". != 'x'", "string-length(.) < 50 or . = ''"])),
        constraint_message=draw(st.sampled_from(["", "No."])),
        appearance=draw(st.sampled_from(["", "likert", "minimal", "columns-pack"])),
        parameters=parameters,
        list_name=draw(st.sampled_from(["", f"list_{number}", "shared"])) if choices else "",
        choices=choices,
        counts_for_validity=draw(st.booleans()),
        bank_key=draw(st.sampled_from(["", "nps"])),
    )


@st.composite
def items_of(draw, numbers, before, depth=0):
    found = []
    for _ in range(draw(st.integers(1, 4))):
        if depth < 2 and draw(st.integers(0, 3)) == 0:
            name, relevant = (
                f"g{next(numbers)}",
                draw(st.sampled_from(["", *(f"${{{other}}} = '1'" for other in before)])),
            )
            label, texts = draw(st.sampled_from(["", "Part"])), draw(versions("label"))
            appearance = draw(st.sampled_from(["", "field-list"]))
            found.append(
                FormGroup(name, label, texts, appearance, relevant, draw(items_of(numbers, before, depth + 1)))
            )
        else:
            question = draw(questions(next(numbers), tuple(before)))
            before.append(question.name)
            found.append(question)
    return tuple(found)


@st.composite
def forms(draw):
    """Any form that Baraza supports, in English with versions in other languages."""
    items = draw(items_of(iter(range(1000)), []))
    shared = {}
    opens = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=draw(st.integers(0, 10**8)))
    return Form(
        form_id=draw(st.sampled_from(["feedback", "aXy-12_3", "7days"])),
        title=draw(WORDS).replace("\n", " "),
        language="en",
        items=_one_list_each(items, shared),
        introduction=draw(st.sampled_from(["", "Hello.\n\nThank you."])),
        thanks=draw(st.sampled_from(["", "Thanks!"])),
        translations=draw(versions("title", "introduction", "thanks")),
        version=draw(st.sampled_from(["", "2026-11", "3"])),
        kind=draw(st.sampled_from(["post_training", "pre_training"])),
        is_anonymous=draw(st.booleans()),
        opens_at=opens,
        closes_at=opens + dt.timedelta(days=1),
    )


def _one_list_each(items, shared):
    """A list name stands for one list of options only."""
    found = []
    for item in items:
        if isinstance(item, FormGroup):
            found.append(item.__class__(**{**item.__dict__, "items": _one_list_each(item.items, shared)}))
        elif item.list_name and shared.setdefault(item.list_name, (item.kind, item.choices)) != (
            item.kind,
            item.choices,
        ):
            found.append(FormQuestion(**{**item.__dict__, "list_name": f"list_of_{item.name}"}))
        else:
            found.append(item)
    return tuple(found)

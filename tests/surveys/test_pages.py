from hypothesis import given
from hypothesis import strategies as st

from surveys.pages import MOST_GROUPED, MOST_LOOSE, Item, Layout, Section


def keys(layout):
    return [[item.name for item in page.items] for page in layout.pages()]


def says(name, value):
    return lambda answers: answers.get(name) == value


def test_loose_questions_are_parted_evenly():
    layout = Layout(tuple(Item(f"q{n}") for n in range(10)))

    assert [len(page) for page in keys(layout)] == [5, 5]


def test_a_group_is_a_page_and_loose_questions_around_it_are_others():
    layout = Layout(
        (Item("a"), Item("b", "one"), Item("c", "one"), Item("d"), Item("e", "two")),
        {"one": Section("one"), "two": Section("two")},
    )

    assert keys(layout) == [["a"], ["b", "c"], ["d"], ["e"]]


def test_a_field_list_is_one_page_however_long_and_wherever_it_stands():
    items = (Item("a", "outer"), *(Item(f"b{n}", "inner") for n in range(20)), Item("c", "outer"))
    layout = Layout(items, {"outer": Section("outer"), "inner": Section("inner", "outer", is_page=True)})

    assert [len(page) for page in keys(layout)] == [1, 20, 1]


def test_a_group_inside_a_page_stays_on_it():
    layout = Layout(
        (Item("a", "page"), Item("b", "matrix")),
        {"page": Section("page", is_page=True), "matrix": Section("matrix", "page", is_matrix=True)},
    )

    assert keys(layout) == [["a", "b"]]


def test_a_matrix_is_not_parted_and_a_note_stays_with_what_follows():
    items = (
        *(Item(f"q{n}", "g") for n in range(7)),
        *(Item(f"m{n}", "m") for n in range(6)),
        Item("note", "g", is_note=True),
        Item("last", "g"),
    )
    layout = Layout(items, {"g": Section("g"), "m": Section("m", "g", is_matrix=True)})

    assert keys(layout) == [
        [f"q{n}" for n in range(7)],
        [*(f"m{n}" for n in range(6)), "note", "last"],
    ]


def test_another_answer_stays_beside_its_question():
    items = (*(Item(f"q{n}") for n in range(4)), Item("q", ""), Item("q_other", other_of=("q", "other")))
    more = tuple(Item(f"r{n}") for n in range(4))

    assert any({"q", "q_other"} <= set(page) for page in keys(Layout(items + more)))


def test_a_pulse_is_one_page():
    layout = Layout(tuple(Item(f"q{n}", "g") for n in range(30)), {"g": Section("g", is_page=True)}, is_one_page=True)

    assert [len(page) for page in keys(layout)] == [30]


def test_what_depends_on_what_is_not_shown_is_not_shown():
    layout = Layout(
        (
            Item("a"),
            Item("b", is_relevant=says("a", "yes")),
            Item("c", is_relevant=says("b", "yes")),
            Item("d", is_relevant=says("c", "yes")),
        )
    )
    answers = {"a": "yes", "b": "yes", "c": "yes", "d": "yes"}

    assert layout.shown(answers) == {"a", "b", "c", "d"}
    assert layout.shown({**answers, "a": "no"}) == {"a"}


def test_conditions_may_look_forwards_and_groups_have_them_too():
    layout = Layout(
        (Item("a", is_relevant=says("z", "yes")), Item("b", "g"), Item("z")),
        {"g": Section("g", "around"), "around": Section("around", is_relevant=says("a", "yes"))},
    )

    assert layout.shown({"a": "yes", "z": "yes"}) == {"a", "b", "z"}
    assert layout.shown({"a": "yes", "z": "no"}) == {"z"}


def test_a_text_beside_an_option_is_offered_always_and_counts_only_with_the_option():
    layout = Layout((Item("a"), Item("a_other", other_of=("a", "other"))))
    page = layout.pages()[0]

    assert layout.shown({"a": "x"}) == {"a"}
    assert layout.shown({"a": "x other"}) == {"a", "a_other"}
    assert [item.name for item in layout.offered(page, layout.shown({"a": "x"}))] == ["a", "a_other"]


def test_conditions_in_a_circle_end():
    layout = Layout((Item("a", is_relevant=lambda answers: "b" not in answers), Item("b", is_relevant=says("a", "1"))))

    assert layout.shown({"a": "1", "b": "1"}) <= {"a", "b"}


def test_a_survey_without_questions_has_no_page():
    assert Layout(()).pages() == ()


@st.composite
def layouts(draw):
    sections = {}
    for number in range(draw(st.integers(0, 4))):
        parent = draw(st.sampled_from(["", *sections]))
        name = f"g{number}"
        sections[name] = Section(name, parent, is_page=draw(st.booleans()), is_matrix=draw(st.booleans()))
    names = st.sampled_from(["", *sections])
    items = tuple(Item(f"q{n}", draw(names), is_note=draw(st.booleans())) for n in range(draw(st.integers(0, 40))))
    return Layout(items, sections)


@given(layouts())
def test_every_item_is_on_one_page_in_its_place(layout):
    assert [name for page in keys(layout) for name in page] == [item.name for item in layout.items]
    assert all(keys(layout))


@given(st.lists(st.booleans(), max_size=60), st.booleans())
def test_pages_without_a_matrix_are_never_too_long(notes, is_grouped):
    sections = {"g": Section("g")}
    items = tuple(Item(f"q{n}", "g" if is_grouped else "", is_note=is_note) for n, is_note in enumerate(notes))

    lengths = [sum(not item.is_note for item in page.items) for page in Layout(items, sections).pages()]

    assert max(lengths, default=0) <= (MOST_GROUPED if is_grouped else MOST_LOOSE)

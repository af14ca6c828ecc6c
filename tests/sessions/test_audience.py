"""Tables of audience figures: read in six languages, taken whole or not at all, undone as one."""

import pytest

from sessions.actions import BadLines, enter_audience, import_audience, undo_audience
from sessions.actions.materials import CHANNEL
from sessions.audience import Key, Known, Problem, Wrong, columns_of, count_of, read_lines, session_word
from sessions.errors import Refused
from sessions.models import AudienceBatch, AudienceFigure
from tests.registrations_factories import NOW, ProgrammeFactory
from tests.sessions.report_files import as_workbook
from tests.sessions_factories import AFTERWARDS, AudienceFigureFactory, TrainingSessionFactory

KNOWN = Known({"1": 11, "2": 12, "theme 2": 12}, ["YouTube"], CHANNEL)
LONG = ["session", "channel", "kind", "count"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("4874930", 4874930), ("4,874,930", 4874930), ("4.874.930", 4874930), ("4 874 930", 4874930),
        ("4\u202f874\u202f930", 4874930), ("٤٬٨٧٤", 4874), ("12.0", 12), ("0", 0),
        ("", None), ("-3", None), ("1.5", None), ("1,23", None), ("many", None), ("9" * 4400, None), ("²", None),
    ],
)  # fmt: skip
def test_counts_are_read_as_people_write_them(text, count):
    assert count_of(text) == count


@pytest.mark.parametrize("text", ["2", "Session 2", "  2. ", "Séance 2", "THEME 2", "٢"])
def test_sessions_are_named_by_number_or_title(text):
    assert KNOWN.sessions[session_word(text)] == 12


@pytest.mark.parametrize(
    "heads",
    [
        ["Session", "Platform", "Type", "Number"],
        ["Séance", "Canal", "Type", "Nombre"],
        ["Sesión", "Plataforma", "Tipo", "Cantidad"],
        ["Занятие", "Канал", "Вид", "Количество"],
        ["培训场次", "渠道", "类型", "数量"],
        ["جلسة", "القناة", "النوع", "العدد"],
    ],
)
def test_heads_are_known_in_six_languages(heads):
    columns = columns_of(heads)
    assert (columns.session, columns.channel, columns.kind, columns.count) == (0, 1, 2, 3)


def test_long_and_wide_tables_say_the_same():
    long = read_lines(
        [(2, ["1", "youtube", "live views", "5"]), (3, ["1", "youtube", "Downloads", "7"])], columns_of(LONG), KNOWN
    )
    wide = read_lines(
        [(2, ["1", "youtube", "5", "", "7"]), (3, ["", "", "", "", ""])],
        columns_of(["session", "channel", "live_views", "Playbacks", "slide downloads"]),
        KNOWN,
    )
    expected = {Key(11, "live_views", "YouTube"): 5, Key(11, "slide_downloads", "YouTube"): 7}
    assert (dict(long.figures), dict(wide.figures), long.problems, wide.problems) == (expected, expected, (), ())


def test_each_bad_line_is_named_with_what_is_wrong():
    lines = [
        (2, ["9", "X", "live", "1"]), (3, ["1", "", "live", "1"]), (4, ["1", "baraza", "live", "1"]),
        (5, ["1", "X", "applause", "1"]), (6, ["1", "X", "live", "some"]), (7, ["1", "X", "live", "3"]),
        (8, ["1", "x", "live", "4"]),
    ]  # fmt: skip
    found = read_lines(lines, columns_of(LONG), KNOWN)
    assert found.problems == (
        Problem(2, Wrong.SESSION, "9"), Problem(3, Wrong.CHANNEL, ""), Problem(4, Wrong.OWN_CHANNEL, "baraza"),
        Problem(5, Wrong.KIND, "applause"), Problem(6, Wrong.COUNT, "some"), Problem(8, Wrong.TWICE, "X"),
    )  # fmt: skip
    wide = columns_of(["session", "channel", "playbacks"])
    assert read_lines([(2, ["1", "X", ""])], wide, KNOWN).problems == (Problem(2, Wrong.NOTHING, "X"),)
    assert columns_of(["session", "views"]) is None


def figures(programme):
    rows = AudienceFigure.objects.filter(session__programme=programme)
    return {(row.session.number, row.kind, row.channel): row.count for row in rows.select_related("session")}


CSV = b"session;channel;live views;playbacks\n1;YouTube;1 000;20\nTheme 2;Radio;5;\n"


@pytest.mark.django_db
def test_file_is_taken_once_replaces_what_it_names_and_is_undone_exactly():
    session = TrainingSessionFactory()
    programme = session.programme
    TrainingSessionFactory(programme=programme)
    AudienceFigureFactory(session=session, channel="YouTube", count=3)
    AudienceFigureFactory(session=session, channel="Radio", count=4)
    before = figures(programme)
    batch = import_audience(programme, file_name="a.csv", content=CSV, now=NOW)
    after = {
        (1, "live_views", "YouTube"): 1000,
        (1, "live_views", "Radio"): 4,
        (1, "playbacks", "YouTube"): 20,
        (2, "live_views", "Radio"): 5,
    }
    assert (figures(programme), batch.size) == (after, 3)
    with pytest.raises(Refused, match="brought in already"):
        import_audience(programme, file_name="b.csv", content=CSV, now=NOW)
    assert import_audience(programme, file_name="c.csv", content=CSV + b"\n", now=NOW) is None
    assert (undo_audience(batch, now=AFTERWARDS), figures(programme)) == (0, before)
    assert (undo_audience(batch, now=AFTERWARDS), figures(programme)) == (0, before)
    import_audience(programme, file_name="a.csv", content=CSV, now=NOW)
    assert (figures(programme), AudienceBatch.objects.count()) == (after, 2)


@pytest.mark.django_db
def test_undoing_leaves_what_was_changed_since():
    session = TrainingSessionFactory()
    key, other = (Key(session.pk, "live_views", name) for name in ("A", "B"))
    batch = enter_audience(session.programme, {key: 1, other: 2}, now=NOW)
    enter_audience(session.programme, {key: 9}, now=NOW)
    assert undo_audience(batch, now=NOW) == 1
    assert figures(session.programme) == {(1, "live_views", "A"): 9}
    enter_audience(session.programme, {key: None}, now=NOW)
    assert figures(session.programme) == {}


@pytest.mark.django_db
def test_undoing_the_earlier_batch_first_leaves_nothing_of_either():
    session = TrainingSessionFactory()
    key, again = (Key(session.pk, "live_views", name) for name in ("A", "B"))
    first = enter_audience(session.programme, {key: 1, again: 5}, now=NOW)
    enter_audience(session.programme, {again: 6}, now=NOW)
    enter_audience(session.programme, {again: 5}, now=NOW)
    last = enter_audience(session.programme, {key: 9, again: 9}, now=NOW)
    assert [undo_audience(batch, now=AFTERWARDS) for batch in (first, last)] == [2, 0]
    assert figures(session.programme) == {(1, "live_views", "B"): 5}  # entered a second time, by a batch that stands


@pytest.mark.django_db
def test_one_bad_line_leaves_everything_as_it_was():
    session = TrainingSessionFactory()
    with pytest.raises(BadLines) as refused:
        import_audience(session.programme, file_name="a.csv", content=CSV, now=NOW)
    assert refused.value.problems == (Problem(3, Wrong.SESSION, "Theme 2"),)
    for content in (b"", b"%PDF-1.4", b"a;b\n1;2\n"):
        with pytest.raises(Refused):
            import_audience(session.programme, file_name="a.csv", content=content, now=NOW)
    assert (figures(session.programme), AudienceBatch.objects.count()) == ({}, 0)


@pytest.mark.django_db
def test_workbook_is_read_and_a_title_of_two_sessions_names_neither():
    programme = ProgrammeFactory()
    for _number in (1, 2):
        TrainingSessionFactory(programme=programme, theme="Trade")
    content = as_workbook({"A": [["Séance", "Canal", "Type", "Nombre"], [2, "Radio", "vues en direct", 1234]]})
    import_audience(programme, file_name="a.xlsx", content=content, now=NOW)
    assert figures(programme) == {(2, "live_views", "Radio"): 1234}
    with pytest.raises(BadLines):
        import_audience(programme, file_name="b.csv", content=b"session,channel,live\nTrade,Radio,1\n", now=NOW)

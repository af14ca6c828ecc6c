import datetime as dt
from collections import Counter
from random import Random

import pytest

from surveys import columns, sealing, segments
from surveys.base import Definition
from surveys.columns import Kept, Sheet, forget, sheets_of
from surveys.models import Response, ResponseSegment
from surveys.results import SurveyReading
from surveys.sealing import seal, seal_due, wrong_segments
from surveys.segments import encode, read, written
from surveys.tasks import seal_large_surveys
from tests.surveys_factories import NOW, QuestionFactory, SurveyFactory

pytestmark = pytest.mark.django_db

LATER = NOW + dt.timedelta(days=30)
KINDS = {
    "overall": ("rating", None),
    "useful": ("select_multiple", ["cases", "practice"]),
    "order": ("rank", ["a", "b"]),
    "age": ("integer", None),
    "wishes": ("text", None),
}
STRICT = Definition(
    1, "Strict", ("ngo", "private"), must_be_complete=True, least_seconds=60, leaves_out_duplicates=True
)


@pytest.fixture(autouse=True)
def _small_and_empty(monkeypatch):
    """Segments of ten responses, and none at hand from another test."""
    monkeypatch.setattr(columns, "MOST_RESPONSES", 10)
    monkeypatch.setattr(sealing, "MOST_RESPONSES", 10)
    monkeypatch.setattr(columns, "kept", Kept(10**6))


def survey_of(responses, seed=1, **about):
    survey = SurveyFactory(**about)
    for name, (kind, options) in KINDS.items():
        QuestionFactory(
            survey=survey, name=name, kind=kind, options=options, counts_for_validity=name in {"overall", "age"}
        )
    add(survey, responses, Random(seed))
    return survey


def add(survey, responses, random):
    Response.objects.bulk_create(
        Response(
            survey=survey,
            answers=answers(random),
            language=random.choice(["en", "ar", ""]),
            submitted_at=NOW,
            gender=random.choice(["female", "male", ""]),
            sector=random.choice(["ngo", "private", "academia"]),
            country=random.choice(["KE", "NP", "", "ZZ"]),
            region=random.choice(["Asia", ""]),
            language_followed=random.choice(["en", "fr", ""]),
            sessions_attended=random.choice([None, 0, 2, 6]),
            seconds=random.choice([None, 5, 59, 60, 900]),
            is_finished=random.random() < 0.9,
            is_test=random.random() < 0.1,
            is_duplicate=random.random() < 0.1,
        )
        for _ in range(responses)
    )


def answers(random):
    given = {
        "overall": random.choice(["1", "5", "5", "", "9"]),
        "useful": random.choice(["cases", "cases practice", "", "zzz"]),
        "order": random.choice(["a b", "b a", ""]),
        "age": random.choice(["30", "31.0", "x", ""]),
        "wishes": random.choice(["More, مزيد من الحالات", "", "Nothing"]),
    }
    return {name: value for name, value in given.items() if random.random() < 0.8}


def figures(survey, definition=STRICT):
    """Everything that is computed of a survey."""
    reading = SurveyReading.of(survey, definition)
    selections = (
        {},
        {"gender": "female"},
        {"gender": "male", "region": "Africa"},
        {"overall": "5", "useful/cases": "yes"},
    )
    return [
        (
            reading.results(where),
            reading.results_by("sector", where),
            reading.results_by("attendance", where),
            reading.results_by("language_followed", where),
            reading.cross("ldc", "order", where),
            reading.valid_keys(where, answering="wishes"),
        )
        for where in selections
    ]


def test_a_segment_is_read_as_it_was_written():
    people = [
        ("female", "ngo", "KE", "Africa", "en", "fr", "3", "", "100"),
        ("", "", "", "", "ar", "", "", "12", "010"),
    ]
    answers = [{"overall": "5", "wishes": "Schön"}, {"overall": ""}]
    questions = {"overall": False, "wishes": True, "gone": False}
    segment = encode([7, 2**61], list(zip(*people, strict=True)), answers, questions)

    again = read(written(segment))

    assert again.keys.tolist() == [7, 2**61]
    assert (again.person["country"].values, again.person["country"].codes.tolist()) == (("KE", ""), [0, 1])
    assert again.answers["overall"].values == ("5", "")
    assert again.answers["wishes"].values == ("text", None)
    assert again.answers["gone"].values == (None,)
    assert written(again) == written(segment)
    assert b"Sch" not in written(segment)


def test_codes_are_as_narrow_as_they_can_be():
    def width(values):
        return segments.Column.of(map(str, range(values))).codes.dtype.itemsize

    assert [width(n) for n in (1, 256, 257, 65_536, 65_537)] == [1, 1, 2, 2, 4]


def test_a_sealed_survey_says_what_its_rows_say():
    survey = survey_of(57)
    from_rows = figures(survey)

    assert seal(survey, now=NOW) == 6

    assert figures(survey) == from_rows
    assert list(survey.segments.values_list("responses", flat=True)) == [10] * 5 + [7]
    assert wrong_segments(survey) == []
    assert len(sheets_of(survey, SurveyReading.of(survey).questions)) == 6


def test_what_comes_after_sealing_is_read_beside_it_and_sealed_next():
    survey = survey_of(25)
    seal(survey, now=NOW)
    add(survey, 9, Random(2))
    from_both = figures(survey)

    assert seal(survey, now=NOW) == 2
    assert list(survey.segments.values_list("responses", flat=True)) == [10, 10, 10, 4]
    assert figures(survey) == from_both
    assert seal(survey, now=NOW) == 0

    ResponseSegment.objects.all().delete()
    assert figures(survey) == from_both


def test_sealing_waits_until_it_is_worth_it(monkeypatch):
    small, large = survey_of(5), survey_of(20)
    monkeypatch.setattr(sealing, "SEALED_FROM", 20)
    monkeypatch.setattr(sealing, "LEAST_UNSEALED", 8)

    assert (seal_due(now=NOW), seal_due(now=NOW)) == (2, 0)
    add(large, 7, Random(3))
    assert seal_due(now=NOW) == 0
    add(large, 1, Random(4))
    assert seal_due(now=NOW) == 1
    assert (small.segments.count(), large.segments.count()) == (0, 3)


def test_an_anonymous_survey_is_sealed_after_it_closed():
    survey = survey_of(12, is_anonymous=True)

    assert (seal(survey, now=survey.closes_at), survey.segments.count()) == (0, 0)
    assert seal(survey, now=LATER) == 2


def test_forgotten_segments_are_made_anew():
    survey, other = survey_of(30), survey_of(11)
    seal(survey, now=NOW)
    seal(other, now=NOW)
    survey.responses.filter(gender="female").delete()
    forget(survey)

    assert (survey.segments.count(), other.segments.count()) == (0, 2)
    assert SurveyReading.of(survey).respondents_by("gender")["female"] == 0


def test_a_sweep_finds_deleted_and_late_rows_that_nobody_told_of():
    survey = survey_of(30)
    seal(survey, now=NOW)
    second = list(survey.responses.order_by("pk").values_list("pk", flat=True))[10:20]
    survey.responses.filter(pk=second[3]).delete()

    assert seal(survey, now=NOW) == 2
    assert (wrong_segments(survey), list(survey.segments.values_list("responses", flat=True))) == ([], [10, 10, 9])
    Response.objects.create(pk=second[3], survey=survey, language="en", submitted_at=NOW)
    assert seal(survey, now=NOW) == 2
    assert wrong_segments(survey) == []


def test_a_changed_row_is_found_by_the_check():
    survey = survey_of(20)
    seal(survey, now=NOW)
    last = survey.responses.order_by("pk").last()
    Response.objects.filter(pk=last.pk).update(gender="another")

    assert wrong_segments(survey) == [survey.segments.last().pk]


def test_segments_of_another_form_are_not_read():
    survey = survey_of(20)
    seal(survey, now=NOW)
    QuestionFactory(survey=survey, name="new", kind="yes_no")
    add(survey, 1, Random(9))
    from_rows = figures(survey)

    assert (
        SurveyReading.of(survey).results().question("new").statistics.responses == SurveyReading.of(survey).results().n
    )
    assert seal(survey, now=NOW) == 3
    assert figures(survey) == from_rows


def test_a_broken_chain_is_read_from_rows():
    survey = survey_of(30)
    seal(survey, now=NOW)
    whole = figures(survey)
    list(survey.segments.all())[1].delete()

    assert figures(survey) == whole


def test_a_tampered_segment_is_refused():
    survey = survey_of(10)
    seal(survey, now=NOW)
    content = bytearray(bytes(survey.segments.get().content))
    content[-1] ^= 1
    survey.segments.update(content=bytes(content))

    with pytest.raises(ValueError, match="is not what was written"):
        SurveyReading.of(survey)


def test_too_many_unsealed_rows_are_a_matter_for_the_background():
    survey = survey_of(30)

    assert SurveyReading.of(survey, most_unsealed=29).is_preparing
    assert not SurveyReading.of(survey, most_unsealed=30).is_preparing
    seal(survey, now=NOW)
    assert SurveyReading.of(survey, most_unsealed=0).results() == SurveyReading.of(survey).results()


def test_segments_are_read_once(django_assert_num_queries):
    survey = survey_of(30)
    seal(survey, now=NOW)
    questions = list(survey.questions.all())

    with django_assert_num_queries(3):
        sheets_of(survey, questions)
    with django_assert_num_queries(2):
        sheets_of(survey, questions)


def test_what_is_kept_is_bounded():
    segment = encode(range(100), [[""] * 100] * 9, [{}] * 100, {})
    keep = Kept(2 * Sheet(segment).size)
    for number in range(3):
        keep.put((number, ""), Sheet(segment))
        keep.get((0, ""))

    assert [keep.get((number, "")) is not None for number in range(3)] == [True, False, True]
    keep.clear()
    assert keep.get((0, "")) is None


def test_the_rules_decide_on_what_is_different_only():
    survey = survey_of(40)
    base = SurveyReading.of(survey, STRICT).results().base
    facts = Counter()
    for response in survey.responses.all():
        missing = sum(not response.answers.get(name) for name in ("overall", "age"))
        facts[
            "test"
            if response.is_test
            else "duplicate"
            if response.is_duplicate
            else "too_fast"
            if (response.seconds or 60) < 60
            else "sector"
            if response.sector == "academia"
            else "incomplete"
            if missing
            else ""
        ] += 1

    assert {reason: count for reason, count in base.excluded if count} == {r: n for r, n in facts.items() if r}
    assert base.n == facts[""]


def test_the_sweep_seals(monkeypatch):
    monkeypatch.setattr(sealing, "SEALED_FROM", 10)
    monkeypatch.setattr(sealing, "LEAST_UNSEALED", 5)
    survey = survey_of(12)

    seal_large_surveys()
    seal_large_surveys()

    assert survey.segments.count() == 2

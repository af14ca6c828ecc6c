"""Random surveys: our figures, by way of rows and of sealed columns, against pandas, which shares no code with ours.

BARAZA_RANDOM_SURVEYS says how many; all 10,000 take half an hour, so a run of the tests takes a few.
"""

import datetime as dt
import os
from dataclasses import replace
from fractions import Fraction
from random import Random

import pandas as pd
import pytest

from surveys import columns, sealing
from surveys.base import Definition
from surveys.columns import Kept
from surveys.models import Choice, Question, Response
from surveys.results import SurveyReading
from surveys.sealing import seal
from tests.surveys_factories import NOW, SurveyFactory

pytestmark = pytest.mark.django_db

SURVEYS = int(os.environ.get("BARAZA_RANDOM_SURVEYS", "20"))
FIRST = int(os.environ.get("BARAZA_FIRST_RANDOM_SURVEY", "0"))
OPTIONS = ("a", "b", "c", "none")
SCALES = ({}, {"start": "0", "end": "10"}, {"start": "1", "end": "3", "step": "0.5"})
KINDS = ("rating", "yes_no", "select_one", "select_multiple", "rank", "integer", "decimal", "date", "text")
SECTORS, LANGUAGES = ("ngo", "private", "academia", ""), ("en", "ar", "")
WHERES = (
    {},
    {"gender": "female"},
    {"gender": "male", "sector": "ngo"},
    {"language": "ar"},
    {"region": "Africa"},
    {"q0": "1", "gender": "female"},
)


def scale_of(parameters):
    start, end, step = (float(parameters.get(name, d)) for name, d in (("start", 1), ("end", 5), ("step", 1)))
    return [f"{start + step * n:g}" for n in range(int((end - start) / step) + 1)]


def random_questions(random):
    asked = [("rating", {})] + [(random.choice(KINDS), random.choice(SCALES)) for _ in range(random.randint(1, 5))]
    return [
        {
            "name": f"q{n}",
            "kind": kind,
            "parameters": parameters if kind == "rating" else {},
            "counts": random.random() < 0.4,
        }
        for n, (kind, parameters) in enumerate(asked)
    ]


def offered(question):
    kind = question["kind"]
    if kind == "rating":
        return scale_of(question["parameters"])
    return ["yes", "no"] if kind == "yes_no" else list(OPTIONS) if kind.startswith(("select", "rank")) else []


def random_answer(random, question):
    """An encoded answer; None was never shown."""
    chance = random.random()
    if chance < 0.25:
        return None if chance < 0.12 else ""
    kind, values = question["kind"], [*offered(question), "zzz"]
    if kind in {"select_multiple", "rank"}:
        return " ".join(random.sample(values, random.randint(1, 3)))
    if kind == "integer":
        return random.choice(["3", "12", "-4", "007", "3.5", "many"])
    if kind == "decimal":
        return random.choice(["3", "0.1", "0.10", "-2.25", "1e3", "x"])
    if kind == "date":
        return random.choice(["2026-01-31", "2026-02-30", "2025-12-01", "soon"])
    return random.choice(["Good", "More of it"]) if kind == "text" else random.choice(values)


def random_row(random, questions):
    return {
        "gender": random.choice(["female", "male", ""]),
        "sector": random.choice(SECTORS),
        "language": random.choice(LANGUAGES),
        "country": random.choice(["KE", "NG", "CN", ""]),
        "seconds": random.choice([None, 10, 59, 60, 500]),
        "is_finished": random.random() < 0.9,
        "is_test": random.random() < 0.1,
        "is_duplicate": random.random() < 0.1,
        **{question["name"]: random_answer(random, question) for question in questions},
    }


def random_definition(random):
    return Definition(
        version=1,
        name="Random",
        sectors=random.choice([(), ("ngo",), ("ngo", "private")]),
        must_be_complete=random.random() < 0.3,
        must_be_finished=random.random() < 0.5,
        leaves_out_tests=random.random() < 0.8,
        leaves_out_duplicates=random.random() < 0.5,
        least_seconds=random.choice([0, 60]),
        languages=random.choice([(), ("en", "")]),
    )


def stored(random):
    """A survey in the database, and the same as a frame with a line for each response."""
    survey, questions = SurveyFactory(), random_questions(random)
    for place, each in enumerate(questions):
        question = Question.objects.create(
            survey=survey, name=each["name"], kind=each["kind"], label=each["name"], position=place,
            parameters=each["parameters"], counts_for_validity=each["counts"],
        )  # fmt: skip
        if each["kind"].startswith(("select", "rank")):
            Choice.objects.bulk_create(
                Choice(question=question, value=v, label=v, position=n) for n, v in enumerate(OPTIONS)
            )
    rows = [random_row(random, questions) for _ in range(random.choice([0, 1, 2, 9, 40]))]
    names = [each["name"] for each in questions]
    Response.objects.bulk_create(
        Response(
            survey=survey,
            submitted_at=NOW,
            answers={name: row[name] for name in names if row[name] is not None},
            **{name: value for name, value in row.items() if name not in names},
        )
        for row in rows
    )
    columns_of = [
        *("gender", "sector", "language", "country", "seconds", "is_finished", "is_test", "is_duplicate"),
        *names,
    ]
    return survey, questions, pd.DataFrame(rows, columns=columns_of, dtype="object")


def judged(frame, definition, questions):
    """The reason of each response, "" for a valid one: the last condition written is the first that counts."""
    reason = pd.Series("", index=frame.index, dtype="object")
    counting = frame[[each["name"] for each in questions if each["counts"]]]
    if definition.must_be_complete:
        reason[counting.isna().any(axis=1) | counting.eq("").any(axis=1)] = "incomplete"
    if definition.languages:
        reason[~frame["language"].isin(definition.languages)] = "language"
    if definition.sectors:
        reason[~frame["sector"].isin(definition.sectors)] = "sector"
    reason[pd.to_numeric(frame["seconds"]) < definition.least_seconds] = "too_fast"
    if definition.must_be_finished:
        reason[~frame["is_finished"].astype(bool)] = "unfinished"
    if definition.leaves_out_duplicates:
        reason[frame["is_duplicate"].astype(bool)] = "duplicate"
    if definition.leaves_out_tests:
        reason[frame["is_test"].astype(bool)] = "test"
    return reason


def selected(frame, where):
    mask = pd.Series(True, index=frame.index)
    for name, value in where.items():
        here = frame["country"].isin(["KE", "NG"]) if name == "region" else frame[name].fillna("").eq(value)
        mask &= here
    return mask


def assert_question(result, question, answers):
    """One question against a series of its encoded answers, one for each valid response."""
    figures, kind = result.statistics, question["kind"]
    given = answers[answers.notna() & answers.ne("")].astype(str)
    assert figures.responses == len(answers)
    assert figures.not_shown == int(answers.isna().sum())
    assert figures.declined == int(answers.eq("").sum())
    if kind in {"integer", "decimal"}:
        pattern = r"^[+-]?\d+$" if kind == "integer" else r"^[+-]?\d+(\.\d+)?$"
        return assert_numbers(figures, given[given.str.match(pattern)].astype(float), len(given))
    if kind == "date":
        days = pd.to_datetime(given, format="%Y-%m-%d", errors="coerce").dropna()
        assert (figures.n, figures.outside) == (len(days), len(given) - len(days))
        return None if days.empty else check_days(figures, days)
    if kind == "text":
        assert (figures.n, figures.outside) == (len(given), 0)
        return None
    return assert_options(figures, kind, given, offered(question))


def check_days(figures, days):
    assert (figures.least, figures.greatest) == (days.min().date().isoformat(), days.max().date().isoformat())


def assert_numbers(figures, numbers, given):
    assert (figures.n, figures.outside) == (len(numbers), given - len(numbers))
    if len(numbers):
        assert float(figures.sum) == pytest.approx(numbers.sum(), abs=1e-9)
        assert float(figures.mean) == pytest.approx(numbers.mean(), abs=1e-9)
        assert float(figures.median) == pytest.approx(numbers.median(), abs=1e-9)
        assert float(figures.quartiles[0]) == pytest.approx(numbers.quantile(0.25), abs=1e-9)
        assert (float(figures.least), float(figures.greatest)) == (numbers.min(), numbers.max())


def assert_options(figures, kind, given, values):
    splits = kind in {"select_multiple", "rank"}
    ticks = (given.str.split(" ") if splits else given.map(lambda value: [value])).explode()
    known = ticks[ticks.isin(values)]
    n = known.index.nunique()
    assert (figures.n, figures.outside) == (n, len(given) - n)
    assert dict(figures.outside_values) == ticks[~ticks.isin(values)].value_counts().to_dict()
    for option in figures.options:
        count = int(known.eq(option.value).sum())
        assert option.count == count
        assert option.share == (Fraction(count, n) if n else None)
    if kind == "rating" and n:
        assert float(figures.mean) == pytest.approx(known.astype(float).mean(), abs=1e-12)
        assert float(figures.median) == known.astype(float).median()
        top = known.astype(float).isin(sorted(map(float, values))[-2:])
        assert float(figures.top_box().share) == pytest.approx(top.mean(), abs=1e-12)
        if len(values) == 11:
            score = 100 * (known.astype(int).ge(9).mean() - known.astype(int).le(6).mean())
            assert float(figures.net_promoter.score) == pytest.approx(score, abs=1e-9)
    if kind == "rank" and n:
        place = known.groupby(level=0).cumcount() + 1
        for rank in figures.ranks:
            places = place[known.eq(rank.value)]
            assert rank.first == int(places.eq(1).sum())
            assert rank.mean_place is None if places.empty else float(rank.mean_place) == pytest.approx(places.mean())


def assert_all(reading, frame, questions, where, group):
    """The figures of all, of a selection, and of one group, with all groups' sizes and a table of two variables."""
    reason = judged(frame, reading.definition, questions)
    for chosen in ({}, where):
        mask, results = selected(frame, chosen), reading.results(chosen)
        assert (results.base.responses, results.n) == (int(mask.sum()), int((mask & reason.eq("")).sum()))
        left_out = reason[mask & reason.ne("")].value_counts().to_dict()
        assert {name: n for name, n in results.base.excluded if n} == left_out
        assert_questions(results, frame[mask & reason.eq("")], questions)
    valid = frame[reason.eq("")].fillna({group: ""})
    by_group = {value: results for value, results in reading.results_by(group).items() if results.n}
    assert {value: results.n for value, results in by_group.items()} == valid[group].value_counts().to_dict()
    for value, results in list(by_group.items())[:1]:
        assert_questions(results, frame.loc[valid[valid[group].eq(value)].index], questions)
    assert by_group == {
        value: replaced(reading.results({group: value}), results) for value, results in by_group.items()
    }
    crossed = pd.crosstab(valid["gender"], frame.loc[valid.index, "q0"].fillna("")).to_dict("index")
    assert reading.cross("gender", "q0").as_matrix() == crossed


def replaced(selection, group):
    """A selection's results are those of the group, but for how many were invited, which an answer does not say."""
    return replace(selection, invited=group.invited, invited_responses=group.invited_responses)


def assert_questions(results, valid, questions):
    for result, question in zip(results.questions, questions, strict=True):
        assert_question(result, question, valid[question["name"]])


def everything(reading, where, group):
    return (
        *(reading.results(where), reading.results_by(group, where), reading.results_by("region")),
        *(reading.cross("gender", "q0", where), reading.cross("language", group), reading.valid_keys(where)),
    )


@pytest.mark.parametrize("seed", range(FIRST, FIRST + SURVEYS))
def test_figures_of_a_random_survey_equal_those_of_pandas(seed, monkeypatch):
    random = Random(seed)
    survey, questions, frame = stored(random)
    definition, where, group = random_definition(random), random.choice(WHERES), random.choice(("sector", "q0"))
    of_rows = SurveyReading.of(survey, definition)
    for module in (columns, sealing):
        monkeypatch.setattr(module, "MOST_RESPONSES", 7)
    monkeypatch.setattr(columns, "kept", Kept(10**6))

    assert_all(of_rows, frame, questions, where, group)
    assert seal(survey, now=NOW + dt.timedelta(days=99)) == -(-len(frame) // 7)
    of_columns = SurveyReading.of(survey, definition, most_unsealed=0)
    assert everything(of_columns, where, group) == everything(of_rows, where, group)

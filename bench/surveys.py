"""The figures of a million responses to twelve questions, beside DuckDB over the same rows exported to Parquet.

`bench.measures` runs it as a program of its own, by `manage.py shell`, on a PostgreSQL database that is migrated; it
prints one JSON object. What is timed is everything that a filtered dashboard asks of its survey: the base with every
reason, and all counts of all questions, from the request's first query to finished figures. DuckDB answers by the faster of
two ways to write the same counts; both take turns, and the median of the rounds counts. Then the figures are compared.
"""

import datetime as dt
import json
import resource
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.urls import reverse

from registrations.models import Programme
from surveys import columns
from surveys.models import BaseDefinition, Choice, Question, Survey
from surveys.results import SurveyReading
from surveys.sealing import seal_due

MANY, FEW, ROUNDS = 1_000_000, 10_000, 7
NOW = dt.datetime(2026, 3, 18, 6, tzinfo=dt.UTC)
WHERE = {"gender": "female", "sector": "government"}
SECTORS = ("government", "private", "ngo", "academia")
OPTIONS = ("cases", "practice", "theory", "tools", "people")
KINDS = {
    **{f"rating_{number}": "rating" for number in range(1, 7)},
    "recommend": "yes_no",
    "topic": "select_one",
    "source": "select_one",
    "useful": "select_multiple",
    "missing": "select_multiple",
    "wishes": "text",
}
COUNTING = ("rating_1", "recommend")

FILL = """
    INSERT INTO surveys_response (survey_id, answers, language, submitted_at, gender, sector, country, region, city,
        sessions_attended, seconds, is_finished, is_test, is_duplicate, source_key, language_followed)
    SELECT %s, jsonb_strip_nulls(jsonb_build_object({answers})), (ARRAY['en','fr','es','ar'])[1 + floor(random() * 4)::int],
        %s, (ARRAY['female','female','male','another'])[1 + floor(random() * 4)::int],
        (ARRAY['government','private','ngo','academia','other'])[1 + floor(random() * 5)::int],
        (ARRAY['KE','NP','CN','FR','BR','NG','IN'])[1 + floor(random() * 7)::int], '', '',
        floor(random() * 7)::int, 30 + floor(random() * 900)::int, random() < 0.97, random() < 0.01, random() < 0.02, '', ''
    FROM generate_series(1, %s)
"""
VALUES = {
    "rating": "CASE WHEN random() < 0.04 THEN '' WHEN random() < 0.95 THEN (1 + floor(random() * 5)::int)::text END",
    "yes_no": "(ARRAY['yes','yes','no',''])[1 + floor(random() * 4)::int]",
    "select_one": "(ARRAY['cases','practice','theory','tools','people','',NULL])[1 + floor(random() * 7)::int]",
    "select_multiple": "(ARRAY['cases','cases practice','practice theory','tools people','cases theory people','',NULL])"
    "[1 + floor(random() * 7)::int]",
    "text": "CASE WHEN random() < 0.7 THEN '' ELSE 'More time for questions ' || floor(random() * 99999)::text END",
}


def run() -> None:
    """Fill, seal, export, take turns, compare, print."""
    programme = _programme()
    few, many = _survey(programme, "few", FEW), _survey(programme, "many", MANY)
    found: dict[str, Any] = {"seal": _seconds(lambda: seal_due(now=NOW))}
    with tempfile.TemporaryDirectory() as folder:
        parquet = Path(folder) / "responses.parquet"
        _export(many, parquet)
        floor = duckdb.connect()
        ways = {"one by one": lambda: _one_by_one(floor, parquet), "at once": lambda: _at_once(floor, parquet)}
        columns.kept.clear()
        found["cold"] = _seconds(lambda: _figures(many))
        times: dict[str, list[float]] = {"many": [], "few": [], **{way: [] for way in ways}}
        for _round in range(ROUNDS):
            times["many"].append(_seconds(lambda: _figures(many)))
            times["few"].append(_seconds(lambda: _figures(few)))
            for way, ask in ways.items():
                times[way].append(_seconds(ask))
        found |= {name: statistics.median(taken) for name, taken in times.items()}
        expected = [ask() for ask in ways.values()]
    found["page"] = min(_seconds(lambda: _page(many)) for _round in range(3))
    found["agrees"] = expected == [_counted(many)] * 2
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(found))


def _figures(survey: Survey) -> SurveyReading:
    """What a filtered dashboard computes of its survey."""
    reading = SurveyReading.of(Survey.objects.select_related("programme").get(pk=survey.pk), most_unsealed=50_000)
    assert not reading.is_preparing
    reading.results(WHERE)
    return reading


def _counted(survey: Survey) -> dict[str, dict[str, int]]:
    """The figures in the shape of DuckDB's: counts by reason, and by question and option or fate."""
    results = _figures(survey).results(WHERE)
    counts = {"base": Counter({"": results.n, **dict(results.base.excluded)})}
    for question in results.questions:
        figures = question.statistics
        counts[question.name] = Counter({option.value: option.count for option in figures.options})
        counts[question.name] |= {"(n)": figures.n, "(declined)": figures.declined, "(not shown)": figures.not_shown}
    return {name: {key: int(n) for key, n in sorted(each.items()) if n} for name, each in counts.items()}


def _page(survey: Survey) -> None:
    """The whole page for an organiser: every figure of the survey, of the selection, of groups, charts and texts."""
    user = get_user_model().objects.filter(is_superuser=True).first()
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user or get_user_model().objects.create_superuser("bench", "bench@example.org"))
    query = {**WHERE, "by": "sector", "rows": "gender", "columns": "rating_1"}
    answer = client.get(reverse("admin:surveys_survey_dashboard", args=[survey.pk]), query, secure=True)
    assert answer.status_code == 200, answer.status_code


VALID = """
    CREATE OR REPLACE TEMP VIEW judged AS SELECT *, CASE
        WHEN is_test THEN 'test' WHEN is_duplicate THEN 'duplicate' WHEN NOT is_finished THEN 'unfinished'
        WHEN seconds < 60 THEN 'too_fast' WHEN sector NOT IN ('government', 'private', 'ngo', 'academia') THEN 'sector'
        WHEN coalesce(rating_1, '') = '' OR coalesce(recommend, '') = '' THEN 'incomplete' ELSE '' END AS reason
    FROM read_parquet('{file}') WHERE gender = 'female' AND sector = 'government'
"""


def _one_by_one(floor: duckdb.DuckDBPyConnection, file: Path) -> dict[str, dict[str, int]]:
    """A query for the base and one for each question."""
    floor.execute(VALID.format(file=file))
    found = {"base": dict(floor.execute("SELECT reason, count(*) FROM judged GROUP BY 1").fetchall())}
    for name, kind in KINDS.items():
        value = f"CASE WHEN {name} <> '' THEN 'text' ELSE {name} END" if kind == "text" else name
        rows = floor.execute(f"SELECT {value}, count(*) FROM judged WHERE reason = '' GROUP BY 1").fetchall()  # noqa: S608
        found[name] = _by_option(kind, rows)
    return _sorted(found)


def _at_once(floor: duckdb.DuckDBPyConnection, file: Path) -> dict[str, dict[str, int]]:
    """The same in one query with grouping sets, which reads the file once."""
    floor.execute(VALID.format(file=file))
    values = [f"CASE WHEN {n} <> '' THEN 'text' ELSE {n} END AS {n}" if k == "text" else n for n, k in KINDS.items()]
    sets = ", ".join(f"(reason, {name})" for name in KINDS)
    rows = floor.execute(
        f"SELECT reason, {', '.join(KINDS)}, count(*), grouping({', '.join(KINDS)}) FROM"  # noqa: S608
        f" (SELECT reason, {', '.join(values)} FROM judged) GROUP BY GROUPING SETS ((reason), {sets})"
    ).fetchall()
    whole = 2 ** len(KINDS) - 1
    found = {"base": {row[0]: row[-2] for row in rows if row[-1] == whole}}
    for place, (name, kind) in enumerate(KINDS.items(), 1):
        asked = whole - 2 ** (len(KINDS) - place)
        found[name] = _by_option(kind, [(row[place], row[-2]) for row in rows if row[-1] == asked and row[0] == ""])
    return _sorted(found)


def _by_option(kind: str, rows: list[tuple[str | None, int]]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for value, count in rows:
        fate = "(not shown)" if value is None else "(n)" if value else "(declined)"
        counts[fate] += count
        for option in (value or "").split(" ") if kind == "select_multiple" else [value or ""]:
            counts[option] += count if option and kind != "text" else 0
    return dict(counts)


def _sorted(found: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    return {name: {key: count for key, count in sorted(each.items()) if count} for name, each in found.items()}


def _export(survey: Survey, file: Path) -> None:
    """The rows as Parquet: what the columns and the answers are, typed as one would type them."""
    answers = ", ".join(f"answers->>'{name}' AS {name}" for name in KINDS)
    rows = file.with_suffix(".csv")
    person = "gender, sector, country, language, seconds, sessions_attended, is_finished, is_test, is_duplicate"
    query = f"COPY (SELECT {person}, {answers} FROM surveys_response WHERE survey_id = {survey.pk}) TO STDOUT"  # noqa: S608
    with (
        connection.cursor() as cursor,
        rows.open("wb") as output,
        cursor.copy(f"{query} (FORMAT csv, NULL '~', HEADER)") as copy,
    ):
        for chunk in copy:
            output.write(chunk)
    types = {"seconds": "INTEGER", "sessions_attended": "INTEGER"}
    types |= dict.fromkeys(("is_finished", "is_test", "is_duplicate"), "BOOLEAN")
    types |= dict.fromkeys(KINDS, "VARCHAR")
    duckdb.execute(
        f"COPY (SELECT * FROM read_csv('{rows}', nullstr='~', types={types}, header=true)) TO '{file}' (FORMAT parquet)"  # noqa: S608
    )


def _programme() -> Programme:
    return Programme.objects.create(
        slug="many",
        title="Many",
        time_zone="UTC",
        start_date=NOW.date(),
        end_date=NOW.date(),
        registration_opens_at=NOW - dt.timedelta(days=9),
        registration_closes_at=NOW,
    )


def _survey(programme: Programme, form_id: str, responses: int) -> Survey:
    survey = Survey.objects.create(
        programme=programme, form_id=form_id, title=form_id, opens_at=NOW, closes_at=NOW + dt.timedelta(days=9)
    )
    for place, (name, kind) in enumerate(KINDS.items()):
        question = Question.objects.create(
            survey=survey, name=name, kind=kind, label=name, position=place, counts_for_validity=name in COUNTING
        )
        if kind.startswith("select"):
            Choice.objects.bulk_create(Choice(question=question, value=value, label=value) for value in OPTIONS)
    BaseDefinition.objects.create(
        survey=survey,
        version=1,
        name="Strict",
        sectors=list(SECTORS),
        must_be_complete=True,
        must_be_finished=True,
        leaves_out_duplicates=True,
        least_seconds=60,
        created_at=NOW,
    )
    answers = ", ".join(f"'{name}', {VALUES[kind]}" for name, kind in KINDS.items())
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.2026)")
        cursor.execute(FILL.format(answers=answers), [survey.pk, NOW, responses])
        cursor.execute("VACUUM ANALYZE surveys_response")
    return survey


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began

"""The measurements. Product and floor run side by side on one machine and take turns, so that both meet the same weather."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from bench import issuing
from bench import stage as database
from bench.client import Load, UnexpectedAnswer, Visit, load
from bench.programs import ROOT, WORKER, environment, manage, memory_of_tree, outlay_of, running, web_server
from bench.table import Line
from bench.visitors import NewPeople, floor_person, participant, reader

CLIENTS = 16
ROUNDS = 3
ROUND_SECONDS = 3.0
WARM_UP_SECONDS = 1.5
MEGABYTE = 2**20
PAGE = f"/programmes/{database.SLUG}/"
AGENDA = 'id="agenda"'  # the page shows it where the programme has sessions


@dataclass(frozen=True, slots=True)
class Stage:
    """Where everything happens: a folder that is thrown away, and a database with the 2022 programme, open to register."""

    folder: Path
    database_url: str

    @classmethod
    def made(cls, folder: Path, database_url: str) -> Self:
        """With the database set up."""
        database.set_up(folder, database_url)
        return cls(folder, database_url)

    @property
    def env(self) -> dict[str, str]:
        """The product's environment."""
        return environment(self.folder, self.database_url)

    @contextmanager
    def servers(self) -> Iterator[tuple[int, int]]:
        """The ports of the product and of the floor."""
        floor_env = {**self.env, "DJANGO_SETTINGS_MODULE": "bench.floor.settings"}
        with (
            web_server(self.env, self.folder / "product.log") as product,
            web_server(floor_env, self.folder / "floor.log") as floor,
        ):
            yield product, floor


def take_turns(visits: list[tuple[int, Visit]]) -> list[list[Load]]:
    """Load each of (port, visit) in turn, round after round, after a warm-up that does not count."""
    for port, visit in visits:
        load(port, visit, clients=CLIENTS, seconds=WARM_UP_SECONDS)
    rounds = [
        [load(port, visit, clients=CLIENTS, seconds=ROUND_SECONDS) for port, visit in visits] for _ in range(ROUNDS)
    ]
    return [list(loads) for loads in zip(*rounds, strict=True)]


def rate(loads: list[Load]) -> float:
    """The median round's visits per second."""
    return statistics.median(each.rate for each in loads)


def measure_pages(stage: Stage) -> Iterator[Line]:
    """The programme page as visitors get it, and made anew for each, beside twenty rows in a small template."""
    with stage.servers() as (product, floor):
        bare, page, anew = take_turns(
            [
                (floor, reader("/rows/", must_show="row20@example.org")),
                (product, reader(PAGE, must_show=AGENDA)),
                # A query string is never answered from a copy.
                (product, reader(f"{PAGE}?anew", must_show=AGENDA)),
            ]
        )
    yield Line("programme page", rate(page), "/s", rate(bare), at_least=400, share_of_floor=1 / 3)
    yield Line("the same, made anew each time", rate(anew), "/s", rate(bare))


def measure_registrations(stage: Stage) -> Iterator[Line]:
    """People who fetch the form and send it, beside a bare form behind session and CSRF that inserts one row."""
    before = _stored(stage)
    with stage.servers() as (product, floor):
        strangers, people = NewPeople("/sign-up/", floor_person), NewPeople(f"{PAGE}register/", participant)
        bare, complete = take_turns([(floor, strangers), (product, people)])
    sent = next(people.numbers) - 1
    stored = [now - then for now, then in zip(_stored(stage), before, strict=True)]
    if stored != [sent, sent]:
        raise UnexpectedAnswer(f"{sent} registrations were sent; registrations and mails stored: {stored}")
    yield Line("complete registrations", rate(complete), "/s", rate(bare), at_least=60, share_of_floor=1 / 5)


def _stored(stage: Stage) -> list[int]:
    tables = ("registrations_registration", "registrations_mail")
    return [database.count(stage.database_url, table) for table in tables]


def measure_worker(stage: Stage) -> Iterator[Line]:
    """The memory of a worker with beat that has nothing to do."""
    with running(WORKER, stage.env, stage.folder / "worker.log") as worker:
        time.sleep(15)  # about five to start, ten idle
        if worker.poll() is not None:
            raise UnexpectedAnswer(f"The worker ended:\n{(stage.folder / 'worker.log').read_text()[-3000:]}")
        size = memory_of_tree(worker.pid)
    yield Line("idle worker with beat", size / MEGABYTE, "MB", at_most=100)


def measure_journey(stage: Stage) -> Iterator[Line]:
    """The 2022 course from announcement to results on an empty database."""
    sqlite = environment(stage.folder, "", BARAZA_ENV="laptop", REDIS_URL="")
    postgresql = environment(stage.folder, database.another_database(stage.database_url, "journey"))
    for name, env in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
        manage(env, "migrate", "--verbosity", "0")
        outlay = outlay_of(env, "reproduce", "--programme", database.SLUG, "--json")
        yield Line(f"2022 journey, {name}", outlay.seconds, "s", at_most=60)
        yield Line(f"2022 journey, {name}: peak memory", outlay.peak / MEGABYTE, "MB", at_most=500)


def measure_ledger(stage: Stage) -> Iterator[Line]:
    """A file of 100,000 connections of 20,000 people: read, matched and written, applied, undone."""
    sqlite = environment(stage.folder, f"sqlite:///{stage.folder / 'ledger.sqlite3'}")
    postgresql = environment(stage.folder, database.another_database(stage.database_url, "ledger"))
    for name, env in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
        manage(env, "migrate", "--verbosity", "0")
        found = json.loads(manage(env, "shell", "--verbosity", "0", "--command", "import bench.ledger as b; b.run()"))
        if (found["state"], found["rows"], found["left"]) != ("undone", 100_000, 0):
            raise UnexpectedAnswer(f"The ledger ended as {found}")
        for step in ("read", "apply", "undo"):
            yield Line(f"100,000 rows, {name}: {step}", 100_000 / found[step]["seconds"], "rows/s")
        yield Line(f"100,000 rows, {name}: queries to apply", found["apply"]["queries"], "", at_most=1000)
        yield Line(f"100,000 rows, {name}: peak memory", found["undo"]["peak_mb"], "MB", at_most=500)


def measure_figures(stage: Stage) -> Iterator[Line]:
    """A filtered dashboard over a million responses, beside DuckDB over the same rows as Parquet, and over ten thousand."""
    env = environment(stage.folder, database.another_database(stage.database_url, "figures"))
    manage(env, "migrate", "--verbosity", "0")
    found = json.loads(manage(env, "shell", "--verbosity", "0", "--command", "import bench.surveys as b; b.run()"))
    if not found["agrees"]:
        raise UnexpectedAnswer(f"DuckDB counts otherwise: {found}")
    duckdb = min(found["one by one"], found["at once"])
    rate, floor = 1 / found["many"], 1 / duckdb
    yield Line("1,000,000 responses: filtered figures", rate, "/s", floor, share_of_floor=1 / 3)
    yield Line("the same, first time in a process", 1 / found["cold"], "/s", floor)
    yield Line("the same, the whole page with table and groups", 1 / found["page"], "/s", floor)
    yield Line("time for 100 times as many responses", found["many"] / found["few"], "times", at_most=100)
    yield Line("responses sealed in the background", 1_000_000 / found["seal"] / 1000, "k/s")


def measure_proof(stage: Stage) -> Iterator[Line]:
    """The page that verifies a certificate, signatures beside pyHanko's own signer, credentials."""
    found = json.loads(manage(stage.env, "shell", "--verbosity", "0", "--command", "import bench.proof as b; b.run()"))
    path = f"/verify/{found['code']}/"
    with stage.servers() as (product, floor):
        bare, page = take_turns(
            [
                (floor, reader("/rows/", must_show="row20@example.org")),
                (product, reader(path, must_show=found["code"])),
            ]
        )
    yield Line("verification page", rate(page), "/s", rate(bare), at_least=200)
    yield Line("signatures under PDFs", found["signatures"], "/s", found["by_pyhanko"], share_of_floor=1)
    yield Line("signed credentials", found["credentials"], "/s", at_least=50)


def measure_issue(stage: Stage) -> Iterator[Line]:
    """5,000 certificates (BENCH_PEOPLE says how many) by one worker, to the last mail, beside typst and signer alone."""
    people = int(os.environ.get("BENCH_PEOPLE", "5000"))
    found = issuing.measure(stage.folder, database.another_database(stage.database_url, "issue"), people)
    one, two, three = found.queries
    if three - two != two - one:
        raise UnexpectedAnswer(f"Queries of a run of one, two and three chunks: {found.queries}")
    name = f"{people:,} certificates"
    yield Line(f"{name} issued and mailed", people / found.mails_after, "/s", found.engine, share_of_floor=0.5)
    yield Line("the same, until the last PDF is stored", people / found.files_after, "/s", found.engine)
    yield Line(f"{name}: the worker's peak memory", found.peak / MEGABYTE, "MB", at_most=500)
    yield Line("queries of a run, whatever its size", one - (two - one), "", at_most=50)
    yield Line("and for each chunk of 50 people", two - one, "", at_most=50)


def measure_attendance(_stage: Stage) -> Iterator[Line]:
    """A report of 100,000 connections read and matched, beside a bare `csv` read and look-up of the same file."""
    run = subprocess.run(
        [sys.executable, "-m", "bench.attendance"], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    best = json.loads(run.stdout)
    rate, floor, only_read = (100_000 / best[name] / 1000 for name in ("product", "bare", "read"))
    yield Line("100,000 connections read and matched", rate, "k/s", floor, share_of_floor=0.5)
    yield Line("the same, read only", only_read, "k/s", floor)
    yield Line("the same, one person in fifty by name", 100_000 / best["by_name"] / 1000, "k/s", floor)
    yield Line("time for twice as many connections", best["product"] / best["half"], "times", at_most=2.5)
    yield Line("peak memory of all that", best["peak"] / MEGABYTE, "MB", at_most=400)


def measure_survey_import(stage: Stage) -> Iterator[Line]:
    """A million responses (BENCH_RESPONSES says how many) imported, beside COPY alone; see `bench.survey_import`."""
    env = environment(stage.folder, database.another_database(stage.database_url, "survey_import"))
    manage(env, "migrate", "--verbosity", "0")
    run = "import bench.survey_import as b; b.run()"
    found = json.loads(manage(env, "shell", "--verbosity", "0", "--command", run))
    rows = found["rows"]
    if (found["responses"], found["left"]) != (rows, 0):
        raise UnexpectedAnswer(f"The import ended as {found}")
    rate = rows / found["import"] / 1000
    name = f"{rows:,} responses imported, COPY of the ready rows"
    yield Line(f"{name} into such a table", rate, "k/s", rows / found["table"] / 1000, share_of_floor=1 / 3)
    yield Line("the same, COPY into a bare table of their columns", rate, "k/s", rows / found["bare"] / 1000)
    yield Line("the same, COPY of the file as texts", rate, "k/s", rows / found["text"] / 1000)
    yield Line("the same file looked at, nothing written", rows / found["look"] / 1000, "k/s")
    yield Line("the same undone", rows / found["undo"] / 1000, "k/s")
    yield Line("peak memory of all that", found["peak_mb"], "MB")

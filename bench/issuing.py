"""A run of certificates end to end: one worker with beat issues, signs, stores and mails them to a server that takes all.

This is the outside: programs, clock and mail server. `bench.engine` is what runs inside the product.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString

import psycopg

from bench.programs import WORKER, ProgramFailed, environment, free_port, manage, running
from bench.sink import Sink

PATIENCE = 900  # seconds for a whole run
MADE: LiteralString = """
    SELECT (SELECT count(*) FROM certificates_certificatefile),
        (SELECT count(*) FROM registrations_mail WHERE sent_at IS NOT NULL),
        (SELECT extract(epoch FROM min(requested_at)) FROM certificates_issuerun)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run took: seconds from the request to the last PDF and to the last mail, the worker's peak in bytes."""

    people: int
    files_after: float
    mails_after: float
    peak: int
    engine: float  # certificates a second of typst and signer alone
    queries: tuple[int, int, int]  # of a run of one, two and three chunks


def measure(folder: Path, database_url: str, people: int) -> Run:
    """Start a worker and a mail server, ask for so many certificates, wait for the last mail."""
    sink = Sink(free_port())
    env = environment(folder, database_url, EMAIL_PORT=str(sink.port), EMAIL_USE_TLS="0", BENCH_PEOPLE=str(people))
    manage(env, "migrate", "--verbosity", "0")
    manage(env, "make_keys", "--missing")
    _inside(env, "prepare")
    sink.start()
    try:
        with running(WORKER, env, folder / "issuing.log") as worker:
            time.sleep(8)  # to start
            _inside(env, "ask")
            files_after, mails_after = _wait(database_url, people)
            peak = _peak_of(worker.pid)
    except TimeoutError as trouble:
        raise ProgramFailed(f"{trouble}\n{(folder / 'issuing.log').read_text()[-3000:]}") from trouble
    finally:
        sink.stop()
    if (len(sink.taken), sum(sink.taken.values())) != (people, people):
        raise ProgramFailed(f"{people} mails were to come, {sum(sink.taken.values())} came of {len(sink.taken)}")
    found = json.loads(_inside(env, "engine"))
    return Run(people, files_after, mails_after, peak, found, tuple(json.loads(_inside(env, "queries"))))


def _inside(env: Mapping[str, str], name: str) -> str:
    return manage(env, "shell", "--verbosity", "0", "--command", f"import bench.engine as b; b.{name}()")


def _wait(database_url: str, people: int) -> tuple[float, float]:
    """Seconds from the request until all PDFs were there, and all mails sent."""
    files_after, deadline = 0.0, time.monotonic() + PATIENCE
    with psycopg.connect(database_url, autocommit=True) as line:
        while time.monotonic() < deadline:
            row = line.execute(MADE).fetchone()
            files, mails, requested_at = row or (0, 0, 0)
            after = time.time() - float(requested_at)
            if files == people and not files_after:
                files_after = after
            if mails == people:
                return files_after, after
            time.sleep(0.25)
    raise TimeoutError(f"After {PATIENCE} s {files} of {people} PDFs were made and {mails} mails sent.")


def _peak_of(pid: int) -> int:
    """Bytes, by the kernel's own record of a process."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))

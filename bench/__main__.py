"""Measure the product beside its floors and print a table: `python -m bench [NAME...]`, by `make bench`.

Names: pages, registrations, worker, journey, attendance, ledger, figures, survey_import (of BENCH_RESPONSES
responses), proof, issue (of BENCH_PEOPLE people), organisers (of a programme of BENCH_CROWD people); all without a name.
DATABASE_URL must name an empty PostgreSQL database and REDIS_URL a Redis: `.ci/with-services` makes both. The exit code
is 1 if a target is missed.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from bench.client import UnexpectedAnswer
from bench.measures import (
    Stage,
    measure_attendance,
    measure_figures,
    measure_issue,
    measure_journey,
    measure_ledger,
    measure_pages,
    measure_proof,
    measure_registrations,
    measure_survey_import,
    measure_worker,
)
from bench.organisers import measure_organisers
from bench.programs import ProgramFailed
from bench.table import Line, printed

MEASURES: dict[str, Callable[[Stage], Iterable[Line]]] = {
    "worker": measure_worker,  # first: nothing else may share memory with it
    "pages": measure_pages,
    "registrations": measure_registrations,
    "journey": measure_journey,
    "attendance": measure_attendance,
    "ledger": measure_ledger,
    "survey_import": measure_survey_import,
    "figures": measure_figures,
    "proof": measure_proof,
    "issue": measure_issue,
    "organisers": measure_organisers,
}


def main(names: list[str]) -> int:
    """Run the measurements named, all without a name."""
    database_url = os.environ.get("DATABASE_URL", "")
    if set(names) - set(MEASURES) or not database_url.startswith("postgres") or not os.environ.get("REDIS_URL"):
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(tempfile.mkdtemp(prefix="baraza-bench-"))
    started, others = time.monotonic(), os.getloadavg()[0]
    try:
        lines = list(_measure(names or list(MEASURES), Stage.made(folder, database_url)))
    except (ProgramFailed, UnexpectedAnswer) as trouble:
        print(f"The bench could not go on. {trouble}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(printed(lines, cores=os.cpu_count() or 0, others=others, seconds=time.monotonic() - started))
    return int(not all(line.is_ok for line in lines))


def _measure(names: Iterable[str], stage: Stage) -> Iterable[Line]:
    for name in names:
        print(f"Measuring: {name}", file=sys.stderr, flush=True)
        yield from MEASURES[name](stage)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Organisers at work in a programme of 100,000 registrations: how long their pages take, and what their exports hold.

Every page is asked for by one organiser over and over, as production answers; queries are counted in a process of its
own. Exports are read to their end while the memory of the process that serves them is looked at.
"""

import json
import statistics
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench import stage as database
from bench.client import Connection
from bench.measures import Stage
from bench.programs import GUNICORN, environment, free_port, manage, memory_of_tree, running, wait_for
from bench.table import Line

ROUNDS, WARM_UP = 20, 2
MOST_QUERIES, SLOWEST, LARGEST = 20, 300, 32  # queries, milliseconds, MB
MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of one page: the median, and what 19 of 20 stay below."""

    median: float
    p95: float

    @classmethod
    def of(cls, seconds: list[float]) -> "Timing":
        """From each visit's seconds, of which there are at least 20."""
        return cls(
            statistics.median(seconds) * 1000, statistics.quantiles(seconds, n=20, method="inclusive")[-1] * 1000
        )


def measure_organisers(stage: Stage) -> Iterator[Line]:
    """Fill a database of its own, then look at every page and take every export."""
    env = environment(stage.folder, database.another_database(stage.database_url, "organisers"))
    manage(env, "migrate", "--verbosity", "0")
    manage(env, "load_reference", database.SLUG)
    cookies = json.loads(manage(env, "shell", "--verbosity", "0", "--command", "import bench.crowd as b; b.run()"))
    yield from looked_at(stage.folder, env, cookies)


def looked_at(folder: Path, env: Mapping[str, str], cookies: dict[str, str]) -> Iterator[Line]:
    """The lines of a database that is filled."""
    found = json.loads(manage(env, "shell", "--verbosity", "0", "--command", "import bench.crowd_pages as b; b.run()"))
    port = free_port()
    command = (*GUNICORN, "--workers", "1", "--bind", f"127.0.0.1:{port}")
    with running(command, env, folder / "organisers.log") as server:
        wait_for(server, port, folder / "organisers.log")
        yield from _pages(found["pages"], port, cookies)
        # No worker runs here, so what is forgotten stays uncounted while its pages are asked for.
        manage(env, "shell", "--verbosity", "0", "--command", "import bench.crowd_pages as b; b.forget()")
        yield from _pages(found["early"], port, cookies)
        manage(env, "shell", "--verbosity", "0", "--command", "import bench.crowd_pages as b; b.count()")
        for name, address in found["exports"]:
            yield from _export(name, server.pid, port, address, cookies)


def _pages(pages: list[tuple[str, str, int]], port: int, cookies: dict[str, str]) -> Iterator[Line]:
    for name, address, queries in pages:
        timing = _timing(port, address, cookies)
        yield Line(f"{name}: p95 (median {timing.median:.0f} ms)", timing.p95, "ms", at_most=SLOWEST)
        yield Line(f"{name}: queries", queries, "", at_most=MOST_QUERIES)


def _timing(port: int, address: str, cookies: dict[str, str]) -> Timing:
    connection = Connection(port)
    seconds = []
    for _round in range(WARM_UP + ROUNDS):
        began = time.perf_counter()
        connection.get(address, cookies=cookies).expect(200)
        seconds.append(time.perf_counter() - began)
    connection.close()
    return Timing.of(seconds[WARM_UP:])


def _export(name: str, pid: int, port: int, address: str, cookies: dict[str, str]) -> Iterator[Line]:
    """Taken twice: what a process loads once is no matter of how much is exported."""
    connection = Connection(port)
    connection.get(address, cookies=cookies).expect(200)
    before, peaks, is_over = memory_of_tree(pid), [0], threading.Event()
    watcher = threading.Thread(target=_watch, args=(pid, peaks, is_over), daemon=True)
    watcher.start()
    began = time.perf_counter()
    answer = connection.get(address, cookies=cookies).expect(200)
    seconds = time.perf_counter() - began
    is_over.set()
    watcher.join()
    connection.close()
    yield Line(f"{name}: to its first byte", answer.waited * 1000, "ms", at_most=SLOWEST)
    yield Line(f"{name}: to its last byte", seconds, "s")
    yield Line(f"{name}: sent", len(answer.raw) / MEGABYTE, "MB")
    yield Line(f"{name}: memory beside what was there", (max(peaks) - before) / MEGABYTE, "MB", at_most=LARGEST)


def _watch(pid: int, peaks: list[int], is_over: threading.Event) -> None:
    while not is_over.is_set():
        peaks.append(memory_of_tree(pid))
        is_over.wait(0.05)

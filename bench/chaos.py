"""Issue certificates while everything is killed: `python -m bench.chaos [--people N] [--worker-kills N] ... [--full]`.

Starts a PostgreSQL, a Redis, a mail server and a worker with beat of its own, asks for certificates, and at random
moments of the run kills the worker (-9), kills Redis (-9), stops PostgreSQL at once, and breaks a mail's line before it
is acknowledged. Then it counts: one certificate a person, no serial number twice or missing, one PDF and one mail each,
no message delivered twice, every mail sent or listed as in doubt. `--full` is the number of faults that the product
promises to survive; without, a few. The exit code is 1 if a promise is broken.
"""

import argparse
import importlib.machinery
import importlib.util
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import psycopg

from bench.programs import PROGRAMS, ROOT, WORKER, ProgramFailed, environment, manage
from bench.sink import Sink

RESUME_SECONDS = 60.0  # within which work must go on after a fault
SETTLED_SECONDS = 25.0  # without any work, after which no sender is at a mail that one took
STALL_SECONDS = 180.0  # after which the run is given up as stuck


def services() -> ModuleType:
    """The servers of `.ci/with-services`, as a module."""
    loader = importlib.machinery.SourceFileLoader("with_services", str(ROOT / ".ci" / "with-services"))
    spec = importlib.util.spec_from_loader("with_services", loader)
    assert spec
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@dataclass(frozen=True, slots=True)
class Tally:
    """What the database holds."""

    certificates: int
    people: int
    serials: int
    last_serial: int
    files: int
    sent: int
    doubtful: int
    open: int
    claimed: int  # of the open ones, those that a sender took
    is_finished: bool

    @property
    def work(self) -> int:
        """Grows with everything that is done."""
        return self.certificates + self.files + self.sent + self.doubtful


TALLY = """
    SELECT (SELECT count(*) FROM certificates_certificate),
        (SELECT count(DISTINCT registration_id) FROM certificates_certificate),
        (SELECT count(DISTINCT serial) FROM certificates_certificate),
        (SELECT coalesce(max(right(serial, 5)::int), 0) FROM certificates_certificate),
        (SELECT count(*) FROM certificates_certificatefile),
        (SELECT count(*) FROM registrations_mail WHERE sent_at IS NOT NULL),
        (SELECT count(*) FROM registrations_mail WHERE sent_at IS NULL AND doubtful_at IS NOT NULL),
        (SELECT count(*) FROM registrations_mail WHERE sent_at IS NULL AND doubtful_at IS NULL),
        (SELECT count(claimed_at) FROM registrations_mail WHERE sent_at IS NULL AND doubtful_at IS NULL),
        (SELECT bool_and(finished_at IS NOT NULL) FROM certificates_issuerun)
"""


@dataclass
class Scene:
    """The servers and programs of one run."""

    folder: Path
    servers: ModuleType
    worker: subprocess.Popen[bytes] | None = None
    restarts: int = 0

    def __post_init__(self) -> None:
        self.sink = Sink(self.servers.free_port())
        self.postgres = self.servers.Postgres(self.folder / "postgresql")
        self.redis = self.servers.Redis(self.folder / "redis")

    @contextmanager
    def running(self) -> Iterator[None]:
        """Everything up; all gone afterwards."""
        with ExitStack() as stack:
            stack.callback(shutil.rmtree, self.folder, ignore_errors=True)
            self.postgres.start()
            stack.callback(self.postgres.stop)
            self.redis.start()
            stack.callback(self.redis.stop)
            self.sink.start()
            stack.callback(self.sink.stop)
            self.env = environment(
                self.folder / "data",
                self.postgres.url,
                REDIS_URL=self.redis.url,
                EMAIL_PORT=str(self.sink.port),
                EMAIL_USE_TLS="0",
            )
            stack.callback(self.kill_worker)
            yield

    def start_worker(self) -> None:
        """As a supervisor does whenever it is gone."""
        with (self.folder / "worker.log").open("ab") as log:
            self.worker = subprocess.Popen(
                [str(PROGRAMS / WORKER[0]), *WORKER[1:]],
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def supervise(self) -> None:
        """Start the worker again where it ended by itself."""
        if self.worker is None or self.worker.poll() is not None:
            self.restarts += self.worker is not None
            self.start_worker()

    def kill_worker(self) -> None:
        """`kill -9` of all its processes."""
        if self.worker and self.worker.poll() is None:
            os.killpg(self.worker.pid, signal.SIGKILL)
            self.worker.wait()
        self.worker = None

    def kill_redis(self) -> None:
        """`kill -9`, and an empty one in its place."""
        self.redis.process.kill()
        self.redis.process.wait()
        (self.folder / "redis").joinpath("log").unlink(missing_ok=True)
        shutil.rmtree(self.folder / "redis")
        self.redis.start()

    def stop_postgres(self) -> None:
        """An immediate stop, without closing anything, and a start that recovers."""
        self.postgres.stop()
        self.postgres.resume()

    def tally(self) -> Tally:
        """What is there now."""
        with psycopg.connect(self.postgres.url) as connection:
            row = connection.execute(TALLY).fetchone()
        assert row
        return Tally(*row)


def let_ten_minutes_pass(scene: Scene) -> None:
    """A mail whose sender was killed is in doubt after ten minutes; nobody needs to wait for them."""
    with psycopg.connect(scene.postgres.url) as connection:
        connection.execute(
            "UPDATE registrations_mail SET claimed_at = claimed_at - interval '11 minutes'"
            " WHERE sent_at IS NULL AND doubtful_at IS NULL"
        )


def hit(scene: Scene, fault: str) -> None:
    """Let one fault happen."""
    {
        "worker": scene.kill_worker,
        "redis": scene.kill_redis,
        "postgres": scene.stop_postgres,
        "smtp": scene.sink.drop_next,
    }[fault]()


def go(scene: Scene, faults: list[tuple[int, str]], people: int) -> tuple[Tally, float]:
    """Supervise until all is done; each fault happens once the work has come that far. The longest pause after the first.

    A second fault may fall into the pause after the first: what is promised is that work goes on, whatever came before.
    """
    longest, moved_at, work, has_struck = 0.0, time.monotonic(), 0, False
    while True:
        scene.supervise()
        now, pause = scene.tally(), time.monotonic() - moved_at
        if now.work > work:
            longest = max(longest, pause) if has_struck else 0.0
            work, moved_at = now.work, time.monotonic()
        if now.is_finished and not now.open and now.certificates and not faults:
            return now, longest
        if now.is_finished and now.open and now.open == now.claimed and not faults and pause > SETTLED_SECONDS:
            let_ten_minutes_pass(scene)
            moved_at = time.monotonic()
        while faults and now.work >= faults[0][0]:
            _at, fault = faults.pop(0)
            print(f"  {now.work:>6} of {3 * people}: {fault}", file=sys.stderr, flush=True)
            hit(scene, fault)
            has_struck, moved_at = True, time.monotonic()
        if pause > STALL_SECONDS:
            log = (scene.folder / "worker.log").read_text()[-3000:]
            raise ProgramFailed(f"nothing has happened for {STALL_SECONDS:.0f} s at {now}:\n{log}")
        time.sleep(0.2)


def problems(scene: Scene, found: Tally, people: int, longest: float) -> list[str]:
    """Each promise that was broken."""
    wanted = {
        "certificates": (found.certificates, people),
        "people with one": (found.people, people),
        "distinct serial numbers": (found.serials, people),
        "the last serial number": (found.last_serial, people),
        "PDFs": (found.files, people),
        "mails sent or in doubt": (found.sent + found.doubtful, people),
    }
    broken = [f"{what}: {got}, not {right}" for what, (got, right) in wanted.items() if got != right]
    twice = [name for name, times in scene.sink.taken.items() if times > 1]
    if twice:
        broken.append(f"{len(twice)} messages were delivered twice")
    lost = found.sent - len(scene.sink.taken)
    if lost > 0:
        broken.append(f"{lost} mails are said to be sent and were not delivered")
    if longest > RESUME_SECONDS:
        broken.append(f"after a fault nothing happened for {longest:.0f} s")
    return broken


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description="Issue certificates while everything is killed.")
    parser.add_argument("--people", type=int, default=600)
    for name, number in (("worker", 3), ("redis", 1), ("postgres", 1), ("smtp", 2)):
        parser.add_argument(f"--{name}-faults", type=int, default=number)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--full", action="store_true", help="5,000 people, 50 worker kills, 10 of each other fault")
    given = parser.parse_args()
    if given.full:
        given.people, given.worker_faults = 5000, 50
        given.redis_faults = given.postgres_faults = given.smtp_faults = 10
    return given


def main() -> int:
    """Run, count, say what is wrong."""
    given = arguments()
    chance = random.Random(given.seed)
    kinds = [name for name in ("worker", "redis", "postgres", "smtp") for _ in range(getattr(given, f"{name}_faults"))]
    chance.shuffle(kinds)
    moments = sorted(chance.randint(1, 5 * given.people // 2) for _ in kinds)
    scene = Scene(Path(tempfile.mkdtemp(prefix="baraza-chaos-")), services())
    scene.folder.chmod(0o755)
    started = time.monotonic()
    with scene.running():
        manage(scene.env, "migrate", "--verbosity", "0")
        manage(scene.env, "make_keys")
        env = {**scene.env, "BENCH_PEOPLE": str(given.people)}
        manage(env, "shell", "--command", "from bench.graduates import run; run()")
        try:
            found, longest = go(scene, list(zip(moments, kinds, strict=True)), given.people)
        except ProgramFailed as trouble:
            print(f"BROKEN: {trouble}", file=sys.stderr)
            return 1
        broken = problems(scene, found, given.people, longest)
        print(f"{found}\n{scene.sink.dropped} lines broken, {scene.restarts} restarts of a worker that ended by itself")
        print(f"{len(kinds)} faults in {time.monotonic() - started:.0f} s; longest pause after one {longest:.0f} s")
        print("\n".join(f"BROKEN: {line}" for line in broken) or "every promise was kept")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())

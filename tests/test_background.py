"""Background work with real workers: `celery -A config worker` on the broker and the database of this run."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
import redis
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from certificates.actions import request_issue
from certificates.actions.issue import LEASE
from certificates.models import Certificate, CertificateFile, IssueRun
from certificates.tasks import continue_issue_run
from config.celery import app
from registrations.models import Mail
from tests.certificates_factories import a_programme

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60  # seconds on a busy machine; a quiet one needs five

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("background")]


class Background:
    """Workers of this test's own, with a broker that no other test writes to."""

    def __init__(self, folder, database_url):
        self.folder = folder
        self.redis_url = redis_url()
        self.workers = []
        self.env = {
            **os.environ,
            "BARAZA_DATA_DIR": str(folder),
            "DATABASE_URL": database_url,
            "REDIS_URL": self.redis_url,
            "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
        }
        self.broker = folder / "broker"
        self.broker.mkdir()

    def start(self, *options):
        """A worker; returns before it is ready."""
        log = self.folder / f"worker-{len(self.workers)}.log"
        command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--loglevel", "info"]
        with log.open("wb") as output:
            worker = subprocess.Popen(
                [*command, "--hostname", f"{log.stem}@%h", *options],
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self.workers.append(worker)
        return worker

    def kill(self, worker):
        """As the machine's out-of-memory killer does."""
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def finish(self):
        """Let the workers end what they are at, as a deployment does."""
        for worker in self.workers:
            worker.terminate()
        for worker in self.workers:
            worker.wait(timeout=PATIENCE)

    def stop(self):
        """End what is left."""
        for worker in self.workers:
            if worker.poll() is None:
                self.kill(worker)
        self.empty_broker()

    def ring(self, subject, task=continue_issue_run):
        """The task that the page rings for, on this broker."""
        folders = ("data_folder_in", "data_folder_out", "control_folder")
        options = {} if self.redis_url else dict.fromkeys(folders, str(self.broker))
        url = self.redis_url or "filesystem://"
        with app.connection_for_write(url=url, transport_options=options) as line:
            task.apply_async([subject.pk], connection=line)

    def empty_broker(self):
        """As if it had been lost with all that waited in it."""
        if self.redis_url:
            with redis.Redis.from_url(self.redis_url) as server:
                server.flushdb()
        for path in self.broker.iterdir():
            path.unlink()

    def each_log(self):
        """What each worker said."""
        return [path.read_text() for path in sorted(self.folder.glob("worker-*.log"))]

    def logs(self):
        """What all said."""
        return "\n".join(self.each_log())

    def wait_until(self, is_so):
        """Look fifty times a second until something is so."""
        deadline = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < deadline, self.logs()
            time.sleep(0.02)


def redis_url():
    """A Redis database that other tests, which empty theirs, do not use; "" where there is no Redis."""
    if not settings.REDIS_URL:
        return ""
    number = 8 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 8
    return urlunsplit(urlsplit(settings.REDIS_URL)._replace(path=f"/{number}"))


@pytest.fixture
def database_url(transactional_db, tmp_path):
    """The test's database as another process sees it. On SQLite, where tests run in memory, a copy in a file."""
    if connection.vendor == "postgresql":
        given = connection.settings_dict
        yield f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
        return
    memory, path = connections["default"], tmp_path / "test.sqlite3"
    in_file = type(memory)({**memory.settings_dict, "NAME": str(path)}, "default")
    in_file.ensure_connection()
    memory.ensure_connection()
    memory.connection.backup(in_file.connection)
    connections["default"] = in_file
    yield f"sqlite:///{path}"
    in_file.close()
    connections["default"] = memory


@pytest.fixture
def background(database_url, tmp_path):
    """`background.start()` starts a worker; all are gone after the test."""
    background = Background(tmp_path, database_url)
    background.empty_broker()
    yield background
    background.stop()


def is_finished(run):
    return lambda: IssueRun.objects.filter(pk=run.pk, finished_at__isnull=False).exists()


def let_the_lease_run_out(run):
    """What half a minute does to a run whose worker gives no sign of life."""
    IssueRun.objects.filter(pk=run.pk).update(claimed_at=timezone.now() - LEASE)


def made():
    """Certificates, persons who have one, PDFs, mails to persons about them."""
    certificates, mails = Certificate.objects, Mail.objects.filter(kind="certificate_issued")
    return [
        certificates.count(),
        certificates.values("registration").distinct().count(),
        CertificateFile.objects.count(),
        mails.count(),
    ]


def serial_numbers():
    return sorted(int(serial[-5:]) for serial in Certificate.objects.values_list("serial", flat=True))


def test_a_worker_finishes_a_run_when_the_bell_rings(background):
    background.start()
    run = request_issue(a_programme(people=3), by=None, now=timezone.now())
    background.ring(run)
    background.wait_until(is_finished(run))
    run.refresh_from_db()
    assert (run.refusal, run.done, run.total) == ("", 3, 3)
    assert made() == [3, 3, 3, 3]


def test_a_run_survives_its_worker_and_its_broker(background):
    """Killed between recording certificates and making their PDFs, the broker lost: the sweep of another finds it."""
    first = background.start()
    run = request_issue(a_programme(people=60), by=None, now=timezone.now())
    background.ring(run)
    background.wait_until(Certificate.objects.exists)
    background.kill(first)
    assert (is_finished(run)(), made()[2] < 60) == (False, True)

    background.empty_broker()
    let_the_lease_run_out(run)
    background.start("--beat")
    background.wait_until(is_finished(run))
    assert made() == [60, 60, 60, 60]
    assert serial_numbers() == list(range(1, 61))


@pytest.mark.postgres
def test_two_workers_on_one_run_issue_each_certificate_once(background):
    """The first is made to look dead while it works, so that the second takes the same run over."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    background.start("--concurrency", "1")
    background.start("--concurrency", "1")
    run = request_issue(a_programme(people=60), by=None, now=timezone.now())
    background.ring(run)
    background.wait_until(IssueRun.objects.filter(claimed_at__isnull=False).exists)
    let_the_lease_run_out(run)
    background.ring(run)
    received = "Task certificates.tasks.continue_issue_run["
    background.wait_until(lambda: background.logs().count(received) == 2)
    background.finish()
    assert [log.count(received) for log in background.each_log()] == [1, 1]
    assert is_finished(run)()
    assert made() == [60, 60, 60, 60]
    assert serial_numbers() == list(range(1, 61))

"""The programs that are measured: started as in production, watched from outside through /proc."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
PATIENCE = 60  # seconds for a program to start
# As .ci/serve and the image start them.
GUNICORN = ("gunicorn", "config.wsgi", "--workers", "2", "--threads", "4", "--log-level", "warning")
WORKER = ("celery", "--quiet", "-A", "config", "worker", "--beat", "--loglevel", "warning")


class ProgramFailed(Exception):
    """A program ended, or did not answer; its last words follow."""


def environment(folder: Path, database_url: str, **extra: str) -> dict[str, str]:
    """Production's settings, on this machine only: plain HTTP, as behind a proxy, and a mail server that nobody calls."""
    return {
        **os.environ,
        "BARAZA_ENV": "production",
        "BARAZA_DATA_DIR": str(folder),
        "DATABASE_URL": database_url,
        "DJANGO_SECRET_KEY": "only for the bench, on 127.0.0.1, for a few seconds",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "http://127.0.0.1",
        "BEHIND_PROXY": "1",
        "EMAIL_HOST": "127.0.0.1",
        "DEFAULT_FROM_EMAIL": "Baraza <baraza@example.org>",
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
        **extra,
    }


@contextmanager
def running(command: tuple[str, ...], env: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program of the virtual environment in a session of its own; it and its children are gone afterwards."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(PROGRAMS / command[0]), *command[1:]],
            cwd=ROOT,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def web_server(env: Mapping[str, str], log: Path) -> Iterator[int]:
    """Gunicorn with two workers; yields its port once it answers."""
    port = free_port()
    with running((*GUNICORN, "--bind", f"127.0.0.1:{port}"), env, log) as process:
        wait_for(process, port, log)
        yield port


def wait_for(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Wait until a server answers."""
    deadline = time.monotonic() + PATIENCE
    while not _answers(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise ProgramFailed(f"gunicorn does not answer:\n{log.read_text()[-3000:]}")
        time.sleep(0.1)


def manage(env: Mapping[str, str], *arguments: str) -> str:
    """Run a management command to its end and return what it prints."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=dict(env), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ProgramFailed(f"manage.py {' '.join(arguments)}:\n{done.stdout[-1500:]}{done.stderr[-1500:]}")
    return done.stdout


# Memory ---------------------------------------------------------------------------------------------------------------


def memory_of_tree(pid: int) -> int:
    """Bytes of a process and all its descendants; what they share is counted once (proportional set size).

    Pages shared with strangers would count in part; so it is at least what the largest process has in memory (RSS).
    """
    sizes = [_sizes(each) for each in _tree(pid)]
    return max(sum(size.get("Pss", 0) for size in sizes), *(size.get("Rss", 0) for size in sizes), 0)


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in children.read_text().split():
                yield from _tree(int(child))
        except OSError:  # ended meanwhile
            continue


def _sizes(pid: int) -> dict[str, int]:
    """Bytes by kind, from the kernel; nothing of a process that ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        return {}
    return {line.split(":")[0]: int(line.split()[1]) * 1024 for line in lines}


@dataclass(frozen=True, slots=True)
class Outlay:
    """What a command cost: seconds of wall clock, and bytes at its peak."""

    seconds: float
    peak: int


def outlay_of(env: Mapping[str, str], *arguments: str) -> Outlay:
    """Run a management command and measure it; its tree is looked at five times a second, its own peak is the kernel's."""
    started = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=dict(env),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        peaks = [0]
        watcher = threading.Thread(target=_watch, args=(process.pid, peaks), daemon=True)
        watcher.start()
        assert process.stdout
        words = process.stdout.read().decode()
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - started
        watcher.join()
    if process.returncode:
        raise ProgramFailed(f"manage.py {' '.join(arguments)} (exit code {process.returncode}):\n{words[-3000:]}")
    return Outlay(seconds, max(usage.ru_maxrss * 1024, *peaks))


def _watch(pid: int, peaks: list[int]) -> None:
    while size := memory_of_tree(pid):
        peaks.append(size)
        time.sleep(0.2)


# Ports ----------------------------------------------------------------------------------------------------------------


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0

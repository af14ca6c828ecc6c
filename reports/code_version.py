"""Which code computed a report: its release, its commit where that is known, and a fingerprint of what computes.

The production image carries no repository, and a version number does not change with every change. So the fingerprint
is taken of the very files that run: all modules through which a figure passes on its way from the rows.
"""

import functools
import hashlib
import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERSION = "0.1.0"
COUNTING = (
    "certificates/completion.py",
    "certificates/requirements.py",
    "reports/disclosure.py",
    "reports/figures.py",
    "reports/results.py",
    "reports/survey_figures.py",
    "sessions/presence.py",
    "surveys/base.py",
    "surveys/counts.py",
    "surveys/disclosure/*.py",
    "surveys/facts.py",
    "surveys/results.py",
    "surveys/segments.py",
    "surveys/statistics/*.py",
    "surveys/variables.py",
)
_COMMIT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class CodeVersion:
    """The release, the commit ("" where it is unknown) and the SHA-256 of the files in `COUNTING`."""

    version: str
    commit: str
    sha256: str

    def as_dict(self) -> dict[str, str]:
        """Plain JSON values."""
        return asdict(self)


@functools.cache
def code_version() -> CodeVersion:
    """Of the code that runs; read once per process."""
    return CodeVersion(VERSION, commit(), fingerprint())


def fingerprint(root: Path = ROOT) -> str:
    """The SHA-256 of names and contents of the files in `COUNTING`, in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in COUNTING for path in root.glob(pattern)):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()


def commit(root: Path = ROOT) -> str:
    """The commit: as the build said (BARAZA_COMMIT), else as the repository around the code says, else ""."""
    told = os.environ.get("BARAZA_COMMIT", "")
    if _COMMIT.fullmatch(told):
        return told
    head = _read(root / ".git" / "HEAD")
    if not head.startswith("ref: "):
        return head if _COMMIT.fullmatch(head) else ""
    reference = head.removeprefix("ref: ")
    found = _read(root / ".git" / reference)
    if not found:
        lines = (line.split() for line in _read(root / ".git" / "packed-refs").splitlines())
        found = next((line[0] for line in lines if line[1:] == [reference]), "")
    return found if _COMMIT.fullmatch(found) else ""


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""

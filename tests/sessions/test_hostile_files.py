import subprocess
import sys
from pathlib import Path

import pytest

from sessions.readers import ReadError, Reason, read
from sessions.refusals import SENTENCES, sentence_of
from tests.sessions.hostile_files import HOSTILE

# Those that cost most to refuse, measured alone below.
WORST = [
    "17 MB", "an emoji and 15 MB", "an emoji and 10 MB",
    "10^7 columns", "10^6 quoted columns", "an unclosed quote over 5 MB", "10^7 cells", "201,000 lines",
    "70 MB of blanks", "2 million empty cells", "500,000 formatted cells", "300,000 empty rows", "XML a million deep",
    "a cell at XFD1048576", "JSON of a million values",
]  # fmt: skip
# Each file is read by a process of its own that holds nothing else, and is ended at 5 s or 1 GB.
ALONE = """
import os, resource, sys, time
from sessions.readers import ReadError, read
for path in sys.argv[1:]:
    sys.stdout.flush()
    if os.fork() == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (5, 5))
        resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
        began = time.process_time()
        try:
            with open(path, "rb") as file:
                read(file.read(), "file")
        except ReadError as refusal:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(refusal.reason, round(time.process_time() - began, 2), peak, flush=True)
        os._exit(0)
    os.wait()
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_read_refuses_hostile_files_with_a_reason(name):
    make, expected = HOSTILE[name]
    content = make()
    with pytest.raises(ReadError) as refusal:
        read(content, name)
    assert refusal.value.reason == expected
    assert "%(" not in sentence_of(refusal.value)


def test_the_worst_are_refused_in_two_seconds_and_200_megabytes(tmp_path):
    paths = [tmp_path / str(number) for number in range(len(WORST))]
    for path, name in zip(paths, WORST, strict=True):
        path.write_bytes(HOSTILE[name][0]())
    root = Path(__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", ALONE, *paths], capture_output=True, text=True, cwd=root, check=True)
    found = dict(zip(WORST, (line.split() for line in run.stdout.splitlines()), strict=True))
    assert {name: reason for name, (reason, _seconds, _megabytes) in found.items()} == {
        name: HOSTILE[name][1] for name in WORST
    }
    assert {name: seconds for name, (_reason, seconds, _megabytes) in found.items() if float(seconds) >= 2} == {}
    assert {name: megabytes for name, (_reason, _seconds, megabytes) in found.items() if int(megabytes) >= 200} == {}


def test_there_are_at_least_sixty_hostile_files():
    assert len(HOSTILE) >= 60


def test_every_reason_has_a_sentence():
    assert set(SENTENCES) == set(Reason)

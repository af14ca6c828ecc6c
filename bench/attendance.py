"""100,000 connections of 20,000 people, read and matched in one pass, beside a bare `csv` read and look-up of the same file.

Run by itself it prints seconds of a core as JSON, and which share of the floor's speed the product has:
`python -m bench.attendance`. Both take turns, and the best of the rounds counts.
All people of the file that is held against the floor signed in; in another one, one in fifty did not, and has no address.
"""

import csv
import datetime as dt
import io
import json
import random
import resource
import time
from collections.abc import Callable

from sessions.collecting import uncollected
from sessions.matching import Candidate, Decision, Roster
from sessions.people import identities_of, named_in
from sessions.readers import read
from sessions.readers.zoom_writer import ReportLine, write_meeting_report

PEOPLE, ROUNDS, SEED = 20_000, 9, 20260318
TARGET = 0.5  # of the floor's speed, at least
ROWS = 100_000
DAY = dt.datetime(2026, 3, 18, 9)  # noqa: DTZ001  the file's own clock
SYLLABLES = [first + last for first in (*"bdfghklmnprstvz", "ch", "sh", "th") for last in (*"aeiou", "an", "en")]

Person = tuple[str, str]  # name, address


def made_up(number: int) -> list[Person]:
    """People of different names, the same at every run."""
    chance, names = random.Random(SEED), dict[str, None]()
    while len(names) < number:
        given, family = ("".join(chance.choices(SYLLABLES, k=chance.choice((2, 3)))).capitalize() for _ in range(2))
        names[f"{given} {family}"] = None
    return [(name, name.lower().replace(" ", ".") + "@example.org") for name in names]


def report_of(people: list[Person], rows: int, *, strangers: int = 0) -> bytes:
    """Zoom's classic report: everybody connects several times; one in so many has no address."""
    chance, lines = random.Random(SEED), []
    for number in range(rows):
        name, email = people[number % len(people)]
        joined = DAY + dt.timedelta(seconds=chance.randrange(6_000))
        left = joined + dt.timedelta(seconds=chance.randrange(60, 3_600))
        is_signed_in = not strangers or number % len(people) % strangers
        lines.append(ReportLine(name, email if is_signed_in else "", joined, left))
    return write_meeting_report(lines)


def bare(content: bytes, people: list[Person]) -> int:
    """The floor: every row parsed by `csv`, its person looked up by address, else by name."""
    by_address = {email: number for number, (_name, email) in enumerate(people)}
    by_name = {name: number for number, (name, _email) in enumerate(people)}
    found = 0
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        found += (by_address.get(row[1]) if row[1] else by_name.get(row[0])) is not None
    return found


def product(content: bytes, people: list[Person]) -> int:
    """What an import does before it writes: read, build the roster, match everybody."""
    with uncollected():
        return read_and_matched(content, people)


def read_and_matched(content: bytes, people: list[Person]) -> int:
    """How many connections are certainly somebody's, asked line by line."""
    report = read(content, "report.csv", near=DAY.date())
    roster = Roster(Candidate(number, email, (name,)) for number, (name, email) in enumerate(people))
    matches = roster.match_all(identities_of(report))
    certain = {identity for identity, match in matches.items() if match.decision is Decision.AUTO}
    return sum(sum(named_in(meeting).each(certain.__contains__)) for meeting in report.meetings)


def read_only(content: bytes, _people: list[Person]) -> int:
    """Reading alone."""
    return len(read(content, "report.csv", near=DAY.date()).connections)


def seconds(work: Callable[[bytes, list[Person]], int], content: bytes, people: list[Person], rows: int) -> float:
    """How long a piece of work keeps a core busy; it must find every row's person."""
    began = time.process_time()
    assert work(content, people) == rows
    return time.process_time() - began


def main() -> None:
    """Measure, and print what was found."""
    people = made_up(PEOPLE)
    whole, half = report_of(people, ROWS), report_of(people, ROWS // 2)
    some_by_name = report_of(people, ROWS, strangers=50)
    work = {
        "bare": (bare, whole, ROWS, ROUNDS),
        "read": (read_only, whole, ROWS, ROUNDS),
        "product": (product, whole, ROWS, ROUNDS),
        "half": (product, half, ROWS // 2, ROUNDS),
        "by_name": (product, some_by_name, ROWS, 1),
    }
    found: dict[str, list[float]] = {name: [] for name in work}
    for turn in range(ROUNDS):
        for name, (do, content, rows, turns) in work.items():
            if turn < turns:
                found[name].append(seconds(do, content, people, rows))
    best = {name: min(times) for name, times in found.items()}
    ratio = {"ratio": round(best["bare"] / best["product"], 3), "target": TARGET}
    print(json.dumps(best | ratio | {"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))


if __name__ == "__main__":
    main()

"""Any set of stays, split, shuffled, doubled and written in another way, gives the same seconds."""

import csv
import datetime as dt
import io
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.people import people_of
from sessions.readers import Order, read

MIDNIGHT = dt.datetime.fromisoformat("2026-03-04")
HEADS = ["Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest"]
SHEET_HEADS = ["Participant", "E-mail", "Arrival", "Departure"]
PEOPLE = [("Ana Muñoz", "ana@x.example"), ("Zoë Ångström", ""), ("Bo Li", "bo@x.example")]
FORMATS = {
    Order.MONTH_FIRST: ["%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%y, %I:%M:%S %p"],
    Order.DAY_FIRST: [
        "%d/%m/%Y %H:%M:%S", "%d.%m.%Y %H:%M:%S", "%d/%m/%y %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"
    ],
}  # fmt: skip

stays = st.tuples(
    st.sampled_from(PEOPLE), st.integers(0, 80_000), st.integers(1, 6_000), st.lists(st.integers(1, 5_999), max_size=3)
)


def pieces(stay):
    """A stay split where it is told to: its parts touch, so that no second is lost."""
    who, begin, length, cuts = stay
    marks = sorted({0, length, *(cut for cut in cuts if cut < length)})
    return [(who, begin + first, begin + last) for first, last in pairwise(marks)]


def covered(stays):
    """Distinct seconds by person, counted one by one."""
    found = {}
    for (name, email), begin, length, _cuts in stays:
        found.setdefault(email or name, set()).update(range(begin, begin + length))
    return {key: len(seconds) for key, seconds in found.items()}


def written(rows, *, heads, delimiter, encoding, line_end, pattern):
    """A report of these rows."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end)
    writer.writerow(heads)
    for (name, email), begin, end in rows:
        times = [f"{MIDNIGHT + dt.timedelta(seconds=second):{pattern}}" for second in (begin, end)]
        writer.writerow([name, email, *times, "1", "Yes"][: len(heads)])
    return text.getvalue().encode(encoding)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(stays, min_size=1, max_size=12),
    st.randoms(use_true_random=False),
    st.sampled_from(list(Order)).flatmap(lambda order: st.tuples(st.just(order), st.sampled_from(FORMATS[order]))),
    st.sampled_from([HEADS, SHEET_HEADS]),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_the_same_stays_give_the_same_seconds(stays, random, order_and_pattern, heads, delimiter, encoding, line_end):
    order, pattern = order_and_pattern
    rows = [piece for stay in stays for piece in pieces(stay)]
    rows += random.choices(rows, k=random.randrange(4))
    random.shuffle(rows)
    content = written(rows, heads=heads, delimiter=delimiter, encoding=encoding, line_end=line_end, pattern=pattern)
    (meeting,) = read(content, "x.csv", near=MIDNIGHT.date(), order=order).meetings
    assert {who.key: who.seconds for who in people_of(meeting)} == covered(stays)

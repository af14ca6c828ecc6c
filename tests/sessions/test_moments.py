import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.readers.durations import seconds_of
from sessions.readers.moments import DateOrder, Order, clock_of, moment, moments_by_text, settled

DMY, MDY = Order.DAY_FIRST, Order.MONTH_FIRST


@pytest.mark.parametrize(
    "text, expected",
    [
        ("18/03/2026 09:01:11", "2026-03-18 09:01:11"),
        ("2026-03-18T09:01:11", "2026-03-18 09:01:11"),
        ("2026-03-18T09:01:11.123Z", "2026-03-18 09:01:11+00:00"),
        ("2026-03-18T09:01:11+02:00", "2026-03-18 07:01:11+00:00"),
        ("Mar 22, 2026 7:13 PM", "2026-03-22 19:13:00"),
        ("Sunday, March 22, 2026 at 7:13 PM", "2026-03-22 19:13:00"),
        ("Jun 24, 2026 10:57 AM EDT", "2026-06-24 10:57:00"),
        ("14/11/22, 09:30:46", "2022-11-14 09:30:46"),
        ("3/10/25, 8:00:48\u202fAM", "2025-10-03 08:00:48"),
        ("22 mars 2026 à 19h13", "2026-03-22 19:13:00"),
        ("domingo, 22 de marzo de 2026, 7:13 p. m.", "2026-03-22 19:13:00"),
        ("18 марта 2026 г., 19:13", "2026-03-18 19:13:00"),
        ("2026. 3. 18. 오전 9:01", "2026-03-18 09:01:00"),
        ("2026年3月18日 下午3:05", "2026-03-18 15:05:00"),
        ("١٨/٠٣/٢٠٢٦ ٩:٠١:١١ ص", "2026-03-18 09:01:11"),
        ("06.10.26, 18:01:00", "2026-10-06 18:01:00"),
        ("18/03/2569 09:01", "2026-03-18 09:01:00"),
        ("09:30:46 14/11/22", "2022-11-14 09:30:46"),
    ],
)
def test_moment_reads_what_exports_write(text, expected):
    assert str(moment(text, DMY)) == expected


@pytest.mark.parametrize(
    "text", ["", "--", "17h00", "2026-03-18", "31/02/2026 10:00", "18/03/2026 25:00", "x" * 10_000]
)
def test_moment_is_none_for_what_names_none(text):
    assert moment(text, DMY) is None


@pytest.mark.parametrize(
    "text, expected",
    [
        ("9h02", (9, 2)),
        ("9.02", (9, 2)),
        ("12h", (12, 0)),
        ("12:00 AM", (0, 0)),
        ("오후 1:05", (13, 5)),
        ("9 h 02", (9, 2)),
    ],
)
def test_clock_of_reads_what_people_write(text, expected):
    assert clock_of(text) == dt.time(*expected)


@pytest.mark.parametrize("text", ["9", "12.", "9:2", "25:00", "1.5", "soon", "0 PM"])
def test_clock_of_is_none_for_numbers_and_words(text):
    assert clock_of(text) is None


@pytest.mark.parametrize(
    "text, expected",
    [
        ("3h 23m 20s", 12_200), ("1 h 15 min 12 s", 4512), ("1 時間 2 分 3 秒", 3723), ("59 Min. 0 Sek.", 3540),
        ("2 godz. 19 min 19 s", 8359), ("1:00:00", 3600), ("32:14", 1934), ("95 min", 5700), ("1h30", 5400),
        ("1 hr 5 min", 3900), ("1h\u00a054m", 6840), ("PT1H2M3S", 3723), ("1 ساعة 5 دقائق", 3900),
        ("1 hour and 5 minutes", 3900),
        ("95", None), ("--", None), ("", None), ("5 min 1 h", None), ("9" * 100, None),
    ],
)  # fmt: skip
def test_seconds_of_reads_what_exports_write(text, expected):
    assert seconds_of(text) == expected


def test_seconds_of_counts_plain_numbers_in_the_unit_that_is_said():
    assert (seconds_of("95", unit=60), seconds_of("1,5", unit=3600)) == (5700, 5400)


@pytest.mark.parametrize(
    "texts, near, said, expected",
    [
        (["13/04/2026"], None, None, DateOrder(DMY)),
        (["04/13/2026 9:00"], None, DMY, DateOrder(MDY)),
        (["03/04/2026"], None, None, DateOrder(MDY, is_open=True)),
        (["03/04/2026"], None, DMY, DateOrder(DMY)),
        (["03/04/2026"], dt.date(2026, 4, 3), None, DateOrder(DMY)),
        (["03/04/2026"], dt.date(2026, 3, 5), None, DateOrder(MDY)),
        (["03/04/2026"], dt.date(2026, 9, 1), None, DateOrder(DMY, is_open=True)),
        (["04/04/2026"], None, None, DateOrder(MDY)),
        (["03.04.2026", "2026-03-04"], None, None, DateOrder(MDY)),
    ],
)
def test_settled_says_whether_the_order_of_dates_is_sure(texts, near, said, expected):
    assert settled(texts, near=near, said=said) == expected


DATES = st.sampled_from(
    ["03/04/2026", "31/12/26,", "2026-03-18", "18.03.2026", "2026-03-18T09:01:11", "x", "", "18 mars 2026"]
)
NUMBERS = st.sampled_from(["00", "01", "9", "09", "12", "13", "23", "24", "59", "60", "٠٩", "", "+1", "1_"])
MARKS = st.sampled_from([":", ".", " ", ""])
HALVES = st.sampled_from(["", " AM", " PM", " am", "AM", " XM", "Z", "+02:00", " AM EDT"])


@given(st.builds("".join, st.tuples(DATES, st.just(" "), NUMBERS, MARKS, NUMBERS, MARKS, NUMBERS, HALVES)))
def test_many_moments_are_read_as_each_alone(text):
    for order in Order:
        assert moments_by_text([text, "3/4/2026 9:00", text], order)[text] == moment(text, order)

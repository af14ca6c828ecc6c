import datetime as dt

import pytest

from sessions.people import people_of
from sessions.readers import Order, ReadError, Reason, Source
from sessions.readers.files import opened
from sessions.readers.mapped import Mapping, guess, read_mapped
from sessions.readers.shapes import shape_of

DAY = dt.date(2026, 5, 12)
WITHOUT_HEADS = "Ana Ruiz;a@x.example;9:00;10:00\nBo Li;;9:30;10:00"


def source_of(text, near=DAY, order=None):
    sheets, _document = opened(text.encode(), "x.csv")
    return Source("x.csv", sheets, near, order)


def seconds(report):
    return [{who.key: who.seconds for who in people_of(meeting)} for meeting in report.meetings]


def test_guess_fits_a_list_without_heads():
    source = source_of(WITHOUT_HEADS)
    mapping = guess(source.sheets)
    assert mapping == Mapping(name=0, email=1, joined=(2,), left=(3,), shape="columns-4")
    assert seconds(read_mapped(source, mapping)) == [{"a@x.example": 3600, "Bo Li": 1800}]


def test_read_mapped_follows_a_persons_correction():
    source = source_of("A;B;C;D\nRuiz;Ana;60;x\nLi;Bo;0;x")
    mapping = Mapping(head=1, family=0, given=1, duration=2, unit=60, shape=shape_of(source.sheets[0]))
    assert seconds(read_mapped(source, mapping)) == [{"Ana Ruiz": 3600}]


def test_read_mapped_takes_everybody_for_present_where_nothing_else_is_said():
    source = source_of("Name,Email\nAna,a@x.example\nBo,b@x.example")
    assert seconds(read_mapped(source, guess(source.sheets))) == [{"a@x.example": None, "b@x.example": None}]


def test_read_mapped_finds_heads_of_its_shape_on_another_line():
    heads = "Name,Email,In,Out\n"
    mapping = guess(source_of(heads + "Ana,a@x.example,9:00,10:00").sheets)
    later = source_of(f"Week 7\n\n{heads}Bo,b@x.example,9:00,9:30")
    assert shape_of(later.sheets[0]) == mapping.shape
    assert seconds(read_mapped(later, mapping)) == [{"b@x.example": 1800}]


def test_shape_of_is_the_same_for_other_days_and_people():
    one, other = (source_of(f"Name,{day}\nAna,x").sheets[0] for day in ("12/05/2026", "13/05/2026"))
    assert shape_of(one) == shape_of(other)
    assert shape_of(one) != shape_of(source_of("Name,Email,12/05/2026\nAna,,x").sheets[0])


def test_read_mapped_obeys_the_order_that_a_person_says():
    source = source_of("Date,Name,Present\n03/04/2026,Ana,x", None, Order.MONTH_FIRST)
    (meeting,) = read_mapped(source, guess(source.sheets)).meetings
    assert [row.name for row in meeting.connections] == ["Ana"]


@pytest.mark.parametrize(
    "mapping, reason",
    [
        (Mapping(head=1, name=0, joined=(5,)), Reason.NO_TIMES),
        (Mapping(head=9, name=0, joined=(1,)), Reason.NO_LINES),
        (Mapping(sheet="other", name=0), Reason.NO_LINES),
    ],
)
def test_read_mapped_refuses_where_nothing_fits(mapping, reason):
    with pytest.raises(ReadError) as refusal:
        read_mapped(source_of("Name,In\nAna,9:00"), mapping)
    assert refusal.value.reason == reason


def test_mapping_survives_json():
    mapping = Mapping(head=3, given=0, family=1, joined=(2, 4), left=(3, 5), order=Order.DAY_FIRST, shape="abc")
    assert Mapping.from_json(mapping.as_json()) == mapping
    assert mapping.pairs == [(2, 3), (4, 5)]


@pytest.mark.parametrize(
    "values",
    [{"name": -1}, {"name": 300}, {"name": True}, {"joined": 3}, {"order": "YMD"}, {"colour": 1}, {"head": "x"}],
)
def test_from_json_refuses_what_is_no_mapping(values):
    with pytest.raises(ValueError):  # noqa: PT011
        Mapping.from_json(values)

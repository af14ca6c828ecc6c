"""Audience figures in the back office: charts, a grid by session, a table brought in and undone."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reports.audience import audience_page
from reports.results import compute_results
from sessions.actions.materials import CHANNEL
from sessions.models import AudienceBatch, AudienceFigure
from tests.registrations_factories import TeamMemberFactory
from tests.sessions_factories import AudienceFigureFactory, TrainingSessionFactory

pytestmark = pytest.mark.django_db


def address(programme, page="", *more):
    return reverse(f"admin:reports_workspace_audience{page}", args=[programme.pk, *more])


def figures(programme):
    rows = AudienceFigure.objects.filter(session__programme=programme)
    return {(row.session.number, row.kind, row.channel): row.count for row in rows.select_related("session")}


@pytest.fixture
def programme():
    session = TrainingSessionFactory()
    other = TrainingSessionFactory(programme=session.programme)
    for channel, count in (("YouTube", 1000), ("Radio", 500)):
        for each in (session, other):
            AudienceFigureFactory(session=each, channel=channel, count=count)
    AudienceFigureFactory(session=other, channel=CHANNEL, kind="slide_downloads", count=7)
    return session.programme


@pytest.fixture
def organiser(client, programme):
    client.force_login(TeamMemberFactory(programme=programme).user)
    return client


def test_sums_are_those_of_the_results(programme):
    page, results = audience_page(programme), compute_results(programme)
    assert page.totals == (3000, None, 7)
    assert {each.kind: each.total.numerator for each in results.audience} == {"live_views": 3000, "slide_downloads": 7}
    assert [line.sums for line in page.lines] == [(1500, None, None), (1500, None, 7)]
    assert [exhibit.id for exhibit in page.exhibits] == [
        "live_views-session", "live_views-channel", "slide_downloads-session", "slide_downloads-channel",
    ]  # fmt: skip


@pytest.mark.parametrize("sessions", [1, 3])
def test_page_needs_as_many_queries_for_three_sessions_as_for_one(
    organiser, programme, sessions, django_assert_num_queries
):
    for _number in range(sessions):
        AudienceFigureFactory(session=TrainingSessionFactory(programme=programme))
    with django_assert_num_queries(9):
        page = organiser.get(address(programme))
    assert page.status_code == 200


def test_figures_can_be_taken_away(organiser, programme):
    page = organiser.get(address(programme)).content.decode()
    assert "../figures/live_views-channel.svg" in page
    for path in ("figures/live_views-channel.csv", "audience/figures/live_views-channel-2.csv"):
        table = organiser.get(address(programme).removesuffix("audience/") + path)
        assert "YouTube" in table.content.decode()
    assert organiser.get(address(programme) + "figures/applause.csv").status_code == 404


def test_grid_saves_changes_takes_away_and_leaves_our_own_count(organiser, programme):
    page = organiser.get(address(programme, "_session", 2)).content.decode()
    assert ('value="YouTube"' in page, f'value="{CHANNEL}"' in page, "counted here" in page) == (True, False, True)
    grid = {
        "channel": ["YouTube", "Radio", "Television", ""],
        "live_views": ["1,001", "", "٣", ""],
        "playbacks": ["5", "", "", ""],
        "slide_downloads": ["", "", "", ""],
    }
    organiser.post(address(programme, "_session", 2), grid)
    expected = {
        (1, "live_views", "YouTube"): 1000, (1, "live_views", "Radio"): 500, (2, "live_views", "YouTube"): 1001,
        (2, "playbacks", "YouTube"): 5, (2, "live_views", "Television"): 3, (2, "slide_downloads", CHANNEL): 7,
    }  # fmt: skip
    assert figures(programme) == expected
    organiser.post(address(programme, "_undo", AudienceBatch.objects.get().pk))
    assert figures(programme)[2, "live_views", "Radio"] == 500


@pytest.mark.parametrize(
    "sent",
    [
        {"channel": ["Radio"], "live_views": ["many"], "playbacks": [""], "slide_downloads": [""]},
        {"channel": [""], "live_views": ["1"], "playbacks": [""], "slide_downloads": [""]},
        {"channel": [CHANNEL], "live_views": ["1"], "playbacks": [""], "slide_downloads": [""]},
        {"channel": ["A", "a"], "live_views": ["1", "2"], "playbacks": ["", ""], "slide_downloads": ["", ""]},
    ],
)
def test_grid_says_what_is_wrong_and_saves_nothing(organiser, programme, sent):
    before = figures(programme)
    page = organiser.post(address(programme, "_session", 2), sent)
    assert (page.status_code, "Nothing was saved." in page.content.decode()) == (422, True)
    assert figures(programme) == before


def test_two_who_enter_the_same_figures_do_not_overwrite_each_other(organiser, programme):
    def post(opened, views, playbacks="", channel="Radio"):
        sent = {"channel": [channel], "live_views": [views], "playbacks": [playbacks], "slide_downloads": [""]}
        page = organiser.post(address(programme, "_session", 2), {**sent, "opened": opened})
        found = figures(programme)
        return page, [found.get((2, kind, channel)) for kind in ("live_views", "playbacks")]

    def shown(page):
        return re.search(r'name="opened" value="(.*?)"', page.content.decode())[1]

    organiser.post(
        address(programme, "_session", 2),
        {"channel": ["Radio"], "live_views": ["4"], "playbacks": [""], "slide_downloads": [""]},
    )
    first = shown(organiser.get(address(programme, "_session", 2)))
    assert post(first, "5")[1] == [5, None]
    refused, found = post(first, "6", "1")
    assert (refused.status_code, found, "Live views, Radio: 5." in refused.content.decode()) == (422, [5, None], True)
    assert post(first, "4", "1")[1] == [5, 1]
    assert post(shown(refused), "6", "1")[1] == [6, 1]
    assert post(first, "7", "8", channel="Television")[1] == [7, 8]


def test_table_is_brought_in_or_every_bad_line_named(organiser, programme):
    def bring(content):
        return organiser.post(address(programme), {"file": SimpleUploadedFile("a.csv", content)})

    page = bring(b"session,channel,live views\n1,<b>,x\n8,Radio,3\n")
    text = page.content.decode()
    assert (page.status_code, "Line 2: “x” is not a whole number." in text, "no session “8”" in text) == (
        422,
        True,
        True,
    )
    assert (bring(b"").status_code, organiser.post(address(programme)).status_code) == (422, 422)
    assert bring(b"session,channel,live views\n1,Radio,501\n").status_code == 302
    assert figures(programme)[1, "live_views", "Radio"] == 501


def test_analysts_see_charts_and_enter_nothing(client, programme):
    client.force_login(TeamMemberFactory(programme=programme, role="analyst").user)
    page = client.get(address(programme))
    assert (page.status_code, "Bring a table" in page.content.decode()) == (200, False)
    assert client.post(address(programme)).status_code == 404
    assert client.get(address(programme, "_session", 1)).status_code == 404
    client.force_login(TeamMemberFactory().user)
    assert client.get(address(programme)).status_code == 404

import datetime as dt

import pytest

from sessions.people import people_of
from sessions.readers import Role, read
from tests.sessions.report_files import as_text, as_workbook

DAY = dt.date(2026, 8, 19)
LABELS = [
    ["会议主题:", "第七模块"],
    ["会议号:", "123 456 789"],
    ["会议创建者:", "培训中心"],
    ["预定开始时间:", "2026-08-19 19:00:00"],
    ["预定结束时间:", "2026-08-19 21:00:00"],
    ["累计会议时长:", "2:05:00"],
    ["参会用户总数:", "3"],
    [None],
]
OVERVIEW_HEADS = ["用户昵称（入会昵称）", "首次入会时间", "最后退会时间", "入会次数", "累计参会时长", "身份"]
OVERVIEW = [
    ["培训中心(Desk)", "2026-08-19 18:55:00", "2026-08-19 21:00:00", "1", "2:05:00", "主持人"],
    ["lxm（李晓明）", "2026-08-19 19:00:00", "--", "2", "2:30:00", "普通参会者"],
    ["(匿名)", "2026-08-19 19:00:00", "2026-08-19 20:00:00", "2", "0:30:00", "普通参会者"],
]
DETAIL_HEADS = ["用户昵称（入会昵称）", "入会时间", "退会时间", "参会时长", "身份"]
DETAIL = [
    ["培训中心(Desk)", "2026-08-19 18:55:00", "2026-08-19 21:00:00", "2:05:00", "主持人"],
    ["lxm（李晓明）", "2026-08-19 19:00:00", "2026-08-19 19:45:00", "0:45:00", "普通参会者"],
    ["lxm（李晓明）", "2026-08-19 19:30:00", "--", "1:30:00", "普通参会者"],
    ["(匿名)", "2026-08-19 19:00:00", "2026-08-19 19:10:00", "0:10:00", "联席主持人"],
    ["会议室3(Aster＆Abeba)", "2026-08-19 19:50:00", "2026-08-19 20:00:00", "0:10:00", "普通参会者"],
]
SECONDS = {"培训中心(Desk)": 7500, "lxm(李晓明)": 7200, "(匿名)": 600, "会议室3(Aster＆Abeba)": 600}


def meeting_of(content, name):
    report = read(content, name, near=DAY)
    assert report.platform == "tencent_meeting"
    return report.meetings[0]


def seconds(meeting):
    return {person.key.replace("（", "(").replace("）", ")"): person.seconds for person in people_of(meeting)}


@pytest.mark.parametrize("detail", ["成员参会明细", "成员观看明细", "Sheet2"])
@pytest.mark.parametrize("labels", [LABELS, [["".join(cell or "" for cell in row)] for row in LABELS]])
def test_the_detail_counts_beside_the_overview(detail, labels):
    sheets = {"成员参会概况": [*labels, OVERVIEW_HEADS, *OVERVIEW], detail: [*labels, DETAIL_HEADS, *DETAIL]}
    meeting = meeting_of(as_workbook(sheets), "members.xlsx")
    assert meeting.title == "第七模块"
    assert seconds(meeting) == SECONDS
    roles = [person.role for person in people_of(meeting)]
    assert roles == [Role.HOST, Role.ATTENDEE, Role.PRESENTER, Role.ATTENDEE]
    assert [found.line for found in meeting.connections if found.is_open] == [12]


def test_newer_files_have_columns_in_front():
    heads = ["序号", "用户昵称（入会昵称）", "手机号", "邮箱", "企业", "部门", "进入时间", "离开时间", "观看时长"]
    rows = [
        [str(number), name, "", "", "", "", joined, left, stay]
        for number, (name, joined, left, stay, _role) in enumerate(DETAIL)
    ]
    meeting = meeting_of(as_workbook({"成员观看明细": [*LABELS, heads, *rows]}), "members.xlsx")
    assert seconds(meeting) == SECONDS


def test_an_address_is_taken_where_there_is_one():
    rows = [[*DETAIL_HEADS, "邮箱"], [*DETAIL[0], "DESK@x.example"]]
    assert seconds(meeting_of(as_workbook({"成员参会明细": rows}), "members.xlsx")) == {"desk@x.example": 7500}


@pytest.mark.parametrize(
    "heads",
    [
        ["成员名称", "加入会议时间", "离开会议时间", "时长", "角色"],
        ["Member", "Joined the meeting", "Left the meeting", "Duration", "Identity"],
        ["Μέλος", "Είσοδος", "Έξοδος", "Διάρκεια", "身份"],
    ],
)
def test_the_sheets_title_tells_whose_it_is_where_the_heads_do_not(heads):
    meeting = meeting_of(as_workbook({"成员参会明细": [*LABELS, heads, *DETAIL]}), "members.xlsx")
    assert seconds(meeting) == SECONDS


@pytest.mark.parametrize(
    "form",
    [{}, {"padded": True}, {"encoding": "gb18030"}, {"delimiter": "\t", "encoding": "utf-16"}, {"delimiter": ";"}],
)
def test_a_sheet_may_have_been_saved_as_text(form):
    rows = [[cell or "" for cell in row] for row in [*LABELS, DETAIL_HEADS, *DETAIL]]
    meeting = meeting_of(as_text(rows, **form), "members.csv")
    assert (meeting.title, seconds(meeting)) == ("第七模块", SECONDS)


def test_without_labels_an_open_stay_is_flagged_and_counts_nothing():
    meeting = meeting_of(as_workbook({"成员参会明细": [DETAIL_HEADS, *DETAIL]}), "members.xlsx")
    assert seconds(meeting) == {**SECONDS, "lxm(李晓明)": 2700}
    assert [(found.line, found.left) for found in meeting.connections if found.is_open] == [(4, None)]


def test_the_overview_alone_is_cut_to_the_time_it_spans():
    meeting = meeting_of(as_workbook({"成员参会概况": [*LABELS, OVERVIEW_HEADS, *OVERVIEW]}), "members.xlsx")
    assert seconds(meeting) == {"培训中心(Desk)": 7500, "lxm(李晓明)": 7200, "(匿名)": 1800}


def test_real_dates_and_times_of_cells_are_read():
    rows = [[row[0], *map(dt.datetime.fromisoformat, row[1:3]), row[3], row[4]] for row in (DETAIL[0], DETAIL[1])]
    meeting = meeting_of(as_workbook({"成员参会明细": [*LABELS, DETAIL_HEADS, *rows]}), "members.xlsx")
    assert seconds(meeting) == {"培训中心(Desk)": 7500, "lxm(李晓明)": 2700}


@pytest.mark.parametrize(
    "heads",
    [
        ["Nickname (nickname in meeting)", "Join time", "Leave time", "Duration", "Identity"],
        ["User nickname", "Time joined", "Time left", "Attendance duration", "Role"],
    ],
)
def test_voov_speaks_english(heads):
    labels = [["Meeting topic:", "Week 7"], ["Meeting ID:", "123"], ["Meeting creator:", "Desk"],
              ["Scheduled start time:", "2026-08-19 19:00:00"], ["Scheduled end time:", "2026-08-19 21:00:00"]]  # fmt: skip
    rows = [["desk(Desk)", *DETAIL[0][1:4], "Host"], ["li(Li)", *DETAIL[2][1:4], "Member"]]
    meeting = meeting_of(as_workbook({"Details": [*labels, [None], heads, *rows]}), "voov.xlsx")
    assert (meeting.title, seconds(meeting)) == ("Week 7", {"desk(Desk)": 7500, "li(Li)": 5400})
    assert [person.role for person in people_of(meeting)] == [Role.HOST, Role.ATTENDEE]
